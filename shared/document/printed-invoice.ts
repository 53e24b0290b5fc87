import { addDays, firstOf, lastOf, type PlainDate, type ServicePeriod } from '../domain/calendar.ts';
import type { Invoice, TaxLine } from '../domain/invoice.ts';
import { printable } from './fonts.ts';
import { type Formats, formatsFor } from './format.ts';
import { nextStepOf } from './next-step.ts';
import { groupsOf, type PrintedGroup, type PrintedSum, summaryOf } from './printed-groups.ts';
import { TEXTS } from './texts/by-language.ts';
import type { DocumentTexts } from './texts/texts.ts';

/** R133, C15: an invoice may be disputed up to and including this day after its date. */
const DISPUTE_DAYS = 15;

/** An invoice made ready to be drawn: which words, which groups, in which order. Nothing here knows about pages. */
export interface PrintedInvoice {
  readonly invoice: Invoice;
  readonly texts: DocumentTexts;
  readonly formats: Formats;
  readonly title: string;
  /** Every line once, in print order. */
  readonly groups: readonly PrintedGroup[];
  /** The groups that cost something, each once whatever sections the invoice has. */
  readonly summary: readonly PrintedSum[];
  readonly taxes: readonly PrintedTax[];
  /** Sentences that the law wants on the invoice. */
  readonly mentions: readonly string[];
  readonly nextStep: string;
  readonly billingPeriod: string;
  readonly disputeUntil: PlainDate;
}

export interface PrintedTax {
  readonly label: string;
  readonly rate: string;
  readonly base: number;
  readonly amount: number;
}

/** Throws `unsupported_character` naming the field when the font cannot show a character of the invoice. */
export function printedInvoice(issued: Invoice): PrintedInvoice {
  const invoice = printableTexts('invoice', issued);
  const texts = TEXTS[invoice.language].document;
  const formats = formatsFor(invoice.language, invoice.currency);
  return {
    invoice,
    texts,
    formats,
    title: titleOf(invoice, texts),
    groups: groupsOf(invoice.lines, texts),
    summary: summaryOf(invoice.lines, texts),
    taxes: invoice.taxes.map((tax) => printedTax(tax, texts, formats)),
    mentions: mentionsOf(invoice, texts),
    nextStep: nextStepOf(invoice, texts, formats),
    billingPeriod: formats.period(billedPeriod(invoice)),
    disputeUntil: addDays(invoice.invoiceDate, DISPUTE_DAYS),
  };
}

/** What it bills in advance; a purchase is of its day. */
const billedPeriod = ({ kind, cycle, month, invoiceDate }: Invoice): ServicePeriod =>
  kind === 'purchase' ? { from: invoiceDate, to: invoiceDate } : (cycle ?? { from: firstOf(month), to: lastOf(month) });

/** Every text of the invoice as the font can draw it. */
function printableTexts<T>(field: string, value: T): T {
  if (typeof value === 'string') return printable(field, value) as T;
  if (Array.isArray(value)) return value.map((item, index) => printableTexts(`${field}.${index}`, item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, printableTexts(`${field}.${key}`, item)]),
  ) as T;
}

/** What the seller's law calls the document (domain §2.5). */
function titleOf({ seller, language }: Invoice, { title }: DocumentTexts): string {
  switch (seller.address.country) {
    case 'US':
      return title.invoice;
    case 'CA':
      return title.taxInvoice;
    case 'AU':
      // It must be clear to the Australian tax office, which does not read German, that this is a tax invoice.
      return language === 'en' ? title.taxInvoice : `${title.taxInvoice} (Tax invoice)`;
    default:
      return title.vatInvoice;
  }
}

function printedTax(tax: TaxLine, texts: DocumentTexts, formats: Formats): PrintedTax {
  const known = (texts.taxes as Readonly<Record<string, string>>)[tax.tax] ?? tax.tax;
  const label = tax.label.replace(tax.tax, known);
  const reasons = { S: '', O: '', E: texts.exempt, Z: texts.zeroRated, AE: texts.reverseCharge.short };
  const reason = reasons[tax.category];
  return {
    label: reason === '' ? label : `${label} – ${reason}`,
    rate: formats.rate(tax.ratePpm),
    base: tax.base,
    amount: tax.amount,
  };
}

/** The sentence in the reader's language, and the one that stands on the invoice where it says more. */
function mentionsOf({ taxes, language }: Invoice, texts: DocumentTexts): string[] {
  const mentions = taxes.flatMap(({ category, mention }) => {
    const own = category === 'AE' && (language !== 'en' || mention === undefined) ? [texts.reverseCharge.sentence] : [];
    return mention === undefined ? own : [...own, mention];
  });
  return [...new Set(mentions)];
}
