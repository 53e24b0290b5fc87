import { addDays, addMonths, monthsBetween, type PlainDate } from './calendar.ts';
import type { Subscription } from './subscription.ts';

/** A subscription of which it is known that it has a contract. */
export type Contracted = Pick<Subscription, 'agreedPrice'> & {
  readonly contract: NonNullable<Subscription['contract']>;
};

/**
 * The day on which a contract renews for the nth time, from 1 (R64): the day of the month on which it started, or the last
 * one where the month is shorter. So a short month moves one renewal and not those after it: from 30 November for three
 * months it renews on 28 February, 30 May, 30 August.
 */
export function renewalOf({ contract, agreedPrice }: Contracted, nth: number): PlainDate {
  const first = addDays(contract.endsOn, 1);
  // Contracts that were quoted before starts were stored began with their price.
  const start = contract.startsOn ?? agreedPrice?.from;
  const anchor = start !== undefined && isWholeTerm(start, contract.endsOn) ? start : first;
  return addMonths(anchor, monthsBetween(anchor, first) + (nth - 1) * contract.renewalMonths);
}

/** Whether whole months, of which a short one may be cut, lie from the first day through the last. */
export function isWholeTerm(startsOn: PlainDate, endsOn: PlainDate): boolean {
  const next = addDays(endsOn, 1);
  const months = monthsBetween(startsOn, next);
  return months > 0 && addMonths(startsOn, months) === next;
}
