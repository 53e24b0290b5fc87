import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsHttp } from '../../shared/aws/aws-http.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import { backoffSeconds, queueHandler, type Work } from '../../shared/runtime/queue-handler.ts';

// Lets Powertools write to the console that the tests watch.
vi.hoisted(() => vi.stubEnv('POWERTOOLS_DEV', 'true'));

const DLQ = 'https://sqs.example/000000000000/invoices-dlq';
const context = {
  functionName: 'issue-invoice',
  awsRequestId: 'r-1',
  getRemainingTimeInMillis: () => 30_000,
} as Context;

/** What SQS was asked for, and the operations that fail. */
const sqs = vi.hoisted(() => ({ asked: [] as { operation: string; input: Input }[], failing: new Set<string>() }));
vi.mock('../../shared/aws/aws-http.ts', () => ({
  awsHttp: (): AwsHttp => async (request) => {
    const operation = request.headers['x-amz-target']!.replace('AmazonSQS.', '');
    const isFailing = sqs.failing.has(operation);
    if (!isFailing) sqs.asked.push({ operation, input: JSON.parse(String(request.body)) });
    return { status: isFailing ? 400 : 200, headers: {}, body: Buffer.from('{}') };
  },
}));
interface Input {
  readonly VisibilityTimeout?: number;
  readonly MessageAttributes?: Readonly<Record<'code' | 'reason', { readonly StringValue: string }>>;
}

const job = { sellerId: 'northwind-us', accountId: 'acme', billingDate: '2026-12-01', businessDate: '2026-12-01' };
const record = (messageId: string, body: string, receives = 1) =>
  ({
    messageId,
    body,
    receiptHandle: `handle-${messageId}`,
    attributes: { ApproximateReceiveCount: String(receives) },
  }) as SQSRecord;

const handle = async (work: Work<'invoices'>, ...Records: SQSRecord[]): Promise<SQSBatchResponse> =>
  await queueHandler('invoices', () => work)({ Records } satisfies SQSEvent, context);
const failed = (response: SQSBatchResponse) => response.batchItemFailures.map((failure) => failure.itemIdentifier);
const askedFor = (operation: string) =>
  sqs.asked.filter((call) => call.operation === operation).map(({ input }) => input);
const deadLetters = () => askedFor('SendMessage');
const waits = () => askedFor('ChangeMessageVisibility');

beforeEach(() => {
  sqs.asked.length = 0;
  sqs.failing.clear();
  vi.stubEnv('OWN_QUEUE_URL', 'https://sqs.example/000000000000/invoices');
  vi.stubEnv('OWN_DLQ_URL', DLQ);
  vi.stubEnv('MAX_RECEIVES', '4');
  for (const level of ['info', 'warn', 'error', 'log'] as const) vi.spyOn(console, level).mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a queue handler', () => {
  it('gives each message of a batch to the work, with the time of its own handling', async () => {
    const seen: unknown[] = [];
    const response = await handle(
      async (message, now) => void seen.push([message.accountId, Math.abs(Date.parse(now) - Date.now()) < 1000]),
      record('1', JSON.stringify(job)),
      record('2', JSON.stringify({ ...job, accountId: 'globex' })),
    );
    expect(seen).toEqual([
      ['acme', true],
      ['globex', true],
    ]);
    expect(response).toEqual({ batchItemFailures: [] });
  });

  it('reports only the messages that failed, and makes each visible again soon', async () => {
    const response = await handle(
      async (message) => {
        if (message.accountId === 'acme') throw new Error('the table is busy');
      },
      record('1', JSON.stringify(job), 2),
      record('2', JSON.stringify({ ...job, accountId: 'globex' })),
    );
    expect(failed(response)).toEqual(['1']);
    expect(waits()).toHaveLength(1);
    expect(waits()[0]).toMatchObject({ ReceiptHandle: 'handle-1' });
    expect(waits()[0]!.VisibilityTimeout).toBeGreaterThanOrEqual(5);
    expect(waits()[0]!.VisibilityTimeout).toBeLessThanOrEqual(10);
    expect(deadLetters()).toEqual([]);
  });

  it('puts a message with a permanent error into the dead-letter queue at once, with code and reason', async () => {
    const body = JSON.stringify(job);
    const response = await handle(
      async () => {
        throw new BillingError('account_not_found', 'acme');
      },
      record('1', body),
    );
    expect(failed(response)).toEqual([]);
    expect(waits()).toEqual([]);
    expect(deadLetters()).toMatchObject([
      {
        QueueUrl: DLQ,
        MessageBody: body,
        MessageAttributes: {
          code: { StringValue: 'account_not_found' },
          reason: { StringValue: 'There is no such account. acme' },
        },
      },
    ]);
  });

  it.each([
    ['is not JSON', 'nonsense', 'invoices: the body is not JSON'],
    ['lacks a field', JSON.stringify({ ...job, billingDate: undefined }), 'invoices: billingDate: '],
  ])('puts a message whose body %s into the dead-letter queue, naming the fault', async (_, body, reason) => {
    const work = vi.fn();
    expect(failed(await handle(work, record('1', body)))).toEqual([]);
    expect(work).not.toHaveBeenCalled();
    expect(deadLetters()[0]!.MessageAttributes!.code!.StringValue).toBe('invalid_message');
    expect(deadLetters()[0]!.MessageAttributes!.reason!.StringValue).toContain(reason);
  });

  it('puts a message into the dead-letter queue at its last receive, and not before', async () => {
    const work = async () => {
      throw new Error('still busy');
    };
    expect(failed(await handle(work, record('1', JSON.stringify(job), 3)))).toEqual(['1']);
    expect(deadLetters()).toEqual([]);
    expect(failed(await handle(work, record('1', JSON.stringify(job), 4)))).toEqual([]);
    expect(deadLetters()).toMatchObject([
      {
        MessageAttributes: {
          code: { StringValue: 'retries_exhausted' },
          reason: { StringValue: 'Error: still busy' },
        },
      },
    ]);
  });

  it('leaves a message to its queue when the dead-letter queue cannot be reached', async () => {
    sqs.failing.add('SendMessage');
    const response = await handle(
      async () => {
        throw new BillingError('account_not_found', 'acme');
      },
      record('1', JSON.stringify(job)),
    );
    expect(failed(response)).toEqual(['1']);
  });

  it('still reports the message when its wait cannot be shortened', async () => {
    sqs.failing.add('ChangeMessageVisibility');
    const response = await handle(
      async () => {
        throw new Error('busy');
      },
      record('1', JSON.stringify(job)),
    );
    expect(failed(response)).toEqual(['1']);
  });

  it('keeps e-mail addresses, control characters and long texts out of the reason', async () => {
    await handle(
      async () => {
        throw new Error(`Address rejected: <jane.doe@acme.example>\u0000\n${'x'.repeat(500)}`);
      },
      record('1', JSON.stringify(job), 4),
    );
    const reason = deadLetters()[0]!.MessageAttributes!.reason!.StringValue!;
    expect(reason).toMatch(/^Error: Address rejected: <\[address\]> x+$/);
    expect(reason).toHaveLength(256);
  });

  it('never logs what an error carries beside its message', async () => {
    const logged: string[] = [];
    for (const level of ['info', 'warn', 'error', 'log'] as const) {
      vi.spyOn(console, level).mockImplementation((...values) => void logged.push(values.join(' ')));
    }
    await handle(
      async () => {
        throw Object.assign(new Error('conflict'), { CancellationReasons: [{ Item: { name: 'Jane Doe' } }] });
      },
      record('1', JSON.stringify(job)),
    );
    expect(logged.join('\n')).toContain('conflict');
    expect(logged.join('\n')).not.toContain('Jane Doe');
  });

  it('fails as a whole, naming the variable, when its environment is incomplete', async () => {
    vi.stubEnv('OWN_DLQ_URL', '');
    await expect(handle(async () => {}, record('1', JSON.stringify(job)))).rejects.toThrow(/OWN_DLQ_URL/);
  });

  it('does nothing for a body that holds none of its messages', async () => {
    const work = vi.fn();
    const handler = queueHandler('imports', () => work, { parse: () => [] });
    expect(await handler({ Records: [record('1', '{"Event":"s3:TestEvent"}')] }, context)).toEqual({
      batchItemFailures: [],
    });
    expect(work).not.toHaveBeenCalled();
  });
});

describe('the wait before a retry', () => {
  it.each([
    [1, 1, 2],
    [2, 5, 10],
    [3, 25, 50],
    [9, 25, 50],
  ])('after receive %i is between %i and %i seconds', (receives, shortest, longest) => {
    expect(backoffSeconds(receives, 0)).toBe(shortest);
    expect(backoffSeconds(receives, 0.999999)).toBe(longest);
  });
});
