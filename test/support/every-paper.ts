import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { eventfulStory } from './account-story.ts';
import { noteOn } from './credit-notes.ts';
import { everyCharge } from './every-charge.ts';
import { invoiceWithHistory, lastMonthOf, longInvoice, SAMPLES, type Sample, sampleInvoice } from './invoices.ts';
import { itemisedInvoice } from './itemised.ts';
import { cancelled, partiesIn, statementOf } from './papers.ts';
import { sampleQuote } from './quotes.ts';

type Render = () => Uint8Array | Promise<Uint8Array>;

const byWire = { account: { autopay: false, terms: 'wire', reference: 'PO-55812' } } as const;
const german = sampleInvoice('germany', byWire);

/** An invoice for someone of this name, drawn in one font, whose address has it, too, in the other. */
export const named = (name: string): Invoice => {
  const { address } = german.buyer;
  return { ...german, buyer: { ...german.buyer, name, address: { ...address, line1: `${name} 4` } } };
};

const inLanguage = (language: Language): Readonly<Record<string, Render>> => {
  const invoice = sampleInvoice('germany', { ...byWire, language });
  const story = eventfulStory('germany', { language });
  return {
    'an invoice to be paid by transfer, with its history': () =>
      renderInvoice(invoiceWithHistory(invoice), lastMonthOf(invoice)),
    'an invoice that is charged by itself': () => renderInvoice(sampleInvoice('quebec', { language })),
    'a credit note': () => renderCreditNote(noteOn(invoice, { kind: 'all' }), invoice),
    'a receipt': () => renderReceipt(story.receipts[0]!, partiesIn(story)),
    'a statement': () => renderStatement(statementOf(story, '2026-08-01', '2026-11-30')),
    'a quote': () => renderQuote(sampleQuote('germany', { language })),
    'a cancellation': () => renderCancellation(cancelled('germany', { requestedOn: '2026-11-15', language })),
  };
};

/** Names of every script that can be drawn, and names that could be taken for something else where they are written down. */
const NAMES = [
  'Βόρειος Άνεμος',
  'Северный ветер',
  'Nguyễn Văn Đức',
  'Łódź Żółć s.r.o.',
  'þÿ Ísland ehf',
  'ÿþ backwards',
  'ï»¿ in another encoding',
  'One) Tj ET (two \\ three <four> & "five" %six /seven',
  '€uro­ — “quotes”…',
] as const;

const inPlaces = (Object.keys(SAMPLES) as Sample[]).map((sample): [string, Render] => [
  `an invoice in ${sample}`,
  () => renderInvoice(sampleInvoice(sample)),
]);

/** Every kind of document: in every language, for every market, with everything in it, and long. */
export const EVERY_PAPER: readonly (readonly [name: string, render: Render])[] = [
  ...LANGUAGES.flatMap((language) =>
    Object.entries(inLanguage(language)).map(([name, render]) => [`${name}, in ${language}`, render] as const),
  ),
  ...inPlaces,
  ...NAMES.map((name) => [`an invoice for ${name}`, () => renderInvoice(named(name))] as const),
  ['an invoice with every charge', () => renderInvoice(everyCharge('us'))],
  [
    'an invoice with its calls',
    () => {
      const { invoice, details } = itemisedInvoice(150);
      return renderInvoice(invoice, undefined, details);
    },
  ],
];

/** Of so many pages that the first ones are written before the last ones are drawn, in many streams of objects. */
export const LONG_PAPERS: readonly (readonly [name: string, render: Render])[] = [
  ['an invoice of 1,200 lines', () => renderInvoice(longInvoice(1_200))],
  [
    'an invoice with 3,000 calls, to be paid by transfer',
    () => {
      const { invoice, details } = itemisedInvoice(3_000, 'germany', byWire);
      return renderInvoice(invoice, undefined, details);
    },
  ],
];
