import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { nextBillingDateAfter } from '../../../shared/domain/schedule.ts';
import type { Subscription } from '../../../shared/domain/subscription.ts';
import { agreed, input, seller, subscription } from '../../support/accounts.ts';
import { billed, charged, compose, draft, irish, products } from './fixtures.ts';

describe('R88, R91: plans by the year and quarter on the calendar schedule', () => {
  const yearly = (from: string, ...changes: [number, string, number][]) => [
    agreed(subscription('phone', ...changes), { intervals: [{ from, interval: 'year' }] }),
  ];
  it('a year that begins on the 1st is paid at once, and not again until its renewal at the price of that day', () => {
    const plan = yearly('2026-08-01', [1, '2026-08-01', 2]);
    expect(charged(compose(irish({ billingStartDate: '2026-08-01' }), plan, '2026-08-01'))).toEqual([
      ['recurring', 'phone', 2, '2026-08-01', '2027-07-31', 48_000],
    ]);
    const later = irish({ billingStartDate: '2026-08-01', ...billed('2026-08-01', 1) });
    expect(compose(later, plan, '2026-09-01').outcome).toBe('zero');
    expect(charged(compose({ ...later, ...billed('2027-07-01', 1) }, plan, '2027-08-01'))).toEqual([
      ['recurring', 'phone', 2, '2027-08-01', '2028-07-31', 52_000],
    ]);
  });

  it('a start within a month is charged for the days that are left of the year of that month', () => {
    const plan = yearly('2026-07-01', [1, '2026-07-15', 1]);
    expect(charged(compose(irish({ billingStartDate: '2026-07-15' }), plan, '2026-08-01'))).toEqual([
      ['proration', 'phone', 1, '2026-07-16', '2027-06-30', 23_014],
    ]);
  });

  it('an addition within the year is charged by the days that are left, at the price of the year', () => {
    const plan = yearly('2026-07-01', [1, '2026-07-01', 1], [2, '2027-01-31', 1]);
    expect(charged(compose(irish(billed('2027-01-01', 1)), plan, '2027-02-01'))).toEqual([
      ['proration', 'phone', 1, '2027-02-01', '2027-06-30', 9863],
    ]);
  });

  it('from month to year and back: each period to its end, no day twice and none refunded', () => {
    const plan = [
      agreed(subscription('phone', [1, '2026-01-01', 1]), {
        intervals: [
          { from: '2026-03-01', interval: 'year' },
          { from: '2027-03-01', interval: 'month' },
          { from: '2027-04-01', interval: 'quarter' },
        ],
      }),
    ];
    let of = irish();
    const amounts: Record<string, number> = {};
    for (let date = '2026-01-01'; date <= '2027-07-01'; date = nextBillingDateAfter(of, date)) {
      for (const [, , , from, , amount] of charged(compose(of, plan, date))) amounts[String(from)] = Number(amount);
      of = { ...of, ...billed(date, 1) };
    }
    expect(amounts).toEqual({
      '2026-01-01': 2500,
      '2026-02-01': 2500,
      '2026-03-01': 24_000,
      '2027-03-01': 2500,
      '2027-04-01': 6900,
      '2027-07-01': 6900,
    });
  });

  it('a product without a price for the interval holds the account and says which', () => {
    const plan = [
      agreed(subscription('number', [1, '2026-08-01', 1]), { intervals: [{ from: '2026-08-01', interval: 'year' }] }),
    ];
    expect(compose(irish(), plan, '2026-08-01')).toMatchObject({
      outcome: 'held',
      code: 'price_missing',
      reason: expect.stringContaining('number per year in EUR on 2026-08-01'),
    });
  });
});

describe('R91, R144: accounts that are not billed by the calendar month', () => {
  it('every 30 days: two cycles in January, each an invoice of its own, and a change by the days of its cycle', () => {
    const of = irish({ schedule: 'every-30-days', billingStartDate: '2026-01-01' });
    const plan = [subscription('phone', [1, '2026-01-01', 1], [2, '2026-01-16', 1])];
    expect(draft(compose(of, plan, '2026-01-01'))).toMatchObject({
      invoiceId: '2026-01-01#cycle',
      month: '2026-01',
      subtotal: 2500,
    });
    const second = compose({ ...of, ...billed('2026-01-01', 2) }, plan, '2026-01-31');
    expect(draft(second)).toMatchObject({
      invoiceId: '2026-01-31#cycle',
      month: '2026-01',
      cycle: { from: '2026-01-31', to: '2026-03-01' },
    });
    expect(charged(second)).toEqual([
      ['recurring', 'phone', 2, '2026-01-31', '2026-03-01', 5000],
      ['proration', 'phone', 1, '2026-01-17', '2026-01-30', 1167],
    ]);
  });

  it('annual: once at purchase, once at renewal; what is added meanwhile by the days that are left', () => {
    const of = irish({ schedule: 'annual', billingStartDate: '2026-03-15' });
    const plan = [subscription('phone', [1, '2026-03-15', 1], [2, '2026-09-14', 1])];
    expect(charged(compose(of, plan, '2026-03-15'))).toEqual([
      ['recurring', 'phone', 1, '2026-03-15', '2027-03-14', 24_000],
    ]);
    expect(charged(compose({ ...of, ...billed('2026-03-15', 1) }, plan, '2026-09-14'))).toEqual([
      ['proration', 'phone', 1, '2026-09-15', '2027-03-14', 11_901],
    ]);
    expect(charged(compose({ ...of, ...billed('2026-09-14', 2) }, plan, '2027-03-15'))).toEqual([
      ['recurring', 'phone', 2, '2027-03-15', '2028-03-14', 52_000],
    ]);
  });

  it('quarterly: by the quarter’s price', () => {
    const of = irish({ schedule: 'quarterly', quote: 'Q-1', billingStartDate: '2026-11-30' });
    expect(charged(compose(of, [subscription('phone', [1, '2026-11-30', 1])], '2026-11-30'))).toEqual([
      ['recurring', 'phone', 1, '2026-11-30', '2027-02-27', 6900],
    ]);
  });
});

describe('R145: usage comes in arrears', () => {
  const open = (month: string, last: number) => ({ month, covered: 0, last, before: {}, records: [] });
  it('an invoice and a zero take note of the months that are over', () => {
    const usage = [open('2026-06', 4), open('2026-07', 9), open('2026-08', 1)];
    const plan = [subscription('phone', [1, '2026-08-01', 1])];
    const of = (subscriptions: readonly Subscription[]) =>
      composeInvoice(
        { ...input(irish(), subscriptions), usage },
        seller('IE', 'EUR'),
        products,
        '2026-08-01',
        '2026-08-01',
      );
    expect(draft(of(plan)).usageCovered).toEqual({ '2026-06': 4, '2026-07': 9 });
    expect(of([])).toMatchObject({ outcome: 'zero', usageCovered: { '2026-06': 4, '2026-07': 9 } });
  });
});
