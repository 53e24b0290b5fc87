import type { PlainDate } from '../calendar.ts';
import {
  type AgreedPrice,
  CHARGE_GROUPS,
  findPrice,
  findProduct,
  type Interval,
  type Price,
  type Product,
  type RecurringInterval,
} from '../catalog.ts';
import type { PriceUsed } from '../explanation.ts';
import type { InvoiceLine } from '../invoice.ts';
import { type Currency, fromMicros } from '../money.ts';
import { priceOf, unitMicrosOf } from '../pricing.ts';
import type { DayCount, Moment, ProrationPolicy } from '../proration.ts';
import type { PaidPeriod } from '../schedule.ts';
import type { Subscription } from '../subscription.ts';
import { Unchargeable } from './unchargeable.ts';

/** A line before it has its number. */
export type DraftLine = Omit<InvoiceLine, 'line'>;

/** What the lines of a group of subscriptions have in common. */
export interface ChargedProduct {
  readonly product: Product;
  readonly currency: Currency;
  readonly billingGroup?: string | undefined;
  readonly agreedPrice?: AgreedPrice | undefined;
}

/** A change of what is paid for, from one quantity to another, and for which part of the period it counts. */
export interface Part {
  readonly moment: Moment;
  readonly count: DayCount;
  readonly before: number;
  readonly after: number;
}

/** A whole period in advance. Throws `Unchargeable`. */
export function periodLine(charged: ChargedProduct, period: PaidPeriod, quantity: number): DraftLine {
  const price = requirePrice(charged, period.interval, period.from, period.from);
  return {
    ...common(charged, price, quantity),
    charge: 'recurring',
    servicePeriod: { from: period.from, to: period.to },
    amount: fromMicros(priceOf(price.pricing, quantity), charged.currency).amount,
    explanation: { kind: 'period', quantity, periods: 1, price: usedPrice(charged.product, price) },
  };
}

/** A part of a period, charged or credited by the policy's count and rounded once (R97, R98). Throws `Unchargeable`. */
export function partLine(charged: ChargedProduct, period: PaidPeriod, part: Part, policy: ProrationPolicy): DraftLine {
  const { moment, count, before, after } = part;
  const price = requirePrice(charged, period.interval, period.from, moment.on);
  const difference = priceOf(price.pricing, after) - priceOf(price.pricing, before);
  return {
    ...common(charged, price, after - before),
    charge: 'proration',
    servicePeriod: { from: policy.firstDay(moment, period), to: period.to },
    amount: fromMicros(difference, charged.currency, count.days, count.of).amount,
    explanation: {
      kind: 'proration',
      policy: policy.policyId,
      effectiveOn: moment.on,
      before,
      after,
      days: count.days,
      of: count.of,
      price: usedPrice(charged.product, price),
    },
  };
}

/** What every line of a product says about it. */
export function common({ product, billingGroup }: ChargedProduct, { pricing }: Price, quantity: number) {
  const unitMicros = unitMicrosOf(pricing, quantity);
  const { group, productId, name, unit, taxCode, taxTreatment } = product;
  return {
    group,
    productId,
    description: name,
    unit,
    quantity,
    taxCode,
    ...(unitMicros === undefined ? undefined : { unitMicros }),
    ...(taxTreatment === undefined ? undefined : { taxTreatment }),
    ...(billingGroup === undefined ? undefined : { billingGroup }),
  };
}

/** The price as a line keeps it: what the line can be computed from again, whatever the catalog says later. */
export const usedPrice = ({ productId }: Product, { version, from, pricing }: Price): PriceUsed => ({
  productId,
  version,
  from,
  pricing,
});

/** What was agreed on for this interval goes before the catalog. */
function requirePrice(
  { product, currency, agreedPrice }: ChargedProduct,
  interval: RecurringInterval,
  begins: PlainDate,
  on: PlainDate,
): Price {
  if (agreedPrice?.interval === interval) return { ...agreedPrice, currency };
  return findPrice(product, currency, interval, begins) ?? priceOn(product, currency, interval, on);
}

/** The price of a product on a date. Throws `Unchargeable`. */
export function priceOn(product: Product, currency: Currency, interval: Interval, date: PlainDate): Price {
  const price = findPrice(product, currency, interval, date);
  if (price !== undefined) return price;
  const per = interval === 'once' ? 'for a purchase' : `per ${interval}`;
  throw new Unchargeable('price_missing', `${product.productId} ${per} in ${currency} on ${date}`);
}

/** Throws `Unchargeable`. */
export function productOf({ subscriptionId, productId }: Subscription, products: readonly Product[]): Product {
  const product = findProduct(products, productId);
  if (product === undefined)
    throw new Unchargeable('product_unknown', `${productId} of subscription ${subscriptionId}`);
  return product;
}

const RANK: Readonly<Record<string, number>> = Object.fromEntries(CHARGE_GROUPS.map((group, index) => [group, index]));

/**
 * Sections of the customer's own first, in order of their names, then what is assigned to none (R123); in each, whole
 * periods before parts, by time. Whole periods by the label they print under.
 */
export const inPrintOrder = (a: DraftLine, b: DraftLine): number =>
  bySection(a.billingGroup, b.billingGroup) ||
  Number(a.charge === 'proration') - Number(b.charge === 'proration') ||
  compare(a.servicePeriod.from, b.servicePeriod.from) ||
  (a.charge === 'proration' ? 0 : (RANK[a.group] ?? 0) - (RANK[b.group] ?? 0)) ||
  compare(a.productId, b.productId) ||
  b.quantity - a.quantity;

const bySection = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : compare(a, b);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
