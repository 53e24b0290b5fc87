import type { Instant, PlainDate } from '../calendar.ts';
import type { InvoiceId } from '../invoice.ts';
import type { Currency } from '../money.ts';

/**
 * Money or credit of one customer: a payment that finance booked, a credit note on a paid invoice, or what a charge took
 * beyond what was due. It pays invoices, and what remains waits for later ones; it is never paid out (R70, C11).
 */
export interface Credit {
  readonly sellerId: string;
  readonly accountId: string;
  /** Unique within the account; letters, digits, `_`, `.` and `-`. */
  readonly creditId: string;
  readonly source: CreditSource;
  readonly currency: Currency;
  /** Minor units, more than 0. `amount` = `remaining` + the uses, until it is reversed. */
  readonly amount: number;
  readonly remaining: number;
  readonly uses: readonly CreditUse[];
  readonly bookedAt: Instant;
  readonly by: string;
  /** Of the request that booked it, to tell a repeat from another one under the same key. */
  readonly fingerprint?: string;
  readonly reversed?: { readonly at: Instant; readonly by: string; readonly reason: string };
  /** Raised by every write; each write is conditional on it. */
  readonly version: number;
}

/** `valueDate` is the bank's: the day the money was there. */
export type CreditSource =
  | {
      readonly kind: PaymentKind;
      readonly reference: string;
      readonly valueDate: PlainDate;
      readonly bankEntryId?: string;
    }
  | { readonly kind: 'credit-note'; readonly creditNoteId: string; readonly invoiceId: InvoiceId }
  | { readonly kind: 'overcollected'; readonly invoiceId: InvoiceId; readonly attempt: number };

export const PAYMENT_KINDS = ['wire', 'cheque'] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];

/** Minor units that paid for an invoice. */
export interface CreditUse {
  readonly invoiceId: InvoiceId;
  readonly amount: number;
  readonly at: Instant;
}

/** The entry that booked a credit, and so brought it into being. */
export const creditEntryId = (creditId: string): string => `credit#${creditId}`;
