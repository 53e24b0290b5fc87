import type { Instant } from '../../../shared/domain/calendar.ts';
import type { PaymentAttempt } from '../../../shared/domain/receivable.ts';
import { must } from './violation.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** R40, C9 and the card networks': at most so many declines of an instrument in so long. */
const CAPS = [
  [5, DAY],
  [8, 14 * DAY],
  [15, 30 * DAY],
] as const;
const ACCOUNT_CAP = 10;
/** No bank has seen these. */
const NEVER_PRESENTED = ['processor_error', 'not_attempted'];

interface Decline {
  readonly accountId: string;
  readonly methodId: string;
  /** When it was decided. */
  readonly at: Instant;
  readonly stop: boolean;
}

/**
 * Counts the declines of every instrument for itself, to see that it rests when it must (R38, R40). What is on record when an
 * attempt begins counts; how long ago it was is measured as it was decided, from one run's beginning to the other's.
 */
export class Instruments {
  readonly #declines = new Map<string, Decline>();

  begins({ accountId, methodId, key, startedAt }: PaymentAttempt): void {
    const known = [...this.#declines.values()].filter((of) => of.accountId === accountId);
    const own = known.filter((of) => of.methodId === methodId);
    must(!own.some(({ stop }) => stop), 'nothing is attempted after a stop', () => key);
    const within = (of: readonly Decline[], ms: number): number =>
      of.filter(({ at }) => Date.parse(startedAt) - Date.parse(at) < ms).length;
    must(within(own, HOUR) === 0, 'a declined instrument rests an hour (R38)', () => key);
    for (const [most, ms] of CAPS)
      must(within(own, ms) < most, `an instrument is declined at most ${most} times`, () => key);
    must(within(known, DAY) < ACCOUNT_CAP, 'an account is declined at most 10 times a day', () => key);
  }

  ends({ accountId, methodId, key, outcome, finishedAt, returned }: PaymentAttempt): void {
    const add = (of: string, at: Instant, stop: boolean): void => {
      if (!this.#declines.has(of)) this.#declines.set(of, { accountId, methodId, at, stop });
    };
    if (outcome?.kind === 'declined' && !NEVER_PRESENTED.includes(outcome.code)) add(key, finishedAt!, outcome.hard);
    if (returned) add(`${key} returned`, returned.at, returned.hard);
  }
}
