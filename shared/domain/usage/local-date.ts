import { Temporal } from 'temporal-polyfill';
import type { Instant, PlainDate } from '../calendar.ts';

/** A date twice: as text, and as a number that compares fast. */
export interface LocalDate {
  readonly date: PlainDate;
  /** 2026-12-01 → 20261201. */
  readonly day: number;
  /** Minutes of that day that have passed. */
  readonly minute: number;
}

/** Time zones are offset by, and change at, whole quarters of an hour of UTC; within one, a date cannot change. */
const QUARTER = 900_000;
const MINUTE = 60_000;
/** Three years of quarters; a cache beyond that belongs to no billing run. */
const MOST_QUARTERS = 100_000;
const zones = new Map<string, Map<number, LocalDate>>();

/** The date and the minute in an IANA time zone. */
export function localMinute(millis: number, timeZone: string): LocalDate {
  const quarter = localDate(millis, timeZone);
  const passed = Math.floor((((millis % QUARTER) + QUARTER) % QUARTER) / MINUTE);
  return { ...quarter, minute: quarter.minute + passed };
}

/**
 * The calendar date in an IANA time zone, and the minute at which its quarter of an hour began. Remembered per quarter: a time
 * zone is looked up rarely.
 */
export function localDate(millis: number, timeZone: string): LocalDate {
  let quarters = zones.get(timeZone);
  if (quarters === undefined) {
    quarters = new Map();
    zones.set(timeZone, quarters);
  }
  const quarter = Math.floor(millis / QUARTER);
  const known = quarters.get(quarter);
  if (known !== undefined) return known;
  if (quarters.size >= MOST_QUARTERS) quarters.clear();
  const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO(timeZone);
  const date = zoned.toPlainDate().toString();
  const local = { date, day: dayNumber(date), minute: zoned.hour * 60 + zoned.minute };
  quarters.set(quarter, local);
  return local;
}

/** `2026-12-01` → 20261201. */
export const dayNumber = (date: PlainDate): number => Number(date.replaceAll('-', ''));

const FORM = '0000-00-00T00:00:00.000Z';
const ZERO = 48;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Milliseconds since 1970 of an instant in its one canonical form, `2026-12-01T05:00:00.000Z`; NaN for every other text,
 * because instants are compared as text. By hand, as `Date.parse` takes many forms and a date object per call.
 */
export function instantMillis(text: Instant): number {
  if (text.length !== FORM.length) return Number.NaN;
  for (let i = 0; i < FORM.length; i++) {
    const expected = FORM.charCodeAt(i);
    const code = text.charCodeAt(i);
    if (expected === ZERO ? code < ZERO || code > ZERO + 9 : code !== expected) return Number.NaN;
  }
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second, two(text, 20) * 10 + text.charCodeAt(22) - ZERO);
}

const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - ZERO * 11;

function daysOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && !leap ? 28 : DAYS[month - 1]!;
}
