import type { Account, BillingInput } from '../../shared/domain/account.ts';
import { takesAnother } from '../../shared/domain/autopay.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { type Conclusion, conclude, declineOf, noticeOf } from '../../shared/domain/collection-outcome.ts';
import { warnsOfExpiry } from '../../shared/domain/method-rules.ts';
import { nextRequested } from '../../shared/domain/payment-request.ts';
import {
  isUnderWay,
  type PaymentAttempt,
  type PaymentOutcome,
  type Receivable,
} from '../../shared/domain/receivable.ts';
import type { Message } from '../../shared/messages.ts';
import type { BooksStore, CollectionStore, InvoiceStore, PaymentProcessor, Queues } from '../../shared/ports.ts';
import { count, logger } from '../../shared/runtime/observability.ts';
import { type Stage, sellerOf } from '../../shared/runtime/stage.ts';

export interface Deps {
  readonly store: Pick<InvoiceStore, 'loadAccount' | 'receivable' | 'receivablesOf'> &
    CollectionStore &
    Pick<BooksStore, 'book' | 'creditsOf'>;
  readonly processor: PaymentProcessor;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

/** What was read beside the receivable; it may have moved on since. */
export interface Known extends Pick<BillingInput, 'account' | 'methods'> {
  readonly attempts: readonly PaymentAttempt[];
}

/** `look-again`: somebody else moved the invoice, or settled the attempt; what follows from it is decided anew. */
export type Step = 'done' | 'look-again';

/** Decisions made anew when the invoice changes under them, before the queue's longer wait takes over. */
export const TRIES = 5;
/** No account has more unpaid invoices that it may be paying at once. */
const MOST_UNPAID = 100;

/** Writes what became of an attempt. An outcome is not lost because the invoice moved: it is applied to what stands now. */
export async function record(
  deps: Deps,
  receivable: Receivable,
  attempt: PaymentAttempt,
  known: Known,
  outcome: PaymentOutcome,
  now: Instant,
): Promise<Step> {
  const { store, stage } = deps;
  const { timeZone, retryPolicy: policy } = sellerOf(stage, receivable.sellerId);
  const earlier = known.attempts.filter((other) => other.attempt < attempt.attempt);
  let current: Receivable | undefined = receivable;
  for (let round = 1; round <= TRIES && current && isOpen(current, attempt); round++) {
    const retry = { ...(policy && { policy }), fallback: hasFallback(known, attempt, outcome) };
    const conclusion = conclude(current, attempt, earlier, outcome, now, timeZone, retry);
    const written = await write(deps, current, known.account, conclusion, now);
    if (written.result === 'already-done') break;
    if (written.result === 'written') {
      report(attempt, outcome, conclusion);
      if (!conclusion.final) return 'done';
      if (owesMore(known.account, receivable)) await store.giveTurnBack(attempt.accountId, attempt.key);
      await announce(deps, conclusion.attempt, written.reactivation);
      if (outcome.kind === 'succeeded') await goOn(deps, current, known.account, outcome.amount);
      // Money that came in by other means while the charge was under way waits as credit for its outcome.
      const credited = conclusion.next.due > 0 && (await hasCredit(store, receivable));
      return retry.fallback || credited ? 'look-again' : 'done';
    }
    current = await store.receivable(receivable.accountId, receivable.invoiceId);
  }
  return 'look-again';
}

/** Whether the account has other invoices to pay than this one: then they are charged one at a time. */
export const owesMore = ({ balance }: Pick<Account, 'balance'>, { due }: Pick<Receivable, 'due'>): boolean =>
  balance > due;

const hasCredit = async ({ creditsOf }: Deps['store'], { accountId }: Receivable): Promise<boolean> =>
  (await creditsOf(accountId)).some(({ remaining }) => remaining > 0);

/** Whether autopay has another method to turn to, now that this one is declined for good. */
function hasFallback({ account, methods, attempts }: Known, attempt: PaymentAttempt, outcome: PaymentOutcome): boolean {
  if (outcome.kind !== 'declined' || !outcome.hard || !attempt.offSession) return false;
  return takesAnother(account, methods, attempts, { ...attempt, outcome });
}

/** A request to pay the balance takes the invoices one after the other: this one is through, the next one's turn has come. */
async function goOn({ store, queues }: Deps, { accountId }: Receivable, account: Account, paid: number): Promise<void> {
  if (account.balance <= paid) return;
  const { items } = await store.receivablesOf(accountId, MOST_UNPAID);
  const next = nextRequested(items);
  if (next) await queues.send('collections', [messageOf(next)]);
}

const messageOf = ({ sellerId, accountId, invoiceId }: Receivable): Message<'collections'> => ({
  ...{ sellerId, accountId, invoiceId },
});

async function write({ store }: Deps, receivable: Receivable, account: Account, conclusion: Conclusion, now: Instant) {
  const { next } = conclusion;
  if (!conclusion.final) return { result: await store.updateReceivable(next) };
  const { attempt, entry, credit } = conclusion;
  const decline = declineOf(attempt);
  const booked = { ...(entry && { entry }), ...(credit && { credit }), ...(decline && { decline }) };
  return await store.concludeAttempt({ receivable, next, account, attempt, now, ...booked });
}

const isOpen = (receivable: Receivable, { attempt }: PaymentAttempt): boolean =>
  receivable.collection.attempts === attempt && isUnderWay(receivable);

function report(
  { accountId, invoiceId, attempt }: PaymentAttempt,
  outcome: PaymentOutcome,
  conclusion: Conclusion,
): void {
  const { kind } = outcome;
  const details = { accountId, invoiceId, attempt, outcome: kind };
  if (!conclusion.final && conclusion.overdue) {
    count('PaymentsUnresolved');
    logger.error('Nobody knows what became of a payment: look its key up at the processor', details);
    return;
  }
  if (kind === 'succeeded') count('PaymentsCollected');
  if (kind === 'declined') count('PaymentsDeclined');
  const why = kind === 'declined' ? { code: outcome.code } : kind === 'unknown' ? { reason: outcome.reason } : {};
  logger.info('A payment was attempted or asked about', { ...details, ...why });
}

/** Tells the customer, and whoever turns the services on again; repeating it does no harm, each knows what it was told. */
export async function announce(
  { queues }: Deps,
  attempt: PaymentAttempt,
  reactivation: number | undefined,
): Promise<void> {
  const { sellerId, accountId, invoiceId } = attempt;
  await reactivate(queues, attempt, reactivation);
  const documents = [noticeOf(attempt), warnsOfExpiry(attempt) ? ('method-expiring' as const) : undefined];
  const notices = documents.filter((document) => document !== undefined);
  if (notices.length === 0) return;
  const of = { sellerId, accountId, about: invoiceId, occurrence: attempt.attempt };
  await queues.send(
    'notices',
    notices.map((document) => ({ ...of, document })),
  );
}

/** Has the services given back that suspension `number` took; nothing when there is none to end. */
export async function reactivate(
  queues: Queues,
  { sellerId, accountId }: Pick<Receivable, 'sellerId' | 'accountId'>,
  number: number | undefined,
): Promise<void> {
  if (number !== undefined) await queues.send('services', [{ sellerId, accountId, number, action: 'reactivate' }]);
}
