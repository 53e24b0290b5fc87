import { describe, expect, it } from 'vitest';
import { feeLines } from '../../../shared/domain/fees/fee-lines.ts';
import { context, type DraftLine, explained, feesOf, line, NO_USF, rate } from './fixtures.ts';

describe('own surcharges (R112–R114)', () => {
  it('R112: SLRRF is a percentage by state, on top of the service', () => {
    const stateLocal = [
      rate('slrrf', { ratePpm: 20_000, regions: ['TX', 'IL'] }),
      rate('slrrf-ny', { ratePpm: 30_000, regions: ['NY'] }),
    ];
    const in_ = (place: string) => feesOf([line(10_000)], context(place, { ...NO_USF, stateLocal }));
    expect(in_('US-TX')).toEqual([['state-local-fees', 200]]);
    expect(in_('US-NY')).toEqual([['state-local-fees', 300]]);
    expect(in_('US-WA')).toEqual([]);
  });

  it('R113: RRF is a percentage and an amount per number, in one line that is rounded once', () => {
    const regulatoryRecovery = [rate('rrf', { ratePpm: 15_000, perUnit: { units: ['number'], micros: 994_000 } })];
    const lines = [line(1033), line(0, 'telecom', { unit: 'number', quantity: 3 })];
    // 15.495 + 298.2 = 313.695 cents
    const [rrf] = feeLines(lines, context('US-NY', { ...NO_USF, regulatoryRecovery }));
    expect(rrf).toMatchObject({
      amount: 314,
      taxCode: 'surcharge',
      charge: 'fee',
      group: 'regulatory-recovery',
      productId: 'rrf',
      description: 'rrf',
      unit: 'fee',
      quantity: 1,
    });
    expect(rrf?.explanation).toMatchObject({ base: 1033, count: 3, lines: [1, 2] });
  });

  it('units are counted per month of a longer period, and not for parts of months', () => {
    const regulatoryRecovery = [rate('rrf', { perUnit: { units: ['device'], micros: 1_000_000 } })];
    const of = (servicePeriod: DraftLine['servicePeriod'], charge: DraftLine['charge'] = 'recurring') =>
      feesOf(
        [line(9999, 'telecom', { quantity: 2, servicePeriod, charge })],
        context('US-NY', { ...NO_USF, regulatoryRecovery }),
      );
    expect(of({ from: '2026-02-01', to: '2026-02-28' })).toEqual([['regulatory-recovery', 200]]);
    expect(of({ from: '2026-02-01', to: '2027-01-31' })).toEqual([['regulatory-recovery', 2400]]);
    expect(of({ from: '2026-02-16', to: '2026-03-17' })).toEqual([['regulatory-recovery', 200]]);
    expect(of({ from: '2026-02-16', to: '2026-02-28' }, 'proration')).toEqual([]);
  });

  it('R114: the Canadian fee varies with the service', () => {
    const canadianRegulatory = [
      rate('ca-voice', { ratePpm: 10_000 }),
      rate('ca-messaging', { ratePpm: 50_000, taxCodes: ['messaging'] }),
      rate('ca-mobile', { perUnit: { units: ['device'], micros: 750_000 }, productIds: ['mobile'] }),
    ];
    const lines = [line(10_000), line(1000, 'messaging'), line(500, 'telecom', { productId: 'mobile', quantity: 4 })];
    expect(feesOf(lines, context('CA-ON', { canadianRegulatory }))).toEqual([
      ['canadian-regulatory', 105],
      ['canadian-regulatory', 50],
      ['canadian-regulatory', 300],
    ]);
  });

  it('R113: a fee by the unit alone names only the lines that it counts', () => {
    const regulatoryRecovery = [rate('rrf', { perUnit: { units: ['number'], micros: 950_000 } })];
    const lines = [line(1000), line(300, 'telecom', { unit: 'number', quantity: 23 }), line(500, 'equipment')];
    const [rrf] = feeLines(lines, context('US-NY', { ...NO_USF, regulatoryRecovery }));
    expect(rrf?.amount).toBe(2185);
    expect(explained(rrf!)).toMatchObject({ base: 0, count: 23, lines: [2] });
  });

  it('R151: the row of the invoice date holds, until its last day', () => {
    const stateLocal = [
      rate('slrrf', { ratePpm: 20_000 }),
      rate('slrrf', { ratePpm: 25_000, from: '2026-02-01', to: '2026-02-28' }),
    ];
    const on = (invoiceDate: string) =>
      feesOf([line(10_000)], context('US-NY', { ...NO_USF, stateLocal }, { invoiceDate }));
    expect([on('2026-01-31'), on('2026-02-01'), on('2026-02-28'), on('2026-03-01')]).toEqual([
      [['state-local-fees', 200]],
      [['state-local-fees', 250]],
      [['state-local-fees', 250]],
      [],
    ]);
  });

  it('C24: without configured rates there are none', () => {
    expect(feesOf([line(10_000)], context('CA-ON'))).toEqual([]);
    expect(feesOf([line(10_000)], context('US-NY', NO_USF))).toEqual([]);
  });
});
