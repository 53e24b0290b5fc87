// Trigger: the collections queue — an invoice to collect by autopay, on request or again, or an attempt to ask about.
import { createBooksStore } from '../../shared/aws/books-store.ts';
import { createCollectionStore } from '../../shared/aws/collection-store.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { createQueues } from '../../shared/aws/queues.ts';
import { createProcessorSecret } from '../../shared/aws/secret.ts';
import type { Account } from '../../shared/domain/account.ts';
import { payFromCredit } from '../../shared/domain/books/manual-payment.ts';
import { addMinutes, dateIn, type Instant } from '../../shared/domain/calendar.ts';
import { intentKeyOf, moved, planAttempt } from '../../shared/domain/collection.ts';
import { opened } from '../../shared/domain/collection-outcome.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import type { PaymentAttempt, Receivable } from '../../shared/domain/receivable.ts';
import type { Message } from '../../shared/messages.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import type { ChargeRequest } from '../../shared/ports.ts';
import { processorEnvironment, queueUrls } from '../../shared/runtime/environment.ts';
import { count, logger } from '../../shared/runtime/observability.ts';
import { queueHandler } from '../../shared/runtime/queue-handler.ts';
import { loadStage, sellerOf } from '../../shared/runtime/stage.ts';
import { openStorage } from '../../shared/runtime/storage.ts';
import { lookAt } from './look.ts';
import { unlessBusy } from './put-off.ts';
import { announce, type Deps, type Known, owesMore, reactivate, record, type Step, TRIES } from './record.ts';

/** An unknown outcome is known by then, when the processor answers. */
const TURN_MINUTES = 15;
const WAIT_MINUTES = 5;

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

async function advance(deps: Deps, message: Message<'collections'>, now: Instant, turn?: string): Promise<Step> {
  const { sellerId, accountId, invoiceId, look } = message;
  const { store } = deps;
  const receivable = await store.receivable(accountId, invoiceId);
  if (look && receivable?.sellerId !== sellerId) return nobodys(look);
  if (receivable?.sellerId !== sellerId) throw new BillingError('invoice_not_found', `${accountId} ${invoiceId}`);
  const [input, attempts] = await Promise.all([store.loadAccount(accountId), attemptsOf(store, receivable)]);
  if (!input) throw new BillingError('account_not_found', accountId);
  if (await payFromOwnCredit(deps, receivable, input.account, now)) return 'look-again';
  const known: Known = { account: input.account, methods: input.methods, attempts };
  if (look && (await lookAt(deps, receivable, look, known, now)) === 'look-again') return 'look-again';
  const { retryPolicy } = sellerOf(deps.stage, sellerId);
  const plan = planAttempt(receivable, input.account, input.methods, attempts, now, retryPolicy);
  if (plan.do === 'ask') return await resume(deps, receivable, plan.attempt, known, now);
  if (plan.do === 'attempt') {
    // Whatever the others' attempts came to before it was this one's turn is read first.
    if (owesMore(input.account, receivable) && turn !== plan.attempt.key)
      return await inTurn(deps, message, receivable, plan.attempt, now);
    const instrument = instrumentOf(plan.attempt, known, receivable);
    const begun = await store.beginAttempt(receivable, plan.attempt, plan.checkAgainAt, instrument);
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

/**
 * The instrument of an attempt, where another invoice may have it declined meanwhile: by a debit that comes back at any
 * moment, which is nobody's turn, or by an attempt whose outcome was unknown for longer than its turn lasts.
 */
const instrumentOf = ({ methodId }: PaymentAttempt, { account, methods }: Known, receivable: Receivable) =>
  methods.find(
    (method) => method.methodId === methodId && (method.kind === 'bank-debit' || owesMore(account, receivable)),
  );

/** Takes the attempt's turn among the account's invoices, or comes back when another one should have given its own back. */
async function inTurn(
  deps: Deps,
  message: Message<'collections'>,
  receivable: Receivable,
  { accountId, key }: PaymentAttempt,
  now: Instant,
): Promise<Step> {
  const taken = await deps.store.takeTurn(accountId, key, addMinutes(now, TURN_MINUTES), now);
  if (taken === 'taken') return await advance(deps, message, now, key);
  const later = moved(receivable, { nextAt: addMinutes(now, WAIT_MINUTES) });
  return (await deps.store.updateReceivable(later)) === 'written' ? 'done' : 'look-again';
}

/** What the customer has to its credit pays before any method is charged. True when the invoice is to be read again. */
async function payFromOwnCredit(
  { store, queues, stage }: Deps,
  receivable: Receivable,
  { credit = 0 }: Pick<Account, 'credit'>,
  now: Instant,
): Promise<boolean> {
  if (credit === 0) return false;
  const { sellerId, accountId } = receivable;
  const today = dateIn(now, sellerOf(stage, sellerId).timeZone);
  const decided = { by: 'collect-payment', now, today };
  const adjustment = payFromCredit(receivable, await store.creditsOf(accountId), decided);
  if (adjustment === undefined) return false;
  const { reactivation } = await store.book(adjustment, now);
  await reactivate(queues, receivable, reactivation);
  return true;
}

/** One processor may serve several stages: news of another one's invoice are not ours. */
function nobodys(intentId: string): Step {
  count('WebhooksUnknown');
  logger.info('The processor told of an invoice that is not ours', { intentId });
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
  const request = { ...requestOf(receivable, attempt), intentId };
  const outcome = await unlessBusy(deps, attempt, now, () => deps.processor.inquire(request, now));
  return await went(deps, receivable, attempt, known, outcome, now);
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
  let standing = receivable;
  const outcome = await unlessBusy(deps, attempt, now, async () => {
    const intentId = await processor.ensureIntent(request);
    if (receivable.collection.intentId !== intentId) {
      if ((await store.rememberIntent(receivable, intentId)) === 'stale') return 'look-again';
      standing = moved(receivable, { intentId });
    }
    return await processor.charge({ ...request, intentId });
  });
  return await went(deps, standing, attempt, known, outcome, now);
}

/** An attempt that was put off stays as it is; its message comes again. */
async function went(
  deps: Deps,
  receivable: Receivable,
  attempt: PaymentAttempt,
  known: Known,
  outcome: Awaited<ReturnType<typeof unlessBusy>>,
  now: Instant,
): Promise<Step> {
  if (outcome === 'put-off') return 'done';
  if (outcome === 'look-again') return outcome;
  return await record(deps, receivable, attempt, known, outcome, now);
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
    ...(attempt.observed && { observed: true }),
    metadata: { seller: sellerId, account: accountId, invoice: invoiceId, number },
  };
}

export const handler = queueHandler('collections', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const { secretArn, apiBase } = processorEnvironment();
  const secret = createProcessorSecret({ arn: secretArn });
  return collectPayment({
    store: { ...createInvoiceStore(storage), ...createCollectionStore(storage), ...createBooksStore(storage) },
    processor: stripeProcessor({ apiKey: async () => (await secret()).apiKey, ...(apiBase && { apiBase }) }),
    queues: createQueues({ urls: queueUrls('collections', 'notices', 'services') }),
    stage,
  });
});
