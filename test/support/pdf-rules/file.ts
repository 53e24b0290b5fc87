import { inflateSync } from 'node:zlib';
import { type Dictionary, Name, Reader, type Value } from './syntax.ts';

/** A PDF file as a reader finds it: by its cross-references, from the end. */
export interface Pdf {
  /** The file as Latin-1. */
  readonly source: string;
  readonly trailer: Dictionary;
  /** By number; of a stream its dictionary. */
  readonly objects: Map<number, Value>;
  /** Inflated. */
  readonly streams: Map<number, Buffer>;
}

/**
 * Opens a file of streams, object streams and one cross-reference stream (ISO 32000-1, 7.5). Throws where it is not written as
 * the standard says, or as ISO 19005-3 wants the spaces between (6.1.7, 6.1.9), and where any byte belongs to nothing.
 */
export function openPdf(bytes: Uint8Array): Pdf {
  const source = Buffer.from(bytes).toString('latin1');
  const ending = /(?<=\n)startxref\n(\d+)\n%%EOF\n?$/.exec(source);
  if (ending === null) throw new SyntaxError('7.5.5: the file does not end as it must');
  const objects = new Map<number, Value>();
  const streams = new Map<number, Buffer>();
  const places = new Map<number, number>();
  let at = source.indexOf('\n', source.indexOf('\n') + 1) + 1;
  while (at < ending.index) {
    const { number, dictionary, content, end } = streamAt(source, at);
    objects.set(number, dictionary);
    streams.set(number, content);
    places.set(number, at);
    at = end;
  }
  const last = [...places.keys()].at(-1)!;
  const trailer = objects.get(last) as Dictionary;
  if (places.get(last) !== Number(ending[1]) || nameIn(trailer, 'Type') !== 'XRef')
    throw new SyntaxError('7.5.8: the file does not say where its cross-references are');
  const pdf = { source, trailer, objects, streams };
  findObjects(pdf, places, streams.get(last)!);
  return pdf;
}

function streamAt(source: string, at: number) {
  const head = /(\d+) 0 obj\n(?=<<)/y;
  head.lastIndex = at;
  const found = head.exec(source);
  if (found === null) throw new SyntaxError(`6.1.9: there is no object at byte ${at}`);
  const number = Number(found[1]);
  const reader = new Reader(source, head.lastIndex);
  const dictionary = reader.value() as Dictionary;
  const length = dictionary.get('Length') as number;
  const start = reader.at + '\nstream\n'.length;
  const end = start + length;
  if (source.slice(reader.at, start) !== '\nstream\n')
    throw new SyntaxError(`6.1.7.1: stream ${number} begins wrongly`);
  const foot = '\nendstream\nendobj\n';
  if (source.slice(end, end + foot.length) !== foot)
    throw new SyntaxError(`6.1.7.1: stream ${number} is not as long as it says`);
  const data = Buffer.from(source.slice(start, end), 'latin1');
  const content = nameIn(dictionary, 'Filter') === 'FlateDecode' ? inflateSync(data) : data;
  return { number, dictionary, content, end: end + foot.length };
}

/** Unpacks what the cross-references lead to (7.5.8.3). */
function findObjects({ trailer, objects, streams }: Pdf, places: ReadonlyMap<number, number>, table: Buffer): void {
  const [kind, place, index] = trailer.get('W') as [number, number, number];
  const size = trailer.get('Size') as number;
  if (table.length !== size * (kind + place + index))
    throw new SyntaxError('7.5.8.2: Size is not the number of entries');
  const packed = new Map<number, readonly (readonly [number, Value])[]>();
  for (let number = 0; number < size; number++) {
    const at = number * (kind + place + index);
    const [what, where, which] = [
      table.readUIntBE(at, kind),
      table.readUIntBE(at + kind, place),
      table.readUIntBE(at + kind + place, index),
    ];
    if (what === 1 && places.get(number) === where) continue;
    if (what === 2) {
      const from = packed.get(where) ?? unpacked(objects.get(where) as Dictionary, streams.get(where)!);
      packed.set(where, from);
      const [found, value] = from[which] ?? [];
      if (found === number && !places.has(number)) {
        objects.set(number, value!);
        continue;
      }
    }
    if (what !== 0 || number !== 0) throw new SyntaxError(`7.5.8.3: object ${number} is not where it should be`);
  }
}

function unpacked(dictionary: Dictionary, content: Buffer): readonly (readonly [number, Value])[] {
  const source = content.toString('latin1');
  const first = dictionary.get('First') as number;
  const head = new Reader(source.slice(0, first));
  const numbers: number[] = [];
  while (!head.ended) numbers.push(head.value() as number);
  if (nameIn(dictionary, 'Type') !== 'ObjStm' || numbers.length !== 2 * (dictionary.get('N') as number))
    throw new SyntaxError('7.5.7: an object stream says how many objects it has');
  const found: (readonly [number, Value])[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    const reader = new Reader(source, first + numbers[index + 1]!);
    found.push([numbers[index]!, reader.value()]);
    const next = numbers[index + 3];
    if (next === undefined ? !reader.ended : source.slice(reader.at, first + next).trim() !== '')
      throw new SyntaxError(`7.5.7: object ${numbers[index]} does not end where the next one begins`);
  }
  return found;
}

export function nameIn(dictionary: Dictionary, key: string): string | undefined {
  const value = dictionary.get(key);
  return value instanceof Name ? value.name : undefined;
}
