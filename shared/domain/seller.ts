import type { SellerFees } from './fees/fee-rates.ts';
import type { Currency } from './money.ts';
import type { ProrationPolicyId } from './proration.ts';
import type { RetryPolicyId } from './retry-policy.ts';
import type { SalesTaxRow } from './tax/sales-tax-row.ts';

/** A company of the telecom that issues invoices: its own tax numbers, currency, time zone and number series. */
export interface Seller {
  /** Stable id, used in keys: lower-case letters, digits and hyphens. */
  readonly sellerId: string;
  readonly name: string;
  readonly address: Address;
  /** In print order, e.g. `{ label: 'VAT ID', value: 'IE…' }`, `{ label: 'ABN', … }`, `{ label: 'GST/HST', … }`. */
  readonly taxIds: readonly LabelledId[];
  readonly currency: Currency;
  /** IANA zone in which all of this seller's business dates are read. */
  readonly timeZone: string;
  /** Begins every invoice number of this seller; 2 to 6 upper-case letters or digits. */
  readonly numberPrefix: string;
  /** How many parallel gapless number series a month has, 1 to 26 (letters A…); more series, fewer write conflicts. */
  readonly numberSeries: number;
  /** Over how many index partitions this seller's accounts are spread, 1 to 256. Never lowered once accounts exist. */
  readonly shards: number;
  /** How parts of periods are counted; absent: `start-day-free@1`, the guide's way (R98, C19). */
  readonly prorationPolicy?: ProrationPolicyId;
  /** Days from invoice date to due date (C23: 15). */
  readonly paymentTermDays: number;
  readonly support: { readonly email: string; readonly phone: string; readonly portalUrl: string };
  readonly accountsReceivable: ReceivablesContact & { readonly regions?: readonly ReceivablesRegion[] };
  /** `#RRGGBB`: the one colour of its documents; absent: blue. */
  readonly brandColour?: string;
  /** Where wire transfers go; printed when autopay is off. */
  readonly bankAccount?: { readonly iban?: string; readonly bic?: string; readonly text?: string };
  readonly dunning: DunningPolicy;
  /** When autopay tries again after a decline; absent: `fixed-ladder@1` (C23). */
  readonly retryPolicy?: RetryPolicyId;
  /** Its provisioning says when services are off or back; absent: they are as soon as it was told. */
  readonly confirmsServices?: true | undefined;
  /** Customers may download the invoices of their hardware orders; absent: they only get them by mail (R50, C29). */
  readonly hardwareDownloads?: true | undefined;
  /** A customer's own billing admin may say what the others may do; absent: support does (C2). */
  readonly billingAdminsByCustomers?: true | undefined;
  /** Surcharges of its own. */
  readonly fees?: SellerFees;
  /** Sales taxes of states and localities of the United States. */
  readonly salesTax?: readonly SalesTaxRow[];
  /** Countries beside its own whose taxes it collects; `EU`: registered for the Union's one-stop shop from outside. */
  readonly taxRegistrations?: readonly string[];
}

export interface LabelledId {
  readonly label: string;
  readonly value: string;
}

/** Days after the due date (C23: reminders 1 and 7, final notice 10, suspension 15). Notice always comes first. */
export interface DunningPolicy {
  readonly reminderDays: readonly number[];
  readonly finalNoticeDay: number;
  readonly suspensionDay: number;
  /** Whether emergency numbers can be called while services are suspended. Absent: they can. */
  readonly emergencyCalls?: 'allowed' | 'barred';
  /**
   * When services that are off come back: once nothing is owed at all (R39), which holds when it is absent, or as soon as
   * no invoice is past its due date (C8).
   */
  readonly servicesReturn?: 'nothing-unpaid' | 'nothing-overdue';
  /** Whose services no machine cuts: on the day of suspension Accounts Receivable takes over. Absent: all of R131. */
  readonly handOver?: readonly HandOverTerms[];
}

/** Which accounts Accounts Receivable takes over instead of a machine cutting their services (R131). */
export const HAND_OVER_TERMS = ['wire', 'contract'] as const;
export type HandOverTerms = (typeof HAND_OVER_TERMS)[number];

/** Whom customers turn to who owe money. */
export interface ReceivablesContact {
  readonly email: string;
  readonly phone: string;
}

/** The contact for customers of some countries, ISO 3166-1 alpha-2 (R132). */
export interface ReceivablesRegion extends ReceivablesContact {
  readonly countries: readonly string[];
}

/** A postal address. `country` is ISO 3166-1 alpha-2; `region` is the province or state code where the country has them. */
export interface Address {
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly region?: string;
  readonly postalCode: string;
  readonly country: string;
}
