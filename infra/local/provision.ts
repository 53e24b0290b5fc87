import { type AwsJsonClient, AwsJsonError } from './aws-json.ts';
import type { BucketModel, QueueModel, TableModel } from './model.ts';

interface KeySchema {
  readonly AttributeName: string;
  readonly KeyType: string;
}

interface TableShape {
  readonly KeySchema: readonly KeySchema[];
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: readonly KeySchema[];
    readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
  }[];
  readonly StreamSpecification?: { readonly StreamViewType?: string };
}

/**
 * Creates the template's tables, or finds them as the template has them. Throws when one that is there has other keys
 * or indexes: its data belongs to another version of the stack.
 */
export async function provisionTables(tables: readonly TableModel[], dynamoDb: AwsJsonClient): Promise<void> {
  for (const { name, create } of tables) {
    try {
      await dynamoDb.call('DynamoDB_20120810.CreateTable', create);
    } catch (error) {
      if (!(error instanceof AwsJsonError) || error.code !== 'ResourceInUseException') throw error;
      const { Table } = await dynamoDb.call<{ Table: TableShape }>('DynamoDB_20120810.DescribeTable', {
        TableName: name,
      });
      if (shapeOf(Table) === shapeOf(create as unknown as TableShape)) continue;
      throw new Error(
        `The data directory holds a table ${name} with other keys, indexes or streams than the stack has now: use another directory`,
      );
    }
  }
}

/** Keys, indexes, projections and the stream, in one order. */
function shapeOf(table: TableShape): string {
  const keys = (schema: readonly KeySchema[]) =>
    schema.map(({ AttributeName, KeyType }) => `${KeyType}:${AttributeName}`).sort();
  const indexes = (table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) =>
    [IndexName, keys(KeySchema), Projection.ProjectionType, [...(Projection.NonKeyAttributes ?? [])].sort()].join('|'),
  );
  return JSON.stringify([keys(table.KeySchema), indexes.sort(), table.StreamSpecification?.StreamViewType]);
}

/** Creates the template's queues, or gives those that are there the template's attributes. */
export async function provisionQueues(queues: readonly QueueModel[], sqs: AwsJsonClient): Promise<void> {
  for (const { name, url, attributes } of queues) {
    try {
      await sqs.call('AmazonSQS.CreateQueue', { QueueName: name, Attributes: attributes });
    } catch (error) {
      if (!(error instanceof AwsJsonError) || !error.code.startsWith('QueueNameExists')) throw error;
      await sqs.call('AmazonSQS.SetQueueAttributes', { QueueUrl: url, Attributes: attributes });
    }
  }
}

/** Creates the template's buckets, or finds them. */
export async function provisionBuckets(buckets: readonly BucketModel[], endpoint: string): Promise<void> {
  for (const { name } of buckets) {
    const response = await fetch(`${endpoint}/${name}`, { method: 'PUT' });
    const answer = await response.text();
    if (!response.ok && response.status !== 409) throw new Error(`The bucket ${name} could not be created: ${answer}`);
  }
}
