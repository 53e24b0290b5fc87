import { describe, expect, it } from 'vitest';
import { feeLines } from '../../../shared/domain/fees/fee-lines.ts';
import type { UsfFactor } from '../../../shared/domain/fees/fee-rates.ts';
import { usfFactorOn } from '../../../shared/domain/fees/usf-factors.ts';
import { context, explained, feesOf, line, NO_USF } from './fixtures.ts';

describe('Universal Service Fee (R121, domain §2.4)', () => {
  it.each([
    ['2025 Q1, 36.3 %', '2025-01-01', 2355],
    ['2025 Q1, its last day', '2025-03-31', 2355],
    ['2025 Q2, 36.6 %', '2025-04-01', 2375],
    ['2025 Q3, 36.0 %', '2025-07-01', 2336],
    ['2025 Q4, 38.1 %', '2025-10-01', 2472],
    ['2026 Q1, 37.6 %: 24.40', '2026-01-01', 2440],
    ['2026 Q2, 37.0 %', '2026-06-30', 2401],
  ])('R121: 100.00 of telecom in %s, rounded down', (_quarter, invoiceDate, cents) => {
    expect(feesOf([line(10_000)], context('US-NY', {}, { invoiceDate }))).toEqual([['universal-service', cents]]);
  });

  it.each([
    ['2025 Q1', '36.3 % × 64.9 % = 23.5587 %', '2025-02-14', 235_587_00],
    ['2025 Q2', '36.6 % × 64.9 % = 23.7534 %', '2025-05-14', 237_534_00],
    ['2025 Q3', '36.0 % × 64.9 % = 23.3640 %', '2025-08-14', 233_640_00],
    ['2025 Q4', '38.1 % × 64.9 % = 24.7269 %', '2025-12-31', 247_269_00],
    ['2026 Q1', '37.6 % × 64.9 % = 24.4024 %', '2026-03-31', 244_024_00],
    ['2026 Q2', '37.0 % × 64.9 % = 24.0130 %', '2026-04-01', 240_130_00],
  ])('R121, domain §2.4: %s, %s, to the last digit on 1,000,000.00', (_quarter, _rate, invoiceDate, cents) => {
    const [usf] = feeLines([line(1_000_000_00)], context('US-NY', {}, { invoiceDate }));
    expect(usf?.amount).toBe(cents);
    expect(explained(usf!)).toMatchObject({ sharePpm: 649_000, rounding: 'down', status: 'final' });
  });

  it.each(['2024-12-31', '2026-07-01', '2026-10-01'])(
    'R121: on %s there is no final factor, and none is borrowed from another quarter',
    (invoiceDate) => {
      expect(() => feeLines([line(10_000)], context('US-NY', {}, { invoiceDate }))).toThrow(
        expect.objectContaining({ code: 'usf_factor_missing' }),
      );
    },
  );

  it('47 CFR 54.712: the line is rounded down, never up', () => {
    // 0.40 × 64.9 % × 37.6 % = 0.0976; 0.04 makes 0.0097.
    expect(feesOf([line(40)], context('US-NY'))).toEqual([['universal-service', 9]]);
    expect(feesOf([line(4)], context('US-NY'))).toEqual([]);
  });

  it('47 CFR 54.712: a credit gives back at least what was charged', () => {
    const charged = feeLines([line(9999)], context('US-NY'))[0]!.amount;
    const credited = feeLines([line(-9999)], context('US-NY'))[0]!.amount;
    expect([charged, credited]).toEqual([2439, -2440]);
  });

  it('its base is telecommunications and toll-free service, nothing else', () => {
    const other = (['equipment', 'equipment-rental', 'messaging', 'software', 'surcharge'] as const).map((code) =>
      line(50_000, code),
    );
    expect(feesOf([...other, line(6000), line(4000, 'toll-free')], context('US-NY'))).toEqual([
      ['universal-service', 2440],
    ]);
    expect(feesOf(other, context('US-NY', {}, { invoiceDate: '2027-01-01' }))).toEqual([]);
  });

  it('a traffic study takes the place of the safe harbour from its day on', () => {
    const trafficStudy = { interstatePpm: 200_000, from: '2026-02-01', source: 'Traffic study 2026' };
    const on = (invoiceDate: string) =>
      feeLines([line(10_000)], context('US-NY', {}, { invoiceDate, trafficStudy }))[0]!;
    expect(on('2026-01-31').amount).toBe(2440);
    expect(on('2026-02-01').amount).toBe(752);
    expect(explained(on('2026-02-01'))).toMatchObject({
      sharePpm: 200_000,
      source: expect.stringContaining('Traffic study 2026'),
    });
  });

  it('a seller below the minimum contributes nothing and collects nothing', () => {
    expect(feesOf([line(10_000)], context('US-NY', NO_USF, { invoiceDate: '2027-01-01' }))).toEqual([]);
  });

  const factor = (status: UsfFactor['status'], factorPpm = 423_000): UsfFactor => ({
    quarter: '2026-Q3',
    factorPpm,
    effectiveFrom: '2026-07-01',
    source: 'Test',
    status,
  });

  it.each([
    ['no factor of the quarter, although there are older ones', []],
    ['a proposed factor only', [factor('proposed')]],
    ['a sample, and samples are not accepted', [factor('sample')]],
  ])('usf_factor_missing: %s', (_name, factors) => {
    const of = context('US-NY', { usf: { factors } }, { invoiceDate: '2026-07-01' });
    expect(() => feeLines([line(10_000)], of)).toThrow(expect.objectContaining({ code: 'usf_factor_missing' }));
  });

  it('the stage’s final factor counts before a sample, and for a quarter that the product knows', () => {
    const factors = [factor('sample', 1), factor('final')];
    expect(usfFactorOn('2026-09-30', { factors, acceptSampleFactors: true })?.factorPpm).toBe(423_000);
    const corrected = { ...factor('final'), quarter: '2026-Q1' };
    expect(usfFactorOn('2026-01-01', { factors: [corrected] })?.factorPpm).toBe(423_000);
  });

  it('a sample factor is charged where samples are accepted, and says that it is one', () => {
    const usf = { factors: [factor('sample')], acceptSampleFactors: true };
    const [usfLine] = feeLines([line(10_000)], context('US-NY', { usf }, { invoiceDate: '2026-07-01' }));
    expect(usfLine).toMatchObject({ amount: 2745, explanation: { status: 'sample' } });
  });
});
