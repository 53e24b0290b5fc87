import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { openTable, type Table } from '../../shared/aws/table.ts';
import { createBillingTable, TABLE } from './billing-table.ts';

/** What any AWS client needs to speak to an emulator. */
export const localClient = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** The product's table as the stack makes it, in an empty DynamoDB Local of the test file's own. */
export function localTable(): () => Table {
  let emulator: LocalDynamoDb;
  let client: DynamoDBClient;
  beforeAll(async () => {
    emulator = await startDynamoDb();
    client = new DynamoDBClient(localClient(emulator.endpoint));
    await createBillingTable(client);
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.stop();
  });
  return () => openTable(TABLE, client);
}
