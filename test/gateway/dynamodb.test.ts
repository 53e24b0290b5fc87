import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { errorName, type LocalGateway, startLocalGateway } from './local-gateway.ts';

const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Billing';
const key = 'arn:aws:kms:us-east-1:000000000000:key/table-key';
const TableName = 'Billing';
const kms = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key } as const;
const kilobytes = (count: number) => ({ S: 'x'.repeat(count * 1024 - 200) });

let database: LocalDynamoDb;
let local: LocalGateway;
const client = (accessKeyId: string) => new DynamoDBClient(local.as(accessKeyId));
const admin = () => client('admin');

beforeAll(async () => {
  database = await startDynamoDb();
  local = await startLocalGateway({ dynamodb: database.endpoint, encryption: { [arn]: key } });
  const names = ['pk', 'sk', 'workPk', 'workSk'];
  await admin().send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'work',
          KeySchema: [
            { AttributeName: 'workPk', KeyType: 'HASH' },
            { AttributeName: 'workSk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  const may = (name: string, Action: string[], Resource: string) =>
    local.principal(`${name}.1`, [{ Effect: 'Allow', Action, Resource }, kms]);
  may('writer', ['dynamodb:PutItem'], arn);
  may('reader', ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'], arn);
  may('indexer', ['dynamodb:Query'], `${arn}/index/*`);
  may('issuer', ['dynamodb:PutItem', 'dynamodb:UpdateItem'], arn);
  may('checker', ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'], arn);
  may('batcher', ['dynamodb:BatchWriteItem'], arn);
  may('elsewhere', ['dynamodb:*'], `${arn}Archive`);
  local.principal('keyless.1', [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: arn }]);
}, 60_000);

afterAll(async () => {
  await local?.stop();
  await database?.stop();
});

beforeEach(() => {
  local.gateway.faults.clear();
  local.gateway.meter.reset();
});

const item = (pk: string, more = {}) => ({ pk: { S: pk }, sk: { S: '1' }, ...more });
const put = (pk: string, more = {}) => new PutItemCommand({ TableName, Item: item(pk, more) });
const get = (pk: string) => new GetItemCommand({ TableName, Key: item(pk) });
const queryIndex = () =>
  new QueryCommand({
    TableName,
    IndexName: 'work',
    KeyConditionExpression: 'workPk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'BILL' } },
  });
const transaction = () =>
  new TransactWriteItemsCommand({
    TransactItems: [
      { Put: { TableName, Item: item('tx') } },
      {
        Update: {
          TableName,
          Key: item('tx2'),
          UpdateExpression: 'SET #n = :one',
          ExpressionAttributeNames: { '#n': 'next' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
      { ConditionCheck: { TableName, Key: item('tx3'), ConditionExpression: 'attribute_not_exists(pk)' } },
    ],
  });

describe('a function reaches only what its role grants', () => {
  it.each([
    ['writer', 'puts', put('a'), 'none'],
    ['writer', 'gets', get('a'), 'AccessDeniedException'],
    ['reader', 'gets', get('a'), 'none'],
    ['reader', 'puts', put('b'), 'AccessDeniedException'],
    ['reader', 'queries an index of the table', queryIndex(), 'AccessDeniedException'],
    ['indexer', 'queries the index', queryIndex(), 'none'],
    ['indexer', 'gets', get('a'), 'AccessDeniedException'],
    ['issuer', 'checks a condition in a transaction', transaction(), 'AccessDeniedException'],
    ['checker', 'does all three actions of a transaction', transaction(), 'none'],
    [
      'batcher',
      'writes a batch',
      new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: item('c') } }] } }),
      'none',
    ],
    ['batcher', 'puts', put('c'), 'AccessDeniedException'],
    ['elsewhere', 'puts into another table', put('a'), 'AccessDeniedException'],
    [
      'elsewhere',
      'names a table by its ARN',
      new GetItemCommand({ TableName: arn, Key: item('a') }),
      'AccessDeniedException',
    ],
    ['keyless', 'may do anything but use the key', put('a'), 'AccessDeniedException'],
    ['reader', 'lists tables', new ListTablesCommand({}), 'AccessDeniedException'],
    [
      'reader',
      'speaks PartiQL',
      new ExecuteStatementCommand({ Statement: 'SELECT * FROM Billing' }),
      'UnknownOperationException',
    ],
    ['stranger', 'has an unknown key', put('a'), 'UnrecognizedClientException'],
  ])('%s %s: %#', async (name, _, command, outcome) => {
    expect(await errorName(client(`${name}.1`).send(command as PutItemCommand))).toBe(outcome);
  });

  it('learns from the error which permission is missing on what', async () => {
    await expect(client('issuer.1').send(transaction())).rejects.toThrow(
      `not authorized to perform: dynamodb:ConditionCheckItem on resource: ${arn}`,
    );
    await expect(client('keyless.1').send(get('a'))).rejects.toThrow(`kms:Decrypt on resource: ${key}`);
  });

  it('loses a permission at once when its policies are replaced', async () => {
    await client('writer.1').send(put('before'));
    local.principal('writer.1', [kms]);
    expect(await errorName(client('writer.1').send(put('after')))).toBe('AccessDeniedException');
    expect((await admin().send(get('after'))).Item).toBeUndefined();
  });
});

describe('replies are what DynamoDB says', () => {
  it('gives back items as they were put, whatever is in them', async () => {
    const tricky = { text: { S: '","ConsumedCapacity":{"TableName":"x","CapacityUnits":9}, ünïcödé' } };
    await admin().send(put('tricky', tricky));
    const { Item, ConsumedCapacity } = await admin().send(get('tricky'));
    expect(Item).toEqual(item('tricky', tricky));
    expect(ConsumedCapacity).toBeUndefined();
  });

  it('tells the consumed capacity who asks for it', async () => {
    const read = await admin().send(new GetItemCommand({ TableName, Key: item('a'), ReturnConsumedCapacity: 'TOTAL' }));
    expect(read.ConsumedCapacity?.CapacityUnits).toBe(0.5);
  });

  it('passes on errors of the table', async () => {
    await admin().send(put('once'));
    const again = new PutItemCommand({
      TableName,
      Item: item('once'),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    expect(await errorName(admin().send(again))).toBe('ConditionalCheckFailedException');
  });
});

describe('request units are metered as AWS bills them', () => {
  beforeAll(() => {
    local.gateway.scale.on = true;
  });
  afterAll(() => {
    local.gateway.scale.on = false;
  });

  const puts = (...items: ReturnType<typeof item>[]) =>
    new TransactWriteItemsCommand({ TransactItems: items.map((Item) => ({ Put: { TableName, Item } })) });
  const cancelled = () =>
    new TransactWriteItemsCommand({
      TransactItems: ['m1', 'm2'].map((pk) => ({
        Put: { TableName, Item: item(pk), ConditionExpression: 'attribute_not_exists(pk)' },
      })),
    });
  const units = () => {
    const rows = local.gateway.meter.snapshot();
    return {
      read: rows.reduce((sum, row) => sum + row.readUnits, 0),
      write: rows.reduce((sum, row) => sum + row.writeUnits, 0),
    };
  };
  const large = { data: kilobytes(3) };
  const other = { workPk: { S: 'OTHER' }, workSk: { S: '2' } };
  const indexed = { workPk: { S: 'OTHER' }, workSk: { S: '1' } };

  it.each([
    ['a small item', put('m1'), { read: 0, write: 1 }],
    ['an item of 3 KB', put('m2', large), { read: 0, write: 3 }],
    ['a small item in an index', put('m3', indexed), { read: 0, write: 2 }],
    [
      'an update of a 3 KB item',
      new UpdateItemCommand({
        TableName,
        Key: item('m2'),
        UpdateExpression: 'SET x = :x',
        ExpressionAttributeValues: { ':x': { N: '1' } },
      }),
      { read: 0, write: 3 },
    ],
    ['an eventually consistent read', get('m1'), { read: 0.5, write: 0 }],
    [
      'a consistent read',
      new GetItemCommand({ TableName, Key: item('m1'), ConsistentRead: true }),
      { read: 1, write: 0 },
    ],
    [
      'a transaction of 3 KB',
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: item('m4', large) } }] }),
      { read: 0, write: 6 },
    ],
    ['a transaction of three, one a check', transaction(), { read: 0, write: 6 }],
    ['a transaction of two items of 3 KB', puts(item('m7', large), item('m8', large)), { read: 0, write: 12 }],
    ['a transaction that adds to an index', puts(item('m9', indexed)), { read: 0, write: 4 }],
    ['a transaction that moves in an index', puts(item('m9', other)), { read: 0, write: 6 }],
    [
      'a transaction that leaves an index entry as it is',
      puts(item('m9', { ...other, data: { S: 'x' } })),
      { read: 0, write: 2 },
    ],
    ['a transaction that leaves an index', puts(item('m9')), { read: 0, write: 4 }],
    ['a cancelled transaction', cancelled(), { read: 0, write: 4 }],
    [
      'a transactional read',
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: item('m1') } }] }),
      { read: 2, write: 0 },
    ],
    [
      'a batch',
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: [item('m5', large), item('m6')].map((Item) => ({ PutRequest: { Item } })) },
      }),
      { read: 0, write: 4 },
    ],
    [
      'a write whose condition fails',
      new PutItemCommand({ TableName, Item: item('m1'), ConditionExpression: 'attribute_not_exists(pk)' }),
      { read: 0, write: 1 },
    ],
    ['a call that is not billed', new ListTablesCommand({}), { read: 0, write: 0 }],
  ])('%s', async (_, command, expected) => {
    await errorName(admin().send(command as PutItemCommand));
    expect(units()).toEqual(expected);
  });

  it('says how many transactions it has not weighed', async () => {
    local.gateway.scale.on = false;
    await admin().send(puts(item('m10')));
    local.gateway.scale.on = true;
    expect(local.gateway.meter.snapshot()[0]).toMatchObject({ writeUnits: 0, unweighed: 1 });
  });

  it('adds up what is read by a query of many pages of kilobytes', async () => {
    for (let n = 0; n < 12; n += 1)
      await admin().send(
        new PutItemCommand({ TableName, Item: { pk: { S: 'many' }, sk: { S: String(n) }, data: kilobytes(4) } }),
      );
    local.gateway.meter.reset();
    const { Count, ConsumedCapacity } = await admin().send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'many' } },
        ConsistentRead: true,
      }),
    );
    expect([Count, ConsumedCapacity]).toEqual([12, undefined]);
    expect(units().read).toBeGreaterThanOrEqual(11);
    expect(units().read).toBeLessThanOrEqual(13);
  });

  it('counts calls, errors and bytes per function and action', async () => {
    await client('reader.1').send(get('m1'));
    await errorName(client('reader.1').send(put('m1')));
    const [read, denied] = local.gateway.meter.snapshot();
    expect(read).toMatchObject({ functionName: 'reader', service: 'dynamodb', action: 'GetItem', calls: 1, errors: 0 });
    expect(read?.requestBytes).toBeGreaterThan(20);
    expect(read?.responseBytes).toBeGreaterThan(20);
    expect(denied).toMatchObject({ action: 'PutItem', calls: 1, errors: 1, writeUnits: 0 });
  });
});

describe('faults', () => {
  const failTransaction = (when: 'before' | 'after') =>
    local.gateway.faults.add({
      match: (call) => call.action === 'TransactWriteItems',
      when,
      effect: 'error',
      error: 'conflict',
    });
  const write = (pk: string) =>
    new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item: item(pk) } }, { Put: { TableName, Item: item(`${pk}-2`) } }],
    });

  it('a conflict cancels a transaction as another transaction would', async () => {
    failTransaction('before');
    const error = await admin()
      .send(write('conflict'))
      .catch((caught: TransactionCanceledException) => caught);
    expect(error).toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
    });
    expect((await admin().send(get('conflict'))).Item).toBeUndefined();
  });

  it('an error after the call leaves what was written', async () => {
    failTransaction('after');
    expect(await errorName(admin().send(write('lost-reply')))).toBe('TransactionCanceledException');
    expect((await admin().send(get('lost-reply'))).Item).toBeDefined();
  });

  it('throttling is retried by the SDK', async () => {
    const fault = local.gateway.faults.add({
      match: () => true,
      when: 'before',
      effect: 'error',
      error: 'throttled',
      times: 2,
    });
    expect(await errorName(admin().send(put('throttled')))).toBe('ProvisionedThroughputExceededException');
    const patient = new DynamoDBClient({ ...local.as('admin'), maxAttempts: 3 });
    await patient.send(put('throttled'));
    expect(fault.hits).toBe(2);
  });
});
