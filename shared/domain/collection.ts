import type { Account } from './account.ts';
import { standingOf } from './attempt-policy.ts';
import { autopayMethod, nextTry, triedWith } from './autopay.ts';
import { addMinutes, type Instant } from './calendar.ts';
import type { Currency } from './money.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { Collection, PaymentAttempt, Receivable } from './receivable.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicyId } from './retry-policy.ts';

/** How long an attempt may take before it is asked about. */
export const FIRST_CHECK_MINUTES = 5;
/** The least that the processor charges, in minor units (docs.stripe.com/currencies, "Minimum and maximum charge amounts"). */
export const LEAST_CHARGE: Readonly<Record<Currency, number>> = {
  USD: 50,
  CAD: 50,
  AUD: 50,
  EUR: 50,
  GBP: 30,
  JPY: 50,
};

/** Why nothing is to be done about a receivable now. */
export type NothingBecause =
  | 'paid'
  | 'too-small'
  | 'customer-pays'
  | 'not-planned'
  | 'method-missing'
  | 'method-stopped'
  | 'needs-authentication';

/**
 * What to do about a receivable now. `tidy`, where present, is the receivable to write first, so that the indexes of due
 * work agree with the decision.
 */
export type CollectionPlan =
  | { readonly do: 'nothing'; readonly because: NothingBecause; readonly tidy?: Receivable }
  | { readonly do: 'wait'; readonly until: Instant; readonly tidy?: Receivable }
  | { readonly do: 'ask'; readonly attempt: PaymentAttempt }
  | { readonly do: 'attempt'; readonly attempt: PaymentAttempt; readonly checkAgainAt: Instant };

/**
 * Decides the next step of collecting one invoice. `attempts` are all attempts of this invoice, oldest first; `methods` all
 * of the account, with their declines. While an attempt is open the answer is always `ask`: an unknown outcome is never
 * answered by another attempt.
 */
export function planAttempt(
  receivable: Receivable,
  account: Account,
  methods: readonly PaymentMethod[],
  attempts: readonly PaymentAttempt[],
  now: Instant,
  policy: RetryPolicyId = DEFAULT_RETRY_POLICY,
): CollectionPlan {
  const open = openAttempt(receivable.collection, attempts);
  if (open) return { do: 'ask', attempt: open };
  if (receivable.due <= 0) return nothing(receivable, 'paid', { state: 'idle' });
  if (amountToCharge(receivable) < LEAST_CHARGE[receivable.currency]) {
    return nothing(receivable, 'too-small', { requested: undefined });
  }
  const { requested } = receivable.collection;
  if (requested) {
    const method = methods.find((candidate) => candidate.methodId === requested.methodId);
    return planRequested(receivable, method, methods, now);
  }
  if (!account.autopay) return nothing(receivable, 'customer-pays');
  return planAutomatic(receivable, autopayMethod(account, methods, attempts), { methods, attempts, policy }, now);
}

/** An explicit request is honoured whatever was planned, except that a resting method rests and a stopped one stays stopped. */
function planRequested(
  receivable: Receivable,
  method: PaymentMethod | undefined,
  methods: readonly PaymentMethod[],
  now: Instant,
): CollectionPlan {
  // Dropping the request leaves what was planned automatically as it was.
  const dropped = { requested: undefined, nextAt: receivable.collection.requested?.planned };
  if (!method) return nothing(receivable, 'method-missing', dropped);
  const standing = standingOf(method, methods, now);
  if (standing.kind === 'stopped') return nothing(receivable, 'method-stopped', dropped);
  if (standing.kind !== 'ready') return wait(receivable, standing.until);
  return begin(receivable, method, false, now);
}

interface Known {
  readonly methods: readonly PaymentMethod[];
  readonly attempts: readonly PaymentAttempt[];
  readonly policy: RetryPolicyId;
}

function planAutomatic(
  receivable: Receivable,
  method: PaymentMethod | undefined,
  { methods, attempts, policy }: Known,
  now: Instant,
): CollectionPlan {
  if (!method) return nothing(receivable, 'method-missing', { state: 'stopped' });
  const tried = triedWith(method, attempts);
  const planned = plannedFor(receivable, method, tried, policy, now);
  if (typeof planned !== 'string') return planned;
  const standing = standingOf(method, methods, now);
  if (standing.kind === 'stopped') return nothing(receivable, 'method-stopped', { state: 'stopped' });
  const at = standing.kind !== 'ready' && standing.until > planned ? standing.until : planned;
  return at > now ? wait(receivable, at) : begin(receivable, method, true, now);
}

/** When autopay wants to charge the method, whatever the method's own standing; or why it does not. */
function plannedFor(
  receivable: Receivable,
  method: PaymentMethod,
  tried: readonly PaymentAttempt[],
  policy: RetryPolicyId,
  now: Instant,
): Instant | CollectionPlan {
  const last = tried.at(-1);
  if (!last || (last.outcome?.kind === 'succeeded' && !last.returned)) {
    // A method that took the place of one that was given up is tried at once.
    const changed = receivable.collection.state !== 'idle';
    return (changed ? now : receivable.collection.nextAt) ?? nothing(receivable, 'not-planned');
  }
  if (last.outcome?.kind === 'needs-authentication') return nothing(receivable, 'needs-authentication');
  return nextTry(tried, method, policy) ?? nothing(receivable, 'method-stopped', { state: 'stopped' });
}

/** Minor units of the next attempt: what was asked for, and never more than is due. */
const amountToCharge = ({ due, collection: { requested } }: Receivable): number =>
  Math.min(due, requested?.amount ?? due);

function openAttempt({ state, attempts: number }: Collection, attempts: readonly PaymentAttempt[]) {
  if (state !== 'attempting' && state !== 'processing') return undefined;
  const open = attempts.find((attempt) => attempt.attempt === number);
  // They are written in one transaction: only a read that was torn apart by it sees one without the other.
  if (!open) throw new Error(`attempt ${number} is open but was not read; read again`);
  return open;
}

function begin(
  receivable: Receivable,
  { declines: _log, changedAt: _change, ...method }: PaymentMethod,
  offSession: boolean,
  now: Instant,
): CollectionPlan {
  const { requested } = receivable.collection;
  const number = receivable.collection.attempts + 1;
  const attempt: PaymentAttempt = {
    sellerId: receivable.sellerId,
    accountId: receivable.accountId,
    invoiceId: receivable.invoiceId,
    attempt: number,
    key: `${receivable.accountId}#${receivable.invoiceId}#${threeDigits(number)}`,
    methodId: method.methodId,
    method,
    amount: amountToCharge(receivable),
    currency: receivable.currency,
    startedAt: now,
    offSession,
    ...(requested?.requestId && { requestId: requested.requestId }),
    ...(requested?.planned && { resumeAt: requested.planned }),
  };
  return { do: 'attempt', attempt, checkAgainAt: addMinutes(now, FIRST_CHECK_MINUTES) };
}

/**
 * Identifies the payment intent of what is due, for ever. An intent succeeds once: what is left of an invoice paid in part,
 * or whose payment came back, has an intent of its own.
 */
export function intentKeyOf({ accountId, invoiceId, collection }: Receivable): string {
  const spent = collection.spentIntents ?? 0;
  return [accountId, invoiceId, ...(spent > 0 ? [`intent-${spent + 1}`] : [])].join('#');
}

export const threeDigits = (number: number): string => String(number).padStart(3, '0');

/** A receivable with its collection changed; what became undefined is left out, for it is stored as it is. */
export function moved(receivable: Receivable, change: Partial<Collection>): Receivable {
  const { nextAt, requested, intentId, ...rest } = { ...receivable.collection, ...change };
  const collection = {
    ...rest,
    ...(nextAt && { nextAt }),
    ...(requested && { requested }),
    ...(intentId && { intentId }),
  };
  return { ...receivable, collection, version: receivable.version + 1 };
}

/** Removes the due time, so that nothing is sent again. */
const nothing = (
  receivable: Receivable,
  because: NothingBecause,
  change: Partial<Collection> = {},
): CollectionPlan => ({ do: 'nothing', because, ...tidied(receivable, { nextAt: undefined, ...change }) });

const wait = (receivable: Receivable, until: Instant): CollectionPlan => ({
  do: 'wait',
  until,
  ...tidied(receivable, { nextAt: until }),
});

/** Nothing is written when the receivable says so already. */
function tidied(receivable: Receivable, change: Partial<Collection>): { tidy?: Receivable } {
  const fields = Object.keys(change) as (keyof Collection)[];
  return fields.some((field) => receivable.collection[field] !== change[field])
    ? { tidy: moved(receivable, change) }
    : {};
}
