import { apportion } from '../apportion.ts';
import type { Invoice, InvoiceLine, TaxLine } from '../invoice.ts';
import { money, scale } from '../money.ts';
import { AdjustmentRefused } from './refusals.ts';

/** What of a line of the invoice is credited, without tax, in minor units. */
export interface CreditedLine {
  readonly line: number;
  readonly description: string;
  readonly amount: number;
}

/** What of a tax of the invoice is credited. `index` is its place on the invoice, from 1. */
export interface CreditedTax {
  readonly index: number;
  readonly label: string;
  readonly tax: string;
  readonly jurisdiction: string;
  readonly ratePpm: number;
  readonly amount: number;
}

/**
 * `lines`: these, each in full or by an amount without tax; the taxes follow. `amount`: so much with tax, of everything
 * alike. `all`: whatever is left.
 */
export type CreditWish =
  | { readonly kind: 'lines'; readonly lines: readonly { readonly line: number; readonly amount?: number }[] }
  | { readonly kind: 'amount'; readonly amount: number }
  | { readonly kind: 'all' };

/** What a credit note consists of. */
export type CreditedParts = { readonly lines: readonly CreditedLine[]; readonly taxes: readonly CreditedTax[] };

/**
 * Which parts of an invoice a wish credits, never more of a line, a tax or the whole than earlier credit notes left: where
 * some lines gave something back, all the others come to more than the customer was to pay. Throws `AdjustmentRefused`
 * (`line_not_found`, `amount_exceeds_line`, `amount_exceeds_invoice`).
 */
export function creditedParts(invoice: Invoice, earlier: readonly CreditedParts[], wish: CreditWish): CreditedParts {
  const left = leftOf(invoice, earlier);
  const most = sum(left.lines) + sum(left.taxes);
  const refuseMore = (amount: number, field: string): void => {
    if (amount > most) throw new AdjustmentRefused('amount_exceeds_invoice', field, `${Math.max(0, most)} are left`);
  };
  switch (wish.kind) {
    case 'all':
      return partsOf(invoice, left.lines, left.taxes);
    case 'amount': {
      refuseMore(wish.amount, 'amount');
      const shares = apportion(wish.amount, [...left.lines, ...left.taxes]);
      return partsOf(invoice, shares.slice(0, left.lines.length), shares.slice(left.lines.length));
    }
    case 'lines': {
      const lines = chosen(invoice, left.lines, wish.lines);
      const taxes = invoice.taxes.map((tax, index) => taxOn(tax, invoice, left, lines, index));
      refuseMore(sum(lines) + sum(taxes), 'lines');
      return partsOf(invoice, lines, taxes);
    }
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** In the order of the invoice: what no credit note has taken yet. */
interface Left {
  readonly lines: readonly number[];
  readonly taxes: readonly number[];
}

function leftOf({ lines, taxes }: Invoice, earlier: readonly CreditedParts[]): Left {
  const takenOf = (amounts: readonly { readonly amount: number }[]): number =>
    amounts.reduce((total, { amount }) => total + amount, 0);
  return {
    lines: lines.map(
      ({ line, amount }) => amount - takenOf(earlier.flatMap((note) => note.lines.filter((of) => of.line === line))),
    ),
    taxes: taxes.map(
      ({ amount }, index) =>
        amount - takenOf(earlier.flatMap((note) => note.taxes.filter((of) => of.index === index + 1))),
    ),
  };
}

function chosen(
  invoice: Invoice,
  left: readonly number[],
  wished: Extract<CreditWish, { kind: 'lines' }>['lines'],
): number[] {
  const amounts = invoice.lines.map(() => 0);
  for (const [index, { line, amount }] of wished.entries()) {
    const place = invoice.lines.findIndex((candidate) => candidate.line === line);
    const most = left[place];
    if (most === undefined || amounts[place] !== 0)
      throw new AdjustmentRefused('line_not_found', `lines.${index}.line`);
    if ((amount ?? most) > most || most <= 0)
      throw new AdjustmentRefused('amount_exceeds_line', `lines.${index}.amount`, `${Math.max(0, most)} are left`);
    amounts[place] = amount ?? most;
  }
  return amounts;
}

/**
 * A tax is credited in proportion to what it was charged on: counted from all that was ever credited and rounded once, so
 * that many parts never come to more or less than the whole.
 */
function taxOn(tax: TaxLine, invoice: Invoice, left: Left, lines: readonly number[], index: number): number {
  const remaining = left.taxes[index] ?? 0;
  if (remaining === 0 || tax.base === 0) return 0;
  const reached = reachedBy(tax, invoice);
  const now = invoice.lines.reduce((total, line, place) => total + (reached(line) ? (lines[place] ?? 0) : 0), 0);
  if (now === 0) return 0;
  const credited = invoice.lines.reduce(
    (total, line, place) => total + (reached(line) ? line.amount - (left.lines[place] ?? 0) : 0),
    now,
  );
  const whole = scale(money(tax.amount, invoice.currency), credited, tax.base).amount;
  const part = whole - (tax.amount - remaining);
  return Math.max(0, Math.min(part, remaining));
}

/**
 * Which lines a tax was charged on. A certificate may have freed some tax codes; which ones follows from the base, for the
 * lines of a code are taxed alike.
 */
function reachedBy(tax: TaxLine, { lines }: Invoice): (line: InvoiceLine) => boolean {
  const possible = lines.filter(
    ({ taxCode, taxTreatment }) => taxTreatment === undefined && !tax.exempt?.includes(taxCode),
  );
  const codes = [...new Set(possible.map(({ taxCode }) => taxCode))];
  const baseOf = (free: number): number =>
    possible.reduce((total, line) => total + ((free >> codes.indexOf(line.taxCode)) & 1 ? 0 : line.amount), 0);
  let free = 0;
  while (free < 1 << codes.length && baseOf(free) !== tax.base) free++;
  return (line) => possible.includes(line) && ((free >> codes.indexOf(line.taxCode)) & 1) === 0;
}

function partsOf(invoice: Invoice, lines: readonly number[], taxes: readonly number[]): CreditedParts {
  return {
    lines: invoice.lines
      .map(({ line, description }, place) => ({ line, description, amount: lines[place] ?? 0 }))
      .filter(({ amount }) => amount !== 0),
    taxes: invoice.taxes
      .map(({ label, tax, jurisdiction, ratePpm }, place) => ({
        ...{ index: place + 1, label, tax, jurisdiction, ratePpm },
        amount: taxes[place] ?? 0,
      }))
      .filter(({ amount }) => amount !== 0),
  };
}
