import { describe, expect, it } from 'vitest';
import { agreed, subscription } from '../../support/accounts.ts';
import { billed, charged, compose, draft, irish } from './fixtures.ts';

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
