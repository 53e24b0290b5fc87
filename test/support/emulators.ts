import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { openTable, type Table } from '../../shared/aws/table.ts';
import { AUDIT_TABLE, createBillingTable, TABLE } from './billing-table.ts';

/** What any AWS client needs to speak to an emulator. */
export const localClient = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/**
 * A test file's table. `items`: all that stands in it, as DynamoDB writes it; `auditLogs`: the other table; `client`: for
 * what the product itself does not do to its tables.
 */
type LocalTable = (() => Table) & {
  items(): Promise<Record<string, unknown>[]>;
  auditLogs(): Table;
  client(): DynamoDBClient;
};

/** The product's table as the stack makes it, in an empty DynamoDB Local of the test file's own. */
export function localTable(): LocalTable {
  let emulator: LocalDynamoDb;
  let client: DynamoDBClient;
  let table: Table | undefined;
  let auditLogs: Table | undefined;
  beforeAll(async () => {
    emulator = await startDynamoDb();
    client = new DynamoDBClient(localClient(emulator.endpoint));
    await createBillingTable(client);
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.stop();
  });
  const http = () => awsHttp('dynamodb', localClient(emulator.endpoint));
  const open = () => (table ??= openTable(TABLE, http()));
  return Object.assign(open, {
    auditLogs: () => (auditLogs ??= openTable(AUDIT_TABLE, http())),
    client: () => client,
    async items() {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }));
      return Items;
    },
  });
}
