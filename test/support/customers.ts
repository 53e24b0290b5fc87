import type { WrittenAccount } from '../../shared/import/account-schema.ts';
import { subscriptionOf } from './world.ts';

const SELLERS = {
  US: ['northwind-us', 'USD'],
  CA: ['northwind-ca', 'CAD'],
  AU: ['northwind-au', 'AUD'],
  GB: ['northwind-uk', 'GBP'],
  DE: ['northwind-ie', 'EUR'],
  IE: ['northwind-ie', 'EUR'],
} as const;

export interface CustomerOptions {
  /** From this day on charges accrue; no day after it is billed yet. */
  readonly since: string;
  /** Quantities by product, from `since` on. */
  readonly has?: Readonly<Record<string, number>>;
  /** A test method of the local processor that autopay charges; absent: the customer pays. */
  readonly autopay?: string;
  /** A card on file that is charged on request only. */
  readonly card?: string;
  readonly terms?: 'card' | 'wire';
  readonly recipients?: readonly string[];
  readonly billedThrough?: string;
  readonly taxIds?: WrittenAccount['taxIds'];
  readonly billingAddress?: WrittenAccount['billingAddress'] | null;
}

/** A fictional customer in a place such as `IE` or `CA-QC`, as a line of an import file. */
export function customer(accountId: string, place: string, options: CustomerOptions): WrittenAccount {
  const [country, region] = place.split('-') as [keyof typeof SELLERS, string?];
  const [sellerId, currency] = SELLERS[country];
  const token = options.autopay ?? options.card;
  const address = {
    line1: '7 Sample Street',
    city: 'Exampleton',
    ...(region === undefined ? {} : { region }),
    postalCode: 'X1 2YZ',
    country,
  };
  return {
    accountId,
    sellerId,
    name: `${accountId} Example Ltd`,
    language: 'en',
    currency,
    ...(options.billingAddress === null ? {} : { billingAddress: options.billingAddress ?? address }),
    ...(options.taxIds === undefined ? {} : { taxIds: options.taxIds }),
    recipients: (options.recipients ?? [`billing@${accountId}.example`]).map((email, index) => ({
      email,
      main: index === 0,
    })),
    billingStartDate: options.since,
    ...(options.billedThrough === undefined ? {} : { billedThrough: options.billedThrough }),
    autopay: options.autopay !== undefined,
    terms: options.terms ?? 'card',
    ...(token === undefined ? {} : { defaultMethodId: 'card-1', paymentMethods: [method(accountId, token)] }),
    subscriptions: Object.entries(options.has ?? { 'desk-phone': 1 }).map(([productId, delta]) => ({
      subscriptionId: subscriptionOf(productId),
      productId,
      changes: [{ effectiveOn: options.since, delta }],
    })),
  };
}

const method = (accountId: string, token: string) => ({
  methodId: 'card-1',
  kind: 'card' as const,
  brand: 'visa',
  last4: '4242',
  expires: '2031-08',
  processorCustomer: `cus_${accountId}`,
  processorMethod: `${token}__${accountId}`,
});
