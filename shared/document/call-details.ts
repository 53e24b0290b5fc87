import type { PrintedDetails, PrintedNumber } from './printed-details.ts';
import type { RowColumn, Sheet } from './sheet.ts';
import { COLOURS, leading, lighter, STYLES } from './styles.ts';
import { proseWidth, shortened, textWidth, wrapped } from './wrap.ts';

const INSET = 8;
const HEAD = 22;
/** Every row is as high as the others, so that a page has as many as fit. */
const ROW = 12.6;
const NUMBER = 21;
const SUBTOTAL = 19;
const GAP = 14;

/** Shares of the width where columns begin; those of figures end at the right. */
const TIME = 0.215;
const OTHER = 0.25;
const KIND = 0.455;

interface Columns {
  readonly row: readonly RowColumn[];
  /** Right edges of the figures. */
  readonly rights: readonly [amount: number, price: number];
  /** How wide the other's number and the kind may be. */
  readonly room: readonly [number: number, kind: number];
}

/**
 * The calls and messages of an invoice, a section for each of the customer's numbers with its subtotal, and the sum of all;
 * the head and the number are repeated on every page.
 */
export function drawCallDetails(sheet: Sheet, details: PrintedDetails): void {
  const { texts, numbers, notes } = details;
  if (numbers.length === 0) return;
  const columns = columnsOf(sheet, details);
  const words = notes.join(' ');
  const above = wrapped(words, sheet.width, STYLES.small).length * leading(STYLES.small);
  sheet.y += 18;
  sheet.room(leading(STYLES.heading) + above + HEAD + NUMBER + ROW + SUBTOTAL + 12);
  sheet.heading('H2', texts.heading);
  sheet.y += 2;
  sheet.paragraph(words, sheet.left, proseWidth(words, sheet.width, STYLES.small), STYLES.small);
  sheet.table(sheet.left, sheet.width, () => {
    sheet.element('TR', () => drawHead(sheet, details, columns));
    for (const number of numbers) drawNumber(sheet, details, number, columns);
    drawSum(sheet, texts.total, '', details.total);
  });
}

function columnsOf(sheet: Sheet, { columns }: PrintedDetails): Columns {
  const at = (share: number) => sheet.left + INSET + share * (sheet.width - 2 * INSET);
  const price = sheet.right - INSET;
  const amount = price - Math.max(textWidth(columns[4]!, STYLES.columnHead), textWidth(WIDEST, STYLES.dense)) - GAP;
  const kindEnd = amount - Math.max(textWidth(columns[3]!, STYLES.columnHead), textWidth(WIDEST, STYLES.dense)) - GAP;
  return {
    row: [
      { x: at(0) },
      { x: at(TIME), right: true, continues: true },
      { x: at(OTHER) },
      { x: at(KIND) },
      { x: amount, right: true },
      { x: price, right: true },
    ],
    rights: [amount, price],
    room: [at(KIND) - at(OTHER) - 6, kindEnd - at(KIND)],
  };
}

/** No single price or length is wider. */
const WIDEST = '99,999.9999';

function drawHead(sheet: Sheet, { columns: names }: PrintedDetails, { row, rights }: Columns): void {
  const lefts = [row[0]!.x, row[2]!.x, row[3]!.x];
  sheet.y += 6;
  const baseline = sheet.y + 14.5;
  names.forEach((name, index) => {
    const draw = () => {
      if (index < lefts.length) sheet.text(name, lefts[index]!, baseline, STYLES.columnHead);
      else sheet.textRight(name, rights[index - lefts.length]!, baseline, STYLES.columnHead);
    };
    sheet.element('TH', draw, { scope: 'Column' });
  });
  sheet.y += HEAD;
  sheet.rule(sheet.y, sheet.accent, sheet.left, sheet.right, 1);
}

function drawNumber(sheet: Sheet, details: PrintedDetails, number: PrintedNumber, columns: Columns): void {
  const { texts } = details;
  const [numberRoom, kindRoom] = columns.room;
  if (sheet.room(NUMBER + ROW + SUBTOTAL)) drawAgain(sheet, details, columns);
  sheet.element('TR', () => {
    sheet.element('TH', () => drawNumberHead(sheet, number.number), { scope: 'Row', columns: details.columns.length });
  });
  const last = number.records.at(-1);
  for (const record of number.records) {
    // A subtotal never stands alone on a page.
    if (sheet.room(record === last ? ROW + SUBTOTAL : ROW)) {
      drawAgain(sheet, details, columns);
      sheet.decoration(() => drawNumberHead(sheet, `${number.number} …`));
    }
    const { date, time, number: other, kind, amount, price } = details.row(record);
    const cells = [
      `${date} `,
      time,
      shortened(other, numberRoom, STYLES.dense),
      shortened(kind, kindRoom, STYLES.dense),
      amount,
      price,
    ];
    sheet.row(columns.row, cells, sheet.y + ROW - 3.4, STYLES.dense);
    sheet.y += ROW;
    sheet.rule(sheet.y, COLOURS.rule, sheet.left, sheet.right, 0.4);
  }
  drawSum(sheet, `${texts.subtotal} ${number.number}`, number.counts, number.amount);
}

function drawAgain(sheet: Sheet, details: PrintedDetails, columns: Columns): void {
  sheet.decoration(() => drawHead(sheet, details, columns));
}

function drawNumberHead(sheet: Sheet, number: string): void {
  sheet.box(sheet.left, sheet.y + 3, sheet.width, NUMBER - 3, lighter(sheet.accent, 0.06), 2);
  sheet.text(number, sheet.left + INSET, sheet.y + 15, STYLES.strong);
  sheet.y += NUMBER;
}

function drawSum(sheet: Sheet, label: string, counts: string, amount: string): void {
  const baseline = sheet.y + 12.5;
  const x = sheet.left + INSET;
  sheet.element('TR', () => {
    sheet.element(
      'TH',
      () => {
        sheet.text(counts === '' ? label : `${label} `, x, baseline, STYLES.strong);
        if (counts !== '') sheet.text(counts, x + textWidth(`${label}  `, STYLES.strong), baseline, STYLES.label);
      },
      { scope: 'Row', columns: 4 },
    );
    sheet.element('TD', () => sheet.textRight(amount, sheet.right - INSET, baseline, STYLES.strong));
  });
  sheet.y += SUBTOTAL;
}
