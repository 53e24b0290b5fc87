import { setTimeout as sleep } from 'node:timers/promises';
import type { InvocationResult, LocalFunction } from './lambda.ts';
import type { StreamMappingModel } from './model.ts';
import type { StreamRecord } from './stream-client.ts';

export interface BatchOptions {
  readonly mapping: StreamMappingModel;
  readonly target: LocalFunction;
  /** How often each batch is delivered; more than once, as AWS may. */
  readonly times: number;
  /** What failed is tried again at once, and not after a growing wait. */
  readonly impatient: boolean;
  readonly stopping: AbortSignal;
  /** Tells the failure destination of records that are given up. */
  readonly giveUp: (records: readonly StreamRecord[], tries: number) => Promise<void>;
}

const LONGEST_WAIT_MS = 5_000;

/**
 * Has a function work through records in order, as Lambda does: what fails is tried again from the first record that the
 * function names, or in halves when it names none, and holds up what comes behind it until it is too old or was tried too
 * often.
 */
export async function workThrough(records: readonly StreamRecord[], options: BatchOptions, tries = 0): Promise<void> {
  const { mapping, stopping, giveUp } = options;
  if (records.length === 0 || stopping.aborted) return;
  const left = await deliver(records, options);
  if (left.length === 0 || stopping.aborted) return;
  const isProgress = left.length < records.length;
  const tried = isProgress ? 0 : tries + 1;
  if (tooOften(tried, mapping) || left.every((record) => isTooOld(record, mapping))) return await giveUp(left, tried);
  if (!options.impatient) await pause(tried, stopping);
  if (isProgress || !mapping.bisects || left.length === 1) return await workThrough(left, options, tried);
  const half = Math.ceil(left.length / 2);
  await workThrough(left.slice(0, half), options, tried);
  await workThrough(left.slice(half), options, tried);
}

/** What is left to do after the function was called. */
async function deliver(records: readonly StreamRecord[], options: BatchOptions): Promise<readonly StreamRecord[]> {
  const { mapping, target, times } = options;
  const event = { Records: records.map((record) => ({ ...record, eventSourceARN: mapping.streamArn })) };
  let left: readonly StreamRecord[] = [];
  for (let time = 0; time < times; time++) {
    const failed = remaining(await target.invoke(event), records, mapping.reportsBatchItemFailures);
    if (failed.length > left.length) left = failed;
  }
  return left;
}

/** From the first record that the function names on; all, when it failed or names something that is no record of the batch. */
function remaining(
  result: InvocationResult,
  records: readonly StreamRecord[],
  reportsBatchItemFailures: boolean,
): readonly StreamRecord[] {
  if (!result.ok) return records;
  const answer = result.payload as { batchItemFailures?: readonly { itemIdentifier?: unknown }[] } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!reportsBatchItemFailures || failures.length === 0) return [];
  const places = failures.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  return records.slice(Math.max(0, Math.min(...places)));
}

const tooOften = (tries: number, { maximumRetryAttempts }: StreamMappingModel): boolean =>
  maximumRetryAttempts >= 0 && tries > maximumRetryAttempts;

const isTooOld = ({ dynamodb }: StreamRecord, { maximumRecordAgeSeconds }: StreamMappingModel): boolean =>
  maximumRecordAgeSeconds >= 0 && Date.now() / 1_000 - dynamodb.ApproximateCreationDateTime > maximumRecordAgeSeconds;

async function pause(tried: number, signal: AbortSignal): Promise<void> {
  const wait = Math.min(LONGEST_WAIT_MS, 100 * 2 ** Math.min(tried, 10));
  await sleep(wait, undefined, { signal, ref: false }).catch(() => {});
}
