import { describe, expect, it } from 'vitest';
import { confirmCancellation } from '../../shared/domain/cancellation.ts';
import { cancelSubscription } from '../../shared/domain/subscription-terms.ts';
import { account, agreed, input, monthly, product, seller, subscription } from '../support/accounts.ts';

const NOW = '2026-11-15T10:00:00.000Z';
const SELLER = seller('GB', 'GBP');
const PRODUCTS = [
  product('phone', 1000, 'GBP'),
  product('archive', 1000, 'GBP', { dataKeptDays: 180 }),
  product('dear', 1000, 'GBP', {
    prices: [monthly(1000, 'GBP', { to: '2026-12-31' }), monthly(1200, 'GBP', { version: 'v2', from: '2027-01-01' })],
  }),
];

/** Three of a product, by the calendar month since January, unless its terms say otherwise. */
function confirmed(productId: string, requestedOn: string, terms: Parameters<typeof agreed>[1] = {}, of = {}) {
  const has = agreed(subscription(productId, [1, '2026-01-01', 3]), terms);
  const given = input(account('GB', 'GBP', of), [has]);
  const { subscription: cancelled } = cancelSubscription(given, has.subscriptionId, requestedOn);
  return confirmCancellation(given, cancelled, SELLER, PRODUCTS, { by: 'customer', now: NOW });
}
const CONTRACT = { contract: { endsOn: '2027-02-28', renewalMonths: 15 } };

describe('the confirmation of a cancellation', () => {
  it('R68: by the month nothing but the month itself is charged, to its end', () => {
    expect(confirmed('phone', '2026-11-15')).toMatchObject({
      ...{ quantity: 3, by: 'customer', requestedOn: '2026-11-15', requestedAt: NOW, endsOn: '2026-11-30' },
      charges: [],
    });
  });

  it('R69: with three months of a contract left, these three are charged, each in full', () => {
    const { endsOn, charges, renewal } = confirmed('phone', '2026-11-15', CONTRACT)!;
    expect([endsOn, renewal]).toEqual(['2027-02-28', undefined]);
    expect(charges).toEqual([
      { period: { from: '2026-12-01', to: '2026-12-31' }, amount: 30_00 },
      { period: { from: '2027-01-01', to: '2027-01-31' }, amount: 30_00 },
      { period: { from: '2027-02-01', to: '2027-02-28' }, amount: 30_00 },
    ]);
  });

  it('R64: less than 30 days before the renewal it says which renewal it came too late for', () => {
    const { endsOn, charges, renewal } = confirmed('phone', '2027-02-10', CONTRACT)!;
    expect([renewal, endsOn, charges.length]).toEqual(['2027-03-01', '2028-05-31', 15]);
    expect(confirmed('phone', '2027-01-30', CONTRACT)?.renewal).toBeUndefined();
  });

  it('a contract that ends within a month is charged for a part of it', () => {
    const { charges } = confirmed('phone', '2026-11-15', { contract: { endsOn: '2026-12-15', renewalMonths: 12 } })!;
    expect(charges).toMatchObject([{ period: { from: '2026-12-01', to: '2026-12-15' } }]);
    expect(charges[0]!.amount).toBeGreaterThan(0);
    expect(charges[0]!.amount).toBeLessThan(30_00);
  });

  it('prices that are known to change are those of their periods', () => {
    const { charges } = confirmed('dear', '2026-11-15', CONTRACT)!;
    expect(charges.map(({ amount }) => amount)).toEqual([30_00, 36_00, 36_00]);
  });

  it('says whose it is, and of what, in which language and currency', () => {
    expect(confirmed('phone', '2026-11-15')).toMatchObject({
      ...{ sellerId: SELLER.sellerId, accountId: 'acme', subscriptionId: 'sub-phone' },
      ...{ language: 'en', currency: 'GBP', product: { name: PRODUCTS[0]!.name, unit: PRODUCTS[0]!.unit } },
    });
  });

  it('of a product that is sold no more has its id for a name, its periods without amounts, and 90 days', () => {
    const {
      product: gone,
      charges,
      purgeOn,
    } = confirmed('gone', '2026-11-15', {
      contract: { endsOn: '2026-12-31', renewalMonths: 12 },
    })!;
    expect([gone, purgeOn]).toEqual([{ name: 'gone', unit: '' }, '2027-03-31']);
    expect(charges).toStrictEqual([{ period: { from: '2026-12-01', to: '2026-12-31' } }]);
  });

  it.each([
    ['2026-08-01', '2026-08-31', undefined, 'in time for the third term: of renewals in the past it says nothing'],
    ['2026-03-01', '2026-08-31', undefined, 'on the day of a renewal, which has taken place'],
    ['2026-08-15', '2027-02-28', '2026-09-01', 'too late for the third term'],
  ])(
    'R64: of a contract that renewed before, asked on %s, ends on %s (renewal %s): %s',
    (on, endsOn, renewal, _why) => {
      const of = confirmed('phone', on, { contract: { endsOn: '2025-08-31', renewalMonths: 6 } })!;
      expect(of.endsOn).toBe(endsOn);
      expect('renewal' in of ? of.renewal : 'nothing').toBe(renewal ?? 'nothing');
    },
  );

  it.each([
    ['the account is billed', '2027-01-01', '2026-01-01', '2027-01-01', 30_00],
    ['the account is billed, in the middle of a month (R98)', '2027-01-17', '2026-01-01', '2027-01-17', 13_55],
    ['the subscription begins', '2026-01-01', '2027-01-01', '2027-01-01', 30_00],
  ])('asked for before %s, all of it is still charged', (_what, billingStartDate, from, begin, first) => {
    const has = agreed(subscription('phone', [1, from, 3]), { contract: { endsOn: '2027-02-28', renewalMonths: 12 } });
    const given = input(account('GB', 'GBP', { billingStartDate }), [has]);
    const { subscription: cancelled } = cancelSubscription(given, has.subscriptionId, '2026-11-15');
    const of = confirmCancellation(given, cancelled, SELLER, PRODUCTS, { by: 'customer', now: NOW })!;
    expect(of.quantity).toBe(3);
    expect(of.charges).toEqual([
      { period: { from: begin, to: '2027-01-31' }, amount: first },
      { period: { from: '2027-02-01', to: '2027-02-28' }, amount: 30_00 },
    ]);
  });

  it('asked for on the very day on which it begins, the period of that day is not among those to come', () => {
    const has = agreed(subscription('phone', [1, '2026-11-01', 3]), {
      contract: { endsOn: '2026-12-31', renewalMonths: 12 },
    });
    const given = input(account('GB', 'GBP', { billingStartDate: '2026-11-01' }), [has]);
    const { subscription: cancelled } = cancelSubscription(given, has.subscriptionId, '2026-11-01');
    const of = confirmCancellation(given, cancelled, SELLER, PRODUCTS, { by: 'customer', now: NOW })!;
    expect(of.charges).toEqual([{ period: { from: '2026-12-01', to: '2026-12-31' }, amount: 30_00 }]);
  });

  it('a period that begins on the last day is charged for that day', () => {
    const { charges } = confirmed('phone', '2026-10-31', { contract: { endsOn: '2026-12-01', renewalMonths: 12 } })!;
    expect(charges.map(({ period }) => [period.from, period.to])).toEqual([
      ['2026-11-01', '2026-11-30'],
      ['2026-12-01', '2026-12-01'],
    ]);
  });

  it('a yearly account is in service to the end of its year', () => {
    const yearly = confirmed('phone', '2026-11-15', {}, { schedule: 'annual', billingStartDate: '2026-03-10' });
    expect(yearly).toMatchObject({ endsOn: '2027-03-09', charges: [] });
  });

  it.each([
    ['90 days after the end', 'phone', '2027-02-28'],
    ['as long after it as the product says', 'archive', '2027-05-29'],
  ])('C4: the content is deleted %s', (_when, productId, purgeOn) => {
    expect(confirmed(productId, '2026-11-15')?.purgeOn).toBe(purgeOn);
  });

  it('is for nobody who did not cancel, and nobody who has no address', () => {
    const has = subscription('phone', [1, '2026-01-01', 3]);
    const by = { by: 'support', now: NOW } as const;
    expect(confirmCancellation(input(account('GB', 'GBP'), [has]), has, SELLER, PRODUCTS, by)).toBeUndefined();
    const { billingAddress: _none, ...homeless } = account('GB', 'GBP');
    const given = input(homeless, [has]);
    const { subscription: cancelled } = cancelSubscription(given, has.subscriptionId, '2026-11-15');
    expect(confirmCancellation(given, cancelled, SELLER, PRODUCTS, by)).toBeUndefined();
  });
});
