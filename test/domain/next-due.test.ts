import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { nextDueAfter } from '../../shared/domain/next-due.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { account, product, subscription } from '../support/accounts.ts';

const products = [product('phone', 2500, 'EUR'), product('licence', 900, 'EUR', { taxCode: 'software' })];
const next = (date: string, of: Partial<Account>, ...subscriptions: Subscription[]) =>
  nextDueAfter({ account: account('IE', 'EUR', of), subscriptions }, products, date);
const yearly = { schedule: 'annual', billingStartDate: '2026-03-15' } as const;
const quarterly = { schedule: 'quarterly', billingStartDate: '2026-03-15' } as const;
const licences = (...changes: [number, string, number][]) => subscription('licence', [1, '2026-03-15', 5], ...changes);
const phones = subscription('phone', [1, '2026-03-15', 1]);

describe('R91, R144, R145: when an account is due after an invoice', () => {
  it.each<[string, string, Partial<Account>, Subscription[], string]>([
    [
      'by the month, on the next 1st, whatever is to begin',
      '2026-12-01',
      {},
      [licences([2, '2026-12-20', 1])],
      '2027-01-01',
    ],
    ['by 30 days, with the cycle', '2026-03-15', { ...yearly, schedule: 'every-30-days' }, [phones], '2026-04-14'],
    ['by the year without anything to call with, at its renewal', '2026-03-15', yearly, [licences()], '2027-03-15'],
    ['by the year with a phone, on the 1st, for its usage', '2026-03-15', yearly, [licences(), phones], '2026-04-01'],
    ['by the year with a phone, at its renewal before the 1st', '2027-03-01', yearly, [phones], '2027-03-15'],
    ['by the quarter with a phone', '2026-05-01', quarterly, [phones], '2026-06-01'],
    [
      'at the first of several additions',
      '2026-03-15',
      yearly,
      [licences([2, '2026-09-20', 1], [3, '2026-07-04', 2])],
      '2026-07-04',
    ],
    [
      'and then at the next',
      '2026-07-04',
      yearly,
      [licences([2, '2026-09-20', 1], [3, '2026-07-04', 2])],
      '2026-09-20',
    ],
    ['at what is taken away', '2026-07-04', yearly, [licences([2, '2026-09-20', -1])], '2026-09-20'],
    [
      'when a circuit becomes active',
      '2026-03-15',
      yearly,
      [{ ...licences(), activation: { on: '2026-05-05', change: 2 } }],
      '2026-05-05',
    ],
    [
      'a circuit that waits does not matter',
      '2026-03-15',
      yearly,
      [{ ...licences(), activation: 'pending' }],
      '2027-03-15',
    ],
    ['what began before does not matter', '2026-10-01', yearly, [licences([2, '2026-09-20', 1])], '2027-03-15'],
    [
      'what begins after the renewal waits for it',
      '2026-10-01',
      yearly,
      [licences([2, '2027-09-20', 1])],
      '2027-03-15',
    ],
    [
      'a product that is not sold any more',
      '2026-03-15',
      yearly,
      [subscription('gone', [1, '2026-03-15', 1])],
      '2027-03-15',
    ],
  ])('%s', (_name, date, of, subscriptions, due) => expect(next(date, of, ...subscriptions)).toBe(due));
});
