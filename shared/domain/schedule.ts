import type { Account, Schedule } from './account.ts';
import {
  addDays,
  dayOf,
  firstOf,
  lastOf,
  type Month,
  monthOf,
  nextMonth,
  type PlainDate,
  periodOfDays,
  periodOfMonths,
  type ServicePeriod,
} from './calendar.ts';
import type { RecurringInterval } from './catalog.ts';
import { type InvoiceId, invoiceIdOf } from './invoice.ts';
import type { IntervalChange, Subscription } from './subscription.ts';

export type Scheduled = Pick<Account, 'schedule' | 'scheduleChanges' | 'billingStartDate'>;

/** A period that is paid for in advance, by the prices of its interval. */
export interface PaidPeriod extends ServicePeriod {
  readonly interval: RecurringInterval;
  /** The first day of the period after it. */
  readonly next: PlainDate;
}

/** By which prices a schedule charges, unless a subscription has an interval of its own. */
export const INTERVAL_OF: Readonly<Record<Schedule, RecurringInterval>> = {
  'calendar-month': 'month',
  'every-30-days': 'month',
  annual: 'year',
  quarterly: 'quarter',
};
export const MONTHS: Readonly<Record<RecurringInterval, number>> = { month: 1, quarter: 3, year: 12 };
const THIRTY_DAYS = 30;

/** The schedule that holds on a date, and the day from which its cycles are counted. */
export function scheduleOn(
  { schedule = 'calendar-month', scheduleChanges = [], billingStartDate }: Scheduled,
  date: PlainDate,
): { readonly schedule: Schedule; readonly anchor: PlainDate } {
  const change = scheduleChanges.findLast(({ from }) => from <= date);
  return change === undefined ? { schedule, anchor: billingStartDate } : { ...change, anchor: change.from };
}

/** The billing cycle of an account that contains a date. */
export function cycleAt(of: Scheduled, date: PlainDate): PaidPeriod {
  const { schedule, anchor } = scheduleOn(of, date);
  const interval = INTERVAL_OF[schedule];
  switch (schedule) {
    case 'calendar-month':
      return calendarMonth(date);
    case 'every-30-days':
      return paid(interval, periodOfDays(anchor, THIRTY_DAYS, date));
    case 'annual':
    case 'quarterly':
      return paid(interval, periodOfMonths(anchor, MONTHS[interval], date));
  }
}

/**
 * The period of a subscription that contains a date. On the calendar schedule a subscription may be paid for by the
 * quarter or year: such a period is made of whole calendar months, so that its renewal falls on a 1st like every invoice.
 */
export function periodAt(
  of: Scheduled,
  { intervals = [] }: Pick<Subscription, 'intervals'>,
  date: PlainDate,
): PaidPeriod {
  const change = inForce(intervals, date);
  if (change === undefined || !onCalendar(of)) return cycleAt(of, date);
  return paid(change.interval, periodOfMonths(change.from, MONTHS[change.interval], date));
}

/** The date of the next invoice after the one of `billingDate`: when the cycle after it begins. */
export const nextBillingDateAfter = (of: Scheduled, billingDate: PlainDate): PlainDate => cycleAt(of, billingDate).next;

/**
 * The first invoice. On the calendar a start on the 1st to the 5th is invoiced in that run, a later one with the next
 * month's (R99, C7); on the other schedules on the day of sign-up (R91).
 */
export const firstBillingDate = (of: Scheduled): PlainDate =>
  onCalendar(of) && dayOf(of.billingStartDate) > LAST_RUN_DAY
    ? firstOf(nextMonth(monthOf(of.billingStartDate)))
    : of.billingStartDate;
const LAST_RUN_DAY = 5;

/**
 * The id of the invoice that is due on a date: `2026-12#cycle`, one per calendar month, or `2026-01-31#cycle` on the other
 * schedules, for two cycles of 30 days may begin in one month.
 */
export const cycleInvoiceId = (of: Scheduled, billingDate: PlainDate): InvoiceId =>
  invoiceIdOf(onCalendar(of) ? monthOf(billingDate) : billingDate, 'cycle');

export const onCalendar = ({ schedule = 'calendar-month' }: { schedule?: Schedule | undefined }): boolean =>
  schedule === 'calendar-month';

const paid = (interval: RecurringInterval, { from, to }: ServicePeriod): PaidPeriod => ({
  interval,
  from,
  to,
  next: addDays(to, 1),
});

/** Every subscription of every account asks for the same few months. */
const months = new Map<Month, PaidPeriod>();
function calendarMonth(date: PlainDate): PaidPeriod {
  const month = monthOf(date);
  let period = months.get(month);
  if (period === undefined) {
    period = { interval: 'month', from: firstOf(month), to: lastOf(month), next: firstOf(nextMonth(month)) };
    months.set(month, period);
  }
  return period;
}

const inForce = (intervals: readonly IntervalChange[], date: PlainDate): IntervalChange | undefined =>
  intervals.findLast(({ from }) => from <= date);
