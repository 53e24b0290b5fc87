import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, Schedule, ScheduleChange } from '../../shared/domain/account.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { InvoiceLine } from '../../shared/domain/invoice.ts';
import { firstBillingDate, nextBillingDateAfter } from '../../shared/domain/schedule.ts';
import { changeSchedule } from '../../shared/domain/schedule-change.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { cancelSubscription, changeInterval } from '../../shared/domain/subscription-terms.ts';
import { account, agreed, input, monthly, product, seller, subscription } from '../support/accounts.ts';

const phone = product('phone', 2500, 'EUR', {
  prices: [
    monthly(2500, 'EUR'),
    monthly(6900, 'EUR', { interval: 'quarter' }),
    monthly(24_000, 'EUR', { interval: 'year' }),
  ],
});
const date = (from: string, days: number) => fc.integer({ min: 0, max: days }).map((offset) => addDays(from, offset));

interface Wish {
  readonly told: string;
  readonly from: string;
  readonly interval: 'month' | 'quarter' | 'year';
}

interface Choice extends ScheduleChange {
  readonly told: string;
}

/** Bills an account until a date; what the customer wishes is recorded on its day, after that day's invoice. */
function linesUntil(
  end: string,
  start: string,
  schedule: Schedule,
  wishes: readonly Wish[],
  cancelled?: string,
  contract?: Subscription['contract'],
  choices: readonly Choice[] = [],
) {
  let of: Account = account('IE', 'EUR', { billingStartDate: start, schedule, quote: 'Q-1' });
  let phones = agreed(subscription('phone', [1, start, 1]), contract === undefined ? {} : { contract });
  const lines: InvoiceLine[] = [];
  let billed = '';
  for (let due = firstBillingDate(of); due <= end; due = nextBillingDateAfter(of, due)) {
    for (const { told, ...wish } of wishes.filter((each) => each.told > billed && each.told <= due))
      phones = changeInterval(input(of, [phones]), 'sub-phone', wish).subscription;
    for (const { told, ...choice } of choices.filter((each) => each.told > billed && each.told <= due))
      of = changeSchedule(of, choice);
    if (cancelled !== undefined && cancelled <= due)
      phones = cancelSubscription(input(of, [phones]), 'sub-phone', cancelled).subscription;
    const decision = composeInvoice(input(of, [phones]), seller('IE', 'EUR'), [phone], due, due);
    if (decision.outcome === 'held') throw new Error(decision.reason);
    if (decision.outcome === 'invoice') lines.push(...decision.draft.lines);
    of = { ...of, billedThrough: { date: due, month: due.slice(0, 7), change: 1 } };
    billed = due;
  }
  return { lines, phones };
}

/** How often each day is paid for: charges count, credits take away. */
function paidDays(lines: readonly InvoiceLine[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const { servicePeriod, quantity } of lines)
    for (let day = servicePeriod.from; day <= servicePeriod.to; day = addDays(day, 1))
      days.set(day, (days.get(day) ?? 0) + quantity);
  return days;
}

/** The day of a start within a month is free (C19); on the other schedules the first period begins with it. */
function expectEachDayOnce(lines: readonly InvoiceLine[], start: string, schedule: Schedule, end?: string): void {
  const paid = paidDays(lines);
  const last = [...paid.keys(), ...(end === undefined ? [] : [end])].sort().at(-1) ?? start;
  const first = schedule === 'calendar-month' && !start.endsWith('-01') ? addDays(start, 1) : start;
  for (let day = first; day <= last; day = addDays(day, 1))
    expect([day, paid.get(day)]).toEqual([day, end !== undefined && day > end ? 0 : 1]);
  expect([...paid.keys()].sort()[0] ?? first).toBe(first);
}

describe('no day is paid for twice, and none is missed', () => {
  const wishes = fc.array(
    fc.record({
      told: date('2026-01-01', 600),
      from: date('2026-01-01', 700),
      interval: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
    }),
    { maxLength: 6 },
  );

  it('R70, R88: however often a plan changes between month, quarter and year', () => {
    fc.assert(
      fc.property(date('2026-01-01', 200), wishes, (start, list) => {
        expectEachDayOnce(linesUntil('2027-12-01', start, 'calendar-month', list).lines, start, 'calendar-month');
      }),
      { numRuns: 40 },
    );
  });

  it('R91: every 30 days, once a year and by the quarter, from any day', () => {
    const schedule = fc.constantFrom<Schedule[]>('every-30-days', 'annual', 'quarterly', 'calendar-month');
    fc.assert(
      fc.property(date('2026-01-01', 1500), schedule, (start, of) => {
        expectEachDayOnce(linesUntil(addDays(start, 800), start, of, []).lines, start, of);
      }),
      { numRuns: 40 },
    );
  });

  it('R88, R91: however often the customer changes between every 30 days and the year', () => {
    const schedule = fc.constantFrom<ScheduleChange['schedule'][]>('every-30-days', 'annual');
    const choice = fc.record({
      told: date('2026-01-01', 1200),
      from: date('2026-01-01', 1500),
      schedule,
    });
    fc.assert(
      fc.property(date('2026-01-01', 200), schedule, fc.array(choice, { maxLength: 6 }), (start, of, choices) => {
        const { lines } = linesUntil(addDays(start, 1500), start, of, [], undefined, undefined, choices);
        expectEachDayOnce(lines, start, of);
      }),
      { numRuns: 60 },
    );
  });

  it('R67–R69: a plan that is cancelled is paid for to its end and not beyond', () => {
    const schedule = fc.constantFrom<Schedule[]>('every-30-days', 'annual', 'quarterly', 'calendar-month');
    fc.assert(
      fc.property(date('2026-01-01', 400), schedule, fc.integer({ min: 0, max: 300 }), (start, of, after) => {
        const { lines, phones } = linesUntil(addDays(start, 800), start, of, [], addDays(start, after));
        expectEachDayOnce(lines, start, of, phones.cancellation?.endsOn);
      }),
      { numRuns: 40 },
    );
  });

  it('R64, R69: a contract that ends on any day is paid for through that day, and a whole term more if told too late', () => {
    const terms = fc.record({ lasts: fc.integer({ min: 0, max: 120 }), renewalMonths: fc.constantFrom(1, 12) });
    fc.assert(
      fc.property(date('2026-01-01', 400), terms, fc.integer({ min: 0, max: 150 }), (start, terms, after) => {
        const contract = { endsOn: addDays(start, terms.lasts), renewalMonths: terms.renewalMonths };
        const told = addDays(start, after);
        const { lines, phones } = linesUntil(addDays(start, 800), start, 'calendar-month', [], told, contract);
        const end = phones.cancellation!.endsOn;
        expectEachDayOnce(lines, start, 'calendar-month', end);
        expect(end >= contract.endsOn && end >= addDays(told, 29)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
