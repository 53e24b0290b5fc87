import type { PrintedSum } from './printed-groups.ts';
import type { PrintedInvoice } from './printed-invoice.ts';
import type { Sheet } from './sheet.ts';
import { COLOURS, leading, lighter, STYLES, type Style } from './styles.ts';
import { drawSums, heightOfSums, labelWidth, type SumRow, sumRow } from './sums.ts';
import { clamped, textWidth, wrapped } from './wrap.ts';

/** A part of a column, whose height is known before it is drawn. */
interface Block {
  readonly height: number;
  /** From the sheet's height on. */
  readonly draw: () => void;
}

const SPACE = 20;
/** What follows stands on a ground of its own. */
const BELOW = 8;
const GUTTER = 36;
const CHART = 62;

/**
 * Two columns: on the left how the balance came about and what the charges are, on the right how that compares with the
 * months before. To add a block, write a function that makes one, and put it into a column.
 */
export function drawOverview(sheet: Sheet, printed: PrintedInvoice): void {
  const leftWidth = (sheet.width - GUTTER) * 0.55;
  const x = sheet.left + leftWidth + GUTTER;
  const rightWidth = sheet.right - x;
  const account = accountBlock(sheet, printed, sheet.left, leftWidth);
  const compared = [...chartBlock(sheet, printed, x, rightWidth), ...changeBlock(sheet, printed, x, rightWidth)];
  const columns =
    compared.length > 0
      ? [[account, chargesBlock(sheet, printed, sheet.left, leftWidth)], compared]
      : [[account], [chargesBlock(sheet, printed, x, rightWidth)]];
  const heights = columns.map((blocks) => blocks.reduce((sum, { height }) => sum + height + SPACE, 0));
  sheet.room(Math.max(...heights) - SPACE);
  const top = sheet.y;
  for (const blocks of columns) {
    sheet.y = top;
    for (const { height, draw } of blocks) {
      const from = sheet.y;
      draw();
      sheet.y = from + height + SPACE;
    }
  }
  sheet.y = top + Math.max(...heights) - SPACE + BELOW;
}

const headingHeight = (text: string, width: number): number =>
  wrapped(text, width, STYLES.heading).length * leading(STYLES.heading) + 7;

/** How the account's balance came about. */
function accountBlock(sheet: Sheet, { account, texts, formats }: PrintedInvoice, x: number, width: number): Block {
  const rows = account.map(({ label, total, sum = false }) => sumRow(label, formats.money(total), sum));
  const heading = texts.yourAccount;
  return {
    height: headingHeight(heading, width) + heightOfSums(rows, width),
    draw: () => {
      sheet.heading('H2', heading, x, width);
      sheet.y += 7;
      drawSums(sheet, rows, x, width);
    },
  };
}

/** Of the accent, for as many groups as there are at a glance. */
const SHADES = [1, 0.78, 0.6, 0.47, 0.36, 0.27, 0.2, 0.14] as const;
const BAR = 9;

/** What the charges are, as a divided bar and as a list, and what they come to with tax. */
function chargesBlock(sheet: Sheet, printed: PrintedInvoice, x: number, width: number): Block {
  const { summary, totals, texts, formats } = printed;
  const colourOf = (index: number): string => lighter(sheet.accent, SHADES[Math.min(index, SHADES.length - 1)]!);
  const rows: SumRow[] = [
    ...summary.map(({ label, total }, index) => ({ ...sumRow(label, formats.money(total)), colour: colourOf(index) })),
    ...totals.map(({ label, total, sum = false }) => sumRow(label, formats.money(total), sum)),
  ];
  const charged = summary.some(({ total }) => total > 0);
  const bar = charged ? BAR + 6 : 0;
  return {
    height: headingHeight(texts.summary, width) + bar + heightOfSums(rows, width),
    draw: () => {
      sheet.heading('H2', texts.summary, x, width);
      sheet.y += 7;
      if (charged) drawShares(sheet, summary, x, width, colourOf);
      sheet.y += bar;
      drawSums(sheet, rows, x, width);
    },
  };
}

/** The share of each group in all that is charged; credits have none. Decoration: the list beside it says the same. */
function drawShares(
  sheet: Sheet,
  summary: readonly PrintedSum[],
  x: number,
  width: number,
  colourOf: (index: number) => string,
): void {
  const all = summary.reduce((sum, { total }) => sum + Math.max(0, total), 0);
  let from = x;
  summary.forEach(({ total }, index) => {
    const part = (Math.max(0, total) / all) * width;
    if (part > 0) sheet.box(from, sheet.y, Math.max(0.5, part - 1), BAR, colourOf(index));
    from += part;
  });
}

/** What the last six invoices came to, as bars. */
function chartBlock(sheet: Sheet, printed: PrintedInvoice, x: number, width: number): Block[] {
  const { months, texts, invoice } = printed;
  if (months.length === 0) return [];
  const heading = `${texts.chart.heading} (${invoice.currency})`;
  const highest = Math.max(1, ...months.map(({ total }) => total));
  const slot = width / 6;
  const draw = () => {
    sheet.heading('H2', heading, x, width);
    const floor = sheet.y + 14 + CHART;
    const alternative = texts.chart.alternative(months.map(({ words }) => words).join(', '));
    const drawBars = () => {
      months.forEach(({ label, figure, total }, index) => {
        const current = index === months.length - 1;
        const from = x + index * slot;
        const height = Math.max(1, (Math.max(0, total) / highest) * (CHART - 12));
        const bar = slot - 7;
        const colour = current ? sheet.accent : lighter(sheet.accent, 0.28);
        sheet.bar(from, floor - height, bar, height, colour, Math.min(2, height / 2));
        const style = { ...STYLES.tiny, ...(current ? { weight: 'semibold', colour: COLOURS.ink } : {}) } as Style;
        const centred = (text: string, y: number) => {
          const wide = textWidth(text, style);
          if (wide <= slot) sheet.text(text, from + (bar - wide) / 2, y, style);
        };
        centred(figure, floor - height - 3.5);
        centred(label, floor + 10.5);
      });
    };
    sheet.picture(alternative, x, floor - CHART, width, CHART + 14, drawBars);
    sheet.rule(floor, COLOURS.rule, x, x + width);
  };
  return [{ height: headingHeight(heading, width) + CHART + 18, draw }];
}

const NAME_LINES = 3;

/** Why this invoice is not the last one again. */
function changeBlock(sheet: Sheet, { change, texts, formats }: PrintedInvoice, x: number, width: number): Block[] {
  if (change === undefined) return [];
  const rows = change.parts.map(({ label, total }) => {
    // What was and what is stays on one line.
    const row = sumRow(label.replace(' → ', '\u00a0→\u00a0'), formats.difference(total));
    // A product's whole name is in the details.
    return { ...row, label: clamped(row.label, labelWidth(row, width), row.style, NAME_LINES) };
  });
  const { heading } = texts.change;
  const sentence = wrapped(change.sentence, width, STYLES.strong).length * leading(STYLES.strong) + 7;
  const draw = () => {
    sheet.heading('H2', heading, x, width);
    sheet.y += 2;
    sheet.paragraph(change.sentence, x, width, STYLES.strong);
    sheet.y += 5;
    if (rows.length > 0) drawSums(sheet, rows, x, width);
  };
  return [{ height: headingHeight(heading, width) + sentence + heightOfSums(rows, width), draw }];
}
