import { describe, expect, it } from 'vitest';
import { agreed, subscription } from '../../support/accounts.ts';
import { billed, charged, compose, irish } from './fixtures.ts';

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
