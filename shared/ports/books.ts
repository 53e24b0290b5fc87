import type { Adjustment } from '../domain/books/adjustment.ts';
import type { Credit } from '../domain/books/credit.ts';
import type { CreditNote, DraftCreditNote } from '../domain/books/credit-note.ts';
import type { Dispute } from '../domain/books/dispute.ts';
import type { Reconciliation } from '../domain/books/reconciliation.ts';
import type { Instant, Month, PlainDate } from '../domain/calendar.ts';
import type { InvoiceId } from '../domain/invoice.ts';
import type { DayTotals, JournalEntry, SellerEntry } from '../domain/ledger.ts';
import type { Conditional, Page, Written } from './common.ts';

/** An entry of a customer's books, or of the seller's own. */
export type BookEntry = SellerEntry & Partial<Pick<JournalEntry, 'accountId'>>;

export interface LedgerStore {
  /**
   * The entries of a seller's and its customers' books with that date, one at a time, in no order that means anything: but
   * for those that were recorded two days later or more.
   */
  entriesOn(sellerId: string, date: PlainDate): AsyncIterable<BookEntry>;
  /** Those, with dates of a period, both ends counted. */
  lateEntries(sellerId: string, from: PlainDate, to: PlainDate): AsyncIterable<BookEntry>;
  /** Puts on record what `entriesOn` a day come to, once; three days later nothing joins them any more. */
  closeDay(sellerId: string, date: PlainDate, totals: DayTotals): Promise<Written>;
  /** What the days of a period came to without late entries, both ends counted, as far as they were closed. */
  closedDays(sellerId: string, from: PlainDate, to: PlainDate): Promise<ReadonlyMap<PlainDate, DayTotals>>;
  /** Writes an entry of the seller's own books. `day` is the business day it concerns: part of its identity. */
  bookSellerEntry(entry: SellerEntry, day: PlainDate): Promise<Written>;
  /** An entry of the seller's own books. */
  sellerEntry(sellerId: string, day: PlainDate, entryId: string): Promise<SellerEntry | undefined>;
}

export interface ReconciliationStore {
  recordReconciliation(reconciliation: Reconciliation): Promise<Written>;
  reconciliation(sellerId: string, date: PlainDate): Promise<Reconciliation | undefined>;
  /** Newest first. */
  reconciliationsOf(sellerId: string, limit: number, cursor?: string): Promise<Page<Reconciliation>>;
}

export interface BooksStore {
  /**
   * One transaction: the entry, the account's balance and credit, every receivable and credit of the adjustment and, when
   * the balance becomes 0 while services are off, `services: reactivating`. `already-done` when the entry exists;
   * `stale` when a receivable or credit is not as it was read: read again and decide again.
   */
  book(adjustment: Adjustment, now: Instant): Promise<{ result: Conditional; reactivation?: number }>;
  credit(accountId: string, creditId: string): Promise<Credit | undefined>;
  /** Every credit of an account, used up or not. */
  creditsOf(accountId: string): Promise<readonly Credit[]>;
  /** For whom an entry of a bank statement was booked; undefined: for nobody. */
  bankEntry(sellerId: string, entryId: string): Promise<{ accountId: string; creditId: string } | undefined>;
  dispute(accountId: string, invoiceId: InvoiceId, disputeId: string): Promise<Dispute | undefined>;
  /** Of an account, or of one of its invoices. */
  disputesOf(accountId: string, invoiceId?: InvoiceId): Promise<readonly Dispute[]>;
  /** A seller's that wait for a decision, oldest first. */
  openDisputes(sellerId: string, limit: number, cursor?: string): Promise<Page<Dispute>>;
}

export interface CreditNoteStore {
  /**
   * Gives a credit note the next number of the seller's own series and writes it with everything its adjustment does, in
   * one transaction that also begins its delivery. `already-done` when one of this id exists; `stale` when the invoice moved: compose it again.
   */
  issueCreditNote(issue: {
    draft: DraftCreditNote;
    adjustment: Adjustment;
    now: Instant;
  }): Promise<{ result: Conditional; note?: CreditNote; reactivation?: number }>;
  creditNote(accountId: string, invoiceId: InvoiceId, creditNoteId: string): Promise<CreditNote | undefined>;
  /** By its printed number; undefined when the seller has none of it. */
  creditNoteByNumber(sellerId: string, number: string): Promise<CreditNote | undefined>;
  /** Of an account, or of one of its invoices. */
  creditNotesOf(accountId: string, invoiceId?: InvoiceId): Promise<readonly CreditNote[]>;
  /** A month's of a seller, by number. */
  creditNotesIn(sellerId: string, month: Month, limit: number, cursor?: string): Promise<Page<CreditNote>>;
}
