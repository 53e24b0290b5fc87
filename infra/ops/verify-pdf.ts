import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import { documentPath } from './invoice-path.ts';

const verificationSchema = z.object({
  sha256: z.string(),
  stored: z.enum(['as-recorded', 'different', 'missing']),
  madeAgain: z.enum(['same', 'different']),
  layout: z.number(),
  currentLayout: z.number(),
});

/** Says whether the PDF of an invoice or credit note is still the one that was sent, and can be made again. False: look at it. */
export async function verifyPdf(api: ApiClient, number: string): Promise<boolean> {
  const path = `${await documentPath(api, number)}/pdf/verification`;
  const { sha256, stored, madeAgain, layout, currentLayout } = await api.get('finance', path, verificationSchema);
  const STORED = {
    'as-recorded': 'The stored PDF is the one on record.',
    different: 'The stored PDF is NOT the one on record.',
    missing: 'The stored PDF is MISSING.',
  };
  console.log(`${number}, SHA-256 on record: ${sha256}\n${STORED[stored]}`);
  const older = layout !== currentLayout;
  if (madeAgain === 'same') console.log('Made again it has the same bytes.');
  else if (older)
    console.log(`It cannot be compared: it was made with layout ${layout}, and now there is ${currentLayout}.`);
  else console.log('Made again it has OTHER bytes.');
  return stored === 'as-recorded' && (madeAgain === 'same' || older);
}
