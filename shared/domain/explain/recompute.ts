import type { Explanation } from '../explanation.ts';
import type { TaxLine } from '../invoice.ts';
import { type Currency, money } from '../money.ts';
import { type Exact, exactAmount, type Rounding, rounded } from './exact.ts';

/**
 * The amount of a line in minor units of `currency`, from its explanation alone: exact until it is rounded once. Always the
 * line's amount; it shares only the catalog's pricing and the rounding with what charged the line. Throws
 * `amount_not_integer` beyond what an amount can hold.
 */
export const recompute = (explanation: Explanation, currency: Currency): number =>
  money(rounded(exactAmount(explanation, currency), roundingOf(explanation)), currency).amount;

/** The tax of a tax line, in minor units: its base × its rate, rounded once as its row says. */
export const recomputeTax = (tax: TaxLine, currency: Currency): number =>
  money(rounded(exactTax(tax), tax.rounding.method), currency).amount;

/** Every line is rounded half-up; only a fee may have a rule of its own (47 CFR 54.712: the USF never exceeds its share). */
export const roundingOf = (explanation: Explanation): Rounding =>
  explanation.kind === 'fee' ? explanation.rounding : 'half-up';

/** A tax before it is rounded: its base in minor units, times parts per million. */
export const exactTax = ({ base, ratePpm }: TaxLine): Exact => ({
  dividend: BigInt(base) * BigInt(ratePpm),
  divisor: 1_000_000n,
});
