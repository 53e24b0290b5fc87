import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import type { BillingError } from '../../shared/domain/errors.ts';
import { eventfulStory } from '../support/account-story.ts';
import { noteOn } from '../support/credit-notes.ts';
import { AMOUNTS, amounts, DRAWABLE, UNDRAWABLE, words } from '../support/hostile.ts';
import { type Sample, sampleInvoice } from '../support/invoices.ts';
import { cancelled, partiesIn, statementOf } from '../support/papers.ts';
import { misplaced, readPdf } from '../support/pdf.ts';
import { sampleOnce, sampleQuote } from '../support/quotes.ts';

const SAMPLES = ['us', 'quebec', 'germany', 'uk', 'australia'] as const satisfies readonly Sample[];
const CURRENCIES = [undefined, 'JPY'] as const;
const MARKETS = SAMPLES.flatMap((sample) =>
  CURRENCIES.map((currency) => {
    const billed = currency === undefined ? {} : { currency };
    return { sample, billed, story: eventfulStory(sample, billed), invoice: sampleInvoice(sample, billed) };
  }),
);
const drawn = fc.record({
  market: fc.constantFrom(...MARKETS),
  language: fc.constantFrom(...LANGUAGES),
  name: words,
  line1: words,
  text: words,
  amount: amounts,
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const partiesOf = ({ market, language, name, line1 }: Drawn) => {
  const { buyer, ...parties } = partiesIn(market.story);
  return { ...parties, language, buyer: { ...buyer, name, address: { ...buyer.address, line1 } } };
};

type Render = (of: Drawn) => Uint8Array | Promise<Uint8Array>;
const PAPERS: Readonly<Record<string, Render>> = {
  receipt: (of) => {
    const receipt = of.market.story.receipts.find(({ receiptId }) => receiptId === 'credit-payment-1028')!;
    const { amount, text: reference } = of;
    const settled = receipt.settled.map((part) => ({ ...part, amount }));
    return renderReceipt({ ...receipt, amount, settled, balanceAfter: amount, reference }, partiesOf(of));
  },
  statement: (of) => {
    const { statement, ...printed } = statementOf(of.market.story, '2026-08-01', '2026-11-30', partiesOf(of));
    const { amount, text: reference } = of;
    return renderStatement({
      ...printed,
      payments: Object.fromEntries(of.market.story.receipts.map((paid) => [paid.receiptId, { ...paid, reference }])),
      statement: {
        ...statement,
        ...{ opening: amount, closing: amount, balanceNow: amount, contested: amount, credit: amount },
        movements: statement.movements.map((movement) => ({ ...movement, amount, balance: amount })),
        items: statement.items.map((item) => ({ ...item, open: amount, daysOverdue: 12_345 })),
      },
    });
  },
  cancellation: (of) => {
    const contract = { endsOn: '2027-02-28', renewalMonths: 15 };
    const terms = { requestedOn: '2026-11-15', contract, ...of.market.billed };
    const { charges, ...confirmation } = cancelled(of.market.sample, terms);
    const { buyer, language } = partiesOf(of);
    const product = { name: of.text, unit: 'device' };
    const amounts = charges.map((charge) => ({ ...charge, amount: of.amount }));
    return renderCancellation({ ...confirmation, buyer, language, product, charges: amounts });
  },
  'credit note': (of) => {
    const invoice = { ...of.market.invoice, language: of.language, buyer: partiesOf(of).buyer };
    const note = noteOn(invoice, { kind: 'all' });
    const lines = note.lines.map((line) => ({ ...line, description: of.text, amount: of.amount }));
    const amounts = { subtotal: of.amount, taxTotal: of.amount, total: of.amount };
    const settles = { due: of.amount, disputed: of.amount, writtenOff: of.amount, credit: of.amount };
    return renderCreditNote({ ...note, ...amounts, lines, settles, explanation: of.text }, invoice);
  },
  quote: (of) => {
    const { sample, billed } = of.market;
    const quote = sampleQuote(sample, { language: of.language, ...billed, once: sampleOnce });
    const { amount, text } = of;
    const lines = quote.lines.map((line) => ({ ...line, description: text, billingGroup: text, amount }));
    const perInterval = quote.perInterval.map((each) => ({ ...each, amount }));
    const sums = { contractTotal: amount, listTotal: amount, savings: amount };
    return renderQuote({ ...quote, ...sums, lines, perInterval, buyer: partiesOf(of).buyer });
  },
};

/** Texts that are out of place, or the code with which the paper is refused. */
async function outcomeOf(render: Render, of: Drawn): Promise<readonly string[] | string> {
  let bytes: Uint8Array;
  try {
    bytes = await render(of);
  } catch (error) {
    return (error as BillingError).code;
  }
  return misplaced(await readPdf(bytes));
}

const PLAIN: Drawn = {
  ...{ market: MARKETS.find(({ sample }) => sample === 'germany')!, language: 'de' },
  ...{ name: 'Müller & Söhne', line1: 'Königsweg 27', text: 'Telefon', amount: 1290 },
};

describe.each(Object.entries(PAPERS))('whatever a %s says', (_paper, render) => {
  it('nothing leaves the page or lies over something else; what cannot be shown is refused', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (of) => {
        const outcome = await outcomeOf(render, of);
        if (outcome !== 'unsupported_character') expect(outcome).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it.each(Object.entries(DRAWABLE))('names that are %s are in their place', async (_what, text) => {
    expect(await outcomeOf(render, { ...PLAIN, name: text, line1: text, text })).toEqual([]);
  });

  it.each(Object.entries(UNDRAWABLE))('names with %s are refused, before anything is sent', async (_what, name) => {
    expect(await outcomeOf(render, { ...PLAIN, name })).toBe('unsupported_character');
  });

  it.each(MARKETS.flatMap((market) => AMOUNTS.map((amount) => [amount, market.invoice.currency, market] as const)))(
    'amounts of %d minor units of %s are in their place',
    async (amount, _currency, market) => {
      expect(await outcomeOf(render, { ...PLAIN, market, amount })).toEqual([]);
    },
  );
});
