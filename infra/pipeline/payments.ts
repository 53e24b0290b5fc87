import type { Stack } from 'aws-cdk-lib';
import { QueuedFunction } from '../queued-function.ts';
import { ScheduledFunction } from '../scheduled-function.ts';
import { WebhookEntry } from '../webhook-entry.ts';
import { type Foundations, fedBy, nightlyPerSeller, sized } from './foundations.ts';

/** Everything that speaks with the payment processor, but the API: collects, hears of news, compares, has it forget. */
export function payments(stack: Stack, { common, storage, secret }: Foundations) {
  const { stage } = common;

  const collectPayment = new QueuedFunction(stack, 'CollectPayment', {
    ...common,
    ...sized('collect-payment', 60, 512),
    ...fedBy('collections', 10, stage.concurrency.collectPayment),
  })
    .usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'])
    .usesProcessor(secret);

  const followProcessor = new QueuedFunction(stack, 'FollowProcessor', {
    ...common,
    ...sized('follow-processor', 30, 512),
    ...fedBy('lookups', 10, 5),
  })
    .usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
    .usesProcessor(secret);

  // Open to the world, so it may read the secret that signatures are made with and send ids to one queue: nothing else.
  const receiveWebhook = new WebhookEntry(stack, 'ReceiveWebhook', {
    ...common,
    ...sized('receive-webhook', 10, 512),
  }).usesProcessor(secret);

  const reconcileProcessor = new ScheduledFunction(stack, 'ReconcileProcessor', {
    ...common,
    ...sized('reconcile-processor', 900, 1769),
    // When the night's invoices are issued and paid; the day before is long over then.
    ...nightlyPerSeller(stage, '04:30'),
  })
    .usesTable(storage, ['GetItem', 'Query', 'PutItem'], ['listing'])
    .usesObjects(storage, 'documents', 'read', 'reconciliations/')
    .usesObjects(storage, 'documents', 'write', 'reconciliations/')
    .usesProcessor(secret);

  const eraseAtProcessor = new QueuedFunction(stack, 'EraseAtProcessor', {
    ...common,
    ...sized('erase-at-processor', 60, 512),
    ...fedBy('erasures', 1, 2),
  })
    .usesTable(storage, ['GetItem', 'Query', 'UpdateItem'])
    .usesProcessor(secret);

  return { collectPayment, followProcessor, receiveWebhook, reconcileProcessor, eraseAtProcessor };
}
