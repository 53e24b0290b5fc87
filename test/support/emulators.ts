import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { openTable, type Table } from '../../shared/aws/table.ts';

/** What any AWS client needs to speak to an emulator. */
export const localClient = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/** The product's table as the stack makes it, in an empty DynamoDB Local of the test file's own. */
export function localTable(): () => Table {
  let emulator: LocalDynamoDb;
  let client: DynamoDBClient;
  let table: Table | undefined;
  beforeAll(async () => {
    emulator = await startDynamoDb();
    client = new DynamoDBClient(localClient(emulator.endpoint));
    await client.send(
      new CreateTableCommand({
        TableName: 'billing',
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
      }),
    );
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.stop();
  });
  return () => (table ??= openTable('billing', awsHttp('dynamodb', localClient(emulator.endpoint))));
}
