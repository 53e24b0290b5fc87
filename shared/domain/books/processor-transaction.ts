import type { Instant } from '../calendar.ts';
import type { InvoiceId } from '../invoice.ts';

/**
 * What kind of movement it is: `charge` a customer's payment · `charge-failure` a bank debit that was put on the balance when
 * it began and failed · `refund` money given back · `dispute` money that a bank took back, and `dispute-reversal` gave again ·
 * `fee` what the processor takes for itself · `payout` money to or from the telecom's bank account · `other` anything else.
 */
export type TransactionKind =
  | 'charge'
  | 'charge-failure'
  | 'refund'
  | 'dispute'
  | 'dispute-reversal'
  | 'fee'
  | 'payout'
  | 'other';

/** One movement of the money that the processor holds for the telecom, as the processor tells of it. */
export interface ProcessorTransaction {
  readonly transactionId: string;
  readonly kind: TransactionKind;
  readonly at: Instant;
  /** What came (positive) or went (negative), before fees; minor units of `currency`. */
  readonly amount: number;
  /** What the processor took for it, in the currency it holds; minor units, negative when it was given back. */
  readonly fee: number;
  /** What it holds of it where it has converted it; absent: `amount` as it is. */
  readonly held?: { readonly amount: number; readonly currency: string };
  /** ISO 4217, upper case; of `other` movements perhaps one that nobody bills in. */
  readonly currency: string;
  /** The payment that it is about: absent for fees and payouts. */
  readonly chargeId?: string;
  readonly intentId?: string;
  /** The invoice that the processor's records name: absent for what this product has not made. */
  readonly invoice?: InvoiceAtProcessor;
  /** A bank debit on the balance that has not settled, or a dispute that is not decided. */
  readonly pending?: true;
}

export interface InvoiceAtProcessor {
  readonly sellerId: string;
  readonly accountId: string;
  readonly invoiceId: InvoiceId;
}

interface Owner {
  readonly sellerId: string;
  readonly currency: string;
}

/**
 * In whose books a movement belongs, of the sellers that share the processor's account: the seller whose invoice it is.
 * What names no invoice (fees of the account, payouts, charges made by hand) is the first seller's who bills in its
 * currency, or the first one's. Undefined for what another stage charged through the same account.
 */
export function ownerOf(
  { invoice, currency }: Pick<ProcessorTransaction, 'invoice' | 'currency'>,
  sellers: readonly Owner[],
): string | undefined {
  if (invoice) return sellers.find(({ sellerId }) => sellerId === invoice.sellerId)?.sellerId;
  return (sellers.find((seller) => seller.currency === currency) ?? sellers[0])?.sellerId;
}
