import { DescribeTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import { createAwsJsonClient } from '../../infra/local/aws-json.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { createStreamClient } from '../../infra/local/stream-client.ts';
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
 * A test file's table. `items`: all that stands in it, as DynamoDB writes it; `streamed`: all that its stream has told so
 * far; `auditLogs`: the other table; `client`: for what the product itself does not do to its tables.
 */
type LocalTable = (() => Table) & {
  items(): Promise<Record<string, unknown>[]>;
  streamed(): Promise<DynamoDBRecord[]>;
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
    async streamed() {
      const { Table: described } = await client.send(new DescribeTableCommand({ TableName: TABLE }));
      const aws = createAwsJsonClient({
        ...{ endpoint: emulator.endpoint, service: 'dynamodb', region: 'us-east-1', accessKeyId: 'local' },
      });
      const stream = createStreamClient(aws, described?.LatestStreamArn ?? '');
      const told: DynamoDBRecord[] = [];
      for (const { ShardId } of await stream.shards()) {
        let page = await stream.records(await stream.iterator(ShardId), 1_000);
        for (; page.records.length > 0 && page.next; page = await stream.records(page.next, 1_000))
          told.push(...(page.records as unknown as DynamoDBRecord[]));
      }
      aws.close();
      return told;
    },
    async items() {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }));
      return Items;
    },
  });
}
