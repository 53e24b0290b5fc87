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
 * A quotient as a whole number: `half-up` is half away from zero, `down` towards minus infinity, so that what is rounded
 * down never exceeds the exact amount, credits included. `denominator` is positive. Throws `amount_not_integer`.
 */
export function roundedQuotient(numerator: bigint, denominator: bigint, rounding: 'half-up' | 'down'): number {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded =
    rounding === 'half-up'
      ? (2n * magnitude + denominator) / (2n * denominator)
      : numerator < 0n
        ? (magnitude + denominator - 1n) / denominator
        : magnitude / denominator;
  const result = Number(numerator < 0n ? -rounded : rounded);
  if (!Number.isSafeInteger(result))
    throw new BillingError('amount_not_integer', `${numerator}/${denominator} is too large for minor units`);
  return result === 0 ? 0 : result;
}
