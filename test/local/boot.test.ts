import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../infra/app.ts';
import { without } from '../../infra/local/grants.ts';
import { startStack } from '../../infra/local/stack.ts';
import type { LocalStack } from '../../infra/local/stack-options.ts';

let stack: LocalStack;

beforeAll(async () => {
  const assemblyDir = await synthesize('local', mkdtempSync(join(tmpdir(), 'boot-')));
  stack = await startStack({
    assemblyDir,
    now: '2026-12-01T06:00:00.000Z',
    eventRetryDelaysMs: [10, 10],
    changeRole: (name, all) => (name === 'plan-billing-run' ? without(all, 'dynamodb:PutItem') : all),
  });
});
afterAll(() => stack?.stop());

describe('the synthesized stack on this machine', () => {
  it('has every function, queue, schedule and route of the template, and refuses nothing of it', () => {
    const { functions, mappings, streams, queues, schedules, tables, api } = stack.model;
    expect(functions.map(({ name }) => name)).toContain('issue-invoice');
    // Each queue feeds its function, and its dead-letter queue the recorder.
    const fed = new Set(mappings.map(({ queueArn }) => queueArn));
    expect(queues.filter(({ arn, name }) => !fed.has(arn) && !/-(missed|lost)$/.test(name))).toEqual([]);
    expect(streams.map(({ failureQueueArn }) => failureQueueArn)).toEqual([expect.stringMatching(/-lost$/)]);
    expect(schedules.map(({ timeZone }) => timeZone)).toContain('America/New_York');
    expect(tables).toHaveLength(2);
    expect(api?.authorizers.size).toBe(1);
  });

  it('answers health to everybody and accounts only to bearers of a token', async () => {
    const get = (path: string, token?: string) =>
      fetch(`${stack.apiUrl}${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
    expect((await get('/health')).status).toBe(200);
    expect((await get('/sellers/northwind-us/accounts')).status).toBe(401);
    const staff = await stack.token({ sub: 'ann', groups: ['staff'], sellers: ['*'] });
    expect((await get('/sellers/northwind-us/accounts', staff)).status).toBe(200);
  });

  it('lets a function fail for a grant that its role lacks, as on AWS, and keeps its event', async () => {
    expect(await stack.fire('plan-billing-run-northwind-us')).toBe('given-up');
    const text = stack.logs
      .lines('plan-billing-run')
      .map((line) => line.text)
      .join('\n');
    expect(text).toContain('AccessDenied');
    const missed = (await stack.depths()).find(({ queue }) => queue.endsWith('plan-billing-run-missed'));
    expect(missed?.visible).toBe(1);
  });

  it('runs what its roles allow, and becomes still', async () => {
    expect(await stack.fire('every-5-minutes')).toBe('handled');
    await stack.settle({ timeoutMs: 30_000 });
    expect(stack.metrics()['sweep-overdue']).toMatchObject({ invocations: 1, errors: 0 });
  });
});
