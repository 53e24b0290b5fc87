import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUsed, type UsageAllowance } from '../../../shared/domain/usage/allowance.ts';
import type { OpenUsage, RatedRecord, UsageClass } from '../../../shared/domain/usage/usage.ts';
import { usageAmount } from '../../../shared/domain/usage/usage-amount.ts';
import { type UsageLine, usageLines } from '../../../shared/domain/usage/usage-lines.ts';
import { deckRow, rated, rateRow } from '../../support/usage.ts';

const RATES: Readonly<Partial<Record<UsageClass, ReturnType<typeof rateRow>[]>>> = {
  domestic: [rateRow(), rateRow({ version: 'v2', micros: 23_457 })],
  internal: [rateRow()],
  'toll-free-inbound': [rateRow({ deck: 'toll-free', micros: 31_111, increments: { initial: 6, subsequent: 6 } })],
  'domestic-premium': [deckRow('1787', 'PR', 90_001)],
  international: [deckRow('49', 'DE', 19_000), deckRow('491', 'DE', 49_003), deckRow('44', 'GB', 15_000)],
  message: [rateRow({ deck: 'sms', micros: 5_500, per: 'credit' })],
  inbound: [],
};

const record = fc
  .record({
    of: fc.constantFrom(...(Object.keys(RATES) as UsageClass[])),
    which: fc.nat(2),
    second: fc.nat(40),
    quantity: fc.integer({ min: 1, max: 40 }).map((steps) => steps * 6),
  })
  .map(({ of, which, second, quantity }) => {
    const rates = RATES[of] ?? [];
    const { rate: _, ...unrated } = rated('', of, second, quantity);
    return rates.length === 0 ? unrated : { ...unrated, rate: rates[which % rates.length]! };
  });
/** Records with ids of their own, in an order that has nothing to do with time. */
const records = fc
  .array(record, { maxLength: 40 })
  .map((all) => all.map((of, index): RatedRecord => ({ ...of, recordId: `r${index}` })));
const plan = fc.record({ minutes: fc.nat(30), tollFreeMinutes: fc.nat(10), credits: fc.nat(500) });

const open = (of: readonly RatedRecord[], overrides: Partial<OpenUsage> = {}): OpenUsage => ({
  month: '2026-11',
  covered: 0,
  last: 1,
  before: {},
  records: of,
  ...overrides,
});
const lines = (usage: readonly OpenUsage[], allowance: UsageAllowance) => usageLines(usage, () => allowance, 'USD');

/** Billed seconds or credits of a line, whatever its unit. */
const raw = ({ unit, quantity }: UsageLine): number => (unit === 'minute' ? quantity * 60 : quantity);
const sum = (all: readonly UsageLine[], ...groups: string[]): number =>
  all.filter(({ group }) => groups.includes(group)).reduce((total, line) => total + raw(line), 0);
const used = (all: readonly RatedRecord[], ...classes: UsageClass[]): number =>
  all.filter((of) => classes.includes(of.class)).reduce((total, { quantity }) => total + quantity, 0);

describe('properties of usage lines', () => {
  it('permuting, splitting into batches and repeating records changes nothing', () => {
    const shuffled = records.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...structuredClone(all)], { minLength: all.length * 2 }),
        fc.nat(80),
      ),
    );
    fc.assert(
      fc.property(shuffled, plan, ([all, mixed, cut], allowance) => {
        const batches = [open(mixed.slice(0, cut)), open(mixed.slice(cut))];
        expect(lines(batches, allowance)).toEqual(lines([open(all)], allowance));
      }),
    );
  });

  it('a late earlier call takes the allowance to itself: rating again equals rating from scratch', () => {
    fc.assert(
      fc.property(records, record, plan, (all, extra, allowance) => {
        const early = { ...extra, recordId: 'early', at: '2026-11-01T00:00:00.000Z' };
        expect(lines([open(all), open([early])], allowance)).toEqual(lines([open([early, ...all])], allowance));
        const alone = sum(lines([open([early])], allowance), 'included-minutes', 'sms-included');
        const withOthers = lines([open([...all, early])], allowance);
        expect(sum(withOthers, 'included-minutes', 'sms-included')).toBeGreaterThanOrEqual(alone);
      }),
    );
  });

  it('included + overage = used, and no more is included than the plan has', () => {
    fc.assert(
      fc.property(records, plan, (all, allowance) => {
        const made = lines([open(all)], allowance);
        const outbound = used(all, 'domestic', 'internal');
        const tollFree = used(all, 'toll-free-inbound');
        const covered = Math.min(outbound, allowance.minutes * 60) + Math.min(tollFree, allowance.tollFreeMinutes * 60);
        expect(sum(made, 'included-minutes')).toBe(covered);
        expect(sum(made, 'outbound-overage')).toBe(Math.max(0, outbound - allowance.minutes * 60));
        expect(sum(made, 'toll-free-inbound')).toBe(Math.max(0, tollFree - allowance.tollFreeMinutes * 60));
        expect(sum(made, 'sms-included')).toBe(Math.min(used(all, 'message'), allowance.credits));
        expect(sum(made, 'sms-overage')).toBe(Math.max(0, used(all, 'message') - allowance.credits));
        expect(sum(made, 'international')).toBe(used(all, 'international'));
        expect(sum(made, 'domestic-premium')).toBe(used(all, 'domestic-premium'));
      }),
    );
  });

  it('the amount of every line can be computed from its explanation alone', () => {
    fc.assert(
      fc.property(records, plan, (all, allowance) => {
        for (const line of lines([open(all)], allowance)) {
          const { explanation } = structuredClone(line);
          if (explanation.kind === 'allowance') {
            expect(line.amount).toBe(0);
            expect(explanation.allowance.after - explanation.allowance.before).toBe(raw(line));
          } else if (explanation.kind === 'usage') {
            expect(usageAmount(explanation.rows, 'USD').amount).toBe(line.amount);
            expect(explanation.rows.reduce((total, row) => total + row.quantity, 0)).toBe(raw(line));
          } else expect.unreachable();
        }
      }),
    );
  });

  it('records that come after their invoice get the same allowance as if they had come in time, last', () => {
    fc.assert(
      fc.property(records, records, plan, (first, second, allowance) => {
        const after = second.map((of) => ({
          ...of,
          recordId: `late-${of.recordId}`,
          at: of.at.replace('-01T', '-30T'),
        }));
        const inTime = lines([open([...first, ...after])], allowance);
        const apart = [
          ...lines([open(first)], allowance),
          ...lines([open(after, { covered: 1, before: addUsed({}, first) })], allowance),
        ];
        for (const { group } of inTime) expect(sum(apart, group)).toBe(sum(inTime, group));
        expect(apart.reduce((total, line) => total + raw(line), 0)).toBe(
          inTime.reduce((total, line) => total + raw(line), 0),
        );
      }),
    );
  });

  it('what was used adds up whatever the batches', () => {
    fc.assert(
      fc.property(records, fc.nat(40), (all, cut) => {
        const inBatches = addUsed(addUsed({}, all.slice(0, cut)), all.slice(cut));
        expect(inBatches).toEqual(addUsed({}, all));
      }),
    );
  });
});
