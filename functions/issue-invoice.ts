// Trigger: the invoices queue — one account that a run found due.
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createOrderStore } from '../shared/aws/order-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createRunStore } from '../shared/aws/run-store.ts';
import type { BillingInput } from '../shared/domain/account.ts';
import type { Instant, PlainDate } from '../shared/domain/calendar.ts';
import { composeInvoice } from '../shared/domain/compose-invoice.ts';
import { composePurchase } from '../shared/domain/compose-purchase.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { Invoice } from '../shared/domain/invoice.ts';
import { nextDueAfter } from '../shared/domain/next-due.ts';
import { isCollectedAtOnce } from '../shared/domain/open-receivable.ts';
import { purchaseInvoiceId } from '../shared/domain/order.ts';
import { cycleInvoiceId } from '../shared/domain/schedule.ts';
import type { Message } from '../shared/messages.ts';
import type { InvoiceStore, OrderStore, Queues, RunStore } from '../shared/ports.ts';
import { queueUrls } from '../shared/runtime/environment.ts';
import { count } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<InvoiceStore, 'loadForBilling' | 'issueOnce' | 'recordWithoutInvoice' | 'invoice'> &
    Pick<RunStore, 'recordSettled'> &
    Pick<OrderStore, 'order' | 'orderBilled'>;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers' | 'products'>;
}

/** `nextDue`: the date the account is due at now; it may lie before the run's date when a month was missed. */
type Settled = { readonly invoice?: Invoice; readonly nextDue?: PlainDate };

/** Decisions made anew when the account changes under them, before the queue's longer wait takes over. */
const TRIES = 3;

/**
 * Issues the invoice of the month an account is due for, or records why there is none, and sends what follows from it;
 * also when it was issued before, for the first try may have died before it sent. A missed month is caught up: the account
 * is sent again until nothing is due by the run's date. An order is invoiced by itself. Throws `account_not_found`,
 * `seller_not_found`, `order_not_found`, and `order_not_billable` where the account would be held.
 */
export const issueInvoice =
  (deps: Deps) =>
  async (message: Message<'invoices'>, now: Instant): Promise<void> => {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const input = await deps.store.loadForBilling(message.accountId);
      if (input?.account.sellerId !== message.sellerId) throw new BillingError('account_not_found', message.accountId);
      const settled = await (message.orderId === undefined
        ? settle(deps, input, message, now)
        : settleOrder(deps, input, message.orderId, now));
      if (settled === 'stale') continue;
      await sendNext(deps, message, settled);
      const { accountId, billingDate: orderedOn, orderId } = message;
      if (orderId !== undefined) await deps.store.orderBilled({ accountId, orderedOn, orderId });
      return;
    }
    throw new Error(`The account ${message.accountId} kept changing while it was invoiced`);
  };

async function settle(
  deps: Deps,
  input: BillingInput,
  message: Message<'invoices'>,
  now: Instant,
): Promise<Settled | 'stale'> {
  const { store, stage } = deps;
  const { sellerId, accountId, businessDate } = message;
  const run = { sellerId, businessDate };
  const billingDate = input.account.nextBillingDate;
  if (billingDate > message.billingDate) {
    const invoice = await store.invoice(accountId, cycleInvoiceId(input.account, message.billingDate));
    await store.recordSettled(run, accountId, invoice ? 'invoiced' : 'zero');
    return { invoice, nextDue: billingDate };
  }
  const nextDue = nextDueAfter(input, stage.products, billingDate);
  const decision = composeInvoice(input, sellerOf(stage, sellerId), stage.products, billingDate, businessDate);
  if (decision.outcome === 'invoice') {
    const issued = await store.issueOnce({ draft: decision.draft, input, nextBillingDate: nextDue, run, now });
    if (issued.result === 'stale') return 'stale';
    if (issued.result === 'written') count('InvoicesIssued');
    return { invoice: issued.invoice, nextDue };
  }
  const recorded = await store.recordWithoutInvoice(input, decision, nextDue, run);
  if (recorded === 'stale') return 'stale';
  count(decision.outcome === 'held' ? 'AccountsHeld' : 'AccountsZero');
  return decision.outcome === 'held' ? {} : { nextDue };
}

/** Invoices an order by itself, once (R157); it moves neither the account's billing date nor what its cycles have billed. */
async function settleOrder(
  { store, stage }: Deps,
  input: BillingInput,
  orderId: string,
  now: Instant,
): Promise<Settled | 'stale'> {
  const { accountId, sellerId, nextBillingDate } = input.account;
  const order = await store.order(accountId, orderId);
  if (order === undefined) throw new BillingError('order_not_found', `${accountId} ${orderId}`);
  const known = await store.invoice(accountId, purchaseInvoiceId(order));
  if (known !== undefined) return { invoice: known };
  const decision = composePurchase(input, order, sellerOf(stage, sellerId), stage.products);
  if (decision.outcome === 'free') return {};
  if (decision.outcome === 'held') throw new BillingError('order_not_billable', `${orderId}: ${decision.reason}`);
  const issued = await store.issueOnce({ draft: decision.draft, input, nextBillingDate, now });
  if (issued.result === 'stale') return 'stale';
  if (issued.result === 'written') count('InvoicesIssued');
  return { invoice: issued.invoice };
}

async function sendNext({ queues }: Deps, message: Message<'invoices'>, { invoice, nextDue }: Settled): Promise<void> {
  const { sellerId, accountId, businessDate } = message;
  if (invoice) {
    const job = { sellerId, accountId, invoiceId: invoice.invoiceId };
    // Side by side, so that they wait for company only once.
    await Promise.all([
      queues.send('deliveries', [job]),
      isCollectedAtOnce(invoice) && queues.send('collections', [job]),
    ]);
  }
  if (nextDue !== undefined && nextDue <= businessDate) {
    await queues.send('invoices', [{ sellerId, accountId, billingDate: nextDue, businessDate }]);
  }
}

export const handler = queueHandler('invoices', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  return issueInvoice({
    store: { ...createInvoiceStore(storage), ...createRunStore(storage), ...createOrderStore(storage) },
    queues: createQueues({ urls: queueUrls('invoices', 'deliveries', 'collections') }),
    stage,
  });
});
