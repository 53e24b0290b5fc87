import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { account } from './accounts.ts';

/** A card or bank account that behaves as its test method says, e.g. `pm_card_visa`. */
export const method = (methodId: string, processorMethod = 'pm_card_visa'): PaymentMethod => ({
  methodId,
  ...(processorMethod.startsWith('pm_card') || processorMethod.includes('decline')
    ? { kind: 'card', brand: 'visa' }
    : { kind: 'bank-debit', brand: 'ACH debit' }),
  last4: '4242',
  processorCustomer: 'cus_sample_acme',
  processorMethod,
});

/** Pays by autopay with the method `card`. */
export const payer = account('US', 'USD', { autopay: true, defaultMethodId: 'card', balance: 42_10 });

/** 42.10 USD, invoiced and to be collected on 1 December 2026 at 06:00 UTC. */
export const receivable = (overrides: Partial<Receivable> = {}): Receivable => ({
  sellerId: 'northwind-us',
  accountId: 'acme',
  invoiceId: '2026-12#cycle',
  number: 'NTUS-202612A-000001',
  series: 'A',
  kind: 'cycle',
  month: '2026-12',
  invoiceDate: '2026-12-01',
  dueDate: '2026-12-16',
  currency: 'USD',
  total: 42_10,
  due: 42_10,
  status: 'unpaid',
  collection: { state: 'idle', attempts: 0, nextAt: '2026-12-01T06:00:00.000Z' },
  dunning: { step: 0, nextAt: '2026-12-17T05:00:00.000Z' },
  version: 1,
  ...overrides,
});
