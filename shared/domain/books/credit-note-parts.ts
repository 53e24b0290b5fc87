import { apportion } from '../apportion.ts';
import type { Invoice, TaxLine } from '../invoice.ts';
import { money, scale, sumOf } from '../money.ts';
import { taxesOn } from '../tax/taxes-on.ts';
import { AdjustmentRefused } from './refusals.ts';

const PPM = 1_000_000;

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
 * `lines`: these, each in full or by an amount without tax; the taxes follow; with a `total`, so much of them with tax,
 * alike. `amount`: so much with tax, of everything alike. `all`: whatever is left.
 */
export type CreditWish =
  | {
      readonly kind: 'lines';
      readonly lines: readonly { readonly line: number; readonly amount?: number }[];
      readonly total?: number;
    }
  | { readonly kind: 'amount'; readonly amount: number }
  | { readonly kind: 'all' };

/** What a credit note consists of. */
export type CreditedParts = { readonly lines: readonly CreditedLine[]; readonly taxes: readonly CreditedTax[] };

/**
 * Which parts of an invoice a wish credits, never more of a line or the whole than earlier credit notes left: where some
 * lines gave something back, all the others come to more than the customer was to pay. Throws `AdjustmentRefused`
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
      return sharedOut(wish.amount, invoice, left);
    }
    case 'lines': {
      const lines = chosen(invoice, left.lines, wish.lines);
      const taxes = invoice.taxes.map((tax) => taxOn(tax, invoice, left, lines));
      const whole = sum(lines) + sum(taxes);
      refuseMore(whole, 'lines');
      const { total = whole } = wish;
      if (total > whole) throw new AdjustmentRefused('amount_exceeds_line', 'amount', `${whole} are left`);
      return sharedOut(total, invoice, { lines, taxes });
    }
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Amounts of lines and taxes in the order of the invoice, such as what no credit note has taken yet. */
interface Amounts {
  readonly lines: readonly number[];
  readonly taxes: readonly number[];
}

function leftOf({ lines, taxes }: Invoice, earlier: readonly CreditedParts[]): Amounts {
  return {
    lines: lines.map(
      ({ line, amount }) => amount - sumOf(earlier.flatMap((note) => note.lines.filter((of) => of.line === line))),
    ),
    taxes: taxes.map(
      ({ amount }, index) =>
        amount - sumOf(earlier.flatMap((note) => note.taxes.filter((of) => of.index === index + 1))),
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
 * A tax is credited at its rate on the lines that it was charged on: counted from all that was ever credited of them and
 * rounded once, so that many parts never come to more or less than the whole.
 */
function taxOn(tax: TaxLine, { lines, taxes, currency }: Invoice, left: Amounts, credited: readonly number[]): number {
  const reached = lines.map((line) => taxesOn(line, taxes).includes(tax));
  const on = (amounts: readonly number[]) => sum(amounts.filter((_amount, place) => reached[place]));
  if (on(credited) === 0) return 0;
  const base = tax.base - on(left.lines) + on(credited);
  const taken = tax.amount - left.taxes[taxes.indexOf(tax)]!;
  return Math.max(0, scale(money(base, currency), tax.ratePpm, PPM).amount - taken);
}

/** So much of some parts, alike. */
function sharedOut(amount: number, invoice: Invoice, { lines, taxes }: Amounts): CreditedParts {
  const shares = apportion(amount, [...lines, ...taxes]);
  return partsOf(invoice, shares.slice(0, lines.length), shares.slice(lines.length));
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
