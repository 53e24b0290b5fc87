import { dayOf, type Month, monthOf, type PlainDate, type ServicePeriod } from '../calendar.ts';
import { type Currency, MINOR_UNITS } from '../money.ts';
import type { Exact } from './exact.ts';

/** Figures as an explanation writes them: English, exact, from integers only. */

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const PPM_PER_PERCENT = 10_000n;
/** Digits shown of a fraction of a minor unit that does not end. */
const MOST_DIGITS = 6;
/** Two more tell whether it ends. */
const SCALE = 10n ** BigInt(MOST_DIGITS + 2);

/** `EUR 1,234.50`, `JPY 1,234`, from minor units. */
export const moneyText = (minor: number | bigint, currency: Currency): string =>
  exactText({ dividend: BigInt(minor), divisor: 1n }, currency);

/** `EUR 0.0055`, `JPY 14.5`, from millionths of the major unit: at least the currency's decimals, and every one that the price has. */
export const priceText = (micros: number | bigint, currency: Currency): string =>
  `${currency} ${decimal({ dividend: BigInt(micros), divisor: 1_000_000n }, MINOR_UNITS[currency].decimals)}`;

/** `EUR 12.903225…`, from minor units before rounding; without the ellipsis where that is all. */
export function exactText({ dividend, divisor }: Exact, currency: Currency): string {
  const { decimals, perMajorUnit } = MINOR_UNITS[currency];
  return `${currency} ${decimal({ dividend, divisor: divisor * BigInt(perMajorUnit) }, decimals)}`;
}

/** `9.975 %`, from parts per million. */
export const percentText = (ppm: number): string =>
  `${decimal({ dividend: BigInt(ppm), divisor: PPM_PER_PERCENT }, 0)} %`;

/** `2,000`, of a whole number. */
export const countText = (count: number): string => `${count < 0 ? '−' : ''}${grouped(String(Math.abs(count)))}`;

/** `20:30 minutes`, from seconds. */
export function minutesText(seconds: number): string {
  const rest = Math.abs(seconds) % 60;
  const whole = countText((Math.abs(seconds) - rest) / 60);
  const text = `${seconds < 0 ? '−' : ''}${whole}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
  return `${text} ${text === '1' ? 'minute' : 'minutes'}`;
}

/** `2 devices`. */
export const unitsText = (count: number, unit: string): string =>
  `${countText(count)} ${unit}${Math.abs(count) === 1 ? '' : 's'}`;

export const monthName = (month: Month): string => MONTHS[Number(month.slice(5, 7)) - 1]!;
/** `June 2026`. */
export const monthText = (month: Month): string => `${monthName(month)} ${month.slice(0, 4)}`;
/** `15 June 2026`. */
export const dateText = (date: PlainDate): string => `${dayOf(date)} ${monthText(monthOf(date))}`;
/** `1 June 2026 to 30 June 2026`. */
export const periodText = ({ from, to }: ServicePeriod): string =>
  from === to ? dateText(from) : `${dateText(from)} to ${dateText(to)}`;

/** `line 2`, `lines 1, 2 and 5`, `lines 1 to 7`. */
export function linesText(lines: readonly number[]): string {
  const sorted = [...lines].sort((a, b) => a - b);
  const [first = 0] = sorted;
  const last = sorted.at(-1) ?? 0;
  if (sorted.length > 2 && last - first === sorted.length - 1) return `lines ${first} to ${last}`;
  return `${sorted.length === 1 ? 'line' : 'lines'} ${listText(sorted.map(String))}`;
}

/** `a, b and c`. */
export const listText = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Thousands, of digits. */
const grouped = (digits: string): string => (digits.length > 3 ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits);

/** A fraction in decimal digits, at least `least` after the point, cut after `MOST_DIGITS` with an ellipsis. */
function decimal({ dividend, divisor }: Exact, least: number): string {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const scaled = (magnitude * SCALE) / divisor;
  const ends = scaled * divisor === magnitude * SCALE;
  const digits = scaled.toString().padStart(MOST_DIGITS + 3, '0');
  const whole = grouped(digits.slice(0, -MOST_DIGITS - 2));
  const places = digits.slice(-MOST_DIGITS - 2);
  const shown = ends ? places.replace(/0+$/, '').padEnd(least, '0') : `${places.slice(0, MOST_DIGITS)}…`;
  return `${dividend < 0n ? '−' : ''}${whole}${shown === '' ? '' : `.${shown}`}`;
}
