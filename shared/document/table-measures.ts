import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import type { TableContent, TableRow } from './table-rows.ts';
import { textWidth, wrapped } from './wrap.ts';

const GAP = 22;
export const INSET = 8;
export const HEAD = 22;
export const GROUP = 23;
export const SUM = 21;
/** Between a text and the note beside it. */
const NOTE_GAP = 12;

/** Where the columns of figures end, and where the text column begins and how wide it is. */
export interface Columns {
  readonly rights: readonly number[];
  readonly left: number;
  readonly text: number;
  /** Beside the text and the figures. */
  readonly lead: boolean;
}

/** Columns of figures are as wide as their widest figure; the text has the rest. */
export function columnsOf(sheet: Sheet, { columns, rows, lead }: TableContent): Columns {
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

export const aboutWidth = (sheet: Sheet): number => sheet.width - 2 * INSET;
export const labelWidth = (sheet: Sheet, figure: string): number =>
  sheet.width - 2 * INSET - textWidth(figure, STYLES.strong) - GAP;

/** `beside`: the note of a line stands beside its text. */
export function heightOf(sheet: Sheet, row: TableRow, { text }: Columns, beside: boolean): number {
  if (row.kind === 'line') {
    const lines = Math.max(1, wrapped(row.text, text, STYLES.body).length) * leading(STYLES.body);
    const under = row.note !== undefined && !beside;
    return lines + (under ? wrapped(row.note, text, STYLES.small).length * leading(STYLES.small) : 0) + 7.4;
  }
  const lines = Math.max(1, wrapped(row.label, labelWidth(sheet, row.figure), STYLES.strong).length);
  const label = (lines - 1) * leading(STYLES.strong);
  if (row.kind === 'sum') return SUM + label;
  const about = row.about === undefined ? 0 : wrapped(row.about, aboutWidth(sheet), STYLES.small).length;
  return GROUP + label + about * leading(STYLES.small);
}

/** Lines with nothing between them, whose notes all fit beside their texts. */
interface Run {
  readonly from: number;
  readonly to: number;
  /** The widest text, and the widest note. */
  readonly text: number;
  readonly note: number;
}

/**
 * By row, where the note that stands beside its text begins; 0 where it stands under it. Notes are read down a column: those
 * of a group align with each other, and with those of the other groups where they have the room.
 */
export function notesBeside(rows: readonly TableRow[], { left, text }: Columns): readonly number[] {
  const runs = runsOf(rows).filter((run) => run.text + NOTE_GAP + run.note <= text);
  const widest = runs.reduce((width, run) => Math.max(width, run.text), 0);
  const places = new Array<number>(rows.length).fill(0);
  for (const run of runs) {
    const after = widest + NOTE_GAP + run.note <= text ? widest : run.text;
    places.fill(left + after + NOTE_GAP, run.from, run.to);
  }
  return places;
}

function runsOf(rows: readonly TableRow[]): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < rows.length; from++) {
    let [to, text, note] = [from, 0, 0];
    for (let row = rows[to]; row?.kind === 'line'; row = rows[++to]) {
      text = Math.max(text, textWidth(row.text, STYLES.body));
      note = Math.max(note, textWidth(row.note ?? '', STYLES.small));
    }
    if (to > from) runs.push({ from, to, text, note });
    from = to;
  }
  return runs;
}
