import type { BillingHistory } from './billing-history.ts';
import type { Instant, Month, PlainDate } from './calendar.ts';
import type { TrafficStudy } from './fees/fee-rates.ts';
import type { BillingAdmins } from './grants.ts';
import type { Currency } from './money.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { Address, HandOverTerms, LabelledId, ReceivablesContact } from './seller.ts';
import type { Subscription } from './subscription.ts';
import type { TaxExemption } from './tax/exemption.ts';
import type { TaxIdEvidence } from './tax/tax-id.ts';
import type { OpenUsage } from './usage/usage.ts';

export const LANGUAGES = ['en', 'fr', 'it', 'de', 'es', 'pt', 'nl'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * When an account is billed (R144, C6). `calendar-month`: on the 1st, in advance. `every-30-days`: from sign-up, exactly
 * 30·k days, which drifts through the calendar (R91). `annual`: once at purchase and at each renewal (R91). `quarterly`:
 * only by quote (C27). Sign-up is the billing start date.
 */
export const SCHEDULES = ['calendar-month', 'every-30-days', 'annual', 'quarterly'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** Between these two a customer may choose (R88). */
export const CHOSEN_SCHEDULES = ['every-30-days', 'annual'] as const;

/** Another schedule from a day on, which begins the first of its cycles. */
export interface ScheduleChange {
  readonly from: PlainDate;
  readonly schedule: (typeof CHOSEN_SCHEDULES)[number];
}

/** `wire` and `cheque`: the customer sends the money, and Accounts Receivable books it (R31, R131). */
export const PAYMENT_TERMS = ['card', 'wire', 'cheque'] as const;
export type PaymentTerms = (typeof PAYMENT_TERMS)[number];
/** Whether the customer sends its money, and no method is charged. */
export const sendsMoney = (terms: PaymentTerms): boolean => terms !== 'card';

/**
 * Whether an account's calls and messages stand on its invoices one by one, and how much of the others' numbers:
 * `masked` leaves out the last three digits (in France four), as those who call from the customer's phones may want it.
 */
export const CALL_DETAILS = ['full', 'masked', 'none'] as const;
export type CallDetailsChoice = (typeof CALL_DETAILS)[number];

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
  /** When it is billed from the billing start date on; absent: by the calendar month. */
  readonly schedule?: Schedule;
  /** What was chosen since, in order of time. Absent: nothing. */
  readonly scheduleChanges?: readonly ScheduleChange[];
  /** The accepted quote, which may agree on what nobody can choose alone: quarterly billing (C27). */
  readonly quote?: string;
  readonly autopay: boolean;
  /** How invoices are paid when autopay is off, and who is asked when they are not. */
  readonly terms: PaymentTerms;
  readonly defaultMethodId?: string;
  /** Which methods autopay tries, in this order, when the default is declined for good. Absent: none. */
  readonly fallbackMethodIds?: readonly string[];
  /** Whether calls and messages stand on its invoices one by one. Absent: as is usual where it is (`callDetailsOf`). */
  readonly callDetails?: CallDetailsChoice;
  /** The customer's own reference, printed on the invoice. */
  readonly reference?: string;
  readonly services: ServiceState;
  /** Accounts Receivable has taken over, until the balance is 0. Absent: it has not. */
  readonly handedOver?: HandOver;
  /** Finance wants this account not to be invoiced for now, and why. */
  readonly hold?: { readonly reason: string; readonly since: Instant };
  /** What its billing admins may do. Absent: what their tokens say. */
  readonly billingAdmins?: BillingAdmins;
  /** Its personal data was erased on request; what the law wants kept is kept. Absent: it was not. */
  readonly erased?: { readonly at: Instant; readonly by: string };
  /** The date whose invoice is next; the index of due accounts is sorted by it. */
  readonly nextBillingDate: PlainDate;
  /** What the last invoice covered; see `composeInvoice`. Absent before the first. */
  readonly billedThrough?: BilledThrough;
  /** What its last invoices came to. Absent before the first. */
  readonly history?: BillingHistory;
  /** By month of usage: the batch up to which an invoice covered it (see `OpenUsage`). */
  readonly usageCovered?: Readonly<Record<Month, number>>;
  /** Unpaid balance, minor units: the fold of the account's ledger. */
  readonly balance: number;
  /** What the customer has to its credit and not yet used, minor units: also a fold of the ledger. Absent: nothing. */
  readonly credit?: number;
  /** Raised by every change to anything an invoice is made from. An invoice is issued only if it did not move. */
  readonly version: number;
}

/** `undeliverable`: the final notice reached nobody, and nothing is cut without notice. */
export type HandOverReason = HandOverTerms | 'undeliverable';

/** Accounts Receivable arranges payment and service with this customer, until nothing is owed (R131). */
export interface HandOver {
  readonly since: Instant;
  readonly because: HandOverReason;
  /** Of the unpaid invoice that brought it about. */
  readonly invoiceId: string;
  /** Whom the customer was told to turn to. */
  readonly contact: ReceivablesContact;
}

/** `change` is the highest subscription change the last run saw; the periods that had begun by `date` are billed to their end. */
export interface BilledThrough {
  readonly date: PlainDate;
  readonly month: string;
  readonly change: number;
}

export interface Recipient {
  readonly email: string;
  readonly main: boolean;
  /** Nothing is mailed there until somebody confirms or replaces the address. Absent: it is mailed to. */
  readonly undeliverable?: Undeliverable;
  /** What was mailed about and came back for the time being, since the last mail that arrived. Absent: nothing. */
  readonly softBounces?: readonly SoftBounce[];
  /** When the address was confirmed last: what became of mails sent before says nothing about it any more. */
  readonly confirmedAt?: Instant;
}

/**
 * `bounced`: its mail server knows no such address, or will never take our mail · `complained`: whoever reads it there took
 * a mail for spam · `suppressed`: SES remembers one of both, of another mail · `unavailable`: mails about several invoices in
 * a row came back for the time being.
 */
export const UNDELIVERABLE_REASONS = ['bounced', 'complained', 'suppressed', 'unavailable'] as const;

export interface Undeliverable {
  readonly since: Instant;
  readonly reason: (typeof UNDELIVERABLE_REASONS)[number];
  /** What the mail server said. */
  readonly detail?: string;
}

export interface SoftBounce {
  /** The id of the invoice, or whatever else the mail was about. */
  readonly about: string;
  /** When the mail was sent. */
  readonly sentAt: Instant;
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
  /** Given back although something is owed, because the notice of the suspension had reached nobody. Absent: not so. */
  readonly withoutNotice?: true;
  /** They were off already when the suspension of this invoice was due: it is the last of those that they are off for, too. */
  readonly alsoFor?: string;
}

/** Everything that one invoice is made from, read together. */
export interface BillingInput {
  readonly account: Account;
  readonly subscriptions: readonly Subscription[];
  readonly methods: readonly PaymentMethod[];
  /** Absent: none. */
  readonly usage?: readonly OpenUsage[];
}
