import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BillingError } from '../domain/errors.ts';
import type { Message, QueueName } from '../messages.ts';
import type { Queues } from '../ports.ts';
import { inParallel } from './concurrency.ts';
import { attempts } from './retry.ts';

const MOST_PER_BATCH = 10;
const BATCHES_AT_ONCE = 8;

/**
 * Sends to the queues whose URLs it is given. Throws when any message is not accepted after some tries, and
 * `invalid_configuration` for a queue without a URL. A repeated send may send a message twice; no receiver minds.
 */
export function createQueues(
  { urls }: { readonly urls: Readonly<Partial<Record<QueueName, string>>> },
  client = new SQSClient({}),
): Queues {
  return {
    async send(queue, messages) {
      const url = urls[queue];
      if (!url)
        throw new BillingError('invalid_configuration', `This function does not know the URL of queue "${queue}"`);
      await inParallel(batchesOf(messages), BATCHES_AT_ONCE, (batch) => sendBatch(client, url, batch));
    },
  };
}

function batchesOf<Q extends QueueName>(messages: readonly Message<Q>[]): Message<Q>[][] {
  const batches: Message<Q>[][] = [];
  for (let from = 0; from < messages.length; from += MOST_PER_BATCH) {
    batches.push(messages.slice(from, from + MOST_PER_BATCH));
  }
  return batches;
}

/** SQS accepts or refuses each message of a batch by itself: those it refuses for its own reasons are sent again. */
async function sendBatch(client: SQSClient, url: string, messages: readonly Message<QueueName>[]): Promise<void> {
  let left = messages.map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) }));
  for await (const last of attempts()) {
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: left }));
    if (Failed.length === 0) return;
    if (last || Failed.some(({ SenderFault }) => SenderFault)) {
      throw new Error(`SQS did not accept ${Failed.length} of ${messages.length} messages: ${Failed[0]?.Code}`);
    }
    const refused = new Set(Failed.map(({ Id }) => Id));
    left = left.filter(({ Id }) => refused.has(Id));
  }
}
