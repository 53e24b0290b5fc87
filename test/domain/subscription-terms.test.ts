import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
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

  it('what is there may change until its end, the last day with it', () => {
    const of = having({}, agreed(phones, { cancellation: { requestedOn: '2026-07-10', endsOn: '2026-07-31' } }));
    const more = changeSubscription(of, 'sub-phone', { effectiveOn: '2026-07-31', delta: 1 });
    expect(more.subscription.changes.at(-1)).toEqual({ change: 2, effectiveOn: '2026-07-31', delta: 1 });
    expect(() => changeSubscription(of, 'sub-phone', { effectiveOn: '2026-08-01', delta: 1 })).toThrow(
      expect.objectContaining({
        code: 'subscription_cancelled',
        field: 'effectiveOn',
        message: 'The subscription is cancelled and has ended by then (2026-07-31).',
      }),
    );
    expect(() => changeInterval(of, 'sub-phone', { interval: 'year', from: '2026-07-01' })).toThrow(
      expect.objectContaining({ code: 'subscription_cancelled', field: 'subscriptionId' }),
    );
  });

  it('asked before the billing start, with the period in which that falls', () => {
    const of = having({ billingStartDate: '2026-09-15' });
    expect(cancelSubscription(of, 'sub-phone', '2026-07-10').subscription.cancellation?.endsOn).toBe('2026-09-30');
  });

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

  it('an account that was never billed changes from its first month', () => {
    expect(change(having({}), 'year', '2026-07-10')).toEqual([{ from: '2026-08-01', interval: 'year' }]);
    expect(change(having({}), 'year', '2026-07-01')).toEqual([{ from: '2026-07-01', interval: 'year' }]);
    expect(change(having({ billingStartDate: '2026-09-01' }), 'year', '2026-07-01')).toEqual([
      { from: '2026-09-01', interval: 'year' },
    ]);
    expect(change(having({ billingStartDate: '2026-09-15' }), 'year', '2026-07-01')).toEqual([
      { from: '2026-09-01', interval: 'year' },
    ]);
  });

  it('told again nothing changes', () => {
    const of = having(billed('2026-07-01'), yearly);
    const again = changeInterval(of, 'sub-phone', { interval: 'year', from: '2026-07-10' });
    expect(again).toEqual({ account: of.account, subscription: yearly });
    const asked = having(
      billed('2026-07-01'),
      agreed(phones, { intervals: [{ from: '2026-08-01', interval: 'year' }] }),
    );
    expect(changeInterval(asked, 'sub-phone', { interval: 'year', from: '2026-07-10' }).account).toBe(asked.account);
    const monthly = having(billed('2026-07-01'));
    expect(changeInterval(monthly, 'sub-phone', { interval: 'month', from: '2026-07-10' }).account).toBe(
      monthly.account,
    );
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
    expect(() => recordActivation(active, 'sub-phone', '2026-07-16')).toThrow(
      expect.objectContaining({
        code: 'activation_recorded',
        field: 'on',
        message: 'Another activation date is on record (2026-07-15).',
      }),
    );
    expect(() => recordActivation(having({}), 'sub-phone', '2026-07-16')).toThrow(
      expect.objectContaining({ code: 'activation_not_expected', field: 'on' }),
    );
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
  it('by the month has no interval and no activation of its own', () => {
    const added = newSubscription(account('IE', 'EUR'), [], written);
    expect(added).toEqual({
      subscriptionId: 'new',
      productId: 'phone',
      changes: [{ change: 1, effectiveOn: '2026-08-10', delta: 1 }],
    });
    expect(newSubscription(account('IE', 'EUR'), [], { ...written, interval: 'month' })).toEqual(added);
    const waiting = newSubscription(account('IE', 'EUR'), [], { ...written, activation: 'pending' });
    expect(waiting.activation).toBe('pending');
  });

  it.each([
    ['with the month of its first change, of several in any order', {}, undefined, '2026-06-01'],
    ['not before the billing start', { billingStartDate: '2026-07-20' }, undefined, '2026-07-01'],
    ['not before its activation', {}, '2026-09-03', '2026-09-01'],
    ['an activation before the first change does not count', {}, '2026-02-03', '2026-06-01'],
  ] as const)('R88: a year begins %s', (_name, overrides, activation, from) => {
    const changes = [
      { effectiveOn: '2026-08-10', delta: 1 },
      { effectiveOn: '2026-06-10', delta: 1 },
    ];
    const added = newSubscription(account('IE', 'EUR', overrides), [], {
      ...written,
      changes,
      activation,
      interval: 'year',
    });
    expect(added.intervals).toEqual([{ from, interval: 'year' }]);
  });

  it('has an id of its own, and never less than nothing', () => {
    expect(() => addSubscription(having({}), { ...written, subscriptionId: 'sub-phone' })).toThrow(
      expect.objectContaining({
        code: 'subscription_exists',
        field: 'subscriptionId',
        message: 'The account has a subscription with this id already (sub-phone).',
      }),
    );
    const less = [{ effectiveOn: '2026-08-10', delta: -1 }];
    expect(() => addSubscription(having({}), { ...written, changes: less })).toThrow(
      expect.objectContaining({ code: 'quantity_negative', field: 'delta' }),
    );
    expect(() => changeSubscription(having({}), 'sub-phone', { effectiveOn: '2026-08-10', delta: -6 })).toThrow(
      expect.objectContaining({ code: 'quantity_negative' }),
    );
    const added = addSubscription(having({}), written);
    expect(added.subscription.changes[0]?.change).toBe(2);
    expect(added.account.version).toBe(2);
  });

  it.each(['calendar-month', 'every-30-days'] as const)(
    'R91: on the schedule %s an account is not due earlier for it, however late it is due',
    (schedule) => {
      const of = having({ schedule, ...billed('2026-08-01'), nextBillingDate: '2026-12-01' });
      expect(addSubscription(of, written).account.nextBillingDate).toBe('2026-12-01');
    },
  );

  it('R91, C27: quarterly as annual; before the first invoice nothing is due earlier', () => {
    const quarterly = { schedule: 'quarterly', quote: 'Q-1', billingStartDate: '2026-07-15' } as const;
    const of = having({ ...quarterly, ...billed('2026-07-15'), nextBillingDate: '2026-10-15' });
    expect(addSubscription(of, written).account.nextBillingDate).toBe('2026-08-10');
    const fresh = having({ ...quarterly, nextBillingDate: '2026-10-15' });
    expect(addSubscription(fresh, written).account.nextBillingDate).toBe('2026-10-15');
  });

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
