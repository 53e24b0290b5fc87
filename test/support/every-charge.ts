import type { ChargeGroup } from '../../shared/domain/catalog.ts';
import type { AllowanceUsed, Explanation, FeeExplanation, UsageRow } from '../../shared/domain/explanation.ts';
import type { Invoice, InvoiceLine } from '../../shared/domain/invoice.ts';
import type { UsageClass } from '../../shared/domain/usage/usage.ts';
import { type Sample, sampleInvoice } from './invoices.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
const DECEMBER = { from: '2026-12-01', to: '2026-12-31' };

type Extra = Omit<InvoiceLine, 'line' | 'productId' | 'taxCode' | 'servicePeriod' | 'unit' | 'quantity'> &
  Partial<InvoiceLine>;
const extra = (line: Extra): Omit<InvoiceLine, 'line'> => ({
  productId: line.group,
  taxCode: 'telecom',
  servicePeriod: line.charge === 'usage' ? NOVEMBER : DECEMBER,
  unit: 'minute',
  quantity: 1,
  ...line,
});

/** Billed seconds, or credits, at a price in micros per minute or credit. */
export const usageRow = (
  quantity: number,
  micros: number,
  prefix = '',
  destination = 'United States',
  rate: Partial<UsageRow['rate']> = {},
): UsageRow => ({
  events: 3,
  quantity,
  rate: {
    deck: 'calls',
    version: '2026',
    prefix,
    destination,
    increments: { initial: 60, subsequent: 60 },
    micros,
    per: 'minute',
    from: '2026-01-01',
    ...rate,
  },
});

const usage = (
  of: UsageClass,
  group: ChargeGroup,
  description: string,
  amount: number,
  rows: readonly UsageRow[],
  allowance?: AllowanceUsed,
) =>
  extra({
    charge: 'usage',
    group,
    description,
    amount,
    explanation: {
      kind: 'usage',
      usage: of,
      month: '2026-11',
      late: false,
      rows,
      ...(allowance === undefined ? {} : { allowance }),
    },
  });

const allowance = (of: UsageClass, group: ChargeGroup, description: string, used: AllowanceUsed) =>
  extra({
    charge: 'usage',
    group,
    description,
    amount: 0,
    explanation: { kind: 'allowance', usage: of, month: '2026-11', late: false, allowance: used },
  });

export const fee = (
  group: ChargeGroup,
  description: string,
  amount: number,
  explanation: Partial<FeeExplanation>,
): Omit<InvoiceLine, 'line'> =>
  extra({
    charge: 'fee',
    group,
    description,
    amount,
    unit: 'fee',
    taxCode: 'surcharge',
    explanation: {
      kind: 'fee',
      fee: group,
      lines: [],
      base: 0,
      sharePpm: 1_000_000,
      ratePpm: 0,
      count: 0,
      perUnitMicros: 0,
      rounding: 'half-up',
      from: '2026-10-01',
      source: 'Example schedule of fees',
      status: 'sample',
      ...explanation,
    },
  });

const priced = (group: ChargeGroup, description: string, unit: string, quantity: number, unitMicros: number) => {
  const price = {
    productId: group,
    version: 'v1',
    from: '2025-01-01',
    pricing: { model: 'flat', unitMicros },
  } as const;
  const explanation: Explanation =
    group === 'purchases' ? { kind: 'purchase', quantity, price } : { kind: 'period', quantity, periods: 1, price };
  const charge = group === 'purchases' ? 'purchase' : 'recurring';
  return extra({
    charge,
    group,
    description,
    unit,
    quantity,
    unitMicros,
    amount: (unitMicros * quantity) / 10_000,
    explanation,
  });
};

/** An invoice that has a line of every group of the guide (R101–R122), each with the amount of its explanation. */
export function everyCharge(sample: Sample = 'us', options: Parameters<typeof sampleInvoice>[1] = {}): Invoice {
  const composed = sampleInvoice(sample, options);
  // Its own fees give way to the ones below; the American table is shown without a column of taxes.
  const untaxed = sample === 'us' ? { taxes: [], taxTotal: 0 } : {};
  const invoice = { ...composed, ...untaxed, lines: composed.lines.filter(({ charge }) => charge !== 'fee') };
  const plan = { unit: 'seconds', included: 120_000, before: 0, after: 120_000 } as const;
  const credits = { unit: 'credits', included: 500, before: 0, after: 500 } as const;
  const credit = { per: 'credit' } as const;
  const added = [
    priced('contact-center', 'Contact center seat', 'user', 2, 85_000_000),
    priced('rentals', 'Conference phone, rented', 'device', 1, 12_500_000),
    priced('purchases', 'Headset', 'item', 3, 59_990_000),
    allowance('domestic', 'included-minutes', 'Outbound calls', plan),
    usage('domestic-premium', 'domestic-premium', 'Premium calls', 150, [
      usageRow(600, 150_000, '1787', 'Puerto Rico'),
    ]),
    usage('domestic', 'outbound-overage', 'Outbound calls', 432, [usageRow(12_960, 20_000)], {
      ...plan,
      before: 120_000,
      after: 120_000,
    }),
    usage('toll-free-inbound', 'toll-free-inbound', 'Calls to toll-free numbers', 427, [
      usageRow(7326, 35_000, '', 'Toll-free', { increments: { initial: 6, subsequent: 6 } }),
    ]),
    usage('international', 'international', 'International calls', 307, [
      usageRow(1230, 18_000, '49', 'DE', { increments: { initial: 30, subsequent: 6 } }),
      usageRow(3600, 45_000, '81', 'JP'),
    ]),
    allowance('message', 'sms-included', 'Text messages', credits),
    usage('message', 'sms-overage', 'Text messages', 75, [usageRow(137, 5500, '', 'Messages', credit)], credits),
    fee('state-local-fees', 'State and local regulatory fee', 1459, { base: 44_900, ratePpm: 32_500, lines: [1, 2] }),
    fee('regulatory-recovery', 'Regulatory recovery fee', 2185, { count: 23, perUnitMicros: 950_000, lines: [1] }),
    fee('canadian-regulatory', 'Federal and provincial regulatory fee', 225, {
      base: 44_900,
      ratePpm: 5000,
      lines: [1],
    }),
    fee('universal-service', 'Universal service fee', 10_490, {
      base: 44_900,
      sharePpm: 649_000,
      ratePpm: 360_000,
      rounding: 'down',
      lines: [1, 2],
    }),
  ];
  const lines = [...invoice.lines, ...added].map((line, index): InvoiceLine => ({ ...line, line: index + 1 }));
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  return { ...invoice, lines, subtotal, total: subtotal + invoice.taxTotal };
}
