import { daysBetween, type PlainDate } from '../domain/calendar.ts';
import type { InvoiceLine } from '../domain/invoice.ts';
import type { Quote, QuotedInvoice } from '../domain/quotes/quote.ts';
import { chargeRows, sumRows } from './charge-rows.ts';
import { contactsHeight, drawContacts } from './contacts.ts';
import { type Letter, openLetter } from './letter.ts';
import { noteOf, quantityOf } from './line-words.ts';
import { unbroken } from './next-step.ts';
import { drawProse } from './notes.ts';
import { groupsOf } from './printed-groups.ts';
import {
  offerRows,
  onceRows,
  type PrintedQuote,
  printedQuote,
  productRows,
  savingRows,
  shippingWords,
} from './printed-quote.ts';
import { mentionsOf } from './printed-taxes.ts';
import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import { drawTable } from './table.ts';
import type { TableRow } from './table-rows.ts';
import { wrapped } from './wrap.ts';

/**
 * The PDF of a quote: the same quote gives the same bytes, whatever becomes of it. Throws `unsupported_character` before
 * anything is drawn when a text of it cannot be shown.
 */
export async function renderQuote(made: Quote): Promise<Uint8Array> {
  const printed = printedQuote(made);
  const sheet = openLetter(letterOf(printed));
  drawOffer(sheet, printed);
  drawPurchase(sheet, printed);
  drawFirstInvoice(sheet, printed);
  drawNextSteps(sheet, printed);
  drawContacts(sheet, printed.quote.seller, printed.texts);
  return sheet.finish();
}

function letterOf({ quote, texts, words, formats }: PrintedQuote): Letter {
  const { seller, buyer, accountId, number, madeAt, date, validUntil, billingStartDate, contract } = quote;
  return {
    ...{ seller, buyer, accountId, number, texts, formats },
    title: words.title,
    issuedAt: madeAt,
    facts: [
      [words.date, formats.date(date)],
      [words.validUntil, formats.date(validUntil)],
      [words.billingStart, formats.date(billingStartDate)],
      [words.contractPeriod, words.months(contract.months)],
      [words.renewal, formats.date(contract.renewsOn)],
      [texts.account, accountId],
      ...(buyer.reference === undefined ? [] : [[texts.reference, buyer.reference] as const]),
    ],
    hero: {
      label: words.hero,
      amount: formats.money(quote.contractTotal),
      text: words.billingStarts(unbroken(formats.date(billingStartDate))),
      also: words.acceptBy(unbroken(formats.date(validUntil))),
    },
  };
}

function drawOffer(sheet: Sheet, printed: PrintedQuote): void {
  const { texts, words, onceWords } = printed;
  const { description, quantity, unitPrice, amount } = texts.column;
  const { heading, list, quoted, saved } = words.savings;
  const offer = [description, quantity, unitPrice, amount, words.overContract];
  drawRows(sheet, printed, words.offer, offer, offerRows(printed));
  drawRows(sheet, printed, onceWords.heading, [description, quantity, unitPrice, amount], onceRows(printed));
  const shipping = shippingWords(printed);
  if (shipping !== undefined) {
    sheet.y -= 10;
    sentence(sheet, shipping);
    sheet.y += 14;
  }
  drawRows(sheet, printed, heading, [description, list, quoted, saved], savingRows(printed));
  drawRows(sheet, printed, words.perProduct, [description, words.overContract], productRows(printed));
}

/** A table, unless there is nothing to say. */
function drawRows(
  sheet: Sheet,
  { texts }: PrintedQuote,
  heading: string,
  columns: readonly string[],
  rows: readonly TableRow[],
): void {
  if (rows.length === 0) return;
  drawTable(sheet, { heading, continued: texts.continued(heading), columns, rows, beside: true });
  sheet.y += 18;
}

/** Line by line and tax by tax the invoice of what is bought once (R157). */
function drawPurchase(sheet: Sheet, printed: PrintedQuote): void {
  const { quote, texts, onceWords, formats } = printed;
  const { heading, dated, due, rates } = onceWords.invoice;
  const invoice = quote.once?.invoice;
  if (invoice === undefined) return;
  const { description, quantity, amount } = texts.column;
  drawRows(sheet, printed, heading, [description, quantity, amount], invoiceRows(invoice, printed));
  sheet.y -= 10;
  const days = daysBetween(invoice.invoiceDate, invoice.dueDate);
  sentence(sheet, days === 0 ? dated : `${dated} ${due(days)}`);
  drawMentions(sheet, invoice, printed);
  sentence(sheet, rates(formats.date(invoice.ratesOf)));
  sheet.y += 14;
}

function drawMentions(sheet: Sheet, { taxes }: QuotedInvoice, { quote, texts }: PrintedQuote): void {
  for (const { text, language } of mentionsOf({ taxes, language: quote.language }, texts))
    sentence(sheet, text, language);
}

/** Line by line and tax by tax what the first invoice will say, so that nobody is surprised by it (R100, R125). */
function drawFirstInvoice(sheet: Sheet, printed: PrintedQuote): void {
  const { quote, texts, words, formats } = printed;
  const { none, rates, earlierRates, part } = words.firstInvoice;
  const invoice = quote.firstInvoice;
  if (invoice === undefined) {
    sentence(sheet, quote.once?.invoice === undefined ? none : printed.onceWords.nothingElse);
    sheet.y += 12;
    return;
  }
  const { heading, dated } = invoice.part ? part : words.firstInvoice;
  const { description, quantity, amount } = texts.column;
  drawRows(sheet, printed, heading, [description, quantity, amount], invoiceRows(invoice, printed));
  sheet.y -= 10;
  sentence(sheet, dated(formats.date(invoice.invoiceDate), formats.date(invoice.dueDate)));
  drawMentions(sheet, invoice, printed);
  sentence(
    sheet,
    invoice.ratesOf === invoice.invoiceDate
      ? rates(formats.date(invoice.ratesOf))
      : earlierRates(formats.date(invoice.ratesOf)),
  );
  sheet.y += 14;
}

function invoiceRows(invoice: QuotedInvoice, printed: PrintedQuote): TableRow[] {
  const { texts, formats } = printed;
  const groups = groupsOf(invoice.lines, texts, formats);
  // What is bought once is bought on a day that nobody knows yet.
  const dated = (line: InvoiceLine) => (line.charge === 'purchase' ? undefined : noteOf(line, printed));
  const figuresOf = (line: InvoiceLine) => [quantityOf(line, printed), formats.money(line.amount)];
  return [...chargeRows(groups, printed, dated, figuresOf), ...sumRows(invoice, printed, { columns: 2, rates: false })];
}

/** What the customer does, and what then happens (R64, R92, R93, R127). */
function drawNextSteps(sheet: Sheet, { quote, words, formats, url }: PrintedQuote): void {
  const { heading, accept, start, renew, pay, extra } = words.next;
  const { endsOn, renewsOn, renewalMonths, cancelBy } = quote.contract;
  const date = (day: PlainDate) => unbroken(formats.date(day));
  const months = words.months(renewalMonths);
  const first = accept(date(quote.validUntil));
  const then = [
    start(date(quote.billingStartDate)),
    renew({ endsOn: date(endsOn), renewsOn: date(renewsOn), months, cancelBy: date(cancelBy) }),
    `${pay[quote.terms]} ${extra}`,
  ];
  const height = [first, ...then].reduce((sum, text) => sum + heightOf(sheet, text) + 4, 0);
  // Whom to ask follows, and is not to stand on a page alone.
  sheet.room(leading(STYLES.heading) + height + leading(STYLES.body) + 2 + contactsHeight(sheet));
  sheet.heading('H2', heading);
  sheet.y += 2;
  sentence(sheet, first);
  sheet.room(leading(STYLES.body));
  sheet.link(words.view, sheet.left, sheet.width, STYLES.body, url);
  for (const text of then) sentence(sheet, text);
}

function sentence(sheet: Sheet, text: string, language?: string): void {
  sheet.room(heightOf(sheet, text) + 4);
  sheet.y += 4;
  drawProse(sheet, text, language);
}

const heightOf = (sheet: Sheet, text: string): number =>
  wrapped(text, sheet.width, STYLES.body).length * leading(STYLES.body);
