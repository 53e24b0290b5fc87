import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, BillingInput } from '../../shared/domain/account.ts';
import { addDays, type PlainDate } from '../../shared/domain/calendar.ts';
import { confirmCancellation, confirmWithdrawal } from '../../shared/domain/cancellation.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { InvoiceLine } from '../../shared/domain/invoice.ts';
import { nextDueAfter } from '../../shared/domain/next-due.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import {
  cancelSubscription,
  changeSubscription,
  withdrawCancellation,
} from '../../shared/domain/subscription-terms.ts';
import { account, agreed, input, monthly, product, seller, subscription } from '../support/accounts.ts';

const SELLER = seller('GB', 'GBP');
const PRODUCTS = [
  product('phone', 1000, 'GBP', { prices: [monthly(1000, 'GBP'), monthly(11_000, 'GBP', { interval: 'year' })] }),
  product('number', 333, 'GBP', { prices: [monthly(333, 'GBP'), monthly(3660, 'GBP', { interval: 'year' })] }),
];
type Step = readonly [on: PlainDate, 'cancel' | 'withdraw' | { readonly add: number }];

/** Bills an account through a date, day by day; steps are taken before the run of their day. The lines of each invoice. */
function billed(
  of: Partial<Subscription>,
  steps: readonly Step[],
  through: PlainDate,
  overrides: Partial<Account> = {},
) {
  let given: BillingInput = input(
    account('GB', 'GBP', { billingStartDate: '2026-10-01', nextBillingDate: '2026-10-01', ...overrides }),
    [agreed(subscription('phone', [1, '2026-10-01', 3]), of), subscription('number', [2, '2026-10-01', 1])],
  );
  const { subscriptionId } = given.subscriptions[0]!;
  const save = ({ account, subscription: changed }: ReturnType<typeof cancelSubscription>) => {
    given = { ...given, account, subscriptions: [changed, ...given.subscriptions.slice(1)] };
  };
  const invoices: (readonly InvoiceLine[])[] = [];
  for (let day: PlainDate = '2026-10-01'; day <= through; day = addDays(day, 1)) {
    for (const [on, what] of steps) {
      if (on !== day) continue;
      if (what === 'cancel') save(cancelSubscription(given, subscriptionId, day));
      else if (what === 'withdraw') save(withdrawCancellation(given, subscriptionId, day));
      else save(changeSubscription(given, subscriptionId, { effectiveOn: day, delta: what.add }));
    }
    if (given.account.nextBillingDate !== day) continue;
    const decision = composeInvoice(given, SELLER, PRODUCTS, day, day);
    if (decision.outcome === 'held') throw new Error(decision.reason);
    if (decision.outcome === 'invoice')
      invoices.push(decision.draft.lines.filter((line) => line.productId === 'phone'));
    const change = decision.outcome === 'invoice' ? decision.draft.coversChange : decision.coversChange;
    given = {
      ...given,
      account: {
        ...given.account,
        billedThrough: { date: day, month: day.slice(0, 7), change },
        nextBillingDate: nextDueAfter(given, PRODUCTS, day),
      },
    };
  }
  return { cents: invoices.map((lines) => lines.map(({ amount }) => amount)), lines: invoices.flat(), given };
}
const total = (of: ReturnType<typeof billed>) => of.lines.reduce((sum, { amount }) => sum + amount, 0);
const CONTRACT = { contract: { endsOn: '2026-12-14', renewalMonths: 12 }, minimum: 3 };

describe('a cancellation that is taken back, in cents by invoice from October on', () => {
  it.each<[string, Partial<Subscription>, readonly Step[], number[][]]>([
    [
      'by the month, within the month: the next month is charged as ever',
      {},
      [
        ['2026-11-10', 'cancel'],
        ['2026-11-20', 'withdraw'],
      ],
      [[3000], [3000], [3000], [3000]],
    ],
    [
      'by the month, on its last day',
      {},
      [
        ['2026-11-10', 'cancel'],
        ['2026-11-30', 'withdraw'],
      ],
      [[3000], [3000], [3000], [3000]],
    ],
    [
      'a contract, before the run that would have ended it',
      CONTRACT,
      [
        ['2026-11-10', 'cancel'],
        ['2026-11-20', 'withdraw'],
      ],
      [[3000], [3000], [3000], [3000]],
    ],
    [
      'a contract, after the run that charged its last 14 days: the other 17 come with the next',
      CONTRACT,
      [
        ['2026-11-10', 'cancel'],
        ['2026-12-05', 'withdraw'],
      ],
      [[3000], [3000], [3000, -1645], [3000, 1645]],
    ],
    [
      'a year that was charged in full before it was cancelled: nothing more is charged for it',
      { ...CONTRACT, intervals: [{ from: '2026-10-01', interval: 'year' }] },
      [
        ['2026-10-10', 'cancel'],
        ['2026-12-05', 'withdraw'],
      ],
      [[33_000], [], [], []],
    ],
    [
      'not taken back: the contract ends, and the rest of the month is not charged',
      CONTRACT,
      [['2026-11-10', 'cancel']],
      [[3000], [3000], [3000, -1645], []],
    ],
  ])('%s', (_name, of, steps, expected) => {
    expect(billed(of, steps, '2027-01-01').cents).toEqual(expected);
  });

  it('more that comes after the day it was to end on is charged beside it', () => {
    const steps: Step[] = [
      ['2026-11-10', 'cancel'],
      ['2026-12-05', 'withdraw'],
      ['2026-12-20', { add: 1 }],
    ];
    // Two days by which a device more was there: 11/31 of 10.00.
    expect(billed(CONTRACT, steps, '2027-02-01').cents.slice(2)).toEqual([[3000, -1645], [4000, 1645, 355], [4000]]);
  });

  it('an account that is billed by the year is due on the day after, and charged once', () => {
    const yearly: Partial<Account> = {
      schedule: 'annual',
      billingStartDate: '2025-12-01',
      nextBillingDate: '2026-12-01',
    };
    const of = { contract: { endsOn: '2027-05-31', renewalMonths: 12 } };
    const ended: Step[] = [['2026-11-10', 'cancel']];
    const taken: Step[] = [...ended, ['2027-01-15', 'withdraw']];
    const never = total(billed(of, [], '2027-11-30', yearly));
    expect(total(billed(of, ended, '2027-11-30', yearly))).toBeLessThan(never);
    expect(total(billed(of, taken, '2027-11-30', yearly))).toBe(never);
  });

  it('whenever it is cancelled and taken back, the customer pays what it would have paid', () => {
    const day = fc.integer({ min: 0, max: 100 }).map((days) => addDays('2026-10-01', days));
    fc.assert(
      fc.property(
        day,
        day,
        day,
        fc.integer({ min: 1, max: 15 }),
        fc.boolean(),
        (end, cancel, withdraw, renewalMonths, contract) => {
          const of = contract ? { contract: { endsOn: end, renewalMonths } } : {};
          const steps: Step[] = [
            [cancel, 'cancel'],
            [withdraw, 'withdraw'],
          ];
          const never = total(billed(of, [], '2027-04-01'));
          let taken: number;
          try {
            taken = total(billed(of, steps, '2027-04-01'));
          } catch (error) {
            expect(error).toMatchObject({ code: 'cancellation_effective' });
            return;
          }
          // Cancelled after it was "taken back", it stays cancelled.
          if (cancel <= withdraw) expect(taken).toBe(never);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('taking a cancellation back', () => {
  const has = agreed(subscription('phone', [1, '2026-10-01', 3]), {
    ...CONTRACT,
    agreedPrice: {
      version: 'Q-1',
      from: '2026-10-01',
      interval: 'month',
      pricing: { model: 'flat', unitMicros: 9_000_000 },
    },
    billingGroup: 'Leeds',
  });
  const given = input(account('GB', 'GBP', { version: 4 }), [has]);
  const { account: after, subscription: cancelled } = cancelSubscription(given, 'sub-phone', '2026-11-10');
  const ending = { ...given, account: after, subscriptions: [cancelled] };

  const BY = { by: 'customer', now: '2026-11-10T10:00:00.000Z', today: '2026-11-12' } as const;
  const confirmation = () => confirmCancellation(ending, cancelled, SELLER, PRODUCTS, BY)!;
  const renewalOf = (contract: NonNullable<Subscription['contract']>, today: PlainDate) =>
    confirmWithdrawal(confirmation(), { ...has, contract }, { ...BY, today }).withdrawn!.renewal!;

  it('restores the subscription as it was: renewal, minimum, price and group', () => {
    const withdrawn = withdrawCancellation(ending, 'sub-phone', '2026-11-20');
    expect(withdrawn.subscription).toEqual(has);
    expect(withdrawn.account).toEqual({ ...given.account, version: 6 });
  });

  it('told again, nothing changes', () => {
    const again = withdrawCancellation(given, 'sub-phone', '2026-11-20');
    expect(again.account).toBe(given.account);
    expect(again.subscription).toEqual(has);
  });

  it.each([
    ['on its last day it still can be', '2026-12-14', undefined, undefined],
    ['on the day after it cannot', '2026-12-15', undefined, 'cancellation_effective'],
    ['nor once its content is deleted, which is said', '2027-03-14', '2027-03-14', 'content_deleted'],
    ['until then what stands in the way is that it ended', '2027-03-13', '2027-03-14', 'cancellation_effective'],
  ])('%s', (_name, today, purgeOn, code) => {
    const withdraw = () => withdrawCancellation(ending, 'sub-phone', today, purgeOn);
    if (code === undefined) expect(withdraw().subscription.cancellation).toBeUndefined();
    else expect(withdraw).toThrow(expect.objectContaining({ code, field: 'subscriptionId' }));
  });

  it.each<[string, PlainDate, PlainDate, number, object]>([
    ['on the last day on which it can be cancelled again', '2026-12-14', '2026-11-15', 12, { cancelBy: '2026-11-15' }],
    ['on the day after, that day is not named', '2026-12-14', '2026-11-16', 12, {}],
  ])('its confirmation names the day by which to cancel: %s', (_name, endsOn, today, renewalMonths, cancelBy) => {
    expect(renewalOf({ endsOn, renewalMonths }, today)).toStrictEqual({
      ...{ on: '2026-12-15', months: renewalMonths },
      ...cancelBy,
    });
  });

  it.each([
    ['in its first term', '2026-08-31', '2026-08-31', 6, '2026-09-01'],
    ['on the day of a renewal the next one', '2026-08-31', '2026-09-01', 6, '2027-03-01'],
    ['in its third term', '2025-08-31', '2026-11-15', 6, '2027-03-01'],
    ['from the end of a month on, without drifting', '2026-01-30', '2026-03-30', 1, '2026-03-31'],
    ['over a leap day', '2027-02-28', '2028-02-29', 12, '2028-03-01'],
    ['from a leap day on', '2028-02-28', '2028-03-01', 12, '2029-02-28'],
  ])('its confirmation says when it renews: %s', (_name, endsOn, today, renewalMonths, on) => {
    expect(renewalOf({ endsOn, renewalMonths }, today).on).toBe(on);
  });

  it('without a contract its confirmation says nothing of a renewal', () => {
    const told = confirmWithdrawal(confirmation(), subscription('phone', [1, '2026-10-01', 3]), BY);
    expect(told.withdrawn).toStrictEqual({ on: '2026-11-12', at: BY.now, by: 'customer' });
  });

  it('the day that it names is the last one on which cancelling it again is in time', () => {
    const plainDate = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2026-01-01', days));
    fc.assert(
      fc.property(plainDate, plainDate, fc.integer({ min: 1, max: 24 }), (endsOn, today, renewalMonths) => {
        const contract = { endsOn, renewalMonths };
        const renewal = renewalOf(contract, today);
        expect(renewal.on > today).toBe(true);
        const cancelledOn = (day: PlainDate) =>
          cancelSubscription({ ...given, subscriptions: [{ ...has, contract }] }, 'sub-phone', day).subscription
            .cancellation!.endsOn;
        const inTime = renewal.cancelBy ?? today;
        const late = renewal.cancelBy === undefined ? today : addDays(renewal.cancelBy, 1);
        if (renewal.cancelBy !== undefined) expect(cancelledOn(inTime)).toBe(addDays(renewal.on, -1));
        expect(cancelledOn(late) >= renewal.on).toBe(true);
      }),
    );
  });

  it.each([
    ['in good time', '2026-11-12', { on: '2026-12-15', months: 12, cancelBy: '2026-11-15' }],
    ['too late to cancel it again for this renewal', '2026-11-20', { on: '2026-12-15', months: 12 }],
  ])('its confirmation says when the contract renews: %s', (_name, today, renewal) => {
    const by = { by: 'customer', now: '2026-11-10T10:00:00.000Z' } as const;
    const told = confirmCancellation(ending, cancelled, SELLER, PRODUCTS, by)!;
    const confirmed = confirmWithdrawal(told, has, { ...by, today });
    expect(confirmed).toEqual({ ...told, withdrawn: { on: today, at: by.now, by: 'customer', renewal } });
    const second = confirmCancellation(ending, cancelled, SELLER, PRODUCTS, { ...by, before: confirmed })!;
    expect([second.occurrence, second.withdrawn]).toEqual([2, undefined]);
  });
});
