import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { company } from '../aws/company.ts';
import { type OwnQueue, ownQueue } from '../aws/own-queue.ts';
import type { Instant } from '../domain/calendar.ts';
import { BillingError } from '../domain/errors.ts';
import { type Message, parseMessage, type QueueName } from '../messages.ts';
import { ownQueueEnvironment } from './environment.ts';
import { failureOf } from './failure.ts';
import { count, logger, observed } from './observability.ts';
import { once } from './once.ts';

/** What a function does with one message. Throwing a `BillingError` gives the message up; anything else retries it. */
export type Work<Q extends QueueName> = (message: Message<Q>, now: Instant, context: Context) => Promise<void>;

interface Options<Q extends QueueName> {
  /** Reads a body that is not one of our own messages, e.g. an S3 event; none means that there is nothing to do. */
  readonly parse?: (body: string) => readonly Message<Q>[];
}

/**
 * The Lambda handler of a queue. `prepare` builds the work with its dependencies, at the first message of a cold start.
 *
 * The messages of a batch are worked on side by side (so the batch size is the bound) and fail one by one. A permanent
 * error, and the last receive that the queue allows, put the message into the dead-letter queue with code and reason;
 * any other failure makes it visible again after 1 to 50 seconds, later with every receive.
 */
export function queueHandler<Q extends QueueName>(queue: Q, prepare: () => Work<Q>, options: Options<Q> = {}) {
  const parse = options.parse ?? ((body: string) => [parseMessage(queue, body)]);
  const ready = once(() => {
    const environment = ownQueueEnvironment();
    return { work: prepare(), own: ownQueue(environment), maxReceives: environment.maxReceives };
  });
  return observed(async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const { work, own, maxReceives } = ready();
    const handleRecord = async (record: SQSRecord): Promise<void> => {
      try {
        for (const message of parse(record.body)) await work(message, new Date().toISOString(), context);
        count('MessagesDone');
      } catch (error) {
        await giveUpOrRetry(queue, record, error, own, maxReceives);
      }
    };
    const inCompany = (record: SQSRecord) => company.with(() => handleRecord(record));
    return await processPartialResponse(event, inCompany, new BatchProcessor(EventType.SQS), {
      throwOnFullBatchFailure: false,
    });
  });
}

/** Throws the error again unless the message now lies in the dead-letter queue: then it may be acknowledged. */
async function giveUpOrRetry(queue: QueueName, record: SQSRecord, error: unknown, own: OwnQueue, maxReceives: number) {
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const failure = failureOf(error);
  const details = { queue, messageId: record.messageId, receives, ...failure };
  if (error instanceof BillingError || receives >= maxReceives) {
    await own.giveUp(record.body, failure.code, failure.reason);
    logger.error('A message was given up', details);
    count('MessagesGivenUp');
    return;
  }
  logger.warn('A message failed and will be tried again', details);
  count('MessagesRetried');
  try {
    await own.retryIn(record.receiptHandle, backoffSeconds(receives, Math.random()));
  } catch (shortening) {
    // It only becomes visible later; the failure to report is the message's own.
    logger.warn('The wait of a message could not be shortened', { ...details, ...failureOf(shortening) });
  }
  throw error;
}

/** 1–2, 5–10, then 25–50 seconds; `random` in [0, 1) spreads messages that failed together. */
export function backoffSeconds(receives: number, random: number): number {
  const longest = Math.min(50, 2 * 5 ** (receives - 1));
  return Math.max(1, Math.round((longest / 2) * (1 + random)));
}
