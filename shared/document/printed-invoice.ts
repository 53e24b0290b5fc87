import { addDays, firstOf, lastOf, type PlainDate, type ServicePeriod } from '../domain/calendar.ts';
import { BillingError } from '../domain/errors.ts';
import type { Invoice, InvoiceLine } from '../domain/invoice.ts';
import { type Formats, formatsFor } from './format.ts';
import { creditOn, dueOn, nextStepOf } from './next-step.ts';
import { isDrawable, printable, unprintable } from './pdf/fonts.ts';
import { glanceOf, groupsOf, type PrintedGroup, type PrintedSum, summaryOf } from './printed-groups.ts';
import { changeOf, monthsOf, type PrintedChange, type PrintedMonth } from './printed-history.ts';
import { mentionsOf, type PrintedMention, type PrintedTax, printedTax } from './printed-taxes.ts';
import { textsFor } from './texts/by-language.ts';
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
  /** The groups that cost something, each once whatever sections the invoice has; small ones in one where they are many. */
  readonly summary: readonly PrintedSum[];
  readonly taxes: readonly PrintedTax[];
  /** Sentences that the law wants on the invoice. */
  readonly mentions: readonly PrintedMention[];
  /** What the charges come to without tax, the taxes, and the total. */
  readonly totals: readonly PrintedSum[];
  /** How the account's balance came about, to the sum of it. */
  readonly account: readonly PrintedSum[];
  /** What is still to be paid of this invoice, minor units. */
  readonly due: number;
  readonly months: readonly PrintedMonth[];
  readonly change?: PrintedChange;
  readonly nextStep: string;
  readonly billingPeriod: string;
  readonly disputeUntil: PlainDate;
}

/**
 * `last`: the invoice that the history names last, to say what changed. Throws `unsupported_character` naming the field when
 * the font cannot show a character of the invoice.
 */
export function printedInvoice(issued: Invoice, last?: Invoice): PrintedInvoice {
  const invoice = printableInvoice(issued);
  const texts = textsFor(invoice.language, invoice.currency).document;
  const formats = formatsFor(invoice.language, invoice.currency);
  const taxes = invoice.taxes.map((tax) => printedTax(tax, texts, formats));
  const change = changeOf(invoice, last, texts, formats);
  return {
    invoice,
    texts,
    formats,
    title: titleOf(invoice, texts),
    groups: groupsOf(invoice.lines, texts, formats),
    summary: glanceOf(summaryOf(invoice.lines, texts, formats), texts.otherCharges),
    taxes,
    mentions: mentionsOf(invoice, texts),
    totals: totalsOf(invoice, taxes, texts),
    account: accountOf(invoice, texts),
    due: dueOn(invoice),
    months: monthsOf(invoice, formats),
    ...(change === undefined ? {} : { change }),
    nextStep: nextStepOf(invoice, texts, formats),
    billingPeriod: formats.period(billedPeriod(invoice)),
    disputeUntil: addDays(invoice.invoiceDate, DISPUTE_DAYS),
  };
}

function printableInvoice(issued: Invoice): Invoice {
  const { lines, ...rest } = issued;
  if (isDrawable(JSON.stringify([rest, lines.map(readOf)]))) return issued;
  return { ...printableTexts('invoice', rest), lines: printableLines(lines) };
}

/** From what was owed before to what is owed now; the last is their sum. */
function accountOf(invoice: Invoice, texts: DocumentTexts): PrintedSum[] {
  const { history, previousBalance, total } = invoice;
  const owed = history?.owed ?? previousBalance;
  const received = previousBalance - owed;
  const credit = creditOn(invoice);
  return [
    { label: texts.previousBalance, total: owed },
    ...(received === 0 ? [] : [{ label: texts.received, total: received }]),
    { label: texts.thisInvoice, total },
    ...(credit === 0 ? [] : [{ label: texts.fromCredit, total: -credit }]),
    { label: texts.accountBalance, total: previousBalance + total - credit, sum: true },
  ];
}

/** What the groups add up to, tax by tax to the total. */
function totalsOf({ subtotal, total }: Invoice, taxes: readonly PrintedTax[], texts: DocumentTexts): PrintedSum[] {
  if (taxes.length === 0) return [{ label: texts.total, total, sum: true }];
  return [
    { label: texts.subtotal, total: subtotal, sum: true },
    ...taxes.map(({ label, rate, amount }) => ({ label: `${label} ${rate}`, total: amount })),
    { label: texts.totalWithTax, total, sum: true },
  ];
}

/** What it bills in advance; a purchase is of its day. */
const billedPeriod = ({ kind, cycle, month, invoiceDate }: Invoice): ServicePeriod =>
  kind === 'purchase' ? { from: invoiceDate, to: invoiceDate } : (cycle ?? { from: firstOf(month), to: lastOf(month) });

/** Every text of the invoice as the font can draw it; what needs no change is not copied. */
export function printableTexts<T>(field: string, value: T): T {
  try {
    return printableValue(value);
  } catch (error) {
    // Only now it matters where it is: paths of thousands of fields take longer than drawing them.
    throw unprintableField(field, value) ?? error;
  }
}

/** What a document reads of a line: of how it came about only the places that calls went to. */
function readOf(line: InvoiceLine): Partial<InvoiceLine> {
  const { explanation, ...read } = line;
  return explanation.kind === 'usage' ? line : read;
}

/** Lines as `printableTexts` has them; how they came about stays with them. */
export const printableLines = (lines: readonly InvoiceLine[]): InvoiceLine[] =>
  lines.map((line, index) => ({ ...line, ...printableTexts(`invoice.lines.${index}`, readOf(line)) }));

function printableValue<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const item = value[key];
    const printed = printableValue(item);
    if (printed !== item) {
      copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      copy[key] = printed;
    }
  }
  return (copy ?? value) as T;
}

function unprintableField(field: string, value: unknown): BillingError | undefined {
  if (typeof value === 'string') {
    const missing = unprintable(value);
    return missing.length === 0
      ? undefined
      : new BillingError('unsupported_character', `${field}: ${missing.join(', ')}`);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = unprintableField(`${field}.${key}`, item);
    if (found !== undefined) return found;
  }
  return undefined;
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
