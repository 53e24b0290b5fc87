import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { nameIn, type Pdf } from './file.ts';
import { dictionaryIn, listIn, numberOf, operationsOn, pagesOf, resolved } from './model.ts';
import { type Dictionary, type Name, Text, type Value } from './syntax.ts';

/** A composite font of a document's pages (ISO 32000-1, 9.7). */
export interface CompositeFont {
  readonly font: Dictionary;
  readonly descendant: Dictionary;
  readonly descriptor: Dictionary;
  /** Its encoding where that is embedded: the dictionary of the stream, and what the stream says. */
  readonly encoding: { readonly dictionary: Dictionary; readonly content: string } | undefined;
  readonly program: Buffer;
  /** Codes that pages show. */
  readonly shown: readonly number[];
  /** Which glyph a code stands for; 0 where it stands for none. */
  readonly glyphOf: (code: number) => number;
  /** As the dictionary says, in thousandths of the size, by glyph. */
  readonly widths: ReadonlyMap<number, number>;
  readonly characters: ReadonlyMap<number, string>;
}

export function fontsOf(pdf: Pdf): CompositeFont[] {
  const shown = shownBy(pdf);
  return [...shown].map(([font, strings]) => {
    const [first] = listIn(pdf, font, 'DescendantFonts');
    const descendant = resolved(pdf, first) as Dictionary;
    const descriptor = dictionaryIn(pdf, descendant, 'FontDescriptor');
    const encoding = encodingOf(pdf, font);
    const bytes = encoding === undefined ? 2 : 1;
    const program = pdf.streams.get(numberOf(descriptor.get('FontFile2')))!;
    const codes = new Set(strings.flatMap((string) => codesIn(string, bytes)));
    return {
      ...{ font, descendant, descriptor, encoding, program },
      shown: [...codes],
      glyphOf: encoding === undefined ? (code: number) => code : glyphsIn(encoding.content),
      widths: widthsIn(listIn(pdf, descendant, 'W')),
      characters: charactersIn(pdf.streams.get(numberOf(font.get('ToUnicode')))!.toString('latin1'), bytes),
    };
  });
}

/** What is shown in each font. */
function shownBy(pdf: Pdf): Map<Dictionary, string[]> {
  const shown = new Map<Dictionary, string[]>();
  for (const page of pagesOf(pdf)) {
    const fonts = dictionaryIn(pdf, dictionaryIn(pdf, page.page, 'Resources'), 'Font');
    let strings: string[] = [];
    for (const { operator, operands } of operationsOn(pdf, page)) {
      if (operator === 'Tf') {
        const font = dictionaryIn(pdf, fonts, (operands[0] as Name).name);
        strings = shown.get(font) ?? [];
        shown.set(font, strings);
      } else if (operator === 'Tj' || operator === 'TJ')
        for (const part of operands.flat() as Value[]) if (part instanceof Text) strings.push(part.bytes);
    }
  }
  return shown;
}

function encodingOf(pdf: Pdf, font: Dictionary): CompositeFont['encoding'] {
  if (nameIn(font, 'Encoding') === 'Identity-H') return undefined;
  const number = numberOf(font.get('Encoding'));
  return { dictionary: pdf.objects.get(number) as Dictionary, content: pdf.streams.get(number)!.toString('latin1') };
}

function codesIn(string: string, bytes: number): number[] {
  const codes: number[] = [];
  if (string.length % bytes !== 0) throw new Error('9.7.6.2: half a code');
  for (let at = 0; at < string.length; at += bytes)
    codes.push(bytes === 1 ? string.charCodeAt(at) : string.charCodeAt(at) * 256 + string.charCodeAt(at + 1));
  return codes;
}

const hex = (digits: string | undefined): number => Number.parseInt(digits ?? '', 16);

/** By the ranges of an embedded encoding (9.7.5.4). */
function glyphsIn(content: string): (code: number) => number {
  const ranges = [...content.matchAll(/<([\da-f]{2})> <([\da-f]{2})> (\d+)\n/g)];
  return (code) => {
    const range = ranges.find(([, from, to]) => hex(from) <= code && code <= hex(to));
    return range === undefined ? 0 : Number(range[3]) + code - hex(range[1]);
  };
}

function widthsIn(items: readonly Value[]): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  for (let index = 0; index < items.length; index += 2) {
    const [first, list] = [items[index] as number, items[index + 1] as number[]];
    for (const [offset, width] of list.entries()) widths.set(first + offset, width);
  }
  return widths;
}

/** By the lists of ranges of a ToUnicode map (9.10.3), which hold no more than 100, and do not cross a first byte. */
function charactersIn(content: string, bytes: number): ReadonlyMap<number, string> {
  const characters = new Map<number, string>();
  const space = new RegExp(`1 begincodespacerange\n<${'00'.repeat(bytes)}> <${'ff'.repeat(bytes)}>\nendcodespacerange`);
  if (!space.test(content)) throw new Error('9.10.3: codes are as long as those of the font');
  for (const [, count, list] of content.matchAll(/(\d+) beginbfrange\n(.*?)\nendbfrange/gs)) {
    const lines = list!.split('\n');
    if (lines.length !== Number(count) || lines.length > 100) throw new Error('9.10.3: a list has as many as it says');
    for (const line of lines) {
      const [, from, to, character] = /^<(\w+)> <(\w+)> <(\w+)>$/.exec(line) ?? [];
      const first = Buffer.from(character!, 'hex').swap16().toString('utf16le');
      if (from!.length !== 2 * bytes || hex(from) >> 8 !== hex(to) >> 8) throw new Error('9.10.3: no range');
      for (let code = hex(from); code <= hex(to); code++)
        characters.set(code, String.fromCodePoint(first.codePointAt(0)! + code - hex(from)));
    }
  }
  return characters;
}

/** What a program has to say about its glyphs, read by another than wrote it down in the document. */
export const openProgram = (program: Buffer): Font => create(program);

const sources = new Map<string, Font>();

/** The font that a subset was made of. */
export function sourceOf({ font }: CompositeFont): Font {
  const file = (font.get('BaseFont') as Name).name.replace(/^[A-Z]{6}\+/, '');
  const source =
    sources.get(file) ?? create(readFileSync(new URL(`../../../infra/fonts/${file}.ttf`, import.meta.url)));
  sources.set(file, source);
  return source;
}

/** Without these a program of this kind cannot be drawn (9.9). */
const TABLES = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'];

/** What is wrong with the tables of a TrueType program, in words. */
export function faultsIn(program: Buffer): string[] {
  const tables = new Map<string, Buffer>();
  const faults: string[] = [];
  if (program.readUInt32BE(0) !== 0x1_00_00) faults.push('it is no TrueType');
  for (let entry = 0; entry < program.readUInt16BE(4); entry++) {
    const at = 12 + 16 * entry;
    const name = program.toString('latin1', at, at + 4);
    const [sum, offset, length] = [4, 8, 12].map((field) => program.readUInt32BE(at + field)) as [
      number,
      number,
      number,
    ];
    if (offset + length > program.length) faults.push(`${name} ends behind the program`);
    if (offset % 4 !== 0 || name <= ([...tables.keys()].at(-1) ?? '')) faults.push(`${name} is not in its place`);
    tables.set(name, program.subarray(offset, offset + length));
    if (name !== 'head' && sumOf(tables.get(name)!) !== sum) faults.push(`${name} has another sum`);
  }
  faults.push(...TABLES.filter((name) => !tables.has(name)).map((name) => `${name} is missing`));
  if (sumOf(program) !== 0xb1_b0_af_ba) faults.push('the program has another sum');
  return faults.length > 0 ? faults : faultsBetween((name) => tables.get(name)!);
}

function sumOf(table: Buffer): number {
  const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

function faultsBetween(table: (name: string) => Buffer): string[] {
  const glyphs = table('maxp').readUInt16BE(4);
  const metrics = table('hhea').readUInt16BE(34);
  const long = table('head').readInt16BE(50) === 1;
  const loca = table('loca');
  const offsets = Array.from({ length: loca.length / (long ? 4 : 2) }, (_, index) =>
    long ? loca.readUInt32BE(4 * index) : 2 * loca.readUInt16BE(2 * index),
  );
  const checks: Readonly<Record<string, boolean>> = {
    'not every glyph has a place': offsets.length === glyphs + 1,
    'places are not in order': offsets.every((offset, index) => offset >= (offsets[index - 1] ?? 0)),
    'outlines do not end where places do': offsets.at(-1)! <= table('glyf').length,
    'not every glyph has a width': metrics <= glyphs && table('hmtx').length === 4 * metrics + 2 * (glyphs - metrics),
  };
  return Object.keys(checks).filter((fault) => !checks[fault]);
}
