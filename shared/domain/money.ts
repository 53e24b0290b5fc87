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
  return roundHalfUp(BigInt(amount.amount) * BigInt(numerator), BigInt(denominator), amount.currency);
}

/**
 * An exact price in millionths of the major unit, times `numerator ÷ denominator`, as money: the one place where a line
 * is rounded, half away from zero (137 × 0.0055 = 0.7535 → 0.75). The parts of the ratio are whole and not negative.
 */
export function fromMicros(micros: bigint, currency: Currency, numerator = 1, denominator = 1): Money {
  const divisor = BigInt(denominator) * BigInt(MICROS_PER_MINOR_UNIT);
  return roundHalfUp(micros * BigInt(numerator), divisor, currency);
}

/** The exact `sum ÷ divisor` in minor units, rounded half away from zero: where a line's amount is rounded, once. */
export function roundHalfUp(sum: bigint, divisor: bigint, currency: Currency): Money {
  const magnitude = sum < 0n ? -sum : sum;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return money(Number(sum < 0n ? -rounded : rounded), currency);
}
