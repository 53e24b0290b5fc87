import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { fontOf } from '../../shared/document/pdf/fonts.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import type { BillingError } from '../../shared/domain/errors.ts';
import { eventfulStory } from '../support/account-story.ts';
import type { Sample } from '../support/invoices.ts';
import { cancelled, partiesIn, statementOf } from '../support/papers.ts';
import { misplaced, readPdf } from '../support/pdf.ts';

/** Names and amounts as customers have them and as nobody has them. */
const DRAWN = Array.from(fontOf('regular').prepared.characters).slice(0, 517);
const words = fc.oneof(
  fc.string({ unit: fc.constantFrom(...DRAWN), minLength: 1, maxLength: 60 }),
  fc.constantFrom('Ü'.repeat(300), 'Wm'.repeat(150), 'i '.repeat(150), `${'Lang '.repeat(12)}Sàrl`, 'مؤسسة', '🎉 Ltd'),
);
const cents = fc.oneof(
  fc.constantFrom(0, 1, 99, 123_456_789_012),
  fc.integer({ min: -98_765_432_109, max: 98_765_432_109 }),
);
const SAMPLES = ['us', 'quebec', 'germany', 'uk', 'australia'] as const satisfies readonly Sample[];
const STORIES = SAMPLES.map((sample) => eventfulStory(sample));
const drawn = fc.record({
  story: fc.constantFrom(...STORIES),
  sample: fc.constantFrom(...SAMPLES),
  language: fc.constantFrom(...LANGUAGES),
  name: words,
  line1: words,
  text: words,
  amount: cents,
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const partiesOf = ({ story, language, name, line1 }: Drawn) => {
  const { buyer, ...parties } = partiesIn(story);
  return { ...parties, language, buyer: { ...buyer, name, address: { ...buyer.address, line1 } } };
};

const PAPERS: Readonly<Record<string, (of: Drawn) => Uint8Array>> = {
  receipt: (of) => {
    const receipt = of.story.receipts.find(({ receiptId }) => receiptId === 'credit-payment-1028')!;
    const { amount, text: reference } = of;
    const settled = receipt.settled.map((part) => ({ ...part, amount }));
    return renderReceipt({ ...receipt, amount, settled, balanceAfter: amount, reference }, partiesOf(of));
  },
  statement: (of) => {
    const { statement, ...printed } = statementOf(of.story, '2026-08-01', '2026-11-30', partiesOf(of));
    const { amount, text: reference } = of;
    return renderStatement({
      ...printed,
      payments: Object.fromEntries(of.story.receipts.map((paid) => [paid.receiptId, { ...paid, reference }])),
      statement: {
        ...statement,
        ...{ opening: amount, closing: amount, balanceNow: amount, contested: amount, credit: amount },
        movements: statement.movements.map((movement) => ({ ...movement, amount, balance: amount })),
        items: statement.items.map((item) => ({ ...item, open: amount, daysOverdue: 12_345 })),
      },
    });
  },
  cancellation: (of) => {
    const terms = { requestedOn: '2026-11-15', contract: { endsOn: '2027-02-28', renewalMonths: 15 } };
    const { charges, ...confirmation } = cancelled(of.sample, terms);
    const { buyer, language } = partiesOf(of);
    const product = { name: of.text, unit: 'device' };
    const amounts = charges.map((charge) => ({ ...charge, amount: of.amount }));
    return renderCancellation({ ...confirmation, buyer, language, product, charges: amounts });
  },
};

describe.each(Object.entries(PAPERS))('whatever a %s says', (_paper, render) => {
  it('nothing leaves the page or lies over something else; what cannot be shown is refused', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (of) => {
        let bytes: Uint8Array;
        try {
          bytes = render(of);
        } catch (error) {
          expect((error as BillingError).code).toBe('unsupported_character');
          return;
        }
        expect(misplaced(await readPdf(bytes))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
