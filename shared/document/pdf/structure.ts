import { type PdfFile, textString, to } from './pdf-file.ts';

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

/** A node of the structure tree: what it holds is on pages, in annotations, or in further nodes. */
export interface Element {
  readonly number: number;
  readonly tag: Tag;
  readonly parent: Element | undefined;
  readonly options: TagOptions | undefined;
  /** The object of the page that its content is on, or begins on. */
  page: number | undefined;
  /** Absent as long as there are none: most of a long table's cells have one, and an empty list that grows has room for many. */
  kids: Kid[] | undefined;
}

/** A number is that of a piece of content on the element's page. */
type Kid = Element | Elsewhere | Annotation | number;

/** A piece of content on a further page. */
interface Elsewhere {
  readonly page: number;
  readonly content: number;
}
interface Annotation {
  readonly annotation: number;
}

/**
 * The structure tree of a document (ISO 32000-1, 14.7): what its parts are, in reading order. Elements are opened and closed
 * like brackets; what is drawn meanwhile belongs to the one that is open.
 */
export class Structure {
  readonly #file: PdfFile;
  readonly #root: Element;
  readonly #rootNumber: number;
  /** Of each page, the element of each piece of its marked content. */
  readonly #owners: Element[][] = [];
  readonly #annotations: { readonly owner: Element }[] = [];
  #open: Element;
  #elements: Element[] = [];

  constructor(file: PdfFile) {
    this.#file = file;
    this.#rootNumber = file.reserve();
    this.#root = {
      number: file.reserve(),
      tag: 'Document',
      parent: undefined,
      options: undefined,
      page: undefined,
      kids: undefined,
    };
    this.#elements.push(this.#root);
    this.#open = this.#root;
  }

  get open(): Element {
    return this.#open;
  }

  begin(tag: Tag, options?: TagOptions): void {
    const element: Element = {
      number: this.#file.reserve(),
      tag,
      parent: this.#open,
      options,
      page: undefined,
      kids: undefined,
    };
    add(this.#open, element);
    this.#elements.push(element);
    this.#open = element;
  }

  end(): void {
    this.#open = this.#open.parent ?? this.#root;
  }

  /** Makes room for a page's content; pages are counted from 0. */
  addPage(): void {
    this.#owners.push([]);
  }

  /** The number of a new piece of content on a page, owned by the open element. `page` is its object, `index` its count. */
  own(page: number, index: number): number {
    const owners = this.#owners[index]!;
    const content = owners.push(this.#open) - 1;
    this.#open.page ??= page;
    add(this.#open, this.#open.page === page ? content : { page, content });
    return content;
  }

  /** Makes an annotation part of the open element, and gives its key in the tree of parents. */
  annotate(page: number, annotation: number): () => number {
    const index = this.#annotations.push({ owner: this.#open }) - 1;
    this.#open.page ??= page;
    add(this.#open, { annotation });
    return () => this.#owners.length + index;
  }

  /** Writes the tree and gives the number of its root. */
  write(): number {
    for (const element of this.#elements) this.#file.object(elementBody(element, this.#rootNumber), element.number);
    const pages = this.#owners.map((owners, key) => `${key} [${owners.map(({ number }) => to(number)).join(' ')}]`);
    const links = this.#annotations.map(({ owner }, index) => `${pages.length + index} ${to(owner.number)}`);
    const parents = this.#file.object(`<< /Nums [${[...pages, ...links].join('\n')}] >>`);
    const next = pages.length + links.length;
    return this.#file.object(
      `<< /Type /StructTreeRoot /K ${to(this.#root.number)} /ParentTree ${to(parents)} /ParentTreeNextKey ${next} >>`,
      this.#rootNumber,
    );
  }
}

function add(element: Element, kid: Kid): void {
  if (element.kids === undefined) element.kids = [kid];
  else element.kids.push(kid);
}

function elementBody({ tag, parent, options, page, kids }: Element, root: number): string {
  let content = '';
  for (const kid of kids ?? []) {
    if (typeof kid === 'number') content += ` ${kid}`;
    else if ('number' in kid) content += ` ${to(kid.number)}`;
    else if ('annotation' in kid) content += ` << /Type /OBJR /Pg ${to(page!)} /Obj ${to(kid.annotation)} >>`;
    else content += ` << /Type /MCR /Pg ${to(kid.page)} /MCID ${kid.content} >>`;
  }
  const pg = page === undefined ? '' : ` /Pg ${to(page)}`;
  const k = content === '' ? '' : ` /K [${content.slice(1)}]`;
  return `<< /S /${tag} /P ${to(parent?.number ?? root)}${pg}${k}${options === undefined ? '' : more(options)} >>`;
}

function more({ alternative, scope, columns, language }: TagOptions): string {
  const cell = [
    ...(scope === undefined ? [] : [`/Scope /${scope}`]),
    ...(columns === undefined ? [] : [`/ColSpan ${columns}`]),
  ];
  return [
    alternative === undefined ? '' : ` /Alt ${textString(alternative)}`,
    language === undefined ? '' : ` /Lang (${language})`,
    cell.length === 0 ? '' : ` /A << /O /Table ${cell.join(' ')} >>`,
  ].join('');
}
