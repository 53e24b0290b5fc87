import type { PlainDate } from './calendar.ts';
import type { Currency } from './money.ts';

/** Which section of the invoice a product's charges belong to (R101, R102). */
export type ChargeGroup = 'service-charge' | 'standard-phone-numbers';

/** What is taxed alike. Tax is computed once per tax code on the sum of its lines (C12). */
export type TaxCode = 'telecom' | 'toll-free';

export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly group: ChargeGroup;
  /** What one unit is, singular, for the invoice: `device`, `number`. */
  readonly unit: string;
  readonly taxCode: TaxCode;
  readonly prices: readonly Price[];
}

/** A monthly price per unit. A price holds from `from` until the next one of the same currency begins. */
export interface Price {
  readonly version: string;
  readonly currency: Currency;
  /** Integer minor units per unit and month. */
  readonly unitAmount: number;
  readonly from: PlainDate;
}
