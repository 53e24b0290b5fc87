import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChildReport, FunctionError, InvokeCommand, Usage } from './lambda-protocol.ts';
import { shiftDate } from './shifted-date.ts';

/**
 * The main module of a function's process, in the place of Lambda's runtime: loads the bundled handler, then serves one
 * invocation after another. Arguments: the code's directory, the handler as the template names it, the clock's offset.
 */
type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const [codeDirectory = '', handlerName = '', clockOffsetMs = '0'] = process.argv.slice(2);
const setClock = shiftDate();
setClock(Number(clockOffsetMs));

// Ctrl-C reaches every process of the terminal; who ends this one is the local stack, after its work.
process.on('SIGINT', () => {});
// Without the local stack there is nothing to work for.
process.on('disconnect', () => process.exit(0));

try {
  const handler = await loadHandler();
  process.on('message', (command: InvokeCommand) => void serve(handler, command));
  report({ kind: 'ready', initMs: performance.now(), cpuMs: cpuMs(process.cpuUsage()) });
} catch (error) {
  report({ kind: 'init-failed', error: describe(error) });
}

async function loadHandler(): Promise<Handler> {
  const [file = '', name = ''] = handlerName.split(/\.(?=[^.]+$)/);
  const path = ['.mjs', '.js', '.cjs'].map((extension) => join(codeDirectory, `${file}${extension}`)).find(existsSync);
  if (!path) throw new Error(`There is no ${file}.mjs, .js or .cjs in the function's code`);
  const handler: unknown = (await import(pathToFileURL(path).href))[name];
  if (typeof handler !== 'function') throw new Error(`${file} has no handler "${name}"`);
  return handler as Handler;
}

async function serve(handler: Handler, command: InvokeCommand): Promise<void> {
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  setClock(command.clockOffsetMs);
  process.env._X_AMZN_TRACE_ID = `Root=1-00000000-${command.requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`;
  const usage = (): Usage => {
    const { rss, heapUsed } = process.memoryUsage();
    const wallMs = performance.now() - startedAt;
    return { cpuMs: cpuMs(process.cpuUsage(cpuBefore)), wallMs, rssBytes: rss, heapBytes: heapUsed };
  };
  try {
    const result = await handler(JSON.parse(command.event), contextOf(command, startedAt));
    report({ kind: 'done', payload: JSON.stringify(result), usage: usage() });
  } catch (error) {
    report({ kind: 'done', payload: undefined, error: describe(error), usage: usage() });
  }
}

function contextOf({ requestId, timeoutMs }: InvokeCommand, startedAt: number): Record<string, unknown> {
  const { env } = process;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: env.LOCAL_FUNCTION_ARN,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(timeoutMs - (performance.now() - startedAt))),
  };
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

function cpuMs(usage: NodeJS.CpuUsage): number {
  return (usage.user + usage.system) / 1_000;
}

function report(message: ChildReport): void {
  process.send?.(message);
}
