import { describe, expect, it } from 'vitest';
import { allowancesOf } from '../../shared/domain/allowances.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { agreed, product, subscription } from '../support/accounts.ts';

const products = [
  product('phone', 2500, 'USD', { allowances: { minutes: 1000, credits: 250 } }),
  product('toll-free', 995, 'USD', { allowances: { tollFreeMinutes: 100 } }),
  product('fax', 995, 'USD'),
];
const phones = subscription('phone', [1, '2026-06-10', 3], [2, '2026-07-31', 1], [3, '2026-08-01', -2]);
const with_ = (terms: Partial<Subscription>) => [agreed(phones, terms)];

describe('R104, R110: what the plan includes is pooled over the account, by the quantity on the last day of the month', () => {
  it.each([
    ['before it has anything', [phones], '2026-05', 0],
    ['from the month of the start', [phones], '2026-06', 3000],
    ['what was added on the last day counts', [phones], '2026-07', 4000],
    ['what was removed within the month does not', [phones], '2026-08', 2000],
    ['the contracted minimum, which is paid for (C11)', with_({ minimum: 5 }), '2026-08', 5000],
    ['a circuit that is not active yet (R95)', with_({ activation: 'pending' }), '2026-08', 0],
    [
      'a circuit that becomes active within the month',
      with_({ activation: { on: '2026-08-31', change: 4 } }),
      '2026-08',
      2000,
    ],
    ['a circuit that becomes active after it', with_({ activation: { on: '2026-09-01', change: 4 } }), '2026-08', 0],
    ['a trial until its end (C30)', with_({ trial: { until: '2026-08-31' } }), '2026-08', 2000],
    ['a trial that has ended within the month', with_({ trial: { until: '2026-08-30' } }), '2026-08', 0],
    [
      'cancelled, to the end of its term',
      with_({ cancellation: { requestedOn: '2026-08-02', endsOn: '2026-08-31' } }),
      '2026-08',
      2000,
    ],
    ['cancelled before', with_({ cancellation: { requestedOn: '2026-07-02', endsOn: '2026-07-31' } }), '2026-08', 0],
  ] as [string, Subscription[], string, number][])('%s', (_name, subscriptions, month, minutes) => {
    expect(allowancesOf(subscriptions, products, month)).toEqual({ minutes, tollFreeMinutes: 0, credits: minutes / 4 });
  });

  it('adds up over products, and products without any add nothing', () => {
    const all = [phones, subscription('toll-free', [4, '2026-01-01', 2]), subscription('fax', [5, '2026-01-01', 9])];
    expect(allowancesOf(all, products, '2026-08')).toEqual({ minutes: 2000, tollFreeMinutes: 200, credits: 500 });
  });
});
