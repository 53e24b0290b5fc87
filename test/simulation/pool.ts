import { Worker } from 'node:worker_threads';
import type { Run } from './simulate.ts';

interface Many {
  readonly from: number;
  readonly seeds: number;
  readonly workers: number;
  readonly traced?: boolean;
  /** Told of every run; true: no more are needed. */
  readonly onRun: (run: Run) => boolean;
}

/** Simulates consecutive seeds, spread over threads. */
export async function simulateMany({ from, seeds, workers, traced = false, onRun }: Many): Promise<void> {
  const threads = Array.from({ length: Math.min(workers, seeds) }, (_, index) => {
    const count = Math.ceil((seeds - index) / workers);
    const workerData = { from: from + index, count, step: workers, traced };
    return new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  });
  let enough = false;
  await Promise.all(
    threads.map(
      (thread) =>
        new Promise<void>((resolve, reject) => {
          thread.on('message', (run: Run) => {
            if (enough) return;
            enough = onRun(run);
            if (enough) for (const each of threads) void each.terminate();
          });
          thread.on('error', reject);
          thread.on('exit', () => resolve());
        }),
    ),
  );
}
