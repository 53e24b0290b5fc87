import PDFDocument from 'pdfkit';
import { fontOf, type Weight, widthOf } from './fonts.ts';

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

/**
 * Pages with a pen: text, rules and boxes in points from the top left, `y` being the next free height. Text is placed by
 * its baseline, so that sizes align. The only file that knows pdfkit.
 */
export class Sheet {
  readonly left = 48;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
  y = 0;
  readonly #document: PDFKit.PDFDocument;
  readonly #options: SheetOptions;
  readonly #chunks: Uint8Array[] = [];

  constructor(options: SheetOptions) {
    this.#options = options;
    this.#document = new PDFDocument({
      size: options.paper,
      margin: 0,
      bufferPages: true,
      // No default font: it would be Helvetica, which is not embedded.
      font: '',
      lang: options.language,
      displayTitle: true,
      pdfVersion: '1.7',
      info: {
        Title: options.title,
        Author: options.author,
        Creator: options.author,
        CreationDate: options.createdAt,
        ModDate: options.createdAt,
      },
    });
    this.#document.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
    for (const weight of ['regular', 'semibold'] as const) {
      // pdfkit takes font objects, which spares parsing; its types do not say so.
      this.#document.registerFont(weight, fontOf(weight) as unknown as Uint8Array<ArrayBuffer>);
    }
    this.right = this.#document.page.width - this.left;
    this.height = this.#document.page.height;
    this.bottom = this.height - 54;
  }

  get width(): number {
    return this.right - this.left;
  }

  text(text: string, x: number, baseline: number, style: Style): void {
    this.#use(style).fillColor(style.colour).text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
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
    this.#document.lineWidth(thickness).strokeColor(colour).moveTo(from, y).lineTo(to, y).stroke();
  }

  box(x: number, y: number, width: number, height: number, colour: string, radius = 0): void {
    if (radius > 0) this.#document.roundedRect(x, y, width, height, radius);
    else this.#document.rect(x, y, width, height);
    this.#document.fill(colour);
  }

  link(x: number, y: number, width: number, height: number, url: string): void {
    this.#document.link(x, y, width, height, url);
  }

  /** Makes sure that `height` points are free from `y` on. True when that took a new page. */
  room(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.#document.addPage();
    this.y = this.#options.runningHead(this);
    return true;
  }

  /** Draws the foot of every page, now that their number is known, and gives the bytes. */
  async finish(): Promise<Uint8Array> {
    const { count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.#document.switchToPage(page);
      this.#options.foot(this, page + 1, count);
    }
    const ended = new Promise<void>((resolve, reject) => this.#document.on('end', resolve).on('error', reject));
    this.#document.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #use(style: Style): PDFKit.PDFDocument {
    return this.#document.font(style.weight).fontSize(style.size);
  }
}
