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
export const dayOf = (date: PlainDate): number => Number(date.slice(8, 10));
export const firstOf = (month: Month): PlainDate => `${month}-01`;
export const daysIn = (month: Month): number => Temporal.PlainYearMonth.from(month).daysInMonth;
export const lastOf = (month: Month): PlainDate => `${month}-${String(daysIn(month)).padStart(2, '0')}`;
export const nextMonth = (month: Month): Month => Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();
export const addDays = (date: PlainDate, days: number): PlainDate =>
  Temporal.PlainDate.from(date).add({ days }).toString();
/** Adds months, clamped to the month's end: 31 January + 1 month = 28 February. */
export const addMonths = (date: PlainDate, months: number): PlainDate =>
  Temporal.PlainDate.from(date).add({ months }).toString();
/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: PlainDate, b: PlainDate): number =>
  Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b)).days;

/** Whole months of a period, at least one: December is 1, a year 12, thirty days 1. */
export const monthsIn = ({ from, to }: ServicePeriod): number =>
  Math.max(1, Temporal.PlainDate.from(from).until(addDays(to, 1), { largestUnit: 'months' }).months);

/** The calendar date at `now` in an IANA time zone. */
export const dateIn = (now: Instant, timeZone: string): PlainDate =>
  Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
/** The instant at which a date begins in an IANA time zone. */
export const startOfDay = (date: PlainDate, timeZone: string): Instant =>
  new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
export const addMinutes = (now: Instant, minutes: number): Instant =>
  new Date(Date.parse(now) + minutes * 60_000).toISOString();
export const addHours = (now: Instant, hours: number): Instant => addMinutes(now, hours * 60);
