import { nextTry } from './autopay.ts';
import type { Credit } from './books/credit.ts';
import { addHours, addMinutes, dateIn, type Instant } from './calendar.ts';
import { FIRST_CHECK_MINUTES, moved, threeDigits } from './collection.ts';
import { balanced, type JournalEntry, postings } from './ledger.ts';
import type { AttemptDecline } from './payment-method.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from './receivable.ts';
import type { RetryPolicyId } from './retry-policy.ts';

const PROCESSING_CHECK_HOURS = 6;
/** An unknown outcome is asked about after 5, 10, then every 15 minutes; from a day on hourly, and a person is told. */
const UNKNOWN_FOR_TOO_LONG_HOURS = 24;
/** No bank debit we offer takes longer to settle or to come back. */
const PROCESSING_FOR_TOO_LONG_HOURS = 15 * 24;

/** The receivable while `attempt` is open; the request that caused it is fulfilled by it. */
export const opened = (receivable: Receivable, attempt: PaymentAttempt, checkAgainAt: Instant): Receivable =>
  moved(receivable, { state: 'attempting', attempts: attempt.attempt, nextAt: checkAgainAt, requested: undefined });

/**
 * What an outcome means. `final`: the attempt is closed with it; otherwise it stays open, and `overdue` says that it has
 * been open for so long that a person must look.
 */
export type Conclusion =
  | {
      readonly final: true;
      readonly next: Receivable;
      readonly attempt: PaymentAttempt;
      readonly entry?: JournalEntry;
      readonly credit?: Credit;
    }
  | { readonly final: false; readonly next: Receivable; readonly overdue: boolean };

/** `fallback`: another method of the customer's takes over when this one is declined for good. */
interface Retry {
  readonly policy?: RetryPolicyId;
  readonly fallback?: boolean;
}

/**
 * Applies an attempt's outcome to its receivable. `earlier` are the invoice's other attempts. `timeZone` is the seller's:
 * the payment is booked on the date it is known there, as processor clearing against receivable.
 */
export function conclude(
  receivable: Receivable,
  attempt: PaymentAttempt,
  earlier: readonly PaymentAttempt[],
  outcome: PaymentOutcome,
  now: Instant,
  timeZone: string,
  retry: Retry = {},
): Conclusion {
  if (outcome.kind === 'unknown' || outcome.kind === 'processing') {
    return stillOpen(receivable, attempt, outcome.kind, now);
  }
  const closed: PaymentAttempt = { ...attempt, outcome, finishedAt: now };
  if (outcome.kind === 'succeeded') {
    const excess = Math.max(0, outcome.amount - receivable.due);
    const entry = paymentEntry(closed, outcome, excess, dateIn(now, timeZone));
    const next = paid(receivable, attempt, outcome.amount, now);
    if (excess === 0) return { final: true, next, attempt: closed, entry };
    return { final: true, next, attempt: closed, entry, credit: overcollected(closed, excess) };
  }
  // A request that arrived meanwhile is honoured next, unless its own method has to rest.
  const requestedAt = receivable.collection.requested ? now : undefined;
  if (outcome.kind === 'needs-authentication') {
    const next = moved(receivable, { state: 'needs-authentication', nextAt: requestedAt ?? attempt.resumeAt });
    return { final: true, next, attempt: closed };
  }
  const tried = [...earlier.filter((other) => other.methodId === attempt.methodId), closed];
  const fallbackAt = outcome.hard && retry.fallback ? now : undefined;
  const retryAt = fallbackAt ?? nextTry(tried, attempt.method, retry.policy) ?? attempt.resumeAt;
  const next = moved(receivable, {
    state: retryAt ? 'idle' : 'stopped',
    nextAt: requestedAt ?? retryAt,
    lastDecline: {
      code: outcome.code,
      at: now,
      methodId: attempt.methodId,
      ...(outcome.reason && { reason: outcome.reason }),
    },
  });
  return { final: true, next, attempt: closed };
}

/** What the instrument remembers of a closed attempt; undefined when it was not declined, or through no fault of its own. */
export function declineOf({ key, outcome, finishedAt, startedAt }: PaymentAttempt): AttemptDecline | undefined {
  if (outcome?.kind !== 'declined' || NEVER_PRESENTED.includes(outcome.code)) return undefined;
  return {
    at: finishedAt ?? startedAt,
    code: outcome.code,
    attempt: key,
    ...(outcome.hard && { stop: true }),
    ...(outcome.restHours !== undefined && { restHours: outcome.restHours }),
  };
}

function stillOpen(receivable: Receivable, attempt: PaymentAttempt, kind: 'unknown' | 'processing', now: Instant) {
  const minutes = (Date.parse(now) - Date.parse(attempt.startedAt)) / 60_000;
  if (kind === 'processing') {
    const next = moved(receivable, { state: 'processing', nextAt: addHours(now, PROCESSING_CHECK_HOURS) });
    return { final: false, next, overdue: minutes >= PROCESSING_FOR_TOO_LONG_HOURS * 60 } as const;
  }
  const overdue = minutes >= UNKNOWN_FOR_TOO_LONG_HOURS * 60;
  const wait = overdue ? 60 : minutes < FIRST_CHECK_MINUTES ? FIRST_CHECK_MINUTES : minutes < 15 ? 10 : 15;
  const next = moved(receivable, { state: 'attempting', nextAt: addMinutes(now, wait) });
  return { final: false, next, overdue } as const;
}

/**
 * An intent that was paid is spent, also where nothing is left: should anything be due again, it needs one of its own. What
 * is left of a part goes on as it was planned before the customer stepped in.
 */
function paid(receivable: Receivable, { resumeAt }: PaymentAttempt, amount: number, now: Instant): Receivable {
  const due = Math.max(0, receivable.due - amount);
  const { requested, spentIntents = 0 } = receivable.collection;
  const spent = { state: 'idle', intentId: undefined, spentIntents: spentIntents + 1 } as const;
  if (due > 0) return { ...moved(receivable, { ...spent, nextAt: requested ? now : resumeAt }), due };
  const next = moved(receivable, { ...spent, nextAt: undefined, requested: undefined });
  const { nextAt: _over, ...dunning } = receivable.dunning;
  return { ...next, due, dunning, ...(receivable.disputed ? {} : { status: 'paid', paidAt: now }) };
}

/** `excess` of it was not due any more when the charge went through: the customer has it to its credit. */
function paymentEntry(attempt: PaymentAttempt, of: Succeeded, excess: number, date: string): JournalEntry {
  return balanced({
    entryId: `payment#${attempt.invoiceId}#${threeDigits(attempt.attempt)}`,
    accountId: attempt.accountId,
    sellerId: attempt.sellerId,
    date,
    recordedAt: attempt.finishedAt!,
    currency: attempt.currency,
    reference: of.chargeId,
    postings: postings(
      ['processor-clearing', of.amount],
      ['receivable', excess - of.amount],
      ['customer-credit', -excess],
    ),
  });
}
type Succeeded = Extract<PaymentOutcome, { kind: 'succeeded' }>;

const overcollected = (attempt: PaymentAttempt, excess: number): Credit => ({
  sellerId: attempt.sellerId,
  accountId: attempt.accountId,
  creditId: `overcollected-${attempt.invoiceId.replace('#', '-')}-${threeDigits(attempt.attempt)}`,
  source: { kind: 'overcollected', invoiceId: attempt.invoiceId, attempt: attempt.attempt },
  currency: attempt.currency,
  amount: excess,
  remaining: excess,
  uses: [],
  bookedAt: attempt.finishedAt!,
  by: 'processor',
  version: 1,
});

/** Attempts that no bank has seen: the instrument is not to blame for them. */
const NEVER_PRESENTED: readonly string[] = ['processor_error', 'not_attempted'];
/** Declines that are the processor's matter: telling the customer to act would be wrong. */
const NOT_THE_CUSTOMERS = ['processing_error', ...NEVER_PRESENTED];

/**
 * The notice that a closed attempt calls for. A receipt goes to whoever asked for the payment or was told before that it
 * had failed; a silent monthly autopay needs none, the invoice announced it.
 */
export function noticeOf(
  attempt: PaymentAttempt,
): 'payment-failed' | 'authentication-needed' | 'payment-received' | 'payment-returned' | undefined {
  if (attempt.returned) return 'payment-returned';
  switch (attempt.outcome?.kind) {
    case 'succeeded':
      return attempt.attempt > 1 || !attempt.offSession ? 'payment-received' : undefined;
    case 'needs-authentication':
      return 'authentication-needed';
    case 'declined':
      return NOT_THE_CUSTOMERS.includes(attempt.outcome.code) ? undefined : 'payment-failed';
    default:
      return undefined;
  }
}
