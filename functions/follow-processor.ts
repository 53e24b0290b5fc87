// Trigger: the lookups queue — the processor told of an object; whose it is, is asked of the processor itself.
import { createAccountStore } from '../shared/aws/account-store.ts';
import { createCollectionStore } from '../shared/aws/collection-store.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createProcessorSecret } from '../shared/aws/secret.ts';
import { followMethod, type ProcessorMethodsDeps, takeInSetup } from '../shared/collection/processor-methods.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { BillingError } from '../shared/domain/errors.ts';
import { isOnRecord } from '../shared/domain/found-payment.ts';
import type { Message } from '../shared/messages.ts';
import { stripeProcessor } from '../shared/payments/stripe.ts';
import type { CollectionStore, ProcessorLookups, ProcessorMethods } from '../shared/ports.ts';
import { processorEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps extends ProcessorMethodsDeps {
  readonly store: ProcessorMethodsDeps['store'] & Pick<CollectionStore, 'attempts'>;
  readonly processor: Pick<ProcessorLookups, 'told'> & ProcessorMethods;
}

/**
 * Looks at what the processor told of. The invoice of an intent goes to the collector, unless its attempts say already what
 * became of it, as they do of nearly every charge by the time its news comes; a method that was entered, replaced or withdrawn there is brought up to date here. What the processor does not
 * know, or is not one of this product's, is left alone.
 */
export const followProcessor =
  (deps: Deps) =>
  async ({ kind, id }: Message<'lookups'>, now: Instant): Promise<void> => {
    if (kind === 'intent' && (await followIntent(deps, id))) return;
    if (kind === 'method' && (await followMethod(deps, id, now)) > 0) return count('MethodsRenewed');
    if (kind === 'setup' && (await followSetup(deps, id, now))) return;
    count('WebhooksUnknown');
    logger.info('The processor told of something that is not ours, or as it is known', { kind, id });
  };

async function followIntent({ processor, store, queues }: Deps, intentId: string): Promise<boolean> {
  const told = await ours(() => processor.told(intentId));
  if (told === undefined) return false;
  const { invoice, standing } = told;
  // What follows from a recorded outcome is done by the message under which it was recorded, which stays until it is.
  if (isOnRecord(standing, await store.attempts(invoice.accountId, invoice.invoiceId))) return true;
  await queues.send('collections', [invoice]);
  return true;
}

async function followSetup(deps: Deps, setupId: string, now: Instant): Promise<boolean> {
  const setup = await deps.processor.setup(setupId);
  const taken = setup && (await takeInSetup(deps, setup, now));
  if (taken?.kind === 'refused') {
    count('MethodsRefused');
    logger.warn('A payment method that was entered at the processor cannot be kept', {
      ...{ accountId: setup?.accountId, code: taken.code },
    });
  }
  return taken?.kind === 'added' || taken?.kind === 'refused';
}

/** Records that were not made by this product are nobody's. */
async function ours<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof BillingError && error.code === 'invalid_message') return undefined;
    throw error;
  }
}

export const handler = queueHandler('lookups', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const { secretArn, apiBase } = processorEnvironment();
  const secret = createProcessorSecret({ arn: secretArn });
  return followProcessor({
    store: { ...createInvoiceStore(storage), ...createCollectionStore(storage), ...createAccountStore(storage) },
    processor: stripeProcessor({ apiKey: async () => (await secret()).apiKey, ...(apiBase && { apiBase }) }),
    queues: createQueues({ urls: queueUrls('collections') }),
    sellers: stage.sellers,
  });
});
