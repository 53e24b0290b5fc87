import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fontOf } from '../../shared/document/pdf/fonts.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import type { BillingError } from '../../shared/domain/errors.ts';
import type { Quote } from '../../shared/domain/quotes/quote.ts';
import { SAMPLES, type Sample } from '../support/invoices.ts';
import { misplaced, readPdf } from '../support/pdf.ts';
import { quoteLine, sampleOnce, sampleQuote } from '../support/quotes.ts';

type Request = Parameters<typeof sampleQuote>[1];
const draw = async (sample: Sample, request: Request = {}) => readPdf(await renderQuote(sampleQuote(sample, request)));

describe('R125, R128: a quote says', () => {
  it('from whom it is for whom, its number, until when it holds, when billing starts and the contract renews', async () => {
    const { text, heard } = await draw('uk');
    expect(heard).toContain('H1: Quote NTUK-Q-202611A-000118');
    expect(text).toContain('Prepared for Fox & Heron Books');
    expect(text).toContain(
      'Date 10 November 2026 Valid until 10 December 2026 Billing start date 15 December 2026 ' +
        'Contract period 12 months Renewal date 15 December 2027 Account acc-20418',
    );
    expect(text).toContain('Billing starts on 15 December 2026. To accept, choose “Buy now” in the customer portal by');
  });

  it('what is charged every month, quarter and year, each line with its price and what it comes to', async () => {
    const { text } = await draw('ireland');
    expect(text).toContain('Every month: €751.03 €8,988.12');
    expect(text).toContain('Desk phone list price €22.95 · 12.5% discount 25 devices €20.08125 €502.03 €6,008.16');
    expect(text).toContain('Every quarter: €67.50 €269.13 Standard phone number Head office 5 numbers €13.50');
    expect(text).toContain('Every year: €2,877.12 €2,868.93');
    expect(text).toContain('Broadband access charged from the day on which the circuit is activated');
    expect(text).toContain('Total for the contract period, excluding tax €12,126.18');
  });

  it('what is saved line by line, and what each product comes to', async () => {
    const { text } = await draw('ireland');
    expect(text).toContain('Desk phone €6,866.49 €6,008.16 €858.33');
    expect(text).toContain('Savings €1,177.10');
    expect(text).toContain('Total by product');
    expect(text).toContain('Standard phone number €2,423.32');
  });

  it('nothing of savings where there are none, and nothing twice where each product has one line', async () => {
    const { text } = await draw('ireland', { lines: [quoteLine('desk-phone', 1)] });
    expect(text).not.toContain('What you save');
    expect(text).not.toContain('Total by product');
    expect(text).not.toContain('list price');
  });

  it('what the first invoice will say, with each tax, what it is on, and the words the law wants', async () => {
    const { text } = await draw('ireland');
    expect(text).toContain(
      'Subtotal excluding tax €3,849.17 Tax summary €885.31 VAT 23% Taxable amount €3,849.17 €885.31 Total including tax €4,734.48',
    );
    expect(text).toContain('It is dated 1 January 2027 and due on 16 January 2027.');
    expect(text).toContain('Taxes and fees depend on your billing address; the rates are those of 1 January 2027.');
    const abroad = await draw('germanBusiness');
    expect(abroad.text).toContain('Steuerschuldnerschaft des Leistungsempfängers.');
  });

  it('R157: what is bought once apart from what recurs, with the sums of both and its own invoice', async () => {
    const { text, heard } = await draw('ireland', { once: sampleOnce });
    expect(heard).toContain('H2: One-time purchases');
    expect(text).toContain('Recurring charges for the contract period, excluding tax €12,126.18');
    expect(text).toContain('Desk phone T46 list price €119.00 · 15% discount 12 devices €101.15 €1,213.80');
    expect(text).toContain('One-time purchases, excluding tax €1,249.80');
    expect(text).toContain('Total for the contract period, excluding tax €13,375.98');
    expect(text).toContain('For the contract period, excluding tax €13,375.98 Billing starts on');
    expect(text).toContain('When you accept the quote, you tell us where to send the devices.');
    expect(heard).toContain('H2: Your invoice for one-time purchases');
    expect(text).toContain('VAT 23% Taxable amount €1,249.80 €287.45 Total including tax €1,537.25');
    expect(text).toContain('It is issued on the day on which you accept the quote. It is due 15 days later.');
    const shippingAddress = { line1: '1 Dock Road', city: 'Cork', postalCode: 'T12 X1X1', country: 'IE' };
    const sent = await draw('ireland', { once: { ...sampleOnce, shippingAddress } });
    expect(sent.text).toContain('We send the devices to 1 Dock Road, Cork, T12 X1X1, Ireland.');
  });

  it('R24: of a service alone nothing is sent anywhere, and while all else waits for a circuit it is the only invoice', async () => {
    const { text } = await draw('ireland', {
      lines: [quoteLine('broadband', 1, { awaitsActivation: true })],
      once: { items: [sampleOnce.items[1]!] },
    });
    expect(text).not.toContain('where to send');
    expect(text).toContain('Nothing else is charged before a circuit is activated.');
  });

  it('of a customer that is billed already, what it adds to the invoice', async () => {
    const had = sampleQuote('ireland');
    const { text } = await readPdf(await renderQuote({ ...had, firstInvoice: { ...had.firstInvoice!, part: true } }));
    expect(text).toContain('What it adds to your invoice');
    expect(text).toContain('Your invoice of 1 January 2027, due on 16 January 2027, contains this in addition');
    expect(text).not.toContain('Your first invoice');
  });

  it('that nothing is charged while all of it waits for a circuit', async () => {
    const { text } = await draw('ireland', { lines: [quoteLine('broadband', 1, { awaitsActivation: true })] });
    expect(text).toContain('Nothing is charged before a circuit is activated');
    expect(text).not.toContain('Your first invoice');
  });

  it('R64, R127: what happens when it is accepted, and by when the contract must be cancelled', async () => {
    const { text, heard } = await draw('uk', { account: { terms: 'wire' } });
    expect(text).toContain('accept the terms and choose “Buy now”. Until then nothing is ordered.');
    expect(text).toContain('for 12 months at the prices of this quote, unless you cancel it by 15 November 2027.');
    expect(text).toContain('You pay each invoice by bank transfer.');
    expect(heard).toContain('Link: View and accept the quote');
  });
});

describe('a quote', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'has the sums of what is bought once on the page of the last item, of %i',
    async (many) => {
      const items = Array.from({ length: many }, () => sampleOnce.items[0]!);
      const quote = sampleQuote('uk', { once: { items } });
      const { pages } = await readPdf(await renderQuote(quote));
      const sums = pages.find((page) => page.includes('One-time purchases, excluding tax'))!;
      expect(sums).toMatch(
        /Desk phone T46.* 12 devices \S+ \S+ One-time purchases, excluding tax \S+ Total for the contract/,
      );
    },
  );

  it.each(LANGUAGES)('fits its pages in %s', async (language) => {
    const { placed, width, height } = await draw('germanBusiness', { language, once: sampleOnce });
    expect(misplaced({ placed, width, height })).toEqual([]);
  });

  it('is the same whenever it is made, and whatever became of it', async () => {
    const quote = sampleQuote('uk');
    const first = await renderQuote(quote);
    await renderQuote(sampleQuote('us'));
    const decision = { at: '2026-11-20T10:00:00.000Z', by: 'owner' };
    expect(Buffer.compare(first, await renderQuote({ ...quote, status: 'accepted', decision }))).toBe(0);
  });
});

const DRAWN = Array.from(fontOf('regular').prepared.characters).slice(0, 517);
const words = fc.oneof(
  fc.string({ unit: fc.constantFrom(...DRAWN), minLength: 1, maxLength: 60 }),
  fc.constantFrom('Ü'.repeat(300), 'Wm'.repeat(150), 'i '.repeat(150), 'مؤسسة', '北风', '🎉 Ltd'),
);
const cents = fc.oneof(
  fc.constantFrom(0, 1, -1, 99, 123_456_789_012, -98_765_432_109),
  fc.integer({ min: -1_000_000, max: 100_000_000 }),
);
const quotes = fc
  .record({
    sample: fc.constantFrom(...(Object.keys(SAMPLES) as Sample[])),
    language: fc.constantFrom(...LANGUAGES),
    ...{ buyer: words, seller: words, description: words, group: words },
    ...{ amount: cents, total: cents, savings: cents },
    micros: fc.integer({ min: 0, max: 999_999_999_999 }),
    repeat: fc.integer({ min: 1, max: 8 }),
  })
  .map((of): Quote => {
    const quote = sampleQuote(of.sample, { language: of.language, once: sampleOnce });
    const [device, ...services] = quote.once!.items;
    const lines = Array.from({ length: of.repeat }, () => quote.lines).flat();
    return {
      ...quote,
      seller: { ...quote.seller, name: of.seller },
      buyer: { ...quote.buyer, name: of.buyer },
      contractTotal: of.total,
      once: {
        ...quote.once!,
        items: [{ ...device!, description: of.description, amount: of.amount, savings: of.savings }, ...services],
        total: of.amount,
      },
      savings: of.savings,
      lines: lines.map((line, index) =>
        index % 3 === 0
          ? {
              ...line,
              description: of.description,
              billingGroup: of.group,
              price: { ...line.price, pricing: { model: 'flat', unitMicros: of.micros } },
              ...{ amount: of.amount, contractTotal: of.amount, savings: of.savings },
            }
          : line,
      ),
    };
  });

it('whatever a quote says, nothing leaves the page or lies over something else; what cannot be shown is refused', async () => {
  await fc.assert(
    fc.asyncProperty(quotes, async (quote) => {
      let bytes: Uint8Array;
      try {
        bytes = await renderQuote(quote);
      } catch (error) {
        expect((error as BillingError).code).toBe('unsupported_character');
        return;
      }
      expect(misplaced(await readPdf(bytes))).toEqual([]);
    }),
    { numRuns: 80 },
  );
}, 120_000);
