import { describe, expect, it } from 'vitest';
import type { TaxCode, TaxTreatment } from '../../shared/domain/catalog.ts';
import type { TaxLine } from '../../shared/domain/invoice.ts';
import { taxesOn } from '../../shared/domain/tax/taxes-on.ts';
import { sampleInvoice } from '../support/invoices.ts';

const [vat] = sampleInvoice('ireland').taxes as [TaxLine];
const zero: TaxLine = { ...vat, category: 'Z', ratePpm: 0 };
const exempt: TaxLine = { ...vat, category: 'E', ratePpm: 0 };
const certified: TaxLine = {
  ...exempt,
  evidence: { kind: 'certificate', id: 'C-1', authority: 'IE', on: '2026-01-01' },
};
const some: TaxLine = { ...certified, reaches: ['toll-free'] };

describe('the taxes that reach a line of an invoice', () => {
  it.each<[string, TaxCode, TaxTreatment | undefined, TaxLine[], TaxLine[]]>([
    ['an ordinary line is taxed', 'telecom', undefined, [vat, zero, exempt], [vat]],
    ['a zero-rated one at 0', 'telecom', 'zero-rated', [vat, zero, exempt], [zero]],
    ['an exempt one not', 'telecom', 'exempt', [vat, zero, exempt], [exempt]],
    ['a certificate frees what it names', 'toll-free', undefined, [vat, some], [some]],
    ['and nothing else', 'telecom', undefined, [vat, some], [vat]],
    ['one that names nothing frees all', 'telecom', undefined, [certified], [certified]],
    ['a certificate is no exemption of the line', 'telecom', 'exempt', [exempt, certified], [exempt]],
    [
      'reverse charge holds for all',
      'telecom',
      'zero-rated',
      [{ ...vat, category: 'AE' }],
      [{ ...vat, category: 'AE' }],
    ],
  ])('%s', (_name, taxCode, taxTreatment, taxes, expected) => {
    expect(taxesOn({ taxCode, ...(taxTreatment === undefined ? {} : { taxTreatment }) }, taxes)).toEqual(expected);
  });

  it('are two in British Columbia, and one of them for toll-free numbers', () => {
    const { lines, taxes } = sampleInvoice('britishColumbia');
    const names = (code: TaxCode) =>
      taxesOn(lines.find(({ taxCode }) => taxCode === code)!, taxes).map(({ tax }) => tax);
    expect({ telecom: names('telecom'), tollFree: names('toll-free') }).toEqual({
      telecom: ['GST', 'PST'],
      tollFree: ['GST'],
    });
  });
});
