import type { InvoiceLine, TaxLine } from '../domain/invoice.ts';
import type { Formats } from './format.ts';
import type { PrintedGroup } from './printed-groups.ts';
import { printedTax } from './printed-taxes.ts';
import type { TableRow } from './table-rows.ts';
import type { DocumentTexts } from './texts/texts.ts';

interface Words {
  readonly texts: DocumentTexts;
  readonly formats: Formats;
}

/** The rows of a table of charges: every group with its sum, and its lines with a note and their figures. */
export const chargeRows = (
  groups: readonly PrintedGroup[],
  { formats }: Words,
  noteOf: (line: InvoiceLine) => string | undefined,
  figuresOf: (line: InvoiceLine) => readonly string[],
): TableRow[] =>
  groups.flatMap(({ label, about, total, lines }): TableRow[] => [
    { kind: 'group', label, ...(about === undefined ? {} : { about }), figure: formats.money(total) },
    ...lines.map((line): TableRow => {
      const note = noteOf(line);
      const figures = figuresOf(line);
      return { kind: 'line', text: line.description, ...(note === undefined ? {} : { note }), figures };
    }),
  ]);

interface Summed {
  readonly taxes: readonly TaxLine[];
  readonly subtotal: number;
  readonly taxTotal: number;
  readonly total: number;
}

/**
 * What charges add up to: without tax, tax by tax on which amount, and with tax. `columns` of figures, of which the one before
 * the last is of tax rates, unless the rate belongs to the text.
 */
export function sumRows(
  { taxes, subtotal, taxTotal, total }: Summed,
  { texts, formats }: Words,
  { columns, rates }: { readonly columns: number; readonly rates: boolean },
): TableRow[] {
  const { money } = formats;
  if (taxes.length === 0) return [{ kind: 'sum', label: texts.total, figure: money(total) }];
  const blank = new Array<string>(columns - (rates ? 2 : 1)).fill('');
  return [
    { kind: 'sum', label: texts.subtotal, figure: money(subtotal) },
    { kind: 'group', label: texts.taxSummary, figure: money(taxTotal) },
    ...taxes.map((tax): TableRow => {
      const { label, rate, base, amount } = printedTax(tax, texts, formats);
      return {
        kind: 'line',
        text: rates ? label : `${label} ${rate}`,
        note: `${texts.column.base} ${money(base)}`,
        figures: [...blank, ...(rates ? [rate] : []), money(amount)],
      };
    }),
    { kind: 'sum', label: texts.totalWithTax, figure: money(total) },
  ];
}
