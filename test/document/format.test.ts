import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatsFor } from '../../shared/document/format.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { CURRENCIES, type Currency, MINOR_UNITS } from '../../shared/domain/money.ts';

const exact = (units: number, places: number) => {
  if (places === 0) return String(units) as `${number}`;
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}` as `${number}`;
};
const units = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2_000_000, max: 2_000_000 }));
const locales = LANGUAGES.flatMap((language) => CURRENCIES.map((currency) => [language, currency] as const));

describe.each(locales)('amounts in %s and %s', (language, currency) => {
  const formats = formatsFor(language, currency);

  it('are written as the locale data of the runtime write them, to the last minor unit, with a true minus sign', () => {
    const money = new Intl.NumberFormat(formats.locale, { style: 'currency', currency, useGrouping: 'always' });
    fc.assert(
      fc.property(units, (amount) => {
        expect(formats.money(amount)).toBe(
          money.format(exact(amount, MINOR_UNITS[currency].decimals)).replace('-', '−'),
        );
      }),
    );
  });

  it('have all four decimals where they are prices', () => {
    const decimals = { minimumFractionDigits: 4, maximumFractionDigits: 4 };
    const price = new Intl.NumberFormat(formats.locale, { useGrouping: 'always', ...decimals });
    fc.assert(
      fc.property(units, (amount) => {
        expect(formats.price(amount)).toBe(price.format(exact(amount, 4)).replace('-', '−'));
      }),
    );
  });
});

it.each([
  ['en', 'USD', -123_456_789, '−$1,234,567.89'],
  ['en', 'EUR', 5, '€0.05'],
  ['de', 'EUR', 123_456, '1.234,56 €'],
  ['fr', 'CAD', -100, '−1,00 $'],
  ['fr', 'EUR', 100_000_000_000, '1 000 000 000,00 €'],
  ['nl', 'EUR', -99, '€ −0,99'],
  ['pt', 'EUR', 123_456, '1 234,56 €'],
  ['en', 'JPY', -123_456_789_012, '−¥123,456,789,012'],
  ['fr', 'JPY', 1_234, '1 234 JPY'],
  ['it', 'JPY', -5, '−5 JPY'],
  ['de', 'JPY', 123_456, '123.456 ¥'],
  ['es', 'JPY', 1_000, '1.000 JPY'],
  ['pt', 'JPY', 0, '0 JP¥'],
  ['nl', 'JPY', -99, 'JP¥ −99'],
] as const)('%s and %s write %d minor units as %s', (language, currency, amount, text) => {
  expect(
    formatsFor(language, currency)
      .money(amount)
      .replace(/[\u00a0\u202f]/g, ' '),
  ).toBe(text);
});

it.each([
  ['en', 14_850_000, '¥14.85'],
  ['de', 5_500, '0,0055 ¥'],
  ['fr', 2_480_000_000, '2 480 JPY'],
] as const)('a price per unit in %s may be a part of a yen: %d millionths are %s', (language, micros, text) => {
  expect(
    formatsFor(language, 'JPY')
      .unitPrice(micros)
      .replace(/[\u00a0\u202f]/g, ' '),
  ).toBe(text);
});

it.each<[Language, Currency, string, string]>([
  ['en', 'GBP', '+£34.43', '−£34.43'],
  ['fr', 'CAD', '+34,43 $', '−34,43 $'],
  ['de', 'EUR', '+34,43 €', '−34,43 €'],
  ['nl', 'EUR', '€ +34,43', '€ −34,43'],
])('a difference in %s and %s has its plus where a minus stands', (language, currency, more, less) => {
  const { difference, money } = formatsFor(language, currency);
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  expect([difference(3_443), difference(-3_443), difference(0)].map(plain)).toEqual([more, less, plain(money(0))]);
});
