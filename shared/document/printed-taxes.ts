import type { Invoice, TaxLine } from '../domain/invoice.ts';
import type { Formats } from './format.ts';
import type { DocumentTexts } from './texts/texts.ts';

export interface PrintedTax {
  readonly label: string;
  readonly rate: string;
  readonly base: number;
  readonly amount: number;
}

/** In the reader's language, with the place as it stands on the invoice: `TVP (British Columbia)`. */
const taxName = ({ tax, label }: Pick<TaxLine, 'tax' | 'label'>, { taxes }: DocumentTexts): string =>
  label.replace(tax, (taxes as Readonly<Record<string, string>>)[tax] ?? tax);

/** A label that names taxes alone is in the reader's language: `GST/HST` is `TPS/TVH`; any other stands as it was registered. */
export const taxIdLabel = ({ label }: { readonly label: string }, { taxes }: DocumentTexts): string =>
  label
    .split('/')
    .map((tax) => (taxes as Readonly<Record<string, string>>)[tax] ?? tax)
    .join('/');

export function printedTax(tax: TaxLine, texts: DocumentTexts, formats: Formats): PrintedTax {
  const label = taxName(tax, texts);
  const reasons = { S: '', O: '', E: texts.exempt, Z: texts.zeroRated, AE: texts.reverseCharge.short };
  const reason = reasons[tax.category];
  return {
    label: reason === '' ? label : `${label} – ${reason}`,
    rate: formats.rate(tax.ratePpm),
    base: tax.base,
    amount: tax.amount,
  };
}

/** A sentence that the law wants on a document. */
export interface PrintedMention {
  readonly text: string;
  /** Where it is not the document's own. */
  readonly language?: string;
}

/**
 * What is said of each tax that is not charged, once. In the reader's language, and after it the sentence that stands on the
 * invoice where that says more: of a reverse charge it names the article.
 */
export function mentionsOf(
  { taxes, language }: Pick<Invoice, 'taxes' | 'language'>,
  texts: DocumentTexts,
): PrintedMention[] {
  const mentions = taxes.flatMap((tax) => mentionsOfTax(tax, language === 'en', texts));
  return mentions.filter(({ text }, index) => mentions.findIndex((other) => other.text === text) === index);
}

function mentionsOfTax(tax: TaxLine, english: boolean, texts: DocumentTexts): PrintedMention[] {
  const { category, mention, evidence } = tax;
  if (mention !== undefined && english) return [{ text: mention }];
  if (evidence?.kind === 'certificate')
    return [{ text: texts.exempted(taxName(tax, texts), evidence.id, evidence.authority) }];
  return [
    ...(category === 'AE' ? [{ text: texts.reverseCharge.sentence }] : []),
    ...(mention === undefined ? [] : [{ text: mention, language: 'en' }]),
  ];
}
