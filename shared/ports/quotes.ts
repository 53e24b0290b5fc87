import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Accepted } from '../domain/quotes/decide-quote.ts';
import type { DraftQuote, Quote } from '../domain/quotes/quote.ts';
import type { Page, Written } from './common.ts';

export interface QuoteStore {
  /**
   * One transaction: number allocated, quote and its delivery written. `already-done` with the one on record when its id is
   * taken; `stale` when the account was erased meanwhile: nobody is written down any more.
   */
  makeQuote(draft: DraftQuote, now: Instant): Promise<{ result: Written; quote: Quote } | { result: 'stale' }>;
  quote(accountId: string, quoteId: string): Promise<Quote | undefined>;
  /** All of an account, whatever became of them. */
  quotesOf(accountId: string): Promise<readonly Quote[]>;
  /** A seller's quotes that are open on a day, the one that expires first first. */
  openQuotes(sellerId: string, today: PlainDate, limit: number, cursor?: string): Promise<Page<Quote>>;
  /** Writes a quote that is not open any more; `stale` when the stored one is not, either. */
  endQuote(quote: Quote): Promise<'written' | 'stale'>;
  /** Removes a quote, and whom it was mailed to; `stale` when it was accepted meanwhile. Safe to repeat. */
  removeQuote(quote: Quote): Promise<'written' | 'stale'>;
  /**
   * One transaction: the account and its new subscriptions, the order of what is bought once, the quote and the delivery of
   * its confirmation, once. `stale` when the quote is not open any more, or the account was changed since it was read.
   */
  acceptQuote(accepted: Accepted): Promise<'written' | 'stale'>;
}
