import type { FunctionProcess } from './lambda-process.ts';

/** A process and the access key id by which it is known. */
export interface Worker {
  readonly accessKeyId: string;
  readonly process: FunctionProcess;
}

/** The processes of one function: each busy with one invocation, or idle and warm. */
export interface ProcessPool {
  /** A warm process, or a new one, or the next that becomes free; undefined when the pool has stopped. */
  acquire(): Promise<Worker | undefined>;
  /** Gives it back after its invocation; a dead one is forgotten. */
  release(worker: Worker): void;
  /** False when there is no such process. */
  kill(accessKeyId: string): boolean;
  /** Kills every idle process. */
  cool(): Promise<void>;
  /** Kills every process and starts no more. */
  stop(): Promise<void>;
}

/**
 * How long an invocation waits for a busy process before another is started. AWS does not wait; but a start costs a
 * laptop's few cores more than most invocations.
 */
const PATIENCE_MS = 200;

/** A pool of up to `size` processes, that `start` starts. */
export function createPool(size: number, start: () => Worker): ProcessPool {
  const workers = new Map<string, Worker>();
  const idle: Worker[] = [];
  const waiting: ((worker: Worker | undefined) => void)[] = [];
  let stopped = false;

  const startWorker = (): Worker => {
    const worker = start();
    workers.set(worker.accessKeyId, worker);
    return worker;
  };

  const warmWorker = (): Worker | undefined => {
    for (let worker = idle.pop(); worker; worker = idle.pop()) {
      if (worker.process.alive()) return worker;
      workers.delete(worker.accessKeyId);
    }
    return undefined;
  };

  const wait = (): Promise<Worker | undefined> =>
    new Promise((resolve) => {
      const take = (worker: Worker | undefined): void => {
        clearTimeout(timer);
        resolve(worker);
      };
      const timer = setTimeout(() => {
        if (workers.size >= size) return;
        waiting.splice(waiting.indexOf(take), 1);
        resolve(startWorker());
      }, PATIENCE_MS);
      waiting.push(take);
    });

  const killAll = async (some: readonly Worker[]): Promise<void> => {
    await Promise.all(some.map(({ process }) => process.kill()));
    for (const { accessKeyId } of some) workers.delete(accessKeyId);
  };

  return {
    async acquire() {
      if (stopped) return undefined;
      return warmWorker() ?? (workers.size === 0 ? startWorker() : wait());
    },
    release(worker) {
      const alive = worker.process.alive();
      if (!alive) workers.delete(worker.accessKeyId);
      const next = waiting.shift();
      if (next) next(stopped ? undefined : alive ? worker : startWorker());
      else if (alive) idle.push(worker);
    },
    kill(accessKeyId) {
      const worker = workers.get(accessKeyId);
      void worker?.process.kill();
      return worker !== undefined;
    },
    cool: () => killAll(idle.splice(0)),
    stop: async () => {
      stopped = true;
      for (const take of waiting.splice(0)) take(undefined);
      await killAll([...workers.values()]);
    },
  };
}
