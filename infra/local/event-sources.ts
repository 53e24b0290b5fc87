import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalFunction } from './lambda.ts';
import type { LogBook } from './logs.ts';
import type { MappingModel } from './model.ts';
import { createRandom } from './random.ts';
import type { ReceivedMessage, SqsClient } from './sqs-client.ts';
import { failedMessages, sqsEvent } from './sqs-event.ts';

/** What a test may do to the deliveries; none of it is more than SQS may do, too. */
export interface Disturbance {
  /** Every message is delivered twice, maybe at the same time. */
  readonly duplicate?: boolean;
  /** Messages are delivered out of order: the same seed, the same order. */
  readonly shuffleSeed?: number;
  /** What failed is visible again at once, not when its visibility timeout ends. */
  readonly impatient?: boolean;
}

export interface EventSourceOptions {
  readonly mapping: MappingModel;
  readonly queueUrl: string;
  readonly target: LocalFunction;
  readonly sqs: SqsClient;
  readonly logs: LogBook;
  readonly disturbance?: Disturbance;
}

/** Feeds a function from a queue until it is stopped. */
export interface EventSource {
  /** Ends receiving, lets running invocations end, and gives back what was received and not begun. */
  stop(): Promise<void>;
}

/** A received message with the deliveries it still has ahead. */
interface Held {
  readonly message: ReceivedMessage;
  left: number;
  failed: boolean;
}

const LONG_POLL_SECONDS = 20;
/** How many messages SQS hands out or takes back at once. */
const SQS_BATCH = 10;
/** Out of how many messages the next of a shuffled batch is drawn. */
const SHUFFLED = 40;

/** Starts to poll as Lambda does for an event source mapping. */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { mapping, queueUrl, target, sqs, logs, disturbance = {} } = options;
  const stopping = new AbortController();
  const pool: Held[] = [];
  const running = new Set<Promise<void>>();
  const limit = Math.min(mapping.maximumConcurrency ?? Number.POSITIVE_INFINITY, target.spec.concurrency);
  const random = disturbance.shuffleSeed === undefined ? undefined : createRandom(disturbance.shuffleSeed);

  /** Receives until a batch is full, the batching window ends or the queue is empty. */
  const fill = async (): Promise<void> => {
    const wanted = random ? Math.max(SHUFFLED, mapping.batchSize) : mapping.batchSize;
    const several = random !== undefined || mapping.batchSize > SQS_BATCH || mapping.batchingWindowSeconds > 0;
    let windowEnds = 0;
    while (pool.length < wanted && !stopping.signal.aborted) {
      const rest = windowEnds === 0 ? 0 : Math.max(0, Math.ceil((windowEnds - performance.now()) / 1_000));
      const wait = pool.length === 0 ? LONG_POLL_SECONDS : rest;
      const messages = await sqs.receive(queueUrl, Math.min(SQS_BATCH, wanted - pool.length), wait, stopping.signal);
      if (messages.length > 0 && windowEnds === 0)
        windowEnds = performance.now() + mapping.batchingWindowSeconds * 1_000;
      for (const message of messages) hold(message);
      if (pool.length > 0 && (!several || (messages.length === 0 && performance.now() >= windowEnds))) return;
    }
  };

  const hold = (message: ReceivedMessage): void => {
    const held: Held = { message, left: disturbance.duplicate ? 2 : 1, failed: false };
    for (let i = 0; i < held.left; i += 1) pool.push(held);
  };

  /** Takes the next batch from the pool; a batch never holds one message twice. */
  const take = (): readonly Held[] => {
    const batch: Held[] = [];
    const passed: Held[] = [];
    while (pool.length > 0 && batch.length < mapping.batchSize) {
      const [held] = pool.splice(random ? Math.floor(random() * pool.length) : 0, 1) as [Held];
      (batch.includes(held) ? passed : batch).push(held);
    }
    pool.push(...passed);
    return batch;
  };

  const deliver = async (batch: readonly Held[]): Promise<void> => {
    const messages = batch.map((held) => held.message);
    const result = await target.invoke(sqsEvent(messages, mapping.queueArn));
    const failed = failedMessages(result, messages, mapping.reportsBatchItemFailures);
    for (const held of batch) {
      held.left -= 1;
      held.failed ||= failed.has(held.message.MessageId);
    }
    const concluded = batch.filter((held) => held.left === 0);
    await inTens(handles(concluded.filter((held) => !held.failed)), (some) => sqs.remove(queueUrl, some));
    if (disturbance.impatient) {
      await inTens(handles(concluded.filter((held) => held.failed)), (some) => sqs.release(queueUrl, some));
    }
  };

  const guarded = async (step: () => Promise<void>): Promise<void> => {
    try {
      await step();
    } catch (error) {
      if (stopping.signal.aborted) return;
      logs.write(
        target.spec.name,
        JSON.stringify({ level: 'ERROR', message: 'The poller failed', queueUrl, error: String(error) }),
      );
      await sleep(1_000, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };

  const poll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (running.size >= limit) {
        await Promise.race(running);
        continue;
      }
      await guarded(fill);
      if (stopping.signal.aborted || pool.length === 0) continue;
      const delivery = guarded(() => deliver(take()));
      running.add(delivery);
      void delivery.then(() => running.delete(delivery));
    }
  };

  const polling = poll();
  return {
    async stop() {
      stopping.abort();
      await polling;
      await Promise.all(running);
      // Messages that a run would find again only after their visibility timeout.
      await inTens(handles([...new Set(pool)]), (some) => sqs.release(queueUrl, some)).catch(() => {});
    },
  };
}

const handles = (held: readonly Held[]): string[] => held.map(({ message }) => message.ReceiptHandle);

async function inTens(items: readonly string[], act: (some: readonly string[]) => Promise<void>): Promise<void> {
  for (let i = 0; i < items.length; i += SQS_BATCH) await act(items.slice(i, i + SQS_BATCH));
}
