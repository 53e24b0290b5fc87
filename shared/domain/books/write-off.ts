import { balanced, postings } from '../ledger.ts';
import type { Receivable } from '../receivable.ts';
import { type Adjustment, type Decided, isUnderWay, lowered, raised } from './adjustment.ts';
import { AdjustmentRefused } from './refusals.ts';

/**
 * Gives up what is due for an invoice, or `amount` of it, as lost; taxes are not touched. Throws `AdjustmentRefused`:
 * `payment_under_way`, `nothing_due`, `amount_exceeds_due`.
 */
export function writeOff(
  receivable: Receivable,
  { amount = receivable.due, reason }: { readonly amount?: number; readonly reason: string },
  decided: Decided,
): Adjustment {
  const { due, writtenOff = 0 } = receivable;
  if (isUnderWay(receivable)) throw new AdjustmentRefused('payment_under_way', 'invoiceId');
  if (due <= 0) throw new AdjustmentRefused('nothing_due', 'invoiceId');
  if (amount > due) throw new AdjustmentRefused('amount_exceeds_due', 'amount', String(due));
  const next = lowered({ ...receivable, writtenOff: writtenOff + amount }, amount, decided.now);
  return adjustment(receivable, next, 'write-off', amount, reason, decided);
}

/** Makes due again what was given up, as if today were the due date. Throws `AdjustmentRefused` (`nothing_written_off`). */
export function reverseWriteOff(
  { writtenOff = 0, ...receivable }: Receivable,
  reason: string,
  decided: Decided,
  timeZone: string,
): Adjustment {
  if (writtenOff === 0) throw new AdjustmentRefused('nothing_written_off', 'invoiceId');
  const next = raised(receivable, writtenOff, decided.today, timeZone);
  return adjustment(receivable, next, 'write-off-reversal', 0 - writtenOff, reason, decided);
}

/** The version moves with every write to the invoice: the entry is that of this one state of it. */
function adjustment(
  { sellerId, accountId, invoiceId, currency, version }: Receivable,
  next: Receivable,
  kind: string,
  amount: number,
  reason: string,
  decided: Decided,
): Adjustment {
  const entry = balanced({
    entryId: `${kind}#${invoiceId}#${version}`,
    ...{ sellerId, accountId, currency, reason, by: decided.by },
    date: decided.today,
    recordedAt: decided.now,
    postings: postings(['write-offs', amount], ['receivable', -amount]),
  });
  return { sellerId, accountId, entry, receivables: [next], credits: [] };
}
