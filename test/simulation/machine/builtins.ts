import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { Machine } from './machine.ts';

/**
 * Puts a machine's clock and chance in the place of Node's, for the product's code and its libraries: waits, random
 * numbers and UUIDs. Answers with what takes them back. One machine at a time.
 */
export function install(machine: Machine): () => void {
  const real = {
    random: Math.random,
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    sleep: timers.setTimeout,
    randomUUID: crypto.randomUUID,
  };
  const cleared = new Set<unknown>();
  Math.random = machine.random.fraction;
  crypto.randomUUID = () => machine.random.uuid() as ReturnType<typeof crypto.randomUUID>;
  timers.setTimeout = (async (ms = 0, value?: unknown) => {
    await machine.sleep(ms);
    return value;
  }) as typeof timers.setTimeout;
  globalThis.setTimeout = ((run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
    const timer = { ref: () => timer, unref: () => timer };
    void machine.sleep(ms).then(() => {
      if (!cleared.has(timer)) run(...values);
    });
    return timer;
  }) as unknown as typeof globalThis.setTimeout;
  globalThis.clearTimeout = (timer: unknown) => void cleared.add(timer);
  syncBuiltinESMExports();
  return () => {
    Math.random = real.random;
    crypto.randomUUID = real.randomUUID;
    timers.setTimeout = real.sleep;
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    syncBuiltinESMExports();
  };
}
