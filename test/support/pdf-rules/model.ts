import { nameIn, type Pdf } from './file.ts';
import { type Dictionary, Keyword, type Name, Reader, Reference, type Value } from './syntax.ts';

/** What something is, itself or by reference. */
export const resolved = ({ objects }: Pdf, value: Value | undefined): Value | undefined =>
  value instanceof Reference ? objects.get(value.number) : value;

export function dictionaryIn(pdf: Pdf, of: Dictionary, key: string): Dictionary {
  const value = resolved(pdf, of.get(key));
  if (!(value instanceof Map)) throw new Error(`There is no dictionary ${key}`);
  return value;
}

export function numberOf(value: Value | undefined): number {
  if (!(value instanceof Reference)) throw new Error('There is no reference');
  return value.number;
}

/** A list; what stands alone is one of itself. */
export const listIn = (pdf: Pdf, of: Dictionary, key: string): readonly Value[] => {
  const value = resolved(pdf, of.get(key)) ?? [];
  return Array.isArray(value) ? value : [value];
};

export const catalogOf = (pdf: Pdf): Dictionary => dictionaryIn(pdf, pdf.trailer, 'Root');

/** Every dictionary of a file, those inside of others included. */
export function dictionariesOf({ objects }: Pdf): Dictionary[] {
  const found: Dictionary[] = [];
  const walk = (value: Value): void => {
    if (value instanceof Map) found.push(value);
    if (value instanceof Map) for (const item of value.values()) walk(item);
    else if (Array.isArray(value)) for (const item of value) walk(item);
  };
  for (const value of objects.values()) walk(value);
  return found;
}

export interface Page {
  readonly number: number;
  readonly page: Dictionary;
  /** Streams, by number. */
  readonly contents: readonly number[];
}

export function pagesOf(pdf: Pdf): Page[] {
  return listIn(pdf, dictionaryIn(pdf, catalogOf(pdf), 'Pages'), 'Kids').map((kid) => {
    const page = resolved(pdf, kid) as Dictionary;
    return { number: numberOf(kid), page, contents: contentsOf(page) };
  });
}

const contentsOf = (page: Dictionary): number[] => {
  const contents = page.get('Contents');
  return (Array.isArray(contents) ? contents : [contents]).map(numberOf);
};

export interface Operation {
  readonly operator: string;
  readonly operands: readonly Value[];
}

const known = new WeakMap<Buffer, readonly Operation[]>();

/** What a page draws, with what its forms draw behind their calls. */
export function operationsOn(pdf: Pdf, { page, contents }: Page): readonly Operation[] {
  const drawn = contents.flatMap((number) => operationsIn(pdf.streams.get(number)!));
  if (!drawn.some(({ operator }) => operator === 'Do')) return drawn;
  const forms = formsOf(pdf, page);
  return drawn.flatMap((operation) => {
    const form = operation.operator === 'Do' ? forms.get((operation.operands[0] as Name).name) : undefined;
    return form === undefined ? [operation] : [operation, ...operationsIn(pdf.streams.get(numberOf(form))!)];
  });
}

/** What a page may draw as one, by name. */
export const formsOf = (pdf: Pdf, page: Dictionary): Dictionary =>
  (resolved(pdf, dictionaryIn(pdf, page, 'Resources').get('XObject')) as Dictionary | undefined) ?? new Map();

/** What a stream draws. */
export function operationsIn(content: Buffer): readonly Operation[] {
  const before = known.get(content);
  if (before !== undefined) return before;
  const reader = new Reader(content.toString('latin1'));
  const operations: Operation[] = [];
  let operands: Value[] = [];
  while (!reader.ended) {
    const next = reader.next();
    if (next instanceof Keyword) {
      operations.push({ operator: next.word, operands });
      operands = [];
    } else operands.push(next);
  }
  if (operands.length > 0) throw new SyntaxError('7.8.2: operands without an operator');
  known.set(content, operations);
  return operations;
}

/** An element of the structure tree (14.7.2). */
export interface Node {
  readonly number: number;
  readonly tag: string;
  readonly element: Dictionary;
  readonly parent: Node | undefined;
  readonly kids: readonly Node[];
  /** Pieces of marked content: pages and numbers. */
  readonly contents: readonly { readonly page: number; readonly mcid: number }[];
  /** Annotations, by their numbers. */
  readonly annotations: readonly number[];
}

const structureOf = (pdf: Pdf): Node =>
  nodeOf(pdf, numberOf(dictionaryIn(pdf, catalogOf(pdf), 'StructTreeRoot').get('K')), undefined);

function nodeOf(pdf: Pdf, number: number, parent: Node | undefined): Node {
  const element = pdf.objects.get(number) as Dictionary;
  const kids: Node[] = [];
  const contents: { page: number; mcid: number }[] = [];
  const annotations: number[] = [];
  const node: Node = { number, tag: nameIn(element, 'S') ?? '', element, parent, kids, contents, annotations };
  for (const kid of [element.get('K') ?? []].flat()) {
    if (typeof kid === 'number') contents.push({ page: numberOf(element.get('Pg')), mcid: kid });
    else if (kid instanceof Reference) kids.push(nodeOf(pdf, kid.number, node));
    else if (kid instanceof Map && nameIn(kid, 'Type') === 'OBJR') annotations.push(numberOf(kid.get('Obj')));
    else if (kid instanceof Map && nameIn(kid, 'Type') === 'MCR')
      contents.push({ page: numberOf(kid.get('Pg')), mcid: kid.get('MCID') as number });
    else throw new Error('14.7.4: an element has neither content nor elements');
  }
  return node;
}

export const everyNode = (node: Node): Node[] => [node, ...node.kids.flatMap(everyNode)];

/** Which element a page's pieces of content, or an annotation, belong to, by key (14.7.4.4). */
export function parentTreeOf(pdf: Pdf): ReadonlyMap<number, Value | undefined> {
  const root = dictionaryIn(pdf, catalogOf(pdf), 'StructTreeRoot');
  const items = listIn(pdf, dictionaryIn(pdf, root, 'ParentTree'), 'Nums');
  const tree = new Map<number, Value | undefined>();
  for (let index = 0; index < items.length; index += 2) tree.set(items[index] as number, items[index + 1]);
  return tree;
}

export interface Annotation {
  readonly number: number;
  readonly annotation: Dictionary;
  readonly page: Page;
}

export const annotationsOf = (pdf: Pdf): Annotation[] =>
  pagesOf(pdf).flatMap((page) =>
    listIn(pdf, page.page, 'Annots').map((reference) => {
      const number = numberOf(reference);
      return { number, annotation: pdf.objects.get(number) as Dictionary, page };
    }),
  );

/** The whole structure, in its order. */
export const nodesOf = (pdf: Pdf): Node[] => everyNode(structureOf(pdf));
