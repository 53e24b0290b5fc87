import { describe, expect, it } from 'vitest';
import { addUsed } from '../../../shared/domain/usage/allowance.ts';
import type { OpenUsage } from '../../../shared/domain/usage/usage.ts';
import { usageLines } from '../../../shared/domain/usage/usage-lines.ts';
import { rated, rateRow } from '../../support/usage.ts';
import { lines, open, plan, sms, told } from './usage-lines-fixtures.ts';

describe('allowances are used up in the order of answers', () => {
  const early = rated('early', 'domestic', 100, 60, rateRow({ micros: 10_000 }));
  const late = rated('late', 'domestic', 200, 60, rateRow({ micros: 50_000 }));

  it('the earlier call is free, whichever arrived first', () => {
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      expect(told(lines(order, plan({ minutes: 1 })))).toEqual([
        'included-minutes 1 minute 0',
        'outbound-overage 1 minute 5',
      ]);
    }
  });

  it('at the same moment, by record id', () => {
    const same = [
      { ...late, recordId: 'b' },
      { ...early, recordId: 'a', at: late.at },
    ];
    expect(told(lines(same, plan({ minutes: 1 })))[1]).toBe('outbound-overage 1 minute 5');
    const other = [
      { ...late, recordId: 'a' },
      { ...early, recordId: 'b', at: late.at },
    ];
    expect(told(lines(other, plan({ minutes: 1 })))[1]).toBe('outbound-overage 1 minute 1');
  });

  it('R106, C21: domestic and internal calls share one pool', () => {
    const all = lines([rated('a', 'internal', 0, 60), rated('b', 'domestic', 1, 60)], plan({ minutes: 1 }));
    expect(told(all)).toEqual(['included-minutes 1 minute 0', 'outbound-overage 1 minute 2']);
  });

  it('a call across the end of the pool is split', () => {
    const all = lines([rated('a', 'domestic', 0, 240), rated('b', 'domestic', 1, 60)], plan({ minutes: 3 }));
    expect(told(all)).toEqual(['included-minutes 3 minute 0', 'outbound-overage 2 minute 4']);
    expect(all[1]?.explanation).toMatchObject({ rows: [{ events: 2, quantity: 120 }] });
  });

  it.each([
    [2, ['included-minutes 2 minute 0', 'outbound-overage 1 minute 2']],
    [3, ['included-minutes 3 minute 0']],
    [4, ['included-minutes 3 minute 0']],
  ])('three minutes with %i in the plan', (minutes, expected) => {
    expect(told(lines([rated('a', 'domestic', 0, 180)], plan({ minutes })))).toEqual(expected);
  });

  it.each([
    [136, ['sms-included 136 credit 0', 'sms-overage 1 credit 1']],
    [137, ['sms-included 137 credit 0']],
    [0, ['sms-overage 137 credit 75']],
  ])('R110: 137 credits with %i in the plan', (credits, expected) => {
    expect(told(lines([rated('a', 'message', 0, 137, sms)], plan({ credits })))).toEqual(expected);
  });

  it('R110: each month has its own allowance, and nothing rolls over', () => {
    const october = { ...rated('x', 'domestic', 0, 60), at: '2026-10-05T00:00:00.000Z' };
    const months = [open([rated('a', 'domestic', 0, 120)]), open([october], { month: '2026-10' })];
    const all = usageLines(months, (month) => plan({ minutes: month === '2026-10' ? 5 : 1 }), 'USD');
    expect(all.map((line) => `${line.servicePeriod.from} ${line.group} ${line.quantity}`)).toEqual([
      '2026-10-01 included-minutes 1',
      '2026-11-01 included-minutes 1',
      '2026-11-01 outbound-overage 1',
    ]);
  });
});

describe('late records come after what an invoice covered', () => {
  const record = rated('a', 'domestic', 0, 120);
  const late = (before: OpenUsage['before'], minutes: number) =>
    lines([record], plan({ minutes }), { month: '2026-10', covered: 3, last: 4, before });

  it.each([
    [
      'some of the plan is left',
      { domestic: 60, internal: 60 },
      3,
      ['included-minutes 1 minute 0', 'outbound-overage 1 minute 2'],
    ],
    ['all of it is left', { message: 600, international: 600 }, 3, ['included-minutes 2 minute 0']],
    ['exactly nothing is left', { domestic: 120, internal: 60 }, 3, ['outbound-overage 2 minute 4']],
    ['more was used than planned', { domestic: 6000 }, 3, ['outbound-overage 2 minute 4']],
  ])('%s', (_, before, minutes, expected) => {
    expect(told(late(before, minutes))).toEqual(expected);
  });

  it('R145: on lines with the month of the usage, marked as late', () => {
    const [line] = late({ domestic: 6000 }, 3);
    expect(line?.servicePeriod).toEqual({ from: '2026-10-01', to: '2026-10-31' });
    expect(line?.explanation).toMatchObject({
      month: '2026-10',
      late: true,
      allowance: { included: 180, before: 180, after: 180 },
    });
    expect(late({}, 3)[0]?.explanation).toMatchObject({ late: true, allowance: { before: 0, after: 120 } });
  });

  it('what was used is the sum per class, free classes too, each record once', () => {
    const records = [
      rated('a', 'domestic', 0, 60),
      rated('b', 'domestic', 1, 120),
      rated('a', 'domestic', 0, 60),
      rated('c', 'inbound', 2, 61),
    ];
    expect(addUsed({ domestic: 6, message: 2 }, records)).toEqual({ domestic: 186, message: 2, inbound: 61 });
    expect(addUsed({}, [])).toEqual({});
  });
});
