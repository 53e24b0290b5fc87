import { type BillingInput, sendsMoney } from '../account.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import type { Product } from '../catalog.ts';
import type { Seller } from '../seller.ts';
import { type Agreed, agreedSubscriptions } from './agreed.ts';
import { firstInvoiceOf } from './compose-quote.ts';
import { type AdminContact, type Quote, type QuoteStatus, statusOn } from './quote.ts';
import { QuoteRefused } from './refusals.ts';

/** Who decides when; `today` is the seller's date of `at`. */
export interface Decider {
  readonly by: string;
  readonly at: Instant;
  readonly today: PlainDate;
}

/** What it takes to say what an acceptance will be billed. */
export interface Billing {
  readonly seller: Seller;
  readonly products: readonly Product[];
}

/**
 * "Buy now" (R127): the only moment at which a quote is accepted. The account gets the quoted subscriptions; what is written
 * together with it makes sure that this happens once. Whether it has debts is for the caller to see. Throws
 * `quote_expired`, `quote_rejected`, `quote_withdrawn`, `quote_accepted`, `payment_method_needed`, `quote_not_billable`.
 */
export function acceptQuote(
  quote: Quote,
  input: BillingInput,
  adminContact: AdminContact,
  { by, at, today }: Decider,
  { seller, products }: Billing,
): Agreed & { readonly quote: Quote } {
  requireOpen(quote, today);
  if (needsMethod(input)) throw new QuoteRefused('payment_method_needed', 'accountId');
  const order = firstInvoiceOf(quote, input, seller, products, today);
  const decision = { at, by, adminContact, ...(order && { order }) };
  return { ...agreedSubscriptions(input, quote), quote: { ...quote, status: 'accepted', decision } };
}

/** A card account adds a payment method at checkout where it has none (R127); wires and cheques are sent (R31). */
export const needsMethod = ({ account }: Pick<BillingInput, 'account'>): boolean =>
  !sendsMoney(account.terms) && account.defaultMethodId === undefined;

/**
 * The customer does not want it, or the telecom takes it back. Told again, nothing changes. Throws `quote_expired`,
 * `quote_accepted`, `quote_rejected`, `quote_withdrawn`.
 */
export function closeQuote(
  quote: Quote,
  status: 'rejected' | 'withdrawn',
  reason: string | undefined,
  { by, at, today }: Decider,
): Quote {
  if (quote.status === status) return quote;
  requireOpen(quote, today);
  return { ...quote, status, decision: { at, by, ...(reason === undefined ? {} : { reason }) } };
}

function requireOpen(quote: Quote, today: PlainDate): void {
  const status: QuoteStatus = statusOn(quote, today);
  if (status !== 'open') throw new QuoteRefused(`quote_${status}`, 'quoteId', quote.number);
}
