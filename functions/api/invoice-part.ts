import { z } from 'zod';
import type { CreditWish } from '../../shared/domain/books/credit-note-parts.ts';
import { amountSchema } from './adjusting.ts';

/** How a request names a part of an invoice: by lines, or by an amount of everything; without either, all of it. */
export const partFields = (described: { readonly lines: string; readonly amount: string }) => ({
  lines: z
    .array(z.strictObject({ line: z.int().min(1), amount: amountSchema.optional() }))
    .min(1)
    .max(500)
    .optional()
    .describe(described.lines),
  amount: amountSchema.optional().describe(described.amount),
});

interface Part {
  readonly lines?: readonly { readonly line: number; readonly amount?: number | undefined }[] | undefined;
  readonly amount?: number | undefined;
}

export const namesOnePart = ({ lines, amount }: Part): boolean => lines === undefined || amount === undefined;
export const ONE_PART = { path: ['amount'], message: 'must not be given together with `lines`' };

export function wishOf({ lines, amount }: Part): CreditWish {
  if (lines !== undefined)
    return { kind: 'lines', lines: lines.map(({ line, amount: of }) => ({ line, ...(of && { amount: of }) })) };
  return amount === undefined ? { kind: 'all' } : { kind: 'amount', amount };
}
