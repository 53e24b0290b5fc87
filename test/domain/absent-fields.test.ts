import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { composePurchase } from '../../shared/domain/compose-purchase.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import { previewOf } from '../../shared/domain/preview.ts';
import { acceptQuote } from '../../shared/domain/quotes/decide-quote.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { newSubscription } from '../../shared/domain/subscription-terms.ts';
import { decideExemption, requestExemption } from '../../shared/domain/tax/changes.ts';
import type { SalesTaxRow } from '../../shared/domain/tax/sales-tax-row.ts';
import { usageLines } from '../../shared/domain/usage/usage-lines.ts';
import { account, agreed, input, monthly, product, seller, subscription } from '../support/accounts.ts';
import { composed, made, quoteLine } from '../support/quotes.ts';
import { deckRow, rated } from '../support/usage.ts';

/** Where a value holds `undefined`, as paths: stored as it is, that is another thing than a field that is not there. */
function undefinedIn(value: unknown, path = ''): string[] {
  if (value === undefined) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => undefinedIn(inner, `${path}.${key}`));
}

const tiers = [{ upTo: 10, unitMicros: 80_000_000 }, { unitMicros: 60_000_000 }];
const catalog = [
  product('phone', 2500, 'USD'),
  product('seat', 0, 'USD', { prices: [monthly(0, 'USD', { pricing: { model: 'graduated', tiers } })] }),
  product('setup', 0, 'USD', { prices: [monthly(1200, 'USD', { interval: 'once' })] }),
];
const salesTax: SalesTaxRow = {
  state: 'NY',
  tax: 'Sales tax',
  taxCodes: ['telecom'],
  ratePpm: 40_000,
  from: '2020-01-01',
  includesUsf: false,
  includesSurcharges: false,
  source: 'Table',
  status: 'final',
};
const certificate = {
  exemptionId: 'cert-1',
  jurisdiction: 'US-NY',
  number: 'ST-119',
  validFrom: '2026-01-01',
  status: 'approved',
  requestedAt: '2026-01-01T00:00:00.000Z',
  requestedBy: 'owner',
  decidedOn: '2026-01-02',
  decidedBy: 'stan',
} as const;
const vatId = { kind: 'eu-vat', label: 'VAT', value: 'DE999000009', validatedOn: '2026-01-01' } as const;

const subscriptions = [
  subscription('phone', [1, '2026-01-01', 3], [3, '2026-02-10', 2]),
  agreed(subscription('seat', [2, '2026-01-01', 12]), { billingGroup: 'Desk' }),
];
const compose = (place: string, overrides: Partial<Account> = {}, of: Partial<Seller> = {}) =>
  composeInvoice(
    input(
      account(place, 'USD', { billedThrough: { date: '2026-02-01', month: '2026-02', change: 2 }, ...overrides }),
      subscriptions,
    ),
    seller(place === 'DE' ? 'IE' : place.slice(0, 2), 'USD', { salesTax: [salesTax], ...of }),
    catalog,
    '2026-03-01',
    '2026-03-01',
  );

describe('no field that would be stored is there without a value', () => {
  it.each<[string, ReturnType<typeof compose>]>([
    ['an American invoice', compose('US-NY')],
    ['with a certificate', compose('US-NY', { exemptions: [certificate] })],
    ['with the end of a tax row', compose('US-NY', {}, { salesTax: [{ ...salesTax, to: '2026-12-31' }] })],
    ['with a traffic study', compose('US-NY', { trafficStudy: { interstatePpm: 1, from: '2026-01-01', source: 'S' } })],
    ['a Canadian one', compose('CA-BC')],
    ['with reverse charge', compose('DE', { taxIds: [vatId] })],
    ['with reference and bank account', compose('GB', { reference: 'PO-1' }, { bankAccount: { text: 'Bank' } })],
    ['every 30 days', compose('GB', { schedule: 'every-30-days', billingStartDate: '2026-01-30' })],
    ['a hold', compose('JP')],
  ])('%s', (_name, decision) => {
    expect(undefinedIn(decision)).toEqual([]);
    expect(decision.outcome === 'invoice' || decision.outcome === 'held').toBe(true);
  });

  it('what follows from an invoice', () => {
    const decision = compose('GB');
    if (decision.outcome !== 'invoice') throw new Error(decision.reason);
    const invoice: Invoice = { ...decision.draft, number: 'N', series: 'A', sequence: 1, issuedAt: '' };
    expect(undefinedIn(openReceivable(invoice, '2026-03-01T00:00:00.000Z'))).toEqual([]);
    const of = { accountId: 'acme', nextBillingDate: '2026-03-01', currency: 'USD' } as const;
    for (const each of [decision, compose('JP')]) {
      expect(undefinedIn(previewOf(of, each))).toEqual([]);
      expect(undefinedIn(previewOf(of, each, invoice))).toEqual([]);
    }
    expect(Object.keys(previewOf(of, decision))).not.toContain('reason');
    expect(Object.keys(previewOf(of, decision))).not.toContain('code');
  });

  it('an order, a subscription, a certificate, usage', () => {
    const order = {
      orderId: 'O-1',
      accountId: 'acme',
      sellerId: 'northwind-gb',
      orderedOn: '2026-03-01',
      items: [{ productId: 'setup', quantity: 1 }],
    };
    expect(undefinedIn(composePurchase(input(account('GB', 'USD'), []), order, seller('GB', 'USD'), catalog))).toEqual(
      [],
    );
    const written = { subscriptionId: 's', productId: 'phone', changes: [{ effectiveOn: '2026-03-01', delta: 1 }] };
    for (const terms of [
      {},
      { interval: 'year' as const },
      { activation: 'pending' as const },
      { activation: '2026-03-02' },
    ])
      expect(undefinedIn(newSubscription(account('GB', 'USD'), [], { ...written, ...terms }))).toEqual([]);
    const { status: _, requestedAt, requestedBy, ...asked } = certificate;
    const requested = requestExemption(account('US-NY', 'USD'), asked, { at: requestedAt, by: requestedBy });
    const decision = { status: 'in-review', by: 'stan', on: '2026-01-02' } as const;
    expect(undefinedIn([requested, decideExemption(requested, 'cert-1', decision)])).toEqual([]);
    const records = [
      rated('a', 'domestic', 0, 120),
      rated('b', 'international', 1, 60, deckRow('49', 'DE', 19_000)),
      rated('c', 'international', 2, 60, deckRow('491', 'DE', 49_000)),
    ];
    const open = { month: '2026-11', covered: 0, last: 1, before: {}, records };
    expect(undefinedIn(usageLines([open], () => ({ minutes: 1, credits: 0 }), 'USD'))).toEqual([]);
  });

  it('a quote, made and accepted', () => {
    const of = input(account('GB', 'USD', { terms: 'wire' }), []);
    const billing = { seller: seller('GB', 'USD'), products: [...catalog, product('fax', 900, 'EUR')] };
    const line = quoteLine('phone', 2, { discountPpm: 1, billingGroup: 'Leeds' });
    const once = { items: [{ productId: 'setup', quantity: 1 }] };
    const circuit = { lines: [quoteLine('phone', 1, { awaitsActivation: true })] };
    const unlisted = { lines: [quoteLine('fax', 1, { unitMicros: 5_000_000 })] };
    for (const overrides of [
      {},
      { once },
      circuit,
      unlisted,
      { lines: [line], contact: { name: 'Ada', email: 'ada@acme.example' } },
    ]) {
      const quote = made(composed(of, billing.seller, billing.products, overrides));
      const admin = { adminContact: { name: 'Ada', email: 'ada@acme.example' } };
      const decider = { by: 'ada', at: '2026-11-11T00:00:00.000Z', today: '2026-11-11' };
      expect(undefinedIn([quote, acceptQuote(quote, of, admin, decider, billing)])).toEqual([]);
    }
  });
});
