import type { Instant, PlainDate } from './calendar.ts';
import { BillingError } from './errors.ts';
import type { DraftInvoice } from './invoice.ts';
import type { Currency } from './money.ts';

/** Tax accounts are kept per tax and jurisdiction: `tax:HST:CA-ON`. */
export type LedgerAccount = 'receivable' | 'revenue' | 'processor-clearing' | `tax:${string}`;

/** Debit positive, credit negative, minor units. */
export interface Posting {
  readonly account: LedgerAccount;
  readonly amount: number;
}

/** One business event in the books: written once, never changed. Its postings sum to zero. */
export interface JournalEntry {
  /** From the business, never from a clock: `invoice#2026-12#cycle`, `payment#2026-12#cycle#001`. */
  readonly entryId: string;
  readonly accountId: string;
  readonly sellerId: string;
  readonly date: PlainDate;
  readonly recordedAt: Instant;
  readonly currency: Currency;
  readonly postings: readonly Posting[];
}

/** Throws `unbalanced_entry`. */
export function balanced(entry: JournalEntry): JournalEntry {
  const difference = entry.postings.reduce((total, posting) => total + posting.amount, 0);
  if (difference !== 0) throw new BillingError('unbalanced_entry', `${entry.entryId} is off by ${difference}`);
  return entry;
}

/** Receivable against revenue and each tax. */
export function invoiceEntry(invoice: DraftInvoice, recordedAt: Instant): JournalEntry {
  const taxes = invoice.taxes
    .filter((tax) => tax.amount !== 0)
    .map((tax): Posting => ({ account: `tax:${tax.tax}:${tax.jurisdiction}`, amount: -tax.amount }));
  return balanced({
    entryId: `invoice#${invoice.invoiceId}`,
    accountId: invoice.accountId,
    sellerId: invoice.sellerId,
    date: invoice.invoiceDate,
    recordedAt,
    currency: invoice.currency,
    postings: [
      { account: 'receivable', amount: invoice.total },
      { account: 'revenue', amount: -invoice.subtotal },
      ...taxes,
    ],
  });
}

/** What the customer owes: the sum of all postings to its receivable. */
export const balanceOf = (entries: readonly JournalEntry[]): number =>
  entries
    .flatMap((entry) => entry.postings)
    .filter((posting) => posting.account === 'receivable')
    .reduce((total, posting) => total + posting.amount, 0);
