// Trigger: the lookups queue — the processor told of an object; whose it is, is asked of the processor itself.
import { createQueues } from '../shared/aws/queues.ts';
import { createProcessorSecret } from '../shared/aws/secret.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { Message } from '../shared/messages.ts';
import { stripeProcessor } from '../shared/payments/stripe.ts';
import type { ProcessorLookups, Queues } from '../shared/ports.ts';
import { processorEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';

interface Deps {
  readonly processor: ProcessorLookups;
  readonly queues: Queues;
}

/**
 * Finds the invoice of an intent and hands it to the collector, which compares the intent with its attempts. What the
 * processor does not know, or is not one of this product's, is left alone.
 */
export const followProcessor =
  ({ processor, queues }: Deps) =>
  async ({ kind, id }: Message<'lookups'>): Promise<void> => {
    const found = kind === 'intent' ? await invoiceOf(processor, id) : undefined;
    if (found) return await queues.send('collections', [found]);
    count('WebhooksUnknown');
    logger.info('The processor told of something that is not ours', { kind, id });
  };

/** Records that were not made by this product are nobody's. */
async function invoiceOf(processor: ProcessorLookups, intentId: string) {
  try {
    return await processor.invoiceOf(intentId);
  } catch (error) {
    if (error instanceof BillingError && error.code === 'invalid_message') return undefined;
    throw error;
  }
}

export const handler = queueHandler('lookups', () => {
  const { secretArn, apiBase } = processorEnvironment();
  const secret = createProcessorSecret({ arn: secretArn });
  return followProcessor({
    processor: stripeProcessor({ apiKey: async () => (await secret()).apiKey, ...(apiBase && { apiBase }) }),
    queues: createQueues({ urls: queueUrls('collections') }),
  });
});
