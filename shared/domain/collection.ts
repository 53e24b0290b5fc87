import type { Account, PaymentMethod } from './account.ts';
import { addHours, addMinutes, type Instant } from './calendar.ts';
import type { Collection, PaymentAttempt, Receivable } from './receivable.ts';

/** R38: after a decline the same instrument rests for an hour; another may be tried at once (domain §2.8). */
const REST_HOURS = 1;
/** Hours from an automatic attempt's n-th decline to the next attempt with the same method (C23). */
const RETRY_LADDER_HOURS = [1, 24, 72, 120, 168] as const;
/** How long an attempt may take before it is asked about. */
export const FIRST_CHECK_MINUTES = 5;

/** Why nothing is to be done about a receivable now. */
export type NothingBecause =
  | 'paid'
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
 * Decides the next step of collecting one invoice. `attempts` are all attempts of this invoice, oldest first. While one
 * is open the answer is always `ask`: an unknown outcome is never answered by another attempt.
 */
export function planAttempt(
  receivable: Receivable,
  account: Account,
  methods: readonly PaymentMethod[],
  attempts: readonly PaymentAttempt[],
  now: Instant,
): CollectionPlan {
  const open = openAttempt(receivable.collection, attempts);
  if (open) return { do: 'ask', attempt: open };
  if (receivable.due <= 0) return nothing(receivable, 'paid', { state: 'idle' });
  const { requested } = receivable.collection;
  if (requested) {
    const method = methods.find((candidate) => candidate.methodId === requested.methodId);
    return planRequested(receivable, method, attempts, now);
  }
  if (!account.autopay) return nothing(receivable, 'customer-pays');
  const method = methods.find((candidate) => candidate.methodId === account.defaultMethodId);
  return planAutomatic(receivable, method, attempts, now);
}

/** An explicit request is honoured whatever was planned, except that a resting method rests and a stopped one stays stopped. */
function planRequested(
  receivable: Receivable,
  method: PaymentMethod | undefined,
  attempts: readonly PaymentAttempt[],
  now: Instant,
): CollectionPlan {
  // Dropping the request leaves what was planned automatically as it was.
  const dropped = { requested: undefined, nextAt: receivable.collection.nextAt };
  if (!method) return nothing(receivable, 'method-missing', dropped);
  const standing = methodStanding(attempts, method.methodId);
  if (standing.kind === 'stopped') return nothing(receivable, 'method-stopped', dropped);
  if (standing.kind === 'resting' && standing.until > now) return wait(receivable, standing.until);
  return begin(receivable, method, false, now);
}

function planAutomatic(
  receivable: Receivable,
  method: PaymentMethod | undefined,
  attempts: readonly PaymentAttempt[],
  now: Instant,
): CollectionPlan {
  if (!method) return nothing(receivable, 'method-missing', { state: 'stopped' });
  const tried = attempts.filter((attempt) => attempt.methodId === method.methodId);
  const last = tried.at(-1);
  if (!last) {
    // A method that took the place of one that was given up is tried at once.
    const changed = receivable.collection.state !== 'idle';
    const at = changed ? now : receivable.collection.nextAt;
    if (!at) return nothing(receivable, 'not-planned');
    return at > now ? wait(receivable, at) : begin(receivable, method, true, now);
  }
  if (last.outcome?.kind === 'needs-authentication') return nothing(receivable, 'needs-authentication');
  const at = nextTry(tried);
  if (!at) return nothing(receivable, 'method-stopped', { state: 'stopped' });
  return at > now ? wait(receivable, at) : begin(receivable, method, true, now);
}

/** Whether a method may be charged for an invoice on request: what a portal tells before it offers to pay with it. */
export function methodStanding(
  attempts: readonly PaymentAttempt[],
  methodId: string,
): { readonly kind: 'ready' } | { readonly kind: 'resting'; readonly until: Instant } | { readonly kind: 'stopped' } {
  const declines = declinesOf(attempts, methodId);
  if (declines.some((decline) => decline.hard)) return { kind: 'stopped' };
  const last = declines.at(-1);
  return last ? { kind: 'resting', until: addHours(last.at, REST_HOURS) } : { kind: 'ready' };
}

/** When the ladder allows the next automatic attempt with the one method of `tried`; undefined: not any more. */
export function nextTry(tried: readonly PaymentAttempt[]): Instant | undefined {
  const declines = declinesOf(tried, tried[0]?.methodId);
  const last = declines.at(-1);
  const hours = RETRY_LADDER_HOURS[declines.length - 1];
  if (!last || hours === undefined || declines.some((decline) => decline.hard)) return undefined;
  return addHours(last.at, hours);
}

function declinesOf(attempts: readonly PaymentAttempt[], methodId: string | undefined) {
  return attempts.flatMap(({ methodId: of, outcome, startedAt, finishedAt }) =>
    of === methodId && outcome?.kind === 'declined' ? [{ hard: outcome.hard, at: finishedAt ?? startedAt }] : [],
  );
}

function openAttempt({ state, attempts: number }: Collection, attempts: readonly PaymentAttempt[]) {
  if (state !== 'attempting' && state !== 'processing') return undefined;
  const open = attempts.find((attempt) => attempt.attempt === number);
  // They are written in one transaction: only a read that was torn apart by it sees one without the other.
  if (!open) throw new Error(`attempt ${number} is open but was not read; read again`);
  return open;
}

function begin(receivable: Receivable, method: PaymentMethod, offSession: boolean, now: Instant): CollectionPlan {
  const number = receivable.collection.attempts + 1;
  const attempt: PaymentAttempt = {
    sellerId: receivable.sellerId,
    accountId: receivable.accountId,
    invoiceId: receivable.invoiceId,
    attempt: number,
    key: `${intentKeyOf(receivable)}#${threeDigits(number)}`,
    methodId: method.methodId,
    method,
    amount: receivable.due,
    currency: receivable.currency,
    startedAt: now,
    offSession,
  };
  return { do: 'attempt', attempt, checkAgainAt: addMinutes(now, FIRST_CHECK_MINUTES) };
}

/** Identifies the invoice's one payment intent at the processor, for ever. */
export const intentKeyOf = ({ accountId, invoiceId }: Pick<Receivable, 'accountId' | 'invoiceId'>): string =>
  `${accountId}#${invoiceId}`;

export const threeDigits = (number: number): string => String(number).padStart(3, '0');

/** A receivable with its collection changed; what became undefined is left out, for it is stored as it is. */
export function moved(receivable: Receivable, change: Partial<Collection>): Receivable {
  const { nextAt, requested, ...rest } = { ...receivable.collection, ...change };
  const collection = { ...rest, ...(nextAt && { nextAt }), ...(requested && { requested }) };
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
