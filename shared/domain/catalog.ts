import type { PlainDate } from './calendar.ts';
import type { Currency } from './money.ts';

/** Under which label of the invoice a charge stands, in print order (R101–R122). Partial months stand under their own. */
export const CHARGE_GROUPS = [
  'service-charge',
  'standard-phone-numbers',
  'contact-center',
  'rentals',
  'purchases',
  'included-minutes',
  'domestic-premium',
  'outbound-overage',
  'toll-free-inbound',
  'international',
  'sms-included',
  'sms-overage',
  'state-local-fees',
  'regulatory-recovery',
  'canadian-regulatory',
  'universal-service',
] as const;
export type ChargeGroup = (typeof CHARGE_GROUPS)[number];

/**
 * What is taxed alike. Tax is computed once per tax code on the sum of its lines (C12). `surcharge`: a fee of the telecom's
 * own, which is part of the taxable price. `usf`: the Universal Service Fee, which is in the base of some taxes only.
 */
export const TAX_CODES = [
  'telecom',
  'toll-free',
  'messaging',
  'software',
  'equipment',
  'equipment-rental',
  'surcharge',
  'usf',
] as const;
export type TaxCode = (typeof TAX_CODES)[number];

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

/**
 * How a quantity becomes an amount. Micros are integer millionths of the currency's major unit: 24.95 = 24 950 000, 0.0055
 * = 5 500. `graduated`: each unit at the price of the tier it falls into; `volume`: all at the price of the tier that the
 * whole quantity reaches; `package`: begun packages. The last tier has no `upTo`.
 */
export type Pricing =
  | { readonly model: 'flat'; readonly unitMicros: number }
  | { readonly model: 'graduated' | 'volume'; readonly tiers: readonly Tier[] }
  | { readonly model: 'package'; readonly size: number; readonly packageMicros: number };

export interface Tier {
  readonly upTo?: number;
  readonly unitMicros: number;
  /** Once for the tier, however many units are in it. */
  readonly flatMicros?: number;
}
