import type { Attachment } from './pdf/attachment.ts';
import { fontOf } from './pdf/fonts.ts';
import type { DocumentFacts } from './pdf/metadata.ts';
import { type Decoration, at as hundredths } from './pdf/page-drawing.ts';
import { PdfDocument } from './pdf/pdf-document.ts';
import type { Grid } from './pdf/squares.ts';
import type { Element, Tag, TagOptions } from './pdf/structure.ts';
import { COLOURS, leading, STYLES, type Style } from './styles.ts';
import { textWidth, wrapped } from './wrap.ts';

export interface SheetOptions extends DocumentFacts {
  readonly paper: keyof typeof PAPER;
  /** The seller's colour, `#RRGGBB`. */
  readonly accent: string;
  /** Draws what every page but the first begins with and returns where its content starts. */
  readonly runningHead: (sheet: Sheet) => number;
  readonly foot: (sheet: Sheet, page: number, pages: number) => void;
}

/** Where the text of a column begins, or ends. */
export interface RowColumn {
  readonly x: number;
  readonly right?: true;
  /** It is more of the cell before. */
  readonly continues?: true;
}

/** Points, width by height. */
const PAPER = { A4: [595.28, 841.89], LETTER: [612, 792] } as const;

type Page = ReturnType<PdfDocument['addPage']>;

/**
 * Pages with a pen: text, rules and boxes in points from the top left, `y` being the next free height. Text is placed by
 * its baseline, so that sizes align. What is read, and in which order, say the elements that are open while it is drawn;
 * rules, boxes and what repeats on every page are decoration.
 */
export class Sheet {
  readonly left = 48;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
  readonly accent: string;
  y = 0;
  readonly #options: SheetOptions;
  readonly #document: PdfDocument;
  #page: Page;
  #index = 0;
  /** The element that what is drawn on the page now belongs to. */
  #owner: Element | undefined;
  #decorating: Decoration | undefined;

  constructor(options: SheetOptions) {
    this.#options = options;
    const [width, height] = PAPER[options.paper];
    this.right = width - this.left;
    this.height = height;
    this.bottom = height - 52;
    this.accent = options.accent;
    this.#document = new PdfDocument({ ...options, width, height });
    this.#page = this.#document.addPage();
  }

  get width(): number {
    return this.right - this.left;
  }

  /** Counted from 1. */
  get page(): number {
    return this.#index + 1;
  }

  /** What `draw` draws is one element of the document, read as its tag says; within decoration it is none. */
  element(tag: Tag, draw: () => void, options?: TagOptions): void {
    if (this.#decorating !== undefined) {
      draw();
      return;
    }
    const { structure } = this.#document;
    structure.begin(tag, options);
    draw();
    structure.end();
  }

  /** A picture of this size from `x` and `y` on, which says what it shows in words. */
  picture(alternative: string, x: number, y: number, width: number, height: number, draw: () => void): void {
    this.element('Figure', () => this.#framed(x, width, y, draw, y + height), { alternative });
  }

  /** A table so wide from `x` and the sheet's height on; `draw` draws its rows and leaves `y` under them. */
  table(x: number, width: number, draw: () => void): void {
    this.element('Table', () => this.#framed(x, width, this.y, draw));
  }

  /** What is drawn is the open element, and says where it is unless it goes on on another page. */
  #framed(x: number, width: number, top: number, draw: () => void, bottom?: number): void {
    const page = this.#index;
    draw();
    if (this.#decorating !== undefined || page !== this.#index) return;
    this.#document.structure.frame([x, this.height - (bottom ?? this.y), x + width, this.height - top]);
  }

  /** What `draw` draws is not read. */
  decoration(draw: () => void, kind: Decoration = 'artifact'): void {
    const before = this.#decorating;
    this.#decorating ??= kind;
    draw();
    this.#decorating = before;
  }

  /** A heading that is in the document's outline too, from `y` on. */
  heading(
    tag: 'H1' | 'H2',
    text: string,
    x: number = this.left,
    width: number = this.width,
    style: Style = STYLES.heading,
  ): void {
    this.outlined(text);
    this.paragraph(text, x, width, style, tag);
  }

  /** Names the place where the sheet is now in the document's outline. */
  outlined(title: string): void {
    this.#document.bookmark(title, this.#page, this.y);
  }

  /** An element of wrapped text from `y` on; `y` is left under it. */
  paragraph(text: string, x: number, width: number, style: Style, tag: Tag = 'P', options?: TagOptions): void {
    this.element(tag, () => this.lines(text, x, width, style), options);
  }

  /** Wrapped text of the open element. */
  lines(text: string, x: number, width: number, style: Style): void {
    const lines = wrapped(text, width, style);
    lines.forEach((line, index) => {
      this.y += leading(style);
      // Whoever reads the text aloud or copies it must not join the words around a break.
      this.text(index === lines.length - 1 ? line : `${line} `, x, this.y, style);
    });
  }

  text(text: string, x: number, baseline: number, style: Style): void {
    if (text === '') return;
    this.#mark();
    const { weight, size, colour } = style;
    const shaped = fontOf(weight).shape(text);
    this.#document.uses(weight, shaped);
    this.#page.drawing.text(shaped, weight, size, x, baseline, colour);
  }

  textRight(text: string, right: number, baseline: number, style: Style): void {
    this.text(text, right - textWidth(text, style), baseline, style);
  }

  /** A row of a table: what stands in each column, from the left or up to a right edge. */
  row(columns: readonly RowColumn[], texts: readonly string[], baseline: number, style: Style): void {
    const { structure } = this.#document;
    const { number: page, drawing } = this.#page;
    const { weight, size } = style;
    const font = fontOf(weight);
    structure.begin('TR');
    drawing.beginRow(style.colour);
    let content = 0;
    let before = 0;
    let dy = drawing.up(baseline);
    for (let index = 0; index < columns.length; index++) {
      const { x, right, continues } = columns[index]!;
      const shaped = font.shape(texts[index]!);
      this.#document.uses(weight, shaped);
      if (!continues) content = structure.cell(page);
      const left = hundredths(right ? x - shaped.width * size : x);
      drawing.rowText(shaped, weight, size, left - before, dy, content);
      before = left;
      dy = 0;
    }
    drawing.endRow();
    structure.end();
    this.#owner = undefined;
  }

  rule(y: number, colour: string = COLOURS.rule, from = this.left, to = this.right, thickness = 0.6): void {
    this.#decorate().line(from, to, y, thickness, colour);
  }

  /** Where to cut. */
  dashes(y: number): void {
    this.#decorate().line(0, this.right + this.left, y, 0.6, COLOURS.muted, true);
  }

  box(x: number, y: number, width: number, height: number, colour: string, radius = 0): void {
    this.#decorate().box(x, y, width, height, radius, colour);
  }

  /** Dark squares in a square from `x` and `y` on, part of the open picture; `shared`: other documents have the same. */
  squares(grid: Grid, x: number, y: number, size: number, shared: boolean): void {
    this.#mark();
    const stamp = shared ? this.#document.stamp(grid) : undefined;
    this.#page.drawing.squares(grid, x, y, size, COLOURS.ink, stamp);
  }

  /** A bar that is part of the open picture. */
  bar(x: number, y: number, width: number, height: number, colour: string, radius = 0): void {
    this.#mark();
    this.#page.drawing.box(x, y, width, height, radius, colour);
  }

  /** Wrapped text from `y` on that leads to a page of the web. */
  link(text: string, x: number, width: number, style: Style, url: string): void {
    const draw = () => {
      const top = this.y;
      this.lines(text, x, width, { ...style, colour: this.accent });
      this.#document.link(this.#page, x, top + 2, Math.min(width, textWidth(text, style)), this.y - top + 2, url, text);
    };
    // A link is part of a line, and a line is part of a paragraph.
    this.element('P', () => this.element('Link', draw));
  }

  /** Whether `height` points are free from `y` on. */
  fits(height: number): boolean {
    return this.y + height <= this.bottom;
  }

  /** Makes sure that `height` points are free from `y` on. True when that took a new page. */
  room(height: number): boolean {
    if (this.fits(height)) return false;
    this.newPage();
    return true;
  }

  newPage(): void {
    this.#page = this.#document.addPage();
    this.#index++;
    this.#owner = undefined;
    this.decoration(() => {
      this.y = this.#options.runningHead(this);
    }, 'header');
  }

  /** Draws the foot of every page, now that their number is known, and gives the bytes. */
  finish(attachment?: Attachment): Uint8Array {
    const { pages } = this.#document;
    this.decoration(() => {
      pages.forEach((page, index) => {
        this.#page = page;
        this.#index = index;
        this.#options.foot(this, index + 1, pages.length);
      });
    }, 'footer');
    return this.#document.finish(attachment);
  }

  #decorate() {
    this.#owner = undefined;
    this.#page.drawing.mark(this.#decorating ?? 'artifact');
    return this.#page.drawing;
  }

  /** What is drawn next belongs to the open element. */
  #mark(): void {
    if (this.#decorating !== undefined) {
      this.#decorate();
      return;
    }
    const { structure } = this.#document;
    const { open } = structure;
    if (open === this.#owner) return;
    if (open.parent === undefined) throw new Error('What is read must be part of an element');
    this.#owner = open;
    this.#page.drawing.mark(structure.own(this.#page.number), open.tag);
  }
}
