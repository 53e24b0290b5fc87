import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSource } from './event-sources.ts';
import type { LogBook } from './logs.ts';
import { type BatchOptions, workThrough } from './stream-batch.ts';
import type { StreamClient, StreamRecord } from './stream-client.ts';
import type { StreamFilter } from './stream-filter.ts';

export interface StreamSourceOptions extends Omit<BatchOptions, 'stopping' | 'giveUp'> {
  readonly stream: StreamClient;
  readonly filter: StreamFilter;
  readonly logs: LogBook;
  /** Whether no function runs: then no records can come, and waiting for more of them is in vain. */
  readonly isIdle: () => boolean;
  /** How far each shard was worked through in an earlier life of the stack, and is told as it goes on. */
  readonly positions: {
    read(): Readonly<Record<string, string>>;
    write(positions: Readonly<Record<string, string>>): void;
  };
  readonly giveUp: (shardId: string, records: readonly StreamRecord[], tries: number) => Promise<void>;
}

/** Feeds a function from the stream of a table. */
export interface StreamSource extends EventSource {
  /** Looks at the stream once more, and says how many records are still to be delivered. */
  pending(): Promise<number>;
}

/** How often Lambda looks at a shard. */
const LOOK_EVERY_MS = 250;
/** The most that a look at a shard gives. */
const READ = 1_000;

interface OpenShard {
  iterator: string;
  /** Read, for the function, and not delivered yet. */
  readonly held: StreamRecord[];
  /** The last record that was read; what lies behind `held` is not for the function. */
  through?: string;
  heldSince: number;
}

/** Starts to read a stream as Lambda does for an event source mapping, its shards in order. */
export function startStreamSource(options: StreamSourceOptions): StreamSource {
  const { mapping, stream, filter, logs, isIdle, target } = options;
  const stopping = new AbortController();
  const positions: Record<string, string> = { ...options.positions.read() };
  const open = new Map<string, OpenShard>();
  const closed = new Set<string>();
  let askers: ((pending: number) => void)[] = [];
  let wake: () => void = () => {};

  /** Opens the shards that are not known yet, each when its parent has been worked through. */
  const openShards = async (): Promise<void> => {
    for (const { ShardId, ParentShardId } of await stream.shards()) {
      if (open.has(ShardId) || closed.has(ShardId) || (ParentShardId && open.has(ParentShardId))) continue;
      const iterator = await stream.iterator(ShardId, positions[ShardId]);
      open.set(ShardId, { iterator, held: [], heldSince: 0 });
    }
  };

  const look = async (shardId: string, shard: OpenShard): Promise<void> => {
    const { records, next } = await stream.records(shard.iterator, READ);
    const wanted = records.filter(filter);
    if (wanted.length > 0 && shard.held.length === 0) shard.heldSince = performance.now();
    shard.held.push(...wanted);
    shard.through = records.at(-1)?.dynamodb.SequenceNumber ?? shard.through;
    if (next !== undefined) shard.iterator = next;
    if (isDue(shard)) await deliver(shardId, shard);
    if (next !== undefined) return;
    await deliver(shardId, shard);
    open.delete(shardId);
    closed.add(shardId);
  };

  const isDue = ({ held, heldSince }: OpenShard): boolean =>
    held.length >= mapping.batchSize ||
    (held.length > 0 && (isIdle() || performance.now() - heldSince >= mapping.batchingWindowSeconds * 1_000));

  const deliver = async (shardId: string, { held, through }: OpenShard): Promise<void> => {
    while (held.length > 0 && !stopping.signal.aborted) {
      const batch = held.slice(0, mapping.batchSize);
      const giveUp = (records: readonly StreamRecord[], tries: number) => options.giveUp(shardId, records, tries);
      await workThrough(batch, { ...options, stopping: stopping.signal, giveUp });
      if (stopping.signal.aborted) return;
      held.splice(0, batch.length);
      positions[shardId] = batch.at(-1)!.dynamodb.SequenceNumber;
    }
    if (through !== undefined) positions[shardId] = through;
    options.positions.write(positions);
  };

  const cycle = async (): Promise<void> => {
    const asking = askers;
    askers = [];
    try {
      if (open.size === 0) await openShards();
      for (const [shardId, shard] of open) await look(shardId, shard);
    } finally {
      const pending = [...open.values()].reduce((sum, { held }) => sum + held.length, 0);
      for (const answer of asking) answer(pending);
    }
  };

  const poll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await cycle();
      } catch (error) {
        if (stopping.signal.aborted) return;
        logs.write(
          target.spec.name,
          JSON.stringify({ level: 'ERROR', message: 'The stream’s poller failed', error: String(error) }),
        );
        // What was held is read again from the last position.
        open.clear();
        await sleep(1_000, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      }
      if (askers.length === 0) await waitAwhile();
    }
  };

  const waitAwhile = async (): Promise<void> => {
    const woken = new AbortController();
    wake = () => woken.abort();
    const signal = AbortSignal.any([woken.signal, stopping.signal]);
    await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
  };

  const polling = poll();
  return {
    pending() {
      if (stopping.signal.aborted) return Promise.resolve(0);
      return new Promise((resolve) => {
        askers.push(resolve);
        wake();
      });
    },
    async stop() {
      stopping.abort();
      await polling;
      for (const answer of askers) answer(0);
    },
  };
}
