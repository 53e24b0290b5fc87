import { cpus } from 'node:os';
import Table from 'cli-table3';
import type { Measurement } from './measurement.ts';

/** Milliseconds of one processor per account, by who had them. */
export interface TimesPerAccount {
  /** Of what is the product's, or stands in for AWS; the names say what. */
  readonly ours: Readonly<Record<string, number>>;
  readonly sum: number;
  /** Other programs of this machine, and nobody. */
  readonly others: number;
  readonly idle: number;
  /** Accounts per second, if the machine did nothing else and never waited. */
  readonly ceiling: number;
}

export function timesPerAccount({ functions, processors }: Measurement, accounts: number): TimesPerAccount {
  const { tables = 0, rest, busy, idle } = processors;
  const invocations = Object.values(functions).reduce((total, { cpuMs }) => total + cpuMs, 0);
  const around = Math.max(0, (processors.functions ?? invocations) - invocations);
  const all = {
    'the functions': invocations,
    'their processes between invocations': around,
    'DynamoDB Local': tables,
    'gateway, queues, objects, mail, payments': rest,
  };
  const per = (ms: number): number => ms / accounts;
  const sum = Object.values(all).reduce((total, ms) => total + ms, 0);
  return {
    ours: Object.fromEntries(Object.entries(all).map(([name, ms]) => [name, per(ms)])),
    sum: per(sum),
    others: per(Math.max(0, busy - sum)),
    idle: per(idle),
    ceiling: (1000 * cpus().length) / per(sum),
  };
}

/** The same for a person, and for each function that did anything. */
export function processorTable(measured: Measurement, accounts: number): string {
  const { ours, sum, others, idle, ceiling } = timesPerAccount(measured, accounts);
  const style = { head: [], border: [] };
  const table = new Table({ head: ['processor time', 'ms per account'], colAligns: ['left', 'right'], style });
  const row = (name: string, ms: number): void => void table.push([name, ms.toFixed(2)]);
  for (const [name, ms] of Object.entries(ours)) {
    row(name, ms);
    if (name !== 'the functions') continue;
    for (const [of, { cpuMs, invocations }] of Object.entries(measured.functions))
      if (invocations > 0) row(`  ${of}`, cpuMs / accounts);
  }
  row('all of these', sum);
  row('other programs', others);
  row('idle', idle);
  return `${table.toString()}\n${cpus().length} processors that do nothing else and never wait: ${ceiling.toFixed(0)} accounts/s at most`;
}
