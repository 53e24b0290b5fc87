import type { Sheet } from './sheet.ts';
import { leading, lighter, STYLES } from './styles.ts';
import { textWidth, wrapped } from './wrap.ts';

/** One row: the first cell is text on the left, the others are figures on the right. */
export type TableRow =
  /** What the rows under it have in common, and their sum. */
  | { readonly kind: 'group'; readonly label: string; readonly about?: string; readonly figure: string }
  | {
      readonly kind: 'line';
      /** Before the text, in a column of its own where any row has one: a date. */
      readonly lead?: string;
      readonly text: string;
      readonly note?: string;
      readonly figures: readonly string[];
    };

export interface TableContent {
  readonly heading: string;
  /** What the heading becomes where the table goes on. */
  readonly continued: string;
  /** The column before the text, where there is one. */
  readonly lead?: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

const GAP = 22;
const INSET = 8;
const HEAD = 22;
const GROUP = 25;

/** Where the columns of figures end, and where the text column begins and how wide it is. */
interface Columns {
  readonly rights: readonly number[];
  readonly left: number;
  readonly text: number;
  /** Beside the text and the figures. */
  readonly lead: boolean;
}

/**
 * Draws a table from the sheet's height on and lets it flow over pages, its head repeated on each. Columns of figures are
 * as wide as their widest figure; the text has the rest and wraps. A group never stands alone at the foot of a page, and the
 * sums at the end never alone at the head of one.
 */
export function drawTable(sheet: Sheet, content: TableContent): void {
  const columns = columnsOf(sheet, content);
  const heights = content.rows.map((row) => heightOf(sheet, row, columns));
  const beginning = (heights[0] ?? 0) + (content.rows[0]?.kind === 'group' ? (heights[1] ?? 0) : 0);
  const sums = content.rows.findLastIndex(({ kind }) => kind === 'line') + 1;
  const ending = heights.slice(sums).reduce((sum, height) => sum + height, 0);
  sheet.room(leading(STYLES.heading) + 8 + HEAD + beginning);
  sheet.heading('H2', content.heading);
  sheet.table(sheet.left, sheet.width, () => {
    sheet.element('TR', () => drawHead(sheet, content, columns));
    content.rows.forEach((row, index) => {
      const following = row.kind === 'group' ? (heights[index + 1] ?? 0) : index === sums - 1 ? ending : 0;
      if (sheet.room((heights[index] ?? 0) + following)) drawHeadAgain(sheet, content, columns);
      sheet.element('TR', () => drawRow(sheet, row, columns));
    });
  });
}

function columnsOf(sheet: Sheet, { columns, rows, lead }: TableContent): Columns {
  const rights: number[] = [];
  let right = sheet.right - INSET;
  for (let column = columns.length - 1; column > 0; column--) {
    rights.unshift(right);
    const cells = new Set(rows.map((row) => (row.kind === 'line' ? (row.figures[column - 1] ?? '') : '')));
    const widest = [...cells].reduce((width, cell) => Math.max(width, textWidth(cell, STYLES.body)), 0);
    right -= Math.max(textWidth(columns[column] ?? '', STYLES.columnHead), widest) + GAP;
  }
  const leads = new Set(rows.map((row) => (row.kind === 'line' ? (row.lead ?? '') : '')));
  const widest = [...leads].reduce((width, cell) => Math.max(width, textWidth(cell, STYLES.body)), 0);
  const before = lead === undefined ? 0 : Math.max(textWidth(lead, STYLES.columnHead), widest) + GAP;
  const left = sheet.left + INSET + before;
  return { rights, left, text: right - left, lead: lead !== undefined };
}

function heightOf(sheet: Sheet, row: TableRow, { text }: Columns): number {
  if (row.kind === 'group') {
    const about = row.about === undefined ? 0 : wrapped(row.about, aboutWidth(sheet), STYLES.small).length;
    const label = wrapped(row.label, labelWidth(sheet, row.figure), STYLES.strong).length - 1;
    return GROUP + label * leading(STYLES.strong) + about * leading(STYLES.small) + (about > 0 ? 3 : 0);
  }
  const lines = wrapped(row.text, text, STYLES.body).length * leading(STYLES.body);
  const note = row.note === undefined ? 0 : wrapped(row.note, text, STYLES.small).length * leading(STYLES.small);
  return lines + note + 8;
}

const aboutWidth = (sheet: Sheet): number => sheet.width * 0.8;
const labelWidth = (sheet: Sheet, figure: string): number =>
  sheet.width - 2 * INSET - textWidth(figure, STYLES.strong) - GAP;

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

function drawRow(sheet: Sheet, row: TableRow, columns: Columns): void {
  if (row.kind === 'group') drawGroup(sheet, row, columns);
  else drawLine(sheet, row, columns);
}

function drawGroup(sheet: Sheet, row: TableRow & { kind: 'group' }, columns: Columns): void {
  const top = sheet.y;
  const height = heightOf(sheet, row, columns);
  sheet.box(sheet.left, top + 4, sheet.width, height - 4, lighter(sheet.accent, 0.06), 2);
  const cell = () => {
    sheet.y = top + 6;
    sheet.lines(row.label, sheet.left + INSET, labelWidth(sheet, row.figure), STYLES.strong);
    if (row.about !== undefined) sheet.lines(row.about, sheet.left + INSET, aboutWidth(sheet), STYLES.small);
  };
  sheet.element('TH', cell, { scope: 'Row', columns: columns.rights.length + (columns.lead ? 1 : 0) });
  sheet.element('TD', () =>
    sheet.textRight(row.figure, sheet.right - INSET, top + 6 + leading(STYLES.strong), STYLES.strong),
  );
  sheet.y = top + height;
}

function drawLine(sheet: Sheet, row: TableRow & { kind: 'line' }, { rights, left, text, lead }: Columns): void {
  const baseline = sheet.y + leading(STYLES.body) + 1.5;
  sheet.y += 1.5;
  if (lead) sheet.element('TD', () => sheet.text(row.lead ?? '', sheet.left + INSET, baseline, STYLES.body));
  sheet.element('TD', () => {
    sheet.lines(row.text, left, text, STYLES.body);
    if (row.note !== undefined) sheet.lines(row.note, left, text, STYLES.small);
  });
  row.figures.forEach((figure, index) => {
    sheet.element('TD', () => sheet.textRight(figure, rights[index]!, baseline, STYLES.body));
  });
  sheet.y += 6.5;
  sheet.rule(sheet.y);
}
