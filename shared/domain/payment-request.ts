import { addHours, type Instant } from './calendar.ts';
import { methodStanding, moved } from './collection.ts';
import type { PaymentAttempt, Receivable } from './receivable.ts';

/** Declines within a day after which an instrument, or the whole account, has to wait (R40, C9; domain §2.8). */
const CAPS = { method: 5, account: 10 } as const;
const CAP_HOURS = 24;

/** What an account owes for one invoice, and every attempt to collect it. */
export interface OpenInvoice {
  readonly receivable: Receivable;
  readonly attempts: readonly PaymentAttempt[];
}

export type RequestRefusal = 'method_resting' | 'method_stopped' | 'too_many_attempts';

/** `attempt`: to be charged now; `next` is the receivable to write, absent when it was asked for already. `under-way`: its outcome is awaited. */
export type RequestedInvoice =
  | { readonly action: 'attempt'; readonly receivable: Receivable; readonly next?: Receivable }
  | { readonly action: 'under-way'; readonly receivable: Receivable };

export type PaymentRequest =
  | { readonly kind: 'refused'; readonly code: RequestRefusal; readonly until?: Instant }
  | { readonly kind: 'accepted'; readonly invoices: readonly RequestedInvoice[] };

/**
 * Someone asks to pay everything an account owes with one method now. The method rests for an hour after a decline on
 * any of the invoices (R38), is not tried again after a hard one, and the daily caps hold. Oldest invoice first.
 */
export function requestPayment(
  open: readonly OpenInvoice[],
  request: { readonly methodId: string; readonly by: string; readonly now: Instant },
): PaymentRequest {
  const { methodId, now } = request;
  const attempts = open.flatMap((invoice) => invoice.attempts).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const standing = methodStanding(attempts, methodId);
  if (standing.kind === 'stopped') return { kind: 'refused', code: 'method_stopped' };
  const cappedUntil = capEnd(attempts, methodId, now);
  if (cappedUntil !== undefined) return { kind: 'refused', code: 'too_many_attempts', until: cappedUntil };
  if (standing.kind === 'resting' && standing.until > now)
    return { kind: 'refused', code: 'method_resting', until: standing.until };
  const owed = open.map(({ receivable }) => receivable).filter(({ due }) => due > 0);
  const oldestFirst = owed.sort((a, b) => (a.invoiceDate < b.invoiceDate ? -1 : 1));
  return { kind: 'accepted', invoices: oldestFirst.map((receivable) => requested(receivable, request)) };
}

function requested(
  receivable: Receivable,
  { methodId, by, now }: { methodId: string; by: string; now: Instant },
): RequestedInvoice {
  const { state, requested: already } = receivable.collection;
  if (state === 'attempting' || state === 'processing') return { action: 'under-way', receivable };
  if (already?.methodId === methodId) return { action: 'attempt', receivable };
  const next = moved(receivable, { requested: { methodId, at: now, by }, nextAt: now });
  return { action: 'attempt', receivable, next };
}

/** When the last of too many declines leaves the window; undefined while the caps are not reached. */
function capEnd(attempts: readonly PaymentAttempt[], methodId: string, now: Instant): Instant | undefined {
  const since = addHours(now, -CAP_HOURS);
  const declines = attempts
    .filter(({ outcome, startedAt }) => outcome?.kind === 'declined' && startedAt > since)
    .map((attempt) => ({ methodId: attempt.methodId, at: attempt.startedAt }));
  const ends = [
    endOf(
      declines.filter((decline) => decline.methodId === methodId).map(({ at }) => at),
      CAPS.method,
    ),
    endOf(
      declines.map(({ at }) => at),
      CAPS.account,
    ),
  ];
  return ends
    .filter((end) => end !== undefined)
    .sort()
    .at(-1);
}

/** The moment at which fewer than `cap` of these instants, in order, lie within the window. */
function endOf(instants: readonly Instant[], cap: number): Instant | undefined {
  const leaving = instants.at(-cap);
  return leaving === undefined ? undefined : addHours(leaving, CAP_HOURS);
}

/**
 * An unpaid invoice whose collection had come to an end with the old payment method, due to be looked at now: the new
 * method is tried at once. Undefined for all others.
 */
export function awakened(receivable: Receivable, now: Instant): Receivable | undefined {
  const { state } = receivable.collection;
  const waits = state === 'stopped' || state === 'needs-authentication';
  return receivable.due > 0 && waits ? moved(receivable, { nextAt: now }) : undefined;
}
