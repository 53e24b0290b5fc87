// Trigger: the dead-letter queue of every queue — a job was given up, by its function or by SQS.

import { createHash } from 'node:crypto';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { createDeadLetterStore } from '../shared/aws/dead-letter-store.ts';
import { createRunStore } from '../shared/aws/run-store.ts';
import { feedbackJobs } from '../shared/delivery/feedback-jobs.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { BillingError } from '../shared/domain/errors.ts';
import { fileJobs } from '../shared/import/import-jobs.ts';
import { jobKey, type Message, parseMessage, QUEUES, type QueueName } from '../shared/messages.ts';
import type { DeadLetterStore, RunStore } from '../shared/ports.ts';
import { failureOf } from '../shared/runtime/failure.ts';
import { count, logger, observed } from '../shared/runtime/observability.ts';
import { once } from '../shared/runtime/once.ts';
import { loadStage, type Stage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<DeadLetterStore, 'recordDeadLetter'> & Pick<RunStore, 'recordFailed'>;
  readonly stage: Pick<Stage, 'sellers'>;
}

/** A job as it lay in its dead-letter queue. */
interface GivenUp {
  readonly queue: QueueName;
  readonly body: string;
  readonly code: string;
  readonly reason: string;
  /** The failure's identity: the same one delivered twice is counted once. */
  readonly messageId: string;
}

/**
 * Records a job that was given up under the job's own identity, so that it is listed once however often it fails, and
 * marks the account as failed in its run. SQS cannot be browsed: the table is the only list of dead letters.
 */
export const recordDeadLetter =
  ({ store, stage }: Deps) =>
  async (job: GivenUp, now: Instant): Promise<void> => {
    const { queue, body, code, reason, messageId } = job;
    const message = parsed(queue, body);
    const owner = ownerOf(queue === 'feedback' && message ? JSON.stringify(message) : body);
    const key = message ? jobKey(queue, message) : createHash('sha256').update(body).digest('hex');
    await store.recordDeadLetter({ queue, jobKey: key, body, ...owner, code, reason, lastFailedAt: now }, messageId);
    if (queue === 'invoices' && message) {
      const { sellerId, businessDate, accountId, orderId } = message as Message<'invoices'>;
      const known = orderId === undefined && stage.sellers.some((seller) => seller.sellerId === sellerId);
      if (known) await store.recordFailed({ sellerId, businessDate }, accountId, code, reason);
    }
    count('DeadLetters', 1, { queue });
    logger.error('A job was given up', { queue, jobKey: key, ...owner, code, reason });
  };

/** The job of a record. SQS moves what crashed or timed out without saying why. Throws `invalid_configuration`. */
export function givenUpOf({ eventSourceARN, body, messageId, messageAttributes }: SQSRecord): GivenUp {
  const name = /-([a-z]+)-dlq$/.exec(eventSourceARN)?.[1];
  const queue = QUEUES.find((candidate) => candidate === name);
  if (!queue)
    throw new BillingError('invalid_configuration', `${eventSourceARN} is not a dead-letter queue of a queue of ours`);
  return {
    queue,
    body,
    code: messageAttributes.code?.stringValue ?? 'function_crashed',
    reason: messageAttributes.reason?.stringValue ?? 'The function crashed or ran out of time at every receive.',
    messageId,
  };
}

/** Undefined for a body that is not one of our messages, which may be just why it lies here. */
function parsed(queue: QueueName, body: string): Message<QueueName> | undefined {
  try {
    if (queue === 'feedback') return feedbackJobs(body)[0];
    if (queue !== 'imports' && queue !== 'usage') return parseMessage(queue, body);
    const [file, ...more] = fileJobs(queue, body);
    return more.length === 0 ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Whose job it is, as far as even a malformed body tells. */
function ownerOf(body: string): { readonly sellerId?: string; readonly accountId?: string } {
  const id = z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)
    .optional()
    .catch(undefined);
  try {
    return z.object({ sellerId: id, accountId: id }).parse(JSON.parse(body));
  } catch {
    return {};
  }
}

const prepare = once(() => {
  const stage = loadStage();
  const storage = openStorage(stage);
  return recordDeadLetter({ store: { ...createDeadLetterStore(storage), ...createRunStore(storage) }, stage });
});

/** What cannot be recorded stays in its dead-letter queue, whose alarm tells. */
export const handler = observed(async (event: SQSEvent) => {
  const record = prepare();
  const handleRecord = async (letter: SQSRecord): Promise<void> => {
    try {
      await record(givenUpOf(letter), new Date().toISOString());
    } catch (error) {
      logger.error('A dead letter was not recorded', { messageId: letter.messageId, ...failureOf(error) });
      throw error;
    }
  };
  return await processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), {
    throwOnFullBatchFailure: false,
  });
});
