import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { without } from '../../infra/local/grants.ts';
import { startStack } from '../../infra/local/stack.ts';
import type { LocalStack, StackOptions } from '../../infra/local/stack-options.ts';
import { streamFilter } from '../../infra/local/stream-filter.ts';
import { tinyStream } from './tiny-assembly.ts';

interface Note {
  readonly names: readonly string[];
  readonly record: Record<string, unknown>;
}

const stacks: LocalStack[] = [];
afterEach(async () => {
  await Promise.all(stacks.splice(0).map((stack) => stack.stop()));
});

async function boot(options: Partial<StackOptions> = {}, mapping: Record<string, unknown> = {}) {
  const notes = join(mkdtempSync(join(tmpdir(), 'notes-')), 'notes');
  const assemblyDir = tinyStream(notes, mapping);
  const stack = await startStack({
    ...{ assemblyDir, now: '2026-12-01T00:00:00.000Z', disturbance: { impatient: true }, ...options },
  });
  stacks.push(stack);
  const credentials = { accessKeyId: 'admin', secretAccessKey: 'admin' };
  const client = { endpoint: stack.gateway.url, region: 'eu-west-1', credentials };
  const [items, sqs] = [new DynamoDBClient(client), new SQSClient(client)];
  const text = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([name, S]) => [name, name === 'until' ? { N: S } : { S }]));
  return {
    stack,
    put: async (...all: Record<string, string>[]) => {
      for (const item of all) await items.send(new PutItemCommand({ TableName: 'tiny-items', Item: text(item) }));
    },
    remove: (pk: string) => items.send(new DeleteItemCommand({ TableName: 'tiny-items', Key: text({ pk }) })),
    noted: (): Note[] => {
      const lines = readFileSync(notes, { encoding: 'utf8', flag: 'a+' }).split('\n').filter(Boolean);
      return lines.map((line) => JSON.parse(line));
    },
    lost: async () => {
      const QueueUrl = stack.gateway.queueUrl('tiny-lost');
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body }) => JSON.parse(Body ?? ''));
    },
  };
}

describe('the changes of a table', () => {
  it('reach the function in order, in the form that Lambda gives them, before the stack is still', async () => {
    const { stack, put, remove, noted } = await boot();
    await put({ pk: 'a', name: 'before' }, { pk: 'a', name: 'after' }, { pk: 'b' });
    await remove('a');
    await stack.settle();
    expect(noted().flatMap(({ names }) => names)).toEqual(['a', 'a', 'b', 'a']);
    expect(noted()[0]?.record).toMatchObject({
      eventID: expect.any(String),
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventSourceARN: expect.stringMatching(/^arn:aws:dynamodb:eu-west-1:\d+:table\/tiny-items\/stream\//),
      dynamodb: { Keys: { pk: { S: 'a' } }, NewImage: { name: { S: 'before' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('are filtered by the template’s patterns', async () => {
    const FilterCriteria = {
      Filters: [
        { Pattern: JSON.stringify({ dynamodb: { Keys: { pk: { S: [{ prefix: 'in-' }] } } } }) },
        { Pattern: JSON.stringify({ eventName: ['REMOVE'] }) },
      ],
    };
    const { stack, put, remove, noted } = await boot({}, { FilterCriteria });
    await put({ pk: 'in-1' }, { pk: 'out' }, { pk: 'in-2' });
    await remove('out');
    await stack.settle();
    expect(noted().flatMap(({ names }) => names)).toEqual(['in-1', 'in-2', 'out']);
  });

  it('come twice where the test asks for it', async () => {
    const { stack, put, noted } = await boot({ disturbance: { duplicate: true } });
    await put({ pk: 'a' });
    await stack.settle();
    expect(noted().map(({ names }) => names)).toEqual([['a'], ['a']]);
  });

  it('that are named as failed come again from the first of them on', async () => {
    const { stack, put, noted } = await boot({}, { MaximumBatchingWindowInSeconds: 5 });
    await put({ pk: 'warm-up' });
    await stack.settle();
    await Promise.all([put({ pk: 'a' }, { pk: 'b', what: 'fail', until: '1' }, { pk: 'c' })]);
    await stack.settle();
    const all = noted().flatMap(({ names }) => names);
    expect(all.filter((name) => name === 'a')).toHaveLength(1);
    expect(all.filter((name) => name === 'b')).toHaveLength(2);
    expect(all.slice(-2)).toEqual(['b', 'c']);
  });

  it('that keep failing hold up what is behind them, in ever smaller batches, until they are given up and told of', async () => {
    const { stack, put, noted, lost } = await boot({}, { MaximumRetryAttempts: 3 });
    await put({ pk: 'a' }, { pk: 'bad', what: 'throw' }, { pk: 'c' });
    await stack.settle();
    expect(noted().at(-1)?.names).toContain('c');
    const [told, ...others] = await lost();
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: expect.any(String), shardId: expect.any(String) },
    });
  });

  it('reach no function whose role may not read the stream', async () => {
    const { stack, put, noted } = await boot({ changeRole: (_name, all) => without(all, 'dynamodb:GetRecords') });
    await put({ pk: 'a' });
    await expect.poll(() => JSON.stringify(stack.logs.lines())).toMatch(/AccessDenied/);
    expect(noted()).toEqual([]);
  });

  it('that were worked on before the stack stopped do not come again, and those that were not, do', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'data-'));
    const first = await boot({ dataDir });
    await first.put({ pk: 'a' });
    await first.stack.settle();
    await first.stack.stop();
    const second = await boot({ dataDir });
    await second.put({ pk: 'b' });
    await second.stack.settle();
    expect(second.noted().flatMap(({ names }) => names)).toEqual(['b']);
    await second.stack.stop();
    rmSync(dataDir, { recursive: true });
  });
});

describe('a filter pattern', () => {
  const fits = (pattern: object, record: object) => streamFilter([JSON.stringify(pattern)])(record);

  it.each([
    ['a value', { a: ['x'] }, { a: 'x' }, true],
    ['another value', { a: ['x'] }, { a: 'y' }, false],
    ['one of two values', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['a beginning', { a: { b: [{ prefix: 'x' }] } }, { a: { b: 'xyz' } }, true],
    ['another beginning', { a: { b: [{ prefix: 'x' }] } }, { a: { b: 'yx' } }, false],
    ['something that is there', { a: [{ exists: true }] }, { a: 1 }, true],
    ['something that is not', { a: { b: [{ exists: true }] } }, {}, false],
    ['a branch, which has no value', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['all fields together', { a: ['x'], b: ['y'] }, { a: 'x' }, false],
  ])('knows %s', (_name, pattern, record, expected) => {
    expect(fits(pattern, record)).toBe(expected);
  });

  it.each([[{ a: [{ 'anything-but': ['x'] }] }], [{ a: [{ numeric: ['>', 1] }] }], [{ a: 'x' }], [{ a: [1] }]])(
    'with anything else is refused: %j',
    (pattern) => {
      expect(() => streamFilter([JSON.stringify(pattern)])).toThrow('not known here');
    },
  );
});
