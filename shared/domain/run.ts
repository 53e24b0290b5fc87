import type { PlainDate } from './calendar.ts';

/** One night's billing of one seller. Its identity is seller and business date: the scheduler may fire it any number of times. */
export interface RunId {
  readonly sellerId: string;
  readonly businessDate: PlainDate;
}

export type RunOutcome = 'planned' | 'invoiced' | 'zero' | 'held' | 'failed';

/** planned = invoiced + zero + held + failed once the run is complete; `open` are those still under way. */
export interface RunTally {
  readonly planned: number;
  readonly invoiced: number;
  readonly zero: number;
  readonly held: number;
  readonly failed: number;
  readonly open: number;
}

export interface RunShard extends RunId {
  readonly shard: number;
  /** The index position up to which accounts were fanned out. */
  readonly cursor?: string;
  readonly done: boolean;
}

export interface RunEntry {
  readonly accountId: string;
  readonly outcome: RunOutcome;
  /** Absent while planned. A sentence for finance, with its code for machines. */
  readonly code?: string;
  readonly reason?: string;
}

/** Which index partition an account belongs to: FNV-1a of its id, so that it never moves. */
export function shardOf(accountId: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < accountId.length; i++) hash = Math.imul(hash ^ accountId.charCodeAt(i), 0x01000193) >>> 0;
  return hash % shards;
}
