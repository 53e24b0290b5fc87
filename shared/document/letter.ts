import type { Invoice } from '../domain/invoice.ts';
import { addressLines } from './address.ts';
import { drawFacts } from './facts.ts';
import type { Formats } from './format.ts';
import { unbroken } from './next-step.ts';
import { taxIdLabel } from './printed-taxes.ts';
import { Sheet } from './sheet.ts';
import { ACCENT, COLOURS, leading, STYLES, type Style } from './styles.ts';
import type { DocumentTexts } from './texts/texts.ts';
import { balancedWidth, fitting, shortened, textWidth, wrapped } from './wrap.ts';

/** What every document has in common: who writes to whom about what, and the one figure that matters. */
export interface Letter {
  readonly seller: Invoice['seller'];
  readonly buyer: Invoice['buyer'];
  readonly accountId: string;
  readonly title: string;
  readonly number: string;
  readonly issuedAt: string;
  /** What the two sides are called; absent: who is billed and who bills. */
  readonly parties?: { readonly buyer: string; readonly seller: string };
  /** Dates and references, label and value. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly hero: { readonly label: string; readonly amount: string; readonly text: string; readonly also?: string };
  readonly texts: DocumentTexts;
  readonly formats: Formats;
}

/** A sheet on which the letter's head, its parties and its figure are drawn already. */
export function openLetter(letter: Letter): Sheet {
  const { seller, title, number, issuedAt, formats, texts } = letter;
  const sheet = new Sheet({
    paper: seller.address.country === 'US' || seller.address.country === 'CA' ? 'LETTER' : 'A4',
    accent: seller.brandColour ?? ACCENT,
    language: formats.locale,
    title: `${title} ${number}`,
    author: seller.name,
    createdAt: new Date(issuedAt),
    runningHead: (page) => drawRunningHead(page, letter),
    foot: (page, index, count) => drawFoot(page, letter, texts.page(index, count)),
  });
  drawLetterhead(sheet, letter);
  drawParties(sheet, letter);
  drawHero(sheet, letter);
  return sheet;
}

/** The seller's initial in a square of the accent colour. */
function drawMark(sheet: Sheet, name: string, y: number, size: number): void {
  const initial = Array.from(name)[0]?.toUpperCase() ?? '';
  const style: Style = { weight: 'semibold', size: size * 0.62, colour: COLOURS.paper };
  sheet.decoration(() => {
    sheet.box(sheet.left, y, size, size, sheet.accent, size * 0.2);
    sheet.text(initial, sheet.left + (size - textWidth(initial, style)) / 2, y + size * 0.72, style);
  });
}

/** A title a little smaller spares the name beside it a second line; a copy's may be so long that both have to give way. */
function titleStyle(title: string, besideName: number, most: number): Style {
  const smaller = fitting(title, besideName, STYLES.title, 16);
  return textWidth(title, smaller) <= besideName ? smaller : fitting(title, most, STYLES.title, 12);
}

function drawLetterhead(sheet: Sheet, { seller, title, number }: Letter): void {
  drawMark(sheet, seller.name, 38, 30);
  const style = titleStyle(title, sheet.width - 66 - textWidth(seller.name, STYLES.brand), sheet.width * 0.6);
  const titleWidth = Math.max(textWidth(title, style), textWidth(number, STYLES.number));
  const nameWidth = sheet.width - 42 - titleWidth - 24;
  const lines = wrapped(seller.name, nameWidth, STYLES.brand).length;
  sheet.y = lines > 1 ? 32 : 38;
  sheet.paragraph(seller.name, sheet.left + 42, nameWidth, STYLES.brand);
  const end = sheet.y;
  sheet.y = 36;
  sheet.outlined(`${title} ${number}`);
  sheet.element('H1', () => {
    sheet.text(`${title} `, sheet.right - textWidth(title, style), 52, style);
    sheet.textRight(number, sheet.right, 68, STYLES.number);
  });
  sheet.y = Math.max(end + 6, 70) + 20;
}

/** Three columns: buyer, seller, and the dates and references. */
function drawParties(sheet: Sheet, letter: Letter): void {
  const { seller, buyer, facts, texts, formats } = letter;
  const { parties = { buyer: texts.billedTo, seller: texts.from } } = letter;
  const top = sheet.y;
  const half = sheet.width / 2;
  const [buyerLeft, sellerLeft, factsLeft] = [sheet.left, sheet.left + sheet.width * 0.32, sheet.left + half + 66];
  const party = (of: typeof buyer | typeof seller, label: string, x: number, width: number): number => {
    const ids = of.taxIds.map((id) => `${taxIdLabel(id, texts)} ${unbroken(id.value)}`);
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
    party(buyer, parties.buyer, buyerLeft, sellerLeft - buyerLeft - 16),
    party(seller, parties.seller, sellerLeft, factsLeft - sellerLeft - 20),
  ];
  sheet.y = top + leading(STYLES.small) + 2;
  drawFacts(sheet, factsLeft, sheet.right, facts);
  sheet.y = Math.max(sheet.y, ...ends) + 20;
}

/** The one figure that matters, and what it means for the reader. */
function drawHero(sheet: Sheet, { hero }: Letter): void {
  const { label, amount, text, also = '' } = hero;
  const inset = 20;
  const style = fitting(amount, sheet.width * 0.5, STYLES.hero, 14);
  const amountWidth = Math.max(textWidth(amount, style), textWidth(label, STYLES.heroLabel));
  const left = Math.max(sheet.left + inset + amountWidth + 28, sheet.left + sheet.width * 0.5);
  const width = sheet.right - inset - left;
  const textHeight =
    wrapped(text, width, STYLES.heroText).length * leading(STYLES.heroText) +
    wrapped(also, width, STYLES.heroLabel).length * leading(STYLES.heroLabel);
  const height = Math.max(80, textHeight + 30);
  sheet.room(height);
  const top = sheet.y;
  const middle = top + height / 2;
  sheet.box(sheet.left, top, sheet.width, height, COLOURS.ink, 8);
  sheet.element('Sect', () => {
    sheet.element('P', () => sheet.text(label, sheet.left + inset, middle - 18, STYLES.heroLabel));
    sheet.element('P', () => sheet.text(amount, sheet.left + inset, middle + 17, style));
    sheet.y = middle - textHeight / 2 - 3;
    sheet.paragraph(text, left, balancedWidth(text, width, STYLES.heroText), STYLES.heroText);
    if (also !== '') sheet.paragraph(also, left, balancedWidth(also, width, STYLES.heroLabel), STYLES.heroLabel);
  });
  sheet.y = top + height + 20;
}

function drawRunningHead(sheet: Sheet, { seller, title, number }: Letter): number {
  drawMark(sheet, seller.name, 28, 18);
  const heading = `${title} ${number}`;
  const room = sheet.width - 26 - textWidth(heading, STYLES.label) - 20;
  sheet.text(shortened(seller.name, room, STYLES.strong), sheet.left + 26, 40.5, STYLES.strong);
  sheet.textRight(heading, sheet.right, 40.5, STYLES.label);
  return 58;
}

/** Seller on the left, with as many of its tax ids as fit whole; invoice, account and page on the right. */
function drawFoot(sheet: Sheet, { seller, number, accountId, texts }: Letter, page: string): void {
  sheet.box(0, 0, sheet.right + sheet.left, 6, sheet.accent);
  const baseline = sheet.height - 30;
  const position = [number, `${texts.account} ${accountId}`, page].join(' · ');
  const room = sheet.width - textWidth(position, STYLES.small) - 16;
  let legal = seller.name;
  for (const id of seller.taxIds) {
    const longer = `${legal} · ${taxIdLabel(id, texts)} ${id.value}`;
    if (textWidth(longer, STYLES.small) <= room) legal = longer;
  }
  sheet.rule(baseline - 14);
  sheet.text(shortened(legal, room, STYLES.small), sheet.left, baseline, STYLES.small);
  sheet.textRight(position, sheet.right, baseline, STYLES.small);
}
