import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalClock } from './clock.ts';
import { createMeter, type FunctionMetrics } from './lambda-metrics.ts';
import { createPool, type Worker } from './lambda-pool.ts';
import { startProcess } from './lambda-process.ts';
import type { FunctionError } from './lambda-protocol.ts';
import type { LogBook } from './logs.ts';

/** A function as the template describes it. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  readonly codeDirectory: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  /** The most processes that may run at once. */
  readonly concurrency: number;
}

/** What every function finds on this machine. */
export interface Surroundings {
  readonly region: string;
  /** What every AWS client of the functions talks to. */
  readonly awsEndpoint: string;
  /** Set for every function over the template's environment, for what has no AWS endpoint: the payment processor. */
  readonly extraEnvironment: Readonly<Record<string, string>>;
  readonly clock: LocalClock;
  readonly logs: LogBook;
  /** With which every process signs its calls. */
  readonly secretAccessKey: string;
  /** Called before a process starts, with the access key id by which it is known from then on. */
  readonly onProcess: (accessKeyId: string, functionName: string) => void;
  /** Called before each invocation of a process. */
  readonly onInvocation: (accessKeyId: string) => void;
}

export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: FunctionError };

export interface LocalFunction {
  readonly spec: FunctionSpec;
  /** Runs the handler once, waiting for a free process. Never rejects: errors of the function are results. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** Invocations running or waiting for a process. */
  busy(): number;
  /** Invocations begun so far. */
  begun(): number;
  metrics(): FunctionMetrics;
  /** Kills the process that signs with this access key id, as a crash at this moment would. False when it has none such. */
  kill(accessKeyId: string): boolean;
  /** Kills every idle process, so that the next invocation starts cold. */
  cool(): Promise<void>;
  /** Kills every process. Invocations that run end with an error. */
  stop(): Promise<void>;
}

const STOPPED: FunctionError = { errorType: 'Runtime.Stopped', errorMessage: 'The stack has stopped', trace: [] };

/** Node keeps what it compiled here, so that a second process of a function starts in half the time. */
const COMPILE_CACHE = join(tmpdir(), 'telecom-billing-compile-cache');

/** Prepares a function; its first process starts with its first invocation, and is used again as long as it lives. */
export function createFunction(spec: FunctionSpec, around: Surroundings): LocalFunction {
  const meter = createMeter();
  let started = 0;
  let busy = 0;
  let begun = 0;

  const pool = createPool(spec.concurrency, () => {
    started += 1;
    const accessKeyId = `${spec.name}.${started}`;
    around.onProcess(accessKeyId, spec.name);
    const process = startProcess({
      ...spec,
      environment: environmentOf(spec, around, accessKeyId),
      clockOffsetMs: around.clock.offsetMs(),
      onSpawn: (child) => {
        for (const stream of [child.stdout, child.stderr]) if (stream) around.logs.follow(spec.name, stream);
      },
    });
    return { accessKeyId, process };
  });

  const run = async ({ accessKeyId, process }: Worker, event: string): Promise<InvocationResult> => {
    const init = await process.ready;
    if (!init) return failed(process.initError() ?? STOPPED);
    meter.started(accessKeyId, init);
    around.onInvocation(accessKeyId);
    const timeoutMs = spec.timeoutSeconds * 1_000;
    const command = { requestId: randomUUID(), event, timeoutMs, clockOffsetMs: around.clock.offsetMs() };
    const { payload, error, usage } = await process.invoke(command);
    meter.invoked(usage, error);
    if (error) return failed(error);
    return { ok: true, payload: payload === undefined ? null : JSON.parse(payload) };
  };

  const failed = (error: FunctionError): InvocationResult => {
    around.logs.write(spec.name, JSON.stringify({ level: 'ERROR', message: 'Invocation failed', ...error }));
    return { ok: false, error };
  };

  return {
    spec,
    busy: () => busy,
    begun: () => begun,
    metrics: () => meter.read(),
    async invoke(event) {
      busy += 1;
      begun += 1;
      const worker = await pool.acquire();
      try {
        return worker ? await run(worker, JSON.stringify(event)) : failed(STOPPED);
      } finally {
        if (worker) pool.release(worker);
        busy -= 1;
      }
    },
    kill: pool.kill,
    cool: pool.cool,
    stop: pool.stop,
  };
}

/** The template's variables under what Lambda itself sets, and where AWS is on this machine. */
function environmentOf(spec: FunctionSpec, around: Surroundings, accessKeyId: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    ...spec.environment,
    ...around.extraEnvironment,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: around.region,
    AWS_DEFAULT_REGION: around.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: accessKeyId,
    LOCAL_FUNCTION_ARN: spec.arn,
    _HANDLER: spec.handler,
    AWS_ENDPOINT_URL: around.awsEndpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: around.secretAccessKey,
    // There is no X-Ray daemon here, and the tracer waits for one. Its SDK would follow every promise, which takes a third
    // of the CPU of a call to AWS; LAMBDA_TASK_ROOT, by which it does so on AWS however it is told, is therefore not set.
    POWERTOOLS_TRACE_ENABLED: 'false',
    AWS_XRAY_MANUAL_MODE: 'true',
    NODE_COMPILE_CACHE: COMPILE_CACHE,
  };
}
