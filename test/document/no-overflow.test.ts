import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { fontOf } from '../../shared/document/pdf/fonts.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import type { BillingError } from '../../shared/domain/errors.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { everyCharge } from '../support/every-charge.ts';
import { invoiceWithHistory, lastMonthOf, SAMPLES, type Sample, sampleInvoice } from '../support/invoices.ts';
import { misplaced, readPdf } from '../support/pdf.ts';

/** Names and amounts as customers have them and as nobody has them. */
const DRAWN = Array.from(fontOf('regular').prepared.characters).slice(0, 517);
const words = fc.oneof(
  fc.string({ unit: fc.constantFrom(...DRAWN), minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    'Ü'.repeat(300),
    'Wm'.repeat(150),
    'i '.repeat(150),
    `${'Lang '.repeat(12)}Sàrl`,
    'مؤسسة',
    '北风',
    '🎉 Ltd',
  ),
);
const cents = fc.oneof(
  fc.constantFrom(0, 1, -1, 99, 123_456_789_012, -98_765_432_109),
  fc.integer({ min: -1_000_000, max: 100_000_000 }),
);
const invoices = fc
  .record({
    sample: fc.constantFrom(...(Object.keys(SAMPLES) as Sample[])),
    language: fc.constantFrom(...LANGUAGES),
    wire: fc.boolean(),
    everything: fc.boolean(),
    history: fc.boolean(),
    buyer: words,
    seller: words,
    description: words,
    reference: fc.option(words, { nil: undefined }),
    line1: words,
    amount: cents,
    total: cents,
    balance: cents,
  })
  .map((of) => {
    const account = of.wire ? ({ autopay: false, terms: 'wire' } as const) : {};
    const invoice = (of.everything ? everyCharge : sampleInvoice)(of.sample, { language: of.language, account });
    const { reference: _own, ...buyer } = invoice.buyer;
    const changed: Invoice = {
      ...invoice,
      total: of.total,
      previousBalance: of.balance,
      seller: { ...invoice.seller, name: of.seller },
      buyer: {
        ...buyer,
        name: of.buyer,
        address: { ...buyer.address, line1: of.line1 },
        ...(of.reference === undefined ? {} : { reference: of.reference }),
      },
      lines: invoice.lines.map((line, index) =>
        index % 3 === 0 ? { ...line, description: of.description, amount: of.amount } : line,
      ),
    };
    return of.history ? { invoice: invoiceWithHistory(changed), last: lastMonthOf(invoice) } : { invoice: changed };
  });

it('whatever an invoice says, nothing leaves the page or lies over something else; what cannot be shown is refused', async () => {
  await fc.assert(
    fc.asyncProperty(invoices, async ({ invoice, last }: { invoice: Invoice; last?: Invoice }) => {
      let bytes: Uint8Array;
      try {
        bytes = await renderInvoice(invoice, last);
      } catch (error) {
        expect((error as BillingError).code).toBe('unsupported_character');
        return;
      }
      expect(misplaced(await readPdf(bytes))).toEqual([]);
    }),
    { numRuns: 120 },
  );
}, 120_000);
