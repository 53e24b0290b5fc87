import type { Sheet } from './sheet.ts';
import { COLOURS, leading, lighter, STYLES } from './styles.ts';
import {
  aboutWidth,
  type Columns,
  columnsOf,
  GROUP,
  HEAD,
  heightOf,
  INSET,
  labelWidth,
  notesBeside,
} from './table-measures.ts';
import type { TableContent, TableRow } from './table-rows.ts';

/** Points: a table that is no higher than this stands on one page. */
const SHORT = 150;

/**
 * Draws a table from the sheet's height on and lets it flow over pages, its head repeated on each; a short one stays whole.
 * Columns of figures are as wide as their widest figure; the text has the rest and wraps. A group never stands alone at the
 * foot of a page, and a sum never alone at the head of one.
 */
export function drawTable(sheet: Sheet, content: TableContent): void {
  const { rows } = content;
  const columns = columnsOf(sheet, content);
  const notes = content.beside ? notesBeside(rows, columns) : [];
  const heights = rows.map((row, index) => heightOf(sheet, row, columns, (notes[index] ?? 0) > 0));
  const heightFrom = (row: number) => heights.slice(row).reduce((sum, height) => sum + height, 0);
  const { below = 0 } = content;
  const ending = content.below === undefined ? rows.length : endingOf(rows);
  const whole = heightFrom(0) <= SHORT || ending === 0;
  sheet.room(leading(STYLES.heading) + 6 + HEAD + (whole ? heightFrom(0) + below : together(rows, heights, 0)));
  sheet.heading('H2', content.heading);
  sheet.table(sheet.left, sheet.width, () => {
    sheet.element('TR', () => drawHead(sheet, content, columns));
    rows.forEach((row, index) => {
      const height = index === ending ? heightFrom(ending) + below : together(rows, heights, index);
      if (sheet.room(height)) drawHeadAgain(sheet, content, columns);
      sheet.element('TR', () => drawRow(sheet, row, columns, heights[index]!, notes[index] ?? 0));
    });
  });
}

/** How high a row is with those that must stand on its page: a group with its first line, a line with the sums under it. */
function together(rows: readonly TableRow[], heights: readonly number[], index: number): number {
  let height = heights[index] ?? 0;
  let next = index + 1;
  if (rows[index]?.kind === 'group') height += heights[next++] ?? 0;
  while (rows[next]?.kind === 'sum') height += heights[next++]!;
  return height;
}

/** Where the end of a table begins: with its last line, the one before its sums, and with its group where it is the only one of it. */
function endingOf(rows: readonly TableRow[]): number {
  const line = rows.findLastIndex(({ kind }) => kind !== 'sum');
  return rows[line - 1]?.kind === 'group' ? line - 1 : line;
}

function drawHead(sheet: Sheet, { lead, columns: names }: TableContent, { rights, left }: Columns): void {
  sheet.y += 6;
  const baseline = sheet.y + 14.5;
  const drawLead = (name: string) => sheet.text(name, sheet.left + INSET, baseline, STYLES.columnHead);
  if (lead !== undefined) sheet.element('TH', () => drawLead(lead), { scope: 'Column' });
  names.forEach((name, index) => {
    sheet.element(
      'TH',
      () => {
        if (index === 0) sheet.text(name, left, baseline, STYLES.columnHead);
        else sheet.textRight(name, rights[index - 1]!, baseline, STYLES.columnHead);
      },
      { scope: 'Column' },
    );
  });
  sheet.y += HEAD;
  sheet.rule(sheet.y, sheet.accent, sheet.left, sheet.right, 1);
}

function drawHeadAgain(sheet: Sheet, content: TableContent, columns: Columns): void {
  sheet.decoration(() => {
    sheet.lines(content.continued, sheet.left, sheet.width, STYLES.heading);
    drawHead(sheet, content, columns);
  });
}

function drawRow(sheet: Sheet, row: TableRow, columns: Columns, height: number, note: number): void {
  if (row.kind === 'line') drawLine(sheet, row, columns, note);
  else drawSummed(sheet, row, columns, height);
}

/** A group, on a tint, or the sum of what is above, under a rule. */
function drawSummed(sheet: Sheet, row: TableRow & { kind: 'group' | 'sum' }, columns: Columns, height: number): void {
  const top = sheet.y;
  const group = row.kind === 'group';
  if (group) sheet.box(sheet.left, top + 4, sheet.width, height - 4, lighter(sheet.accent, 0.06), 2);
  else sheet.rule(top, COLOURS.ink, sheet.left, sheet.right, 0.9);
  const above = group ? GROUP - 19.7 : 1.2;
  const cell = () => {
    sheet.y = top + above;
    sheet.lines(row.label, sheet.left + INSET, labelWidth(sheet, row.figure), STYLES.strong);
    if (group && row.about !== undefined) sheet.lines(row.about, sheet.left + INSET, aboutWidth(sheet), STYLES.small);
  };
  sheet.element('TH', cell, { scope: 'Row', columns: columns.rights.length + (columns.lead ? 1 : 0) });
  sheet.element('TD', () =>
    sheet.textRight(row.figure, sheet.right - INSET, top + above + leading(STYLES.strong), STYLES.strong),
  );
  sheet.y = top + height;
}

/** `note`: where the note begins beside the text; 0: it stands under it. */
function drawLine(
  sheet: Sheet,
  row: TableRow & { kind: 'line' },
  { rights, left, text, lead }: Columns,
  note: number,
): void {
  const baseline = sheet.y + leading(STYLES.body) + 1.2;
  sheet.y += 1.2;
  if (lead) sheet.element('TD', () => sheet.text(row.lead ?? '', sheet.left + INSET, baseline, STYLES.body));
  sheet.element('TD', () => {
    if (note > 0 && row.note !== undefined) {
      sheet.y = baseline;
      sheet.text(`${row.text} `, left, baseline, STYLES.body);
      sheet.text(row.note, note, baseline, STYLES.small);
      return;
    }
    sheet.lines(row.text, left, text, STYLES.body);
    if (row.note !== undefined) sheet.lines(row.note, left, text, STYLES.small);
  });
  row.figures.forEach((figure, index) => {
    sheet.element('TD', () => sheet.textRight(figure, rights[index]!, baseline, STYLES.body));
  });
  sheet.y += 6.2;
  sheet.rule(sheet.y);
}
