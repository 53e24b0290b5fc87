import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  daysIn,
  lastOf,
  monthOf,
  monthsIn,
  nextMonth,
  periodOfDays,
  periodOfMonths,
} from '../../shared/domain/calendar.ts';

const date = fc
  .date({ min: new Date('1600-01-01'), max: new Date('2400-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const plain = Temporal.PlainDate.from;

describe('dates by integer arithmetic are those of Temporal', () => {
  it('days and months added, days between, days in a month, the next month', () => {
    fc.assert(
      fc.property(date, date, fc.integer({ min: -9000, max: 9000 }), (a, b, count) => {
        expect(addDays(a, count)).toBe(plain(a).add({ days: count }).toString());
        expect(addMonths(a, count % 2400)).toBe(
          plain(a)
            .add({ months: count % 2400 })
            .toString(),
        );
        expect(daysBetween(a, b)).toBe(plain(a).until(plain(b)).days);
        expect(daysIn(monthOf(a))).toBe(plain(a).daysInMonth);
        expect(nextMonth(monthOf(a))).toBe(Temporal.PlainYearMonth.from(monthOf(a)).add({ months: 1 }).toString());
      }),
    );
  });

  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2026-03-01', -1, '2026-02-28'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });

  it.each([
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['2000-02', '2000-02-29'],
    ['2100-02', '2100-02-28'],
    ['2400-02', '2400-02-29'],
  ])('%s ends on %s', (month, last) => {
    expect(lastOf(month)).toBe(last);
  });
});

describe('periods from an anchor', () => {
  it('a period of some months has that many, whichever day it begins on: fees per month count them (R113)', () => {
    fc.assert(
      fc.property(date, date, fc.constantFrom(1, 3, 12), (anchor, on, months) => {
        expect(monthsIn(periodOfMonths(anchor, months, on))).toBe(months);
      }),
    );
  });

  it.each([
    ['2026-11-30', '2027-02-27', 3],
    ['2028-02-29', '2029-02-27', 12],
    ['2026-01-01', '2026-01-30', 1],
    ['2026-01-31', '2026-03-01', 1],
    ['2026-12-15', '2026-12-20', 1],
  ])('%s to %s counts as %i months', (from, to, months) => {
    expect(monthsIn({ from, to })).toBe(months);
  });

  it.each([
    ['2026-01-15', '2026-01-15', '2026-01-15', '2026-02-13'],
    ['2026-01-15', '2026-02-13', '2026-01-15', '2026-02-13'],
    ['2026-01-15', '2026-02-14', '2026-02-14', '2026-03-15'],
    ['2026-01-15', '2026-01-14', '2025-12-16', '2026-01-14'],
  ])('thirty days from %s: %s lies in %s to %s', (anchor, on, from, to) => {
    expect(periodOfDays(anchor, 30, on)).toEqual({ from, to });
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28', '2026-02-28', '2026-03-30'],
    ['2026-01-31', 1, '2026-03-31', '2026-03-31', '2026-04-29'],
    ['2026-01-31', 3, '2026-04-29', '2026-01-31', '2026-04-29'],
    ['2028-02-29', 12, '2029-02-28', '2029-02-28', '2030-02-27'],
    ['2028-02-29', 12, '2032-02-29', '2032-02-29', '2033-02-27'],
  ])('months from %s by %i: %s lies in %s to %s, and the day never drifts', (anchor, months, on, from, to) => {
    expect(periodOfMonths(anchor, months, on)).toEqual({ from, to });
  });

  it('every date lies in exactly one period, and the next begins on the day after', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 4000 }), (anchor, length, after) => {
        const on = addDays(anchor, after);
        for (const period of [periodOfDays, periodOfMonths]) {
          const { from, to } = period(anchor, length, on);
          expect(from <= on && on <= to).toBe(true);
          expect(period(anchor, length, addDays(to, 1)).from).toBe(addDays(to, 1));
        }
      }),
    );
  });
});
