import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamMappingModel } from './model.ts';
import type { StreamRecord } from './stream-client.ts';
import type { StreamSourceOptions } from './stream-source.ts';

/** How far a function has come in a stream, kept beside the data of a stack that is started again. */
export function streamPositions(dataDir: string | undefined, functionName: string): StreamSourceOptions['positions'] {
  if (dataDir === undefined) return { read: () => ({}), write: () => {} };
  const file = join(dataDir, `stream-${functionName}.json`);
  return {
    read: () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}),
    write: (positions) => writeFileSync(file, JSON.stringify(positions)),
  };
}

/** What Lambda tells the failure destination of records that it gave up: where they are, not what they hold. */
export function lostRecords(
  { functionArn, streamArn }: StreamMappingModel,
  shardId: string,
  records: readonly StreamRecord[],
  tries: number,
): string {
  return JSON.stringify({
    requestContext: { functionArn, condition: 'RetryAttemptsExhausted', approximateInvokeCount: tries },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      batchSize: records.length,
      streamArn,
    },
  });
}
