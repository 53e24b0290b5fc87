import type { ByteWriter } from './byte-writer.ts';
import { type PdfFile, rectangle, textString, to } from './pdf-file.ts';

/** What a part of a document is to whoever does not see it (ISO 32000-1, 14.8.4). */
export type Tag =
  | 'Document'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Link';

export interface TagOptions {
  /** What a picture says, in words. */
  readonly alternative?: string;
  /** Of a header cell: what it is the head of (ISO 14289-1, 7.5). */
  readonly scope?: 'Row' | 'Column';
  readonly columns?: number;
  /** Where it differs from the document's. */
  readonly language?: string;
}

/** A node of the structure tree that is open: what it holds is on pages, in annotations, or in further nodes. */
export interface Element {
  readonly number: number;
  readonly tag: Tag;
  readonly parent: Element | undefined;
  readonly options: TagOptions | undefined;
  /** The object of the page that its content is on, or begins on. */
  page: number | undefined;
  /** As the node names them: pieces of content on its page by their numbers, nodes by reference. */
  kids: string;
  /** Of a picture or a table: where it is, as PDF writes a rectangle. */
  box?: string;
}

/**
 * The structure tree of a document (ISO 32000-1, 14.7): what its parts are, in reading order. Elements are opened and closed
 * like brackets; what is drawn meanwhile belongs to the one that is open. One that is closed is written: of a long table only
 * the row that is being drawn is held.
 */
export class Structure {
  readonly #file: PdfFile;
  readonly #root: Element;
  readonly #rootNumber: number;
  /** Of the page that is drawn, the elements of its pieces of marked content. */
  #owners: number[] = [];
  /** Of each page before, the object that lists them. */
  readonly #ownerLists: number[] = [];
  readonly #annotations: number[] = [];
  #open: Element;

  constructor(file: PdfFile) {
    this.#file = file;
    this.#rootNumber = file.reserve();
    this.#root = this.#element('Document', undefined, undefined);
    this.#open = this.#root;
  }

  get open(): Element {
    return this.#open;
  }

  begin(tag: Tag, options?: TagOptions): void {
    this.#open = this.#element(tag, this.#open, options);
  }

  end(): void {
    const { parent } = this.#open;
    if (parent === undefined) throw new Error('There is no open element to end');
    this.#write(this.#open);
    parent.kids += ` ${this.#open.number} 0 R`;
    this.#open = parent;
  }

  /** Nothing is added to a page any more, but decoration. */
  endPage(): void {
    const list = this.#file.reserve();
    const body = this.#file.open(list).text('[');
    for (const owner of this.#owners) body.integer(owner).text(' 0 R ');
    body.text(']');
    this.#ownerLists.push(list);
    this.#owners = [];
  }

  /**
   * Says where the open element is, in points from the bottom left: what a picture, and a table that is wholly on one page, must
   * say (14.8.4.5 and 14.8.5.4.3), since a reader may move it as one block.
   */
  frame(box: readonly [left: number, bottom: number, right: number, top: number]): void {
    this.#open.box = rectangle(box);
  }

  /** The number of a new piece of content on the page (its object), owned by the open element. */
  own(page: number): number {
    const open = this.#open;
    const content = this.#owners.push(open.number) - 1;
    open.page ??= page;
    open.kids += open.page === page ? ` ${content}` : ` <</Type /MCR /Pg ${to(page)} /MCID ${content}>>`;
    return content;
  }

  /** A cell of a table that has one piece of content, under the open row; gives the content's number. */
  cell(page: number): number {
    const row = this.#open;
    const number = this.#file.reserve();
    const content = this.#owners.push(number) - 1;
    row.kids += ` ${number} 0 R`;
    const body = this.#file.open(number).text('<</S/TD/P ').integer(row.number);
    body.text(' 0 R/Pg ').integer(page).text(' 0 R/K ').integer(content).text('>>');
    return content;
  }

  /** Makes an annotation part of the open element, and gives its key in the tree of parents. */
  annotate(page: number, annotation: number): () => number {
    const open = this.#open;
    const index = this.#annotations.push(open.number) - 1;
    open.page ??= page;
    open.kids += ` <</Type /OBJR /Pg ${to(page)} /Obj ${to(annotation)}>>`;
    return () => this.#ownerLists.length + index;
  }

  /** Writes what is left of the tree and gives the number of its root. */
  write(): number {
    this.#write(this.#root);
    const owners = [...this.#ownerLists, ...this.#annotations].map((number, key) => `${key} ${to(number)}`);
    const parents = this.#file.object(`<< /Nums [${owners.join('\n')}] >>`);
    return this.#file.object(
      `<< /Type /StructTreeRoot /K ${to(this.#root.number)} /ParentTree ${to(parents)} /ParentTreeNextKey ${owners.length} >>`,
      this.#rootNumber,
    );
  }

  #element(tag: Tag, parent: Element | undefined, options: TagOptions | undefined): Element {
    return { number: this.#file.reserve(), tag, parent, options, page: undefined, kids: '' };
  }

  #write({ number, tag, parent, options, page, kids, box }: Element): void {
    const body = this.#file.open(number).text('<</S/').text(tag).text('/P ');
    body.integer(parent?.number ?? this.#rootNumber).text(' 0 R');
    if (page !== undefined) body.text('/Pg ').integer(page).text(' 0 R');
    if (kids !== '') body.text('/K[').text(kids.slice(1)).text(']');
    if (options !== undefined) writeOptions(body, options);
    if (box !== undefined) body.text('/A<</O/Layout/Placement/Block/BBox ').text(box).text('>>');
    body.text('>>');
  }
}

function writeOptions(body: ByteWriter, { alternative, scope, columns, language }: TagOptions): void {
  // It is heard: a space that keeps words together on a line says no more than any other.
  if (alternative !== undefined) body.text(' /Alt ').text(textString(alternative.replace(/[\u00a0\u202f]/g, ' ')));
  if (language !== undefined) body.text(` /Lang (${language})`);
  if (scope === undefined && columns === undefined) return;
  body.text(' /A <</O /Table');
  if (scope !== undefined) body.text(' /Scope /').text(scope);
  if (columns !== undefined) body.text(' /ColSpan ').integer(columns);
  body.text('>>');
}
