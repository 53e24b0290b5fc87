import type { Instant, PlainDate } from '../calendar.ts';
import type { InvoiceId } from '../invoice.ts';
import type { Currency } from '../money.ts';
import type { CreditWish } from './credit-note-parts.ts';

/** Part of an invoice that the customer contests. While it is open it is neither collected nor dunned (R158). */
export interface Dispute {
  readonly sellerId: string;
  readonly accountId: string;
  /** Names it among those of its invoice. */
  readonly disputeId: string;
  readonly invoiceId: InvoiceId;
  readonly invoiceNumber: string;
  readonly currency: Currency;
  /** What is contested: lines, an amount or all of it. */
  readonly wish: CreditWish;
  /** With tax, in minor units. */
  readonly amount: number;
  /** Of it, what was still due and is not for now; the rest had been paid. */
  readonly withheld: number;
  readonly reason: string;
  readonly receivedOn: PlainDate;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly fingerprint: string;
  readonly status: 'open' | 'upheld' | 'rejected' | 'withdrawn';
  readonly decision?: {
    readonly at: Instant;
    readonly by: string;
    readonly reason: string;
    /** What was credited; absent: nothing. */
    readonly credited?: number;
    /** Until when what was not credited is to be paid; absent: nothing is left of it. */
    readonly payBy?: PlainDate;
  };
  /** Raised by every write; each write is conditional on it. */
  readonly version: number;
}
