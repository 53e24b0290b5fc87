import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from './simulate.ts';

/** Runs every `step`-th seed from `from` on, and tells of each. */
const { from, count, step, traced } = workerData as { from: number; count: number; step: number; traced: boolean };
for (let index = 0; index < count; index++) parentPort?.postMessage(await simulate(from + index * step, { traced }));
