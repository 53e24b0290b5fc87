import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import { documentPath } from './invoice-path.ts';

const SAID = {
  intact: 'The PDF that was sent is there and can be made again: nothing was changed.',
  restored: 'It was lost. Made again it has the same bytes, and it is back.',
  reissued: 'It cannot be made again as it was. A copy, marked as one, is stored beside it.',
  repeated: 'This copy is stored already: nothing was changed.',
} as const;
const regenerationSchema = z.object({
  outcome: z.enum(['intact', 'restored', 'reissued', 'repeated']),
  sha256: z.string(),
});

/** Makes the PDF of an invoice or credit note again, and says what came of it. */
export async function regeneratePdf(api: ApiClient, number: string, reason: string): Promise<void> {
  const path = `${await documentPath(api, number)}/pdf/regeneration`;
  const { outcome, sha256 } = await api.post('finance', path, { reason }, regenerationSchema);
  console.log(`${number}: ${SAID[outcome]}\nSHA-256: ${sha256}`);
}
