import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** The kernel counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

/** What the kernel tells of a process. */
interface Stat {
  readonly parent: number;
  readonly group: number;
  readonly cpuMs: number;
}

/**
 * Processor time of a process group since it began, in milliseconds, without what its ended processes took. Undefined
 * where the kernel does not tell by files (macOS).
 */
export const groupCpuMs = (group: number): number | undefined => cpuMsOf((stat) => stat.group === group);

/** The same of the children of a process, as far as they are alive. */
export const childrenCpuMs = (parent: number): number | undefined => cpuMsOf((stat) => stat.parent === parent);

/** What the machine's processors did since it started, in milliseconds of one processor. */
export function machineMs(): { readonly busy: number; readonly idle: number } {
  let [busy, idle] = [0, 0];
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, idle };
}

function cpuMsOf(isMeant: (stat: Stat) => boolean): number | undefined {
  try {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return processes.reduce((total, pid) => {
      const stat = statOf(pid);
      return stat && isMeant(stat) ? total + stat.cpuMs : total;
    }, 0);
  } catch {
    return undefined;
  }
}

/** Undefined when it ended meanwhile. */
function statOf(pid: string): Stat | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // A command's name may hold spaces and parentheses; what counts stands behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    parent: Number(fields[1]),
    group: Number(fields[2]),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
  };
}
