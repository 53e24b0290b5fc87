import stage from '../../infra/stages/local.json' with { type: 'json' };
import type { Account, Language } from '../../shared/domain/account.ts';
import type { Product } from '../../shared/domain/catalog.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { type Currency, MINOR_UNITS } from '../../shared/domain/money.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import type { QuantityChange, Subscription } from '../../shared/domain/subscription.ts';
import type { OpenUsage } from '../../shared/domain/usage/usage.ts';
import { parseStage } from '../../shared/runtime/stage.ts';

/** Invoices of 1 December 2026 as the product itself composes them, for fictional customers of the local stage's sellers. */
export const { sellers, products } = parseStage(stage);

export const SAMPLES = {
  us: { seller: 'northwind-us', language: 'en', place: ['410 Mill Road', 'Springfield', 'IL', '62701', 'US'] },
  ontario: { seller: 'northwind-ca', language: 'en', place: ['19 Maple Lane', 'Ottawa', 'ON', 'K1A 0B1', 'CA'] },
  quebec: { seller: 'northwind-ca', language: 'fr', place: ['5 rue des Érables', 'Montréal', 'QC', 'H2X 1Y4', 'CA'] },
  britishColumbia: {
    seller: 'northwind-ca',
    language: 'en',
    place: ['7 Cedar Way', 'Victoria', 'BC', 'V8V 1A1', 'CA'],
  },
  australia: { seller: 'northwind-au', language: 'en', place: ['2 Wattle Street', 'Perth', 'WA', '6000', 'AU'] },
  uk: { seller: 'northwind-uk', language: 'en', place: ['31 Mill Lane', 'Leeds', undefined, 'LS1 4AP', 'GB'] },
  ireland: { seller: 'northwind-ie', language: 'en', place: ['8 Quay Road', 'Galway', undefined, 'H91 XY00', 'IE'] },
  germany: { seller: 'northwind-ie', language: 'de', place: ['Königsweg 27', 'Stuttgart', undefined, '70173', 'DE'] },
  germanBusiness: {
    seller: 'northwind-ie',
    language: 'de',
    place: ['Lindenallee 3', 'Köln', undefined, '50667', 'DE'],
  },
} as const;
export type Sample = keyof typeof SAMPLES;

const NAMES: Record<Sample, string> = {
  us: 'Riverbend Dental Group',
  ontario: 'Maple & Pine Interiors',
  quebec: 'Boulangerie L’Épi d’Or inc.',
  britishColumbia: 'Seawall Outfitters',
  australia: 'Wattle Bay Surf Co',
  uk: 'Fox & Heron Books',
  ireland: 'Claddagh Coffee Roasters',
  germany: 'Müller & Söhne',
  germanBusiness: 'Jäger Werkzeugbau GmbH',
};

const VISA: PaymentMethod = {
  methodId: 'card-1',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  processorCustomer: 'cus_1',
  processorMethod: 'pm_1',
};

interface Options {
  readonly language?: Language;
  /** Instead of the seller’s own: it bills as many minor units of this one. */
  readonly currency?: Currency;
  readonly account?: Partial<Account>;
  readonly subscriptions?: readonly Subscription[];
  readonly methods?: readonly PaymentMethod[];
  readonly usage?: readonly OpenUsage[];
}

/** `history`: [change, effective date, delta] of one product. */
export const subscribed = (productId: string, ...history: (readonly [number, string, number])[]): Subscription => ({
  subscriptionId: `sub-${productId}`,
  productId,
  changes: history.map(([change, effectiveOn, delta]): QuantityChange => ({ change, effectiveOn, delta })),
});

/** A year-old customer with phones and numbers, two additions and a removal in November. */
const SUBSCRIPTIONS = [
  subscribed('desk-phone', [1, '2025-11-01', 12], [5, '2026-11-15', 3]),
  subscribed('softphone', [2, '2025-11-01', 8], [6, '2026-11-20', -2]),
  subscribed('standard-number', [3, '2025-11-01', 20], [7, '2026-11-10', 5]),
  subscribed('toll-free-number', [4, '2025-11-01', 1]),
];

/** A year-old customer of a sample's seller, with a card on file and autopay, unless told otherwise. */
export function sampleAccount(sample: Sample, options: Options = {}): Account {
  const { seller: sellerId, language, place } = SAMPLES[sample];
  const [line1, city, region, postalCode, country] = place;
  return {
    accountId: 'acc-20418',
    sellerId,
    name: NAMES[sample],
    language: options.language ?? language,
    currency: options.currency ?? sellerOfSample(sample).currency,
    billingAddress: { line1, city, postalCode, country, ...(region === undefined ? {} : { region }) },
    taxIds:
      sample === 'germanBusiness'
        ? [{ label: 'USt-IdNr.', value: 'DE123456788', kind: 'eu-vat', validatedOn: '2026-10-02' }]
        : [],
    recipients: [{ email: 'billing@customer.example', main: true }],
    billingStartDate: '2025-11-01',
    autopay: true,
    terms: 'card',
    defaultMethodId: 'card-1',
    services: { status: 'active', number: 0 },
    nextBillingDate: '2026-12-01',
    billedThrough: { date: '2026-11-01', month: '2026-11', change: 4 },
    balance: 0,
    version: 7,
    ...options.account,
  };
}

export function sellerOfSample(sample: Sample, currency?: Currency): Seller {
  const seller = sellers.find(({ sellerId }) => sellerId === SAMPLES[sample].seller) as Seller;
  return currency === undefined ? seller : { ...seller, currency };
}

/** The catalog with the Irish prices said in another currency, as many minor units of it. */
export function catalogIn(currency?: Currency): readonly Product[] {
  if (currency === undefined) return products;
  const times = Number(MINOR_UNITS[currency].micros / MINOR_UNITS.EUR.micros);
  const priced = (key: string, value: unknown) =>
    key.endsWith('Micros') && typeof value === 'number' ? value * times : value;
  return products.map((product) => ({
    ...product,
    prices: product.prices
      .filter((price) => price.currency === 'EUR')
      .map((price) => ({ ...price, currency, pricing: JSON.parse(JSON.stringify(price.pricing, priced)) })),
  }));
}

/** Their invoice of 1 December 2026. */
export function sampleInvoice(sample: Sample, options: Options = {}): Invoice {
  const invoice = invoiceIfAny(sample, options);
  if (invoice === undefined) throw new Error(`The sample ${sample} makes no invoice`);
  return invoice;
}

/** Undefined where nothing is to be charged. */
export function invoiceIfAny(sample: Sample, options: Options): Invoice | undefined {
  const seller = sellerOfSample(sample, options.currency);
  const account = sampleAccount(sample, options);
  const input = {
    account,
    subscriptions: options.subscriptions ?? SUBSCRIPTIONS,
    methods: options.methods ?? [VISA],
    ...(options.usage && { usage: options.usage }),
  };
  const decision = composeInvoice(input, seller, catalogIn(options.currency), '2026-12-01', '2026-12-01');
  if (decision.outcome !== 'invoice') return undefined;
  return {
    ...decision.draft,
    number: `${seller.numberPrefix}-202612A-000042`,
    series: 'A',
    sequence: 42,
    issuedAt: '2026-12-01T05:00:12.345Z',
  };
}

/** An invoice with `count` lines, as a customer with many late changes gets it. Its sums are right, without tax. */
export function longInvoice(count: number): Invoice {
  const invoice = sampleInvoice('us');
  const pattern = invoice.lines.filter(({ charge }) => charge !== 'fee');
  const lines = Array.from({ length: count }, (_, index) => {
    const line = pattern[index % pattern.length];
    if (line === undefined) throw new Error('The sample has no lines');
    return { ...line, line: index + 1, description: `${line.description} ${index + 1}` };
  });
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  return { ...invoice, lines, taxes: [], taxTotal: 0, subtotal: total, total };
}

/** Its account had five invoices before, all of them paid. */
export function invoiceWithHistory(invoice: Invoice): Invoice {
  const shares = [92, 90, 97, 95];
  const invoices = shares.map((share, index) => {
    const month = `2026-${String(index + 7).padStart(2, '0')}`;
    const total = Math.round((invoice.total * share) / 100);
    return { invoiceId: `${month}#cycle`, month, invoiceDate: `${month}-01`, total };
  });
  const { invoiceId, month, invoiceDate, total: owed } = lastMonthOf(invoice);
  return { ...invoice, history: { invoices: [...invoices, { invoiceId, month, invoiceDate, total: owed }], owed } };
}

/** The invoice before it: three phones fewer, nothing in parts, taxes in proportion. */
export function lastMonthOf(invoice: Invoice): Invoice {
  const recurring = invoice.lines.filter(({ charge }) => charge === 'recurring');
  const lines = recurring.map((line) =>
    line.productId === 'desk-phone' ? { ...line, quantity: 12, amount: (line.amount * 12) / 15 } : line,
  );
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const taxes = invoice.taxes.map((tax) => ({
    ...tax,
    base: subtotal,
    amount: Math.round((subtotal * tax.ratePpm) / 1_000_000),
  }));
  const taxTotal = taxes.reduce((sum, { amount }) => sum + amount, 0);
  const last = { invoiceId: '2026-11#cycle', month: '2026-11', invoiceDate: '2026-11-01' };
  return { ...invoice, ...last, lines, taxes, subtotal, taxTotal, total: subtotal + taxTotal };
}
