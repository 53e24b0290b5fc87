import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { RunEntry, RunId, RunShard, RunTally } from '../domain/run.ts';
import type { Conditional, Page, Written } from './common.ts';

export interface RunStore {
  /** Creates the run with its shards; `already-done` when it exists. */
  beginRun(run: RunId, shards: number, now: Instant): Promise<Written>;
  /** The shards of a run, each with how far it has come. Empty when there is no such run. */
  shards(run: RunId): Promise<readonly RunShard[]>;
  /** Accounts of one shard due on or before a date, by index, in order of their billing date. */
  dueAccounts(
    sellerId: string,
    shard: number,
    onOrBefore: PlainDate,
    limit: number,
    cursor?: string,
  ): Promise<Page<{ accountId: string; billingDate: PlainDate }>>;
  /** Notes accounts as planned in a run, leaving any outcome they have. */
  recordPlanned(run: RunId, shard: number, accountIds: readonly string[]): Promise<void>;
  /** Moves the shard's cursor; `stale` when another invocation moved it meanwhile (which is as good). */
  checkpoint(shard: RunShard, next: { cursor?: string; done: boolean }, now: Instant): Promise<Conditional>;
  /** Every account of a run's shard and what became of it. */
  entries(run: RunId, shard: number, limit: number, cursor?: string): Promise<Page<RunEntry>>;
  tally(run: RunId): Promise<RunTally>;
  /** Dates of a seller's runs, newest first. */
  runs(sellerId: string, limit: number): Promise<readonly PlainDate[]>;
  /** Notes that an account of a run failed; leaves every outcome but `planned` alone. */
  recordFailed(run: RunId, accountId: string, code: string, reason: string): Promise<void>;
  /** Notes that an account of a run was billed by another run meanwhile; leaves `invoiced` and `zero` alone. */
  recordSettled(run: RunId, accountId: string, outcome: 'invoiced' | 'zero'): Promise<void>;
}
