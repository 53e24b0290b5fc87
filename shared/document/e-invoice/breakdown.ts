import type { TaxLine } from '../../domain/invoice.ts';
import type { DocumentTexts } from '../texts/texts.ts';
import type { ELine, ETax, ETaxCategory } from './model.ts';

/** The category of a line; without any tax it is outside of their scope. */
export const categoryOf = (tax: TaxLine | undefined): ETaxCategory =>
  tax === undefined ? { category: 'O', ratePpm: 0 } : { category: tax.category, ratePpm: tax.ratePpm };

/**
 * The taxes by category and rate, each once (BR-E-01 and the like): several certificates that free from a tax are one
 * exemption with the reasons of all. Lines that cancel each other out still have their category (BR-S-01).
 */
export function breakdown(taxes: readonly TaxLine[], lines: readonly ELine[], texts: DocumentTexts): ETax[] {
  const merged = new Map<string, ETax>();
  const keyOf = ({ category, ratePpm }: ETaxCategory) => `${category} ${ratePpm}`;
  for (const tax of taxes.map((each) => taxOf(each, texts))) {
    const known = merged.get(keyOf(tax));
    merged.set(keyOf(tax), known === undefined ? tax : together(known, tax));
  }
  for (const { tax } of lines)
    if (!merged.has(keyOf(tax))) merged.set(keyOf(tax), taxOf({ ...tax, base: 0, amount: 0 }, texts));
  return [...merged.values()];
}

function together(one: ETax, other: ETax): ETax {
  const sums = { base: one.base + other.base, amount: one.amount + other.amount };
  const texts = new Set([one, other].map(({ reason }) => reason?.text));
  return { ...one, ...sums, ...(one.reason && { reason: { ...one.reason, text: [...texts].join(' ') } }) };
}

type Taxed = ETaxCategory & Pick<TaxLine, 'base' | 'amount' | 'mention'>;

/** VATEX codes of the reasons for which nothing is charged. */
function taxOf({ category, ratePpm, base, amount, mention }: Taxed, texts: DocumentTexts): ETax {
  const tax = { category, ratePpm, base, amount };
  switch (category) {
    case 'AE':
      return { ...tax, reason: { code: 'VATEX-EU-AE', text: mention ?? texts.reverseCharge.sentence } };
    case 'O':
      return { ...tax, reason: { code: 'VATEX-EU-O', text: texts.exempt } };
    case 'E':
      return { ...tax, reason: { text: mention ?? texts.exempt } };
    case 'S':
    case 'Z':
      return tax;
  }
}
