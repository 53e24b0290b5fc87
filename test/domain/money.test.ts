import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENCIES, fromMicros, money, roundedQuotient, scale } from '../../shared/domain/money.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const refused = (detail: string) =>
  expect.objectContaining({
    code: 'amount_not_integer',
    message: `An amount is not a whole number of minor units. ${detail}`,
  });

describe('an amount is a whole number of minor units of its currency', () => {
  it.each(CURRENCIES)('in %s', (currency) => {
    expect(money(1290, currency)).toEqual({ amount: 1290, currency });
  });

  it('there is no negative nothing, which would print as -0.00', () => {
    expect(money(-0, 'EUR').amount).toBe(0);
    expect(scale(money(-1, 'EUR'), 1, 3).amount).toBe(0);
  });

  it.each([0.5, 12.9, Number.NaN, Number.POSITIVE_INFINITY, MOST + 1, -MOST - 1])('%s is none', (amount) => {
    expect(() => money(amount, 'USD')).toThrow(refused(`${amount} is not a whole number of minor units of USD`));
  });
});

describe('§2.2: half a cent is a cent, away from zero; less than half is nothing', () => {
  it.each([
    ['§2.1: 25.00 × 16/31', 2500, 16, 31, 1290],
    ['§2.1: 25.00 × 15/30', 2500, 15, 30, 1250],
    ['§2.1: 25.00 × 13/28', 2500, 13, 28, 1161],
    ['§2.1: 25.00 × 14/29', 2500, 14, 29, 1207],
    ['§2.1: 25.00 × 29/31', 2500, 29, 31, 2339],
    ['exactly half a cent', 1, 1, 2, 1],
    ['a credit of exactly half a cent', -1, 1, 2, -1],
    ['just below', 1, 499_999, 1_000_000, 0],
    ['a credit just below', -1, 499_999, 1_000_000, 0],
    ['just above', 1, 500_001, 1_000_000, 1],
    ['one and a half', 3, 1, 2, 2],
    ['a credit of one and a half', -3, 1, 2, -2],
    ['nothing', 0, 16, 31, 0],
    ['a negative ratio', 3, -1, 2, -2],
    ['a third', 100, 1, 3, 33],
    ['two thirds', 100, 2, 3, 67],
  ])('%s', (_name, amount, numerator, denominator, cents) => {
    expect(scale(money(amount, 'CAD'), numerator, denominator)).toEqual({ amount: cents, currency: 'CAD' });
  });

  it.each([
    ['R118: 9.975 % of 100.00', 10_000, 99_750, 998],
    ['HST 14 % of 43.17', 4317, 140_000, 604],
    ['VAT 20 % of 43.17', 4317, 200_000, 863],
    ['QST 9.975 % of 43.17', 4317, 99_750, 431],
    ['HST 13 % of ten lines of 0.05', 50, 130_000, 7],
  ])('§2.2: %s, once on the sum', (_name, base, ppm, cents) => {
    expect(scale(money(base, 'CAD'), ppm, 1_000_000).amount).toBe(cents);
  });

  it.each([
    ['§2.2, R111: 137 × 0.0055 USD = 0.7535', 5500n, 137, 1, 75],
    ['R111: one by one it would be 1.37', 5500n, 1, 1, 1],
    ['R111: 137 × 0.00715 CAD = 0.97955', 7150n, 137, 1, 98],
    ['half a cent', 5000n, 1, 1, 1],
    ['a millionth less', 4999n, 1, 1, 0],
    ['a credit of half a cent', -5000n, 1, 1, -1],
    ['16 of 31 days of 24.95', 24_950_000n, 16, 31, 1288],
    ['the default ratio is the whole', 24_950_000n, undefined, undefined, 2495],
  ])('%s', (_name, micros, numerator, denominator, cents) => {
    expect(fromMicros(micros, 'USD', numerator, denominator)).toEqual({ amount: cents, currency: 'USD' });
  });
});

describe('47 CFR 54.712: what is rounded down never exceeds the exact amount', () => {
  it.each([
    [7n, 2n, 3],
    [6n, 2n, 3],
    [5n, 6n, 0],
    [0n, 6n, 0],
    [-1n, 6n, -1],
    [-6n, 2n, -3],
    [-7n, 2n, -4],
    [-12n, 6n, -2],
  ])('%s/%s is %i', (numerator, denominator, down) => {
    expect(roundedQuotient(numerator, denominator, 'down')).toBe(down);
  });
});

describe('what is no amount is refused, never wrapped around', () => {
  it.each([
    [1, 0],
    [1, -1],
    [1, 0.5],
    [0.5, 1],
    [Number.NaN, 1],
    [1, Number.NaN],
    [MOST + 1, 1],
  ])('%s/%s is no ratio', (numerator, denominator) => {
    expect(() => scale(money(1, 'EUR'), numerator, denominator)).toThrow(
      refused(`${numerator}/${denominator} is not a ratio of whole numbers`),
    );
  });

  it('more than 90 million million cents', () => {
    expect(scale(money(MOST, 'EUR'), 1, 1).amount).toBe(MOST);
    const more = refused(`${BigInt(MOST) * 2n}/1 is too large for minor units`);
    expect(() => scale(money(MOST, 'EUR'), 2, 1)).toThrow(more);
    expect(() => roundedQuotient(BigInt(MOST) * 2n, 1n, 'down')).toThrow(more);
  });
});

describe('properties of rounding', () => {
  const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  const divisor = fc.bigInt({ min: 1n, max: 10n ** 9n });

  it('half-up is within half a unit of the exact amount, and mirrors at zero', () => {
    fc.assert(
      fc.property(amount, divisor, (numerator, denominator) => {
        const rounded = BigInt(roundedQuotient(numerator, denominator, 'half-up'));
        const off = 2n * (rounded * denominator - numerator);
        expect(off <= denominator && off >= -denominator).toBe(true);
        expect(BigInt(roundedQuotient(-numerator, denominator, 'half-up'))).toBe(-rounded);
      }),
    );
  });

  it('down is the greatest whole number that does not exceed the exact amount', () => {
    fc.assert(
      fc.property(amount, divisor, (numerator, denominator) => {
        const rounded = BigInt(roundedQuotient(numerator, denominator, 'down'));
        expect(rounded * denominator <= numerator && (rounded + 1n) * denominator > numerator).toBe(true);
      }),
    );
  });
});
