import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { mailEnvironment, processorEnvironment, queueUrls } from '../../shared/runtime/environment.ts';
import { scheduleHandler } from '../../shared/runtime/schedule-handler.ts';

const context = { functionName: 'plan-billing-run', getRemainingTimeInMillis: () => 30_000 } as Context;
const schema = z.object({ sellerId: z.string() });

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a schedule handler', () => {
  it('gives the work its input and the time, and builds it once', async () => {
    const work = vi.fn(async () => {});
    const prepare = vi.fn(() => work);
    const handler = scheduleHandler(schema, prepare);
    await handler({ sellerId: 'northwind-us' }, context);
    await handler({ sellerId: 'northwind-ca' }, context);
    expect(prepare).toHaveBeenCalledTimes(1);
    expect(work).toHaveBeenLastCalledWith({ sellerId: 'northwind-ca' }, expect.stringMatching(/^\d{4}-.*Z$/), context);
  });

  it('builds the work anew after a build that failed', async () => {
    const prepare = vi.fn(() => async () => {});
    prepare.mockImplementationOnce(() => {
      throw new Error('the table’s name is missing');
    });
    const handler = scheduleHandler(schema, prepare);
    await expect(handler({ sellerId: 'northwind-us' }, context)).rejects.toThrow('the table’s name is missing');
    await expect(handler({ sellerId: 'northwind-us' }, context)).resolves.toBeUndefined();
  });

  it('names the field of input that does not fit', async () => {
    const handler = scheduleHandler(schema, () => async () => {});
    await expect(handler({}, context)).rejects.toThrow(/schedule: sellerId: /);
  });

  it('fails with an error that carries nothing beside its message', async () => {
    const handler = scheduleHandler(schema, () => async () => {
      throw Object.assign(new Error('conflict at jane@acme.example'), { Item: { name: 'Jane Doe' } });
    });
    const error = await handler({ sellerId: 'northwind-us' }, context).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toEqual(new Error('retries_exhausted: Error: conflict at [address]'));
    expect(Object.keys(error as object)).toEqual([]);
  });
});

describe('the environment of a function', () => {
  it('gives each queue its URL', () => {
    vi.stubEnv('QUEUE_URL_RUNS', 'https://sqs.example/1/runs');
    vi.stubEnv('QUEUE_URL_INVOICES', 'https://sqs.example/1/invoices');
    expect(queueUrls('runs', 'invoices')).toEqual({
      runs: 'https://sqs.example/1/runs',
      invoices: 'https://sqs.example/1/invoices',
    });
  });

  it('names every variable that is missing or wrong', () => {
    vi.stubEnv('QUEUE_URL_RUNS', 'nonsense');
    expect(() => queueUrls('runs', 'invoices')).toThrow(/QUEUE_URL_RUNS: .*; QUEUE_URL_INVOICES: /);
    vi.stubEnv('MAIL_FROM', 'nobody');
    expect(mailEnvironment).toThrow(/MAIL_FROM: .*; MAIL_CONFIGURATION_SET: /);
  });

  it('leaves the processor where its SDK finds it, unless told', () => {
    vi.stubEnv('PROCESSOR_SECRET_ARN', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:processor');
    const { PROCESSOR_SECRET_ARN: secretArn } = process.env;
    expect(processorEnvironment()).toEqual({ secretArn });
    vi.stubEnv('STRIPE_API_BASE', 'http://127.0.0.1:4242');
    expect(processorEnvironment()).toEqual({ secretArn, apiBase: 'http://127.0.0.1:4242' });
  });
});
