import { dayOf, daysIn, type Month, monthOf, type PlainDate } from './calendar.ts';
import { type Money, scale } from './money.ts';

/** The part of a month that is charged: `days` of its `of` days. */
export interface DayCount {
  readonly days: number;
  readonly of: number;
}

/**
 * Days charged for a start, an addition or a removal on a date: the day itself is free, a start on the 1st is the full
 * month, and the month has its actual days (R98, C19: 15 July is 16/31, 15 June is 15/30, the last day is 0).
 */
export function chargeableDays(effectiveOn: PlainDate): DayCount {
  const of = daysIn(monthOf(effectiveOn));
  const day = dayOf(effectiveOn);
  return { days: day === 1 ? of : of - day, of };
}

export const fullMonth = (month: Month): DayCount => ({ days: daysIn(month), of: daysIn(month) });

/**
 * `unit price × quantity × days ÷ days of the month`, rounded once half-up. A removal is a negative quantity and so a
 * credit by the same count: added and removed on one day nets to zero (R97).
 */
export const prorate = (unitPrice: Money, quantity: number, count: DayCount): Money =>
  scale(unitPrice, quantity * count.days, count.of);
