import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { explainTax } from '../../../shared/domain/explain/fee-words.ts';
import { account, input, product, seller, subscription } from '../../support/accounts.ts';

describe('a tax in words', () => {
  const tax = (place: string, currency: 'CAD' | 'EUR', taxIds: Parameters<typeof account>[2] = {}) => {
    const bill = input(account(place, currency, { ...taxIds, nextBillingDate: '2026-12-01' }), [
      subscription('phone', [1, '2026-01-01', 1]),
    ]);
    const by = seller(place.startsWith('CA') ? 'CA' : 'IE', currency);
    const decision = composeInvoice(bill, by, [product('phone', 4317, currency)], '2026-01-01', '2026-01-01');
    if (decision.outcome !== 'invoice') throw new Error(decision.reason);
    return decision.draft.taxes.map((line) => explainTax(line, currency));
  };

  it('C12: once on the base, rounded once', () => {
    expect(tax('CA-QC', 'CAD')[1]).toEqual([
      'QST (CA-QC) is computed once, on the sum of the lines that it reaches: CAD 43.17.',
      'The rate of 9.975 % follows the tax table’s row from 1 January 2013. Source: Act respecting the Québec sales tax s.16; R118.',
      'CAD 43.17 × 9.975 % = CAD 4.3062075, rounded half up to the cent: CAD 4.31.',
      'Rounding: Revenu Québec, "Calculating the taxes".',
    ]);
  });

  it('says which lines a tax does not reach', () => {
    expect(tax('CA-BC', 'CAD')[1]?.[0]).toContain('Lines with the tax code toll-free are not part of it.');
  });

  it('C14: reverse charge, with the sentence of the invoice', () => {
    const taxIds = [{ label: 'VAT', value: 'DE123456788', kind: 'eu-vat', validatedOn: '2025-01-01' }] as const;
    expect(tax('DE', 'EUR', { taxIds })[0]).toEqual([
      'VAT (DE) is computed once, on the sum of the lines that it reaches: EUR 43.17.',
      'The recipient accounts for the tax (reverse charge).',
      expect.stringContaining('The rate of 0 %'),
      'EUR 43.17 × 0 % = EUR 0.00.',
      'Rounding: CJEU C-484/06 Ahold; C-302/07 Wetherspoon.',
      'It relies on the VAT ID DE123456788, which Account file found valid on 1 January 2025.',
      expect.stringContaining('Reverse charge'),
    ]);
  });

  it('names the published source, its rounding, a sample as such, and what a tax of 0 relies on', () => {
    const row = {
      label: 'VAT',
      tax: 'VAT',
      jurisdiction: 'DE',
      category: 'AE',
      ratePpm: 0,
      base: 4317,
      amount: 0,
    } as const;
    const published = {
      source: 'Directive 2006/112/EC',
      status: 'sample',
      rounding: { method: 'half-up', source: 'CJEU C-484/06' },
      evidence: { kind: 'vat-id', id: 'DE123456788', authority: 'VIES', on: '2026-10-02' },
    } as const;
    const sentences = explainTax({ ...row, rateFrom: '2021-01-01', ...published }, 'EUR');
    expect(sentences.slice(2)).toEqual([
      'The rate of 0 % follows the tax table’s row from 1 January 2021. Source: Directive 2006/112/EC.',
      'This rate is a sample for demonstration and not an official figure.',
      'EUR 43.17 × 0 % = EUR 0.00.',
      'Rounding: CJEU C-484/06.',
      'It relies on the VAT ID DE123456788, which VIES found valid on 2 October 2026.',
    ]);
  });

  it.each([
    ['S', 200_000, []],
    ['Z', 0, ['It is charged at zero per cent.']],
    ['E', 0, ['The supply is exempt.']],
    ['O', 0, ['The supply is outside the scope of the tax.']],
  ] as const)('R115: category %s', (category, ratePpm, sentences) => {
    const of = {
      label: 'GST',
      tax: 'GST',
      jurisdiction: 'AU',
      category,
      ratePpm,
      base: 700,
      amount: 0,
      rateFrom: '2000-07-01',
      exempt: ['messaging', 'software'],
      rounding: { method: 'half-up', source: 'Act' },
      source: 'Act',
      status: 'final',
    } as const;
    const [sum, ...rest] = explainTax(of, 'AUD');
    expect(sum).toBe(
      'GST (AU) is computed once, on the sum of the lines that it reaches: AUD 7.00. Lines with the tax code messaging and software are not part of it.',
    );
    expect(rest.slice(0, -3)).toEqual(sentences);
  });

  it('R136: a certificate, with the sentence of the invoice', () => {
    const of = {
      label: 'Sales tax (NY)',
      tax: 'Sales tax',
      jurisdiction: 'US-NY',
      category: 'E',
      ratePpm: 0,
      base: 10_000,
      amount: 0,
      rateFrom: '2020-01-01',
      rounding: { method: 'half-up', source: 'Agreement' },
      source: 'Table',
      status: 'final',
      mention: 'Exempt from Sales tax (NY): certificate ST-119-4711 (US-NY).',
      evidence: { kind: 'certificate', id: 'ST-119-4711', authority: 'US-NY', on: '2026-02-10' },
    } as const;
    expect(explainTax(of, 'USD').slice(-2)).toEqual([
      'It relies on the certificate ST-119-4711 of US-NY, approved on 10 February 2026.',
      'Exempt from Sales tax (NY): certificate ST-119-4711 (US-NY).',
    ]);
  });
});
