import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { openTable, type Table } from '../../shared/aws/table.ts';
import { createBillingTable, TABLE } from './billing-table.ts';

/** What any AWS client needs to speak to an emulator. */
export const localClient = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** A test file's table, and `items`: all that stands in it, as DynamoDB writes it. */
type LocalTable = (() => Table) & { items(): Promise<Record<string, unknown>[]> };

/** The product's table as the stack makes it, in an empty DynamoDB Local of the test file's own. */
export function localTable(): LocalTable {
  let emulator: LocalDynamoDb;
  let client: DynamoDBClient;
  let table: Table | undefined;
  beforeAll(async () => {
    emulator = await startDynamoDb();
    client = new DynamoDBClient(localClient(emulator.endpoint));
    await createBillingTable(client);
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.stop();
  });
  const open = () => (table ??= openTable(TABLE, awsHttp('dynamodb', localClient(emulator.endpoint))));
  return Object.assign(open, {
    async items() {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }));
      return Items;
    },
  });
}
