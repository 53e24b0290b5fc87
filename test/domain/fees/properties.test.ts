import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { feeAmount, feeLines } from '../../../shared/domain/fees/fee-lines.ts';
import type { SellerFees } from '../../../shared/domain/fees/fee-rates.ts';
import { account, input, product, seller, subscription } from '../../support/accounts.ts';
import { context, explained, feesOf, line, rate } from './fixtures.ts';

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
        for (const fee of charged) expect(feeAmount(explained(fee), 'USD')).toBe(fee.amount);
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
