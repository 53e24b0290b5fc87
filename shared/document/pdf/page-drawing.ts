import { FONT_NAMES, type Weight } from './fonts.ts';

/** The share of a corner's radius at which the handles of a Bézier curve make it round. */
const ROUND = (4 / 3) * (Math.SQRT2 - 1);

/** What whatever is drawn belongs to: nothing, decoration, or a numbered piece of the document's content. */
type Mark = 'none' | 'artifact' | number;

/**
 * What is drawn on one page, as PDF's operators (ISO 32000-1, 8 and 9), in points from the top left. All operators of a
 * document are here. All of it is marked, as content or as decoration (14.6, 14.8.2.2): `mark` before what it holds for.
 */
export class PageDrawing {
  readonly #height: number;
  /** What was drawn up to a pause. */
  readonly #drawn: Buffer[] = [];
  #operators = '';
  /** What was set last, so that it is said only when it changes. */
  #fill = '';
  #stroke = '';
  #thickness = 0;
  #dashed = false;
  #mark: Mark = 'none';

  constructor(height: number) {
    this.#height = height;
  }

  /** For the page's content stream. */
  bytes(): Uint8Array {
    this.pause();
    return this.#drawn.length === 1 ? this.#drawn[0]! : Buffer.concat(this.#drawn);
  }

  /** Nothing is drawn here for a while: of thousands of pages only one is kept as text, which takes many times the memory. */
  pause(): void {
    this.mark('none');
    if (this.#operators !== '') this.#drawn.push(Buffer.from(this.#operators, 'latin1'));
    this.#operators = '';
  }

  get marked(): Mark {
    return this.#mark;
  }

  /** From here on, what is drawn belongs to this; `tag` names the kind of content. */
  mark(mark: Mark, tag = ''): void {
    if (mark === this.#mark) return;
    if (this.#mark !== 'none') this.#operators += 'EMC\n';
    if (mark === 'artifact') this.#operators += '/Artifact BMC\n';
    else if (mark !== 'none') this.#operators += `/${tag} <</MCID ${mark}>> BDC\n`;
    this.#mark = mark;
  }

  /** `glyphs`: as the font shapes them. */
  text(glyphs: string, weight: Weight, size: number, x: number, baseline: number, colour: string): void {
    const place = `1 0 0 1 ${at(x)} ${this.#up(baseline)} Tm`;
    this.#operators += `${this.#filling(colour)}BT /${FONT_NAMES[weight]} ${size} Tf ${place} ${glyphs} TJ ET\n`;
  }

  line(from: number, to: number, y: number, thickness: number, colour: string, dashed = false): void {
    const fresh = thickness === this.#thickness ? '' : `${thickness} w `;
    const dash = dashed === this.#dashed ? '' : `${dashed ? '[3 3]' : '[]'} 0 d `;
    const stroke = colour === this.#stroke ? '' : `${rgb(colour)} RG `;
    this.#thickness = thickness;
    this.#dashed = dashed;
    this.#stroke = colour;
    this.#operators += `${fresh}${dash}${stroke}${at(from)} ${this.#up(y)} m ${at(to)} ${this.#up(y)} l S\n`;
  }

  box(x: number, y: number, width: number, height: number, radius: number, colour: string): void {
    const outline =
      radius > 0
        ? this.#rounded(x, y, x + width, y + height, radius)
        : `${at(x)} ${this.#up(y + height)} ${at(width)} ${at(height)} re`;
    this.#operators += `${this.#filling(colour)}${outline} f\n`;
  }

  /** The dark squares of a grid, in a square with its top left corner at `x` and `y`. */
  squares(grid: readonly (readonly boolean[])[], x: number, y: number, size: number, colour: string): void {
    const side = size / grid.length;
    const place = `${side} 0 0 ${side} ${at(x)} ${this.#up(y)} cm`;
    this.#operators += `${this.#filling(colour)}q ${place} ${pathOf(grid)} f Q\n`;
  }

  #filling(colour: string): string {
    if (colour === this.#fill) return '';
    this.#fill = colour;
    return `${rgb(colour)} rg `;
  }

  /** PDF counts heights from the bottom. */
  #up(y: number): number {
    return at(this.#height - y);
  }

  #rounded(left: number, top: number, right: number, bottom: number, radius: number): string {
    const handle = radius * (1 - ROUND);
    const point = (x: number, y: number) => `${at(x)} ${this.#up(y)}`;
    const curve = (...points: readonly string[]) => `${points.join(' ')} c`;
    return [
      `${point(left + radius, top)} m ${point(right - radius, top)} l`,
      curve(point(right - handle, top), point(right, top + handle), point(right, top + radius)),
      `${point(right, bottom - radius)} l`,
      curve(point(right, bottom - handle), point(right - handle, bottom), point(right - radius, bottom)),
      `${point(left + radius, bottom)} l`,
      curve(point(left + handle, bottom), point(left, bottom - handle), point(left, bottom - radius)),
      `${point(left, top + radius)} l`,
      curve(point(left, top + handle), point(left + handle, top), point(left + radius, top)),
      'h',
    ].join(' ');
  }
}

/** A coordinate to a hundredth of a point, which no eye and no printer tells apart. */
const at = (points: number): number => Math.round(points * 100) / 100;

const paths = new WeakMap<readonly (readonly boolean[])[], string>();

/** Of a grid whose squares are one point wide, below its corner: as few boxes as there are runs of dark ones in its rows. */
function pathOf(grid: readonly (readonly boolean[])[]): string {
  let path = paths.get(grid);
  if (path !== undefined) return path;
  path = '';
  for (const [row, squares] of grid.entries()) {
    let from = -1;
    for (let column = 0; column <= squares.length; column++) {
      if (squares[column] === true) {
        if (from < 0) from = column;
      } else if (from >= 0) {
        path += `${from} ${-row - 1} ${column - from} 1 re `;
        from = -1;
      }
    }
  }
  paths.set(grid, path);
  return path;
}

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
