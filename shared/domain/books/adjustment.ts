import type { ServiceState } from '../account.ts';
import { addDays, type Instant, type PlainDate, startOfDay } from '../calendar.ts';
import { moved } from '../collection.ts';
import type { JournalEntry } from '../ledger.ts';
import { isUnderWay, type Receivable } from '../receivable.ts';
import type { Credit } from './credit.ts';
import type { Dispute } from './dispute.ts';

/**
 * One change of the books with all that it changes beside them, for one account: written as a whole or not at all.
 * Receivables and credits are as they are to become, their `version` one above what was read; 1 is a new one.
 */
export interface Adjustment {
  readonly sellerId: string;
  readonly accountId: string;
  /** Its id decides whether the adjustment was made before. */
  readonly entry: JournalEntry;
  readonly receivables: readonly Receivable[];
  readonly credits: readonly Credit[];
  readonly disputes?: readonly Dispute[];
  /** Services that are off stay off, though nothing is owed after it: the debt was given up, not paid (R39, R130). */
  readonly leavesServicesOff?: true;
  /** The entry of a bank statement that a payment is, or no longer is: one entry is booked once, for one account. */
  readonly bankEntry?: BankEntryClaim;
}

export interface BankEntryClaim {
  readonly entryId: string;
  readonly accountId: string;
  readonly creditId: string;
  readonly released?: true;
}

/** Who decides, and when; `today` is the seller's calendar date. */
export interface Decided {
  readonly by: string;
  readonly now: Instant;
  readonly today: PlainDate;
}

/** How a booking leaves an account. */
export interface Left {
  readonly balance: number;
  /** True where the seller's services come back by it (C8). */
  readonly nothingOverdue: boolean;
}

/** Whether services that are off come back by a booking: when nothing is owed after it (R39), or nothing overdue (C8). */
export const restoresServices = (
  { balance, nothingOverdue }: Left,
  { status }: Pick<ServiceState, 'status'>,
  { leavesServicesOff }: Pick<Adjustment, 'leavesServicesOff'> = {},
): boolean =>
  (balance === 0 || nothingOverdue) && !leavesServicesOff && (status === 'suspended' || status === 'suspending');

/** Less is due, by money or by a credit note. At 0, with nothing contested, the invoice is paid. */
export function lowered(receivable: Receivable, amount: number, now: Instant): Receivable {
  const due = receivable.due - amount;
  if (due > 0) return { ...receivable, due, version: receivable.version + 1 };
  const still = moved(receivable, { state: 'idle', nextAt: undefined, requested: undefined });
  const { nextAt: _over, ...dunning } = receivable.dunning;
  if (receivable.disputed) return { ...still, due, dunning };
  return { ...still, due, dunning, status: 'paid', paidAt: now };
}

/**
 * More is due again: a payment was taken back, a dispute rejected. Where nothing was due, dunning begins anew, as if
 * `payBy` were the due date, and autopay tries again that day; where something was, it goes on.
 */
export function raised(
  { paidAt: _undone, ...receivable }: Receivable,
  amount: number,
  payBy: PlainDate,
  timeZone: string,
): Receivable {
  const due = receivable.due + amount;
  if (receivable.due > 0) return { ...receivable, due, version: receivable.version + 1 };
  const { dunning } = receivable;
  const again = isUnderWay(receivable) ? receivable.collection.nextAt : startOfDay(payBy, timeZone);
  return {
    ...moved(receivable, { nextAt: again }),
    due,
    status: 'unpaid',
    dunning: {
      step: 0,
      nextAt: startOfDay(addDays(payBy, 1), timeZone),
      since: payBy,
      turn: (dunning.turn ?? 1) + 1,
    },
  };
}

/**
 * Due again with a term of its own: what a rejected dispute leaves. Where something else is due, that goes on being dunned
 * and only this part is spared until `payBy` is over; what an earlier one left, too, while its own term is not over. `today` is
 * the seller's.
 */
export function returned(
  receivable: Receivable,
  amount: number,
  payBy: PlainDate,
  today: PlainDate,
  timeZone: string,
): Receivable {
  if (receivable.due <= 0) return raised(receivable, amount, payBy, timeZone);
  const { grace: before } = receivable;
  const grace =
    before === undefined || before.until < today
      ? { amount, until: payBy }
      : { amount: before.amount + amount, until: before.until > payBy ? before.until : payBy };
  return { ...receivable, due: receivable.due + amount, grace, version: receivable.version + 1 };
}
