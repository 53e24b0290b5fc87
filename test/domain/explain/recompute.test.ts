import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pricing } from '../../../shared/domain/catalog.ts';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { recompute, recomputeTax } from '../../../shared/domain/explain/recompute.ts';
import { explainLine } from '../../../shared/domain/explain/words.ts';
import type { Explanation, FeeExplanation, PriceUsed } from '../../../shared/domain/explanation.ts';
import type { TaxLine } from '../../../shared/domain/invoice.ts';
import { usageLines } from '../../../shared/domain/usage/usage-lines.ts';
import { account, input, product, seller, subscription } from '../../support/accounts.ts';
import { everyCharge, usageRow } from '../../support/every-charge.ts';
import { deckRow, rated, rateRow } from '../../support/usage.ts';

const price = (pricing: Pricing): PriceUsed => ({ productId: 'phone', version: 'v1', from: '2020-01-01', pricing });
const flat = (unitMicros: number) => price({ model: 'flat', unitMicros });
const part = (after: number, days: number, of: number, used = flat(25_000_000), before = 0): Explanation => ({
  kind: 'proration',
  policy: 'start-day-free@1',
  effectiveOn: '2026-07-15',
  before,
  after,
  days,
  of,
  price: used,
});
const usage = (...rows: Parameters<typeof usageRow>[]): Explanation => ({
  kind: 'usage',
  usage: 'international',
  month: '2026-11',
  late: false,
  rows: rows.map((row) => usageRow(...row)),
});
const fee = (of: Partial<FeeExplanation>): Explanation => ({
  kind: 'fee',
  fee: 'usf',
  lines: [1],
  base: 0,
  sharePpm: 1_000_000,
  ratePpm: 0,
  count: 0,
  perUnitMicros: 0,
  rounding: 'half-up',
  from: '2026-10-01',
  source: 'a schedule',
  status: 'sample',
  ...of,
});
const credit = { per: 'credit' } as const;
const tiers = [
  { upTo: 10, unitMicros: 5_000_000 },
  { upTo: 50, unitMicros: 4_000_000, flatMicros: 3_000_000 },
  { unitMicros: 2_500_000 },
];

describe('recomputing an amount from its explanation alone', () => {
  it.each<[string, Explanation, number]>([
    ['a month of 15 devices', { kind: 'period', quantity: 15, periods: 1, price: flat(24_950_000) }, 37_425],
    ['three periods at once', { kind: 'period', quantity: 2, periods: 3, price: flat(24_950_000) }, 14_970],
    ['R98: 16 of 31 days of 25.00', part(1, 16, 31), 1290],
    ['R97: two devices for 15 of 30 days', part(2, 15, 30), 2500],
    ['§2.1: 13 of 28 days', part(1, 13, 28), 1161],
    ['§2.1: 14 of 29 days', part(1, 14, 29), 1207],
    ['§2.1: 29 of 31 days', part(1, 29, 31), 2339],
    ['C11: a removal is the credit of the same days', part(0, 16, 31, flat(25_000_000), 1), -1290],
    ['graduated: 60 units', { kind: 'purchase', quantity: 60, price: price({ model: 'graduated', tiers }) }, 23_800],
    ['volume: 60 units', { kind: 'purchase', quantity: 60, price: price({ model: 'volume', tiers }) }, 15_000],
    [
      'volume: 50 units and the tier’s own price',
      { kind: 'purchase', quantity: 50, price: price({ model: 'volume', tiers }) },
      20_300,
    ],
    [
      'a begun package',
      { kind: 'purchase', quantity: 101, price: price({ model: 'package', size: 100, packageMicros: 9_990_000 }) },
      1998,
    ],
    ['graduated from 8 to 12 units, half a month', part(12, 15, 30, price({ model: 'graduated', tiers }), 8), 1050],
    [
      'volume from 51 to 49 units is dearer, half a month',
      part(49, 15, 30, price({ model: 'volume', tiers }), 51),
      3575,
    ],
    ['R111, §2.2: 137 credits at 0.0055, rounded once', usage([137, 5500, '', 'SMS', credit]), 75],
    ['R111: 100 credits at 0.00715 CAD', usage([100, 7150, '', 'SMS', credit]), 72],
    ['R107: 122.1 minutes at 0.035', usage([7326, 35_000]), 427],
    ['two destinations, summed exactly', usage([1230, 18_000], [3600, 45_000]), 307],
    ['two halves of a cent are a cent', usage([30, 10_000], [30, 10_000]), 1],
    ['half a cent rounds up', usage([30, 10_000]), 1],
    ['less than half a cent rounds away', usage([29, 10_000]), 0],
    ['R121: USF is rounded down', fee({ base: 44_900, sharePpm: 649_000, ratePpm: 360_000, rounding: 'down' }), 10_490],
    [
      'R121: a credit of it is rounded down, too',
      fee({ base: -44_900, sharePpm: 649_000, ratePpm: 360_000, rounding: 'down' }),
      -10_491,
    ],
    ['a rate and an amount per unit', fee({ base: 10_000, ratePpm: 10_000, count: 3, perUnitMicros: 5000 }), 102],
    ['R112: a rate on a base', fee({ base: 44_900, ratePpm: 32_500 }), 1459],
    ['R113: an amount per unit', fee({ count: 23, perUnitMicros: 950_000 }), 2185],
    [
      'R104: inside the plan',
      {
        kind: 'allowance',
        usage: 'domestic',
        month: '2026-11',
        late: false,
        allowance: { unit: 'seconds', included: 600, before: 0, after: 540 },
      },
      0,
    ],
  ])('%s', (_case, explanation, cents) => expect(recompute(explanation, 'USD')).toBe(cents));

  it('is exact where a float is not, and refuses what no amount can hold', () => {
    const huge = { kind: 'period', quantity: 9_007_199_254_740_991, periods: 1, price: flat(10_000) } as const;
    expect(recompute(huge, 'EUR')).toBe(9_007_199_254_740_991);
    expect(() => recompute({ ...huge, periods: 2 }, 'EUR')).toThrow(/whole number of minor units/);
  });

  it('gives the amount of every kind of line, whatever its group', () => {
    for (const line of everyCharge().lines)
      expect([line.description, recompute(line.explanation, 'USD')]).toEqual([line.description, line.amount]);
  });
});

describe('recomputing a tax', () => {
  const tax = (base: number, ratePpm: number): TaxLine => ({
    label: 'Tax',
    tax: 'T',
    jurisdiction: 'X',
    category: 'S',
    ratePpm,
    base,
    amount: 0,
    rateFrom: '2020-01-01',
    rounding: { method: 'half-up', source: 'Act' },
    source: 'Act',
    status: 'final',
  });
  it.each([
    ['§2.2: HST 14 % of 43.17', 4317, 140_000, 604],
    ['§2.2: VAT 20 % of 43.17', 4317, 200_000, 863],
    ['§2.2: QST 9.975 % of 43.17', 4317, 99_750, 431],
    ['§2.2: QST 9.975 % of 100.00', 10_000, 99_750, 998],
    ['§2.2: ten lines of 0.05 at 13 %', 50, 130_000, 7],
    ['C14: reverse charge', 60_020, 0, 0],
  ])('%s', (_case, base, ratePpm, cents) => expect(recomputeTax(tax(base, ratePpm), 'CAD')).toBe(cents));
});

const change = fc.record({ day: fc.integer({ min: 0, max: 400 }), delta: fc.integer({ min: 1, max: 40 }) });
const dayOf = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);

it('gives every line and tax of whatever is composed, for any history, price and place', () => {
  const places = [
    ['CA-QC', 'CAD'],
    ['CA-BC', 'CAD'],
    ['IE', 'EUR'],
    ['GB', 'GBP'],
    ['AU-WA', 'AUD'],
  ] as const;
  let invoices = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.integer({ min: 1, max: 9999 }),
      fc.array(change, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      ([place, currency], unitAmount, changes, reduced) => {
        const history = changes.flatMap(({ day, delta }, index): [number, string, number][] => [
          [index * 2 + 1, dayOf(day), delta],
          ...(reduced ? ([[index * 2 + 2, dayOf(day + 17), -1]] as [number, string, number][]) : []),
        ]);
        const of = account(place, currency, { nextBillingDate: '2026-12-01' });
        const bill = input(of, [subscription('phone', ...history)]);
        const by = seller(place.slice(0, 2), currency);
        const decision = composeInvoice(bill, by, [product('phone', unitAmount, currency)], '2026-12-01', '2026-12-01');
        if (decision.outcome !== 'invoice') return;
        invoices++;
        const { lines, taxes } = decision.draft;
        expect(lines.map((line) => recompute(line.explanation, currency))).toEqual(lines.map(({ amount }) => amount));
        expect(taxes.map((tax) => recomputeTax(tax, currency))).toEqual(taxes.map(({ amount }) => amount));
      },
    ),
  );
  expect(invoices).toBeGreaterThan(20);
});

it('gives every line of any usage, in the plan and beyond it (R104–R111)', () => {
  const rows = [
    ['domestic', rateRow()],
    ['internal', rateRow({ increments: { initial: 6, subsequent: 6 } })],
    ['toll-free-inbound', rateRow({ micros: 33_333 })],
    ['international', deckRow('491', 'DE', 49_999)],
    ['international', deckRow('7', 'RU', 120_000)],
    ['message', rateRow({ micros: 5500, per: 'credit' })],
  ] as const;
  const record = fc.record({
    row: fc.constantFrom(...rows),
    minute: fc.nat(40_000),
    quantity: fc.integer({ min: 1, max: 9000 }),
  });
  let paid = 0;
  fc.assert(
    fc.property(fc.array(record, { maxLength: 30 }), fc.nat(300), fc.nat(400), (some, minutes, credits) => {
      const records = some.map(({ row: [of, rate], minute, quantity }, index) =>
        rated(`r${index}`, of, minute, quantity, rate),
      );
      const open = { month: '2026-11', covered: 0, last: 1, before: {}, records };
      for (const line of usageLines([open], () => ({ minutes, credits }), 'CAD')) {
        if (line.amount > 0) paid++;
        expect(recompute(line.explanation, 'CAD')).toBe(line.amount);
        expect(explainLine(line, 'CAD').at(-1)).toContain(`CAD ${line.amount === 0 ? '0.00' : ''}`);
      }
    }),
  );
  expect(paid).toBeGreaterThan(50);
});
