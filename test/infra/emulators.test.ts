import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { startFauxqs } from '../../infra/local/fauxqs.ts';
import { localClient } from '../support/emulators.ts';

const DYNAMODB = resolve(import.meta.dirname, '../../infra/local/dynamodb.ts');
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'emulators-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

it('keeps tables, queues, messages and objects in the data directory across restarts', async () => {
  const dynamodb = await startDynamoDb({ dataDir: join(dataDir, 'dynamodb') });
  const fauxqs = await startFauxqs({ dataDir: join(dataDir, 'fauxqs') });
  const sqs = new SQSClient(localClient(fauxqs.endpoint));
  const s3 = new S3Client(localClient(fauxqs.endpoint));
  await new DynamoDBClient(localClient(dynamodb.endpoint)).send(
    new CreateTableCommand({
      TableName: 'kept',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'kept' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'still here' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
  await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a/b.txt', Body: 'still here' }));
  await Promise.all([dynamodb.stop(), fauxqs.stop()]);

  const again = {
    dynamodb: await startDynamoDb({ dataDir: join(dataDir, 'dynamodb') }),
    fauxqs: await startFauxqs({ dataDir: join(dataDir, 'fauxqs') }),
  };
  try {
    const tables = await new DynamoDBClient(localClient(again.dynamodb.endpoint)).send(new ListTablesCommand({}));
    expect(tables.TableNames).toEqual(['kept']);
    const client = new SQSClient(localClient(again.fauxqs.endpoint));
    const found = await client.send(new GetQueueUrlCommand({ QueueName: 'kept' }));
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: found.QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['still here']);
    const object = await new S3Client(localClient(again.fauxqs.endpoint)).send(
      new GetObjectCommand({ Bucket: 'kept', Key: 'a/b.txt' }),
    );
    expect(await object.Body?.transformToString()).toBe('still here');
  } finally {
    await Promise.all([again.dynamodb.stop(), again.fauxqs.stop()]);
  }
});

it('says in one sentence that a port is taken', async () => {
  const holder = createServer().listen(0);
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const sentence = new RegExp(`cannot start: port ${port} is in use by another process; .*\\.$`);
  await expect(startDynamoDb({ port })).rejects.toThrow(sentence);
  await expect(startFauxqs({ port })).rejects.toThrow(sentence);
  holder.close();
});

it('says in one sentence that Java is missing and how to get it', async () => {
  const starting = promisify(execFile)(
    process.execPath,
    [
      '-e',
      `import(${JSON.stringify(DYNAMODB)}).then((m) => m.startDynamoDb()).catch((error) => console.log(error.message))`,
    ],
    { env: { ...process.env, JAVA_HOME: '/nowhere' } },
  );
  expect((await starting).stdout.trim()).toMatch(
    /^DynamoDB Local needs Java 17 or newer and there is none: install it .*openjdk-17-jre-headless.*\.$/,
  );
});

it('leaves no Java behind when the process that started it is killed', async () => {
  const script = `import(${JSON.stringify(DYNAMODB)}).then((m) => m.startDynamoDb()).then(({ endpoint }) => { console.log(endpoint); setInterval(() => {}, 1000); })`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const endpoint = String(line).trim();
  const answers = () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    );
  expect(await answers()).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(answers, { timeout: 10_000 }).toBe(false);
});
