import { describe, expect, it } from 'vitest';
import type { Account, Subscription } from '../../shared/domain/account.ts';
import {
  addSubscription,
  cancelSubscription,
  changeInterval,
  changeSubscription,
  newSubscription,
  recordActivation,
} from '../../shared/domain/subscription-terms.ts';
import { account, agreed, input, subscription } from '../support/accounts.ts';

const billed = (date: string, change = 1) => ({ billedThrough: { date, month: date.slice(0, 7), change } });
const phones = subscription('phone', [1, '2026-01-01', 5]);
const having = (overrides: Partial<Account>, ...subscriptions: Subscription[]) =>
  input(account('IE', 'EUR', overrides), subscriptions.length === 0 ? [phones] : subscriptions);
const written = { subscriptionId: 'new', productId: 'phone', changes: [{ effectiveOn: '2026-08-10', delta: 1 }] };

describe('R67–R70, C10: when a cancelled subscription ends', () => {
  it.each([
    ['R68: by the month, with the month', {}, {}, '2026-07-10', '2026-07-31'],
    ['every 30 days, with the cycle', { schedule: 'every-30-days' }, {}, '2026-02-01', '2026-03-01'],
    ['annual, with the year', { schedule: 'annual', billingStartDate: '2026-03-15' }, {}, '2026-07-10', '2027-03-14'],
    [
      'by the year on the calendar',
      {},
      { intervals: [{ from: '2026-03-01', interval: 'year' }] },
      '2026-07-10',
      '2027-02-28',
    ],
    ['R69: a contract, on its original end', {}, contract('2026-10-14'), '2026-07-10', '2026-10-14'],
    ['R64: a contract, 30 days before its renewal', {}, contract('2026-10-14'), '2026-09-15', '2026-10-14'],
    ['R64: a contract, 29 days before: another term', {}, contract('2026-10-14'), '2026-09-16', '2027-10-14'],
    ['C27: a renewed contract, by its renewal term', {}, contract('2026-01-31', 6), '2026-09-16', '2027-01-31'],
  ] as [string, Partial<Account>, Partial<Subscription>, string, string][])(
    '%s',
    (_name, overrides, terms, requestedOn, endsOn) => {
      const of = having(overrides, agreed(phones, terms));
      const { account: next, subscription: cancelled } = cancelSubscription(of, 'sub-phone', requestedOn);
      expect(cancelled.cancellation).toEqual({ requestedOn, endsOn });
      expect(next.version).toBe(of.account.version + 1);
    },
  );

  it('asked again nothing changes, and nothing is added after its end', () => {
    const of = having({}, agreed(phones, { cancellation: { requestedOn: '2026-07-10', endsOn: '2026-07-31' } }));
    expect(cancelSubscription(of, 'sub-phone', '2026-09-01')).toEqual({
      account: of.account,
      subscription: of.subscriptions[0],
    });
    expect(() => changeSubscription(of, 'sub-phone', { effectiveOn: '2026-08-01', delta: 1 })).toThrow('2026-07-31');
    expect(() => changeInterval(of, 'sub-phone', { interval: 'year', from: '2026-07-01' })).toThrow('cancelled');
    expect(() => cancelSubscription(of, 'fax', '2026-09-01')).toThrow('no such subscription');
  });
});

describe('R88: a plan that changes between month, quarter and year', () => {
  const change = (of: ReturnType<typeof having>, interval: 'month' | 'quarter' | 'year', from: string) =>
    changeInterval(of, 'sub-phone', { interval, from }).subscription.intervals;
  const yearly = agreed(phones, { intervals: [{ from: '2026-03-01', interval: 'year' }] });

  it.each([
    [
      'month to year within a month, from the next',
      having(billed('2026-07-01')),
      'year',
      '2026-07-10',
      [['2026-08-01', 'year']],
    ],
    [
      'month to year on a 1st that is not billed, at once',
      having(billed('2026-07-01')),
      'year',
      '2026-08-01',
      [['2026-08-01', 'year']],
    ],
    [
      'month to year on a 1st that is billed, from the next',
      having(billed('2026-08-01')),
      'year',
      '2026-08-01',
      [['2026-09-01', 'year']],
    ],
    [
      'year to month, at the renewal',
      having(billed('2026-07-01'), yearly),
      'month',
      '2026-07-10',
      [
        ['2026-03-01', 'year'],
        ['2027-03-01', 'month'],
      ],
    ],
    [
      'dated before what was billed, from what is not',
      having(billed('2026-08-01')),
      'year',
      '2026-02-01',
      [['2026-09-01', 'year']],
    ],
    [
      'to the quarter by quote',
      having({ ...billed('2026-07-01'), quote: 'Q-1' }),
      'quarter',
      '2026-07-10',
      [['2026-08-01', 'quarter']],
    ],
    ['to what it is', having(billed('2026-07-01'), yearly), 'year', '2026-07-10', [['2026-03-01', 'year']]],
  ] as const)('%s', (_name, of, interval, from, intervals) => {
    expect(change(of, interval, from)).toEqual(intervals.map(([begins, each]) => ({ from: begins, interval: each })));
  });

  it('thought better of before it took effect: as if it had not been asked for', () => {
    const of = having(billed('2026-07-01'));
    const asked = changeInterval(of, 'sub-phone', { interval: 'year', from: '2026-07-10' });
    const back = { ...of, account: asked.account, subscriptions: [asked.subscription] };
    expect(change(back, 'month', '2026-07-11')).toEqual([]);
  });

  it.each([
    ['quarterly without a quote (C27)', having({}), 'quarter', 'interval_needs_quote'],
    ['on another schedule', having({ schedule: 'annual' }), 'month', 'interval_not_offered'],
  ] as const)('is refused: %s', (_name, of, interval, code) => {
    expect(() => change(of, interval, '2026-07-10')).toThrow(expect.objectContaining({ code, field: 'interval' }));
  });
});

describe('R95: a circuit that waits for its activation', () => {
  const pending = agreed(phones, { activation: 'pending' });
  it('is activated by a numbered change, so that it is charged although its month was billed', () => {
    const { account: next, subscription: active } = recordActivation(
      having(billed('2026-07-01'), pending),
      'sub-phone',
      '2026-07-15',
    );
    expect(active.activation).toEqual({ on: '2026-07-15', change: 2 });
    expect(next.version).toBe(2);
  });

  it('told again nothing changes; another date, or one that nobody waits for, is refused', () => {
    const active = having({}, agreed(phones, { activation: { on: '2026-07-15', change: 2 } }));
    expect(recordActivation(active, 'sub-phone', '2026-07-15').account).toBe(active.account);
    expect(() => recordActivation(active, 'sub-phone', '2026-07-16')).toThrow('2026-07-15');
    expect(() => recordActivation(having({}), 'sub-phone', '2026-07-16')).toThrow('does not wait');
  });

  it('a year begins with the month of the activation, and the next change comes after its number', () => {
    const added = newSubscription(account('IE', 'EUR'), [phones], {
      ...written,
      activation: 'pending',
      interval: 'year',
    });
    expect(added).toMatchObject({ activation: 'pending', intervals: [{ from: '2026-08-01', interval: 'year' }] });
    const of = having({}, phones, added);
    const { account: next, subscription: active } = recordActivation(of, 'new', '2026-10-12');
    expect(active).toMatchObject({
      activation: { on: '2026-10-12', change: 3 },
      intervals: [{ from: '2026-10-01', interval: 'year' }],
    });
    const more = changeSubscription({ ...of, account: next, subscriptions: [phones, active] }, 'new', {
      effectiveOn: '2026-11-01',
      delta: 1,
    });
    expect(more.subscription.changes.at(-1)?.change).toBe(4);
  });
});

describe('a new subscription', () => {
  it('numbers its changes and a known activation after those that exist', () => {
    const added = newSubscription(account('IE', 'EUR'), [phones], { ...written, activation: '2026-08-20' });
    expect(added.changes).toEqual([{ change: 2, effectiveOn: '2026-08-10', delta: 1 }]);
    expect(added.activation).toEqual({ on: '2026-08-20', change: 3 });
  });

  it.each([
    ['annual', '2026-03-15', '2026-09-14', '2026-09-14'],
    ['annual, backdated before what was billed', '2026-03-15', '2026-01-01', '2026-03-16'],
    ['annual, after the renewal', '2026-03-15', '2027-09-14', '2027-03-15'],
  ])('R91: an account that is billed by the year is due when something is added: %s', (_name, start, on, due) => {
    const of = having({ schedule: 'annual', billingStartDate: start, ...billed(start), nextBillingDate: '2027-03-15' });
    const changes = [{ effectiveOn: on, delta: 1 }];
    expect(addSubscription(of, { ...written, changes }).account.nextBillingDate).toBe(due);
    expect(changeSubscription(of, 'sub-phone', changes[0]!).account.nextBillingDate).toBe(due);
  });

  it('on the calendar it waits for the next 1st', () => {
    const of = having({ ...billed('2026-08-01'), nextBillingDate: '2026-09-01' });
    expect(addSubscription(of, written).account.nextBillingDate).toBe('2026-09-01');
  });
});

function contract(endsOn: string, renewalMonths = 12): Partial<Subscription> {
  return { contract: { endsOn, renewalMonths } };
}
