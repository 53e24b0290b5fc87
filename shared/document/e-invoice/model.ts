import type { PlainDate, ServicePeriod } from '../../domain/calendar.ts';
import type { TaxCategory } from '../../domain/invoice.ts';
import type { Currency } from '../../domain/money.ts';
import type { Address } from '../../domain/seller.ts';

/**
 * An invoice as EN 16931 sees it; the terms in brackets are those of the standard. Both syntaxes, CII and UBL, are written
 * from this. Amounts are minor units of `currency`.
 */
export interface EInvoice {
  /** [BT-1] */
  readonly number: string;
  /** [BT-3] UNTDID 1001: 380 is an invoice, 381 a credit note. */
  readonly type: 380 | 381;
  /** [BT-2] */
  readonly issueDate: PlainDate;
  /** [BT-9] */
  readonly dueDate?: PlainDate;
  /** [BT-5] */
  readonly currency: Currency;
  /** [BT-10] */
  readonly buyerReference: string;
  /** [BT-22] */
  readonly notes: readonly string[];
  /** [BG-14] All that is billed, with what came late: no line is of a day outside of it. */
  readonly period: ServicePeriod;
  /** [BG-3] What a credit note corrects. */
  readonly corrects?: { readonly number: string; readonly issueDate: PlainDate };
  readonly seller: EParty;
  readonly buyer: EParty;
  readonly payment: EPayment;
  /** [BT-20] */
  readonly paymentTerms?: string;
  readonly lines: readonly ELine[];
  readonly taxes: readonly ETax[];
  readonly totals: ETotals;
  /** The tax that the seller's country has: VAT in Europe, GST in Australia. */
  readonly taxScheme: 'VAT' | 'GST';
}

/** [BG-4], [BG-7] */
export interface EParty {
  readonly name: string;
  readonly address: Address;
  /** [BT-31], [BT-48] Without spaces, its country first; of Australia the ABN. */
  readonly taxId?: string;
  /** [BT-34], [BT-49] Where electronic invoices go, by the scheme's code (EAS). */
  readonly endpoint?: { readonly scheme: string; readonly id: string };
  readonly contact?: { readonly name: string; readonly phone: string; readonly email: string };
}

/** [BG-16] */
export interface EPayment {
  /** [BT-81] UNTDID 4461. */
  readonly means: string;
  /** [BT-83] */
  readonly reference: string;
  readonly account?: { readonly iban: string; readonly bic?: string; readonly holder: string };
  readonly card?: { readonly last4: string; readonly network: string };
}

/** [BG-25] `quantity × price ÷ baseQuantity` is the amount. */
export interface ELine {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** As decimals: minutes of calls need not be whole. */
  readonly quantity: string;
  /** UN/ECE Recommendation 20. */
  readonly unit: string;
  /** [BT-146], never negative. */
  readonly price: string;
  /** [BT-149] */
  readonly baseQuantity?: string;
  readonly amount: number;
  readonly period: ServicePeriod;
  readonly tax: ETaxCategory;
}

export interface ETaxCategory {
  readonly category: TaxCategory;
  readonly ratePpm: number;
}

/** [BG-23] */
export interface ETax extends ETaxCategory {
  readonly base: number;
  readonly amount: number;
  /** [BT-120], [BT-121]: why nothing is charged. */
  readonly reason?: { readonly code?: string; readonly text: string };
}

/** [BG-22] */
export interface ETotals {
  /** [BT-106], and [BT-109]: there are no charges and allowances but lines. */
  readonly lines: number;
  /** [BT-110] */
  readonly tax: number;
  /** [BT-112] */
  readonly withTax: number;
  /** [BT-113] */
  readonly prepaid: number;
  /** [BT-115] */
  readonly due: number;
}
