/** What a repeated piece of work cost: wall-clock rate and processor time of this process. */
export interface Rate {
  readonly name: string;
  readonly perSecond: number;
  readonly cpuMicros: number;
}

/** Runs `work` for about `seconds` after a warm-up of a fifth of that. Machines are noisy: compare rates of one run only. */
export function rate(name: string, seconds: number, work: () => unknown): Rate {
  repeat(seconds / 5, work);
  const { count, elapsed, cpu } = repeat(seconds, work);
  return { name, perSecond: count / elapsed, cpuMicros: cpu / count };
}

function repeat(seconds: number, work: () => unknown): { count: number; elapsed: number; cpu: number } {
  const start = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    work();
    count++;
  }
  const used = process.cpuUsage(before);
  return { count, elapsed: (performance.now() - start) / 1000, cpu: used.user + used.system };
}
