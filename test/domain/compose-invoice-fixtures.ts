import type { Account } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { BillingDecision, DraftInvoice } from '../../shared/domain/invoice.ts';
import { input, product, seller } from '../support/accounts.ts';

export const ireland = seller('IE', 'EUR', { taxRegistrations: ['AU', 'CA', 'GB'] });
export const phone = product('phone', 2500, 'EUR');
export const number = product('number', 300, 'EUR', { group: 'standard-phone-numbers', unit: 'number' });
export const products = [number, phone];

export const compose = (
  of: Account,
  subscriptions: Parameters<typeof input>[1],
  billingDate: string,
  businessDate = billingDate,
) => composeInvoice(input(of, subscriptions), ireland, products, billingDate, businessDate);

export const invoiceOf = (decision: BillingDecision): DraftInvoice => {
  if (decision.outcome !== 'invoice') throw new Error(`expected an invoice, got ${JSON.stringify(decision)}`);
  return decision.draft;
};
