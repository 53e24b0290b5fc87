import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, type PlainDate } from '../../shared/domain/calendar.ts';
import { confirmCancellation, confirmWithdrawal } from '../../shared/domain/cancellation.ts';
import { renewalOf } from '../../shared/domain/renewals.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { cancelSubscription } from '../../shared/domain/subscription-terms.ts';
import { account, agreed, input, seller, subscription } from '../support/accounts.ts';

type Terms = NonNullable<Subscription['contract']>;
const renewals = (contract: Terms, from?: PlainDate) =>
  [1, 2, 3, 4, 5].map((nth) =>
    renewalOf(from === undefined ? { contract } : { contract, agreedPrice: { ...PRICE, from } }, nth),
  );
const PRICE = { version: 'Q-1', interval: 'month', pricing: { model: 'flat', unitMicros: 1 } } as const;

describe('R64: a contract renews', () => {
  it.each<[string, Terms, string[]]>([
    [
      'on the day on which it started, from 30 November by three months',
      { startsOn: '2026-11-30', endsOn: '2027-02-27', renewalMonths: 3 },
      ['2027-02-28', '2027-05-30', '2027-08-30', '2027-11-30', '2028-02-29'],
    ],
    [
      'on the last day of every shorter month, from the 31st by one month',
      { startsOn: '2027-12-31', endsOn: '2028-02-28', renewalMonths: 1 },
      ['2028-02-29', '2028-03-31', '2028-04-30', '2028-05-31', '2028-06-30'],
    ],
    [
      'on 29 February in leap years, on the 28th in others',
      { startsOn: '2024-02-29', endsOn: '2025-02-27', renewalMonths: 12 },
      ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29', '2029-02-28'],
    ],
    [
      'by another term than the first one',
      { startsOn: '2026-08-31', endsOn: '2027-11-29', renewalMonths: 6 },
      ['2027-11-30', '2028-05-31', '2028-11-30', '2029-05-31', '2029-11-30'],
    ],
    [
      'on the day of its first renewal, where no start is known',
      { endsOn: '2027-02-27', renewalMonths: 3 },
      ['2027-02-28', '2027-05-28', '2027-08-28', '2027-11-28', '2028-02-28'],
    ],
  ])('%s', (_how, contract, expected) => {
    expect(renewals(contract)).toEqual(expected);
  });

  it('as it was quoted, when its start was not stored with it yet: the price began with it', () => {
    expect(renewals({ endsOn: '2027-02-27', renewalMonths: 3 }, '2026-11-30')).toEqual(
      renewals({ startsOn: '2026-11-30', endsOn: '2027-02-27', renewalMonths: 3 }),
    );
  });

  it('on the day after its end first, whatever day its price is from', () => {
    expect(renewals({ endsOn: '2027-02-27', renewalMonths: 3 }, '2026-11-12')).toEqual(
      renewals({ endsOn: '2027-02-27', renewalMonths: 3 }),
    );
  });

  it('the nth time after the first term and n − 1 terms of the calendar, clamped to the end of the month', () => {
    const day = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2024-01-01', days));
    const months = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(day, months, months, fc.integer({ min: 1, max: 40 }), (startsOn, term, renewalMonths, nth) => {
        const contract = { startsOn, endsOn: addDays(addMonths(startsOn, term), -1), renewalMonths };
        const after = { months: term + (nth - 1) * renewalMonths };
        expect(renewalOf({ contract }, nth)).toBe(Temporal.PlainDate.from(startsOn).add(after).toString());
      }),
    );
  });
});

describe('a contract of 30 November for three months, months later', () => {
  const contract = { startsOn: '2026-11-30', endsOn: '2027-02-27', renewalMonths: 3 };
  const phones = agreed(subscription('phone', [1, '2026-11-30', 3]), { contract });
  const given = input(account('GB', 'GBP', { billingStartDate: '2026-11-30' }), [phones]);
  const cancelled = (on: PlainDate) => cancelSubscription(given, 'sub-phone', on).subscription;

  it.each([
    ['2027-04-30', '2027-05-29', undefined],
    ['2027-05-01', '2027-08-29', '2027-05-30'],
    ['2027-07-31', '2027-08-29', undefined],
  ])('cancelled on %s, ends on %s, after the renewal of %s', (on, endsOn, renewal) => {
    const of = cancelled(on);
    expect(of.cancellation).toEqual({ requestedOn: on, endsOn });
    const told = confirmCancellation(given, of, seller('GB', 'GBP'), [], {
      by: 'customer',
      now: `${on}T10:00:00.000Z`,
    });
    expect(told?.renewal).toBe(renewal);
  });

  it('renews on 30 May when its cancellation is taken back', () => {
    const by = { by: 'customer', now: '2027-04-01T10:00:00.000Z' } as const;
    const told = confirmCancellation(given, cancelled('2027-03-31'), seller('GB', 'GBP'), [], by)!;
    expect(confirmWithdrawal(told, phones, { ...by, today: '2027-04-01' }).withdrawn?.renewal).toEqual({
      on: '2027-05-30',
      months: 3,
      cancelBy: '2027-04-30',
    });
  });
});
