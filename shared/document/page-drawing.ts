import { FONT_NAMES, type Weight } from './fonts.ts';

/** The share of a corner's radius at which the handles of a Bézier curve make it round. */
const ROUND = (4 / 3) * (Math.SQRT2 - 1);

/**
 * What is drawn on one page, as PDF's operators: points from the top left, as pdfkit sets up every page. All operators of
 * a document are here.
 */
export class PageDrawing {
  #operators = '';
  /** What was set last, so that it is said only when it changes. */
  #fill = '';
  #stroke = '';
  #thickness = 0;

  /** For the page's content stream. As bytes: pdfkit turns a text into them one character at a time. */
  bytes(): Uint8Array {
    return Buffer.from(this.#operators, 'latin1');
  }

  /** `glyphs`: as the font shapes them. */
  text(glyphs: string, weight: Weight, size: number, x: number, baseline: number, colour: string): void {
    // The page is upside down, so that a height counts from its top; its letters are turned back.
    const place = `1 0 0 -1 ${at(x)} ${at(baseline)} Tm`;
    this.#operators += `${this.#filling(colour)}BT /${FONT_NAMES[weight]} ${size} Tf ${place} ${glyphs} TJ ET\n`;
  }

  line(from: number, to: number, y: number, thickness: number, colour: string): void {
    const fresh = thickness === this.#thickness ? '' : `${thickness} w `;
    const stroke = colour === this.#stroke ? '' : `${rgb(colour)} RG `;
    this.#thickness = thickness;
    this.#stroke = colour;
    this.#operators += `${fresh}${stroke}${at(from)} ${at(y)} m ${at(to)} ${at(y)} l S\n`;
  }

  box(x: number, y: number, width: number, height: number, radius: number, colour: string): void {
    const outline =
      radius > 0 ? rounded(x, y, x + width, y + height, radius) : `${at(x)} ${at(y)} ${at(width)} ${at(height)} re`;
    this.#operators += `${this.#filling(colour)}${outline} f\n`;
  }

  #filling(colour: string): string {
    if (colour === this.#fill) return '';
    this.#fill = colour;
    return `${rgb(colour)} rg `;
  }
}

/** A coordinate to a hundredth of a point, which no eye and no printer tells apart. */
const at = (points: number): number => Math.round(points * 100) / 100;

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

function rounded(left: number, top: number, right: number, bottom: number, radius: number): string {
  const handle = radius * (1 - ROUND);
  const point = (x: number, y: number) => `${at(x)} ${at(y)}`;
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
