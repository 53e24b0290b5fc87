import { balanced, postings } from '../ledger.ts';
import { isUnderWay, type Receivable } from '../receivable.ts';
import { type Adjustment, type Decided, lowered, raised } from './adjustment.ts';
import { AdjustmentRefused } from './refusals.ts';

interface WriteOff {
  /** Minor units; absent: all that is due. */
  readonly amount?: number;
  readonly reason: string;
  /** Services that are off come back when nothing is owed after it. */
  readonly restoreServices?: boolean;
}

/**
 * Gives up what is due for an invoice, or `amount` of it, as lost; taxes are not touched. Services that are off stay off
 * even when nothing is owed after it: they come back to who pays (R39, R130), and this debt never is. `restoreServices` is
 * for a rest that is too small to matter. Throws `AdjustmentRefused`: `payment_under_way`, `nothing_due`,
 * `amount_exceeds_due`.
 */
export function writeOff(
  receivable: Receivable,
  { amount = receivable.due, reason, restoreServices = false }: WriteOff,
  decided: Decided,
): Adjustment {
  const { due, writtenOff = 0 } = receivable;
  if (isUnderWay(receivable)) throw new AdjustmentRefused('payment_under_way', 'invoiceId');
  if (due <= 0) throw new AdjustmentRefused('nothing_due', 'invoiceId');
  if (amount > due) throw new AdjustmentRefused('amount_exceeds_due', 'amount', String(due));
  const next = lowered({ ...receivable, writtenOff: writtenOff + amount }, amount, decided.now);
  const made = adjustment(receivable, next, 'write-off', amount, reason, decided);
  return restoreServices ? made : { ...made, leavesServicesOff: true };
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
