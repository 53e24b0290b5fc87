import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { takesAnother } from '../../shared/domain/autopay.ts';
import type { PaymentAttempt } from '../../shared/domain/receivable.ts';
import { method, payer } from '../support/collection.ts';

const AT = '2026-12-01T06:00:00.000Z';
const attempt = (number: number, methodId: string, more: Partial<PaymentAttempt> = {}): PaymentAttempt => ({
  ...{ sellerId: 'northwind-us', accountId: 'acme', invoiceId: '2026-12#cycle', currency: 'USD', amount: 42_10 },
  ...{ attempt: number, key: `acme#2026-12#cycle#00${number}`, methodId, method: method(methodId) },
  ...{ startedAt: AT, offSession: true, ...more },
});
const returned = (hard: boolean) => ({ returned: { at: AT, code: 'account_closed', amount: 42_10, hard } });
const declined = { outcome: { kind: 'declined', hard: true, code: 'stolen_card' } } as const;

describe('autopay turns to another method than the one that failed', () => {
  it.each<[string, boolean, Partial<Account>, PaymentAttempt, PaymentAttempt[]?]>([
    ['where that was one that the customer chose once', true, {}, attempt(1, 'debit', returned(true))],
    ['where the bank may pay it later, too', true, {}, attempt(1, 'debit', returned(false))],
    ['where a fallback stands behind', true, { fallbackMethodIds: ['debit'] }, attempt(1, 'card', returned(true))],
    ['not where it is off', false, { autopay: false }, attempt(1, 'debit', returned(true))],
    ['not where there is no other', false, {}, attempt(1, 'card', returned(true))],
    [
      'not while it may be tried again itself',
      false,
      { fallbackMethodIds: ['debit'] },
      attempt(1, 'card', returned(false)),
    ],
    [
      'not where the fallback was given up before',
      false,
      { fallbackMethodIds: ['debit'] },
      attempt(2, 'card', returned(true)),
      [attempt(1, 'debit', declined), attempt(2, 'card')],
    ],
  ])('%s', (_case, turns, more, failed, attempts = []) => {
    const methods = [method('card'), method('debit', 'pm_sample_usBankAccount')];
    expect(takesAnother({ ...payer, ...more }, methods, attempts, failed)).toBe(turns);
  });
});
