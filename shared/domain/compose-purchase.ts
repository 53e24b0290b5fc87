import type { BillingInput } from './account.ts';
import { findProduct, type Price, type Product } from './catalog.ts';
import { common, type DraftLine, priceOn, usedPrice } from './charges/lines.ts';
import { Unchargeable } from './charges/unchargeable.ts';
import { draftOf, type Grounds, grounded, totalled } from './draft.ts';
import type { BillingDecision } from './invoice.ts';
import { fromMicros } from './money.ts';
import { type Order, type OrderItem, purchaseInvoiceId } from './order.ts';
import { priceOf } from './pricing.ts';

/**
 * The invoice of one order, dated on the day of purchase (R157): one line per item, rounded once, taxed like any other. It
 * covers nothing of the account's cycles. A hold says why the account cannot be invoiced. Pure.
 */
export function composePurchase(
  input: BillingInput,
  order: Order,
  seller: Grounds['seller'],
  products: readonly Product[],
): Exclude<BillingDecision, { outcome: 'zero' }> | { readonly outcome: 'free' } {
  return grounded(input, seller, order.orderedOn, (grounds) => {
    const lines = order.items.map((item) => purchaseLine(item, order, input.account.currency, products));
    const totals = totalled(grounds, lines);
    if (totals.total === 0) return { outcome: 'free' };
    const invoiceId = purchaseInvoiceId(order);
    const coversChange = input.account.billedThrough?.change ?? 0;
    const draft = draftOf(grounds, { invoiceId, kind: 'purchase', of: order.orderedOn, totals, coversChange });
    return { outcome: 'invoice', draft };
  });
}

function purchaseLine(
  { productId, quantity, agreedPrice }: OrderItem,
  { orderedOn }: Order,
  currency: BillingInput['account']['currency'],
  products: readonly Product[],
): DraftLine {
  const product = findProduct(products, productId);
  if (product === undefined) throw new Unchargeable('product_unknown', productId);
  const price: Price = agreedPrice
    ? { ...agreedPrice, currency, interval: 'once' }
    : priceOn(product, currency, 'once', orderedOn);
  return {
    ...common({ product, currency }, price, quantity),
    charge: 'purchase',
    servicePeriod: { from: orderedOn, to: orderedOn },
    amount: fromMicros(priceOf(price.pricing, quantity), currency).amount,
    explanation: { kind: 'purchase', quantity, price: usedPrice(product, price) },
  };
}
