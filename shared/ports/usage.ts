import type { Instant, Month, PlainDate } from '../domain/calendar.ts';
import type { NumberOwner, OwnedNumber } from '../domain/number-owner.ts';
import type { ItemisedMonth } from '../domain/usage/call-details.ts';
import type { RatedRecord } from '../domain/usage/usage.ts';
import type { UsageException, UsageExceptionCode } from '../domain/usage-exception.ts';
import type { Conditional, Page, Written } from './common.ts';

/** A counted record on its way into an account's month; `content` is all that the switch said, to tell a repeat from a change. */
export interface NewUsage {
  readonly record: RatedRecord;
  readonly content: string;
}

export type UsageAdded = 'added' | 'duplicate' | 'conflicting';

export interface UsageStore {
  /**
   * Adds what is not there yet to a month of an account, and says for each record in turn: added, there already with the
   * same content, or there with another. Safe to repeat, and to do at the same time.
   */
  addUsage(accountId: string, month: Month, usage: readonly NewUsage[]): Promise<readonly UsageAdded[]>;
}

export interface IssuedUsageStore {
  /**
   * The records of a month that an invoice took in, a batch at a time and in no order. They never change: what comes later is
   * behind them. Throws when one of the batches is not there.
   */
  issuedUsage(accountId: string, of: ItemisedMonth): AsyncIterable<readonly RatedRecord[]>;
}

export interface UsageExceptionStore {
  /** Keeps an exception; one that is known stays as it is, whatever became of it. */
  recordException(exception: UsageException): Promise<Written>;
  /** Open ones of a code, oldest first, or of all codes. */
  openExceptions(
    sellerId: string,
    code: UsageExceptionCode | undefined,
    limit: number,
    cursor?: string,
  ): Promise<Page<UsageException>>;
  usageException(sellerId: string, exceptionId: string): Promise<UsageException | undefined>;
  /** Replaces an open exception that stands as it was read. `stale`: it was tried, corrected or closed meanwhile. */
  changeException(read: UsageException, next: UsageException): Promise<'written' | 'stale'>;
}

export interface NumberStore {
  /** Who has or had each of some numbers; a number that nobody had is not in the answer. */
  ownersOf(numbers: readonly string[]): Promise<ReadonlyMap<string, readonly NumberOwner[]>>;
  /** Gives an account a number; `already-done` when it has it from that day on. */
  addNumber(owner: Pick<NumberOwner, 'accountId' | 'sellerId'>, owned: OwnedNumber): Promise<Written>;
  /** Sets the last day; undefined when the account does not have the number then. */
  endNumber(accountId: string, number: string, to: PlainDate): Promise<OwnedNumber | undefined>;
  numbersOf(accountId: string, limit: number, cursor?: string): Promise<Page<OwnedNumber>>;
}

/** The version of a rate deck that is in force: which, and where its rows lie. */
export interface CurrentDeck {
  readonly sellerId: string;
  readonly deck: string;
  readonly version: string;
  /** Of the object with its CSV. */
  readonly key: string;
  readonly rows: number;
  readonly file: string;
  readonly loadedAt: Instant;
}

export interface DeckStore {
  currentDecks(sellerId: string): Promise<readonly CurrentDeck[]>;
  /** Puts a version into force, unless one that was loaded later is. */
  makeCurrent(deck: CurrentDeck): Promise<Conditional>;
}
