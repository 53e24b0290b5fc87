import { daysBetween, type PlainDate } from '../calendar.ts';
import { sumOf } from '../money.ts';
import type { ProcessorTransaction } from './processor-transaction.ts';

/** What is under way for longer is missing: no bank debit takes longer to settle, no card scheme longer to decide a dispute. */
const MOST_DAYS_UNDER_WAY = 15;
const MOST_DAYS_DISPUTED = 120;

/** What one entry of a customer's books says that the processor got or gave back: minor units, positive when it came in. */
export interface ClearingEntry {
  readonly entryId: string;
  readonly accountId: string;
  readonly date: PlainDate;
  readonly amount: number;
  readonly currency: string;
  /** The processor's id of the payment. */
  readonly reference?: string;
}

/** One side's word that money moved. `payment` is what both sides have in common: the processor's id of the payment. */
export interface ReconciledItem {
  /** The processor's id of the movement, or account and entry; safe in a path. */
  readonly itemId: string;
  readonly side: 'processor' | 'books';
  /** The day it belongs to in the seller's time zone. */
  readonly date: PlainDate;
  readonly payment: string;
  readonly amount: number;
  readonly currency: string;
  readonly transaction?: ProcessorTransaction;
  readonly entry?: ClearingEntry;
}

/**
 * Why an item has no counterpart: `under-way` a bank debit that has not settled, or a dispute that is not decided · `timing` it is booked, on another day ·
 * `missing` the processor moved money that no book knows · `extra` the books say so and the processor does not ·
 * `differs` both know of the payment, by other amounts.
 */
export type DifferenceStatus = 'under-way' | 'timing' | 'missing' | 'extra' | 'differs';
export interface Difference extends ReconciledItem {
  readonly status: DifferenceStatus;
}

/** What a day is reconciled from. `later`: what the books have of days after it so far. */
export interface ReconciledDay {
  readonly date: PlainDate;
  /** What the day before left open. */
  readonly opening: readonly ReconciledItem[];
  readonly items: readonly ReconciledItem[];
  readonly later: readonly ReconciledItem[];
  /** Which of the opening finance has accepted as they are: moved to suspense. */
  readonly accepted: ReadonlySet<string>;
}

/** How a day's items were explained. Counts are of items, on whichever side. */
export interface Reconciled {
  /** Both sides have it, on the same day. */
  readonly matched: readonly ReconciledItem[];
  /** Both sides have it, on different days or in other parts. */
  readonly timed: readonly ReconciledItem[];
  /** Came and went on one side alone, such as a debit that failed. */
  readonly netted: readonly ReconciledItem[];
  readonly accepted: readonly ReconciledItem[];
  readonly open: readonly Difference[];
}

/** A movement of the processor's balance, booked there on `date`. */
export const ofTransaction = (transaction: ProcessorTransaction, date: PlainDate): ReconciledItem => ({
  itemId: transaction.transactionId,
  side: 'processor',
  date,
  payment: transaction.chargeId ?? transaction.transactionId,
  amount: transaction.amount,
  currency: transaction.currency,
  transaction,
});

/** An entry of ours on `processor-clearing`; its id may stand in a path. */
export const ofEntry = (entry: ClearingEntry): ReconciledItem => ({
  itemId: `${entry.accountId}~${entry.entryId.replaceAll('#', '~')}`,
  side: 'books',
  date: entry.date,
  payment: entry.reference ?? entry.entryId,
  amount: entry.amount,
  currency: entry.currency,
  entry,
});

/**
 * Explains each item of a day, and of what was left open before, once: by its counterpart, by what cancels it, or as a
 * difference. Opening + the processor's items − the books' items − accepted = what is left open, in every currency.
 */
export function reconcile({ date, opening, items, later, accepted }: ReconciledDay): Reconciled {
  const kept = opening.filter(({ itemId }) => !accepted.has(itemId));
  const next = groups(later);
  const found = [...groups([...kept, ...items])].map(([key, group]) => explain(group, next.get(key) ?? [], date));
  return {
    matched: found.flatMap((group) => group.matched),
    timed: found.flatMap((group) => group.timed),
    netted: found.flatMap((group) => group.netted),
    accepted: opening.filter(({ itemId }) => accepted.has(itemId)),
    open: found.flatMap((group) => group.open).sort(byWeight),
  };
}

/** Of one payment and currency. */
function groups(items: readonly ReconciledItem[]): Map<string, ReconciledItem[]> {
  const byPayment = new Map<string, ReconciledItem[]>();
  for (const item of items) {
    const key = `${item.currency} ${item.payment}`;
    const group = byPayment.get(key);
    if (group) group.push(item);
    else byPayment.set(key, [item]);
  }
  return byPayment;
}

function explain(group: readonly ReconciledItem[], later: readonly ReconciledItem[], date: PlainDate) {
  const { pairs, processor, books } = paired(group);
  const rest = [...processor, ...books];
  const cancels = sumOf(processor) === sumOf(books);
  const oneSided = processor.length === 0 || books.length === 0;
  const onOneDay = ([a, b]: readonly [ReconciledItem, ReconciledItem]) => a.date === b.date;
  return {
    matched: pairs.filter(onOneDay).flat(),
    timed: [...pairs.filter((pair) => !onOneDay(pair)).flat(), ...(cancels && !oneSided ? rest : [])],
    netted: cancels && oneSided ? rest : [],
    open: cancels ? [] : rest.map((item): Difference => ({ ...item, status: statusOf(item, !oneSided, later, date) })),
  };
}

/** Equal amounts stand for each other, one to one; an item of the same day first. */
function paired(group: readonly ReconciledItem[]) {
  const books = group.filter(({ side }) => side === 'books');
  const pairs: (readonly [ReconciledItem, ReconciledItem])[] = [];
  const processor = group.filter((item) => {
    if (item.side === 'books') return false;
    const equal = books.filter(({ amount }) => amount === item.amount);
    const counterpart = equal.find((each) => each.date === item.date) ?? equal[0];
    if (!counterpart) return true;
    books.splice(books.indexOf(counterpart), 1);
    pairs.push([item, counterpart]);
    return false;
  });
  return { pairs, processor, books };
}

function statusOf(
  item: ReconciledItem,
  bothKnow: boolean,
  later: readonly ReconciledItem[],
  date: PlainDate,
): DifferenceStatus {
  if (bothKnow) return 'differs';
  if (later.some((each) => each.side !== item.side && each.amount === item.amount)) return 'timing';
  if (item.side === 'books') return 'extra';
  return isUnderWay(item, date) ? 'under-way' : 'missing';
}

function isUnderWay({ transaction, date: since }: ReconciledItem, date: PlainDate): boolean {
  if (!transaction?.pending) return false;
  return daysBetween(since, date) <= (transaction.kind === 'dispute' ? MOST_DAYS_DISPUTED : MOST_DAYS_UNDER_WAY);
}

const WEIGHT: readonly DifferenceStatus[] = ['missing', 'differs', 'extra', 'timing', 'under-way'];
/** What is worst comes first, then what is open longest. */
const byWeight = (a: Difference, b: Difference): number =>
  WEIGHT.indexOf(a.status) - WEIGHT.indexOf(b.status) || (a.date < b.date ? -1 : a.date > b.date ? 1 : 0);

/**
 * Whether a look at the processor may bring the books up to date: the payment is of an invoice of ours, and what is known
 * of it is not what the books say, or may have been decided meanwhile.
 */
export function canBeLookedAt({ status, transaction }: Difference): boolean {
  if (transaction?.invoice === undefined || transaction.intentId === undefined) return false;
  return status === 'missing' || status === 'differs' || (status === 'under-way' && transaction.kind === 'dispute');
}

/**
 * Whether finance must act: it is neither under way nor only booked on another day, and a look cannot mend it or has not
 * within a day.
 */
export const needsPerson = (difference: Difference, date: PlainDate): boolean =>
  difference.status !== 'timing' &&
  difference.status !== 'under-way' &&
  (difference.date < date || (difference.side === 'processor' && !canBeLookedAt(difference)));
