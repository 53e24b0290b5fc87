import type { PaymentTerms, Recipient } from '../account.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import type { AgreedOncePrice, AgreedPrice, ChargeGroup, Pricing, RecurringInterval } from '../catalog.ts';
import type { DraftInvoice } from '../invoice.ts';
import { addressKey } from '../mail-address.ts';
import type { Address } from '../seller.ts';

/** `expired` is never written: an open quote is, once its last day is over. */
export const QUOTE_STATUSES = ['open', 'accepted', 'rejected', 'withdrawn', 'expired'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

/** What sales offers a customer, as it is asked for (R125). */
export interface QuoteRequest {
  /** The telecom's, for ever: the same quote sent twice is one. It becomes the version of the prices that it agrees on. */
  readonly quoteId: string;
  readonly lines: readonly QuoteLineRequest[];
  /** What is bought once with it. Absent: nothing. */
  readonly once?: OnceRequest | undefined;
  /** From the billing start date on. */
  readonly contractMonths: number;
  /** By how long the contract renews; absent: by as long as it was (C27). */
  readonly renewalMonths?: number | undefined;
  /** Nothing is charged before it (R92, R128). */
  readonly billingStartDate: PlainDate;
  /** The last day on which it can be accepted, in the seller's time zone. */
  readonly validUntil: PlainDate;
  /** Who gets it by mail; absent: the recipients of the account's invoices. */
  readonly contact?: QuoteContact | undefined;
}

export interface QuoteLineRequest {
  readonly productId: string;
  readonly quantity: number;
  readonly interval: RecurringInterval;
  /** An agreed price per unit and interval, millionths of the currency's major unit; absent: the catalog's. */
  readonly unitMicros?: number | undefined;
  /** Taken off the catalog's price, parts per million. */
  readonly discountPpm?: number | undefined;
  readonly billingGroup?: string | undefined;
  /** A circuit: charged once its provider has confirmed it (R95). */
  readonly awaitsActivation?: true | undefined;
}

/** Devices, other equipment, services rendered once: invoiced by themselves on the day of acceptance (R157). */
export interface OnceRequest {
  readonly items: readonly OnceItemRequest[];
  /** Where hardware is sent to (R24). Absent: the customer says so when it accepts. */
  readonly shippingAddress?: Address | undefined;
}

export type OnceItemRequest = Pick<QuoteLineRequest, 'productId' | 'quantity' | 'unitMicros' | 'discountPpm'>;

export interface QuoteContact {
  readonly name: string;
  readonly email: string;
}

/** A quote before it has a number. What it says never changes; only its status does. Amounts are minor units. */
export interface DraftQuote
  extends Pick<
    DraftInvoice,
    'accountId' | 'sellerId' | 'currency' | 'language' | 'seller' | 'buyer' // as they were on the day of the quote
  > {
  readonly quoteId: string;
  readonly date: PlainDate;
  readonly billingStartDate: PlainDate;
  readonly validUntil: PlainDate;
  readonly contact?: QuoteContact;
  readonly contract: QuoteContract;
  readonly terms: PaymentTerms;
  readonly lines: readonly QuoteLine[];
  /** What all lines of an interval cost each time; the shortest first (R125). */
  readonly perInterval: readonly { readonly interval: RecurringInterval; readonly amount: number }[];
  /** What is bought once, on an invoice of its own. Absent: nothing. */
  readonly once?: QuotedOnce;
  /** Recurring charges of the whole contract period and what is bought once, without tax, fees and usage: the sum of the invoices' lines. */
  readonly contractTotal: number;
  /** The same by the catalog's prices. `contractTotal + savings`. */
  readonly listTotal: number;
  readonly savings: number;
  /** What the first invoice says of this quote. Absent: it waits for a circuit, or costs nothing. */
  readonly firstInvoice?: QuotedInvoice;
  readonly by: string;
  /** Tells its content from that of another request under its id. */
  readonly fingerprint: string;
}

export interface Quote extends DraftQuote {
  /** `NTIE-Q-202611A-000007`. */
  readonly number: string;
  readonly madeAt: Instant;
  readonly status: Exclude<QuoteStatus, 'expired'>;
  /** What ended it. Absent while it is open. */
  readonly decision?: QuoteDecision;
}

export interface QuoteDecision {
  readonly at: Instant;
  readonly by: string;
  /** Why it was rejected or withdrawn. */
  readonly reason?: string;
  /** Who looks after the subscriptions at the customer, as verified with the acceptance (R127). */
  readonly adminContact?: AdminContact;
  /** The first invoice as it was shown then, by the address and the rates of that day. */
  readonly order?: QuotedInvoice;
  /** The invoice of what is bought once, of that day. */
  readonly purchase?: QuotedInvoice;
}

export interface AdminContact extends QuoteContact {
  readonly phone?: string | undefined;
}

/** Renewed by itself unless it is cancelled by `cancelBy` (R64, C10). */
export interface QuoteContract {
  readonly months: number;
  readonly endsOn: PlainDate;
  readonly renewsOn: PlainDate;
  readonly renewalMonths: number;
  readonly cancelBy: PlainDate;
}

export interface QuoteLine {
  /** From 1, in the order in which they were asked for. */
  readonly line: number;
  readonly productId: string;
  readonly description: string;
  readonly group: ChargeGroup;
  readonly unit: string;
  readonly quantity: number;
  readonly interval: RecurringInterval;
  readonly price: AgreedPrice;
  /** The catalog's price for the same interval, or its monthly price for as many months. Absent: it has neither. */
  readonly listPricing?: Pricing;
  readonly discountPpm?: number;
  readonly billingGroup?: string;
  readonly awaitsActivation?: true;
  /** For one whole interval. */
  readonly amount: number;
  /** For the contract period, beginning and ending parts of intervals with it. */
  readonly contractTotal: number;
  /** Against the catalog, over the contract period; negative where more was agreed on. */
  readonly savings: number;
}

export interface QuotedOnce {
  readonly items: readonly QuotedItem[];
  readonly shippingAddress?: Address;
  /** Of the items, without tax and fees. */
  readonly total: number;
  /** Its invoice, were the quote accepted on the day on which it was made. Absent: nothing is to be paid. */
  readonly invoice?: QuotedInvoice;
}

export interface QuotedItem
  extends Pick<
    QuoteLine,
    'line' | 'productId' | 'description' | 'group' | 'unit' | 'quantity' | 'listPricing' | 'discountPpm' | 'savings'
  > {
  readonly price: AgreedOncePrice;
  /** Something is sent, so that an address is needed (R24). */
  readonly hardware?: true;
  /** Rounded once. */
  readonly amount: number;
}

export interface QuotedInvoice
  extends Pick<DraftInvoice, 'invoiceDate' | 'dueDate' | 'lines' | 'taxes' | 'subtotal' | 'taxTotal' | 'total'> {
  /** The day whose rates of taxes and fees these are: that of the quote where those of the invoice date are not known yet. */
  readonly ratesOf: PlainDate;
  /** The account is billed for other things, too: this is what the quote adds to an invoice. */
  readonly part?: true;
}

/** `today` is the seller's. */
export const statusOn = (
  { status, validUntil }: Pick<Quote, 'status' | 'validUntil'>,
  today: PlainDate,
): QuoteStatus => (status === 'open' && validUntil < today ? 'expired' : status);

/**
 * Who gets it by mail: the person it was made for; undefined: the recipients of the account's invoices. What is known of the
 * person's address as one of those holds here, too.
 */
export function mailedTo(
  { contact }: Pick<Quote, 'contact'>,
  recipients: readonly Recipient[],
): readonly Recipient[] | undefined {
  if (contact === undefined) return undefined;
  const known = recipients.find(({ email }) => addressKey(email) === addressKey(contact.email));
  return [{ ...known, email: contact.email, main: true }];
}

/** What each product, add-on and device costs over the contract period (R125), in the order of lines and items. */
export function totalsByProduct({ lines, once }: Pick<DraftQuote, 'lines' | 'once'>) {
  const bought = (once?.items ?? []).map((item) => ({ ...item, contractTotal: item.amount }));
  const products = new Map<string, { productId: string; description: string; contractTotal: number }>();
  for (const { productId, description, contractTotal } of [...lines, ...bought]) {
    const known = products.get(productId)?.contractTotal ?? 0;
    products.set(productId, { productId, description, contractTotal: known + contractTotal });
  }
  return [...products.values()];
}
