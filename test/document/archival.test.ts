import { describe, it } from 'vitest';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { eventfulStory } from '../support/account-story.ts';
import { everyCharge } from '../support/every-charge.ts';
import { invoiceWithHistory, lastMonthOf, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice } from '../support/itemised.ts';
import { cancelled, partiesIn, statementOf } from '../support/papers.ts';
import { PDF_A_RULES } from '../support/pdf-a.ts';
import { readObjects } from '../support/pdf-objects.ts';
import { sampleQuote } from '../support/quotes.ts';

const wire = { autopay: false, terms: 'wire', reference: 'PO-55812' } as const;
const german = sampleInvoice('germany', { account: wire });
const called = itemisedInvoice(150);
const story = eventfulStory('germany');
describe.each([
  [
    'an invoice paid by transfer, with its history',
    await renderInvoice(invoiceWithHistory(german), lastMonthOf(german)),
  ],
  ['an invoice with every charge', await renderInvoice(everyCharge('us'))],
  ['an invoice with its calls', await renderInvoice(called.invoice, undefined, called.details)],
  ['an invoice in Greek', await renderInvoice({ ...german, buyer: { ...german.buyer, name: 'Βόρειος Άνεμος' } })],
  ['a cancellation', renderCancellation(cancelled('germany', { requestedOn: '2026-11-15' }))],
  ['a receipt', renderReceipt(story.receipts[0]!, partiesIn(story))],
  ['a statement', renderStatement(statementOf(story, '2026-08-01', '2026-11-30'))],
])('PDF/A-3a (ISO 19005-3): %s', (_name, bytes) => {
  const pdf = readObjects(bytes);
  it.each(Object.entries(PDF_A_RULES))('%s', (_rule, holds) => holds(pdf));
});

describe('PDF/A-3a (ISO 19005-3): a quote', async () => {
  const pdf = readObjects(await renderQuote(sampleQuote('germany')));
  it.each(Object.entries(PDF_A_RULES))('%s', (_rule, holds) => holds(pdf));
});
