import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../infra/local/clock.ts';
import { createFunction, type FunctionSpec, type LocalFunction } from '../../infra/local/lambda.ts';
import { createLogBook } from '../../infra/local/logs.ts';

const CODE = `
let served = 0;
console.log('loaded');
export const handler = async (event, context) => {
  served += 1;
  if (event.what === 'throw') throw new RangeError('out of it');
  if (event.what === 'crash') process.exit(3);
  if (event.what === 'reject') { Promise.reject(new Error('forgotten')); await new Promise(() => setTimeout(() => {}, 5_000)); }
  if (event.what === 'hang') await new Promise(() => setInterval(() => {}, 1_000));
  if (event.what === 'wait') await new Promise((resolve) => setTimeout(resolve, event.ms));
  if (event.what === 'burn') for (const before = process.cpuUsage(); process.cpuUsage(before).user < 60_000; );
  if (event.what === 'nothing') return undefined;
  console.log(JSON.stringify({ level: 'INFO', message: 'served' }));
  const { env } = process;
  return {
    served, pid: process.pid, now: Date.now(), today: new Date().toISOString(), isDate: new Date() instanceof Date,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'PATH')),
    context, remaining: context.getRemainingTimeInMillis(),
  };
};
export const broken = 5;`;

interface Served {
  served: number;
  pid: number;
  now: number;
  today: string;
  isDate: boolean;
  env: Record<string, string>;
  context: Record<string, unknown>;
  remaining: number;
}

const running: LocalFunction[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

function setUp(changes: Partial<FunctionSpec> = {}, code = CODE) {
  const codeDirectory = mkdtempSync(join(tmpdir(), 'function-'));
  writeFileSync(join(codeDirectory, 'index.mjs'), code);
  const [clock, logs, keys] = [createClock('2031-05-06T07:08:09.000Z'), createLogBook(), [] as string[]];
  const spec: FunctionSpec = {
    name: 'worker',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:worker',
    codeDirectory,
    handler: 'index.handler',
    timeoutSeconds: 5,
    memoryMb: 256,
    environment: { TABLE_NAME: 'accounts' },
    logGroup: '/aws/lambda/worker',
    concurrency: 2,
    ...changes,
  };
  const target = createFunction(spec, {
    region: 'eu-west-1',
    awsEndpoint: 'http://127.0.0.1:4500',
    extraEnvironment: { STRIPE_API_BASE: 'http://127.0.0.1:4600' },
    clock,
    logs,
    secretAccessKey: 'secret',
    onProcess: (accessKeyId) => keys.push(accessKeyId),
    onInvocation: () => {},
  });
  running.push(target);
  const serve = async (event: object = {}): Promise<Served> => {
    const result = await target.invoke(event);
    if (!result.ok) throw new Error(result.error.errorMessage);
    return result.payload as Served;
  };
  return { target, serve, clock, logs, keys };
}

describe('a function on this machine', () => {
  it('sees the template’s environment and what Lambda sets, and nothing of ours', async () => {
    const { env, context, remaining } = await setUp().serve();
    expect(env).toMatchObject({
      TABLE_NAME: 'accounts',
      STRIPE_API_BASE: 'http://127.0.0.1:4600',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4500',
      AWS_ACCESS_KEY_ID: 'worker.1',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'worker',
      TZ: ':UTC',
    });
    expect(env._X_AMZN_TRACE_ID).toMatch(/^Root=1-/);
    expect(env.HOME).toBeUndefined();
    expect(context).toMatchObject({ functionName: 'worker', memoryLimitInMB: '256' });
    expect(remaining).toBeGreaterThan(4_000);
    expect(remaining).toBeLessThanOrEqual(5_000);
  });

  it('lives in the local time, which moves while it is warm', async () => {
    const { serve, clock } = setUp();
    const before = await serve();
    expect(before.today).toMatch(/^2031-05-06T07:08:/);
    expect(before.isDate).toBe(true);
    clock.moveTo('2032-01-01T00:00:00.000Z');
    const after = await serve();
    expect(after.pid).toBe(before.pid);
    expect(after.today).toMatch(/^2032-01-01T00:00:/);
  });

  it('keeps a warm process, and starts another only while the first is busy', async () => {
    const { serve, keys } = setUp();
    const first = await serve();
    const second = await serve();
    expect(second).toMatchObject({ pid: first.pid, served: 2 });
    const pids = await Promise.all([1, 2, 3, 4].map(() => serve({ what: 'wait', ms: 300 })));
    expect(new Set(pids.map(({ pid }) => pid)).size).toBe(2);
    expect(keys).toEqual(['worker.1', 'worker.2']);
  });

  it.each([
    ['throws', 'throw', { errorType: 'RangeError', errorMessage: 'out of it' }],
    ['exits', 'crash', { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: exit status 3' }],
    ['forgets a promise', 'reject', { errorType: 'Runtime.ExitError' }],
  ])('fails an invocation that %s, and serves the next', async (_name, what, error) => {
    const { target, serve, logs } = setUp();
    expect(await target.invoke({ what })).toMatchObject({ ok: false, error });
    expect(await serve()).toMatchObject({ isDate: true });
    expect(logs.lines('worker').some(({ json }) => json?.message === 'Invocation failed')).toBe(true);
  });

  it('kills a process that runs out of time, and waits for nothing more of it', async () => {
    const { target, serve } = setUp({ timeoutSeconds: 1 });
    const { pid } = await serve();
    const startedAt = performance.now();
    expect(await target.invoke({ what: 'hang' })).toMatchObject({
      ok: false,
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
      },
    });
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    expect(() => process.kill(pid, 0)).toThrow();
    expect((await serve()).pid).not.toBe(pid);
  });

  it('can be killed by the access key of one process, in the midst of its work', async () => {
    const { target } = setUp();
    const result = target.invoke({ what: 'wait', ms: 4_000 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(target.kill('worker.1')).toBe(true);
    expect(await result).toMatchObject({ ok: false, error: { errorMessage: expect.stringContaining('SIGKILL') } });
    expect(target.kill('other.1')).toBe(false);
  });

  it.each([
    ['a handler that is not there', { handler: 'index.missing' }, 'index has no handler "missing"'],
    ['a handler that is no function', { handler: 'index.broken' }, 'index has no handler "broken"'],
    ['a file that is not there', { handler: 'other.handler' }, 'There is no other.mjs'],
  ])('says what is wrong with %s', async (_name, changes, message) => {
    const { target } = setUp(changes);
    expect(await target.invoke({})).toMatchObject({
      ok: false,
      error: { errorMessage: expect.stringContaining(message) },
    });
  });

  it('returns null for nothing, as Lambda does', async () => {
    const { target } = setUp();
    expect(await target.invoke({ what: 'nothing' })).toEqual({ ok: true, payload: null });
  });

  it('meters cold starts, processor time, memory and failures', async () => {
    const { target } = setUp();
    await target.invoke({ what: 'burn' });
    await target.invoke({ what: 'throw' });
    await target.invoke({ what: 'crash' });
    const metrics = target.metrics();
    expect(metrics).toMatchObject({ invocations: 3, errors: 2, crashes: 1, coldStarts: 1 });
    expect(metrics.cpuMs).toBeGreaterThan(20);
    expect(metrics.initMs).toBeGreaterThan(5);
    expect(metrics.maxRssBytes).toBeGreaterThan(20_000_000);
  });

  it('leaves no process behind when it is stopped, and ends what runs', async () => {
    const { target, serve } = setUp();
    const { pid } = await serve();
    const result = target.invoke({ what: 'hang' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await target.stop();
    expect(await result).toMatchObject({ ok: false });
    expect(() => process.kill(pid, 0)).toThrow();
  });
});
