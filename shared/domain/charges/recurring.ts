import type { BilledThrough, QuantityChange, Subscription } from './account.ts';
import {
  dayOf,
  firstOf,
  lastOf,
  type Month,
  monthOf,
  nextMonth,
  type PlainDate,
  type ServicePeriod,
} from './calendar.ts';
import { CHARGE_GROUPS, type Price, type Product } from './catalog.ts';
import type { PriceUsed } from './explanation.ts';
import type { HoldCode, InvoiceLine } from './invoice.ts';
import { type Currency, money, scale } from './money.ts';
import { chargeableDays, type DayCount, fullMonth, prorate } from './proration.ts';

/** Why a subscription cannot be charged; the account is held with it. */
export class Unchargeable extends Error {
  readonly code: HoldCode;
  constructor(code: HoldCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

export interface ChargeContext {
  readonly products: readonly Product[];
  readonly currency: Currency;
  readonly billingStartDate: PlainDate;
  readonly billingDate: PlainDate;
  readonly billedThrough?: BilledThrough;
}

type DraftLine = Omit<InvoiceLine, 'line'>;

const MICROS_PER_MINOR_UNIT = 10_000;

/** One month's share of one quantity change. */
interface Share {
  readonly change: QuantityChange;
  readonly month: Month;
  readonly from: PlainDate;
  readonly count: DayCount;
  /** Already running when the month was last billed: an ordinary month, not a correction. */
  readonly ongoing: boolean;
}

/**
 * All recurring charges of an account up to the end of the billed month: every quantity change is charged from its
 * effective day on, less what was billed before. The month billed in advance is one line per product; parts of months
 * and months that were missed are lines of their own (R96, R97, R145). Throws `Unchargeable`.
 */
export function recurringCharges(subscriptions: readonly Subscription[], context: ChargeContext): DraftLine[] {
  const months = new Map<string, DraftLine>();
  const parts: DraftLine[] = [];
  for (const subscription of subscriptions) {
    checkQuantity(subscription);
    const product = productOf(subscription, context.products);
    for (const share of subscription.changes.flatMap((change) => sharesOf(change, context))) {
      const price = priceOn(product, context.currency, share.from);
      if (share.ongoing || (share.month === monthOf(context.billingDate) && share.count.days === share.count.of)) {
        addMonth(months, product, price, share, context.currency);
      } else if (share.count.days > 0) {
        parts.push(part(product, price, share, context.currency));
      }
    }
  }
  return [...[...months.values()].filter((line) => line.quantity !== 0).sort(byGroup), ...parts.sort(byPeriod)];
}

/** What of one change has become chargeable and was not billed before. */
function sharesOf(change: QuantityChange, context: ChargeContext): Share[] {
  const { billedThrough, billingDate, billingStartDate } = context;
  const effectiveOn = later(change.effectiveOn, billingStartDate);
  if (effectiveOn > billingDate) return [];
  const last = monthOf(billingDate);
  const ongoing =
    billedThrough !== undefined && change.change <= billedThrough.change && effectiveOn <= billedThrough.date;
  if (ongoing) return fullMonths(change, nextMonth(billedThrough.month), last, true);
  const first: Share = {
    change,
    month: monthOf(effectiveOn),
    from: effectiveOn,
    count: chargeableDays(effectiveOn),
    ongoing: false,
  };
  return [first, ...fullMonths(change, nextMonth(first.month), last, false)];
}

function fullMonths(change: QuantityChange, from: Month, to: Month, ongoing: boolean): Share[] {
  const shares: Share[] = [];
  for (let month = from; month <= to; month = nextMonth(month)) {
    shares.push({ change, month, from: firstOf(month), count: fullMonth(month), ongoing });
  }
  return shares;
}

function addMonth(
  months: Map<string, DraftLine>,
  product: Product,
  price: Price,
  share: Share,
  currency: Currency,
): void {
  const key = `${share.month} ${product.productId}`;
  const quantity = (months.get(key)?.quantity ?? 0) + share.change.delta;
  months.set(key, {
    ...common(product, price),
    charge: 'recurring',
    servicePeriod: { from: firstOf(share.month), to: lastOf(share.month) },
    quantity,
    amount: scale(money(price.unitAmount, currency), quantity, 1).amount,
    explanation: { kind: 'period', quantity, periods: 1, price: usedPrice(product, price) },
  });
}

function part(product: Product, price: Price, share: Share, currency: Currency): DraftLine {
  const { change, count, month, from } = share;
  return {
    ...common(product, price),
    charge: 'proration',
    servicePeriod: chargedDays(from, month),
    quantity: change.delta,
    explanation: {
      kind: 'proration',
      policy: 'start-day-free',
      effectiveOn: from,
      before: 0,
      after: change.delta,
      ...count,
      price: usedPrice(product, price),
    },
    amount: prorate(money(price.unitAmount, currency), change.delta, count).amount,
  };
}

/** The start day itself is free unless it is the 1st, so the period that is paid for begins on the day after. */
function chargedDays(from: PlainDate, month: Month): ServicePeriod {
  const day = dayOf(from);
  return { from: day === 1 ? from : `${month}-${String(day + 1).padStart(2, '0')}`, to: lastOf(month) };
}

const common = (product: Product, price: Price) => ({
  group: product.group,
  productId: product.productId,
  description: product.name,
  unit: product.unit,
  unitMicros: price.unitAmount * MICROS_PER_MINOR_UNIT,
  taxCode: product.taxCode,
});

const usedPrice = ({ productId }: Product, { version, from, unitAmount }: Price): PriceUsed => ({
  productId,
  version,
  from,
  pricing: { model: 'flat', unitMicros: unitAmount * MICROS_PER_MINOR_UNIT },
});

function checkQuantity(subscription: Subscription): void {
  let quantity = 0;
  for (const change of [...subscription.changes].sort(
    (a, b) => compare(a.effectiveOn, b.effectiveOn) || a.change - b.change,
  )) {
    quantity += change.delta;
    if (quantity < 0) {
      throw new Unchargeable(
        'quantity_negative',
        `subscription ${subscription.subscriptionId} on ${change.effectiveOn}`,
      );
    }
  }
}

function productOf(subscription: Subscription, products: readonly Product[]): Product {
  const product = products.find((candidate) => candidate.productId === subscription.productId);
  if (product === undefined)
    throw new Unchargeable(
      'product_unknown',
      `${subscription.productId} of subscription ${subscription.subscriptionId}`,
    );
  return product;
}

/** The newest price of the currency that has begun by the date; an invoice keeps its version. */
export function priceOn(product: Product, currency: Currency, date: PlainDate): Price {
  let found: Price | undefined;
  for (const price of product.prices) {
    if (price.currency === currency && price.from <= date && (found === undefined || price.from > found.from))
      found = price;
  }
  if (found === undefined) throw new Unchargeable('price_missing', `${product.productId} in ${currency} on ${date}`);
  return found;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const later = (a: PlainDate, b: PlainDate): PlainDate => (compare(a, b) > 0 ? a : b);
const byGroup = (a: DraftLine, b: DraftLine): number =>
  compare(a.servicePeriod.from, b.servicePeriod.from) ||
  CHARGE_GROUPS.indexOf(a.group) - CHARGE_GROUPS.indexOf(b.group) ||
  compare(a.productId, b.productId);
const byPeriod = (a: DraftLine, b: DraftLine): number =>
  compare(a.servicePeriod.from, b.servicePeriod.from) || compare(a.productId, b.productId) || b.quantity - a.quantity;
