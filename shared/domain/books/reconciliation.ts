import type { Instant, PlainDate } from '../calendar.ts';
import { BillingError } from '../errors.ts';
import { sumOf } from '../money.ts';
import { feeOf } from './processor-entries.ts';
import type { ProcessorTransaction } from './processor-transaction.ts';
import type { Difference, DifferenceStatus, Reconciled, ReconciledDay, ReconciledItem } from './reconcile.ts';

/**
 * One currency of a day, minor units: `opening` + `charged` + `returned` − `booked` − `accepted` = `closing`, which is by how
 * much the processor's word and the books differ. Fees and payouts are booked as the processor tells of them.
 */
export interface ReconciledTotals {
  readonly currency: string;
  readonly opening: number;
  /** What customers paid, as the processor says. */
  readonly charged: number;
  /** What went back, or failed after it was on the balance; usually negative. */
  readonly returned: number;
  /** What the customers' books say came in, less what went back. */
  readonly booked: number;
  readonly accepted: number;
  readonly closing: number;
  readonly fees: number;
  readonly paidOut: number;
}

/** A day of a seller, reconciled. Written once. */
export interface Reconciliation {
  readonly sellerId: string;
  readonly date: PlainDate;
  readonly at: Instant;
  readonly totals: readonly ReconciledTotals[];
  /** Of items, on whichever side. */
  readonly explained: {
    readonly matched: number;
    readonly timed: number;
    readonly netted: number;
    readonly accepted: number;
  };
  readonly differences: Readonly<Record<DifferenceStatus, number>>;
}

/** With all that is open, and what was explained otherwise than by a counterpart of the same day. */
export interface ReconciliationReport extends Reconciliation {
  readonly open: readonly Difference[];
  readonly notes: readonly (ReconciledItem & { readonly explanation: 'timed' | 'netted' | 'accepted' })[];
}

/** Puts a day's result into its report. Throws `unbalanced_entry` when it does not add up, which is a defect of ours. */
export function reportOf(
  { sellerId, at }: { readonly sellerId: string; readonly at: Instant },
  { date, opening, items }: ReconciledDay,
  result: Reconciled,
  transactions: readonly ProcessorTransaction[],
): ReconciliationReport {
  const { matched, timed, netted, accepted, open } = result;
  const holdings = transactions.map(({ held, currency }) => held?.currency ?? currency);
  const currencies = new Set([...[...opening, ...items].map(({ currency }) => currency), ...holdings]);
  const totals = [...currencies].sort().map((currency) => {
    const of = <T extends { readonly currency: string }>(all: readonly T[]) =>
      all.filter((each) => each.currency === currency);
    return totalsOf(currency, of(opening), of(items), of(accepted), of(open), transactions);
  });
  const note = (explanation: 'timed' | 'netted' | 'accepted') => (item: ReconciledItem) => ({ ...item, explanation });
  return {
    ...{ sellerId, date, at, totals, open },
    explained: {
      matched: matched.length,
      timed: timed.length,
      netted: netted.length,
      accepted: accepted.length,
    },
    differences: countByStatus(open),
    notes: [...timed.map(note('timed')), ...netted.map(note('netted')), ...accepted.map(note('accepted'))],
  };
}

function totalsOf(
  currency: string,
  opening: readonly ReconciledItem[],
  items: readonly ReconciledItem[],
  accepted: readonly ReconciledItem[],
  open: readonly ReconciledItem[],
  transactions: readonly ProcessorTransaction[],
): ReconciledTotals {
  const moved = items.filter(({ side }) => side === 'processor');
  const charges = moved.filter(({ transaction }) => transaction?.kind === 'charge');
  const totals: ReconciledTotals = {
    currency,
    opening: differenceOf(opening),
    charged: sumOf(charges),
    returned: sumOf(moved) - sumOf(charges),
    booked: sumOf(items.filter(({ side }) => side === 'books')),
    accepted: differenceOf(accepted),
    closing: differenceOf(open),
    fees: sum(transactions.map((of) => ((of.held?.currency ?? of.currency) === currency ? feeOf(of) : 0))),
    paidOut: sum(transactions.map((of) => (of.kind === 'payout' && of.currency === currency ? 0 - of.amount : 0))),
  };
  const explained = totals.opening + totals.charged + totals.returned - totals.booked - totals.accepted;
  if (explained !== totals.closing)
    throw new BillingError('unbalanced_entry', `reconciliation ${currency}: ${explained} is not ${totals.closing}`);
  return totals;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What the processor says, less what the books say. */
const differenceOf = (items: readonly ReconciledItem[]): number =>
  sum(items.map(({ side, amount }) => (side === 'processor' ? amount : 0 - amount)));

function countByStatus(open: readonly Difference[]): Record<DifferenceStatus, number> {
  const counts = { missing: 0, differs: 0, extra: 0, timing: 0, 'under-way': 0 };
  for (const { status } of open) counts[status]++;
  return counts;
}

/** What finance is to do about a difference, in words. */
export const ADVICE: Readonly<Record<DifferenceStatus, string>> = {
  missing:
    'The processor moved this money and no book knows of it. It was asked again; if it stands here tomorrow, look the payment up at the processor: refund it there, or accept it.',
  differs:
    'The processor and the books know this payment by different amounts. Look it up at the processor, correct the invoice, then accept what remains.',
  extra:
    'The books say that this was paid, and the processor does not know of it. Look the payment up at the processor; if there is none, take it back and accept the difference.',
  timing: 'Nothing: it is booked on the day after.',
  'under-way': 'Nothing yet: a bank debit that has not settled, or a dispute that is not decided.',
};
