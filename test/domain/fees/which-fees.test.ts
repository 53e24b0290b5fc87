import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { feeLines } from '../../../shared/domain/fees/fee-lines.ts';
import type { SellerFees } from '../../../shared/domain/fees/fee-rates.ts';
import { account, input, product, seller, subscription } from '../../support/accounts.ts';
import { context, explained, line, rate } from './fixtures.ts';

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
