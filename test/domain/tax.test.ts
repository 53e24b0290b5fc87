import { describe, expect, it } from 'vitest';
import type { CustomerTaxId } from '../../shared/domain/account.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { computeTaxes, taxRules } from '../../shared/domain/tax.ts';
import { addressIn } from '../support/accounts.ts';

const validVatId: CustomerTaxId = { kind: 'eu-vat', label: 'VAT ID', value: 'DE136695976', validatedOn: '2026-01-10' };

const taxes = (
  place: string,
  date: string,
  amounts: number[],
  options: { seller?: string; taxIds?: CustomerTaxId[]; currency?: Currency; taxCode?: 'telecom' | 'toll-free' } = {},
) => {
  const rules = taxRules(
    { billingAddress: addressIn(place), taxIds: options.taxIds ?? [] },
    options.seller ?? place.slice(0, 2),
    date,
  );
  if (rules.kind === 'missing') return rules;
  const lines = amounts.map((amount) => ({ amount, taxCode: options.taxCode ?? ('telecom' as const) }));
  return computeTaxes(lines, rules, options.currency ?? 'CAD').map(({ tax, amount }) => [tax, amount]);
};

describe('taxes by billing address on 100.00 (R23, R115–R119)', () => {
  it.each([
    ['CA-AB', [['GST', 500]]],
    [
      'CA-BC',
      [
        ['GST', 500],
        ['PST', 700],
      ],
    ],
    [
      'CA-MB',
      [
        ['GST', 500],
        ['RST', 700],
      ],
    ],
    ['CA-NB', [['HST', 1500]]],
    ['CA-NL', [['HST', 1500]]],
    ['CA-NS', [['HST', 1400]]],
    ['CA-NT', [['GST', 500]]],
    ['CA-NU', [['GST', 500]]],
    ['CA-ON', [['HST', 1300]]],
    ['CA-PE', [['HST', 1500]]],
    [
      'CA-QC',
      [
        ['GST', 500],
        ['QST', 998],
      ],
    ],
    [
      'CA-SK',
      [
        ['GST', 500],
        ['PST', 600],
      ],
    ],
    ['CA-YT', [['GST', 500]]],
    ['AU', [['GST', 1000]]],
    ['GB', [['VAT', 2000]]],
    ['DE', [['VAT', 1900]]],
    ['IE', [['VAT', 2300]]],
    ['US-NY', []],
  ])('%s pays %j', (place, expected) => {
    expect(taxes(place, '2026-12-01', [10_000])).toEqual(expected);
  });
});

describe('dated rates (R151)', () => {
  it.each([
    ['C13: Nova Scotia, the day before', 'CA-NS', '2025-03-31', [['HST', 1500]]],
    ['C13: Nova Scotia, the day of the change', 'CA-NS', '2025-04-01', [['HST', 1400]]],
    ['Germany, the last day of 16 %', 'DE', '2020-12-31', [['VAT', 1600]]],
    ['Germany, the first day of 19 %', 'DE', '2021-01-01', [['VAT', 1900]]],
    ['Ireland, the last day of 21 %', 'IE', '2021-02-28', [['VAT', 2100]]],
    ['Ireland, the first day of 23 %', 'IE', '2021-03-01', [['VAT', 2300]]],
  ])('%s', (_name, place, date, expected) => {
    expect(taxes(place, date, [10_000])).toEqual(expected);
  });

  it.each([
    ['a country without rules', 'FR', 'FR'],
    ['a province that does not exist', 'CA-XX', 'CA-XX'],
    ['a Canadian address without a province', 'CA', 'CA-'],
  ])('%s has no tax rule, rather than no tax', (_name, place, missing) => {
    expect(taxes(place, '2026-12-01', [10_000])).toEqual({ kind: 'missing', place: missing });
  });
});

describe('each tax is rounded once, on the sum of its lines (C12, domain rounding examples)', () => {
  const lines = [1290, 2500, 75, 119, 333];

  it.each([
    ['HST 14 %', 'CA-NS', lines, [['HST', 604]]],
    ['VAT 20 %', 'GB', lines, [['VAT', 863]]],
    [
      'QST 9.975 %',
      'CA-QC',
      lines,
      [
        ['GST', 216],
        ['QST', 431],
      ],
    ],
    ['ten lines of 0.05 at 13 %', 'CA-ON', Array(10).fill(5), [['HST', 7]]],
    ['a credit of 0.50 at 13 %, half away from zero', 'CA-ON', [-50], [['HST', -7]]],
  ])('%s', (_name, place, amounts, expected) => {
    expect(taxes(place, '2026-12-01', amounts)).toEqual(expected);
  });

  it('British Columbia does not tax toll-free service with PST', () => {
    expect(taxes('CA-BC', '2026-12-01', [10_000], { taxCode: 'toll-free' })).toEqual([['GST', 500]]);
  });
});

describe('VAT between EU countries (C14)', () => {
  it('a German business with a validated VAT ID owes the VAT of the Irish seller itself', () => {
    const rules = taxRules({ billingAddress: addressIn('DE'), taxIds: [validVatId] }, 'IE', '2026-12-01');
    expect(rules.kind).toBe('reverse-charge');
    if (rules.kind !== 'reverse-charge') return;
    const [line] = computeTaxes([{ amount: 10_000, taxCode: 'telecom' }], rules, 'EUR');
    expect(line).toMatchObject({ category: 'AE', ratePpm: 0, base: 10_000, amount: 0 });
    expect(line?.mention).toContain('Reverse charge');
  });

  it.each([
    ['without a VAT ID', []],
    ['with a VAT ID nobody validated', [{ ...validVatId, validatedOn: undefined }]],
    ['with a VAT ID validated after the invoice date', [{ ...validVatId, validatedOn: '2026-12-02' }]],
  ])('a German customer %s pays German VAT', (_name, taxIds) => {
    expect(taxes('DE', '2026-12-01', [10_000], { seller: 'IE', taxIds: taxIds as CustomerTaxId[] })).toEqual([
      ['VAT', 1900],
    ]);
  });

  it.each([
    ['Irish', 'IE', 2300],
    ['British', 'GB', 2000],
  ])('a customer of the %s seller at home pays VAT even with a validated VAT ID', (_name, place, cents) => {
    expect(taxes(place, '2026-12-01', [10_000], { taxIds: [validVatId] })).toEqual([['VAT', cents]]);
  });
});
