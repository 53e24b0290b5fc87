import type { CustomerTaxId, Language, PaymentTerms } from './account.ts';
import type { BillingHistory } from './billing-history.ts';
import type { Instant, Month, PlainDate, ServicePeriod } from './calendar.ts';
import type { ChargeGroup, TaxCode, TaxTreatment } from './catalog.ts';
import type { Explanation } from './explanation.ts';
import type { Currency } from './money.ts';
import type { Address, Seller } from './seller.ts';
import type { Rounding, SourceStatus } from './tax/rate.ts';
import type { ItemisedUsage } from './usage/call-details.ts';

/** `cycle` is the regular invoice of a billing cycle; `purchase` is that of one order, on the day of purchase (R157). */
export type InvoiceKind = 'cycle' | 'purchase';

/**
 * The identity of an invoice within its account, known before anything is computed: `2026-12#cycle` of a calendar month,
 * `2026-01-31#cycle` of a cycle that begins on any day, `2026-12-15#purchase-ORDER` of an order.
 */
export type InvoiceId = string;
export const invoiceIdOf = (when: Month | PlainDate, kind: 'cycle' | `purchase-${string}`): InvoiceId =>
  `${when}#${kind}`;

/** An invoice before it has a number: a pure function of the account, the catalog and the dates. */
export interface DraftInvoice {
  readonly invoiceId: InvoiceId;
  readonly accountId: string;
  readonly sellerId: string;
  readonly kind: InvoiceKind;
  /** The month billed in advance, or that of the invoice where it is not by the calendar month. */
  readonly month: Month;
  /** The cycle billed in advance, where it is not the calendar month. */
  readonly cycle?: ServicePeriod;
  readonly invoiceDate: PlainDate;
  readonly dueDate: PlainDate;
  readonly currency: Currency;
  readonly language: Language;
  /** Snapshots: the invoice is history and never changes with the account. */
  readonly seller: SellerSnapshot;
  readonly buyer: BuyerSnapshot;
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly TaxLine[];
  /** All amounts are minor units of `currency`. Lines + taxes = total. */
  readonly subtotal: number;
  readonly taxTotal: number;
  readonly total: number;
  /** Unpaid balance before this invoice. */
  readonly previousBalance: number;
  /** What the customer had to its credit then: it pays this invoice before anything is charged. Absent: nothing. */
  readonly credit?: number;
  /** What came before it. Absent on an account's first invoice. */
  readonly history?: BillingHistory;
  readonly payment: PaymentExpectation;
  /** Becomes the account's `billedThrough` when the invoice is issued. */
  readonly coversChange: number;
  /** Becomes part of the account's `usageCovered` when the invoice is issued. */
  readonly usageCovered?: UsageCovered;
  /** The calls and messages that stand on it one by one. */
  readonly itemised?: ItemisedUsage;
}

/** By month of usage: the last batch of it that an invoice takes in (see `OpenUsage`). */
export type UsageCovered = Readonly<Record<Month, number>>;

/** An issued invoice: immutable. A correction is another document that refers to it. */
export interface Invoice extends DraftInvoice {
  /** `NTIE-202612A-000042`: prefix, month of the invoice date, series, gapless sequence within month and series. */
  readonly number: string;
  readonly series: string;
  readonly sequence: number;
  readonly issuedAt: Instant;
}

export type SellerSnapshot = Pick<
  Seller,
  'name' | 'address' | 'taxIds' | 'support' | 'accountsReceivable' | 'bankAccount' | 'timeZone' | 'brandColour'
>;

export interface BuyerSnapshot {
  readonly name: string;
  readonly address: Address;
  readonly taxIds: readonly CustomerTaxId[];
  readonly reference?: string;
  /** Of its main billing contact. */
  readonly email?: string;
}

/** What happens next, as printed on the invoice. */
export type PaymentExpectation =
  | {
      readonly kind: 'autopay';
      readonly methodKind: string;
      readonly brand: string;
      readonly last4: string;
      readonly on: PlainDate;
    }
  | { readonly kind: 'customer-pays'; readonly terms: PaymentTerms };

export interface InvoiceLine {
  /** From 1, in print order. */
  readonly line: number;
  readonly charge: ChargeKind;
  /** The label to print (R101–R122); prorations stand under Prorated Charges instead. */
  readonly group: ChargeGroup;
  readonly productId: string;
  readonly description: string;
  readonly unit: string;
  readonly servicePeriod: ServicePeriod;
  /** Negative for removals. */
  readonly quantity: number;
  /** Millionths of the currency's major unit; absent where no single price holds for the whole quantity. */
  readonly unitMicros?: number;
  /** Rounded once. */
  readonly amount: number;
  readonly taxCode: TaxCode;
  readonly taxTreatment?: TaxTreatment;
  /** The customer's own grouping (R123); absent: not assigned to any. */
  readonly billingGroup?: string;
  /** How the amount came about; recomputing from it gives the amount. */
  readonly explanation: Explanation;
}

export type ChargeKind = 'recurring' | 'proration' | 'purchase' | 'usage' | 'fee';

/** EN 16931 categories we use: S standard, Z zero-rated, E exempt, AE reverse charge, O outside scope. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'O';

export interface TaxLine {
  /** What the customer reads: `GST`, `HST (Ontario)`, `QST`, `VAT`. */
  readonly label: string;
  readonly tax: string;
  /** `CA-ON`, `DE`, `AU`. */
  readonly jurisdiction: string;
  readonly category: TaxCategory;
  /** Parts per million: 9.975 % = 99 750. */
  readonly ratePpm: number;
  readonly base: number;
  readonly amount: number;
  /** The dated row of the tax table this came from. */
  readonly rateFrom: PlainDate;
  /** Tax codes whose lines this tax does not reach; the base is without them. */
  readonly exempt?: readonly TaxCode[];
  /** Of an exemption that holds for some tax codes only: these. */
  readonly reaches?: readonly TaxCode[];
  /** A sentence the law wants printed, e.g. for reverse charge. */
  readonly mention?: string;
  /** How the amount was rounded, once, from `base × ratePpm`. */
  readonly rounding: Rounding;
  /** Where the rate is published; `sample` rates are made up. */
  readonly source: string;
  readonly status: SourceStatus;
  /** What a tax of 0 relies on. */
  readonly evidence?: TaxEvidence;
}

/** A VAT ID that the authority found valid, or a certificate that was approved; `on` says when. */
export interface TaxEvidence {
  readonly kind: 'vat-id' | 'certificate';
  readonly id: string;
  readonly authority: string;
  readonly on: PlainDate;
  readonly reference?: string;
}

/** Why an account got no invoice in a run, in words for finance. */
export type BillingDecision =
  | { readonly outcome: 'invoice'; readonly draft: DraftInvoice }
  | {
      readonly outcome: 'zero';
      readonly reason: string;
      readonly month: Month;
      readonly coversChange: number;
      readonly settled: boolean;
      readonly usageCovered?: UsageCovered;
    }
  | { readonly outcome: 'held'; readonly code: HoldCode; readonly reason: string };

export const HOLDS = {
  hold_by_finance: 'Finance put this account on hold',
  billing_address_missing: 'The billing address is missing or incomplete, so the tax cannot be determined',
  tax_rule_missing: 'No tax rule covers this country, region and date',
  usf_factor_missing: 'No final Universal Service factor is on file for the quarter of the invoice date',
  price_missing: 'The catalog has no price in the account’s currency for this date',
  product_unknown: 'A subscription refers to a product that the catalog does not have',
  currency_mismatch: 'The account’s currency is not the seller’s',
  usage_without_rate: 'A call or message that must be charged has no price on record',
  quantity_negative: 'More was removed from a subscription than it had',
} as const;
export type HoldCode = keyof typeof HOLDS;
