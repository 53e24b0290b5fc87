import { describe, expect, it } from 'vitest';
import { findPrice, findProduct, isRecurring, type Price } from '../../shared/domain/catalog.ts';
import { monthly, product } from '../support/accounts.ts';

const price = (version: string, from: string, overrides: Partial<Price> = {}) =>
  monthly(2500, 'EUR', { version, from, ...overrides });
const phone = product('phone', 0, 'EUR', {
  prices: [
    price('v3', '2026-07-01', { to: '2026-09-30' }),
    price('v1', '2025-01-01', { to: '2025-12-31' }),
    price('v2', '2026-01-01'),
    price('year', '2026-01-01', { interval: 'year' }),
    price('pounds', '2026-01-01', { currency: 'GBP' }),
  ],
});

describe('R151: a price holds from its day to its last, or until the next one begins', () => {
  it.each([
    ['before the first', '2024-12-31', undefined],
    ['the first day of the first', '2025-01-01', 'v1'],
    ['the last day of the first', '2025-12-31', 'v1'],
    ['the first day of the second', '2026-01-01', 'v2'],
    ['the last day before the third, though the second has no end', '2026-06-30', 'v2'],
    ['the first day of the third', '2026-07-01', 'v3'],
    ['the last day of the third', '2026-09-30', 'v3'],
    ['after it, for the second does not come back', '2026-10-01', undefined],
  ])('%s: %s', (_name, date, version) => {
    expect(findPrice(phone, 'EUR', 'month', date)?.version).toBe(version);
  });

  it.each([
    ['EUR', 'year', 'year'],
    ['GBP', 'month', 'pounds'],
    ['GBP', 'year', undefined],
    ['EUR', 'once', undefined],
    ['USD', 'month', undefined],
  ] as const)('by currency and interval: %s per %s is %s', (currency, interval, version) => {
    expect(findPrice(phone, currency, interval, '2026-05-01')?.version).toBe(version);
  });
});

describe('products', () => {
  const setup = product('setup', 0, 'EUR', { prices: [price('v1', '2020-01-01', { interval: 'once' })] });
  const both = product('both', 0, 'EUR', { prices: [...setup.prices, ...phone.prices] });

  it('are found by their id in every catalog, each by its own', () => {
    expect(findProduct([phone, setup], 'setup')).toBe(setup);
    const other = { ...setup, name: 'Other' };
    expect(findProduct([other], 'setup')).toBe(other);
    expect(findProduct([phone, setup], 'fax')).toBeUndefined();
  });

  it('R157: what has only prices for a purchase is not subscribed to', () => {
    expect([phone, setup, both].map(isRecurring)).toEqual([true, false, true]);
  });
});
