import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { without } from '../../infra/local/grants.ts';
import { startStack } from '../../infra/local/stack.ts';
import type { LocalStack, StackOptions } from '../../infra/local/stack-options.ts';
import { tinyStack } from './tiny-assembly.ts';

/** What the tiny functions noted: one entry for each delivery of a message, and each event. */
interface Note {
  readonly name: string;
  readonly receive: number;
  readonly batch: number;
  readonly now: string;
  readonly event: Record<string, unknown>;
  readonly record: Record<string, unknown> & { body: string };
}

const stacks: LocalStack[] = [];
afterEach(async () => {
  await Promise.all(stacks.splice(0).map((stack) => stack.stop()));
});

async function boot(options: Partial<StackOptions> = {}, mapping: Record<string, unknown> = {}) {
  const notes = join(mkdtempSync(join(tmpdir(), 'notes-')), 'notes');
  const assemblyDir = tinyStack(notes, mapping);
  const stack = await startStack({ assemblyDir, now: '2026-12-01T00:00:00.000Z', ...options });
  stacks.push(stack);
  const credentials = { accessKeyId: 'admin', secretAccessKey: 'admin' };
  const client = { endpoint: stack.gateway.url, region: 'eu-west-1', credentials };
  const [sqs, s3] = [new SQSClient(client), new S3Client({ ...client, forcePathStyle: true })];
  return {
    stack,
    s3,
    send: async (...bodies: object[]) => {
      for (const body of bodies) {
        const QueueUrl = stack.gateway.queueUrl('tiny-jobs');
        const MessageAttributes = { code: { DataType: 'String', StringValue: 'x' } };
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body), MessageAttributes }));
      }
    },
    noted: (): Note[] => {
      try {
        return readFileSync(notes, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
      } catch {
        return [];
      }
    },
    depth: async (queue: string) => {
      const depth = (await stack.depths()).find((each) => each.queue === queue)!;
      return depth.visible + depth.inFlight + depth.delayed;
    },
  };
}

const names = (notes: readonly Note[]): string[] => notes.map(({ name, receive }) => `${name}#${receive}`);

describe('messages', () => {
  it('reach the function in the form that Lambda gives them', async () => {
    const { stack, send, noted } = await boot();
    await send({ name: 'a' });
    await stack.settle();
    expect(noted()[0]?.record).toMatchObject({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: '{"name":"a"}',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d+$/) },
      messageAttributes: { code: { dataType: 'String', stringValue: 'x', stringListValues: [], binaryListValues: [] } },
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:tiny-jobs',
      awsRegion: 'eu-west-1',
    });
  });

  it('that succeed are gone, and those that a batch reports as failed come again until they are dead letters', async () => {
    const { stack, send, noted, depth } = await boot({ disturbance: { impatient: true } });
    await send({ name: 'good' }, { name: 'bad', what: 'fail', until: 9 }, { name: 'twice', what: 'fail', until: 1 });
    await stack.settle();
    expect(names(noted()).sort()).toEqual(['bad#1', 'bad#2', 'bad#3', 'good#1', 'twice#1', 'twice#2']);
    expect(await depth('tiny-dead')).toBe(1);
  });

  it.each(['crash', 'hang', 'throw', 'nonsense'])(
    'come again, all of the batch, when the function answers with a %s',
    async (what) => {
      const { stack, send, noted } = await boot({ disturbance: { impatient: true } });
      await send({ name: 'a', what, until: 1 });
      await stack.settle();
      expect(names(noted())).toEqual(['a#1', 'a#2']);
    },
  );

  it('come again only after the queue’s visibility timeout, and are work until then', async () => {
    const { stack, send, noted } = await boot();
    const startedAt = performance.now();
    await send({ name: 'a', what: 'throw', until: 1 });
    await stack.settle();
    expect(names(noted())).toEqual(['a#1', 'a#2']);
    expect(performance.now() - startedAt).toBeGreaterThan(2_900);
  });

  it('are all deleted, whatever the function returns, when the mapping does not read it', async () => {
    const { stack, send, noted } = await boot({}, { FunctionResponseTypes: [] });
    await send({ name: 'a', what: 'fail', until: 9 });
    await stack.settle();
    expect(names(noted())).toEqual(['a#1']);
  });

  it('wait for each other as long as the batching window, up to the batch size', async () => {
    const { stack, send, noted } = await boot({}, { BatchSize: 12, MaximumBatchingWindowInSeconds: 1 });
    await send(...Array.from({ length: 14 }, (_, i) => ({ name: `m${i}` })));
    await stack.settle();
    expect(noted().map(({ batch }) => batch)).toContain(12);
    expect(noted()).toHaveLength(14);
  });

  it('can be delivered twice and out of order, the same way for the same seed, and are deleted once', async () => {
    const { stack, send, noted } = await boot({ disturbance: { duplicate: true, shuffleSeed: 7, impatient: true } });
    const sent = Array.from({ length: 30 }, (_, i) => ({ name: `m${i}` }));
    await send(...sent);
    await stack.settle();
    const order = noted().map(({ name }) => name);
    expect(order).toHaveLength(60);
    expect(new Set(order).size).toBe(30);
    expect([...new Set(order)]).not.toEqual(sent.map(({ name }) => name));
  });

  it('do not arrive when the role may not receive them, and the log says so', async () => {
    const { stack, send, noted } = await boot({ changeRole: (_name, all) => without(all, 'sqs:ReceiveMessage') });
    await send({ name: 'a' });
    await expect(stack.settle({ timeoutMs: 800 })).rejects.toThrow('tiny-jobs 1 waiting');
    expect(noted()).toEqual([]);
    expect(stack.logs.lines('worker')[0]?.text).toContain('not authorized to perform: sqs:ReceiveMessage');
  });

  it('are told of files in a bucket: those of the prefix and suffix that the template names', async () => {
    const { stack, s3, noted } = await boot();
    for (const Key of ['in/may 2026.jsonl', 'in/may.txt', 'out/may.jsonl']) {
      await s3.send(new PutObjectCommand({ Bucket: 'tiny-files', Key, Body: '{}' }));
    }
    await stack.settle();
    expect(noted().map(({ record }) => JSON.parse(record.body).Records[0])).toEqual([
      expect.objectContaining({
        eventName: 'ObjectCreated:Put',
        awsRegion: 'eu-west-1',
        s3: expect.objectContaining({
          bucket: expect.objectContaining({ name: 'tiny-files' }),
          object: expect.objectContaining({ key: 'in/may+2026.jsonl', size: 2 }),
        }),
      }),
    ]);
  });
});

describe('schedules', () => {
  it('invoke their function with the template’s input, at the local time', async () => {
    const { stack, noted } = await boot();
    await stack.fire('often');
    await stack.advanceTo('2026-12-01T05:20:00.000Z', { fire: true });
    expect(noted().map(({ event, now }) => [event, now.slice(0, 16)])).toEqual([
      [{ often: true }, '2026-12-01T00:00'],
      expect.anything(),
      expect.anything(),
      [{ often: true }, '2026-12-01T05:20'],
    ]);
    expect(noted()).toContainEqual(expect.objectContaining({ event: { due: '2026-12-01T05:15:00Z' } }));
  });

  it('try a failed event three times, then put it into the function’s dead-letter queue', async () => {
    const { stack, noted, depth } = await boot({ eventRetryDelaysMs: [10, 20] });
    expect(await stack.fire('often', { fail: 2 })).toBe('handled');
    expect(await stack.fire('often', { fail: 99 })).toBe('given-up');
    expect(noted()).toHaveLength(6);
    expect(await depth('tiny-missed')).toBe(1);
  });
});

describe('the HTTP API', () => {
  it('lets nobody in without a valid token of its issuer, and everybody into open routes', async () => {
    const { stack } = await boot();
    const status = async (path: string, authorization?: string) => {
      const headers = authorization ? { authorization } : undefined;
      const response = await fetch(stack.apiUrl + path, { headers });
      return [response.status, await response.json()];
    };
    const token = await stack.token({ sub: 'ann', groups: ['finance'] });
    const unauthorized = [401, { message: 'Unauthorized' }];
    expect(await status('/plain')).toEqual([200, { hello: 'you' }]);
    expect(await status('/accounts')).toEqual(unauthorized);
    expect(await status('/accounts', 'Bearer nonsense')).toEqual(unauthorized);
    expect(await status('/accounts', `Bearer ${token.slice(0, -9)}AAAAAAAAA`)).toEqual(unauthorized);
    expect(await status('/accounts', `Bearer ${await stack.token({ sub: 'ann', groups: [] }, -60)}`)).toEqual(
      unauthorized,
    );
    expect(await status('/scoped', `Bearer ${token}`)).toEqual([403, { message: 'Forbidden' }]);
    expect(await status('/break', `Bearer ${token}`)).toEqual([500, { message: 'Internal Server Error' }]);
    expect(await status('/', `Bearer ${token}`)).toEqual([404, { message: 'Not Found' }]);
  });

  it('gives the function the request as payload format 2.0 says, and answers as it returns', async () => {
    const { stack } = await boot();
    const bearer = {
      sub: 'ann',
      groups: ['finance', 'ops'],
      sellers: ['us', 'ca'],
      accountId: 'acme',
      email: 'a@b.example',
    };
    const response = await fetch(`${stack.apiUrl}/accounts/a%2Bb?x=1&x=2&y=%20`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await stack.token(bearer)}`,
        'content-type': 'application/json',
        cookie: 'c=3; d=4',
      },
      body: '{"a":1}',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-made-by')).toBe('tiny');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /{proxy+}',
      rawPath: '/accounts/a+b',
      rawQueryString: 'x=1&x=2&y=%20',
      queryStringParameters: { x: '1,2', y: ' ' },
      pathParameters: { proxy: 'accounts/a+b' },
      cookies: ['c=3', 'd=4'],
      body: '{"a":1}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/accounts/a+b' },
        stage: '$default',
        authorizer: {
          jwt: {
            claims: {
              iss: 'https://issuer.example/pool',
              aud: 'client-1',
              sub: 'ann',
              'cognito:groups': '[finance ops]',
              'custom:sellers': 'us,ca',
              'custom:accountId': 'acme',
              email: 'a@b.example',
            },
          },
        },
      },
    });
  });
});

describe('the stack', () => {
  it.each([
    ['before', 1],
    ['after', 2],
  ] as const)(
    'loses a process that is killed %s it calls AWS, and only it: its message comes again',
    async (when, calls) => {
      const { stack, send, noted, depth } = await boot({ disturbance: { impatient: true } });
      const killing = stack.gateway.faults.add({
        match: ({ functionName, action }) => functionName === 'worker' && action === 'SendMessage',
        when,
        effect: 'kill',
      });
      await send({ name: 'a', what: 'call' });
      await stack.settle();
      expect(killing.hits).toBe(1);
      expect(names(noted())).toEqual(['a#1', 'a#2']);
      expect(await depth('tiny-missed')).toBe(calls);
      expect(stack.metrics().worker).toMatchObject({ crashes: 1, coldStarts: 2 });
    },
  );

  it('keeps queues and objects in its data directory, and finds them again', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'data-'));
    const first = await boot({ dataDir, changeRole: (_name, all) => without(all, 'sqs:ReceiveMessage') });
    await first.send({ name: 'kept' });
    await first.s3.send(new PutObjectCommand({ Bucket: 'tiny-files', Key: 'a/b', Body: 'text' }));
    await first.stack.stop();
    const { stack, s3, noted } = await boot({ dataDir });
    await stack.settle();
    expect(names(noted())).toEqual(['kept#1']);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'tiny-files', Key: 'a/b' }));
    expect(await Body?.transformToString()).toBe('text');
    rmSync(dataDir, { recursive: true });
  });

  it('leaves nothing behind when it stops, even in the midst of work', async () => {
    const { stack, send, noted } = await boot();
    const { apiUrl, gateway, directory } = stack;
    await send({ name: 'a', what: 'hang', until: 9 });
    await expect.poll(() => noted().length).toBe(1);
    await stack.stop();
    await expect(fetch(apiUrl!)).rejects.toThrow();
    await expect(fetch(gateway.url)).rejects.toThrow();
    expect(() => readFileSync(directory)).toThrow('ENOENT');
  });

  it('ends nothing half-started when its port is taken', async () => {
    const { stack } = await boot();
    const port = Number(new URL(stack.apiUrl!).port);
    await expect(boot({ port })).rejects.toThrow(`The HTTP API cannot start: port ${port} is in use`);
  });
});
