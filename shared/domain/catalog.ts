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

/** For how long a price pays in advance: the periods of a subscription, or for good (`once`: bought, not subscribed to). */
export const INTERVALS = ['month', 'quarter', 'year', 'once'] as const;
export type Interval = (typeof INTERVALS)[number];
/** How long a subscription is paid for at a time. */
export type RecurringInterval = Exclude<Interval, 'once'>;

/** What the tax tables are told beyond the tax code: taxed as usual, taxed at 0 %, or outside of the tax (R115, C12). */
export const TAX_TREATMENTS = ['standard', 'zero-rated', 'exempt'] as const;
export type TaxTreatment = (typeof TAX_TREATMENTS)[number];

export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly group: ChargeGroup;
  /** What one unit is, singular, for the invoice: `device`, `number`. */
  readonly unit: string;
  readonly taxCode: TaxCode;
  readonly taxTreatment?: TaxTreatment;
  /** What the plan includes per unit and calendar month; pooled over the account (R104, R110). */
  readonly allowances?: Allowances;
  /** A billing admin may order, change and cancel it alone. Absent: through support only (R66, C10). */
  readonly selfService?: true;
  /** Days from the end of a cancelled subscription until its content is deleted (C4). Absent: 90. */
  readonly dataKeptDays?: number;
  readonly prices: readonly Price[];
}

/** Minutes of calls out, minutes of calls to own toll-free numbers, message credits. */
export interface Allowances {
  readonly minutes?: number;
  readonly tollFreeMinutes?: number;
  readonly credits?: number;
}

/**
 * What a quantity costs for one interval. It holds from `from` through `to`, or until the next price of its currency and
 * interval begins. A price never changes: a new one is added, and an invoice keeps the version it was made with.
 */
export interface Price {
  readonly version: string;
  readonly currency: Currency;
  readonly interval: Interval;
  readonly pricing: Pricing;
  readonly from: PlainDate;
  readonly to?: PlainDate;
}

/** A price that one customer was promised for one interval: it holds for its subscription, renewals with it. */
export type AgreedPrice = AgreedOncePrice & { readonly interval: RecurringInterval };

/** A price that one customer was promised for what it buys once. */
export type AgreedOncePrice = Pick<Price, 'version' | 'from' | 'pricing'>;

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

const indexes = new WeakMap<readonly Product[], ReadonlyMap<string, Product>>();

/** The product of an id, by an index that is made once for a catalog. */
export function findProduct(products: readonly Product[], productId: string): Product | undefined {
  let index = indexes.get(products);
  if (index === undefined) {
    index = new Map(products.map((product) => [product.productId, product]));
    indexes.set(products, index);
  }
  return index.get(productId);
}

/** The price of a currency and interval that holds on a date. */
export function findPrice(
  { prices }: Product,
  currency: Currency,
  interval: Interval,
  date: PlainDate,
): Price | undefined {
  let found: Price | undefined;
  for (const price of prices) {
    const held = price.currency === currency && price.interval === interval && price.from <= date;
    if (held && (found === undefined || price.from > found.from)) found = price;
  }
  return found?.to !== undefined && found.to < date ? undefined : found;
}

/** Whether a product can be bought once. */
export const isSoldOnce = ({ prices }: Product): boolean => prices.some(({ interval }) => interval === 'once');

/** Whether a product is had over time, and not bought once. */
export const isRecurring = ({ prices }: Product): boolean => prices.some(({ interval }) => interval !== 'once');
