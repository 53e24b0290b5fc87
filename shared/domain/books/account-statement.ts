import { daysBetween, type PlainDate, type ServicePeriod } from '../calendar.ts';
import { byAge, type Receivable } from '../receivable.ts';
import type { Movement, MovementKind } from './movements.ts';

/** How long an invoice is overdue: not at all, or by so many days. */
export const AGES = ['current', 'days-1-30', 'days-31-60', 'days-61-90', 'days-over-90'] as const;
export type Age = (typeof AGES)[number];

/** An invoice of which something was to be paid, or too much was paid, at the end of the period. */
export interface OpenItem extends Pick<Receivable, 'invoiceId' | 'number' | 'invoiceDate' | 'dueDate'> {
  /** Minor units. */
  readonly open: number;
  /** 0 up to the due date. */
  readonly daysOverdue: number;
  readonly age: Age;
}

export interface StatedMovement extends Movement {
  /** What the customer had to pay after it. */
  readonly balance: number;
}

/** What an account owed before a period, what moved in it, and what it owed after it. All amounts are minor units. */
export interface AccountStatement {
  readonly period: ServicePeriod;
  readonly opening: number;
  readonly movements: readonly StatedMovement[];
  readonly closing: number;
  /** Of the movements, by kind; `opening` and these make `closing`. */
  readonly sums: Readonly<Partial<Record<MovementKind, number>>>;
  /** At the end: owed and contested in time (R158), and what was paid or credited and not used yet. */
  readonly contested: number;
  readonly credit: number;
  /** The oldest first; they add up to `closing`. */
  readonly items: readonly OpenItem[];
  readonly ages: Readonly<Record<Age, number>>;
  /** What is to be paid now, with all that happened since. */
  readonly balanceNow: number;
}

/** The statement of a period, both ends counted, from all movements of an account and its invoices as they are now. */
export function accountStatement(
  all: readonly Movement[],
  receivables: readonly Pick<Receivable, 'invoiceId' | 'number' | 'invoiceDate' | 'dueDate'>[],
  period: ServicePeriod,
): AccountStatement {
  const until = all.filter(({ entry }) => entry.date <= period.to);
  const before = until.filter(({ entry }) => entry.date < period.from);
  const opening = sum(before, 'amount');
  let balance = opening;
  const movements = until.slice(before.length).map((movement): StatedMovement => {
    balance += movement.amount;
    return { ...movement, balance };
  });
  const sums: Partial<Record<MovementKind, number>> = {};
  for (const { kind, amount } of movements) sums[kind] = (sums[kind] ?? 0) + amount;
  const items = openItems(until, receivables, period.to);
  const ages = Object.fromEntries(
    AGES.map((age) => [age, items.reduce((total, item) => total + (item.age === age ? item.open : 0), 0)]),
  ) as Record<Age, number>;
  return {
    ...{ period, opening, movements, closing: balance, sums, items, ages },
    contested: sum(until, 'contested'),
    credit: sum(until, 'credit'),
    balanceNow: sum(all, 'amount'),
  };
}

function openItems(
  until: readonly Movement[],
  receivables: Parameters<typeof accountStatement>[1],
  on: PlainDate,
): OpenItem[] {
  const open = new Map<string, number>();
  for (const { parts } of until)
    for (const { invoiceId, amount } of parts) open.set(invoiceId, (open.get(invoiceId) ?? 0) + amount);
  return receivables.toSorted(byAge).flatMap(({ invoiceId, number, invoiceDate, dueDate }): OpenItem[] => {
    const amount = open.get(invoiceId) ?? 0;
    const daysOverdue = Math.max(0, daysBetween(dueDate, on));
    if (amount === 0) return [];
    return [{ invoiceId, number, invoiceDate, dueDate, open: amount, daysOverdue, age: ageOf(daysOverdue) }];
  });
}

/** The last day overdue of each age but the oldest. */
const LAST_DAYS = [0, 30, 60, 90];
const ageOf = (daysOverdue: number): Age => AGES[LAST_DAYS.filter((last) => daysOverdue > last).length]!;

const sum = (movements: readonly Movement[], of: 'amount' | 'credit' | 'contested'): number =>
  movements.reduce((total, movement) => total + movement[of], 0);
