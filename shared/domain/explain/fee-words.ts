import type { FeeExplanation } from '../explanation.ts';
import type { TaxCategory, TaxLine } from '../invoice.ts';
import type { Currency } from '../money.ts';
import { exactAmount } from './exact.ts';
import { countText, dateText, linesText, listText, moneyText, percentText, priceText } from './figures.ts';
import { calculation } from './price-words.ts';
import { exactTax } from './recompute.ts';

const WHOLE = 1_000_000;

/** A surcharge: its base or count with the lines it stands on, the rate and where it comes from, and its rounding. */
export function feeWords(explanation: FeeExplanation, currency: Currency): string[] {
  const { lines, base, sharePpm, ratePpm, count, perUnitMicros, from, source, status, rounding } = explanation;
  const of = lines.length === 0 ? 'no line' : linesText(lines);
  const counted = perUnitMicros !== 0 || count !== 0;
  const based = !counted || base !== 0 || ratePpm !== 0;
  const shared = based && sharePpm !== WHOLE;
  const factors = [moneyText(base, currency), ...(shared ? [percentText(sharePpm)] : []), percentText(ratePpm)];
  const left = [
    ...(based ? [factors.join(' × ')] : []),
    ...(counted ? [`${countText(count)} × ${priceText(perUnitMicros, currency)}`] : []),
  ];
  return [
    ...(based ? [`Its base is ${moneyText(base, currency)}, the sum of ${of}.`] : []),
    ...(counted ? [`It counts ${countText(count)} on ${of}.`] : []),
    ...(shared ? [`Of the base, ${percentText(sharePpm)} is assessed.`] : []),
    `The rate holds from ${dateText(from)}. Source: ${source}.`,
    ...sampleWords(status),
    calculation(left.join(' + '), exactAmount(explanation, currency), currency, rounding),
  ];
}

const sampleWords = (status: TaxLine['status']): string[] =>
  status === 'sample' ? ['This rate is a sample for demonstration and not an official figure.'] : [];

const CATEGORIES: Readonly<Record<Exclude<TaxCategory, 'S'>, string>> = {
  Z: 'It is charged at zero per cent.',
  E: 'The supply is exempt.',
  AE: 'The recipient accounts for the tax (reverse charge).',
  O: 'The supply is outside the scope of the tax.',
};

/** A tax: computed once on the sum of the lines it reaches, never from taxes of lines (C12), and rounded once. */
export function explainTax(tax: TaxLine, currency: Currency): string[] {
  const {
    label,
    jurisdiction,
    category,
    ratePpm,
    base,
    rateFrom,
    exempt = [],
    mention,
    source,
    status,
    rounding,
  } = tax;
  const without = exempt.length === 0 ? '' : ` Lines with the tax code ${listText(exempt)} are not part of it.`;
  return [
    `${label} (${jurisdiction}) is computed once, on the sum of the lines that it reaches: ${moneyText(base, currency)}.${without}`,
    ...(category === 'S' ? [] : [CATEGORIES[category]]),
    `The rate of ${percentText(ratePpm)} follows the tax table’s row from ${dateText(rateFrom)}. Source: ${source}.`,
    ...sampleWords(status),
    calculation(`${moneyText(base, currency)} × ${percentText(ratePpm)}`, exactTax(tax), currency, rounding.method),
    `Rounding: ${rounding.source}.`,
    ...evidenceWords(tax),
    ...(mention === undefined ? [] : [mention]),
  ];
}

/** What a tax of 0 relies on. */
function evidenceWords({ evidence }: TaxLine): string[] {
  if (evidence === undefined) return [];
  const { kind, id, authority, on } = evidence;
  return kind === 'vat-id'
    ? [`It relies on the VAT ID ${id}, which ${authority} found valid on ${dateText(on)}.`]
    : [`It relies on the certificate ${id} of ${authority}, approved on ${dateText(on)}.`];
}
