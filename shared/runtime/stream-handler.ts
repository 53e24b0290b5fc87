import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { failureOf } from './failure.ts';
import { count, logger, observed } from './observability.ts';
import { once } from './once.ts';

/**
 * What a function does with a batch of the table's stream. Answers with the events that could not be dealt with, in any
 * order: from the first of them on, all are delivered again.
 */
export type StreamWork = (records: readonly DynamoDBRecord[]) => Promise<readonly Failed[]>;
export interface Failed {
  readonly record: DynamoDBRecord;
  readonly error: unknown;
}

/** The Lambda handler of the table's stream. `prepare` builds the work with its dependencies, at the first batch of a cold start. */
export function streamHandler(prepare: () => StreamWork) {
  const ready = once(prepare);
  return observed(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const failed = await ready()(Records);
    for (const { error } of failed)
      logger.warn('Events of the stream will be delivered again', { ...failureOf(error) });
    count('MessagesDone', Records.length - failed.length);
    const places = new Set(failed.map(({ record }) => record));
    const firstFailed = Records.find((record) => places.has(record))?.dynamodb?.SequenceNumber;
    return { batchItemFailures: firstFailed === undefined ? [] : [{ itemIdentifier: firstFailed }] };
  });
}
