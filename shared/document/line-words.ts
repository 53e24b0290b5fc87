import type { AllowanceExplanation, AllowanceUsed, UsageExplanation } from '../domain/explanation.ts';
import type { InvoiceLine } from '../domain/invoice.ts';
import type { Formats } from './format.ts';
import type { PrintedInvoice } from './printed-invoice.ts';
import type { ChargeTexts } from './texts/charge-texts.ts';

type Words = Pick<PrintedInvoice, 'texts' | 'formats'>;

/**
 * The service period, which the law wants on every line, and what else belongs to it: for a part of a period how it was
 * counted (R98), for usage what of the allowance it used and whether it is late (R104, R106, R109).
 */
export function noteOf(line: InvoiceLine, { texts, formats }: Words): string {
  const period = formats.period(line.servicePeriod);
  const { explanation } = line;
  switch (explanation.kind) {
    case 'proration': {
      const days = texts.days(formats.count(explanation.days), formats.count(explanation.of));
      return [line.quantity < 0 ? texts.removed : texts.added, period, days].join(' · ');
    }
    case 'usage':
    case 'allowance':
      return [period, ...usageNotes(explanation, texts, formats), ...ratesOf(line, formats)].join(' · ');
    default:
      return period;
  }
}

function usageNotes(
  explanation: UsageExplanation | AllowanceExplanation,
  texts: ChargeTexts,
  formats: Formats,
): string[] {
  const { allowance, late, month } = explanation;
  const notes: string[] = [];
  if (allowance !== undefined) {
    const included = metered(allowance.included, allowance.unit, texts, formats);
    notes.push(
      explanation.kind === 'usage'
        ? texts.usage.beyond(included)
        : texts.usage.used(amountOf(allowance.after, allowance.unit, formats), included),
    );
  }
  if (late) notes.push(texts.usage.late(formats.month(month)));
  return notes;
}

/** Where no single price holds for the whole line: how much at which rate. */
function ratesOf({ explanation, unitMicros }: InvoiceLine, formats: Formats): string[] {
  if (explanation.kind !== 'usage' || unitMicros !== undefined) return [];
  return explanation.rows.map(({ rate, quantity }) => {
    const amount = rate.per === 'minute' ? formats.minutes(quantity) : formats.count(quantity);
    return `${formats.destination(rate.destination)} ${amount} × ${formats.unitPrice(rate.micros)}`;
  });
}

/** Calls are counted in billed seconds and read in minutes; a fee is no number of anything. */
export function quantityOf(line: InvoiceLine, { texts, formats }: Words): string {
  const { explanation } = line;
  if (explanation.kind === 'allowance') {
    const { unit, before, after } = explanation.allowance;
    return metered(after - before, unit, texts, formats);
  }
  if (explanation.kind === 'usage') {
    const quantity = explanation.rows.reduce((sum, row) => sum + row.quantity, 0);
    return metered(quantity, explanation.usage === 'message' ? 'credits' : 'seconds', texts, formats);
  }
  if (explanation.kind === 'fee') return '';
  return `${formats.count(line.quantity)} ${unitName(line.unit, line.quantity, texts, formats)}`;
}

const amountOf = (quantity: number, unit: AllowanceUsed['unit'], formats: Formats): string =>
  unit === 'seconds' ? formats.minutes(quantity) : formats.count(quantity);

function metered(quantity: number, unit: AllowanceUsed['unit'], texts: ChargeTexts, formats: Formats): string {
  const name =
    unit === 'seconds'
      ? unitName('minute', quantity / 60, texts, formats)
      : unitName('credit', quantity, texts, formats);
  return `${amountOf(quantity, unit, formats)} ${name}`;
}

export function unitName(
  unit: string,
  quantity: number,
  texts: ChargeTexts,
  { isOne }: Pick<Formats, 'isOne'>,
): string {
  const names = (texts.units as Readonly<Record<string, readonly [string, string]>>)[unit];
  return names === undefined ? unit : names[isOne(quantity) ? 0 : 1];
}
