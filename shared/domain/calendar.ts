import { Temporal } from 'temporal-polyfill';

/** A calendar date, `YYYY-MM-DD`, always read in the seller's time zone. Plain strings sort and store as they are. */
export type PlainDate = string;
/** A calendar month, `YYYY-MM`. */
export type Month = string;
/** A point in time in UTC, ISO 8601 with milliseconds: `2026-12-01T05:00:00.000Z`. */
export type Instant = string;

/** Both ends belong to the period. */
export interface ServicePeriod {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

export const monthOf = (date: PlainDate): Month => date.slice(0, 7);
export const dayOf = (date: PlainDate): number => twoDigits(date, 8);
export const firstOf = (month: Month): PlainDate => `${month}-01`;
export const daysIn = (month: Month): number => daysOfMonth(yearOf(month), monthNumber(month));
export const lastOf = (month: Month): PlainDate => `${month}-${TWO_DIGITS[daysIn(month)]}`;
export const nextMonth = (month: Month): Month => monthAt(monthIndex(month) + 1);
/** Adds days; a negative number takes them away. */
export const addDays = (date: PlainDate, days: number): PlainDate => dateAt(dayNumber(date) + days);
/** Adds months, clamped to the month's end: 31 January + 1 month = 28 February. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const month = monthAt(monthIndex(date) + months);
  return `${month}-${TWO_DIGITS[Math.min(dayOf(date), daysIn(month))]}`;
}
/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: PlainDate, b: PlainDate): number => dayNumber(b) - dayNumber(a);
/** Whole calendar months from the month of `a` to that of `b`, without regard to days. */
export const monthsBetween = (a: Month | PlainDate, b: Month | PlainDate): number => monthIndex(b) - monthIndex(a);
/** How many days a period has, both ends counted. */
export const daysOf = (period: ServicePeriod): number => daysBetween(period.from, period.to) + 1;

/** The period of `length` days that contains `date`, in the unbroken sequence of such periods that begins on `anchor`. */
export function periodOfDays(anchor: PlainDate, length: number, date: PlainDate): ServicePeriod {
  const from = addDays(anchor, Math.floor(daysBetween(anchor, date) / length) * length);
  return { from, to: addDays(from, length - 1) };
}

/**
 * The period of `months` months that contains `date`, in the sequence that begins on `anchor`. Each begins on the anchor's
 * day of the month, or the last day where the month is shorter: the sequence never drifts.
 */
export function periodOfMonths(anchor: PlainDate, months: number, date: PlainDate): ServicePeriod {
  let index = Math.floor(monthsBetween(anchor, date) / months);
  if (addMonths(anchor, index * months) > date) index -= 1;
  return {
    from: addMonths(anchor, index * months),
    to: addDays(addMonths(anchor, (index + 1) * months), -1),
  };
}

/*
 * Dates are plain strings, and invoices ask for them by the million: integer arithmetic on the proleptic Gregorian
 * calendar, in years from 0001 to 9999. A property holds it against Temporal.
 */
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days before each month in a year that begins in March, so that the leap day comes last. */
const DAYS_BEFORE = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

const twoDigits = (date: string, at: number): number => date.charCodeAt(at) * 10 + date.charCodeAt(at + 1) - ZEROES;
const ZEROES = '0'.charCodeAt(0) * 11;
const yearOf = (date: string): number => twoDigits(date, 0) * 100 + twoDigits(date, 2);
const monthNumber = (date: string): number => twoDigits(date, 5);
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysOfMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? Number.NaN);

const fourDigits = (year: number): string => {
  const century = Math.floor(year / 100);
  return `${TWO_DIGITS[century]}${TWO_DIGITS[year - century * 100]}`;
};
const monthIndex = (date: string): number => yearOf(date) * 12 + monthNumber(date) - 1;
const monthAt = (index: number): Month => {
  const year = Math.floor(index / 12);
  return `${fourDigits(year)}-${TWO_DIGITS[index - year * 12 + 1]}`;
};

/** Days since 1 March of the year 0. */
function dayNumber(date: PlainDate): number {
  const month = monthNumber(date);
  const year = month < 3 ? yearOf(date) - 1 : yearOf(date);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + (DAYS_BEFORE[month - 1] ?? Number.NaN) + dayOf(date) - 1;
}

function dateAt(number: number): PlainDate {
  const centuries = Math.floor((4 * number + 3) / 146_097);
  const ofCentury = number - Math.floor((146_097 * centuries) / 4);
  const years = Math.floor((4 * ofCentury + 3) / 1461);
  const ofYear = ofCentury - Math.floor((1461 * years) / 4);
  const march = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  const year = centuries * 100 + years + (march > 9 ? 1 : 0);
  return `${fourDigits(year)}-${TWO_DIGITS[march > 9 ? march - 9 : march + 3]}-${TWO_DIGITS[day]}`;
}

/** Whole months of a period, at least one: December is 1, a year 12, thirty days 1, the quarter from 30 November 3. */
export function monthsIn({ from, to }: ServicePeriod): number {
  const next = addDays(to, 1);
  const months = monthIndex(next) - monthIndex(from);
  // The last day of a short month stands for the 29th to the 31st.
  const anniversary = Math.min(dayOf(from), daysOfMonth(yearOf(next), monthNumber(next)));
  return Math.max(1, dayOf(next) < anniversary ? months - 1 : months);
}

/** The calendar date at `now` in an IANA time zone. */
export const dateIn = (now: Instant, timeZone: string): PlainDate =>
  Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
/** The instant at which a date begins in an IANA time zone. */
export const startOfDay = (date: PlainDate, timeZone: string): Instant =>
  new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
/** Later, or with a negative number earlier. */
export const addMinutes = (now: Instant, minutes: number): Instant =>
  new Date(Date.parse(now) + minutes * 60_000).toISOString();
export const addHours = (now: Instant, hours: number): Instant => addMinutes(now, hours * 60);
