import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaxCode } from '../../shared/domain/catalog.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { FeeExplanation } from '../../shared/domain/explanation.ts';
import { type FeeContext, feeAmount, feeLines } from '../../shared/domain/fees/fee-lines.ts';
import type { FeeRate, SellerFees, UsfFactor } from '../../shared/domain/fees/fee-rates.ts';
import { usfFactorOn } from '../../shared/domain/fees/usf-factors.ts';
import type { InvoiceLine } from '../../shared/domain/invoice.ts';
import { account, addressIn, input, product, seller, subscription } from '../support/accounts.ts';

type DraftLine = Omit<InvoiceLine, 'line'>;

const line = (amount: number, taxCode: TaxCode = 'telecom', overrides: Partial<DraftLine> = {}): DraftLine => ({
  charge: 'recurring',
  group: 'service-charge',
  productId: 'phone',
  description: 'Phone',
  unit: 'device',
  servicePeriod: { from: '2026-02-01', to: '2026-02-28' },
  quantity: 1,
  amount,
  taxCode,
  explanation: {
    kind: 'period',
    quantity: 1,
    periods: 1,
    price: { productId: 'phone', version: 'v1', from: '2020-01-01', pricing: { model: 'flat', unitMicros: 1 } },
  },
  ...overrides,
});

const rate = (fee: string, overrides: Partial<FeeRate> = {}): FeeRate => ({
  fee,
  label: fee,
  taxCodes: ['telecom'],
  ratePpm: 0,
  from: '2020-01-01',
  source: 'Price list 2020',
  status: 'final',
  ...overrides,
});

const context = (place: string, fees: SellerFees = {}, overrides: Partial<FeeContext> = {}): FeeContext => ({
  seller: { fees },
  address: addressIn(place),
  invoiceDate: '2026-02-01',
  ...overrides,
});
const feesOf = (lines: readonly DraftLine[], of: FeeContext) =>
  feeLines(lines, of).map(({ group, amount }) => [group, amount]);
const explained = ({ explanation }: DraftLine): FeeExplanation => {
  if (explanation.kind !== 'fee') throw new Error(explanation.kind);
  return explanation;
};
const NO_USF: SellerFees = { usf: { notContributing: 'de minimis, 47 CFR 54.708' } };

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

describe('which fees there are, in which order (R156, domain §2.4)', () => {
  const fees: SellerFees = {
    stateLocal: [rate('slrrf', { ratePpm: 20_000 })],
    regulatoryRecovery: [rate('rrf', { ratePpm: 15_000 })],
    canadianRegulatory: [rate('ca', { ratePpm: 10_000 })],
  };

  it.each([
    ['US-NY', ['state-local-fees', 'regulatory-recovery', 'universal-service']],
    ['CA-ON', ['canadian-regulatory']],
    ['AU', []],
    ['GB', []],
    ['IE', []],
    ['DE', []],
  ])('R156: in %s these: %j', (place, groups) => {
    expect(feeLines([line(10_000)], context(place, fees)).map(({ group }) => group)).toEqual(groups);
  });

  it('own surcharges are no part of the base of the Universal Service Fee', () => {
    const lines = feeLines([line(10_000)], context('US-NY', fees));
    expect(
      lines.map(({ amount, taxCode, productId, description }) => [amount, taxCode, productId, description]),
    ).toEqual([
      [200, 'surcharge', 'slrrf', 'slrrf'],
      [150, 'surcharge', 'rrf', 'rrf'],
      [2440, 'usf', 'universal-service-fee', 'Universal Service Fee'],
    ]);
    expect(explained(lines[2]!).source).toBe(
      'Factor of 2026-Q1: FCC DA 25-1026. Interstate share: safe harbour of interconnected VoIP, FCC 06-94',
    );
    expect(explained(lines[2]!).lines).toEqual([1]);
  });

  it('a fee’s service period reaches from the first to the last day of what it is on', () => {
    const part = line(500, 'telecom', { charge: 'proration', servicePeriod: { from: '2026-01-16', to: '2026-01-31' } });
    expect(feeLines([line(10_000), part], context('US-NY'))[0]?.servicePeriod).toEqual({
      from: '2026-01-16',
      to: '2026-02-28',
    });
  });

  it('on an invoice: services, own surcharges, USF, then sales tax on what the state says', () => {
    const salesTax = [
      {
        state: 'NY',
        tax: 'Sales tax',
        taxCodes: ['telecom'] as const,
        ratePpm: 40_000,
        from: '2020-01-01',
        includesUsf: true,
        includesSurcharges: true,
        source: 'Test',
        status: 'final' as const,
      },
    ];
    const decision = composeInvoice(
      input(account('US-NY', 'USD', { billedThrough: { date: '2026-01-01', month: '2026-01', change: 1 } }), [
        subscription('phone', [1, '2026-01-01', 4]),
      ]),
      seller('US', 'USD', { fees, salesTax }),
      [product('phone', 2500, 'USD')],
      '2026-02-01',
      '2026-02-01',
    );
    if (decision.outcome !== 'invoice') throw new Error(JSON.stringify(decision));
    const { lines, taxes, subtotal, taxTotal, total } = decision.draft;
    expect(lines.map(({ line: number, group, amount }) => [number, group, amount])).toEqual([
      [1, 'service-charge', 10_000],
      [2, 'state-local-fees', 200],
      [3, 'regulatory-recovery', 150],
      [4, 'universal-service', 2440],
    ]);
    expect(taxes.map(({ base, amount }) => [base, amount])).toEqual([[12_790, 512]]);
    expect([subtotal, taxTotal, total]).toEqual([12_790, 512, 13_302]);
  });

  it('an account without a final factor for its invoice date is held with that reason', () => {
    const decision = composeInvoice(
      input(account('US-NY', 'USD'), [subscription('phone', [1, '2026-07-01', 4])]),
      seller('US', 'USD', {
        salesTax: [
          {
            state: 'NY',
            tax: 'Sales tax',
            taxCodes: ['telecom'],
            ratePpm: 0,
            from: '2020-01-01',
            includesUsf: false,
            includesSurcharges: false,
            source: 'Test',
            status: 'final',
          },
        ],
      }),
      [product('phone', 2500, 'USD')],
      '2026-07-01',
      '2026-07-01',
    );
    expect(decision).toMatchObject({
      outcome: 'held',
      code: 'usf_factor_missing',
      reason: expect.stringContaining('2026-Q3'),
    });
  });
});

describe('properties of fees', () => {
  const amounts = fc.array(fc.integer({ min: -1_000_000, max: 10_000_000 }), { minLength: 1, maxLength: 10 });
  const fees: SellerFees = {
    stateLocal: [rate('slrrf', { ratePpm: 22_222 })],
    regulatoryRecovery: [rate('rrf', { ratePpm: 15_001, perUnit: { units: ['device'], micros: 333_333 } })],
  };

  it('every fee’s amount follows from its explanation alone', () => {
    fc.assert(
      fc.property(amounts, (each) => {
        const charged = feeLines(
          each.map((amount) => line(amount)),
          context('US-NY', fees),
        );
        for (const fee of charged) expect(feeAmount(explained(fee))).toBe(fee.amount);
      }),
    );
  });

  it('the Universal Service Fee never exceeds interstate share × factor, whatever the lines', () => {
    fc.assert(
      fc.property(amounts, (each) => {
        const base = each.reduce((sum, amount) => sum + amount, 0);
        const [usf] = feeLines(
          each.map((amount) => line(amount)),
          context('US-NY'),
        );
        expect(BigInt(usf?.amount ?? 0) * 1_000_000_000_000n <= BigInt(base) * 649_000n * 376_000n).toBe(true);
      }),
    );
  });

  it('lines + fees + taxes = total on an American invoice, in whole cents', () => {
    const salesTax = [
      {
        state: 'NY',
        tax: 'Sales tax',
        taxCodes: ['telecom'] as const,
        ratePpm: 43_750,
        from: '2020-01-01',
        includesUsf: true,
        includesSurcharges: true,
        source: 'Test',
        status: 'final' as const,
      },
    ];
    const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -3, max: 20 })), {
      maxLength: 5,
    });
    let invoices = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), history, (unitAmount, changes) => {
        const decision = composeInvoice(
          input(account('US-NY', 'USD', { billedThrough: { date: '2026-01-01', month: '2026-01', change: 1 } }), [
            subscription(
              'phone',
              [1, '2026-01-01', 15],
              ...changes.map(([day, delta], index): [number, string, number] => [
                index + 2,
                `2026-01-${String(day).padStart(2, '0')}`,
                delta,
              ]),
            ),
          ]),
          seller('US', 'USD', { fees, salesTax }),
          [product('phone', unitAmount, 'USD')],
          '2026-02-01',
          '2026-02-01',
        );
        if (decision.outcome !== 'invoice') return;
        invoices++;
        const { lines, taxes, subtotal, taxTotal, total } = decision.draft;
        expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(subtotal);
        expect(taxes.reduce((sum, { amount }) => sum + amount, 0)).toBe(taxTotal);
        expect(subtotal + taxTotal).toBe(total);
        expect(taxes.map(({ base }) => base)).toEqual([subtotal]);
        expect([...lines, ...taxes].every(({ amount }) => Number.isSafeInteger(amount))).toBe(true);
      }),
    );
    expect(invoices).toBeGreaterThan(50);
  });

  it('fees do not depend on the order of the lines', () => {
    fc.assert(
      fc.property(amounts, (each) => {
        const of = (list: number[]) =>
          feesOf(
            list.map((amount) => line(amount)),
            context('US-NY', fees),
          );
        expect(of(each.toReversed())).toEqual(of(each));
      }),
    );
  });
});
