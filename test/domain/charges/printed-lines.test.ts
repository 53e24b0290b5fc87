import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import type { Subscription } from '../../../shared/domain/subscription.ts';
import { agreed, input, product, seller, subscription } from '../../support/accounts.ts';
import { billed, compose, draft, irish, products } from './fixtures.ts';

describe('R120, R122, R123: licences, rentals and billing groups', () => {
  it('rentals recur under their own label and tax code; the tax treatment stands on the line', () => {
    const lines = draft(
      compose(
        irish(),
        [subscription('rental', [1, '2026-08-01', 2]), subscription('licence', [2, '2026-08-01', 3])],
        '2026-08-01',
      ),
    ).lines;
    expect(
      lines.map(({ group, taxCode, taxTreatment, amount }) => [group, taxCode, taxTreatment, amount]),
    ).toContainEqual(['rentals', 'equipment-rental', undefined, 890]);
    expect(
      lines.map(({ group, taxCode, taxTreatment, amount }) => [group, taxCode, taxTreatment, amount]),
    ).toContainEqual(['contact-center', 'software', 'zero-rated', 24_000]);
  });

  it('R123: each billing group has its own lines, prorations with it, and what is not assigned comes last', () => {
    const of = (
      id: string,
      productId: string,
      billingGroup: string | undefined,
      ...changes: [number, string, number][]
    ) => agreed(subscription(productId, ...changes), { subscriptionId: id, ...(billingGroup && { billingGroup }) });
    const decision = compose(
      irish(billed('2026-07-01', 4)),
      [
        of('a', 'phone', undefined, [1, '2026-01-01', 1]),
        of('b', 'number', 'Sales', [2, '2026-01-01', 2]),
        of('c', 'phone', 'Sales', [3, '2026-01-01', 3], [5, '2026-07-15', 1]),
        of('d', 'phone', 'Desk', [4, '2026-01-01', 4]),
        of('e', 'phone', 'Desk', [6, '2026-08-01', 1]),
      ],
      '2026-08-01',
    );
    expect(
      draft(decision).lines.map((line) => [line.billingGroup, line.charge, line.productId, line.quantity]),
    ).toEqual([
      ['Desk', 'recurring', 'phone', 5],
      ['Sales', 'recurring', 'phone', 4],
      ['Sales', 'recurring', 'number', 2],
      ['Sales', 'proration', 'phone', 1],
      [undefined, 'recurring', 'phone', 1],
    ]);
  });
});

describe('the order in which lines are printed (R101–R122, R123)', () => {
  const of = (id: string, productId: string, terms: Partial<Subscription>, ...changes: [number, string, number][]) =>
    agreed(subscription(productId, ...changes), { subscriptionId: id, ...terms });
  const order = (...subscriptions: Subscription[]) =>
    draft(compose(irish(billed('2026-07-01', 5)), subscriptions, '2026-08-01')).lines.map(
      ({ billingGroup = '-', charge, productId, servicePeriod: { from }, quantity }) =>
        `${billingGroup} ${charge} ${productId} ${from} ${quantity}`,
    );

  it('whole periods by their label, then parts by time, whatever was subscribed to first', () => {
    expect(
      order(
        of('a', 'licence', {}, [1, '2026-01-01', 1]),
        of('b', 'rental', {}, [2, '2026-01-01', 1]),
        of('c', 'number', {}, [3, '2026-01-01', 1], [6, '2026-07-10', 1]),
        of('d', 'seat', {}, [4, '2026-01-01', 1], [7, '2026-07-20', 1]),
        of('e', 'phone', {}, [5, '2026-01-01', 1], [8, '2026-07-20', 1], [9, '2026-07-05', 1]),
      ),
    ).toEqual([
      '- recurring phone 2026-08-01 3',
      '- recurring seat 2026-08-01 2',
      '- recurring number 2026-08-01 2',
      '- recurring licence 2026-08-01 1',
      '- recurring rental 2026-08-01 1',
      '- proration phone 2026-07-06 1',
      '- proration number 2026-07-11 1',
      '- proration phone 2026-07-21 1',
      '- proration seat 2026-07-21 1',
    ]);
  });

  it('sections by name with their own parts, what is assigned to none last', () => {
    expect(
      order(
        of('a', 'phone', {}, [1, '2026-01-01', 1], [6, '2026-07-10', 2]),
        of('b', 'phone', { billingGroup: 'Sales' }, [2, '2026-01-01', 2]),
        of('c', 'number', { billingGroup: 'Desk' }, [3, '2026-01-01', 3], [7, '2026-07-10', -1]),
        of('d', 'phone', { billingGroup: 'Stock' }, [4, '2026-01-01', 4]),
        of('e', 'phone', { billingGroup: 'Archive' }, [5, '2026-01-01', 5]),
      ),
    ).toEqual([
      'Archive recurring phone 2026-08-01 5',
      'Desk recurring number 2026-08-01 2',
      'Desk proration number 2026-07-11 -1',
      'Sales recurring phone 2026-08-01 2',
      'Stock recurring phone 2026-08-01 4',
      '- recurring phone 2026-08-01 3',
      '- proration phone 2026-07-11 2',
    ]);
  });

  it('of one product and period, additions before removals', () => {
    expect(
      order(
        of(
          'a',
          'phone',
          { intervals: [{ from: '2026-07-01', interval: 'quarter' }] },
          [1, '2026-01-01', 5],
          [6, '2026-07-10', -1],
        ),
        of(
          'b',
          'phone',
          { intervals: [{ from: '2026-07-01', interval: 'quarter' }] },
          [2, '2026-01-01', 1],
          [7, '2026-07-10', 2],
        ),
      ),
    ).toEqual(['- proration phone 2026-07-11 2', '- proration phone 2026-07-11 -1']);
  });

  it('a product whose name is the beginning of another one with its section is not mixed up with it', () => {
    const twin = product('phone Desk', 100, 'EUR');
    const decision = composeInvoice(
      input(irish(billed('2026-07-01', 5)), [
        of('a', 'phone', { billingGroup: 'Desk' }, [1, '2026-01-01', 1]),
        of('b', 'phone Desk', {}, [2, '2026-01-01', 1]),
      ]),
      seller('IE', 'EUR'),
      [...products, twin],
      '2026-08-01',
      '2026-08-01',
    );
    expect(draft(decision).lines.map(({ productId, amount }) => [productId, amount])).toEqual([
      ['phone', 2500],
      ['phone Desk', 100],
    ]);
  });
});

describe('tiers: the quantity of the line decides, and a change is what the price of the new quantity adds', () => {
  it.each([
    ['volume, from 10 to 11: all become cheaper', 'licence', 10, 1, 66_000, (66_000 - 80_000) * 16],
    ['volume, from 11 to 10: all become dearer', 'licence', 11, -1, 80_000, (80_000 - 66_000) * 16],
    ['graduated, from 10 to 12', 'seat', 10, 2, 92_000, 12_000 * 16],
    ['graduated, from 12 to 9', 'seat', 12, -3, 72_000, -20_000 * 16],
  ])('%s', (_name, productId, had, delta, month, difference) => {
    const lines = draft(
      compose(
        irish(billed('2026-07-01', 1)),
        [subscription(productId, [1, '2026-01-01', had], [2, '2026-07-15', delta])],
        '2026-08-01',
      ),
    ).lines;
    expect(lines.map(({ amount }) => amount)).toEqual([month, Math.round(difference / 31)]);
    expect(lines[1]?.explanation).toMatchObject({
      before: had,
      after: had + delta,
      days: 16,
      of: 31,
      policy: 'start-day-free@1',
    });
  });
});
