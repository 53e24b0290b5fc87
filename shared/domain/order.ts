import type { PlainDate } from './calendar.ts';
import { type AgreedOncePrice, findPrice, findProduct, type Product } from './catalog.ts';
import { type InvoiceId, invoiceIdOf } from './invoice.ts';
import type { Currency } from './money.ts';
import type { Address } from './seller.ts';

/**
 * What an account buys once: devices, numbers. It is invoiced by itself, on the day of purchase (R157), by the prices of
 * that day or of the quote that it comes from. It never changes: another purchase is another order.
 */
export interface Order {
  /** The buyer's, for ever: the same order sent twice is one. */
  readonly orderId: string;
  readonly accountId: string;
  readonly sellerId: string;
  /** In the seller's time zone. */
  readonly orderedOn: PlainDate;
  readonly items: readonly OrderItem[];
  /** Needed for hardware only (R24). Taxes follow the billing address all the same (R23). */
  readonly shippingAddress?: Address;
}

export interface OrderItem {
  readonly productId: string;
  readonly quantity: number;
  /** What a quote promised; absent: the catalog's price of the day. */
  readonly agreedPrice?: AgreedOncePrice;
}

export const purchaseInvoiceId = ({ orderId, orderedOn }: Pick<Order, 'orderId' | 'orderedOn'>): InvoiceId =>
  invoiceIdOf(orderedOn, `purchase-${orderId}`);

/** A device that is sold. */
export const isHardware = ({ taxCode }: Pick<Product, 'taxCode'>): boolean => taxCode === 'equipment';

/** Why an order cannot be taken, by field. */
export function orderFaults(
  { items, orderedOn, shippingAddress }: Order,
  currency: Currency,
  products: readonly Product[],
): { readonly field: string; readonly reason: string }[] {
  const faults = items.flatMap(({ productId }, index) => {
    const product = findProduct(products, productId);
    const field = `items.${index}.productId`;
    if (product === undefined) return [{ field, reason: `the catalog has no product "${productId}"` }];
    if (findPrice(product, currency, 'once', orderedOn) !== undefined) return [];
    return [{ field, reason: `"${productId}" is not sold once in ${currency} on ${orderedOn}` }];
  });
  const hardware = items.find(({ productId }) => {
    const product = findProduct(products, productId);
    return product !== undefined && isHardware(product);
  });
  return hardware !== undefined && shippingAddress === undefined
    ? [...faults, { field: 'shippingAddress', reason: `is needed to send "${hardware.productId}"` }]
    : faults;
}

/** Whether two orders ask for the same. */
export const sameOrder = (a: Order, b: Order): boolean => identityOf(a) === identityOf(b);

const identityOf = ({ accountId, sellerId, items, shippingAddress: to }: Order): string =>
  JSON.stringify([
    accountId,
    sellerId,
    items.map(({ productId, quantity }) => [productId, quantity]),
    to && [to.line1, to.line2, to.city, to.region, to.postalCode, to.country],
  ]);
