import type { Instant, PlainDate } from './calendar.ts';
import { BillingError } from './errors.ts';
import type { DraftInvoice } from './invoice.ts';
import type { Currency } from './money.ts';

/**
 * The accounts of the books. `receivable` is what customers owe and must pay now, `disputes` what they owe and contest in
 * time (R158), `customer-credit` what was paid or credited and not yet used. `processor-clearing` is the money that the
 * processor holds, `fees` what it takes for itself, `exchange` the two sides of what it converts, `suspense` what finance accepted as unexplained. Taxes are kept per tax and jurisdiction:
 * `tax:HST:CA-ON`.
 */
export type LedgerAccount =
  | 'receivable'
  | 'disputes'
  | 'customer-credit'
  | 'revenue'
  | 'cash'
  | 'processor-clearing'
  | 'fees'
  | 'exchange'
  | 'suspense'
  | 'write-offs'
  | `tax:${string}`;

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
  /** The day it belongs to in the books, in the seller's time zone. */
  readonly date: PlainDate;
  readonly recordedAt: Instant;
  readonly currency: Currency;
  readonly postings: readonly Posting[];
  /** Of what the processor or the bank moved: their own id for it. */
  readonly reference?: string;
  /** Who entered it, and why, where a person did. */
  readonly by?: string;
  readonly reason?: string;
  /** The entry that this one takes back. */
  readonly reverses?: string;
}

/** An entry of the seller's own: it concerns no customer. */
export type SellerEntry = Omit<JournalEntry, 'accountId'>;

/** Throws `unbalanced_entry`. */
export function balanced<E extends SellerEntry>(entry: E): E {
  const difference = entry.postings.reduce((total, posting) => total + posting.amount, 0);
  if (difference !== 0) throw new BillingError('unbalanced_entry', `${entry.entryId} is off by ${difference}`);
  return entry;
}

/** Only what is not zero is posted, so that an entry says what it moved and nothing else. */
export const postings = (...all: readonly (readonly [LedgerAccount, number])[]): Posting[] =>
  all.filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, amount }));

/** Receivable against revenue and each tax. */
export function invoiceEntry(invoice: DraftInvoice, recordedAt: Instant): JournalEntry {
  const taxes = invoice.taxes
    .filter((tax) => tax.amount !== 0)
    .map((tax): Posting => ({ account: taxAccount(tax), amount: -tax.amount }));
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

export const taxAccount = ({ tax, jurisdiction }: { tax: string; jurisdiction: string }): LedgerAccount =>
  `tax:${tax}:${jurisdiction}`;

/** What one entry moved on an account. */
export const movedOn = (entry: SellerEntry, account: LedgerAccount): number =>
  entry.postings.filter((posting) => posting.account === account).reduce((total, posting) => total + posting.amount, 0);

/** What the customer owes: the sum of all postings to its receivable. */
export const balanceOf = (entries: readonly JournalEntry[]): number =>
  entries.reduce((total, entry) => total + movedOn(entry, 'receivable'), 0);

/** What the customer has to its credit and not yet used; never negative. */
export const creditOf = (entries: readonly JournalEntry[]): number =>
  entries.reduce((total, entry) => total - movedOn(entry, 'customer-credit'), 0);

/** An account of the books over some entries. `balance` is debits less credits. Minor units of one currency. */
export interface AccountTotal {
  readonly account: LedgerAccount;
  readonly currency: Currency;
  readonly debits: number;
  readonly credits: number;
  readonly balance: number;
}

/** What moved in a seller's books on one day. */
export interface DayTotals {
  readonly entries: number;
  readonly accounts: readonly AccountTotal[];
}

/** Adds entries up by account and currency, one after the other, so that any number of them fits into memory. */
export class TrialBalance {
  readonly #totals = new Map<string, AccountTotal>();
  #entries = 0;

  /** Throws `unbalanced_entry`: what is off is found before it is part of any sum. */
  add(entry: SellerEntry): void {
    this.#entries++;
    const { currency } = entry;
    for (const { account, amount } of balanced(entry).postings)
      this.#move({ account, currency, debits: Math.max(0, amount), credits: Math.max(0, -amount), balance: amount });
  }

  /** Adds a day that was added up before. */
  addDay({ entries, accounts }: DayTotals): void {
    this.#entries += entries;
    for (const total of accounts) this.#move(total);
  }

  #move({ account, currency, debits, credits, balance }: AccountTotal): void {
    const key = `${currency} ${account}`;
    const before = this.#totals.get(key) ?? NOTHING;
    this.#totals.set(key, {
      ...{ account, currency },
      debits: before.debits + debits,
      credits: before.credits + credits,
      balance: before.balance + balance,
    });
  }

  get entries(): number {
    return this.#entries;
  }

  get accounts(): AccountTotal[] {
    return [...this.#totals.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
  }
}
const NOTHING = { debits: 0, credits: 0, balance: 0 };
