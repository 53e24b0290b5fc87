import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { composePurchase } from '../../shared/domain/compose-purchase.ts';
import { type Order, orderFaults, sameOrder } from '../../shared/domain/order.ts';
import { account, addressIn, input, monthly, product, seller } from '../support/accounts.ts';

const once = (unitAmount: number) => [monthly(unitAmount, 'CAD', { interval: 'once' })];
const phone = product('phone', 0, 'CAD', { group: 'purchases', taxCode: 'equipment', prices: once(16_900) });
const setup = product('setup', 0, 'CAD', { group: 'purchases', prices: once(1200) });
const gift = product('gift', 0, 'CAD', { group: 'purchases', prices: once(0) });
const line = product('line', 2500, 'CAD');
const products = [phone, setup, gift, line];
const order = (items: [string, number][], overrides: Partial<Order> = {}): Order => ({
  orderId: 'O-7',
  accountId: 'acme',
  sellerId: 'northwind-ca',
  orderedOn: '2026-12-15',
  items: items.map(([productId, quantity]) => ({ productId, quantity })),
  ...overrides,
});
const compose = (of: Order, overrides: Partial<Account> = {}) =>
  composePurchase(input(account('CA-ON', 'CAD', overrides), []), of, seller('CA', 'CAD'), products);

describe('R157: what is bought once is invoiced by itself on the day of purchase', () => {
  it('one line per item, taxed at the billing address, due like every invoice', () => {
    const decision = compose(
      order([
        ['phone', 3],
        ['setup', 2],
      ]),
      { billedThrough: { date: '2026-12-01', month: '2026-12', change: 4 } },
    );
    expect(decision).toMatchObject({
      outcome: 'invoice',
      draft: {
        invoiceId: '2026-12-15#purchase-O-7',
        kind: 'purchase',
        month: '2026-12',
        invoiceDate: '2026-12-15',
        dueDate: '2026-12-30',
        coversChange: 4,
        lines: [
          {
            line: 1,
            charge: 'purchase',
            group: 'purchases',
            quantity: 3,
            unitMicros: 169_000_000,
            amount: 50_700,
            taxCode: 'equipment',
            servicePeriod: { from: '2026-12-15', to: '2026-12-15' },
            explanation: { kind: 'purchase', quantity: 3, price: { version: 'v1' } },
          },
          { line: 2, amount: 2400 },
        ],
        subtotal: 53_100,
        taxTotal: 6903,
        total: 60_003,
      },
    });
  });

  it('a first purchase covers nothing of the account’s cycles', () => {
    expect(compose(order([['setup', 1]]))).toMatchObject({ draft: { coversChange: 0 } });
  });

  it('what costs nothing gets no invoice', () => {
    expect(compose(order([['gift', 1]]))).toEqual({ outcome: 'free' });
  });

  it.each([
    ['an account on hold', order([['setup', 1]]), { hold: { reason: 'Fraud check', since: '' } }, 'hold_by_finance'],
    [
      'an address that is not complete',
      order([['setup', 1]]),
      { billingAddress: addressIn('CA') },
      'billing_address_missing',
    ],
    ['what is not in the catalog', order([['fax', 1]]), {}, 'product_unknown', '(fax)'],
    ['what is subscribed to', order([['line', 1]]), {}, 'price_missing', '(line for a purchase in CAD on 2026-12-15)'],
  ] as [string, Order, Partial<Account>, string, string?][])(
    '%s is held with the reason',
    (_name, of, overrides, code, words = '') => {
      expect(compose(of, overrides)).toMatchObject({ outcome: 'held', code, reason: expect.stringContaining(words) });
    },
  );
});

describe('an order', () => {
  it('R24: hardware needs a shipping address, and everything else must be sold once', () => {
    expect(
      orderFaults(
        order([
          ['setup', 1],
          ['phone', 1],
        ]),
        'CAD',
        products,
      ),
    ).toEqual([{ field: 'shippingAddress', reason: 'is needed to send "phone"' }]);
    expect(orderFaults(order([['phone', 1]], { shippingAddress: addressIn('CA-ON') }), 'CAD', products)).toEqual([]);
    expect(
      orderFaults(
        order([
          ['line', 1],
          ['fax', 1],
        ]),
        'CAD',
        products,
      ),
    ).toEqual([
      { field: 'items.0.productId', reason: '"line" is not sold once in CAD on 2026-12-15' },
      { field: 'items.1.productId', reason: 'the catalog has no product "fax"' },
    ]);
  });

  it('is the same when it asks for the same, whenever it is sent', () => {
    const of = order([['setup', 1]]);
    expect(sameOrder(of, { ...of, orderedOn: '2026-12-16' })).toBe(true);
    expect(sameOrder(of, order([['setup', 2]]))).toBe(false);
    expect(sameOrder(of, { ...of, shippingAddress: addressIn('CA-ON') })).toBe(false);
    expect(sameOrder(of, { ...of, accountId: 'other' })).toBe(false);
    const sent = { ...of, shippingAddress: addressIn('CA-ON') };
    expect(sameOrder(sent, { ...of, shippingAddress: addressIn('CA-QC') })).toBe(false);
    expect(sameOrder(sent, { ...of, shippingAddress: { ...addressIn('CA-ON') } })).toBe(true);
  });
});
