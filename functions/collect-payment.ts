// Trigger: the collections queue — an invoice to collect by autopay, on request or again, or an attempt to ask about.
import { createCollectionStore } from '../shared/aws/collection-store.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createProcessorSecret } from '../shared/aws/secret.ts';
import type { Account, BillingInput } from '../shared/domain/account.ts';
import { autopayMethod } from '../shared/domain/autopay.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { intentKeyOf, moved, planAttempt } from '../shared/domain/collection.ts';
import { type Conclusion, conclude, declineOf, noticeOf, opened } from '../shared/domain/collection-outcome.ts';
import { BillingError } from '../shared/domain/errors.ts';
import { nextRequested } from '../shared/domain/payment-request.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from '../shared/domain/receivable.ts';
import type { Message } from '../shared/messages.ts';
import { stripeProcessor } from '../shared/payments/stripe.ts';
import type { ChargeRequest, CollectionStore, InvoiceStore, PaymentProcessor, Queues } from '../shared/ports.ts';
import { processorEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<InvoiceStore, 'loadAccount' | 'receivable' | 'receivablesOf'> & CollectionStore;
  readonly processor: PaymentProcessor;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

/** What was read beside the receivable; it may have moved on since. */
interface Known extends Pick<BillingInput, 'account' | 'methods'> {
  readonly attempts: readonly PaymentAttempt[];
}

/** `look-again`: somebody else moved the invoice, or settled the attempt; what follows from it is decided anew. */
type Step = 'done' | 'look-again';

/** Decisions made anew when the invoice changes under them, before the queue's longer wait takes over. */
const TRIES = 5;
/** No account has more unpaid invoices that it may be paying at once. */
const MOST_UNPAID = 100;

/**
 * Takes one step in collecting an invoice: begins one attempt, asks about the one that is open, or nothing. The attempt is
 * on record before the processor is called, and the invoice's intent before it is charged, so that whoever finds the
 * attempt open may ask and never charges anew. Throws `invoice_not_found`, `account_not_found`, `seller_not_found`, and
 * `processor_rejected` when the processor refuses the request itself; the attempt then stays open.
 */
export const collectPayment =
  (deps: Deps) =>
  async (message: Message<'collections'>, now: Instant): Promise<void> => {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if ((await advance(deps, message, now)) === 'done') return;
    }
    throw new Error(`The invoice ${message.invoiceId} of ${message.accountId} kept changing while it was collected`);
  };

async function advance(
  deps: Deps,
  { sellerId, accountId, invoiceId }: Message<'collections'>,
  now: Instant,
): Promise<Step> {
  const { store } = deps;
  const receivable = await store.receivable(accountId, invoiceId);
  if (receivable?.sellerId !== sellerId) throw new BillingError('invoice_not_found', `${accountId} ${invoiceId}`);
  const [input, attempts] = await Promise.all([store.loadAccount(accountId), attemptsOf(store, receivable)]);
  if (!input) throw new BillingError('account_not_found', accountId);
  const known: Known = { account: input.account, methods: input.methods, attempts };
  const { retryPolicy } = sellerOf(deps.stage, sellerId);
  const plan = planAttempt(receivable, input.account, input.methods, attempts, now, retryPolicy);
  if (plan.do === 'ask') return await resume(deps, receivable, plan.attempt, known, now);
  if (plan.do === 'attempt') {
    const begun = await store.beginAttempt(receivable, plan.attempt, plan.checkAgainAt);
    if (begun !== 'written') return 'look-again';
    return await charge(deps, opened(receivable, plan.attempt, plan.checkAgainAt), plan.attempt, known, now);
  }
  if (plan.tidy && (await store.updateReceivable(plan.tidy)) === 'stale') return 'look-again';
  // Whoever brought this about may have died before telling anybody.
  const { status, number } = input.account.services;
  const last = attempts.at(-1);
  if (last) await announce(deps, last, receivable.due === 0 && status === 'reactivating' ? number : undefined);
  return 'done';
}

const attemptsOf = async (store: Deps['store'], { accountId, invoiceId, collection }: Receivable) =>
  collection.attempts === 0 ? [] : await store.attempts(accountId, invoiceId);

/** Without a remembered intent nothing can have been charged: whoever began the attempt never came that far. */
async function resume(
  deps: Deps,
  receivable: Receivable,
  attempt: PaymentAttempt,
  known: Known,
  now: Instant,
): Promise<Step> {
  const { intentId } = receivable.collection;
  if (!intentId) return await charge(deps, receivable, attempt, known, now);
  const outcome = await deps.processor.inquire({ ...requestOf(receivable, attempt), intentId }, now);
  return await record(deps, receivable, attempt, known, outcome, now);
}

async function charge(
  deps: Deps,
  receivable: Receivable,
  attempt: PaymentAttempt,
  known: Known,
  now: Instant,
): Promise<Step> {
  const { store, processor } = deps;
  const request = requestOf(receivable, attempt);
  const intentId = await processor.ensureIntent(request);
  const remembered = receivable.collection.intentId === intentId;
  if (!remembered && (await store.rememberIntent(receivable, intentId)) === 'stale') return 'look-again';
  const outcome = await processor.charge({ ...request, intentId });
  const standing = remembered ? receivable : moved(receivable, { intentId });
  return await record(deps, standing, attempt, known, outcome, now);
}

function requestOf(receivable: Receivable, attempt: PaymentAttempt): ChargeRequest {
  const { sellerId, accountId, invoiceId, number, total, collection } = receivable;
  return {
    intentKey: intentKeyOf(receivable),
    ...(collection.intentId && { intentId: collection.intentId }),
    key: attempt.key,
    invoiceTotal: total,
    amount: attempt.amount,
    currency: attempt.currency,
    method: attempt.method,
    offSession: attempt.offSession,
    startedAt: attempt.startedAt,
    metadata: { seller: sellerId, account: accountId, invoice: invoiceId, number },
  };
}

/** Writes what became of an attempt. An outcome is not lost because the invoice moved: it is applied to what stands now. */
async function record(
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
      await announce(deps, conclusion.attempt, written.reactivation);
      if (outcome.kind === 'succeeded') await goOn(deps, current, known.account, outcome.amount);
      return retry.fallback ? 'look-again' : 'done';
    }
    current = await store.receivable(receivable.accountId, receivable.invoiceId);
  }
  return 'look-again';
}

/** Whether autopay has another method to turn to, now that this one is declined for good. */
function hasFallback({ account, methods, attempts }: Known, attempt: PaymentAttempt, outcome: PaymentOutcome): boolean {
  if (outcome.kind !== 'declined' || !outcome.hard || !attempt.offSession || !account.autopay) return false;
  const next = autopayMethod(account, methods, [...attempts, { ...attempt, outcome }]);
  return next !== undefined && next.methodId !== attempt.methodId;
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
  const { attempt, entry } = conclusion;
  const decline = declineOf(attempt);
  const written = { receivable, next, account, attempt, now, ...(entry && { entry }), ...(decline && { decline }) };
  return await store.concludeAttempt(written);
}

const isOpen = ({ collection: { state, attempts } }: Receivable, { attempt }: PaymentAttempt): boolean =>
  attempts === attempt && (state === 'attempting' || state === 'processing');

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
async function announce({ queues }: Deps, attempt: PaymentAttempt, reactivation: number | undefined): Promise<void> {
  const { sellerId, accountId, invoiceId } = attempt;
  if (reactivation !== undefined) {
    await queues.send('services', [{ sellerId, accountId, number: reactivation, action: 'reactivate' }]);
  }
  const document = noticeOf(attempt);
  if (document)
    await queues.send('notices', [{ sellerId, accountId, invoiceId, document, occurrence: attempt.attempt }]);
}

export const handler = queueHandler('collections', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const { secretArn, apiBase } = processorEnvironment();
  const secret = createProcessorSecret({ arn: secretArn });
  return collectPayment({
    store: { ...createInvoiceStore(storage), ...createCollectionStore(storage) },
    processor: stripeProcessor({ apiKey: async () => (await secret()).apiKey, ...(apiBase && { apiBase }) }),
    queues: createQueues({ urls: queueUrls('notices', 'services') }),
    stage,
  });
});
