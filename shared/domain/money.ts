import { BillingError } from './errors.ts';

/** An amount in integer minor units (cents, pence) of one currency. Never a float. */
export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** ISO 4217 codes of the currencies we bill in. Each has two decimals. */
export const CURRENCIES = ['USD', 'CAD', 'AUD', 'GBP', 'EUR'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Builds money from integer minor units. Throws `amount_not_integer` for anything a cent cannot express. */
export function money(amount: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amount)) {
    throw new BillingError('amount_not_integer', `${amount} is not a whole number of minor units of ${currency}`);
  }
  // A negative zero would print as "-0.00".
  return { amount: amount === 0 ? 0 : amount, currency };
}

/** What amounts come to, in minor units of their one currency. */
export const sumOf = (parts: readonly { readonly amount: number }[]): number =>
  parts.reduce((total, { amount }) => total + amount, 0);

/** Every currency that we bill in has cents: a minor unit is ten thousand millionths of the major one. */
export const MICROS_PER_MINOR_UNIT = 10_000;

/**
 * `amount × numerator ÷ denominator`, multiplied before divided, rounded once, half away from zero (domain rule: each
 * line and each tax is rounded once, commercial half-up; ETA s.165.2(2), GST Act s.9-90, CJEU C-484/06).
 */
export function scale(amount: Money, numerator: number, denominator: number): Money {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0) {
    throw new BillingError('amount_not_integer', `${numerator}/${denominator} is not a ratio of whole numbers`);
  }
  const product = BigInt(amount.amount) * BigInt(numerator);
  return money(roundedQuotient(product, BigInt(denominator), 'half-up'), amount.currency);
}

/**
 * An exact price in millionths of the major unit, times `numerator ÷ denominator`, as money: the one place where a line
 * is rounded, half away from zero (137 × 0.0055 = 0.7535 → 0.75). The parts of the ratio are whole and not negative.
 */
export function fromMicros(micros: bigint, currency: Currency, numerator = 1, denominator = 1): Money {
  const divisor = BigInt(denominator) * BigInt(MICROS_PER_MINOR_UNIT);
  return money(roundedQuotient(micros * BigInt(numerator), divisor, 'half-up'), currency);
}

/**
 * A quotient as a whole number: `half-up` is half away from zero, `down` towards minus infinity, so that what is rounded
 * down never exceeds the exact amount, credits included. `denominator` is positive. Throws `amount_not_integer`.
 */
export function roundedQuotient(numerator: bigint, denominator: bigint, rounding: 'half-up' | 'down'): number {
  const half = numerator < 0n ? -denominator : denominator;
  const rounded =
    rounding === 'half-up'
      ? (2n * numerator + half) / (2n * denominator)
      : (numerator - (((numerator % denominator) + denominator) % denominator)) / denominator;
  const result = Number(rounded);
  if (!Number.isSafeInteger(result))
    throw new BillingError('amount_not_integer', `${numerator}/${denominator} is too large for minor units`);
  return result;
}
