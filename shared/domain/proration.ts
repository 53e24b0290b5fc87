import {
  addDays,
  addMonths,
  daysBetween,
  daysOf,
  monthsBetween,
  type PlainDate,
  type ServicePeriod,
} from './calendar.ts';
import { BillingError } from './errors.ts';

/** The part of a period that is charged: `days` of its `of` days, or seconds where the policy counts them. */
export interface DayCount {
  readonly days: number;
  readonly of: number;
}

/** A moment of a change: a date and, for policies that look at the clock, the local time of day `HH:MM:SS`. */
export interface Moment {
  readonly on: PlainDate;
  readonly time?: string;
  /** A term ends with this day, which is paid for; what is credited begins after it (R69). */
  readonly endsTerm?: true;
}

/**
 * How a change within a period is counted. A policy never changes once an invoice was made with it: another way of
 * counting is another version. `count` is what is charged for an addition within a period and credited for a
 * removal, by the same count, so that both on one moment net to zero.
 */
export interface ProrationPolicy {
  readonly policyId: string;
  count(moment: Moment, period: ServicePeriod): DayCount;
  /** The first day that `count` charges, for the line's service period. */
  firstDay(moment: Moment, period: ServicePeriod): PlainDate;
  /** The day of the removal that leaves `lastDay` the last day that is paid for. */
  removalAfter(lastDay: PlainDate): PlainDate;
}

const DAY = 86_400;
const dayAfter = (date: PlainDate): PlainDate => addDays(date, 1);

/** A change on the first day of a period is one of the whole period; a term that ends with that day leaves it paid. */
const isWhole = ({ on, endsTerm }: Moment, period: ServicePeriod): boolean =>
  on === period.from && endsTerm === undefined;

/**
 * The guide's own (R98, C19): the day of the change is free, unless it is the period's first, which is no partial period at
 * all; the period has its actual days. 15 July is 16/31, 15 June is 15/30, the last day is 0.
 */
const startDayFree: ProrationPolicy = {
  policyId: 'start-day-free@1',
  count: (moment, period) => ({
    days: isWhole(moment, period) ? daysOf(period) : daysBetween(moment.on, period.to),
    of: daysOf(period),
  }),
  firstDay: (moment, period) => (isWhole(moment, period) ? moment.on : dayAfter(moment.on)),
  removalAfter: (lastDay) => lastDay,
};

/** The day of the change is charged; the period has its actual days. 20 April is 11/30 (Utility Telecom, TimelyBill, Converge). */
const startDayCounted: ProrationPolicy = {
  policyId: 'start-day-counted@1',
  count: ({ on }, period) => ({ days: daysBetween(on, period.to) + 1, of: daysOf(period) }),
  firstDay: ({ on }) => on,
  removalAfter: dayAfter,
};

/** Every month has 30 days, and the day of the change is charged: the 15th is 16/30 of any month, the 31st is 0. */
const fixedThirtyDays: ProrationPolicy = {
  policyId: 'fixed-30-days@1',
  count({ on }, period) {
    const of = Math.max(1, fullMonthsTo(period.from, dayAfter(period.to))) * 30;
    const months = fullMonthsTo(period.from, on);
    const days = of - months * 30 - Math.min(30, daysBetween(addMonths(period.from, months), on));
    return { days: Math.max(0, days), of };
  },
  firstDay: ({ on }) => on,
  removalAfter: dayAfter,
};

/**
 * From the second of the change to the end of the period. Local days of 86,400 seconds: a change of clocks neither gives
 * an hour away nor charges one twice. Without a time of day: from midnight.
 */
const toTheSecond: ProrationPolicy = {
  policyId: 'to-the-second@1',
  count: ({ on, time = '00:00:00' }, period) => ({
    days: (daysBetween(on, period.to) + 1) * DAY - secondOfDay(time),
    of: daysOf(period) * DAY,
  }),
  firstDay: ({ on }) => on,
  removalAfter: dayAfter,
};

export const PRORATION_POLICIES = {
  'start-day-free@1': startDayFree,
  'start-day-counted@1': startDayCounted,
  'fixed-30-days@1': fixedThirtyDays,
  'to-the-second@1': toTheSecond,
} as const satisfies Record<string, ProrationPolicy>;
export type ProrationPolicyId = keyof typeof PRORATION_POLICIES;

/** The policy of a seller; ours where none is named. Throws `invalid_configuration`. */
export function prorationPolicy(policyId: string = startDayFree.policyId): ProrationPolicy {
  const policy: ProrationPolicy | undefined = PRORATION_POLICIES[policyId as ProrationPolicyId];
  if (policy === undefined)
    throw new BillingError('invalid_configuration', `no proration policy is called ${policyId}`);
  return policy;
}

/** Whole months from one date to another. */
function fullMonthsTo(from: PlainDate, to: PlainDate): number {
  const months = monthsBetween(from, to);
  return addMonths(from, months) > to ? months - 1 : months;
}

const secondOfDay = (time: string): number =>
  Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60 + Number(time.slice(6, 8));
