import type { Sheet } from './sheet.ts';
import { COLOURS, leading, STYLES, type Style } from './styles.ts';
import { textWidth, wrapped } from './wrap.ts';

/** A label and an amount. */
export interface SumRow {
  readonly label: string;
  readonly amount: string;
  readonly style: Style;
  /** What is above adds up to it. */
  readonly sum?: boolean;
  /** Of the dot before it. */
  readonly colour?: string;
}

/** A row; `sum`: it is what those above it add up to. */
export const sumRow = (label: string, amount: string, sum = false): SumRow => ({
  label,
  amount,
  sum,
  style: sum ? STYLES.strong : STYLES.body,
});

const DOT = 13;
export const labelWidth = ({ amount, style, colour }: SumRow, width: number): number =>
  width - textWidth(amount, style) - 10 - (colour === undefined ? 0 : DOT);
const rowHeight = (row: SumRow, width: number): number =>
  Math.max(1, wrapped(row.label, labelWidth(row, width), row.style).length) * leading(row.style) + 4.7;
/** How high `drawSums` will be. */
export const heightOfSums = (rows: readonly SumRow[], width: number): number =>
  rows.reduce((sum, row) => sum + rowHeight(row, width), 0);

/** Rows of label and amount, each under a rule. */
export function drawSums(sheet: Sheet, rows: readonly SumRow[], x: number, width: number): void {
  sheet.table(x, width, () => {
    rows.forEach((row) => {
      const { label, amount, style, colour, sum = false } = row;
      const top = sheet.y;
      const baseline = top + leading(style) - 0.7;
      sheet.rule(top, sum ? COLOURS.ink : COLOURS.rule, x, x + width, sum ? 0.9 : 0.6);
      if (colour !== undefined) sheet.box(x, baseline - 6.4, 6.5, 6.5, colour, 3.25);
      sheet.element('TR', () => {
        const indent = colour === undefined ? 0 : DOT;
        sheet.y = top - 0.7;
        sheet.element('TH', () => sheet.lines(label, x + indent, labelWidth(row, width), style), { scope: 'Row' });
        sheet.element('TD', () => sheet.textRight(amount, x + width, baseline, style));
      });
      sheet.y = top + rowHeight(row, width);
    });
  });
}
