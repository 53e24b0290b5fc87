import type { Invoice, InvoiceLine } from '../domain/invoice.ts';
import { taxesOn } from '../domain/tax/taxes-on.ts';
import { ciiOf } from './e-invoice/cii.ts';
import { eInvoiceOf, isEuropeanInvoice } from './e-invoice/from-invoice.ts';
import { drawFirstPage, drawMark } from './first-page.ts';
import { noteOf, quantityOf } from './line-words.ts';
import { paymentPart } from './payment-part.ts';
import type { Attachment } from './pdf/pdf-document.ts';
import { type PrintedInvoice, printedInvoice } from './printed-invoice.ts';
import { Sheet } from './sheet.ts';
import { ACCENT, leading, STYLES } from './styles.ts';
import { drawTable, type TableRow } from './table.ts';
import { shortened, textWidth, wrapped } from './wrap.ts';

/**
 * The PDF of an invoice: the same invoice gives the same bytes. `last` is the invoice that its history names last, to say
 * what changed. Throws `unsupported_character` before anything is drawn when a text of it cannot be shown.
 */
export async function renderInvoice(invoice: Invoice, last?: Invoice): Promise<Uint8Array> {
  const printed = printedInvoice(invoice, last);
  const { title, texts } = printed;
  const { number, seller } = printed.invoice;
  const sheet = new Sheet({
    paper: seller.address.country === 'US' || seller.address.country === 'CA' ? 'LETTER' : 'A4',
    accent: seller.brandColour ?? ACCENT,
    language: printed.formats.locale,
    title: `${title} ${number}`,
    author: seller.name,
    createdAt: new Date(invoice.issuedAt),
    runningHead: (page) => drawRunningHead(page, printed),
    foot: (page, index, count) => drawFoot(page, printed, texts.page(index, count)),
  });
  drawFirstPage(sheet, printed);
  const payment = paymentPart(sheet, printed);
  // Nobody turns pages to pay, unless the first one is full.
  const first = sheet.fits(payment.height);
  if (first) payment.draw();
  sheet.newPage();
  drawCharges(sheet, printed);
  drawTaxes(sheet, printed);
  drawQuestions(sheet, printed);
  if (!first) payment.draw();
  return sheet.finish(facturX(printed));
}

/** The invoice for machines, by the name that Factur-X and ZUGFeRD give it. */
function facturX(printed: PrintedInvoice): Attachment | undefined {
  const { invoice } = printed;
  if (!isEuropeanInvoice(invoice)) return undefined;
  return {
    fileName: 'factur-x.xml',
    type: 'INVOICE',
    profile: 'EN 16931',
    description: 'Factur-X',
    bytes: Buffer.from(ciiOf(eInvoiceOf(printed))),
  };
}

function drawRunningHead(sheet: Sheet, { invoice, title }: PrintedInvoice): number {
  drawMark(sheet, invoice.seller.name, 28, 18);
  const heading = `${title} ${invoice.number}`;
  const room = sheet.width - 26 - textWidth(heading, STYLES.label) - 20;
  sheet.text(shortened(invoice.seller.name, room, STYLES.strong), sheet.left + 26, 40.5, STYLES.strong);
  sheet.textRight(heading, sheet.right, 40.5, STYLES.label);
  return 62;
}

/** Seller on the left, with as many of its tax ids as fit whole; invoice, account and page on the right. */
function drawFoot(sheet: Sheet, { invoice, texts }: PrintedInvoice, page: string): void {
  sheet.box(0, 0, sheet.right + sheet.left, 6, sheet.accent);
  const baseline = sheet.height - 30;
  const position = [invoice.number, `${texts.account} ${invoice.accountId}`, page].join(' · ');
  const room = sheet.width - textWidth(position, STYLES.small) - 16;
  let legal = invoice.seller.name;
  for (const { label, value } of invoice.seller.taxIds) {
    const longer = `${legal} · ${label} ${value}`;
    if (textWidth(longer, STYLES.small) <= room) legal = longer;
  }
  sheet.rule(baseline - 14);
  sheet.text(shortened(legal, room, STYLES.small), sheet.left, baseline, STYLES.small);
  sheet.textRight(position, sheet.right, baseline, STYLES.small);
}

function drawCharges(sheet: Sheet, printed: PrintedInvoice): void {
  const { texts, formats, groups } = printed;
  const taxed = printed.taxes.length > 0;
  const { description, quantity, unitPrice, tax, amount } = texts.column;
  const rows = groups.flatMap((group): TableRow[] => [
    {
      kind: 'group',
      label: group.label,
      ...(group.about === undefined ? {} : { about: group.about }),
      figure: formats.money(group.total),
    },
    ...group.lines.map(
      (line): TableRow => ({
        kind: 'line',
        text: line.description,
        note: noteOf(line, printed),
        figures: [
          quantityOf(line, printed),
          line.unitMicros === undefined ? '' : formats.unitPrice(line.unitMicros),
          ...(taxed ? [ratesOf(line, printed)] : []),
          formats.money(line.amount),
        ],
      }),
    ),
  ]);
  drawTable(sheet, {
    heading: texts.charges,
    continued: texts.continued(texts.charges),
    columns: [description, quantity, unitPrice, ...(taxed ? [tax] : []), amount],
    rows,
  });
}

/** The rates that a line is taxed at, so that a mixed invoice shows the status of each supply. */
function ratesOf(line: InvoiceLine, { invoice, formats }: PrintedInvoice): string {
  const rates = taxesOn(line, invoice.taxes).map((tax) => tax.ratePpm);
  return (rates.length === 0 ? [0] : rates).map((rate) => formats.rate(rate)).join(' + ');
}

function drawTaxes(sheet: Sheet, { taxes, texts, formats, mentions }: PrintedInvoice): void {
  if (taxes.length > 0) {
    sheet.y += 18;
    drawTable(sheet, {
      heading: texts.taxSummary,
      continued: texts.continued(texts.taxSummary),
      columns: [texts.column.tax, texts.column.rate, texts.column.base, texts.column.amount],
      rows: taxes.map((tax) => ({
        kind: 'line',
        text: tax.label,
        figures: [tax.rate, formats.money(tax.base), formats.money(tax.amount)],
      })),
    });
  }
  for (const { text, language } of mentions) {
    sheet.room(wrapped(text, sheet.width, STYLES.body).length * leading(STYLES.body) + 6);
    sheet.y += 6;
    sheet.paragraph(text, sheet.left, sheet.width, STYLES.body, 'P', language === undefined ? {} : { language });
  }
}

/** Last: until when to dispute, and whom to ask. Kept together. */
function drawQuestions(sheet: Sheet, { invoice, texts, formats, disputeUntil }: PrintedInvoice): void {
  const { support, accountsReceivable } = invoice.seller;
  const dispute = texts.dispute.sentence(formats.date(disputeUntil));
  const half = (sheet.width - 20) / 2;
  const contacts = [
    { heading: texts.accountsReceivable, ...accountsReceivable },
    { heading: texts.support, ...support },
  ];
  sheet.y += 18;
  sheet.room(leading(STYLES.heading) + wrapped(dispute, sheet.width, STYLES.body).length * leading(STYLES.body) + 60);
  sheet.heading('H2', texts.questions);
  sheet.y += 4;
  sheet.paragraph(dispute, sheet.left, sheet.width, STYLES.body);
  const top = sheet.y + 6;
  contacts.forEach(({ heading, email, phone }, index) => {
    const x = sheet.left + index * (half + 20);
    sheet.y = top;
    sheet.paragraph(heading, x, half, STYLES.strong);
    sheet.link(email, x, half, STYLES.body, `mailto:${email}`);
    sheet.paragraph(phone, x, half, STYLES.label);
  });
}
