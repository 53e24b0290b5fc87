import type { PlainDate } from '../calendar.ts';
import type { Explanation } from '../explanation.ts';
import type { TaxLine } from '../invoice.ts';
import { type Currency, money } from '../money.ts';
import { type Exact, exactAmount, type Rounding, rounded } from './exact.ts';

/**
 * The amount of a line in minor units of `currency`, from its explanation alone: exact until it is rounded once. Always the
 * line's amount; it shares no arithmetic but the catalog's pricing with what charged the line. Throws
 * `amount_not_integer` beyond what an amount can hold.
 */
export const recompute = (explanation: Explanation, currency: Currency): number =>
  money(rounded(exactAmount(explanation), roundingOf(explanation)), currency).amount;

/** What a tax line says of its row of the tax table; lines that were issued before rows said so lack it. */
export interface Published {
  readonly rounding?: { readonly method: Rounding; readonly source: string };
  readonly source?: string;
  readonly status?: 'final' | 'sample';
  readonly evidence?: {
    readonly kind: 'vat-id' | 'certificate';
    readonly id: string;
    readonly authority: string;
    readonly on: PlainDate;
  };
}

/** The tax of a tax line, in minor units: its base × its rate, rounded once, half-up unless its row says otherwise. */
export const recomputeTax = (tax: TaxLine & Published, currency: Currency): number =>
  money(rounded(exactTax(tax), tax.rounding?.method ?? 'half-up'), currency).amount;

/** Every line is rounded half-up; only a fee may have a rule of its own (47 CFR 54.712: the USF never exceeds its share). */
export const roundingOf = (explanation: Explanation): Rounding =>
  explanation.kind === 'fee' ? explanation.rounding : 'half-up';

export const exactTax = ({ base, ratePpm }: TaxLine): Exact => ({
  dividend: BigInt(base) * BigInt(ratePpm),
  divisor: 1_000_000n,
});
