import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysIn } from '../../shared/domain/calendar.ts';
import { money } from '../../shared/domain/money.ts';
import { chargeableDays, fullMonth, prorate } from '../../shared/domain/proration.ts';

describe('R98, C19: the start day is free, the month has its actual days', () => {
  it.each([
    ['2026-07-15', 16, 31, 1290],
    ['2026-06-15', 15, 30, 1250],
    ['2026-02-15', 13, 28, 1161],
    ['2028-02-15', 14, 29, 1207],
    ['2026-07-02', 29, 31, 2339],
    ['2026-07-31', 0, 31, 0],
    ['2026-07-01', 31, 31, 2500],
  ])('25.00 a month from %s is charged %i of %i days: %i cents', (effectiveOn, days, of, cents) => {
    const count = chargeableDays(effectiveOn);
    expect(count).toEqual({ days, of });
    expect(prorate(money(2500, 'EUR'), 1, count)).toEqual({ amount: cents, currency: 'EUR' });
  });

  it('+2 devices on 15 June are charged 15 of 30 days each, rounded once', () => {
    expect(prorate(money(2595, 'EUR'), 2, chargeableDays('2026-06-15')).amount).toBe(2595);
  });
});

describe('properties of proration', () => {
  const date = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  const price = fc.integer({ min: 0, max: 100_000_00 });
  const quantity = fc.integer({ min: 1, max: 5000 });

  it('R97: adding and removing on one day nets to zero', () => {
    fc.assert(
      fc.property(date, price, quantity, (on, unit, count) => {
        const added = prorate(money(unit, 'USD'), count, chargeableDays(on)).amount;
        const removed = prorate(money(unit, 'USD'), -count, chargeableDays(on)).amount;
        expect(added + removed).toBe(0);
      }),
    );
  });

  it('never charges more than the month, nor less than nothing', () => {
    fc.assert(
      fc.property(date, price, quantity, (on, unit, count) => {
        const part = prorate(money(unit, 'USD'), count, chargeableDays(on)).amount;
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(prorate(money(unit, 'USD'), count, fullMonth(on.slice(0, 7))).amount);
      }),
    );
  });

  it('the two parts of a month that is split between two prices differ from the month by a cent at most', () => {
    fc.assert(
      fc.property(date, price, (on, unit) => {
        const of = daysIn(on.slice(0, 7));
        const { days } = chargeableDays(on);
        const parts =
          prorate(money(unit, 'USD'), 1, { days, of }).amount +
          prorate(money(unit, 'USD'), 1, { days: of - days, of }).amount;
        expect(Math.abs(parts - unit)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
