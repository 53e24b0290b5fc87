import type { PlainDate } from '../domain/calendar.ts';
import type { Invoice, InvoiceLine } from '../domain/invoice.ts';
import { taxesOn } from '../domain/tax/taxes-on.ts';
import type { CallDetails } from '../domain/usage/itemise.ts';
import { drawCallDetails } from './call-details.ts';
import { chargeRows, sumRows } from './charge-rows.ts';
import { contactsHeight, drawContacts } from './contacts.ts';
import { copyTitle } from './copy-title.ts';
import { facturX } from './e-invoice/factur-x.ts';
import { eInvoiceOf, isEInvoice } from './e-invoice/from-invoice.ts';
import { type Letter, openLetter } from './letter.ts';
import { noteOf, quantityOf } from './line-words.ts';
import { unbroken } from './next-step.ts';
import { drawMentions, drawNote, mentionsHeight } from './notes.ts';
import { drawOverview } from './overview.ts';
import { paymentPart } from './payment-part.ts';
import { printedDetails, tooManyDetails } from './printed-details.ts';
import { type PrintedInvoice, printedInvoice } from './printed-invoice.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

/**
 * The PDF of an invoice: the same invoice gives the same bytes. `last` is the invoice that its history names last, to say
 * what changed; `details` are the calls and messages that it itemises; `copyOn` is the day on which it is made anew, to mark it
 * as a copy. Throws `unsupported_character` before anything is drawn when a text of it cannot be shown.
 */
export async function renderInvoice(
  invoice: Invoice,
  last?: Invoice,
  details?: CallDetails | 'too-many',
  copyOn?: PlainDate,
): Promise<Uint8Array> {
  const unmarked = printedInvoice(invoice, last);
  const printed = { ...unmarked, title: copyTitle(unmarked.title, invoice, copyOn) };
  const sheet = openLetter(letterOf(printed));
  drawOverview(sheet, printed);
  const payment = paymentPart(sheet, printed);
  // Nobody turns pages to pay, unless the first one is full.
  const first = sheet.fits(payment.height);
  if (first) payment.draw();
  sheet.newPage();
  const { texts, formats, disputeUntil, mentions } = printed;
  const sentence = texts.dispute.sentence(unbroken(formats.date(disputeUntil)));
  const ends = mentionsHeight(sheet, mentions) + contactsHeight(sheet, sentence);
  drawCharges(sheet, printed, details === undefined ? ends + (first ? 0 : payment.height) : undefined);
  if (details === 'too-many') drawNote(sheet, tooManyDetails(invoice));
  else if (details !== undefined) drawCallDetails(sheet, printedDetails(invoice, details));
  drawContacts(sheet, printed.invoice.seller, texts, { sentence, below: first ? 0 : payment.height });
  if (!first) payment.draw();
  return sheet.finish(isEInvoice(invoice) ? facturX(eInvoiceOf(printed)) : undefined);
}

function letterOf({ invoice, title, texts, formats, billingPeriod, nextStep, due }: PrintedInvoice): Letter {
  const { seller, buyer, accountId, number, issuedAt, invoiceDate, dueDate, currency, previousBalance } = invoice;
  const unpaid = previousBalance > 0 ? { also: texts.nextStep.alsoUnpaid(formats.money(previousBalance)) } : {};
  return {
    ...{ seller, buyer, accountId, title, number, issuedAt, texts, formats },
    facts: [
      [texts.invoiceDate, formats.date(invoiceDate)],
      [texts.dueDate, formats.date(dueDate)],
      [texts.billingPeriod, billingPeriod],
      [texts.account, accountId],
      ...(buyer.reference === undefined ? [] : [[texts.reference, buyer.reference] as const]),
      [texts.currency, currency],
    ],
    hero: { label: texts.amountDue, amount: formats.money(due), text: nextStep, ...unpaid },
  };
}

/** `below`: how high what ends the invoice is, where nothing else follows. */
function drawCharges(sheet: Sheet, printed: PrintedInvoice, below: number | undefined): void {
  const { invoice, texts, formats, groups, mentions } = printed;
  const taxed = invoice.taxes.length > 0;
  const { description, quantity, unitPrice, tax, amount } = texts.column;
  const figuresOf = (line: InvoiceLine) => [
    quantityOf(line, printed),
    line.unitMicros === undefined ? '' : formats.unitPrice(line.unitMicros),
    ...(taxed ? [ratesOf(line, printed)] : []),
    formats.money(line.amount),
  ];
  drawTable(sheet, {
    heading: texts.charges,
    continued: texts.continued(texts.charges),
    columns: [description, quantity, unitPrice, ...(taxed ? [tax] : []), amount],
    rows: [
      ...chargeRows(groups, printed, (line) => noteOf(line, printed), figuresOf),
      ...sumRows(invoice, printed, { columns: 4, rates: true }),
    ],
    beside: true,
    ...(below === undefined ? {} : { below }),
  });
  drawMentions(sheet, mentions);
}

/** The rates that a line is taxed at, so that a mixed invoice shows the status of each supply. */
function ratesOf(line: InvoiceLine, { invoice, formats }: PrintedInvoice): string {
  const rates = taxesOn(line, invoice.taxes).map((tax) => tax.ratePpm);
  return (rates.length === 0 ? [0] : rates).map((rate) => formats.rate(rate)).join(' + ');
}
