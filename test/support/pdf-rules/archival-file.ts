import { expect } from 'vitest';
import { nameIn, type Pdf } from './file.ts';
import { catalogOf, dictionariesOf, dictionaryIn, listIn, operationsOn, pagesOf } from './model.ts';
import { everythingIn, Name, Reference, Text, type Value } from './syntax.ts';

export type Rules = Readonly<Record<string, (pdf: Pdf) => void>>;

/** ISO 19005-3, 6.1, and ISO 32000-1, 7: how a file is written. */
export const FILE_RULES: Rules = {
  '6.1.2: the header is followed by a comment of bytes above 127': ({ source }) => {
    expect(source).toMatch(/^%PDF-1\.7\n%[\x80-\xff]{4,}\n/);
  },
  '6.1.3: the file has an identity': ({ trailer }) => {
    const id = trailer.get('ID') as Text[];
    expect(id.map(({ bytes }) => bytes.length)).toEqual([16, 16]);
  },
  '6.1.3: the file is not encrypted': ({ trailer }) => {
    expect(trailer.has('Encrypt')).toBe(false);
  },
  '6.1.7.1: no stream lies in another file': (pdf) => {
    for (const stream of streamsOf(pdf))
      for (const key of ['F', 'FFilter', 'FDecodeParms']) expect(stream.has(key), key).toBe(false);
  },
  '6.1.7.2: streams are deflated, if anything': (pdf) => {
    for (const stream of streamsOf(pdf)) if (stream.has('Filter')) expect(nameIn(stream, 'Filter')).toBe('FlateDecode');
  },
  '6.1.13: numbers, strings and names are no larger than every reader can hold': (pdf) => {
    for (const value of valuesOf(pdf)) {
      if (typeof value === 'number')
        must(value === 0 || (Math.abs(value) < 2 ** 31 && Math.abs(value) >= 1.175e-38), `${value} cannot be held`);
      else if (value instanceof Text) must(value.bytes.length < 32_768, `A string has ${value.bytes.length} bytes`);
      else if (value instanceof Name) must(value.name.length < 128, `A name has ${value.name.length} bytes`);
    }
  },
  '6.1.13: pages are between 3 and 14,400 points wide and high': (pdf) => {
    const [left, bottom, right, top] = listIn(pdf, dictionaryIn(pdf, catalogOf(pdf), 'Pages'), 'MediaBox') as number[];
    for (const side of [right! - left!, top! - bottom!]) expect(side >= 3 && side <= 14_400, `${side}`).toBe(true);
  },
  '6.1.13: states of graphics are not nested deeper than 28': (pdf) => {
    for (const page of pagesOf(pdf)) {
      let depth = 0;
      for (const { operator } of operationsOn(pdf, page)) {
        depth += { q: 1, Q: -1 }[operator] ?? 0;
        must(depth >= 0 && depth <= 28, `${depth} states`);
      }
      expect(depth).toBe(0);
    }
  },
  'ISO 32000-1, 7.3.10: every reference leads to an object': (pdf) => {
    for (const value of valuesOf(pdf))
      if (value instanceof Reference) must(pdf.objects.has(value.number), `There is no object ${value.number}`);
  },
  'ISO 32000-1, 7.5: nothing is in the file that nothing refers to': (pdf) => {
    const reached = new Set<number>();
    const waiting: Value[] = [pdf.trailer];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      for (const value of everythingIn(next))
        if (value instanceof Reference && !reached.has(value.number)) {
          reached.add(value.number);
          waiting.push(pdf.objects.get(value.number) ?? null);
        }
    const written = [...pdf.objects].filter(([, object]) => !/^(?:XRef|ObjStm)$/.test(typeOf(object)));
    expect(written.filter(([number]) => !reached.has(number)).map(([number]) => number)).toEqual([]);
  },
  'ISO 32000-1, 7.7.3: every page is counted, and knows its parent': (pdf) => {
    const pages = dictionaryIn(pdf, catalogOf(pdf), 'Pages');
    expect(pages.get('Count')).toBe(pagesOf(pdf).length);
    for (const { page } of pagesOf(pdf)) {
      expect(nameIn(page, 'Type')).toBe('Page');
      expect(dictionaryIn(pdf, page, 'Parent')).toBe(pages);
    }
  },
};

/** As `expect`, for what is asked of every object of a large file. */
export function must(holds: boolean, words: string): void {
  if (!holds) throw new Error(words);
}

const typeOf = (object: Value): string => (object instanceof Map ? (nameIn(object, 'Type') ?? '') : '');
const streamsOf = (pdf: Pdf) => dictionariesOf(pdf).filter((dictionary) => dictionary.has('Length'));

function* valuesOf(pdf: Pdf): Generator<Value> {
  for (const object of pdf.objects.values()) yield* everythingIn(object);
  for (const page of pagesOf(pdf))
    for (const { operands } of operationsOn(pdf, page)) for (const operand of operands) yield* everythingIn(operand);
}
