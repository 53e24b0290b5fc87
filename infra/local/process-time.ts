import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

/**
 * Processor time of a process group since it began, in milliseconds, without what its ended processes took. Undefined
 * where the kernel does not tell by files (macOS).
 */
export function groupCpuMs(group: number): number | undefined {
  try {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return processes.reduce((total, pid) => total + cpuMsWithin(pid, group), 0);
  } catch {
    return undefined;
  }
}

function cpuMsWithin(pid: string, group: number): number {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended meanwhile.
    return 0;
  }
  // A command's name may hold spaces and parentheses; what counts stands behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[2]) === group ? (Number(fields[11]) + Number(fields[12])) * TICK_MS : 0;
}
