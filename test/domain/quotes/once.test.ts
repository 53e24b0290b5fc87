import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/domain/account.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import type { Price } from '../../../shared/domain/catalog.ts';
import { composePurchase } from '../../../shared/domain/compose-purchase.ts';
import { acceptQuote } from '../../../shared/domain/quotes/decide-quote.ts';
import { type OnceItemRequest, type QuoteRequest, totalsByProduct } from '../../../shared/domain/quotes/quote.ts';
import { quoteFaults } from '../../../shared/domain/quotes/quote-faults.ts';
import { account, input, monthly, product, seller } from '../../support/accounts.ts';
import { composed, made, quoteRequest } from '../../support/quotes.ts';

const ireland = seller('IE', 'EUR');
const once = (cents: number, overrides: Partial<Price> = {}) =>
  monthly(cents, 'EUR', { interval: 'once', ...overrides });
const equipment = { group: 'purchases', taxCode: 'equipment' } as const;
const handset = product('handset', 0, 'EUR', { ...equipment, prices: [once(11_900)] });
const dearer = product('dearer', 0, 'EUR', {
  ...equipment,
  prices: [once(11_900, { to: '2026-11-14' }), once(14_900, { version: 'v2', from: '2026-11-15' })],
});
const cable = product('cable', 0, 'EUR', {
  ...equipment,
  prices: [once(0, { pricing: { model: 'package', size: 10, packageMicros: 4_995_000 } })],
});
const setup = product('setup', 0, 'EUR', { group: 'purchases', prices: [once(333)] });
const dollars = product('dollars', 0, 'USD', {
  group: 'purchases',
  prices: [monthly(900, 'USD', { interval: 'once' })],
});
const products = [product('phone', 2500, 'EUR'), handset, dearer, cable, setup, dollars];
const wire: Partial<Account> = { terms: 'wire' };
const prospect = input(account('IE', 'EUR', wire), []);
const shippingAddress = { line1: '1 Dock Road', city: 'Cork', postalCode: 'T12 X1X1', country: 'IE' };
const item = (productId: string, quantity: number, overrides: Partial<OnceItemRequest> = {}): OnceItemRequest => ({
  ...{ productId, quantity },
  ...overrides,
});
const offered = (items: readonly OnceItemRequest[], overrides: Partial<QuoteRequest> = {}, of = prospect) =>
  made(composed(of, ireland, products, { once: { items, shippingAddress }, ...overrides }));
const admin = { adminContact: { name: 'Aoife Byrne', email: 'aoife@acme.example' } };
const decider = { by: 'owner', at: '2026-11-20T10:00:00.000Z', today: '2026-11-20' };
const billing = { seller: ireland, products };

describe('R125, R157: what a quote sells once, in cents: the line, what it saves, and its invoice with 23 % VAT', () => {
  it.each([
    ['at the catalog’s price', item('handset', 12), 142_800, 0, 175_644],
    ['at a price that was agreed on', item('handset', 12, { unitMicros: 99_500_000 }), 119_400, 23_400, 146_862],
    ['less 12.5 %', item('handset', 3, { discountPpm: 125_000 }), 31_238, 4462, 38_423],
    ['less a third, rounded once', item('setup', 5, { discountPpm: 333_333 }), 1110, 555, 1365],
    ['begun packages', item('cable', 11), 999, 0, 1229],
    ['begun packages, less 10 %', item('cable', 11, { discountPpm: 100_000 }), 899, 100, 1106],
    ['dearer than in the catalog', item('setup', 1, { unitMicros: 4_000_000 }), 400, -67, 492],
    [
      'a product that the catalog sells in another currency',
      item('dollars', 2, { unitMicros: 10_000_000 }),
      2000,
      0,
      2460,
    ],
  ])('%s', (_name, asked, amount, savings, total) => {
    const quote = offered([asked]);
    expect(quote.once).toMatchObject({ items: [{ line: 1, amount, savings }], total: amount });
    // Three phones at 25.00 for twelve months beside it.
    expect(quote).toMatchObject({ contractTotal: 90_000 + amount, savings, listTotal: 90_000 + amount + savings });
    expect(quote.once!.invoice).toMatchObject({
      subtotal: amount,
      total,
      invoiceDate: '2026-11-10',
      dueDate: '2026-11-25',
    });
    expect(quote.perInterval).toEqual([{ interval: 'month', amount: 7500 }]);
    expect(quote.firstInvoice!.lines.map((line) => line.productId)).toEqual(['phone']);
  });

  it('several things are one invoice, and stand among the totals by product', () => {
    const quote = offered([item('handset', 2), item('setup', 1), item('handset', 1, { unitMicros: 0 })]);
    expect(quote.once).toMatchObject({ total: 24_133, invoice: { subtotal: 24_133, total: 29_684 } });
    expect(totalsByProduct(quote).map((of) => [of.productId, of.contractTotal])).toEqual([
      ['phone', 90_000],
      ['handset', 23_800],
      ['setup', 333],
    ]);
  });

  it.each([
    ['the catalog’s price alone', item('setup', 2), { listPricing: { unitMicros: 3_330_000 } }, 'discountPpm'],
    [
      'the catalog’s price and its discount',
      item('setup', 2, { discountPpm: 50_000 }),
      { listPricing: { unitMicros: 3_330_000 }, discountPpm: 50_000 },
      undefined,
    ],
    ['no price that the catalog has not', item('dollars', 1, { unitMicros: 1_000_000 }), {}, 'listPricing'],
  ])('keeps beside its price %s, so that it can say what is saved', (_name, asked, kept, absent) => {
    const [quoted] = offered([asked]).once!.items;
    expect(quoted).toMatchObject(kept);
    if (absent !== undefined) expect(quoted).not.toHaveProperty(absent);
  });

  it('what is given away has no invoice', () => {
    expect(offered([item('handset', 3, { unitMicros: 0 })]).once).not.toHaveProperty('invoice');
  });

  it('R23: it is taxed at the billing address, wherever it is sent to', () => {
    const german = input(account('DE', 'EUR', wire), []);
    const { invoice } = offered([item('handset', 1)], {}, german).once!;
    expect(invoice!.taxes).toMatchObject([{ jurisdiction: 'DE', base: 11_900, amount: 2261 }]);
  });
});

describe('R126, R127: accepted, what a quote sells once is one order of that day', () => {
  const accept = (quote: ReturnType<typeof offered>, of = prospect, checkout: object = {}, today = decider.today) =>
    acceptQuote(quote, of, { ...admin, ...checkout }, { ...decider, today }, billing);

  it('its invoice is the quoted one to the cent, even where the catalog asks more by then', () => {
    const quote = offered([item('dearer', 4), item('setup', 7, { discountPpm: 333_333 })]);
    const { order, quote: accepted } = accept(quote);
    expect(order).toMatchObject({ orderId: 'Q-1.once', orderedOn: '2026-11-20', shippingAddress });
    const decision = composePurchase(prospect, order!, ireland, products);
    if (decision.outcome !== 'invoice') throw new Error(decision.outcome);
    const { lines, taxes, subtotal, total } = decision.draft;
    expect([subtotal, total]).toEqual([49_154, 60_459]);
    expect(quote.once!.invoice).toMatchObject({ subtotal, total });
    expect(accepted.decision!.purchase).toMatchObject({
      lines,
      taxes,
      total,
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-05',
    });
  });

  it('without anything bought once there is no order', () => {
    expect(accept(made(composed(prospect, ireland, products)))).not.toHaveProperty('order');
  });

  it.each([
    ['hardware that the quote sends nowhere', [item('setup', 1), item('handset', 1)], {}, 'shipping_address_needed'],
    ['hardware, with an address at the checkout', [item('handset', 1)], { shippingAddress }, undefined],
    ['no hardware', [item('setup', 1)], {}, undefined],
  ] as const)('R24: %s', (_name, items, checkout, code) => {
    const quote = offered(items, { once: { items } });
    if (code === undefined) expect(accept(quote, prospect, checkout).order!.items).toHaveLength(items.length);
    else
      expect(() => accept(quote, prospect, checkout)).toThrow(
        expect.objectContaining({ code, field: 'shippingAddress' }),
      );
  });

  it('the address of the checkout goes before that of the quote', () => {
    const elsewhere = { ...shippingAddress, line1: '2 Dock Road' };
    const { order } = accept(offered([item('handset', 1)]), prospect, { shippingAddress: elsewhere });
    expect(order!.shippingAddress).toEqual(elsewhere);
  });

  it('an account that is held by finance is not sold what could not be invoiced', () => {
    const hold = { reason: 'Fraud check', since: '2026-11-12T00:00:00.000Z' };
    const heldBack = input(account('IE', 'EUR', { ...wire, hold }), []);
    expect(() => accept(offered([item('setup', 1)], {}, heldBack), heldBack)).toThrow(
      expect.objectContaining({ code: 'quote_not_billable', field: 'accountId' }),
    );
  });

  it('all that it lists is on its invoice whenever it is accepted: quantities, prices and discounts at random', () => {
    const anyItem = fc.record({
      productId: fc.constantFrom('handset', 'dearer', 'cable', 'setup'),
      quantity: fc.integer({ min: 1, max: 5_000 }),
      price: fc.oneof(
        fc.constant({}),
        fc.record({ discountPpm: fc.integer({ min: 0, max: 1_000_000 }) }),
        fc.record({ unitMicros: fc.integer({ min: 0, max: 9_000_000_000 }) }),
      ),
    });
    const everyItem = fc.array(anyItem, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(everyItem, fc.integer({ min: 0, max: 20 }), (items, days) => {
        const quote = offered(items.map(({ productId, quantity, price }) => item(productId, quantity, price)));
        const { items: quoted, total, invoice } = quote.once!;
        const amounts = quoted.map(({ amount }) => amount);
        expect(total).toBe(amounts.reduce((sum, amount) => sum + amount, 0));
        expect(quote.listTotal).toBe(quote.contractTotal + quote.savings);
        const byProduct = totalsByProduct(quote).reduce((sum, { contractTotal }) => sum + contractTotal, 0);
        expect(byProduct).toBe(quote.contractTotal);
        // Whatever day it is bought on, and however often somebody presses the button, it is the same order.
        const bought = accept(quote, prospect, {}, addDays(quote.date, days));
        expect(accept(quote, prospect, {}, addDays(quote.date, days))).toEqual(bought);
        const { purchase } = bought.quote.decision!;
        expect([purchase?.total, purchase?.subtotal]).toEqual([invoice?.total, invoice?.subtotal]);
        expect(purchase?.subtotal ?? 0).toBe(total);
        expect((purchase?.lines ?? amounts.map((amount) => ({ amount }))).map(({ amount }) => amount)).toEqual(amounts);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what cannot be sold once is refused by field', () => {
  it.each([
    ['a product there is not', item('fax', 1), 'productId', 'the catalog has no product "fax"'],
    [
      'a subscription',
      item('phone', 1, { unitMicros: 1 }),
      'productId',
      '"phone" is had for a contract period, not bought once',
    ],
    ['without a price', item('dollars', 1), 'unitPrice', 'is needed: the catalog has no price of "dollars" in EUR'],
    [
      'with two prices',
      item('handset', 1, { unitMicros: 1, discountPpm: 1 }),
      'discountPpm',
      'is taken off the catalog’s price: give either this or unitPrice',
    ],
  ])('%s', (_name, asked, field, reason) => {
    const request = quoteRequest({ once: { items: [item('setup', 1), asked] } });
    expect(quoteFaults(request, prospect.account, products, '2026-11-10')).toEqual([
      { field: `once.items.1.${field}`, reason },
    ]);
  });

  it.each([
    ['the catalog’s price', item('handset', 1)],
    ['an agreed price alone', item('handset', 1, { unitMicros: 1 })],
    ['a discount alone', item('handset', 1, { discountPpm: 1 })],
  ])('and what has %s is not', (_name, asked) => {
    const request = quoteRequest({ once: { items: [asked] } });
    expect(quoteFaults(request, prospect.account, products, '2026-11-10')).toEqual([]);
  });
});
