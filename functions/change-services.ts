// Trigger: the services queue — advance-dunning asks for a suspension, or a payment for the reactivation.
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createProvisioning } from '../shared/aws/provisioning.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createServiceStore } from '../shared/aws/service-store.ts';
import { isAskedFor, sendServiceNotice } from '../shared/collection/service-changes.ts';
import { addMinutes, type Instant } from '../shared/domain/calendar.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { Seller } from '../shared/domain/seller.ts';
import type { Message } from '../shared/messages.ts';
import type { InvoiceStore, Provisioning, Queues, ServiceStore } from '../shared/ports.ts';
import { eventsEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<ServiceStore, 'account' | 'confirmServices' | 'pendingSince' | 'awaitConfirmation'> &
    Pick<InvoiceStore, 'receivablesOf'>;
  readonly provisioning: Provisioning;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

/** How long services may take to come back before somebody has to look, and after which provisioning is told again. */
const PATIENCE_MINUTES = 5;

/**
 * Has the telecom's provisioning suspend or reactivate an account's services. Where the seller's provisioning confirms, it
 * is told again, under the same event id, until it has; the API takes its word and tells the customer. Elsewhere told is
 * done: the customer is told and the new state confirmed here, and until then all three are repeated. When the state has
 * moved on, nobody is told anything. Throws `account_not_found`, `seller_not_found`.
 */
export const changeServices =
  (deps: Deps) =>
  async (message: Message<'services'>, now: Instant): Promise<void> => {
    const { accountId, number, action } = message;
    const account = await deps.store.account(accountId);
    if (!account) throw new BillingError('account_not_found', accountId);
    if (isAskedFor(account, message)) {
      const seller = sellerOf(deps.stage, message.sellerId);
      if (action === 'reactivate') await noteSlowness(deps, message, now);
      await announce(deps, message, seller);
      if (seller.confirmsServices)
        return await deps.store.awaitConfirmation(message, seller.sellerId, addMinutes(now, PATIENCE_MINUTES));
      await sendServiceNotice(deps, seller.sellerId, message);
    }
    // Also for a change that is no longer asked for: it is taken off the record of what is pending.
    const confirmed = await deps.store.confirmServices(accountId, number, action, now);
    if (confirmed === 'written') {
      count('ServicesChanged');
      logger.info('Services were changed', { accountId, number, action });
    }
  };

async function announce({ provisioning }: Deps, message: Message<'services'>, { dunning }: Seller): Promise<void> {
  const { sellerId, accountId, number, action } = message;
  const { emergencyCalls = 'allowed' } = dunning;
  const event = { eventId: `${accountId}#${number}#${action}`, sellerId, accountId, action, number };
  await provisioning.announce({ ...event, ...(action === 'suspend' && { emergencyCalls }) });
}

/** A customer who has paid waits for its phones: from the fifth minute on each try says so. */
async function noteSlowness({ store }: Deps, message: Message<'services'>, now: Instant): Promise<void> {
  const since = await store.pendingSince(message);
  if (since === undefined || addMinutes(since, PATIENCE_MINUTES) >= now) return;
  count('ReactivationsSlow');
  const { accountId, number } = message;
  logger.warn('Services of a customer who has paid are not back yet', { accountId, number, since });
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
