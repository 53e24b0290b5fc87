import type { Instant } from './calendar.ts';

/** Work that gave up: which, whose, why, and what became of it. Kept in the table, for SQS cannot be browsed. */
export interface DeadLetter {
  readonly queue: string;
  /** The business identity of the work, so that one job has one dead letter however often it failed. */
  readonly jobKey: string;
  readonly body: string;
  readonly sellerId?: string;
  readonly accountId?: string;
  readonly code: string;
  readonly reason: string;
  readonly firstFailedAt: Instant;
  readonly lastFailedAt: Instant;
  readonly failures: number;
  readonly status: 'open' | 'redriven';
  readonly redrivenAt?: Instant;
  readonly redrivenBy?: string;
}
