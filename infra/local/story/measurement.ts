import type { Metered } from '../gateway/meter.ts';
import { childrenCpuMs, machineMs } from '../process-time.ts';
import type { LocalStack } from '../stack-options.ts';

/** What one function took during the run itself. Times in milliseconds, memory in bytes. */
interface FunctionCost {
  readonly invocations: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly memoryMb: number;
  readonly maxRssBytes: number;
}

/** Who had the machine's processors, in milliseconds of one of them. What the kernel does not tell (macOS) is absent. */
export interface ProcessorTime {
  /** The functions' processes: their invocations, and what lies around them. */
  readonly functions?: number;
  /** DynamoDB Local. */
  readonly tables?: number;
  /** All else that stands in for AWS: gateway, queues, objects, mail, the payment processor. */
  readonly rest: number;
  /** Everybody, other programs too. */
  readonly busy: number;
  readonly idle: number;
}

/** What a run took and what it asked of AWS. */
export interface Measurement {
  readonly functions: Readonly<Record<string, FunctionCost>>;
  readonly calls: readonly Metered[];
  readonly processors: ProcessorTime;
}

/** Starts to measure; the function it returns says what was measured since. */
export function measure(stack: LocalStack): () => Measurement {
  const before = stack.metrics();
  stack.gateway.meter.reset();
  const timesBefore = processorTime(stack);
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
    return {
      functions: Object.fromEntries(functions),
      calls: stack.gateway.meter.snapshot(),
      processors: difference(timesBefore, processorTime(stack)),
    };
  };
}

/** Since each of them started. */
function processorTime(stack: LocalStack): ProcessorTime {
  const { user, system } = process.cpuUsage();
  const [functions, tables] = [childrenCpuMs(process.pid), stack.tablesCpuMs()];
  return {
    ...(functions !== undefined && { functions }),
    ...(tables !== undefined && { tables }),
    rest: (user + system) / 1000,
    ...machineMs(),
  };
}

const difference = (before: ProcessorTime, after: ProcessorTime): ProcessorTime =>
  Object.fromEntries(
    (Object.entries(after) as [keyof ProcessorTime, number][]).map(([name, ms]) => [name, ms - (before[name] ?? 0)]),
  ) as unknown as ProcessorTime;
