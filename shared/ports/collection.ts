import type { Account } from '../domain/account.ts';
import type { Credit } from '../domain/books/credit.ts';
import type { Instant } from '../domain/calendar.ts';
import type { InvoiceId } from '../domain/invoice.ts';
import type { JournalEntry } from '../domain/ledger.ts';
import type { AttemptDecline, PaymentMethod } from '../domain/payment-method.ts';
import type { PaymentAttempt, Receivable } from '../domain/receivable.ts';
import type { Conditional } from './common.ts';

export interface CollectionStore {
  /** Of an account, or of one of its invoices. */
  attempts(accountId: string, invoiceId?: InvoiceId): Promise<readonly PaymentAttempt[]>;
  /**
   * Puts an attempt on record and opens it on the receivable, in one transaction. `stale`: the receivable changed, or
   * `unchanged`, an instrument as it was read, was declined since.
   */
  beginAttempt(
    receivable: Receivable,
    attempt: PaymentAttempt,
    checkAgainAt: Instant,
    unchanged?: PaymentMethod,
  ): Promise<Conditional>;
  /**
   * Of an account's invoices one at a time is charged, so that each sees the declines of the others. `busy`: another
   * attempt has its turn, for which it has until `until` at most, should it never give it back.
   */
  takeTurn(accountId: string, attemptKey: string, until: Instant, now: Instant): Promise<'taken' | 'busy'>;
  /** Safe to repeat; a turn that is another's already stays. */
  giveTurnBack(accountId: string, attemptKey: string): Promise<void>;
  /** Remembers the invoice's one payment intent as soon as it is known. */
  rememberIntent(receivable: Receivable, intentId: string): Promise<Conditional>;
  /**
   * One transaction: outcome on the attempt, receivable moved to `next`, and, when money came in, the journal entry, the
   * account's balance and, when that makes it 0 while services are off, `services: reactivating`. `services` says what
   * became of the services. `already-done` when the attempt has its outcome; `stale` when something moved: read again.
   * `account` saves a read, also when it may be out of date: it is written only where it still stands so.
   */
  concludeAttempt(conclusion: {
    receivable: Receivable;
    next: Receivable;
    account?: Pick<Account, 'balance' | 'services' | 'credit'>;
    attempt: PaymentAttempt;
    entry?: JournalEntry;
    /** What the charge took beyond what was due when it went through. */
    credit?: Credit;
    /** The attempt has its outcome, and the payment came back. */
    returns?: true;
    /** What the instrument remembers of it. */
    decline?: AttemptDecline;
    now: Instant;
  }): Promise<{ result: Conditional; reactivation?: number }>;
  /** Writes a receivable whose version is one above the stored; `stale` otherwise. */
  updateReceivable(next: Receivable): Promise<'written' | 'stale'>;
}
