import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstOf, lastOf } from '../../shared/domain/calendar.ts';
import { fromMicros } from '../../shared/domain/money.ts';
import { PRORATION_POLICIES, type ProrationPolicyId, prorationPolicy } from '../../shared/domain/proration.ts';

const monthOfDate = (date: string) => ({ from: firstOf(date.slice(0, 7)), to: lastOf(date.slice(0, 7)) });
const count = (policy: ProrationPolicyId, on: string, time?: string) =>
  prorationPolicy(policy).count(time === undefined ? { on } : { on, time }, monthOfDate(on));
const cents = (policy: ProrationPolicyId, on: string, unit = 2500, quantity = 1) => {
  const { days, of } = count(policy, on);
  return fromMicros(BigInt(unit) * 10_000n * BigInt(quantity), 'EUR', days, of).amount;
};

describe('R98, C19: the start day is free, the month has its actual days', () => {
  it.each([
    ['2026-07-15', 16, 31, 1290],
    ['2026-06-15', 15, 30, 1250],
    ['2026-02-15', 13, 28, 1161],
    ['2028-02-15', 14, 29, 1207],
    ['2026-07-02', 29, 31, 2339],
    ['2026-07-31', 0, 31, 0],
    ['2026-07-01', 31, 31, 2500],
  ])('25.00 a month from %s is charged %i of %i days: %i cents', (on, days, of, amount) => {
    expect(count('start-day-free@1', on)).toEqual({ days, of });
    expect(cents('start-day-free@1', on)).toBe(amount);
  });

  it('+2 devices on 15 June are charged 15 of 30 days each, rounded once', () => {
    expect(cents('start-day-free@1', '2026-06-15', 2595, 2)).toBe(2595);
  });

  it('it is the policy of a seller that names none', () => {
    expect(prorationPolicy().policyId).toBe('start-day-free@1');
  });
});

describe('published examples of other systems, each by its policy', () => {
  it.each([
    ['the guide, 15 July', 'start-day-free@1', '2026-07-15', 16, 31],
    ['the guide for Ireland, 15 June', 'start-day-free@1', '2026-06-15', 15, 30],
    ['AnswerConnect, days that remain after the sign-up date', 'start-day-free@1', '2026-09-10', 20, 30],
    ['Utility Telecom, 20 April to 1 May', 'start-day-counted@1', '2026-04-20', 11, 30],
    ['TimelyBill, the 10th to the 30th', 'start-day-counted@1', '2026-06-10', 21, 30],
    ['Converge, 6 to 31 January', 'start-day-counted@1', '2026-01-06', 26, 31],
    ['30/360, 15 July', 'fixed-30-days@1', '2026-07-15', 16, 30],
    ['30/360, 15 June', 'fixed-30-days@1', '2026-06-15', 16, 30],
    ['30/360, 15 February', 'fixed-30-days@1', '2026-02-15', 16, 30],
    ['30/360, the 31st', 'fixed-30-days@1', '2026-07-31', 0, 30],
    ['to the second, from midnight', 'to-the-second@1', '2026-06-15', 16 * 86_400, 30 * 86_400],
  ] as const)('%s (%s): %s is %i of %i', (_name, policy, on, days, of) => {
    expect(count(policy, on)).toEqual({ days, of });
  });

  it.each([
    ['12:00:01', 15 * 86_400 + 43_199],
    ['00:01:00', 16 * 86_400 - 60],
    ['23:59:59', 15 * 86_400 + 1],
    [undefined, 16 * 86_400],
  ])('to the second: 15 June at %s is %i of 2,592,000', (time, days) => {
    expect(count('to-the-second@1', '2026-06-15', time)).toEqual({ days, of: 2_592_000 });
  });

  it('a policy that does not exist is refused by name', () => {
    expect(() => prorationPolicy('generous@3')).toThrow(
      expect.objectContaining({
        code: 'invalid_configuration',
        message: expect.stringContaining('no proration policy is called generous@3'),
      }),
    );
  });
});

describe('periods that are longer than a month', () => {
  const year = { from: '2026-07-01', to: '2027-06-30' };
  it.each([
    ['start-day-free@1', '2026-07-15', 350, 365],
    ['start-day-counted@1', '2026-07-15', 351, 365],
    ['fixed-30-days@1', '2026-07-15', 346, 360],
    ['fixed-30-days@1', '2027-05-31', 30, 360],
    ['to-the-second@1', '2027-06-30', 86_400, 31_536_000],
  ] as const)('%s: %s is %i of %i of a year', (policy, on, days, of) => {
    expect(prorationPolicy(policy).count({ on }, year)).toEqual({ days, of });
  });

  it('a cycle of 30 days has 30, whatever the months', () => {
    const cycle = { from: '2026-01-31', to: '2026-03-01' };
    expect(prorationPolicy('start-day-free@1').count({ on: '2026-02-10' }, cycle)).toEqual({ days: 19, of: 30 });
    expect(prorationPolicy('fixed-30-days@1').count({ on: '2026-02-10' }, cycle)).toEqual({ days: 20, of: 30 });
  });
});

describe.each(Object.keys(PRORATION_POLICIES) as ProrationPolicyId[])('properties of %s', (policy) => {
  const date = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  const price = fc.integer({ min: 0, max: 100_000_00 });
  const quantity = fc.integer({ min: 1, max: 5000 });

  it('R97: adding and removing on one day nets to zero', () => {
    fc.assert(
      fc.property(date, price, quantity, (on, unit, of) => {
        expect(cents(policy, on, unit, of) + cents(policy, on, unit, -of)).toBe(0);
      }),
    );
  });

  it('never charges more than the month, nor less than nothing, and a start on the 1st is the month', () => {
    fc.assert(
      fc.property(date, price, quantity, (on, unit, of) => {
        const part = cents(policy, on, unit, of);
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(unit * of);
        expect(cents(policy, firstOf(on.slice(0, 7)), unit, of)).toBe(unit * of);
      }),
    );
  });

  it('what is used before a removal and what is credited after it are the month within a cent, exact where the days divide it', () => {
    fc.assert(
      fc.property(date, price, (on, unit) => {
        const { days, of } = count(policy, on);
        const micros = BigInt(unit) * 10_000n;
        const parts = fromMicros(micros, 'EUR', days, of).amount + fromMicros(micros, 'EUR', of - days, of).amount;
        expect(Math.abs(parts - unit)).toBeLessThanOrEqual(1);
        if ((unit * days) % of === 0) expect(parts).toBe(unit);
      }),
    );
  });
});
