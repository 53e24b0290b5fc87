import { describe, expect, it } from 'vitest';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { eventfulStory } from '../support/account-story.ts';
import { everyCharge } from '../support/every-charge.ts';
import { invoiceWithHistory, lastMonthOf, longInvoice, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice } from '../support/itemised.ts';
import { cancelled, partiesIn, statementOf } from '../support/papers.ts';
import { readPdf } from '../support/pdf.ts';
import { everyNode, readObjects, structureOf } from '../support/pdf-objects.ts';
import { PDF_UA_RULES } from '../support/pdf-ua.ts';
import { sampleQuote } from '../support/quotes.ts';

const german = sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } });
const called = itemisedInvoice(150);
const story = eventfulStory('germany');
const INVOICES = [
  [
    'an invoice paid by transfer, with its history',
    await renderInvoice(invoiceWithHistory(german), lastMonthOf(german)),
  ],
  ['an invoice with every charge', await renderInvoice(everyCharge('us'))],
  ['an invoice with its calls', await renderInvoice(called.invoice, undefined, called.details)],
  ['an invoice of many pages', await renderInvoice(longInvoice(700))],
] as const;
describe.each([
  ...INVOICES,
  ['a cancellation', renderCancellation(cancelled('germany', { requestedOn: '2026-11-15' }))],
  ['a receipt', renderReceipt(story.receipts[0]!, partiesIn(story))],
  ['a quote', await renderQuote(sampleQuote('us'))],
  ['a statement', renderStatement(statementOf(story, '2026-08-01', '2026-11-30'))],
] as const)('PDF/UA-1 (ISO 14289-1): %s', (_name, bytes) => {
  const pdf = readObjects(bytes);
  const nodes = everyNode(structureOf(pdf));
  it.each(Object.entries(PDF_UA_RULES))('%s', (_rule, holds) => holds(pdf, nodes));
});

it.each(INVOICES)('%s has a picture that needs words: the code that leads to the portal', (_name, bytes) => {
  expect(everyNode(structureOf(readObjects(bytes))).some(({ tag }) => tag === 'Figure')).toBe(true);
});

describe('a screen reader', () => {
  it('hears who, to whom, how much, what happens next, and only then the details', async () => {
    const { heard } = await readPdf(await renderInvoice(sampleInvoice('uk')));
    let next = 0;
    const order = [
      'H1: VAT invoice NTUK-202612A-000042',
      'P: Billed to',
      'P: Fox & Heron Books',
      'Lbl: Due date',
      'LBody: 16 December 2026',
      'P: Amount due',
      'P: £629.83',
      'P: We will charge Visa •••• 4242 on 1 December 2026. There is nothing you need to do.',
      'H2: Your account',
      'H2: Charges in detail',
      'TH: Description',
      'TH: Service Charge',
      'TD: Desk phone 1 – 31 Dec 2026',
      'TD: 15 devices',
      'H2: Tax summary',
      'H2: Questions about this invoice',
    ];
    // Each after the one before it, with others between them.
    const found = order.filter((words) => {
      const at = heard.indexOf(words, next);
      next = at < 0 ? heard.length : at + 1;
      return at >= 0;
    });
    expect(found).toEqual(order);
  });

  it('does not hear what repeats on every page', async () => {
    const { heard, text } = await readPdf(await renderInvoice(longInvoice(200)));
    expect(text).toContain('Page 2 of');
    expect(heard.filter((words) => /Page \d|continued/.test(words))).toEqual([]);
    expect(heard.filter((words) => words === 'TH: Description')).toHaveLength(1);
  });

  it('finds its way by an outline of all headings', async () => {
    const { outline } = await readPdf(await renderInvoice(sampleInvoice('uk')));
    expect(outline).toEqual([
      'VAT invoice NTUK-202612A-000042',
      'Your account',
      'Charges at a glance',
      'Automatic payment',
      'Charges in detail',
      'Tax summary',
      'Questions about this invoice',
    ]);
  });
});
