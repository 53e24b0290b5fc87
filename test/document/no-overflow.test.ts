import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import type { BillingError } from '../../shared/domain/errors.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { everyCharge } from '../support/every-charge.ts';
import { AMOUNTS, amounts, currencies, DRAWABLE, UNDRAWABLE, words } from '../support/hostile.ts';
import { invoiceWithHistory, lastMonthOf, SAMPLES, type Sample, sampleInvoice } from '../support/invoices.ts';
import { misplaced, readPdf } from '../support/pdf.ts';

const invoices = fc.record({
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
  amount: amounts,
  total: amounts,
  balance: amounts,
  currency: currencies,
});

interface Hostile {
  readonly sample: Sample;
  readonly language: Language;
  readonly currency?: Currency | undefined;
  readonly wire: boolean;
  readonly everything: boolean;
  readonly history: boolean;
  readonly buyer: string;
  readonly seller: string;
  readonly description: string;
  readonly reference?: string | undefined;
  readonly line1: string;
  readonly amount: number;
  readonly total: number;
  readonly balance: number;
}

function madeOf(of: Hostile): { readonly invoice: Invoice; readonly last?: Invoice } {
  const options = {
    language: of.language,
    account: of.wire ? ({ autopay: false, terms: 'wire' } as const) : {},
    ...(of.currency && { currency: of.currency }),
  };
  const invoice = (of.everything ? everyCharge : sampleInvoice)(of.sample, options);
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
}

/** Texts that are out of place, or the code with which the document is refused. */
async function outcomeOf(of: Hostile): Promise<readonly string[] | string> {
  const { invoice, last } = madeOf(of);
  try {
    return misplaced(await readPdf(await renderInvoice(invoice, last)));
  } catch (error) {
    return (error as BillingError).code;
  }
}

it('whatever an invoice says, nothing leaves the page or lies over something else; what cannot be shown is refused', async () => {
  await fc.assert(
    fc.asyncProperty(invoices, async (of) => {
      const outcome = await outcomeOf(of);
      if (outcome !== 'unsupported_character') expect(outcome).toEqual([]);
    }),
    { numRuns: 120 },
  );
}, 120_000);

const PLAIN: Hostile = {
  ...{ sample: 'germany', language: 'de', wire: true, everything: false, history: true },
  ...{ buyer: 'Müller & Söhne', seller: 'Northwind', description: 'Telefon', line1: 'Königsweg 27' },
  ...{ amount: 1290, total: 71_424, balance: 4_210 },
};
const PLACES = ['buyer', 'seller', 'description', 'reference', 'line1'] as const;

describe.each(PLACES)('an invoice with a name in the place of its %s', (place) => {
  it.each(Object.entries(DRAWABLE))('that is %s is drawn in its place', async (_what, name) => {
    expect(await outcomeOf({ ...PLAIN, [place]: name })).toEqual([]);
  });

  it.each(Object.entries(UNDRAWABLE))('with %s is refused, before anything is sent', async (_what, name) => {
    expect(await outcomeOf({ ...PLAIN, [place]: name })).toBe('unsupported_character');
  });
});

describe.each(LANGUAGES)('an invoice in %s', (language) => {
  const cases = (['EUR', 'JPY'] as const).flatMap((currency) => AMOUNTS.map((amount) => [amount, currency] as const));

  it.each(cases)(
    'with lines, total and balance of %d minor units of %s has them in place',
    async (amount, currency) => {
      const amountsOf = { amount, total: amount, balance: amount };
      expect(await outcomeOf({ ...PLAIN, ...amountsOf, language, currency })).toEqual([]);
    },
  );
});
