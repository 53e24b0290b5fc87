import { setTimeout as sleep } from 'node:timers/promises';

/** How many messages a queue holds. */
export interface QueueDepth {
  readonly queue: string;
  readonly visible: number;
  /** Received and not deleted: being worked on, or waiting to be tried again. */
  readonly inFlight: number;
  readonly delayed: number;
}

export interface SettleProgress {
  /** Invocations, events and notifications under way. */
  readonly running: number;
  /** Of every queue that a function is fed from. */
  readonly queues: readonly QueueDepth[];
}

export interface SettleOptions {
  readonly onProgress?: (progress: SettleProgress) => void;
  /** Ten minutes unless told. */
  readonly timeoutMs?: number;
}

export interface Work {
  /** What runs now, apart from messages in queues. */
  readonly running: () => number;
  /** Grows with every invocation that begins. */
  readonly begun: () => number;
  readonly depths: () => Promise<readonly QueueDepth[]>;
}

const LOOK_EVERY_MS = 50;
/** As long as something runs it cannot be still: the queues are counted for the progress only. */
const COUNT_EVERY_MS = 500;
const TIMEOUT_MS = 600_000;

/**
 * Resolves when nothing runs and every queue is empty. Messages only come from something that runs, so it is still when
 * nothing ran before, while and after the queues were counted. Throws when that takes too long, naming what is left.
 */
export async function settle(work: Work, { onProgress, timeoutMs = TIMEOUT_MS }: SettleOptions = {}): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let counted = 0; ; await sleep(LOOK_EVERY_MS)) {
    if (work.running() > 0 && performance.now() - counted < COUNT_EVERY_MS) continue;
    counted = performance.now();
    const [runningBefore, begunBefore] = [work.running(), work.begun()];
    const queues = await work.depths();
    const running = work.running();
    onProgress?.({ running, queues });
    const waiting = queues.filter(({ visible, inFlight, delayed }) => visible + inFlight + delayed > 0);
    const still = runningBefore === 0 && running === 0 && work.begun() === begunBefore;
    if (still && waiting.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`Not settled after ${timeoutMs} ms: ${leftOver(running, waiting)}`);
  }
}

function leftOver(running: number, queues: readonly QueueDepth[]): string {
  const texts = queues.map(
    ({ queue, visible, inFlight, delayed }) => `${queue} ${visible} waiting, ${inFlight} in flight, ${delayed} delayed`,
  );
  return [`${running} running`, ...texts].join('; ');
}

interface FauxqsQueue {
  readonly name: string;
  readonly approximateMessageCount: number;
  readonly approximateInflightCount: number;
  readonly approximateDelayedCount: number;
}

/** The depths of all queues of fauxqs, taken at one moment. */
export async function fauxqsDepths(endpoint: string): Promise<readonly QueueDepth[]> {
  const response = await fetch(`${endpoint}/_fauxqs/queues`);
  const queues = (await response.json()) as readonly FauxqsQueue[];
  return queues.map(({ name, approximateMessageCount, approximateInflightCount, approximateDelayedCount }) => ({
    queue: name,
    visible: approximateMessageCount,
    inFlight: approximateInflightCount,
    delayed: approximateDelayedCount,
  }));
}
