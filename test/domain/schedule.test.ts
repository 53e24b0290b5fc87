import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../shared/domain/account.ts';
import {
  cycleAt,
  cycleInvoiceId,
  firstBillingDate,
  nextBillingDateAfter,
  periodAt,
} from '../../shared/domain/schedule.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';

const of = (schedule: Schedule | undefined, billingStartDate: string) =>
  schedule === undefined ? { billingStartDate } : { schedule, billingStartDate };

describe('R144, C6: when an account is billed', () => {
  it.each([
    [undefined, '2026-12-01', '2026-12-01'],
    [undefined, '2026-12-05', '2026-12-05'],
    [undefined, '2026-12-06', '2027-01-01'],
    ['calendar-month', '2026-01-31', '2026-02-01'],
    ['every-30-days', '2026-12-06', '2026-12-06'],
    ['annual', '2026-12-31', '2026-12-31'],
    ['quarterly', '2026-12-15', '2026-12-15'],
  ] as [Schedule | undefined, string, string][])(
    'R99, C7: on schedule %s a billing start on %s is first invoiced on %s',
    (schedule, start, first) => {
      expect(firstBillingDate(of(schedule, start))).toBe(first);
    },
  );

  it.each([
    [undefined, '2026-12-03', '2026-12-03', '2027-01-01'],
    ['every-30-days', '2026-01-01', '2026-01-01', '2026-01-31'],
    ['every-30-days', '2026-01-01', '2026-01-31', '2026-03-02'],
    ['every-30-days', '2026-01-01', '2026-03-02', '2026-04-01'],
    ['annual', '2026-03-15', '2026-03-15', '2027-03-15'],
    ['annual', '2028-02-29', '2028-02-29', '2029-02-28'],
    ['annual', '2028-02-29', '2031-02-28', '2032-02-29'],
    ['quarterly', '2026-11-30', '2026-11-30', '2027-02-28'],
    ['quarterly', '2026-11-30', '2027-02-28', '2027-05-30'],
  ] as [Schedule | undefined, string, string, string][])(
    'R91: on schedule %s from %s, the invoice after %s is on %s',
    (schedule, start, date, next) => {
      expect(nextBillingDateAfter(of(schedule, start), date)).toBe(next);
    },
  );

  it('R91: every 30 days is 12.17 charges a year, not 12: the thirteenth of 2026 is on 27 December', () => {
    const account = of('every-30-days', '2026-01-01');
    const dates: string[] = [];
    for (let date = account.billingStartDate; date < '2027-01-01'; date = nextBillingDateAfter(account, date))
      dates.push(date);
    expect(dates).toHaveLength(13);
    expect(dates.at(-1)).toBe('2026-12-27');
  });

  it.each([
    [undefined, '2026-12-03', '2026-12#cycle'],
    ['calendar-month', '2026-12-01', '2026-12#cycle'],
    ['every-30-days', '2026-01-01', '2026-01-01#cycle'],
    ['every-30-days', '2026-01-31', '2026-01-31#cycle'],
  ] as [Schedule | undefined, string, string][])(
    'on schedule %s the invoice of %s is %s, so that two cycles of one month have two',
    (schedule, date, id) => {
      expect(cycleInvoiceId(of(schedule, '2026-01-01'), date)).toBe(id);
    },
  );

  it.each([
    ['calendar-month', '2026-02-11', { interval: 'month', from: '2026-02-01', to: '2026-02-28' }],
    ['every-30-days', '2026-02-11', { interval: 'month', from: '2026-02-09', to: '2026-03-10' }],
    ['annual', '2026-02-11', { interval: 'year', from: '2026-01-10', to: '2027-01-09' }],
    ['quarterly', '2026-04-10', { interval: 'quarter', from: '2026-04-10', to: '2026-07-09' }],
  ] as const)('%s: %s lies in the right cycle', (schedule, date, cycle) => {
    expect(cycleAt(of(schedule, '2026-01-10'), date)).toMatchObject(cycle);
  });
});

describe('R100: no invoice comes as a surprise', () => {
  const schedule = fc.constantFrom<Schedule>('calendar-month', 'every-30-days', 'annual', 'quarterly');
  const day = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('schedule and billing start alone say on which day each is due: on that of the period that it pays for in advance', () => {
    fc.assert(
      fc.property(schedule, day, fc.integer({ min: 1, max: 40 }), (portal, start, count) => {
        const account = of(portal, start);
        let due = firstBillingDate(account);
        for (let invoice = 1; invoice < count; invoice++) due = nextBillingDateAfter(account, due);
        const period = cycleAt(account, due);
        // The first one of a start on the 2nd to the 5th comes within a month that has begun.
        expect(count === 1 ? period.from <= due : period.from === due).toBe(true);
        expect(due <= period.to && period.to < period.next).toBe(true);
        expect(nextBillingDateAfter(account, due)).toBe(period.next);
      }),
    );
  });
});

describe('R88: a subscription that is paid for by the year on the calendar schedule', () => {
  const calendar = of('calendar-month', '2026-01-01');
  const plan: Pick<Subscription, 'intervals'> = {
    intervals: [
      { from: '2026-03-01', interval: 'year' },
      { from: '2028-03-01', interval: 'month' },
      { from: '2028-05-01', interval: 'quarter' },
    ],
  };
  it.each([
    ['2026-02-28', 'month', '2026-02-01', '2026-02-28'],
    ['2026-03-01', 'year', '2026-03-01', '2027-02-28'],
    ['2028-02-29', 'year', '2027-03-01', '2028-02-29'],
    ['2028-04-02', 'month', '2028-04-01', '2028-04-30'],
    ['2028-08-02', 'quarter', '2028-08-01', '2028-10-31'],
  ])('%s is in the %s of %s to %s', (date, interval, from, to) => {
    expect(periodAt(calendar, plan, date)).toMatchObject({ interval, from, to });
  });
});
