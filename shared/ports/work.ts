import type { Instant } from '../domain/calendar.ts';
import type { DeadLetter } from '../domain/dead-letter.ts';
import type { Message, QueueName } from '../messages.ts';
import type { Conditional, Page } from './common.ts';

/** Work that is due by time, found by index: what the sweep hands back to the queues. */
export interface WorkStore {
  /** Everything due at or before `before`, oldest first. */
  dueWork(
    kind: WorkKind,
    sellerId: string,
    shard: number,
    before: Instant,
    limit: number,
    cursor?: string,
  ): Promise<Page<DueWork>>;
  /** Postpones it so that the next sweep does not send it again at once; `stale` when it was handled meanwhile. */
  postpone(work: DueWork, until: Instant): Promise<'written' | 'stale'>;
}

export const WORK_KINDS = ['run', 'order', 'delivery', 'receivable', 'service', 'confirmation', 'erasure'] as const;

export type WorkKind = (typeof WORK_KINDS)[number];

export interface DueWork {
  readonly kind: WorkKind;
  readonly sellerId: string;
  readonly dueAt: Instant;
  /** What to send where; a receivable may need a collection and a dunning step at once. */
  readonly jobs: readonly Job[];
  /** The item's key, for `postpone`. */
  readonly key: { readonly pk: string; readonly sk: string };
}

export type Job = { [Q in QueueName]: { readonly queue: Q; readonly message: Message<Q> } }[QueueName];

export interface DeadLetterStore {
  /** Creates the dead letter, or reopens it and counts one failure more. Safe to repeat with the same `failureId`. */
  recordDeadLetter(letter: Omit<DeadLetter, 'failures' | 'status' | 'firstFailedAt'>, failureId: string): Promise<void>;
  deadLetters(
    queue: QueueName,
    filter: { accountId?: string; status?: DeadLetter['status'] },
    limit: number,
    cursor?: string,
  ): Promise<Page<DeadLetter>>;
  deadLetter(queue: QueueName, jobKey: string): Promise<DeadLetter | undefined>;
  markRedriven(letter: DeadLetter, by: string, now: Instant): Promise<Conditional>;
  /**
   * Takes the next free slots of a budget that is shared by all who redrive: for how many milliseconds from `now` it is
   * taken already. Undefined, taking none, when that is `longestMs` or more.
   */
  takeSlots(budget: string, tookMs: number, longestMs: number, now: Instant): Promise<number | undefined>;
}

/** Sends messages; resolves only when every one is accepted. A delay holds for the message of its place: 0 to 900 seconds. */
export interface Queues {
  send<Q extends QueueName>(queue: Q, messages: readonly Message<Q>[], delaySeconds?: readonly number[]): Promise<void>;
}
