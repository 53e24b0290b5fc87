import type { AwsJsonClient } from './aws-json.ts';

/** A change in the stream of a table, as Lambda hands it on. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Seconds since 1970, by the table's clock. */
    readonly ApproximateCreationDateTime: number;
  };
}

interface Shard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
}

/** The stream of one table. */
export interface StreamClient {
  shards(): Promise<readonly Shard[]>;
  /** Behind a record, or from the oldest one on. */
  iterator(shardId: string, after?: string): Promise<string>;
  /** `next` is absent where the shard ends. */
  records(iterator: string, limit: number): Promise<{ records: readonly StreamRecord[]; next?: string }>;
}

const TARGET = 'DynamoDBStreams_20120810.';

export const createStreamClient = (aws: AwsJsonClient, StreamArn: string): StreamClient => ({
  async shards() {
    const { StreamDescription } = await aws.call<{ StreamDescription: { Shards?: readonly Shard[] } }>(
      `${TARGET}DescribeStream`,
      { StreamArn },
    );
    return StreamDescription.Shards ?? [];
  },
  async iterator(ShardId, after) {
    const from =
      after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    const input = { StreamArn, ShardId, ...from };
    return (await aws.call<{ ShardIterator: string }>(`${TARGET}GetShardIterator`, input)).ShardIterator;
  },
  async records(ShardIterator, Limit) {
    const answer = await aws.call<{ Records?: readonly StreamRecord[]; NextShardIterator?: string }>(
      `${TARGET}GetRecords`,
      { ShardIterator, Limit },
    );
    const { Records: records = [], NextShardIterator: next } = answer;
    return { records, ...(next && { next }) };
  },
});
