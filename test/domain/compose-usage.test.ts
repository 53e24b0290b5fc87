import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { recompute } from '../../shared/domain/explain/recompute.ts';
import type { BillingDecision, DraftInvoice } from '../../shared/domain/invoice.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import type { SalesTaxRow } from '../../shared/domain/tax/sales-tax-row.ts';
import type { OpenUsage, RatedRecord } from '../../shared/domain/usage/usage.ts';
import { account, input, product, seller, subscription } from '../support/accounts.ts';
import { deckRow, rated, rateRow } from '../support/usage.ts';

const phone = product('phone', 2500, 'USD', { allowances: { minutes: 12 } });
const tollFree = rateRow({ deck: 'toll-free', micros: 30_000 });
const sms = rateRow({ deck: 'sms', micros: 5500, per: 'credit' });
const germany = deckRow('49', 'DE', 19_000);
const salesTax: SalesTaxRow = {
  state: 'NY',
  tax: 'Sales tax',
  taxCodes: ['telecom', 'toll-free', 'messaging'],
  ratePpm: 40_000,
  from: '2020-01-01',
  includesUsf: false,
  includesSurcharges: false,
  source: 'Table',
  status: 'final',
};
const phones = subscription('phone', [1, '2026-01-01', 4], [2, '2026-02-15', 1]);
const open = (month: string, records: readonly RatedRecord[], overrides: Partial<OpenUsage> = {}): OpenUsage => ({
  month,
  covered: 0,
  last: 1,
  before: {},
  records,
  ...overrides,
});
const compose = (
  usage: readonly OpenUsage[],
  subscriptions: readonly Subscription[] = [phones],
  overrides: Partial<Account> = {},
): BillingDecision =>
  composeInvoice(
    {
      ...input(
        account('US-NY', 'USD', { billedThrough: { date: '2026-02-01', month: '2026-02', change: 1 }, ...overrides }),
        subscriptions,
      ),
      usage,
    },
    seller('US', 'USD', { salesTax: [salesTax] }),
    [phone],
    '2026-03-01',
    '2026-03-01',
  );
const draft = (decision: BillingDecision): DraftInvoice => {
  if (decision.outcome !== 'invoice') throw new Error(JSON.stringify(decision));
  return decision.draft;
};
const told = (decision: BillingDecision) =>
  draft(decision).lines.map(({ charge, group, quantity, servicePeriod: { from, to }, amount }) =>
    [charge, group, quantity, from, to, amount].join(' '),
  );

const february = [
  rated('a', 'domestic', 100, 3660),
  rated('b', 'internal', 200, 120),
  rated('c', 'toll-free-inbound', 300, 600, tollFree),
  rated('d', 'international', 400, 300, germany),
  rated('e', 'message', 500, 137, sms),
];

describe('R145: one invoice has the month in advance, the parts and the usage of the month before, fees and taxes', () => {
  it('each line with its own service period', () => {
    // 5 phones have 60 minutes: 63 were used, 3 × 0.02. 5 minutes to Germany are 0.095. 137 credits are 0.7535.
    // USF on 125.00 + 11.61 + 0.06 + 0.30 + 0.10, not on messages: 137.07 × 64.9 % × 37.6 % = 33.448…, rounded down.
    expect(told(compose([open('2026-02', february)]))).toEqual([
      'recurring service-charge 5 2026-03-01 2026-03-31 12500',
      'proration service-charge 1 2026-02-16 2026-02-28 1161',
      'usage included-minutes 60 2026-02-01 2026-02-28 0',
      'usage outbound-overage 3 2026-02-01 2026-02-28 6',
      'usage toll-free-inbound 10 2026-02-01 2026-02-28 30',
      'usage international 5 2026-02-01 2026-02-28 10',
      'usage sms-overage 137 2026-02-01 2026-02-28 75',
      'fee universal-service 1 2026-02-01 2026-03-31 3344',
    ]);
  });

  it('and sums: 137.82 taxed with 4 %, 33.44 of Universal Service Fee on top', () => {
    const { subtotal, taxes, taxTotal, total, lines, usageCovered } = draft(compose([open('2026-02', february)]));
    expect(taxes.map(({ base, amount }) => [base, amount])).toEqual([[13_782, 551]]);
    expect([subtotal, taxTotal, total]).toEqual([17_126, 551, 17_677]);
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(usageCovered).toEqual({ '2026-02': 1 });
  });

  it('usage of the current month waits for the next invoice', () => {
    const both = compose([open('2026-02', february), open('2026-03', [rated('z', 'domestic', 0, 6000)])]);
    expect(both).toEqual(compose([open('2026-02', february)]));
  });

  it('usage that came after its month was invoiced stands on lines of that month, after what that used', () => {
    const late = open('2026-01', [rated('z', 'domestic', 0, 120)], { covered: 3, last: 4, before: { domestic: 2820 } });
    const { lines, usageCovered } = draft(compose([late, open('2026-02', [])]));
    // 4 phones had 48 minutes in January, of which 47 were used.
    expect(lines.slice(2, 4).map(({ group, quantity, amount }) => [group, quantity, amount])).toEqual([
      ['included-minutes', 1, 0],
      ['outbound-overage', 1, 2],
    ]);
    expect(lines[3]?.servicePeriod).toEqual({ from: '2026-01-01', to: '2026-01-31' });
    expect(lines[3]?.explanation).toMatchObject({ month: '2026-01', late: true });
    expect(usageCovered).toEqual({ '2026-01': 4, '2026-02': 1 });
  });

  it('an account that has nothing but usage is invoiced for it', () => {
    expect(told(compose([open('2026-02', [rated('a', 'domestic', 0, 6000)])], []))).toEqual([
      'usage outbound-overage 100 2026-02-01 2026-02-28 200',
      'fee universal-service 1 2026-02-01 2026-02-28 48',
    ]);
  });

  it('usage inside the plan alone costs nothing, and is settled without an invoice', () => {
    const nobody = subscription('phone', [1, '2026-01-01', 4], [2, '2026-03-01', -4]);
    expect(compose([open('2026-02', [rated('a', 'domestic', 0, 600)])], [nobody])).toMatchObject({
      outcome: 'zero',
      settled: true,
      usageCovered: { '2026-02': 1 },
    });
  });

  it('usage that lost its price holds the account, and says which call', () => {
    const { rate: _, ...lost } = rated('call-7', 'domestic', 0, 6000);
    expect(compose([open('2026-02', [lost])])).toEqual({
      outcome: 'held',
      code: 'usage_without_rate',
      reason: 'A call or message that must be charged has no price on record (domestic call-7).',
    });
  });
});

describe('properties of invoices with usage', () => {
  const rates = {
    domestic: rateRow(),
    internal: rateRow({ increments: { initial: 6, subsequent: 6 } }),
    'toll-free-inbound': tollFree,
    international: germany,
    message: sms,
  };
  const record = fc.record({
    of: fc.constantFrom(...(Object.keys(rates) as (keyof typeof rates)[])),
    second: fc.nat(100_000),
    quantity: fc.integer({ min: 1, max: 200 }).map((steps) => steps * 6),
  });
  const records = fc
    .array(record, { maxLength: 30 })
    .map((all) => all.map(({ of, second, quantity }, index) => rated(`r${index}`, of, second, quantity, rates[of])));

  it('permuting, splitting and duplicating the records changes nothing on the invoice', () => {
    const mixed = records.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...structuredClone(all)], { minLength: all.length * 2 }),
        fc.nat(60),
      ),
    );
    fc.assert(
      fc.property(mixed, fc.boolean(), ([all, shuffled, cut], swapped) => {
        const parts = [
          open('2026-02', shuffled.slice(0, cut), { last: 4 }),
          open('2026-02', shuffled.slice(cut), { last: 9 }),
        ];
        const whole = compose([open('2026-02', all, { last: 9 })]);
        expect(compose(swapped ? parts.toReversed() : parts)).toEqual(whole);
      }),
    );
  });

  it('lines + taxes = total, every line is the amount of its explanation, and composing again gives the same', () => {
    fc.assert(
      fc.property(records, (all) => {
        const usage = [open('2026-02', all)];
        const { lines, taxes, total } = draft(compose(usage));
        const sum = [...lines, ...taxes].reduce((cents, { amount }) => cents + amount, 0);
        expect(sum).toBe(total);
        for (const { explanation, amount } of lines) expect(recompute(explanation, 'USD')).toBe(amount);
        expect(draft(compose(structuredClone(usage)))).toEqual(draft(compose(usage)));
      }),
    );
  });
});
