import type { PlainDate } from '../domain/calendar.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { Currency } from '../domain/money.ts';
import { drawFacts } from './facts.ts';
import type { Formats } from './format.ts';
import { paysInPortal } from './next-step.ts';
import type { Grid } from './pdf/squares.ts';
import type { PrintedInvoice } from './printed-invoice.ts';
import { linkCode, transferCode } from './qr-codes.ts';
import type { Sheet } from './sheet.ts';
import { COLOURS, leading, STYLES } from './styles.ts';
import type { DocumentTexts } from './texts/texts.ts';
import { textWidth, wrapped } from './wrap.ts';

const INSET = 18;

/** A code with what it is for under it, and what it says in words. */
interface Code {
  readonly code: Grid;
  /** Whether others have the same. */
  readonly shared: boolean;
  readonly caption: string;
  readonly alternative: string;
}

/** How something is paid: so high, and drawn at the foot of the page. */
export interface PaymentPart {
  readonly height: number;
  readonly draw: () => void;
}

/** What a slip asks for. */
export interface Payable {
  readonly seller: Invoice['seller'];
  readonly buyer: Invoice['buyer'];
  readonly currency: Currency;
  readonly label: string;
  /** Minor units. */
  readonly amount: number;
  /** Absent: what it asks for is due on several days. */
  readonly dueDate?: PlainDate;
  readonly reference: string;
  readonly texts: DocumentTexts;
  readonly formats: Formats;
}

/**
 * A slip to pay a transfer with where one is expected, and otherwise the way to the portal. Bank details stand nowhere else:
 * nobody is invited to pay what is collected anyway, or what is not owed.
 */
export function paymentPart(sheet: Sheet, printed: PrintedInvoice): PaymentPart {
  const { invoice, texts, formats, due } = printed;
  const { payment, seller, buyer, currency, dueDate, number } = invoice;
  const transferred = payment.kind === 'customer-pays' && payment.terms === 'wire' && due > 0;
  if (!transferred || seller.bankAccount === undefined)
    return { height: PORTAL, draw: () => drawPortal(sheet, printed) };
  const of = { seller, buyer, currency, label: texts.amountDue, amount: due, dueDate, reference: number };
  return slipPart(sheet, { ...of, texts, formats }, seller.bankAccount);
}

/** As a place at the foot of the page that is `height` points high, or of the next one. */
function atFoot(sheet: Sheet, height: number): number {
  sheet.room(height);
  return Math.max(sheet.y, sheet.bottom - height);
}

/** Points: the part, its code, and the width of what is written under the code. */
const PORTAL = 96;
const PORTAL_CODE = 58;
const CAPTION = 110;

function drawPortal(sheet: Sheet, printed: PrintedInvoice): void {
  const { invoice, texts, due } = printed;
  const { payment, seller } = invoice;
  const automatic = payment.kind === 'autopay' && due > 0;
  const top = atFoot(sheet, PORTAL);
  const left = sheet.left + INSET;
  const width = sheet.width - 2 * INSET - CAPTION - 10;
  const sentence = wrapped(printed.nextStep, width, STYLES.body).length * leading(STYLES.body);
  const height = leading(STYLES.heading) + 2 + sentence + 3 + leading(STYLES.body);
  sheet.box(sheet.left, top, sheet.width, PORTAL, COLOURS.tint, 8);
  sheet.element('Sect', () => {
    sheet.y = top + (PORTAL - height) / 2 - 2;
    sheet.heading('H2', automatic ? texts.payment.automatic : texts.payment.heading, left, width);
    sheet.y += 2;
    sheet.paragraph(printed.nextStep, left, width, STYLES.body);
    sheet.y += 3;
    sheet.link(seller.support.portalUrl.replace(/^https:\/\//, ''), left, width, STYLES.body, seller.support.portalUrl);
    const code = portalOf(seller, texts, paysInPortal(invoice) && due > 0);
    drawCode(
      sheet,
      code,
      sheet.right - INSET - (CAPTION - INSET) / 2 - PORTAL_CODE / 2,
      top + 12,
      PORTAL_CODE,
      CAPTION,
    );
  });
  sheet.y = top + PORTAL;
}

/** `pays`: something may be paid there. */
function portalOf({ support: { portalUrl } }: Invoice['seller'], { payment }: DocumentTexts, pays: boolean): Code {
  const { scanPortal, scanView, portalCode } = payment;
  return {
    code: linkCode(portalUrl),
    shared: true,
    caption: pays ? scanPortal : scanView,
    alternative: portalCode(portalUrl),
  };
}

/** For euro accounts only: the scheme knows no other currency. */
function transferOf({ seller, buyer, currency, amount, reference, texts, formats }: Payable): Code[] {
  const { name, bankAccount } = seller;
  if (currency !== 'EUR' || bankAccount?.iban === undefined) return [];
  const { iban, bic } = bankAccount;
  const code = transferCode({ payee: name, iban, bic, payerCountry: buyer.address.country, amount, reference });
  if (code === undefined) return [];
  const { scanTransfer, transferCode: words } = texts.payment;
  return [{ code, shared: false, caption: scanTransfer, alternative: words(name, formats.money(amount), reference) }];
}

type Bank = NonNullable<Invoice['seller']['bankAccount']>;

/** A slip to pay a transfer with. */
export function slipPart(sheet: Sheet, payable: Payable, bank: Bank): PaymentPart {
  const { seller, label, amount, dueDate, reference, texts, formats } = payable;
  const codes = [portalOf(seller, texts, true), ...transferOf(payable)];
  const width = sheet.width - codes.length * (CODE + 18) - 24;
  const other = wrapped(bank.text ?? '', width, STYLES.body).length * leading(STYLES.body);
  const facts = [
    [label, formats.money(amount)],
    ...(dueDate === undefined ? [] : [[texts.dueDate, formats.date(dueDate)] as const]),
    [texts.payment.payee, seller.name],
    ...(bank.iban === undefined ? [] : [[texts.payment.iban, bank.iban] as const]),
    ...(bank.bic === undefined ? [] : [[texts.payment.bic, bank.bic] as const]),
    [texts.payment.transferReference, reference],
  ] as const;
  const heading = wrapped(texts.payment.slip, width, STYLES.heading).length * leading(STYLES.heading);
  const payee = wrapped(seller.name, width, STYLES.strong).length;
  const height = Math.max(CODE + 40, heading + other + (facts.length + payee) * leading(STYLES.label) + 30);
  const draw = () => {
    const top = atFoot(sheet, height);
    sheet.box(0, top, sheet.left + sheet.right, sheet.height - top, COLOURS.tint);
    sheet.dashes(top);
    sheet.element('Sect', () => {
      sheet.y = top + 12;
      sheet.heading('H2', texts.payment.slip, sheet.left, width);
      sheet.y += 4;
      drawFacts(sheet, sheet.left, sheet.left + width, facts);
      if (bank.text !== undefined) sheet.paragraph(bank.text, sheet.left, width, STYLES.body);
      codes.forEach((code, index) => {
        drawCode(sheet, code, sheet.right - INSET / 2 - (index + 1) * CODE - index * 22, top + 16, CODE, CODE + 20);
      });
    });
    sheet.y = top + height;
  };
  return { height, draw };
}

/** Points: large enough to be scanned from paper. */
const CODE = 88;

/** A code with its caption centred under it. */
function drawCode(sheet: Sheet, of: Code, x: number, top: number, size: number, captionWidth: number): void {
  const { code, shared, caption, alternative } = of;
  sheet.box(x, top, size, size, COLOURS.paper, 4);
  sheet.picture(alternative, x, top, size, size, () => sheet.squares(code, x, top, size, shared));
  sheet.y = top + size + 1;
  sheet.element('P', () => {
    for (const line of wrapped(caption, captionWidth, STYLES.tiny)) {
      sheet.y += leading(STYLES.tiny);
      sheet.text(`${line} `, x + (size - wide(line)) / 2, sheet.y, STYLES.tiny);
    }
  });
}

const wide = (line: string): number => textWidth(line, STYLES.tiny);
