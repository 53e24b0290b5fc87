import type { Metered } from '../gateway/meter.ts';
import type { LocalStack } from '../stack-options.ts';

/** What one function took during the run itself. Times in milliseconds, memory in bytes. */
interface FunctionCost {
  readonly invocations: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly memoryMb: number;
  readonly maxRssBytes: number;
}

/** What a run took and what it asked of AWS. */
export interface Measurement {
  readonly functions: Readonly<Record<string, FunctionCost>>;
  readonly calls: readonly Metered[];
  /** Processor time of what stands in for AWS: DynamoDB Local, where it can be known, and all the rest. */
  readonly emulators: { readonly tablesCpuMs?: number; readonly restCpuMs: number };
}

/** Starts to measure; the function it returns says what was measured since. */
export function measure(stack: LocalStack): () => Measurement {
  const before = stack.metrics();
  stack.gateway.meter.reset();
  const tablesBefore = stack.tablesCpuMs();
  const own = process.cpuUsage();
  return () => {
    const after = stack.metrics();
    const functions = stack.model.functions.map(({ name, memoryMb }): [string, FunctionCost] => {
      const [first, last] = [before[name], after[name]];
      if (first === undefined || last === undefined) throw new Error(`Nothing was measured of ${name}`);
      const { maxRssBytes } = last;
      const since = (field: 'invocations' | 'cpuMs' | 'wallMs') => last[field] - first[field];
      const spent = { invocations: since('invocations'), cpuMs: since('cpuMs'), wallMs: since('wallMs') };
      return [name, { ...spent, memoryMb, maxRssBytes }];
    });
    const { user, system } = process.cpuUsage(own);
    const tablesCpuMs = stack.tablesCpuMs();
    return {
      functions: Object.fromEntries(functions),
      calls: stack.gateway.meter.snapshot(),
      emulators: {
        restCpuMs: (user + system) / 1000,
        ...(tablesCpuMs !== undefined && tablesBefore !== undefined && { tablesCpuMs: tablesCpuMs - tablesBefore }),
      },
    };
  };
}
