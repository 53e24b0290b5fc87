import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

export const TABLE = 'billing';
export const AUDIT_TABLE = 'audit-logs';

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/** Makes the product's tables as the stack makes them. */
export async function createBillingTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'workPk', 'workSk', 'listPk', 'listSk'].map(text),
      KeySchema: keys('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'work',
          KeySchema: keys('workPk', 'workSk'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['collectAt', 'dunAt'] },
        },
        { IndexName: 'listing', KeySchema: keys('listPk', 'listSk'), Projection: { ProjectionType: 'ALL' } },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: AUDIT_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'movedPk', 'movedSk'].map(text),
      KeySchema: keys('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'moved',
          KeySchema: keys('movedPk', 'movedSk'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['last', 'hash'] },
        },
      ],
    }),
  );
}
