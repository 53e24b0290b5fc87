import { addHours, type Instant } from './calendar.ts';
import type { AttemptDecline, Decline, PaymentMethod } from './payment-method.ts';

/**
 * When an instrument may be charged again: what R38 and R40 promise the customer and what the card networks allow. One
 * decline counts wherever it happened: the log is the instrument's, not the invoice's (R148).
 */

/** R38: after a decline the same instrument rests for an hour; another may be tried at once (domain §2.8). */
const REST_HOURS = 1;
const DAY = 24;
/** R40, C9: declines within a day after which the whole account has to wait. */
const ACCOUNT_CAP = { declines: 10, hours: DAY } as const;
/** R40, C9: 5 in a day. Of the card networks the stricter rule holds: at most 8 in 14 days and 15 in 30 (Visa's 15 re-attempts in 30 days). */
const METHOD_CAPS = [
  { declines: 5, hours: DAY },
  { declines: 8, hours: 14 * DAY },
  { declines: 15, hours: 30 * DAY },
] as const;
const REMEMBERED_HOURS = 30 * DAY;

/**
 * `ready` may be charged now · `resting` declined less than an hour ago, or the issuer advised to wait · `capped` too many
 * attempts · `stopped` never again as it is.
 */
export type Standing =
  | { readonly kind: 'ready' }
  | { readonly kind: 'resting' | 'capped'; readonly until: Instant }
  | { readonly kind: 'stopped' };

/** Whether an account's method may be charged at `now`; `methods` are all that the account has. */
export function standingOf(method: PaymentMethod, methods: readonly PaymentMethod[], now: Instant): Standing {
  const declines = method.declines ?? [];
  if (declines.some(({ stop }) => stop)) return { kind: 'stopped' };
  const caps = [
    ...METHOD_CAPS.map((cap) => capEnd(declines, cap)),
    capEnd(
      methods.flatMap((each) => each.declines ?? []),
      ACCOUNT_CAP,
    ),
  ];
  const capped = latest(caps, now);
  if (capped) return { kind: 'capped', until: capped };
  const resting = latest(
    declines.map(({ at, restHours = REST_HOURS }) => addHours(at, Math.max(REST_HOURS, restHours))),
    now,
  );
  return resting ? { kind: 'resting', until: resting } : { kind: 'ready' };
}

/** The latest of these instants that is still to come. */
function latest(instants: readonly (Instant | undefined)[], now: Instant): Instant | undefined {
  return instants
    .filter((instant) => instant !== undefined)
    .filter((instant) => instant > now)
    .sort()
    .at(-1);
}

/** The moment from which fewer than `declines` of these lie within the window; undefined while there are fewer anyway. */
function capEnd(
  of: readonly Decline[],
  cap: { readonly declines: number; readonly hours: number },
): Instant | undefined {
  const leaving = of
    .map(({ at }) => at)
    .sort()
    .at(-cap.declines);
  return leaving === undefined ? undefined : addHours(leaving, cap.hours);
}

/**
 * An instrument's log with one decline more, once however often it is told; what no rule asks about any longer is forgotten, a
 * stop never. Attempts at two invoices that are declined in the same moment are two.
 */
export function remembered(declines: readonly Decline[], decline: AttemptDecline): readonly Decline[] {
  if (declines.some(({ attempt }) => attempt === decline.attempt)) return declines;
  const since = addHours(decline.at, -REMEMBERED_HOURS);
  return [...declines.filter(({ at, stop }) => stop || at > since), decline];
}
