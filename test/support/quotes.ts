import type { BillingInput } from '../../shared/domain/account.ts';
import type { PlainDate } from '../../shared/domain/calendar.ts';
import type { Product } from '../../shared/domain/catalog.ts';
import { composeQuote } from '../../shared/domain/quotes/compose-quote.ts';
import type { DraftQuote, Quote, QuoteLineRequest, QuoteRequest } from '../../shared/domain/quotes/quote.ts';
import type { Seller } from '../../shared/domain/seller.ts';

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
