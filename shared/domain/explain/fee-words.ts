import type { FeeExplanation } from '../explanation.ts';
import type { TaxCategory, TaxLine } from '../invoice.ts';
import type { Currency } from '../money.ts';
import { exactAmount } from './exact.ts';
import { countText, dateText, linesText, listText, moneyText, percentText, priceText } from './figures.ts';
import { calculation } from './price-words.ts';
import { exactTax } from './recompute.ts';

const WHOLE = 1_000_000;

/** A surcharge: its base with the lines it stands on, the rate, where the rate comes from, and how it is rounded. */
export function feeWords(explanation: FeeExplanation, currency: Currency): string[] {
  const { lines, base, sharePpm, ratePpm, count, perUnitMicros, from, source, status, rounding } = explanation;
  const of = lines.length === 0 ? 'no line' : linesText(lines);
  const share = sharePpm === WHOLE ? '' : ` × ${percentText(sharePpm)}`;
  const counted = perUnitMicros !== 0 || count !== 0;
  const left = counted
    ? `${countText(count)} × ${priceText(perUnitMicros, currency)}`
    : `${moneyText(base, currency)}${share} × ${percentText(ratePpm)}`;
  return [
    counted ? `It counts ${countText(count)} on ${of}.` : `Its base is ${moneyText(base, currency)}, the sum of ${of}.`,
    ...(share === '' || counted ? [] : [`Of the base, ${percentText(sharePpm)} is assessed.`]),
    `The rate holds from ${dateText(from)}. Source: ${source}.`,
    ...(status === 'sample' ? ['This rate is a sample for demonstration and not an official figure.'] : []),
    calculation(left, exactAmount(explanation), currency, rounding),
  ];
}

const CATEGORIES: Readonly<Record<Exclude<TaxCategory, 'S'>, string>> = {
  Z: 'It is charged at zero per cent.',
  E: 'The supply is exempt.',
  AE: 'The recipient accounts for the tax (reverse charge).',
  O: 'The supply is outside the scope of the tax.',
};

/** A tax: computed once on the sum of the lines it reaches, never from taxes of lines (C12), and rounded once. */
export function explainTax(tax: TaxLine, currency: Currency): string[] {
  const { label, jurisdiction, category, ratePpm, base, rateFrom, exempt = [], mention } = tax;
  const without = exempt.length === 0 ? '' : ` Lines with the tax code ${listText(exempt)} are not part of it.`;
  return [
    `${label} (${jurisdiction}) is computed once, on the sum of the lines that it reaches: ${moneyText(base, currency)}.${without}`,
    ...(category === 'S' ? [] : [CATEGORIES[category]]),
    `The rate of ${percentText(ratePpm)} follows the tax table’s row from ${dateText(rateFrom)}.`,
    calculation(`${moneyText(base, currency)} × ${percentText(ratePpm)}`, exactTax(tax), currency),
    ...(mention === undefined ? [] : [mention]),
  ];
}
