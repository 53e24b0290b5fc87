import { nextTry } from './autopay.ts';
import { addHours, dateIn, type Instant } from './calendar.ts';
import { moved, threeDigits } from './collection.ts';
import { declineOf } from './collection-outcome.ts';
import { balanced, type JournalEntry } from './ledger.ts';
import type { PaymentMethod } from './payment-method.ts';
import { isUnderWay, type PaymentAttempt, type PaymentReturn, type Receivable } from './receivable.ts';
import type { RetryPolicyId } from './retry-policy.ts';

/** Before dunning goes on after a payment came back: the customer is told first. */
const HOURS_UNTIL_DUNNED = 24;
/** And before another method is charged, which is before that. */
const HOURS_UNTIL_ANOTHER = 12;

/** What the processor says of an intent, as far as it matters here. */
type Standing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'succeeded' | 'processing' | 'returned'; readonly chargeId: string };

/**
 * Whether the attempts on record say already what the processor says of an intent of theirs, so that there is nothing to
 * find. False while an attempt is open: its outcome may be what the processor tells of.
 */
export function isOnRecord(standing: Standing, attempts: readonly PaymentAttempt[]): boolean {
  if (attempts.length === 0 || attempts.some(({ outcome }) => outcome === undefined)) return false;
  if (standing.kind === 'nothing') return true;
  if (standing.kind !== 'succeeded') return false;
  return attempts.some(({ outcome }) => outcome?.kind === 'succeeded' && outcome.chargeId === standing.chargeId);
}

/** The attempt for a payment that the processor has and nobody here has begun: the customer completed it by itself. */
export function foundAttempt(
  receivable: Receivable,
  { declines: _log, changedAt: _change, ...method }: PaymentMethod,
  amount: number,
  now: Instant,
): PaymentAttempt {
  const { sellerId, accountId, invoiceId, currency, collection } = receivable;
  const number = collection.attempts + 1;
  return {
    ...{ sellerId, accountId, invoiceId, currency, amount },
    attempt: number,
    key: `${accountId}#${invoiceId}#${threeDigits(number)}`,
    methodId: method.methodId,
    method,
    startedAt: now,
    offSession: false,
    observed: true,
    ...(collection.nextAt && { resumeAt: collection.nextAt }),
  };
}

/**
 * A settled payment came back from the customer's bank: its entry is reversed and the invoice is open again. Where
 * autopay turns to another method of the customer's (`another`), that one is charged; otherwise the same one is tried again only
 * where the bank's reason allows it and the policy says when, or it stands stopped. An attempt that is under way meanwhile stays
 * under way.
 */
export function returned(
  receivable: Receivable,
  attempt: PaymentAttempt,
  { code, amount, hard }: Pick<PaymentReturn, 'code' | 'amount' | 'hard'>,
  now: Instant,
  of: { readonly timeZone: string; readonly policy?: RetryPolicyId; readonly another?: boolean },
): { next: Receivable; attempt: PaymentAttempt; entry: JournalEntry; decline?: ReturnType<typeof declineOf> } {
  const closed: PaymentAttempt = { ...attempt, returned: { at: now, code, amount, hard } };
  const anotherAt = of.another ? addHours(now, HOURS_UNTIL_ANOTHER) : undefined;
  const retryAt = anotherAt ?? nextTry([closed], attempt.method, of.policy);
  const reopened = {
    state: retryAt ? 'idle' : 'stopped',
    nextAt: receivable.collection.requested ? now : retryAt,
    lastDecline: { code, at: now, methodId: attempt.methodId },
  } as const;
  const { paidAt: _undone, ...open } = moved(receivable, isUnderWay(receivable) ? {} : reopened);
  const decline = declineOf({ ...attempt, outcome: { kind: 'declined', hard, code }, finishedAt: now });
  return {
    next: {
      ...open,
      due: receivable.due + amount,
      status: 'unpaid',
      dunning: { ...receivable.dunning, nextAt: addHours(now, HOURS_UNTIL_DUNNED) },
    },
    attempt: closed,
    entry: returnEntry(attempt, amount, now, dateIn(now, of.timeZone)),
    ...(decline && { decline }),
  };
}

/** Reverses the payment's entry, on the date on which the return is known. */
function returnEntry(attempt: PaymentAttempt, amount: number, now: Instant, date: string): JournalEntry {
  const { invoiceId, accountId, sellerId, currency, outcome } = attempt;
  return balanced({
    entryId: `return#${invoiceId}#${threeDigits(attempt.attempt)}`,
    ...{ accountId, sellerId, date, currency },
    recordedAt: now,
    ...(outcome?.kind === 'succeeded' && { reference: outcome.chargeId }),
    postings: [
      { account: 'receivable', amount },
      { account: 'processor-clearing', amount: -amount },
    ],
  });
}
