// Trigger: the services queue — advance-dunning asks for a suspension, or a payment for the reactivation.
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createProvisioning } from '../shared/aws/provisioning.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createServiceStore } from '../shared/aws/service-store.ts';
import type { Account } from '../shared/domain/account.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { Message } from '../shared/messages.ts';
import type { InvoiceStore, Provisioning, Queues, ServiceStore } from '../shared/ports.ts';
import { eventsEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<ServiceStore, 'account' | 'confirmServices'> & Pick<InvoiceStore, 'receivablesOf'>;
  readonly provisioning: Provisioning;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

/** As many invoices as are looked through for the one that the customer's notice names. */
const INVOICES = 12;

/**
 * Has the telecom's provisioning suspend or reactivate an account's services, tells the customer, and confirms the new
 * state. Until it is confirmed all three are repeated, under the same event id and notice; afterwards, or when the state
 * has moved on, nobody is told anything. Throws `account_not_found`, `seller_not_found`.
 */
export const changeServices =
  (deps: Deps) =>
  async (message: Message<'services'>, now: Instant): Promise<void> => {
    const { accountId, number, action } = message;
    const account = await deps.store.account(accountId);
    if (!account) throw new BillingError('account_not_found', accountId);
    if (isAskedFor(account, message)) await tell(deps, message);
    // Also for a change that is no longer asked for: it is taken off the record of what is pending.
    const confirmed = await deps.store.confirmServices(accountId, number, action, now);
    if (confirmed === 'written') {
      count('ServicesChanged');
      logger.info('Services were changed', { accountId, number, action });
    }
  };

async function tell({ store, provisioning, queues, stage }: Deps, message: Message<'services'>): Promise<void> {
  const { sellerId, accountId, number, action } = message;
  const { emergencyCalls = 'allowed' } = sellerOf(stage, sellerId).dunning;
  const event = { eventId: `${accountId}#${number}#${action}`, sellerId, accountId, action, number };
  await provisioning.announce({ ...event, ...(action === 'suspend' && { emergencyCalls }) });
  const invoiceId = await invoiceToName(store, accountId);
  const document = action === 'suspend' ? 'suspended' : 'reactivated';
  if (invoiceId) await queues.send('notices', [{ sellerId, accountId, invoiceId, document, occurrence: number }]);
}

function isAskedFor({ services }: Account, { number, action }: Message<'services'>): boolean {
  return services.number === number && services.status === (action === 'suspend' ? 'suspending' : 'reactivating');
}

/** The newest unpaid invoice; when all are paid, which reactivates, the newest. */
async function invoiceToName(store: Deps['store'], accountId: string): Promise<string | undefined> {
  const { items } = await store.receivablesOf(accountId, INVOICES);
  return (items.find((receivable) => receivable.status === 'unpaid') ?? items[0])?.invoiceId;
}

export const handler = queueHandler('services', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  return changeServices({
    store: { ...createInvoiceStore(storage), ...createServiceStore(storage) },
    provisioning: createProvisioning(eventsEnvironment()),
    queues: createQueues({ urls: queueUrls('notices') }),
    stage,
  });
});
