import type { Instant, Month, PlainDate } from './calendar.ts';
import type { TrafficStudy } from './fees/fee-rates.ts';
import type { Currency } from './money.ts';
import type { Address, LabelledId } from './seller.ts';
import type { TaxExemption } from './tax/exemption.ts';
import type { TaxIdEvidence } from './tax/tax-id.ts';
import type { OpenUsage } from './usage/usage.ts';

export const LANGUAGES = ['en', 'fr', 'it', 'de', 'es', 'pt', 'nl'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A customer of a seller. Customers are the tenants of this product: nothing of one is visible to another. */
export interface Account {
  readonly accountId: string;
  readonly sellerId: string;
  readonly name: string;
  readonly language: Language;
  readonly currency: Currency;
  /** Taxes follow the billing address (R23). Absent or incomplete: the account is held, not guessed. */
  readonly billingAddress?: Address;
  readonly taxIds: readonly CustomerTaxId[];
  /** Exemption certificates in whatever state (R136, R137). Absent: none. */
  readonly exemptions?: readonly TaxExemption[];
  /** The interstate share that holds for this customer instead of the safe harbour. */
  readonly trafficStudy?: TrafficStudy;
  /** One main contact and at most four others (R52–R54, R154), unique without regard to case. */
  readonly recipients: readonly Recipient[];
  /** The day charges begin to accrue: on the quote, after any free months (R92, R94). */
  readonly billingStartDate: PlainDate;
  readonly autopay: boolean;
  /** How invoices are paid when autopay is off, and who is asked when they are not. */
  readonly terms: 'card' | 'wire';
  readonly defaultMethodId?: string;
  /** The customer's own reference, printed on the invoice. */
  readonly reference?: string;
  readonly services: ServiceState;
  /** Finance wants this account not to be invoiced for now, and why. */
  readonly hold?: { readonly reason: string; readonly since: Instant };
  /** The date whose invoice is next; the index of due accounts is sorted by it. */
  readonly nextBillingDate: PlainDate;
  /** What the last invoice covered; see `composeInvoice`. Absent before the first. */
  readonly billedThrough?: BilledThrough;
  /** By month of usage: the batch up to which an invoice covered it (see `OpenUsage`). */
  readonly usageCovered?: Readonly<Record<Month, number>>;
  /** Unpaid balance, minor units: the fold of the account's ledger. */
  readonly balance: number;
  /** Raised by every change to anything an invoice is made from. An invoice is issued only if it did not move. */
  readonly version: number;
}

/** `change` is the highest subscription change the last run saw; `month` is billed to its end. */
export interface BilledThrough {
  readonly date: PlainDate;
  readonly month: string;
  readonly change: number;
}

export interface Recipient {
  readonly email: string;
  readonly main: boolean;
}

export interface CustomerTaxId extends LabelledId {
  readonly kind: 'eu-vat' | 'gb-vat' | 'abn' | 'other';
  /** The account file says that an EU VAT ID was found valid that day. */
  readonly validatedOn?: PlainDate;
  /** What the tax authority answered, oldest first. Without a valid answer the customer is taxed as a consumer. */
  readonly evidence?: readonly TaxIdEvidence[];
}

/**
 * `active → suspending → suspended → reactivating → active` (R149). `number` counts the suspensions, so that each
 * suspension and its reactivation has one identity for provisioning.
 */
export interface ServiceState {
  readonly status: 'active' | 'suspending' | 'suspended' | 'reactivating';
  readonly number: number;
}

/** Only what the processor lets us keep: its token, brand, last four, expiry (R153). */
export interface PaymentMethod {
  readonly methodId: string;
  readonly kind: 'card' | 'bank-debit';
  readonly brand: string;
  readonly last4: string;
  readonly expires?: string;
  /** The processor's ids; never a card number. */
  readonly processorCustomer: string;
  readonly processorMethod: string;
}

/** A product the account has, as the history of its quantity. The quantity on a day is the sum of the deltas till then. */
export interface Subscription {
  readonly subscriptionId: string;
  readonly productId: string;
  readonly changes: readonly QuantityChange[];
}

/** `change` numbers run through the whole account, in the order in which changes were recorded, without regard to dates. */
export interface QuantityChange {
  readonly change: number;
  readonly effectiveOn: PlainDate;
  /** Positive: added; negative: removed. */
  readonly delta: number;
}

/** Everything that one invoice is made from, read together. */
export interface BillingInput {
  readonly account: Account;
  readonly subscriptions: readonly Subscription[];
  readonly methods: readonly PaymentMethod[];
  /** Absent: none. */
  readonly usage?: readonly OpenUsage[];
}
