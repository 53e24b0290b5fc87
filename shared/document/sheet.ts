import { fontOf, type Weight, widthOf } from './fonts.ts';
import { addFont, deflated, PdfFile, pdfString } from './pdf-file.ts';

/** The whole palette: one ink, one accent, and the greys between ink and paper. */
export const COLOURS = {
  ink: '#14213D',
  muted: '#5F6B80',
  rule: '#D8DEE9',
  tint: '#F2F5FB',
  accent: '#0B5FFF',
  paper: '#FFFFFF',
  haze: '#C9D3E8',
} as const;

export interface Style {
  readonly weight: Weight;
  /** Points. */
  readonly size: number;
  readonly colour: string;
}

export const STYLES = {
  brand: { weight: 'semibold', size: 15, colour: COLOURS.ink },
  title: { weight: 'semibold', size: 15, colour: COLOURS.ink },
  number: { weight: 'regular', size: 10.5, colour: COLOURS.muted },
  heading: { weight: 'semibold', size: 12, colour: COLOURS.ink },
  body: { weight: 'regular', size: 9.5, colour: COLOURS.ink },
  strong: { weight: 'semibold', size: 9.5, colour: COLOURS.ink },
  label: { weight: 'regular', size: 9.5, colour: COLOURS.muted },
  small: { weight: 'regular', size: 8, colour: COLOURS.muted },
  link: { weight: 'regular', size: 9.5, colour: COLOURS.accent },
  hero: { weight: 'semibold', size: 29, colour: COLOURS.paper },
  heroLabel: { weight: 'regular', size: 10, colour: COLOURS.haze },
  heroText: { weight: 'regular', size: 10.5, colour: COLOURS.paper },
} as const satisfies Record<string, Style>;

/** Distance between baselines, as a multiple of the size. */
const LEADING = 1.4;
export const leading = (style: Style): number => style.size * LEADING;

export interface SheetOptions {
  readonly paper: 'A4' | 'LETTER';
  readonly language: string;
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
  /** Draws what every page but the first begins with and returns where its content starts. */
  readonly runningHead: (sheet: Sheet) => number;
  readonly foot: (sheet: Sheet, page: number, pages: number) => void;
}

/** Points, width by height. */
const PAPER = { A4: [595.28, 841.89], LETTER: [612, 792] } as const;

/** The share of a corner's radius at which the handles of a Bézier curve make it round. */
const ROUND = (4 / 3) * (Math.SQRT2 - 1);

interface Page {
  /** What is drawn, as PDF's operators. */
  drawing: string;
  readonly links: string[];
  /** What was set last, so that it is said only when it changes. */
  fill: string;
  stroke: string;
  thickness: number;
}

/**
 * Pages with a pen: text, rules and boxes in points from the top left, `y` being the next free height. Text is placed by
 * its baseline, so that sizes align.
 */
export class Sheet {
  readonly left = 48;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
  y = 0;
  readonly #options: SheetOptions;
  readonly #pages: Page[] = [];
  /** By weight, the highest glyph that was drawn. */
  readonly #highest: Record<Weight, number> = { regular: 0, semibold: 0 };
  #page: Page;

  constructor(options: SheetOptions) {
    this.#options = options;
    const [width, height] = PAPER[options.paper];
    this.right = width - this.left;
    this.height = height;
    this.bottom = height - 54;
    this.#page = this.#addPage();
  }

  get width(): number {
    return this.right - this.left;
  }

  text(text: string, x: number, baseline: number, style: Style): void {
    const { weight, size, colour } = style;
    const { glyphs, highest } = fontOf(weight).shape(text);
    if (highest > this.#highest[weight]) this.#highest[weight] = highest;
    const place = `${at(x)} ${at(this.height - baseline)} Td`;
    this.#page.drawing += `${this.#fill(colour)}BT /${FONT_NAMES[weight]} ${size} Tf ${place} ${glyphs} TJ ET\n`;
  }

  textRight(text: string, right: number, baseline: number, style: Style): void {
    this.text(text, right - this.widthOf(text, style), baseline, style);
  }

  /** Wrapped text from `this.y` on; `y` is left under it. */
  paragraph(text: string, x: number, width: number, style: Style): void {
    for (const line of this.wrap(text, width, style)) {
      this.y += leading(style);
      this.text(line, x, this.y, style);
    }
  }

  widthOf(text: string, style: Style): number {
    return widthOf(text, style.weight) * style.size;
  }

  /** Lines no wider than `width`, broken at spaces, and inside words only where a single word is wider. */
  wrap(text: string, width: number, style: Style): string[] {
    const lines: string[] = [];
    const space = this.widthOf(' ', style);
    let line = '';
    let used = 0;
    for (const word of text.split(' ').flatMap((each) => this.#pieces(each, width, style))) {
      const wide = this.widthOf(word, style);
      if (line === '') {
        line = word;
        used = wide;
      } else if (used + space + wide <= width) {
        line += ` ${word}`;
        used += space + wide;
      } else {
        lines.push(line);
        line = word;
        used = wide;
      }
    }
    return line === '' ? lines : [...lines, line];
  }

  #pieces(word: string, width: number, style: Style): string[] {
    if (this.widthOf(word, style) <= width) return [word];
    const pieces: string[] = [];
    let piece = '';
    for (const character of word) {
      if (piece !== '' && this.widthOf(piece + character, style) > width) {
        pieces.push(piece);
        piece = '';
      }
      piece += character;
    }
    return [...pieces, piece];
  }

  rule(y: number, colour: string = COLOURS.rule, from = this.left, to = this.right, thickness = 0.6): void {
    const page = this.#page;
    const fresh = thickness === page.thickness ? '' : `${thickness} w `;
    const stroke = colour === page.stroke ? '' : `${rgb(colour)} RG `;
    page.thickness = thickness;
    page.stroke = colour;
    const height = at(this.height - y);
    page.drawing += `${fresh}${stroke}${at(from)} ${height} m ${at(to)} ${height} l S\n`;
  }

  box(x: number, y: number, width: number, height: number, colour: string, radius = 0): void {
    const bottom = this.height - y - height;
    const outline =
      radius > 0
        ? rounded(x, bottom, x + width, bottom + height, radius)
        : `${at(x)} ${at(bottom)} ${at(width)} ${at(height)} re`;
    this.#page.drawing += `${this.#fill(colour)}${outline} f\n`;
  }

  link(x: number, y: number, width: number, height: number, url: string): void {
    const area = [x, this.height - y - height, x + width, this.height - y].map(at).join(' ');
    this.#page.links.push(
      `<< /Type /Annot /Subtype /Link /Rect [${area}] /Border [0 0 0] /F 4 /A << /S /URI /URI ${pdfString(url)} >> >>`,
    );
  }

  /** Makes sure that `height` points are free from `y` on. True when that took a new page. */
  room(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.#page = this.#addPage();
    this.y = this.#options.runningHead(this);
    return true;
  }

  /** Draws the foot of every page, now that their number is known, and gives the bytes. */
  finish(): Uint8Array {
    this.#pages.forEach((page, index) => {
      this.#page = page;
      this.#options.foot(this, index + 1, this.#pages.length);
    });
    const file = new PdfFile();
    const fonts = (Object.keys(FONT_NAMES) as Weight[])
      .filter((weight) => this.#highest[weight] > 0)
      .map((weight) => `/${FONT_NAMES[weight]} ${addFont(file, fontOf(weight).prepared, this.#highest[weight])} 0 R`);
    const resources = file.add(`<< /Font << ${fonts.join(' ')} >> >>`);
    // A page names its parent, which comes after all of them.
    const tree = file.next + 2 * this.#pages.length;
    const kids = this.#pages.map(({ drawing, links }) => {
      const contents = file.addStream(deflated(drawing));
      const media = `/MediaBox [0 0 ${this.right + this.left} ${this.height}]`;
      const annotations = links.length === 0 ? '' : ` /Annots [${links.join(' ')}]`;
      return file.add(
        `<< /Type /Page /Parent ${tree} 0 R ${media} /Resources ${resources} 0 R /Contents ${contents} 0 R${annotations} >>`,
      );
    });
    file.add(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`);
    return this.#end(file, tree);
  }

  #end(file: PdfFile, tree: number): Uint8Array {
    const { language, title, author, createdAt } = this.#options;
    const catalog = file.add(
      `<< /Type /Catalog /Pages ${tree} 0 R /Lang ${pdfString(language)} /ViewerPreferences << /DisplayDocTitle true >> >>`,
    );
    const created = `(D:${createdAt.toISOString().replace(/\D/g, '').slice(0, 14)}Z)`;
    const by = pdfString(author);
    const info = file.add(
      `<< /Title ${pdfString(title)} /Author ${by} /Creator ${by} /CreationDate ${created} /ModDate ${created} >>`,
    );
    return file.end(catalog, info, [title, author, created].join('\n'));
  }

  #addPage(): Page {
    const page: Page = { drawing: '', links: [], fill: '', stroke: '', thickness: 0 };
    this.#pages.push(page);
    return page;
  }

  #fill(colour: string): string {
    if (colour === this.#page.fill) return '';
    this.#page.fill = colour;
    return `${rgb(colour)} rg `;
  }
}

const FONT_NAMES: Readonly<Record<Weight, string>> = { regular: 'F1', semibold: 'F2' };

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

function rounded(left: number, bottom: number, right: number, top: number, radius: number): string {
  const handle = radius * (1 - ROUND);
  const point = (x: number, y: number) => `${at(x)} ${at(y)}`;
  const curve = (...points: readonly string[]) => `${points.join(' ')} c`;
  return [
    `${point(left + radius, bottom)} m ${point(right - radius, bottom)} l`,
    curve(point(right - handle, bottom), point(right, bottom + handle), point(right, bottom + radius)),
    `${point(right, top - radius)} l`,
    curve(point(right, top - handle), point(right - handle, top), point(right - radius, top)),
    `${point(left + radius, top)} l`,
    curve(point(left + handle, top), point(left, top - handle), point(left, top - radius)),
    `${point(left, bottom + radius)} l`,
    curve(point(left, bottom + handle), point(left + handle, bottom), point(left + radius, bottom)),
    'h',
  ].join(' ');
}
