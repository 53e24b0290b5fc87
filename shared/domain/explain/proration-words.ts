import { daysIn, monthOf } from '../calendar.ts';
import type { ProrationExplanation } from '../explanation.ts';
import type { InvoiceLine } from '../invoice.ts';
import type { Currency } from '../money.ts';
import { exactAmount } from './exact.ts';
import { countText, dateText, monthName, unitsText } from './figures.ts';
import { calculation, priceWords, times } from './price-words.ts';

/** A part of a period: what changed when, how the days were counted, and the calculation (R97, R98, C19). */
export function prorationWords(
  { unit, description }: Pick<InvoiceLine, 'unit' | 'description'>,
  explanation: ProrationExplanation,
  currency: Currency,
): string[] {
  const { effectiveOn, before, after, price } = explanation;
  const changed = Math.abs(after - before);
  const happened = `${changed === 1 ? 'was' : 'were'} ${after < before ? 'removed' : 'added'}`;
  return [
    `${description}: ${unitsText(changed, unit)} ${happened} on ${dateText(effectiveOn)}.`,
    countedText(explanation),
    priceWords(price, unit, currency),
    calculation(partText(explanation, unit, currency), exactAmount(explanation, currency), currency),
  ];
}

/** One sentence per way of counting; a policy's name is followed by its version. */
function countedText({ policy, days, of, effectiveOn, before, after }: ProrationExplanation): string {
  const share = `${countText(days)} of ${denominatorText({ of, effectiveOn })}`;
  const verb = after < before ? 'credited' : 'charged';
  switch (policy.split('@', 1)[0]) {
    case 'start-day-free':
      return days === of
        ? `That is the first day of its period, so ${share} are ${verb}.`
        : `That day itself is free, so ${share} are ${verb}.`;
    case 'start-day-counted':
      return `That day itself counts, so ${share} are ${verb}.`;
    case 'fixed-30-days':
      return `Every month is counted as 30 days, so ${countText(days)} of ${countText(of)} days are ${verb}.`;
    case 'to-the-second':
      return `From that moment on, ${countText(days)} of the period’s ${countText(of)} seconds are ${verb}.`;
    default:
      return `By the rule “${policy}”, ${share} are ${verb}.`;
  }
}

/** `June's 30 days`, where the period is the calendar month. */
function denominatorText({ of, effectiveOn }: Pick<ProrationExplanation, 'of' | 'effectiveOn'>): string {
  const month = monthOf(effectiveOn);
  return daysIn(month) === of ? `${monthName(month)}’s ${of} days` : `the period’s ${countText(of)} days`;
}

function partText({ price, before, after, days, of }: ProrationExplanation, unit: string, currency: Currency): string {
  const ratio = `× ${countText(days)} ÷ ${countText(of)}`;
  const { pricing } = price;
  if (pricing.model === 'flat') return `${times(pricing, after - before, unit, currency)} ${ratio}`;
  return `(${times(pricing, after, unit, currency)} − ${times(pricing, before, unit, currency)}) ${ratio}`;
}
