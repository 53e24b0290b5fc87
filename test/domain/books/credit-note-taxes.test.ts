import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CreditedParts, type CreditWish, creditedParts } from '../../../shared/domain/books/credit-note-parts.ts';
import { AdjustmentRefused } from '../../../shared/domain/books/refusals.ts';
import type { TaxCode, TaxTreatment } from '../../../shared/domain/catalog.ts';
import type { Invoice } from '../../../shared/domain/invoice.ts';
import { type Currency, sumOf } from '../../../shared/domain/money.ts';
import { computeTaxes } from '../../../shared/domain/tax/compute.ts';
import type { TaxExemption } from '../../../shared/domain/tax/exemption.ts';
import { taxRules } from '../../../shared/domain/tax/rules.ts';
import { account, addressIn, seller } from '../../support/accounts.ts';
import { sampleInvoice } from '../../support/invoices.ts';

type Line = readonly [amount: number, taxCode?: TaxCode, taxTreatment?: TaxTreatment];

/** An invoice of these lines with the taxes of a place, as they are computed there. */
function invoiceIn(
  place: string,
  currency: Currency,
  written: readonly Line[],
  exemptions: TaxExemption[] = [],
): Invoice {
  const [line] = sampleInvoice('ireland').lines;
  const lines = written.map(([amount, taxCode = 'telecom', taxTreatment], index) => ({
    ...{ ...line!, line: index + 1, amount, taxCode },
    ...(taxTreatment && { taxTreatment }),
  }));
  const customer = { ...account(place, currency, { exemptions }), billingAddress: addressIn(place) };
  const rules = taxRules(customer, seller(place.slice(0, 2), currency), '2026-12-01');
  if (rules.kind === 'missing') throw new Error(`There are no taxes in ${place}`);
  const taxes = computeTaxes(lines, rules, currency);
  const [subtotal, taxTotal] = [sumOf(lines), sumOf(taxes)];
  return { ...sampleInvoice('ireland'), currency, lines, taxes, subtotal, taxTotal, total: subtotal + taxTotal };
}

const certificate = (taxCodes: readonly TaxCode[]): TaxExemption => ({
  ...{ exemptionId: 'e', jurisdiction: 'CA-SK', number: 'SK-1', validFrom: '2026-01-01', status: 'approved' },
  ...{ requestedAt: '2026-01-01T00:00:00.000Z', requestedBy: 'ada', decidedOn: '2026-01-02', taxCodes },
});

const totalOf = ({ lines, taxes }: CreditedParts): number => sumOf(lines) + sumOf(taxes);
const line = (number: number, amount?: number): CreditWish => ({
  kind: 'lines',
  lines: [{ line: number, ...(amount !== undefined && { amount }) }],
});
const credited = (invoice: Invoice, wish: CreditWish, earlier: readonly CreditedParts[] = []) =>
  creditedParts(invoice, earlier, wish).taxes.map(({ tax, amount }) => [tax, amount]);

describe('a line is credited with the taxes that were charged on it, and no others', () => {
  const saskatchewan = (taxCodes: readonly TaxCode[]) =>
    invoiceIn('CA-SK', 'CAD', [[100_00], [100_00, 'software']], [certificate(taxCodes)]);

  it.each<[string, Invoice, number, unknown[]]>([
    [
      'what a certificate does not free',
      saskatchewan(['software']),
      1,
      [
        ['GST', 5_00],
        ['PST', 6_00],
      ],
    ],
    ['what it frees, though it costs the same', saskatchewan(['software']), 2, [['GST', 5_00]]],
    ['the same the other way round', saskatchewan(['telecom']), 1, [['GST', 5_00]]],
    [
      'the same the other way round, taxed',
      saskatchewan(['telecom']),
      2,
      [
        ['GST', 5_00],
        ['PST', 6_00],
      ],
    ],
    [
      'a code that one of the taxes does not reach',
      invoiceIn('CA-BC', 'CAD', [[30_00], [30_00, 'toll-free']]),
      2,
      [['GST', 1_50]],
    ],
    ['a zero-rated line', invoiceIn('AU', 'AUD', [[50_00], [50_00, 'telecom', 'zero-rated']]), 2, []],
    ['a taxed line beside it', invoiceIn('AU', 'AUD', [[50_00], [50_00, 'telecom', 'zero-rated']]), 1, [['GST', 5_00]]],
    ['a line in yen', invoiceIn('GB', 'JPY', [[1_234]]), 1, [['VAT', 247]]],
  ])('%s', (_what, invoice, number, taxes) => {
    expect(credited(invoice, line(number))).toEqual(taxes);
  });
});

describe('where lines of an invoice give something back, the others are credited with the taxes on themselves', () => {
  // British Columbia: GST 5 %, and PST 7 % not on toll-free numbers.
  it.each<[string, Line[], unknown[]]>([
    [
      'less than was charged',
      [[100_00], [-50_00], [200_00, 'toll-free']],
      [
        ['GST', 5_00],
        ['PST', 7_00],
      ],
    ],
    [
      'as much as was charged',
      [[50_00], [-50_00], [200_00, 'toll-free']],
      [
        ['GST', 2_50],
        ['PST', 3_50],
      ],
    ],
    [
      'more than was charged',
      [[10_00], [-50_00], [200_00, 'toll-free']],
      [
        ['GST', 50],
        ['PST', 70],
      ],
    ],
  ])('%s', (_what, lines, taxes) => {
    const invoice = invoiceIn('CA-BC', 'CAD', lines);
    expect(credited(invoice, line(1))).toEqual(taxes);
    const first = creditedParts(invoice, [], line(1));
    expect(totalOf(first) + totalOf(creditedParts(invoice, [first], { kind: 'all' }))).toBe(invoice.total);
  });
});

it.each<[string, CreditWish, string, string, string]>([
  ['a line of which all was credited', line(1), 'amount_exceeds_line', 'lines.0.amount', '0 are left'],
  ['a line that gave something back', line(2), 'amount_exceeds_line', 'lines.0.amount', '0 are left'],
  ['more than is left of a line', line(3, 40_01), 'amount_exceeds_line', 'lines.0.amount', '4000 are left'],
  [
    'more than is left of the invoice',
    { kind: 'amount', amount: 70_00 },
    'amount_exceeds_invoice',
    'amount',
    '2460 are left',
  ],
  ['lines that come to more than that', line(3), 'amount_exceeds_invoice', 'lines', '2460 are left'],
])('refused with what is left: %s', (_what, wish, code, field, detail) => {
  // 100.00 less 20.00 and 40.00, with 23 % VAT: 147.60, of which the first line with its tax was credited.
  const invoice = invoiceIn('IE', 'EUR', [[100_00], [-20_00], [40_00]]);
  const earlier = [creditedParts(invoice, [], line(1))];
  expect(() => creditedParts(invoice, earlier, wish)).toThrow(
    expect.objectContaining({ code, field, message: expect.stringContaining(detail) }),
  );
});

it('what a credit note takes nothing of is not on it', () => {
  const { lines, taxes } = creditedParts(invoiceIn('CA-BC', 'CAD', [[30_00], [30_00, 'toll-free']]), [], line(2, 1));
  expect([lines.map((of) => [of.line, of.amount]), taxes]).toEqual([[[2, 1]], []]);
});

it('a tax comes to the cent of its rate on all that was credited of its lines, however it was cut', () => {
  // 19 % of 33.33 is 6.3327: three thirds are 6.33, 6.34 and 6.33, of 99.99 together 19.00.
  const invoice = invoiceIn('DE', 'EUR', [[99_99], [10_00]]);
  const notes: CreditedParts[] = [];
  for (let part = 0; part < 3; part++) notes.push(creditedParts(invoice, notes, line(1, 33_33)));
  expect(notes.map(({ taxes }) => taxes.map(({ amount }) => amount))).toEqual([[6_33], [6_34], [6_33]]);
});

const codes = fc.constantFrom<TaxCode>('telecom', 'toll-free', 'software');
const someLines = fc.array(fc.tuple(fc.integer({ min: -50_00, max: 100_00 }), codes), { minLength: 1, maxLength: 5 });
const wishes = fc.array(
  fc.oneof<fc.Arbitrary<CreditWish>[]>(
    fc.integer({ min: 1, max: 90_00 }).map((amount) => ({ kind: 'amount', amount })),
    fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.option(fc.integer({ min: 1, max: 50_00 }), { nil: undefined }))
      .map(([number, amount]) => line(number, amount)),
  ),
  { maxLength: 8 },
);

it('whatever is credited of whatever invoice: never more than its total, and with the rest exactly its lines and taxes', () => {
  fc.assert(
    fc.property(someLines, wishes, (lines, all) => {
      const invoice = invoiceIn(
        'CA-BC',
        'CAD',
        lines.filter(([amount]) => amount !== 0),
      );
      fc.pre(invoice.total > 0);
      const notes: CreditedParts[] = [];
      for (const wish of [...all, { kind: 'all' } as const]) {
        try {
          notes.push(creditedParts(invoice, notes, wish));
        } catch (error) {
          if (!(error instanceof AdjustmentRefused)) throw error;
        }
        expect(notes.reduce((sum, note) => sum + totalOf(note), 0)).toBeLessThanOrEqual(invoice.total);
      }
      for (const { line: number, amount } of invoice.lines)
        expect(sumOf(notes.flatMap((note) => note.lines.filter((of) => of.line === number)))).toBe(amount);
      for (const [index, { amount }] of invoice.taxes.entries())
        expect(sumOf(notes.flatMap((note) => note.taxes.filter((of) => of.index === index + 1)))).toBe(amount);
    }),
  );
});
