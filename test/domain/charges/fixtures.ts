import type { Account } from '../../../shared/domain/account.ts';
import type { Pricing, Product } from '../../../shared/domain/catalog.ts';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import type { BillingDecision, DraftInvoice } from '../../../shared/domain/invoice.ts';
import type { Seller } from '../../../shared/domain/seller.ts';
import type { Subscription } from '../../../shared/domain/subscription.ts';
import { account, input, monthly, product, seller } from '../../support/accounts.ts';

/** What is sold in the tests of charges, and what a bill charges of it. */
export const tiers = [{ upTo: 10, unitMicros: 80_000_000 }, { unitMicros: 60_000_000 }];
export const priced = (pricing: Pricing) => [monthly(0, 'EUR', { pricing })];
export const phone = product('phone', 2500, 'EUR', {
  prices: [
    monthly(2500, 'EUR'),
    monthly(6900, 'EUR', { interval: 'quarter' }),
    monthly(24_000, 'EUR', { interval: 'year' }),
    monthly(26_000, 'EUR', { interval: 'year', version: 'v2', from: '2027-01-01' }),
  ],
});
export const number = product('number', 300, 'EUR', { group: 'standard-phone-numbers', unit: 'number' });
export const rental = product('rental', 445, 'EUR', { group: 'rentals', unit: 'phone', taxCode: 'equipment-rental' });
export const licence = product('licence', 0, 'EUR', {
  group: 'contact-center',
  taxCode: 'software',
  taxTreatment: 'zero-rated',
  prices: priced({ model: 'volume', tiers }),
});
export const seat = product('seat', 0, 'EUR', { prices: priced({ model: 'graduated', tiers }) });
export const products: readonly Product[] = [number, phone, rental, licence, seat];

export const compose = (
  of: Account,
  subscriptions: readonly Subscription[],
  date: string,
  overrides: Partial<Seller> = {},
): BillingDecision => composeInvoice(input(of, subscriptions), seller('IE', 'EUR', overrides), products, date, date);

export const draft = (decision: BillingDecision): DraftInvoice => {
  if (decision.outcome !== 'invoice') throw new Error(`expected an invoice, got ${JSON.stringify(decision)}`);
  return decision.draft;
};
/** What is charged: kind, product, quantity, first and last day, cents. */
export const charged = (decision: BillingDecision) =>
  decision.outcome === 'zero'
    ? []
    : draft(decision).lines.map((line) => [
        line.charge,
        line.productId,
        line.quantity,
        line.servicePeriod.from,
        line.servicePeriod.to,
        line.amount,
      ]);
export const billed = (date: string, change: number) => ({ billedThrough: { date, month: date.slice(0, 7), change } });
export const irish = (overrides: Partial<Account> = {}) => account('IE', 'EUR', overrides);
