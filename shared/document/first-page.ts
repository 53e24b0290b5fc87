import { addressLines } from './address.ts';
import { methodName, unbroken } from './next-step.ts';
import type { PrintedInvoice } from './printed-invoice.ts';
import { COLOURS, leading, type Sheet, STYLES, type Style } from './sheet.ts';

/** Everything above the charges: who, to whom, when, how much, and what happens next. */
export function drawFirstPage(sheet: Sheet, printed: PrintedInvoice): void {
  drawLetterhead(sheet, printed);
  drawParties(sheet, printed);
  drawHero(sheet, printed);
  drawSummaries(sheet, printed);
}

/** The seller's initial in a square of the accent colour. */
export function drawMark(sheet: Sheet, name: string, y: number, size: number): void {
  const initial = Array.from(name)[0]?.toUpperCase() ?? '';
  const style: Style = { weight: 'semibold', size: size * 0.62, colour: COLOURS.paper };
  sheet.box(sheet.left, y, size, size, COLOURS.accent, size * 0.18);
  sheet.text(initial, sheet.left + (size - sheet.widthOf(initial, style)) / 2, y + size * 0.72, style);
}

function drawLetterhead(sheet: Sheet, { invoice, title }: PrintedInvoice): void {
  drawMark(sheet, invoice.seller.name, 34, 28);
  const titleWidth = Math.max(sheet.widthOf(title, STYLES.title), sheet.widthOf(invoice.number, STYLES.number));
  const nameWidth = sheet.width - 40 - titleWidth - 24;
  const lines = sheet.wrap(invoice.seller.name, nameWidth, STYLES.brand);
  sheet.textRight(title, sheet.right, 48, STYLES.title);
  sheet.textRight(invoice.number, sheet.right, 64, STYLES.number);
  sheet.y = lines.length > 1 ? 31 : 32;
  sheet.paragraph(invoice.seller.name, sheet.left + 40, nameWidth, STYLES.brand);
  sheet.y = Math.max(sheet.y, 66) + 20;
}

/** Three columns: seller, buyer, and the dates and references. */
function drawParties(sheet: Sheet, printed: PrintedInvoice): void {
  const { invoice, texts, formats } = printed;
  const { seller, buyer } = invoice;
  const top = sheet.y;
  const columns = { seller: sheet.left, buyer: sheet.left + 156, facts: sheet.left + 318 };
  const party = (name: string, label: string, lines: readonly string[], x: number): number => {
    sheet.y = top;
    sheet.paragraph(label, x, 146, STYLES.small);
    sheet.y += 2;
    sheet.paragraph(name, x, 146, STYLES.strong);
    for (const line of lines) sheet.paragraph(line, x, 146, STYLES.body);
    return sheet.y;
  };
  const taxIds = (ids: typeof seller.taxIds) => ids.map(({ label, value }) => `${label} ${unbroken(value)}`);
  const ends = [
    party(
      seller.name,
      texts.from,
      [...addressLines(seller.address, formats), ...taxIds(seller.taxIds)],
      columns.seller,
    ),
    party(
      buyer.name,
      texts.billedTo,
      [...addressLines(buyer.address, formats), ...taxIds(buyer.taxIds)],
      columns.buyer,
    ),
  ];
  sheet.y = top + leading(STYLES.small) + 2;
  drawFacts(sheet, columns.facts, sheet.right, [
    [texts.invoiceDate, formats.date(invoice.invoiceDate)],
    [texts.dueDate, formats.date(invoice.dueDate)],
    [texts.billingPeriod, printed.billingPeriod],
    [texts.account, invoice.accountId],
    ...(buyer.reference === undefined ? [] : [[texts.reference, buyer.reference] as const]),
    [texts.currency, invoice.currency],
  ]);
  sheet.y = Math.max(sheet.y, ...ends) + 18;
}

/** Label on the left, value on the right; a pair that does not fit on a line takes two. */
function drawFacts(sheet: Sheet, left: number, right: number, facts: readonly (readonly [string, string])[]): void {
  for (const [label, value] of facts) {
    sheet.y += leading(STYLES.label);
    sheet.text(label, left, sheet.y, STYLES.label);
    const room = right - left - sheet.widthOf(label, STYLES.label) - 8;
    const fits = sheet.widthOf(value, STYLES.strong) <= room;
    for (const line of fits ? [value] : sheet.wrap(value, right - left, STYLES.strong)) {
      if (!fits) sheet.y += leading(STYLES.strong);
      sheet.textRight(line, right, sheet.y, STYLES.strong);
    }
  }
}

function drawHero(sheet: Sheet, printed: PrintedInvoice): void {
  const { invoice, texts, formats } = printed;
  const amount = formats.money(invoice.total);
  const inset = 18;
  const amountWidth = Math.max(sheet.widthOf(amount, STYLES.hero), sheet.widthOf(texts.amountDue, STYLES.heroLabel));
  const textLeft = Math.max(sheet.left + inset + amountWidth + 28, sheet.left + sheet.width * 0.48);
  const textWidth = sheet.right - inset - textLeft;
  const next = sheet.wrap(printed.nextStep, textWidth, STYLES.heroText);
  const also =
    invoice.previousBalance > 0
      ? sheet.wrap(texts.nextStep.alsoUnpaid(formats.money(invoice.previousBalance)), textWidth, STYLES.heroLabel)
      : [];
  const textHeight = next.length * leading(STYLES.heroText) + also.length * leading(STYLES.heroLabel);
  const height = Math.max(76, textHeight + 32);
  const top = sheet.y;
  sheet.box(sheet.left, top, sheet.width, height, COLOURS.ink, 6);
  const middle = top + height / 2;
  sheet.text(texts.amountDue, sheet.left + inset, middle - 15, STYLES.heroLabel);
  sheet.text(amount, sheet.left + inset, middle + 18, STYLES.hero);
  sheet.y = middle - textHeight / 2 - 3;
  sheet.paragraph(printed.nextStep, textLeft, textWidth, STYLES.heroText);
  for (const line of also) sheet.paragraph(line, textLeft, textWidth, STYLES.heroLabel);
  sheet.y = top + height + 16;
}

/** On the left what this invoice is made of, on the right the account and how the invoice is paid. */
function drawSummaries(sheet: Sheet, printed: PrintedInvoice): void {
  const { invoice, texts, formats } = printed;
  const top = sheet.y;
  const split = sheet.left + sheet.width * 0.54;
  const taxed = printed.taxes.length > 0;
  drawSums(sheet, texts.thisInvoice, sheet.left, split, [
    ...printed.summary.map((group) => [group.label, formats.money(group.total)] as const),
    ...(taxed ? [[texts.subtotal, formats.money(invoice.subtotal)] as const] : []),
    ...printed.taxes.map((tax) => [`${tax.label} ${tax.rate}`, formats.money(tax.amount)] as const),
    [texts.total, formats.money(invoice.total)],
  ]);
  const end = sheet.y;
  const left = split + 32;
  sheet.y = top;
  drawSums(sheet, texts.yourAccount, left, sheet.right, [
    [texts.previousBalance, formats.money(invoice.previousBalance)],
    [texts.thisInvoice, formats.money(invoice.total)],
    [texts.accountBalance, formats.money(invoice.previousBalance + invoice.total)],
  ]);
  sheet.y += 14;
  drawPayment(sheet, printed, left);
  sheet.y = Math.max(sheet.y, end) + 12;
}

function drawSums(
  sheet: Sheet,
  heading: string,
  left: number,
  right: number,
  rows: readonly (readonly [string, string])[],
): void {
  sheet.y += leading(STYLES.heading);
  sheet.text(heading, left, sheet.y, STYLES.heading);
  sheet.y += 8;
  sheet.rule(sheet.y, COLOURS.rule, left, right);
  rows.forEach(([label, amount], index) => {
    const last = index === rows.length - 1;
    const labelWidth = right - left - sheet.widthOf(amount, last ? STYLES.strong : STYLES.body) - 10;
    const style = last ? STYLES.strong : STYLES.body;
    sheet.y += 2.5;
    const baseline = sheet.y + leading(style);
    sheet.paragraph(label, left, labelWidth, style);
    sheet.textRight(amount, right, baseline, style);
    sheet.y += 4.5;
    if (!last) sheet.rule(sheet.y, index === rows.length - 2 ? COLOURS.ink : COLOURS.rule, left, right);
  });
}

/** How the invoice is paid. Bank details only where a transfer is expected: never invite a second payment. */
function drawPayment(sheet: Sheet, { invoice, texts }: PrintedInvoice, left: number): void {
  const { payment, seller } = invoice;
  const automatic = payment.kind === 'autopay';
  const bank = automatic || payment.terms === 'card' ? undefined : seller.bankAccount;
  sheet.y += leading(STYLES.heading);
  sheet.text(automatic ? texts.payment.automatic : texts.payment.heading, left, sheet.y, STYLES.heading);
  sheet.y += 4;
  if (automatic) drawFacts(sheet, left, sheet.right, [[texts.payment.method, methodName(payment)]]);
  if (bank === undefined) {
    drawLink(sheet, seller.support.portalUrl, left);
    return;
  }
  if (bank.text !== undefined) sheet.paragraph(bank.text, left, sheet.right - left, STYLES.body);
  drawFacts(sheet, left, sheet.right, [
    ...(bank.iban === undefined ? [] : [[texts.payment.iban, bank.iban] as const]),
    ...(bank.bic === undefined ? [] : [[texts.payment.bic, bank.bic] as const]),
    [texts.payment.transferReference, invoice.number],
  ]);
}

function drawLink(sheet: Sheet, url: string, left: number): void {
  const top = sheet.y;
  sheet.paragraph(url.replace(/^https:\/\//, ''), left, sheet.right - left, STYLES.link);
  sheet.link(left, top, sheet.right - left, sheet.y - top + 4, url);
}
