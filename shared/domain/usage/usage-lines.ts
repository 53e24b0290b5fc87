import { firstOf, lastOf, type Month } from '../calendar.ts';
import { CHARGE_GROUPS } from '../catalog.ts';
import type { InvoiceLine } from '../invoice.ts';
import type { Currency } from '../money.ts';
import { type Drawn, draw, inAnswerOrder, type Share, type UsageAllowance } from './allowance.ts';
import { countsWholeMinutes } from './increments.ts';
import { METERS, type Meter, meterOf } from './meters.ts';
import type { OpenUsage, RateRow } from './usage.ts';
import { rowsOf, usageAmount } from './usage-amount.ts';

export type UsageLine = Omit<InvoiceLine, 'line'>;

/**
 * The invoice lines of usage in arrears (R104–R111), in print order, then by month, each with the service period of its
 * month (R145). A month of which an invoice has covered something is late: its records come after what that used. Free
 * classes have no line. `allowanceOf` is asked once per month; amounts are minor units of `currency`. A month may come in
 * parts that agree on `covered` and `before`, its records in any order, some of them twice. Throws `usage_without_rate`.
 */
export function usageLines(
  usage: readonly OpenUsage[],
  allowanceOf: (month: Month) => UsageAllowance,
  currency: Currency,
): UsageLine[] {
  const lines = byMonth(usage).flatMap((month) => {
    const plan = allowanceOf(month.month);
    const metered = Map.groupBy(month.records, (record) => meterOf(record.class));
    return METERS.flatMap((meter) =>
      meterLines(meter, { ...month, records: metered.get(meter) ?? [] }, plan, currency),
    );
  });
  return lines.sort((a, b) => CHARGE_GROUPS.indexOf(a.group) - CHARGE_GROUPS.indexOf(b.group));
}

/** Months in ascending order, each with all its records in answer order. */
function byMonth(usage: readonly OpenUsage[]): OpenUsage[] {
  return [...Map.groupBy(usage, ({ month }) => month).values()]
    .map((parts) => ({ ...parts[0]!, records: inAnswerOrder(parts.flatMap(({ records }) => records)) }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

/** `month` has the records of the meter alone. */
function meterLines(meter: Meter, month: OpenUsage, plan: UsageAllowance, currency: Currency): UsageLine[] {
  const used = meter.classes.reduce((sum, of) => sum + (month.before[of] ?? 0), 0);
  const drawn = draw(month.records, meter.unit, meter.included?.of(plan) ?? 0, used);
  const charges = meter.perDestination
    ? Map.groupBy(drawn.charged, ({ record }) => record.rate?.destination ?? '')
    : new Map([['', drawn.charged]]);
  return [
    ...includedLine(meter, month, drawn),
    ...[...charges]
      .filter(([, charged]) => charged.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([destination, charged]) => chargeLine(meter, month, drawn, { destination, charged, currency })),
  ];
}

function includedLine(meter: Meter, month: OpenUsage, { allowance, covered }: Drawn): UsageLine[] {
  const quantity = allowance.after - allowance.before;
  if (meter.included === undefined || quantity === 0) return [];
  const { group, description } = meter.included;
  const rates = rowsOf(covered).map(({ rate }) => rate);
  return [
    {
      ...common(meter, month),
      group,
      productId: rates[0]!.deck,
      description,
      ...measured(meter, quantity, rates),
      amount: 0,
      explanation: { kind: 'allowance', usage: meter.usage, month: month.month, late: isLate(month), allowance },
    },
  ];
}

interface Charge {
  readonly destination: string;
  readonly charged: readonly Share[];
  readonly currency: Currency;
}

function chargeLine(meter: Meter, month: OpenUsage, { allowance }: Drawn, charge: Charge): UsageLine {
  const rows = rowsOf(charge.charged);
  const rates = rows.map(({ rate }) => rate);
  const quantity = rows.reduce((sum, row) => sum + row.quantity, 0);
  const size = measured(meter, quantity, rates);
  const prices = new Set(rates.map(({ micros }) => micros));
  return {
    ...common(meter, month),
    group: meter.group,
    productId: rates[0]!.deck,
    description: meter.perDestination ? `${meter.description}: ${charge.destination}` : meter.description,
    ...size,
    // A price per minute next to seconds would mislead; the explanation has it.
    ...(prices.size === 1 && size.unit !== 'second' ? { unitMicros: rates[0]!.micros } : {}),
    amount: usageAmount(rows, charge.currency).amount,
    explanation: {
      kind: 'usage',
      usage: meter.usage,
      month: month.month,
      late: isLate(month),
      ...(meter.included === undefined ? {} : { allowance }),
      rows,
    },
  };
}

const common = ({ taxCode }: Meter, { month }: OpenUsage): Pick<UsageLine, 'charge' | 'taxCode' | 'servicePeriod'> => ({
  charge: 'usage',
  taxCode,
  servicePeriod: { from: firstOf(month), to: lastOf(month) },
});

/** Whole minutes where the rates count whole minutes, seconds where they count finer: a quantity is never rounded (C20). */
function measured({ unit }: Meter, quantity: number, rates: readonly RateRow[]): Pick<UsageLine, 'unit' | 'quantity'> {
  if (unit === 'credits') return { unit: 'credit', quantity };
  const whole = quantity % 60 === 0 && rates.every(({ increments }) => countsWholeMinutes(increments));
  return whole ? { unit: 'minute', quantity: quantity / 60 } : { unit: 'second', quantity };
}

const isLate = ({ covered }: OpenUsage): boolean => covered > 0;
