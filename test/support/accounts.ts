import type { Account, BillingInput } from '../../shared/domain/account.ts';
import type { Price, Product } from '../../shared/domain/catalog.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import { firstBillingDate } from '../../shared/domain/schedule.ts';
import type { Address, Seller } from '../../shared/domain/seller.ts';
import type { QuantityChange, Subscription } from '../../shared/domain/subscription.ts';

/** Addresses by place; every street and company in the tests is made up. */
export const addressIn = (place: string): Address => {
  const [country = '', region] = place.split('-');
  return {
    line1: '1 Harbour Street',
    city: 'Exampleton',
    ...(region === undefined ? {} : { region }),
    postalCode: 'X1X 1X1',
    country,
  };
};

export const seller = (country: string, currency: Currency, overrides: Partial<Seller> = {}): Seller => ({
  sellerId: `northwind-${country.toLowerCase()}`,
  name: 'Northwind Telecom',
  address: { line1: '9 Signal Road', city: 'Exampleton', postalCode: '10000', country },
  taxIds: [],
  currency,
  timeZone: 'UTC',
  numberPrefix: 'NT',
  numberSeries: 2,
  shards: 2,
  paymentTermDays: 15,
  support: { email: 'support@northwind.example', phone: '+1 555 0100', portalUrl: 'https://portal.northwind.example' },
  accountsReceivable: { email: 'ar@northwind.example', phone: '+1 555 0101' },
  dunning: { reminderDays: [1, 7], finalNoticeDay: 10, suspensionDay: 15 },
  ...overrides,
});

/** A flat price per month in whole cents. */
export const monthly = (unitAmount: number, currency: Currency, overrides: Partial<Price> = {}): Price => ({
  version: 'v1',
  currency,
  interval: 'month',
  pricing: { model: 'flat', unitMicros: unitAmount * 10_000 },
  from: '2020-01-01',
  ...overrides,
});

export const product = (
  productId: string,
  unitAmount: number,
  currency: Currency,
  overrides: Partial<Product> = {},
): Product => ({
  productId,
  name: productId,
  group: 'service-charge',
  unit: 'device',
  taxCode: 'telecom',
  prices: [monthly(unitAmount, currency)],
  ...overrides,
});

export const subscription = (productId: string, ...changes: [number, string, number][]): Subscription => ({
  subscriptionId: `sub-${productId}`,
  productId,
  changes: changes.map(([change, effectiveOn, delta]): QuantityChange => ({ change, effectiveOn, delta })),
});

/** A subscription with terms of its own. */
export const agreed = (of: Subscription, terms: Partial<Subscription>): Subscription => ({ ...of, ...terms });

export const account = (place: string, currency: Currency, overrides: Partial<Account> = {}): Account => {
  const billingStartDate = overrides.billingStartDate ?? '2026-01-01';
  return {
    accountId: 'acme',
    sellerId: `northwind-${place.slice(0, 2).toLowerCase()}`,
    name: 'Acme Example Ltd',
    language: 'en',
    currency,
    billingAddress: addressIn(place),
    taxIds: [],
    recipients: [{ email: 'billing@acme.example', main: true }],
    billingStartDate,
    autopay: false,
    terms: 'card',
    services: { status: 'active', number: 0 },
    nextBillingDate: firstBillingDate({ ...overrides, billingStartDate }),
    balance: 0,
    version: 1,
    ...overrides,
  };
};

export const input = (
  of: Account,
  subscriptions: readonly Subscription[],
  methods: readonly PaymentMethod[] = [],
): BillingInput => ({ account: of, subscriptions, methods });
