import { addressLines } from './address.ts';
import { drawFacts } from './facts.ts';
import { unbroken } from './next-step.ts';
import { drawOverview } from './overview.ts';
import type { PrintedInvoice } from './printed-invoice.ts';
import type { Sheet } from './sheet.ts';
import { COLOURS, leading, STYLES, type Style } from './styles.ts';
import { fitting, textWidth, wrapped } from './wrap.ts';

/** Everything above the charges: who, to whom, when, how much and why. */
export function drawFirstPage(sheet: Sheet, printed: PrintedInvoice): void {
  drawLetterhead(sheet, printed);
  drawParties(sheet, printed);
  drawHero(sheet, printed);
  drawOverview(sheet, printed);
}

/** The seller's initial in a square of the accent colour. */
export function drawMark(sheet: Sheet, name: string, y: number, size: number): void {
  const initial = Array.from(name)[0]?.toUpperCase() ?? '';
  const style: Style = { weight: 'semibold', size: size * 0.62, colour: COLOURS.paper };
  sheet.decoration(() => {
    sheet.box(sheet.left, y, size, size, sheet.accent, size * 0.2);
    sheet.text(initial, sheet.left + (size - textWidth(initial, style)) / 2, y + size * 0.72, style);
  });
}

function drawLetterhead(sheet: Sheet, { invoice, title }: PrintedInvoice): void {
  drawMark(sheet, invoice.seller.name, 38, 30);
  const titleWidth = Math.max(textWidth(title, STYLES.title), textWidth(invoice.number, STYLES.number));
  const nameWidth = sheet.width - 42 - titleWidth - 24;
  const lines = wrapped(invoice.seller.name, nameWidth, STYLES.brand).length;
  sheet.y = lines > 1 ? 32 : 38;
  sheet.paragraph(invoice.seller.name, sheet.left + 42, nameWidth, STYLES.brand);
  const end = sheet.y;
  sheet.y = 36;
  sheet.outlined(`${title} ${invoice.number}`);
  sheet.element('H1', () => {
    sheet.text(`${title} `, sheet.right - textWidth(title, STYLES.title), 52, STYLES.title);
    sheet.textRight(invoice.number, sheet.right, 68, STYLES.number);
  });
  sheet.y = Math.max(end + 6, 70) + 20;
}

/** Three columns: buyer, seller, and the dates and references. */
function drawParties(sheet: Sheet, printed: PrintedInvoice): void {
  const { invoice, texts, formats } = printed;
  const { seller, buyer } = invoice;
  const top = sheet.y;
  const half = sheet.width / 2;
  const [buyerLeft, sellerLeft, factsLeft] = [sheet.left, sheet.left + sheet.width * 0.32, sheet.left + half + 66];
  const party = (of: typeof buyer | typeof seller, label: string, x: number, width: number): number => {
    const ids = of.taxIds.map((id) => `${id.label} ${unbroken(id.value)}`);
    sheet.y = top;
    sheet.element('Sect', () => {
      sheet.paragraph(label, x, width, STYLES.small);
      sheet.y += 2;
      sheet.paragraph(of.name, x, width, STYLES.strong);
      for (const line of [...addressLines(of.address, formats), ...ids]) sheet.paragraph(line, x, width, STYLES.body);
    });
    return sheet.y;
  };
  const ends = [
    party(buyer, texts.billedTo, buyerLeft, sellerLeft - buyerLeft - 16),
    party(seller, texts.from, sellerLeft, factsLeft - sellerLeft - 20),
  ];
  sheet.y = top + leading(STYLES.small) + 2;
  drawFacts(sheet, factsLeft, sheet.right, [
    [texts.invoiceDate, formats.date(invoice.invoiceDate)],
    [texts.dueDate, formats.date(invoice.dueDate)],
    [texts.billingPeriod, printed.billingPeriod],
    [texts.account, invoice.accountId],
    ...(buyer.reference === undefined ? [] : [[texts.reference, buyer.reference] as const]),
    [texts.currency, invoice.currency],
  ]);
  sheet.y = Math.max(sheet.y, ...ends) + 20;
}

/** The one figure that matters, until when, and what happens next. */
function drawHero(sheet: Sheet, printed: PrintedInvoice): void {
  const { invoice, texts, formats } = printed;
  const amount = formats.money(printed.due);
  const inset = 20;
  const style = fitting(amount, sheet.width * 0.5, STYLES.hero, 14);
  const amountWidth = Math.max(textWidth(amount, style), textWidth(texts.amountDue, STYLES.heroLabel));
  const left = Math.max(sheet.left + inset + amountWidth + 28, sheet.left + sheet.width * 0.5);
  const width = sheet.right - inset - left;
  const also = invoice.previousBalance > 0 ? texts.nextStep.alsoUnpaid(formats.money(invoice.previousBalance)) : '';
  const textHeight =
    wrapped(printed.nextStep, width, STYLES.heroText).length * leading(STYLES.heroText) +
    wrapped(also, width, STYLES.heroLabel).length * leading(STYLES.heroLabel);
  const height = Math.max(80, textHeight + 30);
  const top = sheet.y;
  const middle = top + height / 2;
  sheet.box(sheet.left, top, sheet.width, height, COLOURS.ink, 8);
  sheet.element('Sect', () => {
    sheet.element('P', () => sheet.text(texts.amountDue, sheet.left + inset, middle - 18, STYLES.heroLabel));
    sheet.element('P', () => sheet.text(amount, sheet.left + inset, middle + 17, style));
    sheet.y = middle - textHeight / 2 - 3;
    sheet.paragraph(printed.nextStep, left, width, STYLES.heroText);
    if (also !== '') sheet.paragraph(also, left, width, STYLES.heroLabel);
  });
  sheet.y = top + height + 20;
}
