import type { FunctionError, Usage } from './lambda-protocol.ts';

/** What a function took since the stack started. Times in milliseconds, memory in bytes. */
export interface FunctionMetrics {
  readonly invocations: number;
  readonly errors: number;
  /** Of the errors: those that ended the process, by crash or time-out. */
  readonly crashes: number;
  /** CPU of all invocations, without that of loading. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly coldStarts: number;
  /** From the process's start to the handler loaded; the mean of all cold starts. */
  readonly initMs: number;
  readonly initCpuMs: number;
  readonly maxRssBytes: number;
  readonly maxHeapBytes: number;
}

/** Adds up what a function's processes report. */
export interface Meter {
  /** Counts a process's load once, however often it is told. */
  started(process: string, init: { readonly initMs: number; readonly cpuMs: number }): void;
  invoked(usage: Usage | undefined, error: FunctionError | undefined): void;
  read(): FunctionMetrics;
}

export function createMeter(): Meter {
  const counted = new Set<string>();
  const total = { invocations: 0, errors: 0, crashes: 0, cpuMs: 0, wallMs: 0, maxRssBytes: 0, maxHeapBytes: 0 };
  const init = { initMs: 0, cpuMs: 0 };
  return {
    started(process, { initMs, cpuMs }) {
      if (counted.has(process)) return;
      counted.add(process);
      init.initMs += initMs;
      init.cpuMs += cpuMs;
    },
    invoked(usage, error) {
      total.invocations += 1;
      if (error) total.errors += 1;
      if (!usage) total.crashes += 1;
      total.cpuMs += usage?.cpuMs ?? 0;
      total.wallMs += usage?.wallMs ?? 0;
      total.maxRssBytes = Math.max(total.maxRssBytes, usage?.rssBytes ?? 0);
      total.maxHeapBytes = Math.max(total.maxHeapBytes, usage?.heapBytes ?? 0);
    },
    read: () => ({
      ...total,
      coldStarts: counted.size,
      initMs: counted.size === 0 ? 0 : init.initMs / counted.size,
      initCpuMs: init.cpuMs,
    }),
  };
}
