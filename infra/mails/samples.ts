import type { Account, Language } from '../../shared/domain/account.ts';
import { type CancellationConfirmation, confirmCancellation } from '../../shared/domain/cancellation.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import { composeQuote } from '../../shared/domain/quotes/compose-quote.ts';
import type { Quote, QuoteRequest } from '../../shared/domain/quotes/quote.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { cancelSubscription } from '../../shared/domain/subscription-terms.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { readStage } from '../stage.ts';

const stage = readStage('local');

/** A fictional customer who reads the language, of the seller who sells there. */
const CUSTOMERS: Readonly<Record<Language, readonly [name: string, sellerId: string, ...place: string[]]>> = {
  en: ['Fox & Heron Books', 'northwind-uk', '31 Mill Lane', 'Leeds', 'LS1 4AP', 'GB'],
  fr: ['Atelier L’Épi d’Or', 'northwind-ie', '5 rue des Érables', 'Lyon', '69002', 'FR'],
  it: ['Officine Pellegrini', 'northwind-ie', 'Via dei Tigli 12', 'Milano', '20121', 'IT'],
  de: ['Jäger Werkzeugbau GmbH', 'northwind-ie', 'Lindenallee 3', 'Köln', '50667', 'DE'],
  es: ['Panadería Los Álamos', 'northwind-ie', 'Calle del Olmo 8', 'Madrid', '28012', 'ES'],
  pt: ['Livraria do Cais', 'northwind-ie', 'Rua das Amoreiras 21', 'Lisboa', '1250-020', 'PT'],
  nl: ['Bakkerij De Vos', 'northwind-ie', 'Lindelaan 14', 'Utrecht', '3511 AB', 'NL'],
};

export const CARD: PaymentMethod = {
  ...{ methodId: 'card-1', kind: 'card', brand: 'visa', last4: '4242' },
  ...{ processorCustomer: 'cus_sample', processorMethod: 'pm_sample' },
};

type Step = readonly [change: number, effectiveOn: string, delta: number];
const changes = (productId: string, ...steps: readonly Step[]): Subscription => ({
  subscriptionId: `sub-${productId}`,
  productId,
  changes: steps.map(([change, effectiveOn, delta]) => ({ change, effectiveOn, delta })),
});

/** Phones since last year, and three more since the middle of November. */
const SUBSCRIPTIONS = [
  changes('desk-phone', [1, '2025-11-01', 12], [3, '2026-11-15', 3]),
  changes('standard-number', [2, '2025-11-01', 20]),
];

/** The invoices of November and December 2026 as the product composes them for a sample customer. */
export function sampleInvoices(
  language: Language,
  overrides: Partial<Account> = {},
): { readonly last: Invoice; readonly invoice: Invoice } {
  const before = { date: '2026-10-01', month: '2026-10', change: 2 };
  const last = issued(accountOf(language, '2026-11-01', { billedThrough: before }));
  const { invoiceId, month, invoiceDate, total } = last;
  const history = { invoices: [{ invoiceId, month, invoiceDate, total }], owed: total };
  const billedThrough = { date: '2026-11-01', month, change: last.coversChange };
  return { last, invoice: issued(accountOf(language, '2026-12-01', { history, billedThrough, ...overrides })) };
}

/** What the same customer is offered before it has anything. */
export function sampleQuote(language: Language): Quote {
  const account = accountOf(language, '2026-12-01', {});
  const request: QuoteRequest = {
    ...{ quoteId: 'sample', contractMonths: 12, billingStartDate: '2026-12-15', validUntil: '2026-12-10' },
    lines: [{ productId: 'desk-phone', quantity: 12, interval: 'month' }],
    once: { items: [{ productId: 'desk-phone-purchase', quantity: 4, discountPpm: 100_000 }] },
    contact: { name: CUSTOMERS[language][0], email: account.recipients[0]!.email },
  };
  const seller = sellerOf(stage, account.sellerId);
  const made = { by: 'sales', date: '2026-11-10', fingerprint: '' };
  const draft = composeQuote(request, { account, subscriptions: [], methods: [] }, seller, stage.products, made);
  const number = `${seller.numberPrefix}-Q-202611A-000118`;
  return { ...draft, number, madeAt: `${made.date}T09:00:00.000Z`, status: 'open' };
}

/** What the same customer is told when it cancels its phones in the middle of a month. */
export function sampleCancellation(language: Language): CancellationConfirmation {
  const account = accountOf(language, '2026-12-01', {});
  const input = { account, subscriptions: SUBSCRIPTIONS, methods: [CARD] };
  const { subscription } = cancelSubscription(input, SUBSCRIPTIONS[0]!.subscriptionId, '2026-11-20');
  const seller = sellerOf(stage, account.sellerId);
  const request = { by: 'customer', now: '2026-11-20T10:00:00.000Z' } as const;
  return confirmCancellation(input, subscription, seller, stage.products, request)!;
}

function accountOf(language: Language, nextBillingDate: string, overrides: Partial<Account>): Account {
  const [name, sellerId, line1 = '', city = '', postalCode = '', country = ''] = CUSTOMERS[language];
  return {
    ...{ accountId: 'acc-20418', sellerId, name, language, currency: sellerOf(stage, sellerId).currency },
    billingAddress: { line1, city, postalCode, country },
    taxIds: [],
    recipients: [{ email: `billing@${language}.customer.example`, main: true }],
    ...{ billingStartDate: '2025-11-01', autopay: true, terms: 'card', defaultMethodId: CARD.methodId },
    services: { status: 'active', number: 0 },
    ...{ nextBillingDate, balance: 0, version: 1 },
    ...overrides,
  };
}

function issued(account: Account): Invoice {
  const seller = sellerOf(stage, account.sellerId);
  const on = account.nextBillingDate;
  const input = { account, subscriptions: SUBSCRIPTIONS, methods: [CARD] };
  const decision = composeInvoice(input, seller, stage.products, on, on);
  if (decision.outcome !== 'invoice') throw new Error(`The sample customer gets no invoice: ${decision.reason}`);
  const number = `${seller.numberPrefix}-${on.slice(0, 7).replace('-', '')}A-000042`;
  return { ...decision.draft, number, series: 'A', sequence: 42, issuedAt: `${on}T05:00:12.345Z` };
}
