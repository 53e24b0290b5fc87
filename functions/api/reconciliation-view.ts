import { z } from 'zod';
import { type Difference, type DifferenceStatus, needsPerson } from '../../shared/domain/books/reconcile.ts';
import { ADVICE } from '../../shared/domain/books/reconciliation.ts';
import { urlIdOf } from './invoice-view.ts';

export const DIFFERENCE_STATUSES = [
  'missing',
  'differs',
  'extra',
  'timing',
  'under-way',
] as const satisfies readonly DifferenceStatus[];

const totals = z.object({
  currency: z.string(),
  opening: z.int().describe('By how much processor and books differed before.'),
  charged: z.int().describe('What customers paid, as the processor says.'),
  returned: z.int().describe('What went back to them.'),
  booked: z.int().describe('What their books say of both.'),
  accepted: z.int(),
  closing: z.int().describe('opening + charged + returned − booked − accepted: by how much they differ now.'),
  fees: z.int().describe('What the processor took; booked.'),
  paidOut: z.int().describe('What it sent to the bank account; booked.'),
});
/** How a day came out. Amounts are minor units. */
export const reconciliationView = z
  .object({
    sellerId: z.string(),
    date: z.string(),
    at: z.string(),
    totals: z.array(totals),
    explained: z
      .object({ matched: z.int(), timed: z.int(), netted: z.int(), accepted: z.int() })
      .describe('Entries and movements that need nobody.'),
    differences: z.object({
      missing: z.int().describe('The processor moved money that no book knows.'),
      differs: z.int(),
      extra: z.int().describe('Booked, and the processor does not know of it.'),
      timing: z.int().describe('Booked on the day after.'),
      'under-way': z.int().describe('Bank debits that have not settled, disputes that are not decided.'),
    }),
  })
  .meta({ id: 'Reconciliation' });
/** Something that is open at the end of a day. */
export const differenceView = z.object({
  itemId: z.string(),
  status: z.enum(DIFFERENCE_STATUSES),
  since: z.string().describe('The day it belongs to; it is carried on until it is explained.'),
  side: z.enum(['processor', 'books']).describe('Whose word it is.'),
  amount: z.int().describe('Positive: came in.'),
  currency: z.string(),
  payment: z.string().describe('The processor’s id of the payment.'),
  kind: z.string().optional().describe('What the processor calls it.'),
  accountId: z.string().optional(),
  invoiceId: z.string().optional(),
  entryId: z.string().optional(),
  needsPerson: z.boolean().describe('It is not under way, and asking has not mended it.'),
  advice: z.string(),
});

/** A difference as finance reads it, with what to do. `date` is the report's. */
export function viewDifference(difference: Difference, date: string): z.infer<typeof differenceView> {
  const { itemId, status, date: since, side, amount, currency, payment, transaction, entry } = difference;
  const accountId = entry?.accountId ?? transaction?.invoice?.accountId;
  return {
    ...{ itemId, status, since, side, amount, currency, payment },
    ...(transaction && { kind: transaction.kind }),
    ...(accountId !== undefined && { accountId }),
    ...(transaction?.invoice && { invoiceId: urlIdOf(transaction.invoice.invoiceId) }),
    ...(entry && { entryId: entry.entryId }),
    needsPerson: needsPerson(difference, date),
    advice: ADVICE[status],
  };
}
