import { describe, expect, it } from 'vitest';
import type { Account, ScheduleChange } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { nextDueAfter } from '../../shared/domain/next-due.ts';
import { changeSchedule } from '../../shared/domain/schedule-change.ts';
import { addSubscription } from '../../shared/domain/subscription-terms.ts';
import { account, input, monthly, product, seller, subscription } from '../support/accounts.ts';

const billed = (date: string) => ({ billedThrough: { date, month: date.slice(0, 7), change: 1 } });
const having = (overrides: Partial<Account>) => account('IE', 'EUR', { billingStartDate: '2026-03-15', ...overrides });
const thirty = having({ schedule: 'every-30-days', ...billed('2026-05-14') });
const yearly = having({ schedule: 'annual', ...billed('2026-03-15') });
const switched = having({ ...thirty, scheduleChanges: [{ from: '2026-06-13', schedule: 'annual' }] });
const choose = (schedule: ScheduleChange['schedule'], from: string): ScheduleChange => ({ schedule, from });

describe('R88: a plan that changes between every 30 days and the year', () => {
  it.each([
    ['within a cycle, from the next', thirty, choose('annual', '2026-05-20'), [choose('annual', '2026-06-13')]],
    ['on the first day of the next, at once', thirty, choose('annual', '2026-06-13'), [choose('annual', '2026-06-13')]],
    [
      'dated before what was billed, from the next',
      thirty,
      choose('annual', '2026-04-01'),
      [choose('annual', '2026-06-13')],
    ],
    ['later, with the cycle after that day', thirty, choose('annual', '2026-06-14'), [choose('annual', '2026-07-13')]],
    [
      'from the year, at the renewal',
      yearly,
      choose('every-30-days', '2026-05-20'),
      [choose('every-30-days', '2027-03-15')],
    ],
    [
      'back again, when that year is over',
      having({ ...switched, ...billed('2026-06-13') }),
      choose('every-30-days', '2026-08-01'),
      [choose('annual', '2026-06-13'), choose('every-30-days', '2027-06-13')],
    ],
    [
      'never billed, from the first day',
      having({ schedule: 'annual' }),
      choose('every-30-days', '2026-01-01'),
      [choose('every-30-days', '2026-03-15')],
    ],
  ] as [string, Account, ScheduleChange, ScheduleChange[]][])('%s', (_name, of, change, changes) => {
    const moved = changeSchedule(of, change);
    expect(moved.scheduleChanges).toEqual(changes);
    expect([moved.version, moved.nextBillingDate]).toEqual([of.version + 1, of.nextBillingDate]);
  });

  it('thought better of before it took effect: as if it had not been asked for', () => {
    const back = changeSchedule(switched, choose('every-30-days', '2026-05-21'));
    expect(back).toEqual({ ...thirty, version: switched.version + 1 });
    expect(back).not.toHaveProperty('scheduleChanges');
  });

  it('told again nothing changes', () => {
    expect(changeSchedule(switched, choose('annual', '2026-05-20'))).toBe(switched);
    expect(changeSchedule(thirty, choose('every-30-days', '2026-05-20'))).toBe(thirty);
  });

  it.each([undefined, 'calendar-month', 'quarterly'] as const)('is refused on schedule %s', (schedule) => {
    const of = having(schedule === undefined ? {} : { schedule });
    expect(() => changeSchedule(of, choose('annual', '2026-05-20'))).toThrow(
      expect.objectContaining({ code: 'schedule_fixed', field: 'schedule' }),
    );
  });
});

describe('R88, R91: what is charged after the change', () => {
  const phone = product('phone', 2500, 'EUR', {
    taxCode: 'software',
    prices: [monthly(2500, 'EUR'), monthly(24_000, 'EUR', { interval: 'year' })],
  });
  const phones = subscription('phone', [1, '2026-03-15', 2]);
  const invoiced = (of: Account, due: string) => {
    const decision = composeInvoice(input(of, [phones]), seller('IE', 'EUR'), [phone], due, due);
    if (decision.outcome !== 'invoice') throw new Error(decision.reason);
    const { invoiceId, lines } = decision.draft;
    return [invoiceId, ...lines.map(({ amount, servicePeriod: { from, to } }) => `${from} ${to} ${amount}`)];
  };

  it('a year at the yearly price from the day on which the last cycle ended, and its renewal', () => {
    expect(invoiced(switched, '2026-06-13')).toEqual(['2026-06-13#cycle', '2026-06-13 2027-06-12 48000']);
    expect(nextDueAfter({ account: switched, subscriptions: [phones] }, [phone], '2026-05-14')).toBe('2026-06-13');
    expect(nextDueAfter({ account: switched, subscriptions: [phones] }, [phone], '2026-06-13')).toBe('2027-06-13');
  });

  it('every 30 days from the renewal of the year on', () => {
    const of = having({ ...yearly, scheduleChanges: [choose('every-30-days', '2027-03-15')] });
    expect(invoiced(of, '2027-03-15')).toEqual(['2027-03-15#cycle', '2027-03-15 2027-04-13 5000']);
    expect(nextDueAfter({ account: of, subscriptions: [phones] }, [phone], '2027-03-15')).toBe('2027-04-14');
  });

  it('what is added in the year is due on its day, as on any account that is billed by the year', () => {
    const of = having({ ...switched, ...billed('2026-06-13'), nextBillingDate: '2027-06-13' });
    const changes = [{ effectiveOn: '2026-08-01', delta: 1 }];
    const added = addSubscription(input(of, [phones]), { subscriptionId: 'new', productId: 'phone', changes });
    expect(added.account.nextBillingDate).toBe('2026-08-01');
  });
});
