import { inflateSync } from 'node:zlib';

/** The objects of a PDF file as they are written, those of object streams among them. */
export interface PdfObjects {
  /** The file as Latin-1. */
  readonly source: string;
  readonly trailer: string;
  /** By number. */
  readonly bodies: ReadonlyMap<number, string>;
  /** Inflated. */
  readonly streams: ReadonlyMap<number, Buffer>;
  /** The bodies that a pattern is in. */
  readonly all: (pattern: RegExp) => string[];
}

/** Reads what our own writer writes, and checks on the way that every stream is as long as it says. */
export function readObjects(bytes: Uint8Array): PdfObjects {
  const file = Buffer.from(bytes);
  const source = file.toString('latin1');
  const bodies = new Map<number, string>();
  const streams = new Map<number, Buffer>();
  let trailer = '';
  for (const head of source.matchAll(/(?<=\n)(\d+) 0 obj\n(<< .*? \/Length (\d+) >>)\nstream\n/g)) {
    const [all, number, dictionary, length] = head as unknown as [string, string, string, string];
    const from = head.index + all.length;
    const data = file.subarray(from, from + Number(length));
    if (file.toString('latin1', from + data.length, from + data.length + 11) !== '\nendstream\n')
      throw new Error(`Stream ${number} is not as long as it says`);
    const content = dictionary.includes('/FlateDecode') ? inflateSync(data) : data;
    bodies.set(Number(number), dictionary);
    streams.set(Number(number), content);
    if (dictionary.includes('/Type /XRef')) trailer = dictionary;
    if (dictionary.includes('/Type /ObjStm')) unpack(dictionary, content.toString('latin1'), bodies);
  }
  return {
    source,
    trailer,
    bodies,
    streams,
    all: (pattern) => [...bodies.values()].filter((body) => pattern.test(body)),
  };
}

function unpack(dictionary: string, content: string, bodies: Map<number, string>): void {
  const first = Number(/\/First (\d+)/.exec(dictionary)?.[1]);
  const pairs = content.slice(0, first).trim().split(' ').map(Number);
  for (let index = 0; index < pairs.length; index += 2) {
    const next = pairs[index + 3];
    const end = next === undefined ? undefined : first + next;
    bodies.set(pairs[index]!, content.slice(first + pairs[index + 1]!, end).trimEnd());
  }
}

/** The number that a key refers to. */
export function refersTo(body: string, key: string): number {
  const number = new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1];
  if (number === undefined) throw new Error(`There is no reference /${key} in ${body}`);
  return Number(number);
}

/** The content of each page. */
export function pageContents({ bodies, streams }: PdfObjects): string[] {
  return [...bodies.values()]
    .filter((body) => body.startsWith('<< /Type /Page '))
    .map((body) => {
      const parts = /\/Contents (\[.*?\]|\d+ 0 R)/.exec(body)![1]!.matchAll(/(\d+) 0 R/g);
      return [...parts].map(([, part]) => streams.get(Number(part))!.toString('latin1')).join('\n');
    });
}

/** What is shown by one operator, in brackets as a literal string; escapes included. */
const LITERAL = /\((?:\\.|[^\\()])*\)/gs;

/** The operators of a content stream in their order, without what they work on. */
export const operatorsOf = (content: string): string[] =>
  content
    .replace(LITERAL, ' ')
    .replace(/<[0-9a-f]*>/g, ' ')
    .replace(/\/\w+|<<|>>|\[[\d. -]*\]/g, ' ')
    .split(/\s+/)
    .filter((word) => /^[A-Za-z]/.test(word));

/** The codes of the glyphs that are drawn: in one byte, and in two. */
export function codesOf(content: string): { readonly byte: number[]; readonly wide: number[] } {
  const literals = content.match(LITERAL) ?? [];
  const byte = literals.flatMap((literal) => [...Buffer.from(literal.slice(1, -1).replace(/\\(.)/gs, '$1'), 'latin1')]);
  const wide = [...content.replace(LITERAL, '').matchAll(/<([0-9a-f]+)>/g)];
  return {
    byte,
    wide: wide.flatMap(([, codes]) => (codes!.match(/.{4}/g) ?? []).map((code) => Number.parseInt(code, 16))),
  };
}

export interface Node {
  readonly tag: string;
  readonly body: string;
  readonly kids: readonly Node[];
  /** Marked content by page object and number. */
  readonly contents: readonly string[];
}

/** The structure tree from its root. */
export function structureOf(pdf: PdfObjects): Node {
  const [root] = pdf.all(/\/Type \/StructTreeRoot/);
  return nodeOf(pdf, refersTo(root!, 'K'));
}

function nodeOf(pdf: PdfObjects, number: number): Node {
  const body = pdf.bodies.get(number)!;
  const page = /\/Pg (\d+) 0 R/.exec(body)?.[1];
  const inside = /\/K ?(\[.*?\]|\d+)(?=>>$| \/)/.exec(body)?.[1] ?? '';
  const contents = [...inside.matchAll(/\/Type \/MCR \/Pg (\d+) 0 R \/MCID (\d+)/g)].map(([, of, id]) => `${of} ${id}`);
  const plain = inside.replace(/<<.*?>>/g, '');
  const kids = [...plain.matchAll(/(\d+) 0 R/g)].map(([, kid]) => nodeOf(pdf, Number(kid)));
  for (const [id] of plain.replace(/\d+ 0 R/g, '').matchAll(/\d+/g)) contents.push(`${page} ${id}`);
  return { tag: /\/S\/(\w+)/.exec(body)![1]!, body, kids, contents };
}

export const everyNode = (node: Node): Node[] => [node, ...node.kids.flatMap(everyNode)];
