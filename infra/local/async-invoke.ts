import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalFunction } from './lambda.ts';
import type { LogBook } from './logs.ts';

/** Invokes functions as AWS's event services do: without waiting, with two more tries, then to the dead-letter queue. */
export interface AsyncInvoker {
  /** Resolves when the event was handled or given up. */
  invoke(target: LocalFunction, event: unknown): Promise<'handled' | 'given-up'>;
  /** Events not yet handled or given up. */
  pending(): number;
  /** Gives up waiting for further tries. */
  stop(): void;
}

export interface AsyncInvokerOptions {
  /** Milliseconds before the second and the third try. */
  readonly retryDelaysMs: readonly number[];
  /** Sends to the function's dead-letter queue, if the template gives it one. */
  readonly toDeadLetters: (
    target: LocalFunction,
    event: string,
    attributes: Readonly<Record<string, string>>,
  ) => Promise<void>;
  readonly logs: LogBook;
}

/** What Lambda waits: one minute, then two. */
export const LAMBDA_RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000];

export function createAsyncInvoker({ retryDelaysMs, toDeadLetters, logs }: AsyncInvokerOptions): AsyncInvoker {
  const stopping = new AbortController();
  let pending = 0;

  const tryAll = async (target: LocalFunction, event: unknown): Promise<'handled' | 'given-up'> => {
    let result = await target.invoke(event);
    for (const delay of retryDelaysMs) {
      if (result.ok) return 'handled';
      if (!(await waited(delay, stopping.signal))) return 'given-up';
      result = await target.invoke(event);
    }
    if (result.ok) return 'handled';
    logs.write(target.spec.name, JSON.stringify({ level: 'ERROR', message: 'An event was given up', event }));
    await toDeadLetters(target, JSON.stringify(event), {
      RequestID: randomUUID(),
      ErrorCode: '200',
      ErrorMessage: result.error.errorMessage.slice(0, 1_024),
    });
    return 'given-up';
  };

  return {
    pending: () => pending,
    stop: () => stopping.abort(),
    async invoke(target, event) {
      pending += 1;
      try {
        return await tryAll(target, event);
      } finally {
        pending -= 1;
      }
    },
  };
}

const waited = (ms: number, signal: AbortSignal): Promise<boolean> => sleep(ms, true, { signal }).catch(() => false);
