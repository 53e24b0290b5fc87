import { describe, expect, it } from 'vitest';
import type { UsageAllowance } from '../../../shared/domain/usage/allowance.ts';
import type { UsageClass } from '../../../shared/domain/usage/usage.ts';
import { usageAmount } from '../../../shared/domain/usage/usage-amount.ts';
import { usageLines } from '../../../shared/domain/usage/usage-lines.ts';
import { deckRow, rated, rateRow } from '../../support/usage.ts';
import { lines, open, plan, sms, told } from './usage-lines-fixtures.ts';

const TENTHS = { initial: 6, subsequent: 6 };

const tenths = rateRow({ increments: TENTHS });

const tollFree = rateRow({ deck: 'toll-free-minutes', micros: 30_000 });

const germany = deckRow('49', 'DE', 19_000);

const mobile = deckRow('491', 'DE', 49_000);

describe('R104–R111: which line a class of usage becomes', () => {
  it.each<[string, UsageClass, ReturnType<typeof rateRow> | undefined, UsageAllowance, string[]]>([
    ['R106: minutes beyond the plan', 'domestic', rateRow(), plan(), ['outbound-overage 3 minute 6']],
    ['R106, C21: internal minutes', 'internal', rateRow(), plan(), ['outbound-overage 3 minute 6']],
    ['R104: minutes within the plan', 'domestic', rateRow(), plan({ minutes: 9 }), ['included-minutes 3 minute 0']],
    [
      'R104, C21: internal within the plan',
      'internal',
      rateRow(),
      plan({ minutes: 9 }),
      ['included-minutes 3 minute 0'],
    ],
    ['R107: toll-free minutes', 'toll-free-inbound', tollFree, plan({ minutes: 9 }), ['toll-free-inbound 3 minute 9']],
    [
      'R107: within a toll-free plan',
      'toll-free-inbound',
      tollFree,
      plan({ tollFreeMinutes: 9 }),
      ['included-minutes 3 minute 0'],
    ],
    [
      'R105: premium is never in the plan',
      'domestic-premium',
      rateRow(),
      plan({ minutes: 9 }),
      ['domestic-premium 3 minute 6'],
    ],
    ['R108: nor international', 'international', germany, plan({ minutes: 9 }), ['international 3 minute 6']],
    ['R109: credits within the plan', 'message', sms, plan({ credits: 180 }), ['sms-included 180 credit 0']],
    ['R111: credits beyond the plan', 'message', sms, plan({ minutes: 9 }), ['sms-overage 180 credit 99']],
    ['emergency', 'emergency', undefined, plan(), []],
    ['inbound', 'inbound', undefined, plan(), []],
    ['toll-free from us', 'toll-free-outbound', undefined, plan(), []],
  ])('%s', (_, of, rate, allowance, expected) => {
    const record = { ...rated('a', of, 0, 180), ...(rate && { rate }) };
    expect(told(lines([record], allowance))).toEqual(expected);
  });

  it('no usage, no line', () => {
    expect(lines([], plan({ minutes: 100, credits: 100 }))).toEqual([]);
  });

  it('stand in the order of the invoice', () => {
    const all = [
      rated('a', 'message', 0, 3, sms),
      rated('b', 'international', 1, 60, germany),
      rated('c', 'toll-free-inbound', 2, 120, tollFree),
      rated('d', 'domestic', 3, 120),
      rated('e', 'domestic-premium', 4, 60),
    ];
    expect(told(lines(all, plan({ minutes: 1, tollFreeMinutes: 1, credits: 2 })))).toEqual([
      'included-minutes 1 minute 0',
      'included-minutes 1 minute 0',
      'domestic-premium 1 minute 2',
      'outbound-overage 1 minute 2',
      'toll-free-inbound 1 minute 3',
      'international 1 minute 2',
      'sms-included 2 credit 0',
      'sms-overage 1 credit 1',
    ]);
  });

  it.each<[UsageClass, string]>([
    ['domestic', 'telecom'],
    ['toll-free-inbound', 'toll-free'],
    ['domestic-premium', 'telecom'],
    ['international', 'telecom'],
    ['message', 'messaging'],
  ])('C12: %s is taxed as %s, within the plan and beyond', (of, taxCode) => {
    const all = lines([rated('a', of, 0, 240)], plan({ minutes: 1, tollFreeMinutes: 1, credits: 60 }));
    expect(new Set(all.map((line) => line.taxCode))).toEqual(new Set([taxCode]));
  });

  it('R145: the whole of an overage line', () => {
    expect(lines([rated('a', 'domestic', 0, 180)], plan({ minutes: 1 }))[1]).toEqual({
      charge: 'usage',
      group: 'outbound-overage',
      productId: 'outbound-minutes',
      description: 'Outbound minutes beyond the plan',
      unit: 'minute',
      servicePeriod: { from: '2026-11-01', to: '2026-11-30' },
      quantity: 2,
      unitMicros: 20_000,
      amount: 4,
      taxCode: 'telecom',
      explanation: {
        kind: 'usage',
        usage: 'domestic',
        month: '2026-11',
        late: false,
        allowance: { unit: 'seconds', included: 60, before: 0, after: 60 },
        rows: [{ rate: rateRow(), events: 1, quantity: 120 }],
      },
    });
  });

  it('R104: the whole of an included line', () => {
    expect(lines([rated('a', 'internal', 0, 180)], plan({ minutes: 5 }))).toEqual([
      {
        charge: 'usage',
        group: 'included-minutes',
        productId: 'outbound-minutes',
        description: 'Outbound minutes within the plan',
        unit: 'minute',
        servicePeriod: { from: '2026-11-01', to: '2026-11-30' },
        quantity: 3,
        amount: 0,
        taxCode: 'telecom',
        explanation: {
          kind: 'allowance',
          usage: 'domestic',
          month: '2026-11',
          late: false,
          allowance: { unit: 'seconds', included: 300, before: 0, after: 180 },
        },
      },
    ]);
  });

  it('R108: one line per destination, with one row per rate', () => {
    const all = lines([
      rated('a', 'international', 0, 60, mobile),
      rated('b', 'international', 1, 120, deckRow('44', 'GB', 15_000)),
      rated('c', 'international', 2, 60, germany),
      rated('d', 'international', 3, 60, germany),
    ]);
    expect(all.map(({ description }) => description)).toEqual([
      'International minutes: DE',
      'International minutes: GB',
    ]);
    expect(told(all)).toEqual(['international 3 minute 9', 'international 2 minute 3']);
    expect(all[0]?.unitMicros).toBeUndefined();
    expect(all[1]?.unitMicros).toBe(15_000);
    expect(all[0]?.explanation).toEqual({
      kind: 'usage',
      usage: 'international',
      month: '2026-11',
      late: false,
      rows: [
        { rate: germany, events: 2, quantity: 120 },
        { rate: mobile, events: 1, quantity: 60 },
      ],
    });
  });

  it('R108: destinations stand in the order of their names, whatever was called first', () => {
    const called = ['GB', 'AU', 'JP', 'DE'].map((country, index) =>
      rated(country, 'international', index, 60, deckRow(String(40 + index), country, 10_000)),
    );
    expect(lines(called).map(({ description }) => description.slice(-2))).toEqual(['AU', 'DE', 'GB', 'JP']);
  });

  it('R145: months stand in the order of time, whatever came in first', () => {
    const months = ['2026-10', '2026-12', '2026-09', '2026-11'].map((month) =>
      open([{ ...rated(month, 'domestic', 0, 60), at: `${month}-05T00:00:00.000Z` }], { month }),
    );
    expect(usageLines(months, () => plan(), 'USD').map(({ servicePeriod }) => servicePeriod.from)).toEqual([
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
      '2026-12-01',
    ]);
  });

  it('usage that lost its rate stops the invoice instead of being free', () => {
    const { rate: _, ...lost } = rated('a', 'domestic', 0, 60);
    const error = (of: string) =>
      expect.objectContaining({
        code: 'usage_without_rate',
        message: `${of} a`,
      });
    expect(() => lines([lost])).toThrow(error('domestic'));
    expect(() => lines([lost], plan({ minutes: 1 }))).toThrow(error('domestic'));
    expect(() => lines([{ ...lost, class: 'international' }])).toThrow(error('international'));
  });
});

describe('C20: the quantity is exact, in minutes where the rates count whole minutes and in seconds where they do not', () => {
  it.each([
    ['whole minutes', [60, 120], [rateRow(), rateRow()], 'outbound-overage 3 minute 6', 20_000],
    ['tenths', [66], [tenths], 'outbound-overage 66 second 2', undefined],
    ['tenths that happen to add up to minutes', [54, 66], [tenths, tenths], 'outbound-overage 120 second 4', undefined],
    ['both', [60, 60], [rateRow(), tenths], 'outbound-overage 120 second 4', undefined],
    [
      'minutes until a new version of the price counts tenths',
      [60, 60],
      [rateRow(), rateRow({ version: 'v2', from: '2026-11-15', increments: TENTHS })],
      'outbound-overage 120 second 4',
      undefined,
    ],
  ] as const)('%s', (_, quantities, rates, expected, unitMicros) => {
    const all = lines(quantities.map((quantity, i) => rated(`${i}`, 'domestic', i, quantity, rates[i])));
    expect(told(all)).toEqual([expected]);
    expect(all[0]?.unitMicros).toBe(unitMicros);
  });

  it('each line by its own calls: tenths after the end of the plan do not turn the minutes within it into seconds', () => {
    const all = lines([rated('a', 'domestic', 0, 120), rated('b', 'domestic', 1, 66, tenths)], plan({ minutes: 2 }));
    expect(told(all)).toEqual(['included-minutes 2 minute 0', 'outbound-overage 66 second 2']);
  });

  it('also when seconds of another month’s rate took part of the allowance', () => {
    const all = lines([rated('a', 'domestic', 0, 120)], plan({ minutes: 1 }), { covered: 1, before: { domestic: 6 } });
    expect(told(all)).toEqual(['included-minutes 54 second 0', 'outbound-overage 66 second 2']);
  });
});

describe('§2.2: a line is the exact sum, rounded once half-up', () => {
  const cents = (...rows: [number, number, 'minute' | 'credit'][]) =>
    usageAmount(
      rows.map(([quantity, micros, per]) => ({ rate: rateRow({ micros, per }), events: 1, quantity })),
      'USD',
    );

  it.each<[string, [number, number, 'minute' | 'credit'][], number]>([
    ['§2.2: 137 credits at 0.0055', [[137, 5_500, 'credit']], 75],
    ['R111: a credit at 0.0055', [[1, 5_500, 'credit']], 1],
    ['R111: a credit at 0.00715', [[1, 7_150, 'credit']], 1],
    ['R111: 1000 credits at 0.0055 USD', [[1000, 5_500, 'credit']], 550],
    ['R111, §2.7: 1000 credits at 0.00715 CAD, 1.30 times as much', [[1000, 7_150, 'credit']], 715],
    ['half a cent', [[1, 5_000, 'credit']], 1],
    ['less than half a cent', [[1, 4_999, 'credit']], 0],
    ['half a cent by the second', [[15, 20_000, 'minute']], 1],
    ['less than half a cent by the second', [[14, 20_000, 'minute']], 0],
    [
      'two rows that round down alone',
      [
        [14, 20_000, 'minute'],
        [14, 20_000, 'minute'],
      ],
      1,
    ],
    [
      'a minute and a credit',
      [
        [60, 10_000, 'minute'],
        [1, 10_000, 'credit'],
      ],
      2,
    ],
    ['more than a float can hold', [[900_000_000, 99_999_999, 'minute']], 149_999_998_500],
    ['nothing', [], 0],
  ])('%s', (_, rows, amount) => {
    expect(cents(...rows)).toEqual({ amount, currency: 'USD' });
  });

  it('rates that differ only in their version, date, deck or increments stay apart', () => {
    const rates = [
      rateRow(),
      rateRow({ version: 'v2' }),
      rateRow({ from: '2026-11-15' }),
      rateRow({ deck: 'other' }),
      rateRow({ micros: 1 }),
      rateRow({ prefix: '1' }),
      rateRow({ increments: { initial: 30, subsequent: 60 } }),
      rateRow({ increments: { initial: 60, subsequent: 30 } }),
    ];
    const all = lines(rates.map((rate, i) => rated(`${i}`, 'domestic', i, 60, rate)));
    expect(all[0]?.explanation).toMatchObject({ rows: { length: 8 } });
  });

  it('rows come by date, and a rate that was read from storage twice is one row', () => {
    const later = rateRow({ from: '2026-11-15' });
    const all = lines([
      rated('a', 'domestic', 0, 60, later),
      rated('b', 'domestic', 1, 60),
      rated('c', 'domestic', 2, 60),
    ]);
    expect(all[0]?.explanation).toMatchObject({
      rows: [
        { rate: rateRow(), events: 2, quantity: 120 },
        { rate: later, events: 1, quantity: 60 },
      ],
    });
  });
});
