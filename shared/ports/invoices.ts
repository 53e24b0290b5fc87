import type { BillingInput } from '../domain/account.ts';
import type { Instant, Month, PlainDate } from '../domain/calendar.ts';
import type { BillingDecision, DraftInvoice, Invoice, InvoiceId } from '../domain/invoice.ts';
import type { JournalEntry } from '../domain/ledger.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { RunId } from '../domain/run.ts';
import type { Conditional, Page } from './common.ts';

export interface InvoiceStore {
  /** Account, subscriptions and payment methods in one read; undefined when there is no such account. */
  loadAccount(accountId: string): Promise<BillingInput | undefined>;
  /** As `loadAccount`, with the usage of the months before the next billing date that no invoice has covered yet. */
  loadForBilling(accountId: string): Promise<BillingInput | undefined>;
  /**
   * One transaction: number allocated, invoice, receivable, delivery and journal entry written, account moved on, run
   * entry set. `already-done` when the invoice exists; `stale` when the account changed since `input` was read.
   * `run` is absent for invoices outside a run.
   */
  issueOnce(issue: {
    draft: DraftInvoice;
    input: BillingInput;
    nextBillingDate: PlainDate;
    run?: RunId;
    now: Instant;
  }): Promise<{ result: Conditional; invoice?: Invoice }>;
  /** Moves an account on without an invoice (`zero`), or leaves it due (`held`), and sets the run entry. */
  recordWithoutInvoice(
    input: BillingInput,
    decision: Exclude<BillingDecision, { outcome: 'invoice' }>,
    nextBillingDate: PlainDate,
    run: RunId,
  ): Promise<Conditional>;
  invoice(accountId: string, invoiceId: InvoiceId): Promise<Invoice | undefined>;
  receivable(accountId: string, invoiceId: InvoiceId): Promise<Receivable | undefined>;
  /** Newest first. */
  receivablesOf(accountId: string, limit: number, cursor?: string): Promise<Page<Receivable>>;
  /** A month's invoices of a seller by series and number, for finance. */
  receivablesIn(
    sellerId: string,
    month: Month,
    filter: { status?: 'unpaid' | 'paid' },
    limit: number,
    cursor?: string,
  ): Promise<Page<Receivable>>;
  /** Finds an invoice by its printed number. */
  byNumber(sellerId: string, number: string): Promise<Receivable | undefined>;
  journal(accountId: string): Promise<readonly JournalEntry[]>;
}
