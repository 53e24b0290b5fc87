import { COLOURS, leading, type Sheet, STYLES } from './sheet.ts';

/** One row: the first cell is text on the left, the others are figures on the right. */
export type TableRow =
  | { readonly kind: 'group'; readonly label: string; readonly figure: string }
  | { readonly kind: 'line'; readonly text: string; readonly note?: string; readonly figures: readonly string[] };

export interface TableContent {
  readonly heading: string;
  /** What the heading becomes where the table goes on. */
  readonly continued: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

const GAP = 24;
const INSET = 6;
const HEAD = 22;

/**
 * Draws a table from the sheet's height on and lets it flow over pages, its head repeated on each. Columns of figures are
 * as wide as their widest figure; the text has the rest and wraps. A group never stands alone at the foot of a page.
 */
export function drawTable(sheet: Sheet, content: TableContent): void {
  const rights = figureRights(sheet, content);
  const textWidth = (rights.at(-1) ?? sheet.right) - sheet.left - INSET;
  const heights = content.rows.map((row) => heightOf(sheet, row, textWidth));
  const beginning = (heights[0] ?? 0) + (content.rows[0]?.kind === 'group' ? (heights[1] ?? 0) : 0);
  sheet.room(leading(STYLES.heading) + 8 + HEAD + beginning);
  drawHead(sheet, content.heading, content.columns, rights);
  content.rows.forEach((row, index) => {
    const following = row.kind === 'group' ? (heights[index + 1] ?? 0) : 0;
    if (sheet.room((heights[index] ?? 0) + following)) drawHead(sheet, content.continued, content.columns, rights);
    drawRow(sheet, row, rights, textWidth);
  });
}

/** The right edge of every figure column, the last at the right margin. */
function figureRights(sheet: Sheet, { columns, rows }: TableContent): number[] {
  const rights: number[] = [];
  let right = sheet.right - INSET;
  for (let column = columns.length - 1; column > 0; column--) {
    rights.unshift(right);
    const cells = rows.flatMap((row) => (row.kind === 'line' ? [row.figures[column - 1] ?? ''] : []));
    const widths = [...new Set(cells)].map((cell) => sheet.widthOf(cell, STYLES.body));
    right -= Math.max(sheet.widthOf(columns[column] ?? '', STYLES.strong), ...widths) + GAP;
  }
  // Last, the edge of the text column.
  return [...rights, right];
}

function heightOf(sheet: Sheet, row: TableRow, textWidth: number): number {
  if (row.kind === 'group') return 26;
  const text = sheet.wrap(row.text, textWidth, STYLES.body).length * leading(STYLES.body);
  const note =
    row.note === undefined ? 0 : sheet.wrap(row.note, textWidth, STYLES.small).length * leading(STYLES.small);
  return text + note + 7;
}

function drawHead(sheet: Sheet, heading: string, columns: readonly string[], rights: readonly number[]): void {
  sheet.y += leading(STYLES.heading);
  sheet.text(heading, sheet.left, sheet.y, STYLES.heading);
  sheet.y += 8;
  sheet.box(sheet.left, sheet.y, sheet.width, HEAD, COLOURS.tint, 3);
  const baseline = sheet.y + 14.5;
  columns.forEach((column, index) => {
    if (index === 0) sheet.text(column, sheet.left + INSET, baseline, STYLES.strong);
    else sheet.textRight(column, rights[index - 1] ?? sheet.right, baseline, STYLES.strong);
  });
  sheet.y += HEAD;
}

function drawRow(sheet: Sheet, row: TableRow, rights: readonly number[], textWidth: number): void {
  if (row.kind === 'group') {
    sheet.text(row.label, sheet.left + INSET, sheet.y + 18, STYLES.strong);
    sheet.textRight(row.figure, sheet.right - INSET, sheet.y + 18, STYLES.strong);
    sheet.y += 26;
    sheet.rule(sheet.y, COLOURS.haze);
    return;
  }
  const baseline = sheet.y + leading(STYLES.body) + 1;
  sheet.y += 1;
  sheet.paragraph(row.text, sheet.left + INSET, textWidth, STYLES.body);
  if (row.note !== undefined) sheet.paragraph(row.note, sheet.left + INSET, textWidth, STYLES.small);
  row.figures.forEach((figure, index) => {
    sheet.textRight(figure, rights[index] ?? sheet.right, baseline, STYLES.body);
  });
  sheet.y += 6;
  sheet.rule(sheet.y);
}
