import type { Explanation, FeeExplanation, ProrationExplanation, UsageRow } from '../explanation.ts';
import { type Currency, MINOR_UNITS, roundedQuotient } from '../money.ts';
import { priceOf } from '../pricing.ts';

/** Minor units before rounding, as the fraction `dividend ÷ divisor`. Never a float. */
export interface Exact {
  readonly dividend: bigint;
  /** Positive. */
  readonly divisor: bigint;
}

export type Rounding = FeeExplanation['rounding'];

const PPM = 1_000_000n;
const SECONDS_PER_MINUTE = 60n;

/** Millionths of the major unit as minor units. */
export const fromMicros = (micros: bigint, currency: Currency): Exact => ({
  dividend: micros,
  divisor: MINOR_UNITS[currency].micros,
});

/** What a line comes to before it is rounded, from its explanation alone. */
export function exactAmount(explanation: Explanation, currency: Currency): Exact {
  switch (explanation.kind) {
    case 'period':
      return fromMicros(
        priceOf(explanation.price.pricing, explanation.quantity) * BigInt(explanation.periods),
        currency,
      );
    case 'purchase':
      return fromMicros(priceOf(explanation.price.pricing, explanation.quantity), currency);
    case 'proration':
      return proration(explanation, currency);
    case 'usage':
      return explanation.rows.map((row) => exactRow(row, currency)).reduce(plus, { dividend: 0n, divisor: 1n });
    case 'allowance':
      return { dividend: 0n, divisor: 1n };
    case 'fee':
      return fee(explanation, currency);
  }
}

/** A price is per minute and the quantity in seconds, or both are about message credits. */
export function exactRow({ rate, quantity }: UsageRow, currency: Currency): Exact {
  const micros = BigInt(rate.micros) * BigInt(quantity);
  const { dividend, divisor } = fromMicros(micros, currency);
  return { dividend, divisor: divisor * (rate.per === 'minute' ? SECONDS_PER_MINUTE : 1n) };
}

/** A fee has a base in minor units, a count, or both; what it does not have is 0. */
function fee({ base, sharePpm, ratePpm, count, perUnitMicros }: FeeExplanation, currency: Currency): Exact {
  const ofBase = { dividend: BigInt(base) * BigInt(sharePpm) * BigInt(ratePpm), divisor: PPM * PPM };
  return plus(ofBase, fromMicros(BigInt(count) * BigInt(perUnitMicros), currency));
}

function proration({ price, before, after, days, of }: ProrationExplanation, currency: Currency): Exact {
  const { dividend, divisor } = fromMicros(priceOf(price.pricing, after) - priceOf(price.pricing, before), currency);
  return { dividend: dividend * BigInt(days), divisor: divisor * BigInt(of) };
}

const plus = (a: Exact, b: Exact): Exact => ({
  dividend: a.dividend * b.divisor + b.dividend * a.divisor,
  divisor: a.divisor * b.divisor,
});

/** Whole minor units: half away from zero, or down, so that the exact amount is never exceeded, credits included. */
export const rounded = ({ dividend, divisor }: Exact, rounding: Rounding): number =>
  roundedQuotient(dividend, divisor, rounding);
