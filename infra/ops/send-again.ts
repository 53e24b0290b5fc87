import * as z from 'zod';
import type { ApiClient } from './api-client.ts';

const answerSchema = z.object({
  outcome: z.enum(['sending', 'repeated']),
  sending: z.number(),
  recipients: z.array(z.object({ email: z.string(), stopped: z.string().optional() })),
});

export interface AgainWish {
  readonly account: string;
  readonly document: string;
  readonly about: string;
  readonly occurrence?: number;
  /** Absent: all who get such a document. */
  readonly to?: readonly string[];
}

/** Has a document mailed again, and says to whom, and to whom not and why. */
export async function sendAgain(api: ApiClient, { account, to, ...document }: AgainWish): Promise<void> {
  const path = `/accounts/${encodeURIComponent(account)}/sendings`;
  const body = { ...document, ...(to && { recipients: to }) };
  const { sending, recipients } = await api.post('ops', path, body, answerSchema);
  console.log(`${document.document} of ${account}: sent for the ${ordinal(sending)} time.`);
  for (const { email, stopped } of recipients)
    console.log(stopped === undefined ? `  ${email}` : `  ${email}: not mailed to, ${stopped}; confirm or replace it`);
}

const ENDINGS = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' } as const;
const ordinal = (n: number): string => `${n}${ENDINGS[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)]}`;
