import type { Credit } from './books/credit.ts';
import { addHours, addMinutes, dateIn, type Instant } from './calendar.ts';
import { FIRST_CHECK_MINUTES, moved, nextTry, threeDigits } from './collection.ts';
import { balanced, type JournalEntry, postings } from './ledger.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from './receivable.ts';

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
): Conclusion {
  if (outcome.kind === 'unknown' || outcome.kind === 'processing') {
    return stillOpen(receivable, attempt, outcome.kind, now);
  }
  const closed: PaymentAttempt = { ...attempt, outcome, finishedAt: now };
  if (outcome.kind === 'succeeded') {
    const excess = Math.max(0, outcome.amount - receivable.due);
    const entry = paymentEntry(closed, outcome, excess, dateIn(now, timeZone));
    const next = paid(receivable, outcome.amount, now);
    if (excess === 0) return { final: true, next, attempt: closed, entry };
    return { final: true, next, attempt: closed, entry, credit: overcollected(closed, excess) };
  }
  // A request that arrived meanwhile is honoured next, unless its own method has to rest.
  const requestedAt = receivable.collection.requested ? now : undefined;
  if (outcome.kind === 'needs-authentication') {
    const next = moved(receivable, { state: 'needs-authentication', nextAt: requestedAt });
    return { final: true, next, attempt: closed };
  }
  const retryAt = nextTry([...earlier.filter((other) => other.methodId === attempt.methodId), closed]);
  const next = moved(receivable, {
    state: retryAt ? 'idle' : 'stopped',
    nextAt: requestedAt ?? retryAt,
    lastDecline: { code: outcome.code, at: now, methodId: attempt.methodId },
  });
  return { final: true, next, attempt: closed };
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

function paid(receivable: Receivable, amount: number, now: Instant): Receivable {
  const due = Math.max(0, receivable.due - amount);
  const next = moved(receivable, { state: 'idle', nextAt: undefined, ...(due === 0 && { requested: undefined }) });
  if (due > 0) return { ...next, due };
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

/** Declines that are the processor's matter: telling the customer to act would be wrong. */
const NOT_THE_CUSTOMERS = ['processing_error', 'processor_error', 'not_attempted'];

/**
 * The notice that a closed attempt calls for. A receipt goes to whoever asked for the payment or was told before that it
 * had failed; a silent monthly autopay needs none, the invoice announced it.
 */
export function noticeOf(
  attempt: PaymentAttempt,
): 'payment-failed' | 'authentication-needed' | 'payment-received' | undefined {
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
