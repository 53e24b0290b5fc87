import type { AllowanceExplanation, AllowanceUsed, UsageExplanation, UsageRow } from '../explanation.ts';
import type { Currency } from '../money.ts';
import type { UsageClass } from '../usage/usage.ts';
import { exactAmount, exactRow } from './exact.ts';
import { dateText, exactText, minutesText, monthText, priceText, unitsText } from './figures.ts';
import { calculation } from './price-words.ts';

export const CLASS_NAMES: Readonly<Record<UsageClass, string>> = {
  internal: 'Calls between extensions',
  emergency: 'Emergency calls',
  'toll-free-inbound': 'Calls to your toll-free numbers',
  inbound: 'Inbound calls',
  'toll-free-outbound': 'Calls to toll-free numbers',
  'domestic-premium': 'Domestic premium calls',
  // They share the plan's minutes and so a line (R106, C21).
  domestic: 'Domestic calls and calls between extensions',
  international: 'International calls',
  message: 'Messages',
};

/** Usage that is paid for: of which month, what the plan covered, each rate row, the sum and its rounding (R105–R111). */
export function usageWords(explanation: UsageExplanation, currency: Currency): string[] {
  const { usage, month, rows } = explanation;
  const parts = rows.map((row) => exactText(exactRow(row, currency), currency));
  return [
    `${CLASS_NAMES[usage]} of ${monthText(month)}, by the time of answer.`,
    ...allowanceWords(explanation),
    ...rows.map((row, index) => `${rowText(row, currency)}: ${parts[index]}.`),
    calculation(parts.join(' + ') || 'No rows', exactAmount(explanation, currency), currency),
  ];
}

/** Whether the records are late, and what of the allowance was used before and after them. */
export function allowanceWords({ late, allowance, kind }: UsageExplanation | AllowanceExplanation): string[] {
  const words = late ? ['They were recorded after the invoice of that month.'] : [];
  if (allowance === undefined) return words;
  const { unit, included, before, after } = allowance;
  const rest = kind === 'usage' ? ' What exceeds it is charged here.' : '';
  return [
    ...words,
    `The plan includes ${meteredText(included, unit)} in the month: ${meteredText(before, unit)} used before, ${meteredText(after, unit)} after.${rest}`,
  ];
}

/** Seconds as minutes and seconds, or message credits. */
export const meteredText = (quantity: number, unit: AllowanceUsed['unit']): string =>
  unit === 'seconds' ? minutesText(quantity) : unitsText(quantity, 'credit');

function rowText({ rate, events, quantity }: UsageRow, currency: Currency): string {
  const { destination, prefix, increments, micros, per, deck, version, from } = rate;
  const where = prefix === '' ? destination : `${destination} (prefix ${prefix})`;
  const step = `billed by ${increments.initial}/${increments.subsequent} seconds`;
  const quantityText =
    per === 'minute'
      ? `${unitsText(events, 'call')}, ${minutesText(quantity)} ${step}`
      : `${unitsText(events, 'message')}, ${unitsText(quantity, 'credit')}`;
  return `${where}: ${quantityText}, at ${priceText(micros, currency)} per ${per} (${deck}, version ${version}, from ${dateText(from)})`;
}
