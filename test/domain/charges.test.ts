import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, Subscription } from '../../shared/domain/account.ts';
import type { Pricing, Product } from '../../shared/domain/catalog.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { BillingDecision, DraftInvoice } from '../../shared/domain/invoice.ts';
import { nextBillingDateAfter } from '../../shared/domain/schedule.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { account, agreed, input, monthly, product, seller, subscription } from '../support/accounts.ts';

const tiers = [{ upTo: 10, unitMicros: 80_000_000 }, { unitMicros: 60_000_000 }];
const priced = (pricing: Pricing) => [monthly(0, 'EUR', { pricing })];
const phone = product('phone', 2500, 'EUR', {
  prices: [
    monthly(2500, 'EUR'),
    monthly(6900, 'EUR', { interval: 'quarter' }),
    monthly(24_000, 'EUR', { interval: 'year' }),
    monthly(26_000, 'EUR', { interval: 'year', version: 'v2', from: '2027-01-01' }),
  ],
});
const number = product('number', 300, 'EUR', { group: 'standard-phone-numbers', unit: 'number' });
const rental = product('rental', 445, 'EUR', { group: 'rentals', unit: 'phone', taxCode: 'equipment-rental' });
const licence = product('licence', 0, 'EUR', {
  group: 'contact-center',
  taxCode: 'software',
  taxTreatment: 'zero-rated',
  prices: priced({ model: 'volume', tiers }),
});
const seat = product('seat', 0, 'EUR', { prices: priced({ model: 'graduated', tiers }) });
const products: readonly Product[] = [number, phone, rental, licence, seat];

const compose = (
  of: Account,
  subscriptions: readonly Subscription[],
  date: string,
  overrides: Partial<Seller> = {},
): BillingDecision => composeInvoice(input(of, subscriptions), seller('IE', 'EUR', overrides), products, date, date);

const draft = (decision: BillingDecision): DraftInvoice => {
  if (decision.outcome !== 'invoice') throw new Error(`expected an invoice, got ${JSON.stringify(decision)}`);
  return decision.draft;
};
/** What is charged: kind, product, quantity, first and last day, cents. */
const charged = (decision: BillingDecision) =>
  decision.outcome === 'zero'
    ? []
    : draft(decision).lines.map((line) => [
        line.charge,
        line.productId,
        line.quantity,
        line.servicePeriod.from,
        line.servicePeriod.to,
        line.amount,
      ]);
const billed = (date: string, change: number) => ({ billedThrough: { date, month: date.slice(0, 7), change } });
const irish = (overrides: Partial<Account> = {}) => account('IE', 'EUR', overrides);

describe('C11: a contracted minimum is paid for even when less is there', () => {
  const of = (...changes: [number, string, number][]) => [agreed(subscription('phone', ...changes), { minimum: 5 })];
  const july = irish(billed('2026-07-01', 1));

  it.each([
    [
      'the whole month of the minimum',
      of([1, '2026-01-01', 3]),
      [['recurring', 'phone', 5, '2026-08-01', '2026-08-31', 12_500]],
    ],
    [
      'a removal below it is not credited',
      of([1, '2026-01-01', 5], [2, '2026-07-15', -2]),
      [['recurring', 'phone', 5, '2026-08-01', '2026-08-31', 12_500]],
    ],
    [
      'a removal is credited above it only',
      of([1, '2026-01-01', 7], [2, '2026-07-15', -4]),
      [
        ['recurring', 'phone', 5, '2026-08-01', '2026-08-31', 12_500],
        ['proration', 'phone', -2, '2026-07-16', '2026-07-31', -2581],
      ],
    ],
    [
      'an addition up to it is paid for already',
      of([1, '2026-01-01', 3], [2, '2026-07-15', 3]),
      [
        ['recurring', 'phone', 6, '2026-08-01', '2026-08-31', 15_000],
        ['proration', 'phone', 1, '2026-07-16', '2026-07-31', 1290],
      ],
    ],
  ])('%s', (_name, subscriptions, lines) => {
    expect(charged(compose(july, subscriptions, '2026-08-01'))).toEqual(lines);
  });
});

describe('R68–R70, C11: a cancelled plan is charged in full to the end of its term, and nothing is refunded', () => {
  const cancelled = (endsOn: string) => [
    agreed(subscription('phone', [1, '2026-01-01', 2]), { cancellation: { requestedOn: '2026-07-10', endsOn } }),
  ];
  it('R68: cancelled in July with the month, July stays charged and August is not', () => {
    expect(compose(irish(billed('2026-07-01', 1)), cancelled('2026-07-31'), '2026-08-01')).toMatchObject({
      outcome: 'zero',
      reason: 'Nothing to charge',
    });
  });

  it('R69: a contract of 15 months that is cancelled with three left is charged to its end, of its last month by the day', () => {
    const contract = cancelled('2026-10-14');
    const month = (from: string, to: string) => [['recurring', 'phone', 2, from, to, 5000]];
    expect(charged(compose(irish(billed('2026-08-01', 1)), contract, '2026-09-01'))).toEqual(
      month('2026-09-01', '2026-09-30'),
    );
    expect(charged(compose(irish(billed('2026-09-01', 1)), contract, '2026-10-01'))).toEqual([
      ...month('2026-10-01', '2026-10-31'),
      ['proration', 'phone', -2, '2026-10-15', '2026-10-31', -2742],
    ]);
    expect(compose(irish(billed('2026-10-01', 1)), contract, '2026-11-01').outcome).toBe('zero');
  });

  it.each(['start-day-counted@1', 'fixed-30-days@1', 'to-the-second@1'] as const)(
    '%s: the last day of service is paid for, by every policy',
    (prorationPolicy) => {
      const decision = compose(irish(billed('2026-08-01', 1)), cancelled('2026-09-14'), '2026-09-01', {
        prorationPolicy,
      });
      expect(charged(decision)[1]).toEqual(['proration', 'phone', -2, '2026-09-15', '2026-09-30', -2667]);
    },
  );

  it('C11: what ends within a period that was billed is not refunded', () => {
    const ending = cancelled('2026-08-14');
    expect(compose(irish(billed('2026-08-01', 1)), ending, '2026-09-01')).toMatchObject({
      outcome: 'zero',
      reason: 'Nothing to charge',
    });
  });

  it.each([
    ['in the next run', '2026-08-01', '2026-09-01'],
    ['a month later', '2026-09-01', '2026-10-01'],
    ['half a year later', '2027-02-01', '2027-03-01'],
  ])('R69, R97: an addition before the end that is recorded %s is charged to that end', (_name, through, date) => {
    const late = cancelled('2026-08-14').map((of) => ({
      ...of,
      changes: [...of.changes, { change: 2, effectiveOn: '2026-08-05', delta: 1 }],
    }));
    // 25.00 × 26 ÷ 31 less 25.00 × 17 ÷ 31: nine days. The two that were billed are neither charged nor credited again.
    expect(charged(compose(irish(billed(through, 1)), late, date))).toEqual([
      ['proration', 'phone', 1, '2026-08-06', '2026-08-31', 2097],
      ['proration', 'phone', -1, '2026-08-15', '2026-08-31', -1371],
    ]);
  });

  it('C11: of a year that was billed, an addition is charged to the end of the contract, and the rest is not refunded', () => {
    const contract = [
      agreed(subscription('phone', [1, '2026-03-15', 2], [2, '2026-09-14', 1]), {
        cancellation: { requestedOn: '2026-09-01', endsOn: '2026-12-14' },
      }),
    ];
    const yearly = irish({ schedule: 'annual', billingStartDate: '2026-03-15', ...billed('2026-03-15', 1) });
    // 240.00 × 181 ÷ 365 less 240.00 × 90 ÷ 365
    expect(charged(compose(yearly, contract, '2026-12-15'))).toEqual([
      ['proration', 'phone', 1, '2026-09-15', '2027-03-14', 11_901],
      ['proration', 'phone', -1, '2026-12-15', '2027-03-14', -5918],
    ]);
  });

  it.each([
    ['the first day of a month', '2026-10-01', [5000, -4839], '2026-10-02'],
    ['the second', '2026-10-02', [5000, -4677], '2026-10-03'],
    ['the last but one', '2026-10-30', [5000, -161], '2026-10-31'],
    ['the last', '2026-10-31', [5000], undefined],
  ])('R69: charged to its end on %s, that day with it', (_name, endsOn, amounts, from) => {
    const lines = charged(compose(irish(billed('2026-09-01', 1)), cancelled(endsOn), '2026-10-01'));
    expect(lines.map((line) => line[5])).toEqual(amounts);
    expect(lines[1]?.[3]).toBe(from);
  });

  it('the minimum ends with it', () => {
    const of = cancelled('2026-07-31').map((subscribed) => agreed(subscribed, { minimum: 5 }));
    expect(compose(irish(billed('2026-07-01', 1)), of, '2026-08-01').outcome).toBe('zero');
  });
});

describe('R97: what is recorded late', () => {
  const of = (...changes: [number, string, number][]) => [subscription('phone', ...changes)];

  it('is charged beside what was billed for later days of that month, which is not charged again', () => {
    // Recorded and billed: 3 since January, 2 more from 15 July. Recorded in August: 1 more from 10 July.
    const late = of([1, '2026-01-01', 3], [2, '2026-07-15', 2], [3, '2026-07-10', 1]);
    expect(charged(compose(irish(billed('2026-08-01', 2)), late, '2026-09-01'))).toEqual([
      ['recurring', 'phone', 6, '2026-09-01', '2026-09-30', 15_000],
      ['proration', 'phone', 1, '2026-07-11', '2026-07-31', 1694],
      ['proration', 'phone', 1, '2026-08-01', '2026-08-31', 2500],
    ]);
  });

  it('on the very day of a change that was billed, only what is new is charged', () => {
    const late = of([1, '2026-01-01', 3], [2, '2026-07-15', 2], [3, '2026-07-15', 1]);
    expect(charged(compose(irish(billed('2026-08-01', 2)), late, '2026-09-01')).slice(1)).toEqual([
      ['proration', 'phone', 1, '2026-07-16', '2026-07-31', 1290],
      ['proration', 'phone', 1, '2026-08-01', '2026-08-31', 2500],
    ]);
  });

  it('on the very day of a change that was billed, also in another subscription of the product, whichever comes first', () => {
    const billedOne = agreed(subscription('phone', [1, '2026-01-01', 3], [2, '2026-07-15', 2]), {});
    const lateOne = agreed(subscription('phone', [3, '2026-07-15', 1]), { subscriptionId: 'late' });
    for (const both of [
      [billedOne, lateOne],
      [lateOne, billedOne],
    ])
      expect(charged(compose(irish(billed('2026-08-01', 2)), both, '2026-09-01'))).toEqual([
        ['recurring', 'phone', 6, '2026-09-01', '2026-09-30', 15_000],
        ['proration', 'phone', 1, '2026-07-16', '2026-07-31', 1290],
        ['proration', 'phone', 1, '2026-08-01', '2026-08-31', 2500],
      ]);
  });

  it('R96: a month that was not billed is charged in full, though something changed only after it', () => {
    const missed = of([1, '2026-01-01', 3], [2, '2026-09-15', 1]);
    expect(charged(compose(irish(billed('2026-07-01', 1)), missed, '2026-10-01'))).toEqual([
      ['recurring', 'phone', 3, '2026-08-01', '2026-08-31', 7500],
      ['recurring', 'phone', 3, '2026-09-01', '2026-09-30', 7500],
      ['recurring', 'phone', 4, '2026-10-01', '2026-10-31', 10_000],
      ['proration', 'phone', 1, '2026-09-16', '2026-09-30', 1250],
    ]);
  });

  it.each([
    ['start-day-free@1', []],
    ['start-day-counted@1', [81]],
    ['fixed-30-days@1', []],
    ['to-the-second@1', [81]],
  ] as const)('%s: a change on the last day of a month', (prorationPolicy, amounts) => {
    const decision = compose(
      irish(billed('2026-07-01', 1)),
      of([1, '2026-01-01', 3], [2, '2026-07-31', 1]),
      '2026-08-01',
      { prorationPolicy },
    );
    expect(
      charged(decision)
        .slice(1)
        .map((line) => line[5]),
    ).toEqual(amounts);
  });
});

describe('R58, C30: a trial is never billed and turns into free', () => {
  it.each(['2026-07-01', '2026-08-01', '2027-01-01'])('nothing on %s, before and after its end', (date) => {
    const trial = [agreed(subscription('phone', [1, '2026-06-20', 5]), { trial: { until: '2026-07-20' } })];
    expect(compose(irish(), trial, date)).toMatchObject({ outcome: 'zero', reason: 'Nothing to charge' });
  });
});

describe('R95: a circuit is charged from its activation on', () => {
  const circuit = subscription('phone', [1, '2026-05-02', 1]);
  it('while it is pending nothing is charged', () => {
    expect(compose(irish(), [agreed(circuit, { activation: 'pending' })], '2026-08-01').outcome).toBe('zero');
  });

  it('an activation that is recorded after the month was billed is charged from its day', () => {
    const active = [agreed(circuit, { activation: { on: '2026-07-15', change: 2 } })];
    expect(charged(compose(irish(billed('2026-07-01', 1)), active, '2026-08-01'))).toEqual([
      ['recurring', 'phone', 1, '2026-08-01', '2026-08-31', 2500],
      ['proration', 'phone', 1, '2026-07-16', '2026-07-31', 1290],
    ]);
    expect(charged(compose(irish(billed('2026-08-01', 2)), active, '2026-09-01'))).toEqual([
      ['recurring', 'phone', 1, '2026-09-01', '2026-09-30', 2500],
    ]);
  });

  it('is not charged before the billing start all the same (R92)', () => {
    const active = [agreed(circuit, { activation: { on: '2026-07-15', change: 2 } })];
    expect(charged(compose(irish({ billingStartDate: '2026-08-01' }), active, '2026-08-01'))).toEqual([
      ['recurring', 'phone', 1, '2026-08-01', '2026-08-31', 2500],
    ]);
  });
});

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

describe('policies that look at the clock', () => {
  const changes = (...times: (readonly [string, number])[]) => [
    agreed(subscription('phone', [1, '2026-01-01', 1]), {
      changes: [
        { change: 1, effectiveOn: '2026-01-01', delta: 1 },
        ...times.map(([time, delta], index) => ({
          change: index + 2,
          effectiveOn: '2026-06-15',
          delta,
          ...(time === '' ? {} : { time }),
        })),
      ],
    }),
  ];
  const parts = (...times: (readonly [string, number])[]) =>
    charged(
      compose(irish(billed('2026-06-01', 1)), changes(...times), '2026-07-01', { prorationPolicy: 'to-the-second@1' }),
    ).slice(1);

  it.each([
    // 25.00 × 16 ÷ 30, × (15 × 86,400 + 43,200) ÷ 2,592,000, and the two together.
    ['midnight where no time is known', [['', 1]], [1333]],
    ['noon', [['12:00:00', 1]], [1292]],
    [
      'both, each by its own seconds, the larger first',
      [
        ['', 1],
        ['12:00:00', 2],
      ],
      [2583, 1333],
    ],
    [
      'one moment is one change',
      [
        ['12:00:00', 1],
        ['12:00:00', 1],
      ],
      [2583],
    ],
    [
      'added and removed at one moment is nothing',
      [
        ['12:00:00', 1],
        ['12:00:00', -1],
      ],
      [],
    ],
    [
      'a second apart it is not nothing, but costs less than half a cent',
      [
        ['12:00:00', 1],
        ['12:00:01', -1],
      ],
      [1292, -1292],
    ],
  ] as const)('R97: to the second, %s', (_name, times, amounts) => {
    expect(parts(...times).map((line) => line[5])).toEqual(amounts);
  });
});

describe('moments of one day', () => {
  const toTheSecond = { prorationPolicy: 'to-the-second@1' } as const;

  it('count in the order of the clock, whatever was recorded first: tiers see the quantity of the moment', () => {
    const seats = agreed(subscription('seat', [1, '2026-01-01', 9]), {
      changes: [
        { change: 1, effectiveOn: '2026-01-01', delta: 9 },
        { change: 2, effectiveOn: '2026-06-15', time: '18:00:00', delta: 1 },
        { change: 3, effectiveOn: '2026-06-15', time: '06:00:00', delta: 1 },
      ],
    });
    const lines = draft(compose(irish(billed('2026-06-01', 1)), [seats], '2026-07-01', toTheSecond)).lines.slice(1);
    // The tenth at 80.00 for 1,360,800 of 2,592,000 seconds, the eleventh at 60.00 for 1,317,600.
    expect(lines.map(({ amount }) => amount).sort()).toEqual([3050, 4200]);
    expect(lines.map(({ explanation }) => explanation)).toContainEqual(
      expect.objectContaining({ before: 10, after: 11, days: 1_317_600 }),
    );
  });

  it('R92: what was ordered before the billing start begins with its day and not at the hour of the order', () => {
    const early = agreed(subscription('phone'), {
      changes: [{ change: 1, effectiveOn: '2026-06-10', time: '12:00:00', delta: 1 }],
    });
    const of = irish({ billingStartDate: '2026-06-15' });
    expect(charged(compose(of, [early], '2026-07-01', toTheSecond))[1]?.[5]).toBe(1333);
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

describe('properties of charges', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));
  const change = fc.tuple(fc.integer({ min: 1, max: 12 }), day, fc.integer({ min: 1, max: 40 }));
  const changes = fc.array(change, { minLength: 1, maxLength: 8 });
  const productId = fc.constantFrom('phone', 'licence', 'seat');
  const history = (of: string, list: readonly (readonly [number, string, number])[], first = 1) =>
    subscription(
      of,
      ...list.map(([month, on, delta], i): [number, string, number] => [
        i + first,
        `2026-${String(month).padStart(2, '0')}-${on}`,
        delta,
      ]),
    );
  const amounts = (subscriptions: readonly Subscription[], date = '2027-01-01') =>
    charged(compose(irish(), subscriptions, date));

  it('R97: added and removed on the same day is nothing, whatever the price', () => {
    fc.assert(
      fc.property(productId, changes, change, (of, list, [month, on, count]) => {
        expect(amounts([history(of, [...list, [month, on, count], [month, on, -count]])])).toEqual(
          amounts([history(of, list)]),
        );
      }),
    );
  });

  it('the order in which changes were recorded does not matter', () => {
    fc.assert(
      fc.property(productId, changes, fc.integer({ min: 0, max: 7 }), (of, list, by) => {
        const turned = [...list.slice(by % list.length), ...list.slice(0, by % list.length)];
        expect(amounts([history(of, turned)])).toEqual(amounts([history(of, list)]));
      }),
    );
  });

  it('nor how a quantity is split into changes or subscriptions', () => {
    fc.assert(
      fc.property(productId, changes, (of, list) => {
        const single = list.flatMap(([month, on, delta]) =>
          Array.from({ length: delta }, () => [month, on, 1] as const),
        );
        const whole = amounts([history(of, list)]);
        expect(amounts([history(of, single)])).toEqual(whole);
        const two = list.length > 1 ? [list.slice(0, 1), list.slice(1)] : [list];
        const apart = two.map((part, i) => agreed(history(of, part, i * 10 + 1), { subscriptionId: `s${i}` }));
        expect(amounts(apart)).toEqual(whole);
      }),
    );
  });

  it('R97: whenever a change was recorded, the year comes to the same', () => {
    // 130.20 a month: a day of every month of 2026 is whole cents, so that nothing is rounded.
    const exact = [product('phone', 13_020, 'EUR')];
    const recorded = fc.tuple(change, fc.integer({ min: 0, max: 12 }));
    const ends = fc.option(fc.tuple(fc.constantFrom('10', '11'), day).map(([month, on]) => `2026-${month}-${on}`));
    fc.assert(
      fc.property(fc.array(recorded, { minLength: 1, maxLength: 6 }), fc.boolean(), ends, (list, reduced, endsOn) => {
        // The order of recording is that of the numbers; what is reduced never leaves less than nothing.
        const byRecord = list.toSorted((a, b) => a[1] - b[1]);
        const dated = byRecord.map(([[of, on, delta], at], index) => ({
          at,
          change: index + 2,
          effectiveOn: `2026-${String(of).padStart(2, '0')}-${on}`,
          delta: reduced && index % 2 === 1 ? -delta : delta,
        }));
        const known = (month: number): Subscription => ({
          ...subscription('phone', [1, '2026-01-01', 2000]),
          changes: [
            { change: 1, effectiveOn: '2026-01-01', delta: 2000 },
            ...dated
              .filter(({ at, effectiveOn }) => at <= month && (endsOn === null || effectiveOn <= endsOn))
              .map(({ at: _, ...of }) => of),
          ],
          ...(endsOn === null ? {} : { cancellation: { requestedOn: '2026-01-01', endsOn } }),
        });
        const charge = (of: Account, month: number, date: string) =>
          composeInvoice(input(of, [known(month)]), seller('IE', 'EUR'), exact, date, date);
        let of = irish();
        let total = 0;
        for (let month = 1; month <= 13; month++) {
          const date = month === 13 ? '2027-01-01' : `2026-${String(month).padStart(2, '0')}-01`;
          const decision = charge(of, month, date);
          if (decision.outcome === 'held') throw new Error(decision.reason);
          if (decision.outcome === 'invoice') total += decision.draft.subtotal;
          const { coversChange } = decision.outcome === 'invoice' ? decision.draft : decision;
          if (decision.outcome === 'invoice' || decision.settled) of = { ...of, ...billed(date, coversChange) };
          // What is still to be given back when the year is over would be carried on.
          else if (month === 13) total += creditOf(of, known(month), exact, date);
        }
        expect(total).toBe(draft(charge(irish(), 13, '2027-01-01')).subtotal);
      }),
    );
  });

  it('the parts into which changes cut a month are the month within half a cent for each, and exact where nothing is cut', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 6 }), (days) => {
        const list = days.map((on, i) => [7, on, i % 2 === 0 ? 1 : -1] as const).sort((a, b) => (a[1] < b[1] ? -1 : 1));
        const added = list.map(([month, on], i) => [month, on, i % 2 === 0 ? 1 : -1] as const);
        const used = Array.from({ length: 31 }, (_, i) => i + 1).reduce((sum, of) => {
          const quantity = added
            .filter(([, on]) => (Number(on) === 1 ? of >= 1 : of > Number(on)))
            .reduce((q, [, , delta]) => q + delta, 0);
          return sum + quantity;
        }, 0);
        const july = amounts([history('phone', added)], '2026-08-01').filter((line) => String(line[3]) < '2026-08-01');
        const cents = july.reduce((sum, line) => sum + Number(line[5]), 0);
        expect(Math.abs(cents * 31 - 2500 * used) * 2).toBeLessThanOrEqual(31 * added.length);
        if (new Set(days).size === 1 && Number(days[0]) === 1) expect(cents).toBe(days.length % 2 === 0 ? 0 : 2500);
      }),
    );
  });
});

/** What a net credit that is carried on comes to: its lines beside one charge that outweighs them. */
function creditOf(of: Account, phones: Subscription, exact: readonly Product[], date: string): number {
  const large = product('large', 100_000_000, 'EUR');
  const outweighing = subscription('large', [1000, date, 1]);
  const decision = composeInvoice(input(of, [phones, outweighing]), seller('IE', 'EUR'), [...exact, large], date, date);
  return draft(decision).subtotal - 100_000_000;
}
