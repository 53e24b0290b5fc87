import type { BillingInput } from '../account.ts';
import { addDays, type PlainDate } from '../calendar.ts';
import { findPrice, findProduct, isSoldOnce, type Product } from '../catalog.ts';
import { composePurchase } from '../compose-purchase.ts';
import { type Currency, fromMicros } from '../money.ts';
import { isHardware, type Order } from '../order.ts';
import { priceOf } from '../pricing.ts';
import type { Address, Seller } from '../seller.ts';
import type { DraftQuote, OnceItemRequest, OnceRequest, QuotedInvoice, QuotedItem, QuotedOnce } from './quote.ts';
import { quotedPricing } from './quoted-price.ts';
import { QuoteRefused } from './refusals.ts';

interface Quoting {
  readonly quoteId: string;
  readonly input: BillingInput;
  readonly seller: Seller;
  readonly products: readonly Product[];
  /** The seller's date of the quote, whose prices hold however late it is accepted. */
  readonly date: PlainDate;
}

/**
 * What a quote offers to be bought once, with the invoice that it would get on the day of the quote. The request has no
 * faults (`onceFaults`). Amounts are minor units. Throws `quote_not_billable`.
 */
export function composeOnce({ items: asked, shippingAddress }: OnceRequest, quoting: Quoting): QuotedOnce {
  const { input, seller, products, date, quoteId } = quoting;
  const items = asked.map((item, index) => quotedItem(item, index + 1, quoting));
  const once = {
    items,
    ...(shippingAddress === undefined ? {} : { shippingAddress }),
    total: items.reduce((sum, { amount }) => sum + amount, 0),
  };
  // As with the first invoice, what else the account owes, has, or is held for is another matter.
  const { hold: _hold, credit: _credit, ...account } = input.account;
  const of = { ...input, account: { ...account, balance: 0 } };
  const invoice = purchaseInvoiceOf({ quoteId, once }, of, seller, products, date);
  return { ...once, ...(invoice === undefined ? {} : { invoice }) };
}

function quotedItem(asked: OnceItemRequest, line: number, { quoteId, input, products, date }: Quoting): QuotedItem {
  const { productId, quantity, discountPpm } = asked;
  const { currency } = input.account;
  const product = findProduct(products, productId)!;
  const list = findPrice(product, currency, 'once', date)?.pricing;
  const pricing = quotedPricing(asked, list)!;
  const amountBy = (of: typeof pricing): number => fromMicros(priceOf(of, quantity), currency).amount;
  const amount = amountBy(pricing);
  return {
    ...{ line, productId, quantity, description: product.name, group: product.group, unit: product.unit },
    price: { version: quoteId, from: date, pricing },
    ...(list === undefined ? {} : { listPricing: list }),
    ...(discountPpm === undefined ? {} : { discountPpm }),
    ...(isHardware(product) ? { hardware: true } : {}),
    amount,
    savings: list === undefined ? 0 : amountBy(list) - amount,
  };
}

/** Why things cannot be offered to be bought once, by field of the request. `today` is the seller's. */
export function onceFaults(
  { items }: OnceRequest,
  currency: Currency,
  products: readonly Product[],
  today: PlainDate,
): { readonly field: string; readonly reason: string }[] {
  return items.flatMap((item, index) => {
    const fault = (field: string, reason: string) => [{ field: `once.items.${index}.${field}`, reason }];
    const { productId } = item;
    const product = findProduct(products, productId);
    if (product === undefined) return fault('productId', `the catalog has no product "${productId}"`);
    if (!isSoldOnce(product)) return fault('productId', `"${productId}" is had for a contract period, not bought once`);
    if (item.unitMicros !== undefined && item.discountPpm !== undefined)
      return fault('discountPpm', 'is taken off the catalog’s price: give either this or unitPrice');
    return quotedPricing(item, findPrice(product, currency, 'once', today)?.pricing) === undefined
      ? fault('unitPrice', `is needed: the catalog has no price of "${productId}" in ${currency}`)
      : [];
  });
}

type Bought = Pick<DraftQuote, 'quoteId'> & { readonly once: Pick<QuotedOnce, 'items' | 'shippingAddress'> };

/** A quote brings one order, whose id follows from its own: accepted twice it is bought once. */
export const quoteOrderId = (quoteId: string): string => `${quoteId}.once`;

/** The order of what a quote sells once, at the quoted prices, as of a day of the seller's. */
export function orderOf(
  { quoteId, once }: Bought,
  { accountId, sellerId }: BillingInput['account'],
  orderedOn: PlainDate,
  shippingAddress: Address | undefined = once.shippingAddress,
): Order {
  return {
    ...{ orderId: quoteOrderId(quoteId), accountId, sellerId, orderedOn },
    items: once.items.map(({ productId, quantity, price }) => ({ productId, quantity, agreedPrice: price })),
    ...(shippingAddress === undefined ? {} : { shippingAddress }),
  };
}

/**
 * The invoice of what a quote sells once, accepted on a day: composed as the order will be. Undefined where nothing is to
 * be paid. Throws `quote_not_billable` where the account could not be invoiced then.
 */
export function purchaseInvoiceOf(
  quote: Bought,
  input: BillingInput,
  seller: Seller,
  products: readonly Product[],
  on: PlainDate,
): QuotedInvoice | undefined {
  const decision = composePurchase(input, orderOf(quote, input.account, on), seller, products);
  if (decision.outcome === 'free') return undefined;
  if (decision.outcome === 'held') throw new QuoteRefused('quote_not_billable', 'accountId', decision.reason);
  const { lines, taxes, subtotal, taxTotal, total } = decision.draft;
  return {
    ...{ invoiceDate: on, dueDate: addDays(on, seller.paymentTermDays) },
    ...{ lines, taxes, subtotal, taxTotal, total, ratesOf: on },
  };
}

/** Whether something is to be sent, and nobody has said where to (R24). */
export const needsShippingAddress = ({ once }: Pick<DraftQuote, 'once'>): boolean =>
  once !== undefined && once.shippingAddress === undefined && once.items.some(({ hardware }) => hardware);
