import type { InvoiceLine, TaxLine } from '../invoice.ts';

type Line = Pick<InvoiceLine, 'taxCode' | 'taxTreatment'>;

/**
 * Of the taxes of an invoice, those that one of its lines is in the base of: each tax once, in the category that the line has
 * under it. None of them may reach it.
 */
export function taxesOn(line: Line, taxes: readonly TaxLine[]): TaxLine[] {
  const byTax = new Map<string, TaxLine[]>();
  for (const tax of taxes) {
    if (tax.exempt?.includes(line.taxCode)) continue;
    const key = `${tax.tax} ${tax.jurisdiction} ${tax.label}`;
    byTax.set(key, [...(byTax.get(key) ?? []), tax]);
  }
  return [...byTax.values()].flatMap((categories) => categoryOf(line, categories) ?? []);
}

/** As `computeTaxes` sorts lines: by their own treatment, then by a certificate, and the rest is taxed. */
function categoryOf({ taxCode, taxTreatment }: Line, categories: readonly TaxLine[]): TaxLine | undefined {
  const reverse = categories.find(({ category }) => category === 'AE');
  if (reverse !== undefined) return reverse;
  if (taxTreatment === 'zero-rated') return categories.find(({ category }) => category === 'Z');
  const certified = ({ category, evidence }: TaxLine) => category === 'E' && evidence?.kind === 'certificate';
  if (taxTreatment === 'exempt') return categories.find((tax) => tax.category === 'E' && !certified(tax));
  return (
    categories.find((tax) => certified(tax) && (tax.reaches?.includes(taxCode) ?? true)) ??
    categories.find(({ category }) => category === 'S' || category === 'O')
  );
}
