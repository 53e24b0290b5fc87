import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import { invoicePath } from './invoice-path.ts';
import { amount, table } from './print.ts';

const changesSchema = z.object({
  lastNumber: z.string().optional(),
  currency: z.string(),
  total: z.number(),
  lastTotal: z.number(),
  difference: z.number(),
  parts: z.array(z.object({ amount: z.number(), words: z.string() })),
});

/** Prints why an invoice differs from the one before: a list that adds up to the difference. */
export async function changes(api: ApiClient, number: string): Promise<void> {
  const path = `${await invoicePath(api, number)}/changes`;
  const { lastNumber, currency, total, lastTotal, difference, parts } = await api.get('finance', path, changesSchema);
  console.log(
    table(
      ['difference', 'because'],
      [
        ...parts.map((part) => [amount(part.amount, currency), part.words]),
        [
          amount(difference, currency),
          `${number}: ${amount(total, currency)}; ${lastNumber ?? 'no invoice before'}: ${amount(lastTotal, currency)}`,
        ],
      ],
    ),
  );
}
