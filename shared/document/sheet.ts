import { embedFont } from './embedded-font.ts';
import { FONT_NAMES, fontOf, type Weight, widthOf } from './fonts.ts';
import { PageDrawing } from './page-drawing.ts';
import { bytesOf, type DocumentOptions, openDocument } from './pdf-document.ts';

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

export interface SheetOptions extends DocumentOptions {
  /** Draws what every page but the first begins with and returns where its content starts. */
  readonly runningHead: (sheet: Sheet) => number;
  readonly foot: (sheet: Sheet, page: number, pages: number) => void;
}

/** Points, width by height. */
const PAPER = { A4: [595.28, 841.89], LETTER: [612, 792] } as const;

interface Link {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly url: string;
}

interface Page {
  readonly drawing: PageDrawing;
  readonly links: Link[];
}

/**
 * Pages with a pen: text, rules and boxes in points from the top left, `y` being the next free height. Text is placed by
 * its baseline, so that sizes align. pdfkit writes the file, from pages that are drawn when the sheet is finished.
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
    this.#page.drawing.text(glyphs, weight, size, x, baseline, colour);
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
    this.#page.drawing.line(from, to, y, thickness, colour);
  }

  box(x: number, y: number, width: number, height: number, colour: string, radius = 0): void {
    this.#page.drawing.box(x, y, width, height, radius, colour);
  }

  link(x: number, y: number, width: number, height: number, url: string): void {
    this.#page.links.push({ x, y, width, height, url });
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
    const document = openDocument(this.#options);
    const fonts = this.#fontsOf(document);
    for (const { drawing, links } of this.#pages) {
      document.addPage();
      Object.assign(document.page.fonts, fonts);
      document.addContent(drawing.bytes());
      for (const { x, y, width, height, url } of links) document.link(x, y, width, height, url);
    }
    return bytesOf(document);
  }

  /** By their names on a page, the fonts that were used. */
  #fontsOf(document: PDFKit.PDFDocument): Record<string, object> {
    const used = (Object.keys(FONT_NAMES) as Weight[]).filter((weight) => this.#highest[weight] > 0);
    return Object.fromEntries(
      used.map((weight) => [FONT_NAMES[weight], embedFont(document, fontOf(weight).prepared, this.#highest[weight])]),
    );
  }

  #addPage(): Page {
    const page: Page = { drawing: new PageDrawing(), links: [] };
    this.#pages.push(page);
    return page;
  }
}
