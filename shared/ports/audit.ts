import type { Anchor, ChainedEntry, ChainHead } from '../domain/audit/chain.ts';
import type { AuditEntry } from '../domain/audit/entry.ts';
import type { Instant, Month, PlainDate } from '../domain/calendar.ts';
import type { Written } from './common.ts';

/** The audit log of each account: a chain that only grows (R45, R152). */
export interface AuditStore {
  /**
   * Appends entries in their order; those that were appended in the last 25 hours count once. Says how many were new. `now`
   * is asked at each try, so that a chain's days never go back.
   */
  append(accountId: string, entries: readonly AuditEntry[], now: () => Instant): Promise<number>;
  /** The entries behind number `after`, oldest first. */
  entries(accountId: string, after: number, limit: number): Promise<readonly ChainedEntry[]>;
  /** The last entries, oldest first. */
  newest(accountId: string, limit: number): Promise<readonly ChainedEntry[]>;
  /** By account: the heads of the chains of one share that grew on a day, in UTC. */
  headsMovedOn(date: PlainDate, shard: number): Promise<ReadonlyMap<string, ChainHead>>;
}

/** What the table's stream cannot tell of: that somebody read something. */
export interface AccessLog {
  /** Notes that a person asked for something of an account, in whose name the caller acts, and with what HTTP status. */
  recordAccess(accountId: string, access: { readonly request: string; readonly status: number }): Promise<void>;
}

/** Daily heads of the chains, kept where nobody can change them for years. */
export interface Anchors {
  /** Keeps the heads of a share of the chains at the end of a day; `already-done` when that day has its anchor. */
  anchor(date: PlainDate, shard: number, heads: ReadonlyMap<string, ChainHead>): Promise<Written>;
  /** What the anchors of a month know of an account, by date. */
  anchorsOf(accountId: string, month: Month): Promise<readonly Anchor[]>;
}
