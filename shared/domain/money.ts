import { BillingError } from './errors.ts';

/** An amount in integer minor units (cents, pence, whole yen) of one currency. Never a float. */
export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** ISO 4217 codes of the currencies we bill in. */
export const CURRENCIES = ['USD', 'CAD', 'AUD', 'GBP', 'EUR', 'JPY'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** What a currency is divided into, and so how its amounts are rounded, written and read. */
export interface MinorUnit {
  /** Of an amount in the major unit; 0: there is nothing smaller than the major unit. */
  readonly decimals: 0 | 2;
  readonly perMajorUnit: 1 | 100;
  /** Prices are in millionths of the major unit. */
  readonly micros: bigint;
  /** As an explanation calls what an amount is rounded to. */
  readonly name: 'cent' | 'yen';
}

const HUNDREDTHS: MinorUnit = { decimals: 2, perMajorUnit: 100, micros: 10_000n, name: 'cent' };
const NONE: MinorUnit = { decimals: 0, perMajorUnit: 1, micros: 1_000_000n, name: 'yen' };

/** The minor unit of each currency: ISO 4217:2015, list one, column "Minor unit". Nothing else knows how many decimals one has. */
export const MINOR_UNITS: Readonly<Record<Currency, MinorUnit>> = {
  USD: HUNDREDTHS,
  CAD: HUNDREDTHS,
  AUD: HUNDREDTHS,
  GBP: HUNDREDTHS,
  EUR: HUNDREDTHS,
  JPY: NONE,
};

/** Builds money from integer minor units. Throws `amount_not_integer` for anything a minor unit cannot express. */
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
 * is rounded, half away from zero (137 × 0.0055 = 0.7535 → 0.75 in USD, and 1 in JPY). The parts of the ratio are whole and not negative.
 */
export function fromMicros(micros: bigint, currency: Currency, numerator = 1, denominator = 1): Money {
  const divisor = BigInt(denominator) * MINOR_UNITS[currency].micros;
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

/**
 * Minor units as machines read a decimal of the major unit, with a point and the currency's decimals: −123450 is `-1234.50`
 * in EUR and `-123450` in JPY.
 */
export function decimalText(minorUnits: number | bigint, currency: Currency): string {
  const { decimals } = MINOR_UNITS[currency];
  const sign = minorUnits < 0 ? '-' : '';
  const digits = String(minorUnits < 0 ? -minorUnits : minorUnits).padStart(decimals + 1, '0');
  if (decimals === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Undefined for a currency that is not billed in: how many decimals its amounts have is not known here. */
export const currencyFrom = (code: string): Currency | undefined => CURRENCIES.find((each) => each === code);
