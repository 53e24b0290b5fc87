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

/** The content of each page, with what its forms draw in their places. */
export function pageContents({ bodies, streams }: PdfObjects): string[] {
  const content = (number: string) => streams.get(Number(number))!.toString('latin1');
  return [...bodies.values()]
    .filter((body) => body.startsWith('<< /Type /Page '))
    .map((body) => {
      const resources = bodies.get(Number(/\/Resources (\d+) 0 R/.exec(body)![1]))!;
      const parts = /\/Contents (\[.*?\]|\d+ 0 R)/.exec(body)![1]!.matchAll(/(\d+) 0 R/g);
      return [...parts]
        .map(([, part]) => content(part!))
        .join('\n')
        .replace(/\/(X\d+) Do/g, (_, form) => content(new RegExp(`/${form} (\\d+) 0 R`).exec(resources)![1]!));
    });
}
