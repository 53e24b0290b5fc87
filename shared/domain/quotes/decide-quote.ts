import { type BillingInput, sendsMoney } from '../account.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import type { Product } from '../catalog.ts';
import type { Order } from '../order.ts';
import type { Address, Seller } from '../seller.ts';
import { type Agreed, agreedSubscriptions } from './agreed.ts';
import { firstInvoiceOf } from './compose-quote.ts';
import { needsShippingAddress, orderOf, purchaseInvoiceOf } from './once.ts';
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

/** What the customer enters at the checkout. */
export interface Checkout {
  readonly adminContact: AdminContact;
  /** Where hardware is sent to, if elsewhere than the quote says. */
  readonly shippingAddress?: Address | undefined;
}

/** What comes of an acceptance; `order`: of what is bought once. */
export interface Accepted extends Agreed {
  readonly quote: Quote;
  readonly order?: Order;
}

/**
 * "Buy now" (R127): the only moment at which a quote is accepted. The account gets the quoted subscriptions, and an
 * order of today for what is bought once; what is written together makes sure that this happens once. Whether it has debts is for the caller to see. Throws
 * `quote_expired`, `quote_rejected`, `quote_withdrawn`, `quote_accepted`, `payment_method_needed`, `shipping_address_needed`,
 * `quote_not_billable`.
 */
export function acceptQuote(
  quote: Quote,
  input: BillingInput,
  { adminContact, shippingAddress }: Checkout,
  { by, at, today }: Decider,
  { seller, products }: Billing,
): Accepted {
  requireOpen(quote, today);
  if (needsMethod(input)) throw new QuoteRefused('payment_method_needed', 'accountId');
  if (needsShippingAddress(quote) && shippingAddress === undefined)
    throw new QuoteRefused('shipping_address_needed', 'shippingAddress');
  const order = firstInvoiceOf(quote, input, seller, products, today);
  const { once, quoteId } = quote;
  const purchase = once && purchaseInvoiceOf({ quoteId, once }, input, seller, products, today);
  const decision = { at, by, adminContact, ...(order && { order }), ...(purchase && { purchase }) };
  return {
    ...agreedSubscriptions(input, quote),
    quote: { ...quote, status: 'accepted', decision },
    ...(once && { order: orderOf({ quoteId, once }, input.account, today, shippingAddress) }),
  };
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

/** What came to nothing may be erased; throws `quote_accepted`, and `quote_open` while it still can be accepted. */
export function refuseRemoval(quote: Quote, today: PlainDate): void {
  const status = statusOn(quote, today);
  if (status === 'accepted' || status === 'open') throw new QuoteRefused(`quote_${status}`, 'quoteId', quote.number);
}

function requireOpen(quote: Quote, today: PlainDate): void {
  const status: QuoteStatus = statusOn(quote, today);
  if (status !== 'open') throw new QuoteRefused(`quote_${status}`, 'quoteId', quote.number);
}
