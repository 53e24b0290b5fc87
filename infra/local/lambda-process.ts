import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildReport, FunctionError, InvokeCommand, Usage } from './lambda-protocol.ts';

/** What a process of a function is started with. */
export interface ProcessOptions {
  readonly codeDirectory: string;
  /** `<file>.<export>`, as in the template. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly clockOffsetMs: number;
  /** Called with the process as soon as there is one, to follow what it writes. */
  readonly onSpawn: (child: ChildProcess) => void;
}

export interface ProcessResult {
  /** What the handler returned, as JSON text; absent when it returned nothing or failed. */
  readonly payload?: string;
  readonly error?: FunctionError;
  readonly usage?: Usage;
}

/** One execution environment of a function: serves one invocation at a time until it crashes, hangs or is stopped. */
export interface FunctionProcess {
  /** Resolves when the handler is loaded; undefined when that failed, with `initError` saying why. */
  readonly ready: Promise<{ initMs: number; cpuMs: number } | undefined>;
  readonly initError: () => FunctionError | undefined;
  readonly alive: () => boolean;
  /** Never rejects: crashes and time-outs are errors of the function, and leave the process dead. */
  invoke(command: InvokeCommand): Promise<ProcessResult>;
  /** Kills at once, as a crash does; resolves when the process is gone. */
  kill(): Promise<void>;
}

const CHILD = fileURLToPath(new URL('lambda-child.ts', import.meta.url));

/** Starts a process that loads the function's handler. */
export function startProcess(options: ProcessOptions): FunctionProcess {
  const child = fork(CHILD, [options.codeDirectory, options.handler, String(options.clockOffsetMs)], {
    // Lambda gives the heap nine tenths of the function's memory.
    execArgv: [`--max-old-space-size=${Math.floor(options.memoryMb * 0.9)}`],
    env: { ...options.environment },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  options.onSpawn(child);
  let initError: FunctionError | undefined;
  const gone = new Promise<FunctionError>((resolve) => {
    child.once('exit', (code, signal) => resolve(exitError(code, signal)));
    child.once('error', (error) => resolve({ errorType: error.name, errorMessage: error.message, trace: [] }));
  });
  const ready = Promise.race([nextReport(child), gone]).then((first) => {
    if ('kind' in first && first.kind === 'ready') return { initMs: first.initMs, cpuMs: first.cpuMs };
    initError = 'kind' in first && first.kind === 'init-failed' ? first.error : (first as FunctionError);
    return undefined;
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  return {
    ready,
    initError: () => initError,
    alive: () => initError === undefined && child.exitCode === null && child.signalCode === null && child.connected,
    kill,
    async invoke(command) {
      const timeOut = timer(command.timeoutMs);
      const answer = Promise.race([nextReport(child), gone, timeOut.elapsed]);
      // A process that died in this moment is reported by `gone`.
      child.send(command, () => {});
      const result = await answer;
      timeOut.cancel();
      if (result !== 'elapsed') return 'kind' in result ? doneResult(result) : { error: result };
      await kill();
      const seconds = (command.timeoutMs / 1_000).toFixed(2);
      const errorMessage = `${command.requestId} Task timed out after ${seconds} seconds`;
      return { error: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] } };
    },
  };
}

function doneResult(report: ChildReport): ProcessResult {
  if (report.kind !== 'done')
    throw new Error(`A function's process reported "${report.kind}" in the midst of an invocation`);
  return { payload: report.payload, error: report.error, usage: report.usage };
}

const nextReport = (child: ChildProcess): Promise<ChildReport> =>
  new Promise((resolve) => {
    child.once('message', (message) => resolve(message as ChildReport));
  });

const exitError = (code: number | null, signal: NodeJS.Signals | null): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Runtime exited with error: ${signal ? `signal: ${signal}` : `exit status ${code}`}`,
  trace: [],
});

function timer(ms: number): { elapsed: Promise<'elapsed'>; cancel: () => void } {
  const { promise, resolve } = Promise.withResolvers<'elapsed'>();
  const timeout = setTimeout(() => resolve('elapsed'), ms);
  return { elapsed: promise, cancel: () => clearTimeout(timeout) };
}
