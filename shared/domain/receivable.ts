import type { Instant, Month, PlainDate } from './calendar.ts';
import type { InvoiceId, InvoiceKind } from './invoice.ts';
import type { Currency } from './money.ts';
import type { PaymentMethod } from './payment-method.ts';

/**
 * The changing side of an issued invoice: what is still owed, how it is being collected, and how far dunning has come.
 * The invoice itself never changes.
 */
export interface Receivable {
  readonly sellerId: string;
  readonly accountId: string;
  readonly invoiceId: InvoiceId;
  readonly number: string;
  readonly series: string;
  readonly kind: InvoiceKind;
  /** Of an order of devices, whose document customers download only where the seller offers it (R50). Absent: it is not. */
  readonly hardware?: true;
  readonly month: Month;
  readonly invoiceDate: PlainDate;
  readonly dueDate: PlainDate;
  readonly currency: Currency;
  readonly total: number;
  /** Minor units still owed; 0 when paid. A credit (negative total) is never collected. */
  readonly due: number;
  /** Minor units contested in time and not decided, no part of `due`: neither collected nor dunned (R158). Absent: none. */
  readonly disputed?: number;
  /** Minor units that were given up as lost. Absent: none. */
  readonly writtenOff?: number;
  /** Of `due`, what a rejected dispute made payable by that day: not dunned before it is over. */
  readonly grace?: { readonly amount: number; readonly until: PlainDate };
  readonly status: 'unpaid' | 'paid';
  readonly paidAt?: Instant;
  readonly collection: Collection;
  /**
   * `since` stands for the due date, and `turn` counts from 1, where it began anew. `anew`: in this turn the final notice is
   * given for the second time, since the first came back. `handedOver`: Accounts Receivable has this invoice.
   */
  readonly dunning: {
    readonly step: number;
    readonly nextAt?: Instant;
    readonly since?: PlainDate;
    readonly turn?: number;
    readonly anew?: true;
    readonly handedOver?: true;
  };
  /** Raised by every write; each write is conditional on it. */
  readonly version: number;
}

/**
 * `idle` nothing under way · `attempting` an attempt is on record and its outcome not known yet · `processing` the bank
 * takes days · `needs-authentication` the customer must confirm · `stopped` no further attempt until the method changes.
 */
export interface Collection {
  readonly state: 'idle' | 'attempting' | 'processing' | 'needs-authentication' | 'stopped';
  /** How many attempts were ever begun; the next attempt's number is one higher. */
  readonly attempts: number;
  /** The one payment intent of what is still due. */
  readonly intentId?: string;
  /** How many intents have taken a part of the total, or a payment that came back; absent: none. An intent pays once. */
  readonly spentIntents?: number;
  /** When to attempt again, or to ask about an open attempt. Absent: nothing is planned. */
  readonly nextAt?: Instant;
  /** An explicit request by the customer or staff to pay now; cleared by the attempt it causes. */
  readonly requested?: RequestedPayment;
  /** `code` is the processor's and for staff only; `reason` is for everybody. */
  readonly lastDecline?: {
    readonly code: string;
    readonly at: Instant;
    readonly methodId: string;
    readonly reason?: DeclineReason;
  };
}

/**
 * Whether the processor may be taking what is due right now. Then nothing else may take it: what an open attempt
 * collects is never collected again by other means.
 */
export const isUnderWay = ({ collection: { state } }: Pick<Receivable, 'collection'>): boolean =>
  state === 'attempting' || state === 'processing';

/** The oldest first, those of one day by their number: whatever pays several pays them in the same order. */
export const byAge = (
  a: Pick<Receivable, 'invoiceDate' | 'number'>,
  b: Pick<Receivable, 'invoiceDate' | 'number'>,
): number => (`${a.invoiceDate} ${a.number}` < `${b.invoiceDate} ${b.number}` ? -1 : 1);

export interface RequestedPayment {
  readonly methodId: string;
  readonly at: Instant;
  readonly by: string;
  /** Minor units of this invoice to pay, as was agreed: what becomes due later is not charged with it. */
  readonly amount: number;
  /** Names the request, so that it causes one attempt however often it is repeated. */
  readonly requestId?: string;
  /** What was planned before the request: it holds again when the request leaves anything due. */
  readonly planned?: Instant;
}

/**
 * What a customer may be told of a decline: `details` of the card or account are wrong · `limit` funds, limit or count are
 * used up · `temporary` nobody's fault · `declined` the bank says no more than that.
 */
export const DECLINE_REASONS = ['declined', 'details', 'expired', 'limit', 'not-supported', 'temporary'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** One attempt to charge one invoice. On record before the processor is called; its outcome is written once. */
export interface PaymentAttempt {
  readonly sellerId: string;
  readonly accountId: string;
  readonly invoiceId: InvoiceId;
  readonly attempt: number;
  /** Idempotency key at the processor: account, invoice and attempt number. */
  readonly key: string;
  readonly methodId: string;
  /** As it was when the attempt began: what goes with the key must never change, though the method may. */
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly currency: Currency;
  readonly startedAt: Instant;
  readonly offSession: boolean;
  /** Of the request that caused it. */
  readonly requestId?: string;
  /** What autopay had planned before that request. */
  readonly resumeAt?: Instant;
  /** Begun by the customer at the processor and found there: it is looked at, never carried out from here. */
  readonly observed?: true;
  readonly outcome?: PaymentOutcome;
  readonly finishedAt?: Instant;
  /** The payment had succeeded and came back. */
  readonly returned?: PaymentReturn;
}

/** A bank debit that the customer's bank took back after it had settled. */
export interface PaymentReturn {
  readonly at: Instant;
  readonly code: string;
  /** Minor units. */
  readonly amount: number;
  /** The bank forbids to present it again. */
  readonly hard: boolean;
}

/** What the processor says became of an attempt. `unknown` is resolved by asking, never by trying again. */
export type PaymentOutcome =
  | { readonly kind: 'succeeded'; readonly chargeId: string; readonly amount: number }
  | {
      readonly kind: 'declined';
      readonly hard: boolean;
      readonly code: string;
      /** Absent: `declined`. */
      readonly reason?: DeclineReason;
      /** The issuer asks to wait this long. */
      readonly restHours?: number;
    }
  | { readonly kind: 'needs-authentication' }
  | { readonly kind: 'processing' }
  | { readonly kind: 'unknown'; readonly reason: string };
