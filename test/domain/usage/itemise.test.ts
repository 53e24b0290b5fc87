import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvoiceLine } from '../../../shared/domain/invoice.ts';
import { addUsed } from '../../../shared/domain/usage/allowance.ts';
import { type CallDetails, isItemised, itemise, ownNumber } from '../../../shared/domain/usage/itemise.ts';
import type { OpenUsage, RatedRecord, UsageClass } from '../../../shared/domain/usage/usage.ts';
import { usageLines } from '../../../shared/domain/usage/usage-lines.ts';
import { deckRow, rated, rateRow } from '../../support/usage.ts';

const MONTH = '2026-11';
const RATES: Readonly<Partial<Record<UsageClass, ReturnType<typeof rateRow>[]>>> = {
  domestic: [rateRow(), rateRow({ version: 'v2', micros: 23_457 })],
  internal: [rateRow()],
  'toll-free-inbound': [rateRow({ deck: 'toll-free', micros: 31_111, increments: { initial: 6, subsequent: 6 } })],
  'domestic-premium': [deckRow('1787', 'PR', 90_001)],
  international: [deckRow('49', 'DE', 19_000), deckRow('491', 'DE', 49_003), deckRow('44', 'GB', 15_000)],
  message: [rateRow({ deck: 'sms', micros: 5_500, per: 'credit' })],
  inbound: [],
  emergency: [],
  'toll-free-outbound': [],
};
const NUMBERS = ['+16175550100', '+16175550101', '+18005550100', '104'];

const record = fc
  .record({
    of: fc.constantFrom(...(Object.keys(RATES) as UsageClass[])),
    which: fc.nat(2),
    second: fc.nat(40),
    steps: fc.integer({ min: 1, max: 40 }),
    from: fc.constantFrom(...NUMBERS),
    to: fc.constantFrom(...NUMBERS),
    received: fc.boolean(),
  })
  .map(({ of, which, second, steps, from, to, received }): Omit<RatedRecord, 'recordId'> => {
    const rates = RATES[of] ?? [];
    const { rate: _, recordId: _id, ...unrated } = rated('', of, second, steps * 6);
    const inbound = of === 'message' && received ? ({ inbound: true } as const) : {};
    const rate = rates.length === 0 ? {} : { rate: rates[which % rates.length]! };
    return { ...unrated, ...inbound, from, to, ...rate };
  });
const records = (prefix: string) =>
  fc
    .array(record, { maxLength: 40 })
    .map((all) => all.map((of, index): RatedRecord => ({ ...of, recordId: `${prefix}${index}` })));
const plan = fc.record({ minutes: fc.nat(30), tollFreeMinutes: fc.nat(10), credits: fc.nat(500) });

const open = (of: readonly RatedRecord[], overrides: Partial<OpenUsage> = {}): OpenUsage => ({
  month: MONTH,
  covered: 0,
  last: 1,
  before: {},
  records: of,
  ...overrides,
});
const numbered = (lines: readonly Omit<InvoiceLine, 'line'>[]): InvoiceLine[] =>
  lines.map((line, index) => ({ line: index + 1, ...line }));
const sum = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((total, { amount }) => total + amount, 0);
const listed = ({ numbers }: CallDetails) => numbers.flatMap((of) => of.records);

describe('the details of calls and messages', () => {
  it('add up to the usage lines of the invoice to the cent: subtotals of numbers, and the sum of all', () => {
    fc.assert(
      fc.property(records('r'), plan, (all, allowance) => {
        const lines = numbered(usageLines([open(all)], () => allowance, 'USD'));
        const details = itemise(lines, new Map([[MONTH, all]]), 'USD');
        expect(sum(details.numbers)).toBe(sum(lines));
        expect(details.amount).toBe(sum(lines));
      }),
    );
  });

  it('also of records that came after their month was invoiced, next to those of another month', () => {
    fc.assert(
      fc.property(records('first'), records('late'), records('next'), plan, (first, late, next, allowance) => {
        const months = [
          open(late, { covered: 1, last: 2, before: addUsed({}, first) }),
          open(next, { month: '2026-12' }),
        ];
        const lines = numbered(usageLines(months, () => allowance, 'USD'));
        const details = itemise(lines, new Map(months.map((of) => [of.month, of.records])), 'USD');
        expect(sum(details.numbers)).toBe(sum(lines));
        expect(listed(details)).toHaveLength([...late, ...next].filter(isItemised).length);
      }),
    );
  });

  it('give a number less than a cent per line more or less than its calls cost exactly', () => {
    fc.assert(
      fc.property(records('r'), plan, (all, allowance) => {
        const lines = numbered(usageLines([open(all)], () => allowance, 'USD'));
        for (const { records: own, amount } of itemise(lines, new Map([[MONTH, all]]), 'USD').numbers) {
          const exact = own.reduce((total, { sixtieths }) => total + sixtieths, 0);
          expect(Math.abs(amount * 600_000 - exact)).toBeLessThan(600_000 * lines.length + 1);
        }
      }),
    );
  });

  it('have every record that is metered once, under the customer’s own number, in the order of time', () => {
    fc.assert(
      fc.property(records('r'), plan, (all, allowance) => {
        const lines = numbered(usageLines([open(all)], () => allowance, 'USD'));
        const { numbers } = itemise(lines, new Map([[MONTH, all.toReversed()]]), 'USD');
        const ids = numbers.flatMap((of) => of.records.map(({ record: { recordId } }) => recordId));
        expect(ids.toSorted()).toEqual(
          all
            .filter(isItemised)
            .map(({ recordId }) => recordId)
            .toSorted(),
        );
        for (const { number, records: own } of numbers) {
          expect(own.every((each) => ownNumber(each.record) === number)).toBe(true);
          const times = own.map((each) => each.record.at);
          expect(times).toEqual(times.toSorted());
        }
      }),
    );
  });

  it('say of each call what the plan covers, together what the lines say', () => {
    fc.assert(
      fc.property(records('r'), plan, (all, allowance) => {
        const lines = numbered(usageLines([open(all)], () => allowance, 'USD'));
        const covered = listed(itemise(lines, new Map([[MONTH, all]]), 'USD')).reduce(
          (total, each) => total + each.covered,
          0,
        );
        const included = lines.reduce(
          (total, { explanation: of }) =>
            total + (of.kind === 'allowance' ? of.allowance.after - of.allowance.before : 0),
          0,
        );
        expect(covered).toBe(included);
      }),
    );
  });

  it.each<[UsageClass, Partial<RatedRecord>, string]>([
    ['domestic', {}, 'from'],
    ['internal', {}, 'from'],
    ['international', {}, 'from'],
    ['toll-free-inbound', {}, 'to'],
    ['message', {}, 'from'],
    ['message', { inbound: true }, 'to'],
  ])('list a call of class %s (%j) under the number it went %s', (of, more, side) => {
    expect(ownNumber({ ...rated('r', of, 0, 60), from: 'from', to: 'to', ...more })).toBe(side);
  });

  it.each<UsageClass>(['emergency', 'inbound', 'toll-free-outbound'])(
    'leave out free calls of class %s, so that no bill tells of a call for help',
    (of) => {
      expect(itemise([], new Map([[MONTH, [rated('r', of, 0, 60, undefined)]]]), 'USD')).toEqual({
        numbers: [],
        amount: 0,
      });
    },
  );

  it('count what each number used, the numbers in their order', () => {
    const [low, high] = ['+16175550100', '+16175550101'];
    const all = [
      { ...rated('c', 'domestic', 5, 90), from: high },
      { ...rated('b', 'domestic', 5, 60), from: low },
      { ...rated('a', 'domestic', 5, 120), from: low },
      { ...rated('m', 'message', 6, 3, RATES.message![0]), from: low },
      { ...rated('n', 'message', 7, 2, RATES.message![0]), from: low },
    ];
    const lines = numbered(usageLines([open(all)], () => ({ minutes: 0, credits: 0 }), 'USD'));
    const { numbers } = itemise(lines, new Map([[MONTH, all]]), 'USD');
    expect(numbers.map(({ records: _own, amount: _share, ...counted }) => counted)).toEqual([
      { number: low, calls: 2, seconds: 180, messages: 2, credits: 5 },
      { number: high, calls: 1, seconds: 90, messages: 0, credits: 0 },
    ]);
    // Two calls of the same second stand in the order of their ids.
    expect(numbers[0]!.records.map(({ record: { recordId } }) => recordId)).toEqual(['a', 'b', 'm', 'n']);
  });

  it('of premium numbers are of one line, wherever these numbers are', () => {
    const all = [
      rated('a', 'domestic-premium', 1, 60, deckRow('1787', 'PR', 90_000)),
      rated('b', 'domestic-premium', 2, 60, deckRow('1876', 'JM', 120_000)),
    ];
    const lines = numbered(usageLines([open(all)], () => ({ minutes: 0, credits: 0 }), 'USD'));
    expect(lines).toHaveLength(1);
    expect(itemise(lines, new Map([[MONTH, all]]), 'USD').amount).toBe(21);
  });

  it('without a rate cost nothing where the plan covers all of them, and are refused where it does not', () => {
    const { rate: _none, ...free } = rated('a', 'domestic', 1, 60);
    const covering = numbered(
      usageLines([open([rated('a', 'domestic', 1, 60)])], () => ({ minutes: 1, credits: 0 }), 'USD'),
    );
    expect(listed(itemise(covering, new Map([[MONTH, [free]]]), 'USD'))).toMatchObject([{ covered: 60, sixtieths: 0 }]);
    expect(() => itemise([], new Map([[MONTH, [free]]]), 'USD')).toThrow('The record a has no rate');
  });

  it('are refused where a price is no longer exact', () => {
    const dear = rated('a', 'domestic', 1, 60, rateRow({ micros: Number.MAX_SAFE_INTEGER }));
    expect(() => itemise([], new Map([[MONTH, [dear]]]), 'USD')).toThrow('The price of the record a is too large');
  });

  it.each<[string, (all: readonly RatedRecord[]) => readonly RatedRecord[]]>([
    ['one is missing', (all) => all.slice(1)],
    ['there is one more', (all) => [...all, rated('more', 'domestic', 9, 6000)]],
    [
      'one is to a place that no line charges',
      (all) => [...all, rated('x', 'international', 9, 60, deckRow('7', 'RU', 1))],
    ],
  ])('are refused when they contradict the invoice: %s', (_name, change) => {
    const all = [rated('a', 'domestic', 1, 600), rated('b', 'domestic', 2, 600)];
    const lines = numbered(usageLines([open(all)], () => ({ minutes: 0, credits: 0 }), 'USD'));
    expect(() => itemise(lines, new Map([[MONTH, change(all)]]), 'USD')).toThrow(
      /add up to line 1|No line of the invoice/,
    );
  });
});
