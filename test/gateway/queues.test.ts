import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorName, type LocalGateway, startLocalGateway } from './local-gateway.ts';

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const key = 'arn:aws:kms:us-east-1:000000000000:key/queue-key';
const killed: string[] = [];

let local: LocalGateway;
let QueueUrl: string;
const client = (accessKeyId: string) => new SQSClient(local.as(accessKeyId));
const admin = () => client('admin');
const send = (body = 'x') => new SendMessageCommand({ QueueUrl, MessageBody: body });

beforeAll(async () => {
  local = await startLocalGateway({
    encryption: { [arnOf('encrypted')]: key },
    kill: (accessKeyId) => void killed.push(accessKeyId),
  });
  QueueUrl = local.gateway.queueUrl('invoices');
  await admin().send(new CreateQueueCommand({ QueueName: 'invoices' }));
  await admin().send(new CreateQueueCommand({ QueueName: 'encrypted' }));
  const may = (name: string, ...Action: string[]) =>
    local.principal(`${name}.1`, [{ Effect: 'Allow', Action, Resource: [arnOf('invoices'), arnOf('encrypted')] }]);
  may('sender', 'sqs:SendMessage');
  may('receiver', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility');
  local.principal('keyed.1', [
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('encrypted') },
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: key },
  ]);
});

afterAll(() => local?.stop());
beforeEach(() => {
  local.gateway.faults.clear();
  local.gateway.meter.reset();
});

describe('a function reaches only the queues its role grants', () => {
  const entry = { Id: '1', ReceiptHandle: 'r' };
  it.each([
    ['sender', 'sends', () => send(), 'none'],
    [
      'sender',
      'sends a batch',
      () => new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'x' }] }),
      'none',
    ],
    ['sender', 'receives', () => new ReceiveMessageCommand({ QueueUrl }), 'AccessDenied'],
    ['receiver', 'receives', () => new ReceiveMessageCommand({ QueueUrl }), 'none'],
    ['receiver', 'deletes a batch', () => new DeleteMessageBatchCommand({ QueueUrl, Entries: [entry] }), 'none'],
    [
      'receiver',
      'changes visibility in a batch',
      () => new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: [{ ...entry, VisibilityTimeout: 1 }] }),
      'none',
    ],
    ['receiver', 'sends', () => send(), 'AccessDenied'],
    [
      'receiver',
      'sends a batch',
      () => new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'x' }] }),
      'AccessDenied',
    ],
    [
      'sender',
      'sends to an encrypted queue without the key',
      () => new SendMessageCommand({ QueueUrl: local.gateway.queueUrl('encrypted'), MessageBody: 'x' }),
      'AccessDenied',
    ],
    [
      'keyed',
      'sends to an encrypted queue with the key',
      () => new SendMessageCommand({ QueueUrl: local.gateway.queueUrl('encrypted'), MessageBody: 'x' }),
      'none',
    ],
    ['keyed', 'sends elsewhere', () => send(), 'AccessDenied'],
    ['stranger', 'has an unknown key', () => send(), 'InvalidClientTokenId'],
  ])('%s %s: %#', async (name, _, command, outcome) => {
    expect(await errorName(client(`${name}.1`).send(command() as SendMessageCommand))).toBe(outcome);
  });

  it('learns from the error which permission is missing on what', async () => {
    await expect(client('receiver.1').send(send())).rejects.toThrow(
      `not authorized to perform: sqs:SendMessage on resource: ${arnOf('invoices')}`,
    );
  });
});

it('names queues by URLs that lead through the gateway', async () => {
  expect((await admin().send(new GetQueueUrlCommand({ QueueName: 'invoices' }))).QueueUrl).toBe(QueueUrl);
  expect((await admin().send(new ListQueuesCommand({}))).QueueUrls).toContain(QueueUrl);
  expect(await errorName(admin().send(new GetQueueUrlCommand({ QueueName: 'missing' })))).toBe('QueueDoesNotExist');
});

describe('moving dead letters back', () => {
  const queue = (name: string) => local.gateway.queueUrl(name);
  const receive = (name: string) =>
    admin().send(
      new ReceiveMessageCommand({ QueueUrl: queue(name), MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );

  it('moves every message with its attributes, once, and tells how far it is', async () => {
    await admin().send(new CreateQueueCommand({ QueueName: 'deliveries-dlq' }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('deliveries-dlq'), maxReceiveCount: 4 });
    await admin().send(new CreateQueueCommand({ QueueName: 'deliveries', Attributes: { RedrivePolicy } }));
    for (let n = 0; n < 12; n += 1) {
      const MessageAttributes = { code: { DataType: 'String', StringValue: `code-${n}` } };
      await admin().send(
        new SendMessageCommand({ QueueUrl: queue('deliveries-dlq'), MessageBody: `body-${n}`, MessageAttributes }),
      );
    }
    const { TaskHandle } = await admin().send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('deliveries-dlq') }));
    expect(TaskHandle).toBeTruthy();
    const task = await vi.waitFor(async () => {
      const { Results } = await admin().send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('deliveries-dlq') }));
      expect(Results?.[0]?.Status).toBe('COMPLETED');
      return Results?.[0];
    });
    expect(task).toMatchObject({ ApproximateNumberOfMessagesMoved: 12, ApproximateNumberOfMessagesToMove: 12 });
    const moved = [await receive('deliveries'), await receive('deliveries')].flatMap(({ Messages = [] }) => Messages);
    expect(
      moved.map(({ Body, MessageAttributes }) => `${Body} ${MessageAttributes?.code?.StringValue}`).sort(),
    ).toEqual(Array.from({ length: 12 }, (_, n) => `body-${n} code-${n}`).sort());
    expect((await receive('deliveries-dlq')).Messages).toBeUndefined();
  });

  it('refuses a queue that is nobody’s dead-letter queue', async () => {
    expect(await errorName(admin().send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('invoices') })))).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('faults', () => {
  const drain = async () => {
    const { Messages = [] } = await admin().send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { ReceiptHandle } of Messages) await admin().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages.map(({ Body }) => Body);
  };
  const fail = (when: 'before' | 'after', effect: 'error' | 'drop' | 'kill') =>
    local.gateway.faults.add({ match: ({ action }) => action === 'SendMessage', when, effect });

  it.each([
    ['before', 'error', []],
    ['after', 'error', ['x']],
    ['before', 'drop', []],
    ['after', 'drop', ['x']],
    ['before', 'kill', []],
    ['after', 'kill', ['x']],
  ] as const)('%s the call, %s: the caller fails and the queue holds %j', async (when, effect, held) => {
    while ((await drain()).length > 0);
    killed.length = 0;
    const fault = fail(when, effect);
    expect(await errorName(client('sender.1').send(send()))).not.toBe('none');
    expect(await drain()).toEqual(held);
    expect(killed).toEqual(effect === 'kill' ? ['sender.1'] : []);
    expect(fault.hits).toBe(1);
    expect(await errorName(client('sender.1').send(send())), 'it is used up').toBe('none');
  });

  it('hits the nth call of an invocation', async () => {
    const fault = local.gateway.faults.add({
      match: ({ functionName, index }) => functionName === 'sender' && index === 1,
      when: 'before',
      effect: 'error',
    });
    local.gateway.faults.begin('sender.1');
    expect(await errorName(client('sender.1').send(send()))).toBe('none');
    expect(await errorName(client('sender.1').send(send()))).toBe('ServiceUnavailable');
    expect(fault.hits).toBe(1);
  });

  it('delays a call, and no longer once it is removed', async () => {
    const fault = local.gateway.faults.add({
      match: () => true,
      when: 'before',
      effect: 'delay',
      delayMs: 120,
      times: 9,
    });
    const started = performance.now();
    await admin().send(send());
    expect(performance.now() - started).toBeGreaterThan(110);
    fault.remove();
    await admin().send(send());
    expect(fault.hits).toBe(1);
  });
});
