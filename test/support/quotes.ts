import type { Account, BillingInput, Language } from '../../shared/domain/account.ts';
import type { PlainDate } from '../../shared/domain/calendar.ts';
import type { Product } from '../../shared/domain/catalog.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { composeQuote } from '../../shared/domain/quotes/compose-quote.ts';
import type {
  DraftQuote,
  OnceRequest,
  Quote,
  QuoteLineRequest,
  QuoteRequest,
} from '../../shared/domain/quotes/quote.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { catalogIn, type Sample, sampleAccount, sellerOfSample } from './invoices.ts';

/** Three phones by the month for a year from 1 December 2026 on, made on 10 November. */
export const quoteRequest = (overrides: Partial<QuoteRequest> = {}): QuoteRequest => ({
  quoteId: 'Q-1',
  lines: [quoteLine('phone', 3)],
  contractMonths: 12,
  billingStartDate: '2026-12-01',
  validUntil: '2026-11-30',
  ...overrides,
});

export const quoteLine = (
  productId: string,
  quantity: number,
  overrides: Partial<QuoteLineRequest> = {},
): QuoteLineRequest => ({ productId, quantity, interval: 'month', ...overrides });

export const composed = (
  input: BillingInput,
  seller: Seller,
  products: readonly Product[],
  overrides: Partial<QuoteRequest> = {},
  date: PlainDate = '2026-11-10',
): DraftQuote => composeQuote(quoteRequest(overrides), input, seller, products, { by: 'stan', date, fingerprint: 'f' });

/** With its number, as the store gives it. */
export const made = (draft: DraftQuote, overrides: Partial<Quote> = {}): Quote => ({
  ...draft,
  number: 'NT-Q-202611A-000001',
  madeAt: `${draft.date}T09:00:00.000Z`,
  status: 'open',
  ...overrides,
});

/** A quote of everything that a quote can say, for a customer of the sample telecom that has nothing yet. */
export function sampleQuote(
  sample: Sample,
  {
    language,
    currency,
    account,
    ...request
  }: Partial<QuoteRequest> & { language?: Language; currency?: Currency; account?: Partial<Account> } = {},
): Quote {
  const { billedThrough: _new, ...of } = sampleAccount(sample, {
    ...(language && { language }),
    ...(currency && { currency }),
    account: { ...account },
  });
  const seller = sellerOfSample(sample, currency);
  const lines = [
    quoteLine('desk-phone', 25, { discountPpm: 125_000 }),
    quoteLine('standard-number', 40, { billingGroup: 'Warehouse' }),
    quoteLine('standard-number', 5, { interval: 'quarter', billingGroup: 'Head office' }),
    quoteLine('contact-center-licence', 4, { interval: 'year', discountPpm: 100_000 }),
    quoteLine('broadband', 1, { awaitsActivation: true }),
  ];
  const asked = { quoteId: 'Q-2026-118', lines, billingStartDate: '2026-12-15', validUntil: '2026-12-10', ...request };
  const draft = composed({ account: of, subscriptions: [], methods: [] }, seller, catalogIn(currency), asked);
  return made(draft, { number: `${seller.numberPrefix}-Q-202611A-000118` });
}

/** Devices and a service rendered once, of the sample telecom's catalog. */
export const sampleOnce: OnceRequest = {
  items: [
    { productId: 'desk-phone-purchase', quantity: 12, discountPpm: 150_000 },
    { productId: 'number-porting', quantity: 4, unitMicros: 9_000_000 },
  ],
};
