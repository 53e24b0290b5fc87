import type { InvoiceLine } from '../invoice.ts';
import type { Currency } from '../money.ts';
import type { UsageClass } from '../usage/usage.ts';
import { countText, moneyText, priceText, unitsText } from './figures.ts';
import { CLASS_NAMES, meteredText } from './usage-words.ts';

/** An amount that is another than it was. */
export const changeWords = (what: string, before: number, after: number, currency: Currency): string =>
  `${what}: ${moneyText(after, currency)} instead of ${moneyText(before, currency)}.`;

export function quantityChangeWords(what: string, unit: string, before: number, after: number): string {
  if (before === 0) return `${what}: ${unitsText(after, unit)}, new.`;
  if (after === 0) return `${what}: ${unitsText(before, unit)} before, none now.`;
  return `${what}: ${countText(after)} instead of ${unitsText(before, unit)}.`;
}

export function priceChangeWords(was: InvoiceLine, is: InvoiceLine, currency: Currency): string {
  const of = `on the ${unitsText(was.quantity, was.unit)} of the last invoice`;
  return was.unitMicros === undefined || is.unitMicros === undefined
    ? `${is.description}: another price, ${of}.`
    : `${is.description}: ${priceText(is.unitMicros, currency)} instead of ${priceText(was.unitMicros, currency)} per ${is.unit}, ${of}.`;
}

/** Everything used of a class, in the plan and beyond it. */
export function usageChangeWords(
  of: UsageClass,
  before: readonly InvoiceLine[],
  after: readonly InvoiceLine[],
): string {
  const unit = of === 'message' ? 'credits' : 'seconds';
  const used = (lines: readonly InvoiceLine[]) =>
    meteredText(
      lines.reduce((sum, line) => sum + usedOf(line), 0),
      unit,
    );
  return `${CLASS_NAMES[of] ?? of}: ${used(after)} instead of ${used(before)}.`;
}

function usedOf({ explanation }: InvoiceLine): number {
  if (explanation.kind === 'allowance') return explanation.allowance.after - explanation.allowance.before;
  return explanation.kind === 'usage' ? explanation.rows.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
}
