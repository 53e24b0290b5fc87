import { describe, expect, it } from 'vitest';
import type { CustomerTaxId } from '../../shared/domain/account.ts';
import { linesFor, rulesFor, taxes, telecom } from './tax-fixtures.ts';

const validVatId: CustomerTaxId = { kind: 'eu-vat', label: 'VAT ID', value: 'DE999000009', validatedOn: '2026-01-10' };

describe('VAT between EU countries (C14)', () => {
  const [answered, later] = ['2026-01-10', '2026-02-01'].map((on) => ({
    authority: 'VIES',
    on,
    at: `${on}T09:00:00.000Z`,
  }));
  const german = { kind: 'eu-vat', label: 'USt-IdNr.', value: 'DE 999 000 009' } as const;

  it('a German business with a validated VAT ID owes the VAT of the Irish seller itself; the line keeps the evidence', () => {
    const id = { ...german, evidence: [{ ...answered!, valid: true, reference: 'WAPIAAAAX' }] };
    const [line, ...others] = linesFor('DE', '2026-12-01', [telecom(10_000)], { from: 'IE', taxIds: [id] });
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      category: 'AE',
      ratePpm: 0,
      base: 10_000,
      amount: 0,
      evidence: { kind: 'vat-id', id: 'DE999000009', authority: 'VIES', on: '2026-01-10', reference: 'WAPIAAAAX' },
    });
    expect(line?.mention).toContain('Reverse charge');
  });

  it('reverse charge without a reference has none, and rounds nothing', () => {
    const taxIds = [{ ...german, evidence: [{ ...answered!, valid: true }] }];
    const [line] = linesFor('DE', '2026-12-01', [telecom(10_001), telecom(-1)], { from: 'IE', taxIds });
    expect(line).toMatchObject({ base: 10_000, amount: 0, category: 'AE' });
    expect(line?.evidence).toEqual({ kind: 'vat-id', id: 'DE999000009', authority: 'VIES', on: '2026-01-10' });
    expect(line).not.toHaveProperty('exempt');
  });

  it('the VAT IDs of Greece begin with EL', () => {
    const greek = (value: string) => [{ ...validVatId, value }];
    const rules = (value: string) => rulesFor('GR', '2026-12-01', { from: 'IE', taxIds: greek(value) }).kind;
    expect([rules('EL999000006'), rules('GR999000006')]).toEqual(['reverse-charge', 'rates']);
  });

  it.each([
    ['without a VAT ID', []],
    ['with a VAT ID nobody validated', [german]],
    ['with a VAT ID validated after the invoice date', [{ ...validVatId, validatedOn: '2026-12-02' }]],
    [
      'with a VAT ID that was invalid when it was asked about last',
      [
        {
          ...german,
          evidence: [
            { ...answered!, valid: true },
            { ...later!, valid: false },
          ],
        },
      ],
    ],
    [
      'with a VAT ID of the account file that is invalid by now',
      [{ ...validVatId, evidence: [{ ...later!, valid: false }] }],
    ],
    ['with a valid VAT ID of another country', [{ ...validVatId, value: 'FR00990000135' }]],
    ['with a valid ID of another kind', [{ ...validVatId, kind: 'other' }]],
  ])('a German customer %s pays German VAT', (_name, taxIds) => {
    expect(taxes('DE', '2026-12-01', [10_000], { from: 'IE', taxIds: taxIds as CustomerTaxId[] })).toEqual([
      ['VAT', 1900],
    ]);
  });

  it('an ID that was invalid first and valid later counts from the later day on', () => {
    const id = {
      ...german,
      evidence: [
        { ...answered!, valid: false },
        { ...later!, valid: true },
      ],
    };
    const kindOn = (date: string) => rulesFor('DE', date, { from: 'IE', taxIds: [id] }).kind;
    expect([kindOn('2026-01-31'), kindOn('2026-02-01')]).toEqual(['rates', 'reverse-charge']);
  });

  it.each([
    ['Irish customer of the Irish seller', 'IE', 'IE', 'IE', 2300],
    ['Irish customer of a German seller', 'IE', 'DE', 'IE', 2300],
    ['British customer of the British seller', 'GB', 'GB', 'GB', 2000],
    ['German customer of a German seller', 'DE', 'DE', 'DE', 1900],
  ])('an %s pays VAT even with a validated VAT ID', (_name, place, from, prefix, cents) => {
    const taxIds = [{ ...validVatId, value: validVatId.value.replace('DE', prefix) }];
    expect(taxes(place, '2026-12-01', [10_000], { from, taxIds })).toEqual([['VAT', cents]]);
  });
});
