import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pricing } from '../../shared/domain/catalog.ts';
import { fromMicros } from '../../shared/domain/money.ts';
import { priceOf, unitMicrosOf } from '../../shared/domain/pricing.ts';

const cents = (pricing: Pricing, quantity: number) => fromMicros(priceOf(pricing, quantity), 'USD').amount;
const tiers = [
  { upTo: 10, unitMicros: 24_950_000 },
  { upTo: 50, unitMicros: 19_950_000, flatMicros: 5_000_000 },
  { unitMicros: 14_950_000 },
];
const graduated: Pricing = { model: 'graduated', tiers };
const volume: Pricing = { model: 'volume', tiers };
const packages: Pricing = { model: 'package', size: 10, packageMicros: 99_000_000 };
const flat = (unitMicros: number): Pricing => ({ model: 'flat', unitMicros });

describe('what a quantity costs', () => {
  it.each([
    ['flat', flat(24_950_000), 0, 0],
    ['flat', flat(24_950_000), 3, 7485],
    ['flat, below a cent, rounded once (R111: 0.7535)', flat(5500), 137, 75],
    ['flat, below a cent, in Canada (R111)', flat(7150), 137, 98],
    ['graduated, nothing', graduated, 0, 0],
    ['graduated, within the first tier', graduated, 9, 22_455],
    ['graduated, the last of the first tier', graduated, 10, 24_950],
    ['graduated, the first of the second, with its flat price', graduated, 11, 24_950 + 1995 + 500],
    ['graduated, the last of the second', graduated, 50, 24_950 + 40 * 1995 + 500],
    ['graduated, the first of the open tier', graduated, 51, 24_950 + 40 * 1995 + 500 + 1495],
    ['volume, the last of the first tier', volume, 10, 24_950],
    ['volume, all at the second, with its flat price', volume, 11, 11 * 1995 + 500],
    ['volume, the last of the second', volume, 50, 50 * 1995 + 500],
    ['volume, all at the open tier', volume, 51, 51 * 1495],
    ['package, one unit of it', packages, 1, 9900],
    ['package, all of it', packages, 10, 9900],
    ['package, one unit of the next', packages, 11, 19_800],
  ] as [string, Pricing, number, number][])('%s: %#', (_name, pricing, quantity, expected) => {
    expect(cents(pricing, quantity)).toBe(expected);
  });

  it('is exact where a double is not: 999,999,999 units of 999,999.999999', () => {
    expect(priceOf(flat(999_999_999_999), 999_999_999)).toBe(999_999_998_999_000_000_001n);
  });

  it.each([
    [flat(5), 3, 5],
    [volume, 51, 14_950_000],
    [volume, 11, undefined],
    [graduated, 3, undefined],
    [packages, 3, undefined],
  ] as [Pricing, number, number | undefined][])(
    'a single price per unit is named only where it holds: %#',
    (pricing, quantity, unit) => {
      expect(unitMicrosOf(pricing, quantity)).toBe(unit);
    },
  );

  it('the next unit of a graduated price never costs less than nothing, and costs what its tier says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 5000 }), (quantity) => {
        expect(priceOf(graduated, quantity + 1) - priceOf(graduated, quantity)).toBe(14_950_000n);
      }),
    );
  });
});
