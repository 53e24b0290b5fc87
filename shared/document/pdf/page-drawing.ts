import { ByteWriter } from './byte-writer.ts';
import type { ShapedText, Weight } from './fonts.ts';
import { FONT_NAMES, WIDE_FONT_NAMES } from './fonts.ts';
import { fillSquares, type Grid } from './squares.ts';

/** The share of a corner's radius at which the handles of a Bézier curve make it round. */
const ROUND = (4 / 3) * (Math.SQRT2 - 1);
/** Bytes of an ordinary page. */
const USUAL = 24_576;

/** Decoration: what repeats at the head or the foot of every page, or anything else that is not read. */
export type Decoration = 'header' | 'footer' | 'artifact';
/** What whatever is drawn belongs to: nothing, decoration, or a numbered piece of the document's content. */
type Mark = 'none' | Decoration | number;

/** What decoration begins with. Heads and feet must say what they are (ISO 14289-1, 7.8; ISO 32000-1, 14.8.2.2.2). */
const ARTIFACTS: Readonly<Record<Decoration, string>> = {
  header: '/Artifact<</Type/Pagination/Subtype/Header>>BDC\n',
  footer: '/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n',
  artifact: '/Artifact BMC\n',
};

/**
 * What is drawn on one page, as PDF's operators (ISO 32000-1, 8 and 9), in points from the top left. All operators of a
 * document are here. All of it is marked, as content or as decoration (14.6, 14.8.2.2): `mark` before what it holds for.
 */
export class PageDrawing {
  readonly #height: number;
  readonly #operators: ByteWriter;
  /** What was set last, so that it is said only when it changes. */
  #fill = '';
  #stroke = '';
  #thickness = 0;
  #font = '';
  #size = 0;
  #mark: Mark = 'none';

  constructor(height: number, usual = USUAL) {
    this.#height = height;
    this.#operators = new ByteWriter(usual);
  }

  /** For the page's content stream. */
  bytes(): Uint8Array {
    this.mark('none');
    return this.#operators.written();
  }

  /** From here on, what is drawn belongs to this; `tag` names the kind of content. */
  mark(mark: Mark, tag = ''): void {
    if (mark === this.#mark) return;
    const operators = this.#operators;
    if (this.#mark !== 'none') operators.text('EMC\n');
    if (typeof mark === 'number') operators.text('/').text(tag).text('<</MCID ').integer(mark).text('>>BDC\n');
    else if (mark !== 'none') operators.text(ARTIFACTS[mark]);
    this.#mark = mark;
  }

  text(shaped: ShapedText, weight: Weight, size: number, x: number, baseline: number, colour: string): void {
    this.#filling(colour);
    this.#operators.text('BT ');
    this.#setting(shaped, weight, size);
    this.#point(x, baseline).text(' Td').text(shaped.shown).text(' ET\n');
  }

  /** Texts beside each other: `beginRow`, then each with the piece of content that it is, then `endRow`. */
  beginRow(colour: string): void {
    this.mark('none');
    this.#filling(colour);
    this.#operators.text('BT\n');
  }

  /** `dx` and `dy`, in hundredths of points, from where the text before began, or from the page's corner at the bottom left. */
  rowText(shaped: ShapedText, weight: Weight, size: number, dx: number, dy: number, content: number): void {
    const operators = this.#operators;
    if (content !== this.#mark) {
      if (this.#mark !== 'none') operators.text('EMC\n');
      operators.text('/TD<</MCID ').integer(content).text('>>BDC ');
      this.#mark = content;
    }
    this.#setting(shaped, weight, size);
    operators.hundredths(dx).text(' ').hundredths(dy).text(' Td').text(shaped.shown).text(' ');
  }

  endRow(): void {
    this.#operators.text('EMC ET\n');
    this.#mark = 'none';
  }

  line(from: number, to: number, y: number, thickness: number, colour: string, dashed = false): void {
    this.#stroking(thickness, colour);
    if (dashed) this.#operators.text('[3 3] 0 d ');
    this.#point(from, y).text(' m ');
    this.#point(to, y).text(dashed ? ' l S [] 0 d\n' : ' l S\n');
  }

  box(x: number, y: number, width: number, height: number, radius: number, colour: string): void {
    this.#filling(colour);
    if (radius > 0) this.#rounded(x, y, x + width, y + height, radius);
    else
      this.#point(x, y + height)
        .text(' ')
        .hundredths(at(width))
        .text(' ')
        .hundredths(at(height))
        .text(' re');
    this.#operators.text(' f\n');
  }

  /**
   * The dark squares of a grid, in a square with its top left corner at `x` and `y`; `stamp` is the resource that draws them
   * already.
   */
  squares(grid: Grid, x: number, y: number, size: number, colour: string, stamp?: string): void {
    const side = size / grid.length;
    this.#filling(colour);
    // Rows are counted downwards.
    this.#operators.text(`q ${side} 0 0 -${side} `);
    this.#point(x, y).text(' cm ');
    if (stamp === undefined) fillSquares(grid, this.#operators);
    else this.#operators.text(`/${stamp} Do`);
    this.#operators.text(' Q\n');
  }

  /** Where a height from the top is from the bottom, as PDF counts, in hundredths of points. */
  up(y: number): number {
    return at(this.#height - y);
  }

  #point(x: number, y: number): ByteWriter {
    return this.#operators.hundredths(at(x)).text(' ').hundredths(this.up(y));
  }

  #setting({ wide }: ShapedText, weight: Weight, size: number): void {
    const font = (wide ? WIDE_FONT_NAMES : FONT_NAMES)[weight];
    if (font === this.#font && size === this.#size) return;
    this.#font = font;
    this.#size = size;
    this.#operators.text('/').text(font).text(` ${size} Tf `);
  }

  #filling(colour: string): void {
    if (colour === this.#fill) return;
    this.#fill = colour;
    this.#operators.text(rgb(colour)).text(' rg ');
  }

  #stroking(thickness: number, colour: string): void {
    if (thickness !== this.#thickness) this.#operators.text(`${thickness} w `);
    if (colour !== this.#stroke) this.#operators.text(rgb(colour)).text(' RG ');
    this.#thickness = thickness;
    this.#stroke = colour;
  }

  #rounded(left: number, top: number, right: number, bottom: number, radius: number): void {
    const handle = radius * (1 - ROUND);
    const curve = (x1: number, y1: number, x2: number, y2: number, x3: number, y3: number) => {
      this.#point(x1, y1).text(' ');
      this.#point(x2, y2).text(' ');
      this.#point(x3, y3).text(' c ');
    };
    const line = (x: number, y: number) => this.#point(x, y).text(' l ');
    this.#point(left + radius, top).text(' m ');
    line(right - radius, top);
    curve(right - handle, top, right, top + handle, right, top + radius);
    line(right, bottom - radius);
    curve(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    line(left + radius, bottom);
    curve(left + handle, bottom, left, bottom - handle, left, bottom - radius);
    line(left, top + radius);
    curve(left, top + handle, left + handle, top, left + radius, top);
    this.#operators.text('h');
  }
}

/** A coordinate in hundredths of a point, which no eye and no printer tells apart. */
export const at = (points: number): number => Math.round(points * 100);

const known = new Map<string, string>();

/** `#14213D` as PDF writes it. */
function rgb(colour: string): string {
  let text = known.get(colour);
  if (text === undefined) {
    text = [1, 3, 5]
      .map((start) => Math.round((Number.parseInt(colour.slice(start, start + 2), 16) / 255) * 1000) / 1000)
      .join(' ');
    known.set(colour, text);
  }
  return text;
}
