import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaxCode } from '../../shared/domain/catalog.ts';
import type { TaxableLine } from '../../shared/domain/tax/compute.ts';
import { linesFor, taxes, telecom } from './tax-fixtures.ts';

describe('each tax is rounded once, on the sum of its lines (C12, domain rounding examples)', () => {
  const lines = [1290, 2500, 75, 119, 333];

  it.each([
    ['HST 14 %: 6.04, not 6.06', 'CA-NS', lines, [['HST', 604]]],
    ['VAT 20 %: 8.63, not 8.64', 'GB', lines, [['VAT', 863]]],
    [
      'QST 9.975 %: 4.31, not 4.30',
      'CA-QC',
      lines,
      [
        ['GST', 216],
        ['QST', 431],
      ],
    ],
    [
      'R118: 100.00 in Québec: 5.00 + 9.98',
      'CA-QC',
      [10_000],
      [
        ['GST', 500],
        ['QST', 998],
      ],
    ],
    ['ten lines of 0.05 at 13 %: 0.07, not 0.10', 'CA-ON', Array(10).fill(5), [['HST', 7]]],
    ['ten lines of 0.05 at 10 %: 0.05', 'AU', Array(10).fill(5), [['GST', 5]]],
    ['a credit of 0.50 at 13 %, half away from zero', 'CA-ON', [-50], [['HST', -7]]],
  ])('%s', (_name, place, amounts, expected) => {
    expect(taxes(place, '2026-12-01', amounts)).toEqual(expected);
  });

  it.each([
    ['CA-ON', 'Excise Tax Act s.165.2'],
    ['CA-QC', 'Excise Tax Act s.165.2'],
    ['AU', 'A New Tax System (GST) Act 1999 s.9-90'],
    ['GB', 'HMRC VATREC12010, VATREC12030; VAT Notice 700 s.17.5'],
    ['IE', 'CJEU C-484/06 Ahold; C-302/07 Wetherspoon'],
  ])('a tax line of %s names the rule of its rounding, %s, and where its rate is published', (place, rule) => {
    const [line] = linesFor(place, '2026-12-01', [telecom(10_000)]);
    expect(line).toMatchObject({ rounding: { method: 'half-up', source: rule }, status: 'final' });
    expect(line?.source).not.toBe('');
  });

  it('QST rounds by Revenu Québec’s rule', () => {
    expect(linesFor('CA-QC', '2026-12-01', [telecom(1)])[1]?.rounding.source).toContain('Revenu Québec');
  });

  it('R118: the combined figures of Québec stand nowhere', () => {
    const shown = JSON.stringify(linesFor('CA-QC', '2026-12-01', [telecom(10_000)]));
    expect(shown).not.toMatch(/9[.,]?97[^5]|14[.,]?97|149[_]?7/);
    expect(linesFor('CA-QC', '2026-12-01', [telecom(10_000)]).map(({ ratePpm }) => ratePpm)).toEqual([50_000, 99_750]);
  });
});

describe('properties of taxes', () => {
  const place = fc.constantFrom('CA-QC', 'CA-BC', 'CA-NS', 'GB', 'DE', 'AU', 'FI');
  const line = fc.record({
    amount: fc.integer({ min: -5_000_000, max: 5_000_000 }),
    taxCode: fc.constantFrom<TaxCode[]>('telecom', 'toll-free', 'messaging', 'surcharge'),
    taxTreatment: fc.constantFrom<NonNullable<TaxableLine['taxTreatment']>[]>('standard', 'zero-rated', 'exempt'),
  });
  const taxed = (where: string, lines: readonly TaxableLine[]) => linesFor(where, '2026-12-01', lines);

  it('taxes depend on the sums alone: not on the order of the lines, nor on how they are split', () => {
    fc.assert(
      fc.property(place, fc.array(line, { minLength: 1, maxLength: 12 }), fc.integer(), (where, lines, seed) => {
        const shuffled = lines.toSorted((a, b) => ((a.amount ^ seed) % 7) - ((b.amount ^ seed) % 7));
        const split = lines.flatMap((each) => [
          { ...each, amount: Math.trunc(each.amount / 3) },
          { ...each, amount: each.amount - Math.trunc(each.amount / 3) },
        ]);
        expect(taxed(where, shuffled)).toEqual(taxed(where, lines));
        expect(taxed(where, split)).toEqual(taxed(where, lines));
      }),
    );
  });

  it('a tax is within half a cent of base × rate, and a whole number of cents', () => {
    fc.assert(
      fc.property(place, fc.array(line, { minLength: 1, maxLength: 12 }), (where, lines) => {
        for (const { base, ratePpm, amount } of taxed(where, lines)) {
          expect(Number.isSafeInteger(amount)).toBe(true);
          const off = BigInt(base) * BigInt(ratePpm) - BigInt(amount) * 1_000_000n;
          expect(off >= -500_000n && off <= 500_000n).toBe(true);
        }
      }),
    );
  });
});
