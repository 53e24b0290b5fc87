import type { Account, BillingInput } from './account.ts';
import { ChangeRefused, numberChanges, raised, refuseNegative, subscriptionOf } from './account-changes.ts';
import { addDays, daysBetween, firstOf, monthOf, type PlainDate } from './calendar.ts';
import type { RecurringInterval } from './catalog.ts';
import { type Contracted, renewalOf } from './renewals.ts';
import { onCalendar, periodAt, type Scheduled, scheduleOn } from './schedule.ts';
import { highestChange, type QuantityChange, type Subscription } from './subscription.ts';

/** A subscription as it is agreed on, before its changes have numbers. */
export interface AgreedSubscription
  extends Pick<
    Subscription,
    'subscriptionId' | 'productId' | 'billingGroup' | 'minimum' | 'agreedPrice' | 'trial' | 'contract'
  > {
  readonly changes: readonly Omit<QuantityChange, 'change'>[];
  /** Absent: by the month. */
  readonly interval?: RecurringInterval | undefined;
  /** A date: the circuit was activated then. */
  readonly activation?: 'pending' | PlainDate | undefined;
}

/** What a change made: the account one version on, or as it was where nothing had to change. */
interface Changed {
  readonly account: Account;
  readonly subscription: Subscription;
}

/** A contract is cancelled at least this many days before its renewal date, or its next term is charged (R64, C10). */
export const NOTICE_DAYS = 30;

/** Numbers the changes of a subscription after those that exist, and lets its first period begin with its first month. */
export function newSubscription(
  of: Scheduled,
  existing: readonly Subscription[],
  agreed: AgreedSubscription,
): Subscription {
  const { interval = 'month', activation, changes: dated, ...rest } = agreed;
  const changes = numberChanges(existing, dated);
  const confirmed = activation === undefined || activation === 'pending' ? undefined : activation;
  const change = highestChange([...existing, { ...rest, changes }]) + 1;
  const start = [of.billingStartDate, confirmed ?? '', earliest(dated)].reduce(later);
  return {
    ...rest,
    changes,
    ...(interval === 'month' ? {} : { intervals: [{ from: firstOf(monthOf(start)), interval }] }),
    ...(activation === undefined
      ? {}
      : { activation: confirmed === undefined ? 'pending' : { on: confirmed, change } }),
  };
}

/** Throws `subscription_exists`, `quantity_negative`. */
export function addSubscription({ account, subscriptions }: BillingInput, agreed: AgreedSubscription): Changed {
  if (subscriptions.some(({ subscriptionId }) => subscriptionId === agreed.subscriptionId))
    throw new ChangeRefused('subscription_exists', 'subscriptionId', agreed.subscriptionId);
  refuseNegative(agreed.changes);
  const subscription = newSubscription(account, subscriptions, agreed);
  return { account: raised(account, dueFrom(account, earliest(agreed.changes))), subscription };
}

/** Throws `subscription_not_found`, `quantity_negative`, `subscription_cancelled`. */
export function changeSubscription(
  { account, subscriptions }: BillingInput,
  subscriptionId: string,
  change: Omit<QuantityChange, 'change'>,
): Changed {
  const subscription = subscriptionOf(subscriptions, subscriptionId);
  if (subscription.cancellation !== undefined && change.effectiveOn > subscription.cancellation.endsOn)
    throw new ChangeRefused('subscription_cancelled', 'effectiveOn', subscription.cancellation.endsOn);
  const changes = [...subscription.changes, ...numberChanges(subscriptions, [change])];
  refuseNegative(changes);
  return {
    account: raised(account, dueFrom(account, change.effectiveOn)),
    subscription: { ...subscription, changes },
  };
}

/**
 * The provider confirmed a circuit: it is charged from this day on (R95). Told again, nothing changes. Throws
 * `subscription_not_found`, `activation_not_expected`, `activation_recorded` for another date.
 */
export function recordActivation(
  { account, subscriptions }: BillingInput,
  subscriptionId: string,
  on: PlainDate,
): Changed {
  const subscription = subscriptionOf(subscriptions, subscriptionId);
  const { activation, intervals } = subscription;
  if (activation === undefined) throw new ChangeRefused('activation_not_expected', 'on');
  if (activation !== 'pending') {
    if (activation.on === on) return { account, subscription };
    throw new ChangeRefused('activation_recorded', 'on', activation.on);
  }
  const month = firstOf(monthOf(on));
  return {
    account: raised(account, dueFrom(account, on)),
    subscription: {
      ...subscription,
      activation: { on, change: highestChange(subscriptions) + 1 },
      ...(intervals === undefined
        ? {}
        : { intervals: intervals.map((change) => ({ ...change, from: later(change.from, month) })) }),
    },
  };
}

/**
 * Ends a subscription with its term: it stays in service and is charged in full until then, and nothing is refunded
 * (R67–R70, C10, C11). Without a contract the term is the period it is paid for by. Told again, nothing changes.
 * Throws `subscription_not_found`.
 */
export function cancelSubscription(
  { account, subscriptions }: BillingInput,
  subscriptionId: string,
  requestedOn: PlainDate,
): Changed {
  const subscription = subscriptionOf(subscriptions, subscriptionId);
  if (subscription.cancellation !== undefined) return { account, subscription };
  const { contract } = subscription;
  const endsOn =
    contract === undefined
      ? periodAt(account, subscription, later(requestedOn, account.billingStartDate)).to
      : contractEnd({ ...subscription, contract }, requestedOn);
  const cancellation = {
    ...{ requestedOn, endsOn },
    ...(isCharged(account, subscription, endsOn) ? { billedInFull: true as const } : {}),
  };
  return { account: raised(account), subscription: { ...subscription, cancellation } };
}

function contractEnd(contracted: Contracted, requestedOn: PlainDate): PlainDate {
  let nth = 1;
  while (daysBetween(requestedOn, renewalOf(contracted, nth)) < NOTICE_DAYS) nth++;
  return addDays(renewalOf(contracted, nth), -1);
}

/**
 * Takes a cancellation back: the subscription goes on with what it had, as if nobody had cancelled. What an invoice left
 * out after the end, because a period was to end early, the next one charges. Told again, or of one that was not cancelled,
 * nothing changes. In service through the last day, it can be taken back until then; `today` is the seller's, `purgeOn` the
 * day on which its content is deleted. Throws `subscription_not_found`, `cancellation_effective`, `content_deleted`.
 */
export function withdrawCancellation(
  { account, subscriptions }: BillingInput,
  subscriptionId: string,
  today: PlainDate,
  purgeOn?: PlainDate,
): Changed {
  const { cancellation, ...kept } = subscriptionOf(subscriptions, subscriptionId);
  if (cancellation === undefined) return { account, subscription: kept };
  const { endsOn, billedInFull } = cancellation;
  if (purgeOn !== undefined && purgeOn <= today) throw new ChangeRefused('content_deleted', 'subscriptionId', purgeOn);
  if (endsOn < today) throw new ChangeRefused('cancellation_effective', 'subscriptionId', endsOn);
  const short = !billedInFull && periodAt(account, kept, endsOn).to > endsOn && isCharged(account, kept, endsOn);
  if (!short) return { account: raised(account), subscription: kept };
  const resumption = { endsOn, change: highestChange(subscriptions) + 1 };
  return {
    account: raised(account, dueFrom(account, addDays(endsOn, 1))),
    subscription: { ...kept, resumptions: [...(kept.resumptions ?? []), resumption] },
  };
}

/** Whether an invoice has charged the period of a day. */
const isCharged = (account: Account, subscription: Subscription, on: PlainDate): boolean =>
  account.billedThrough !== undefined && periodAt(account, subscription, on).from <= account.billedThrough.date;

/**
 * Has a subscription paid for by another interval from the first period on that begins on or after `from` and was not
 * billed: what is paid for is used up first, and no part of a year is given back (R70, R88). Told again, nothing changes.
 * Throws `subscription_not_found`, `subscription_cancelled`, `interval_not_offered`, `interval_needs_quote`.
 */
export function changeInterval(
  { account, subscriptions }: BillingInput,
  subscriptionId: string,
  { interval, from }: { readonly interval: RecurringInterval; readonly from: PlainDate },
): Changed {
  const subscription = subscriptionOf(subscriptions, subscriptionId);
  if (subscription.cancellation !== undefined) throw new ChangeRefused('subscription_cancelled', 'subscriptionId');
  if (!onCalendar(account)) throw new ChangeRefused('interval_not_offered', 'interval', account.schedule);
  if (interval === 'quarter' && account.quote === undefined)
    throw new ChangeRefused('interval_needs_quote', 'interval');
  const { intervals = [] } = subscription;
  const billed = account.billedThrough?.date ?? '';
  const at = [from, billed, account.billingStartDate].reduce(later);
  const period = periodAt(account, subscription, at);
  const begins = period.from >= from && period.from > billed ? period.from : period.next;
  const kept = intervals.filter((change) => change.from < begins);
  const rest = intervals.slice(kept.length);
  const same = (kept.at(-1)?.interval ?? 'month') === interval;
  const asked = rest.length === 1 && rest[0]!.from === begins && rest[0]!.interval === interval;
  if (same ? rest.length === 0 : asked) return { account, subscription };
  return {
    account: raised(account),
    subscription: { ...subscription, intervals: same ? kept : [...kept, { from: begins, interval }] },
  };
}

/**
 * An account that is billed once a year or quarter does not wait as long for what is added meanwhile: it is due on the day
 * of the change, or on the first day after the one that was billed.
 */
function dueFrom(account: Account, on: PlainDate): Partial<Account> {
  const { billedThrough, nextBillingDate } = account;
  if (billedThrough === undefined) return {};
  const { schedule } = scheduleOn(account, billedThrough.date);
  if (schedule !== 'annual' && schedule !== 'quarterly') return {};
  const due = later(on, addDays(billedThrough.date, 1));
  return due < nextBillingDate ? { nextBillingDate: due } : {};
}

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);
const earliest = (changes: readonly { readonly effectiveOn: PlainDate }[]): PlainDate =>
  changes.map(({ effectiveOn }) => effectiveOn).sort()[0] ?? '';
