import { readFileSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { create, type Font } from 'fontkit';
import type { PreparedFont } from '../shared/document/pdf/prepared-font.ts';
import { kerningOf } from './font-kerning.ts';
import { wellFormed } from './true-type.ts';

/**
 * `npm run fonts`: makes of each font file what the documents need of it: glyphs, widths and kerning by character, and the
 * subsets to embed. Nothing of this depends on the invoice, so that no invoice has to wait for it.
 */
const SOURCES = new URL('./fonts/', import.meta.url);
const PREPARED = new URL('../shared/document/pdf/assets/', import.meta.url);
export const FONTS = { regular: 'SourceSans3-Regular', semibold: 'SourceSans3-SemiBold' } as const;

/** English, with the signs of money, dates and lists. */
const ENGLISH = [...range(0x20, 0x7e), ...'\u00a0\u2009\u202f£€·•–−’…→×'];
const GERMAN_AND_FRENCH = Array.from('ÄÖÜäöüßÀÉàâçèéêëîïôùûœ');
const OTHER_LANGUAGES = Array.from('ÇÈÊÌÒìòÁÍÓÚÑáíóúñÃÕãõ¿¡ªº«»“”„‘—…');
/** Names from all over Europe. What comes before it is in it too, and stays where it is. */
const EUROPE = [...range(0xa1, 0x17f), ...range(0x370, 0x3ff), ...range(0x400, 0x45f)];

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
}

/** Neither a control nor an invisible mark: texts are drawn without, and no glyph of a PDF/A may stand for U+FEFF. */
const DRAWN = /\P{C}/u;

export function prepareFont(file: string): PreparedFont {
  const font = create(readFileSync(new URL(`${file}.ttf`, SOURCES)));
  const all = font.characterSet.map((codePoint) => String.fromCodePoint(codePoint)).filter((each) => DRAWN.test(each));
  const tiers = [ENGLISH, GERMAN_AND_FRENCH, OTHER_LANGUAGES, EUROPE, all];
  const known = new Set(all);
  const characters: string[] = [];
  const ends = tiers.map((tier) => {
    for (const character of tier) if (known.delete(character)) characters.push(character);
    return characters.length;
  });
  const glyphs = characters.map((character) => font.glyphForCodePoint(character.codePointAt(0) as number));
  return {
    name: font.postscriptName,
    unitsPerEm: font.unitsPerEm,
    box: [font.bbox.minX, font.bbox.minY, font.bbox.maxX, font.bbox.maxY],
    ascent: font.ascent,
    descent: font.descent,
    capHeight: font.capHeight,
    xHeight: font.xHeight,
    characters: characters.join(''),
    widths: glyphs.map(({ advanceWidth }) => advanceWidth),
    ...kerningTable(font, glyphs),
    subsets: ends.map((end) => subsetOf(font, glyphs.slice(0, end))),
  };
}

/**
 * A smaller subset is the beginning of a larger one. Characters that look alike, as µ and μ, have a glyph each, so that
 * each is found when the document is searched.
 */
function subsetOf(font: Font, glyphs: readonly { readonly id: number }[]): PreparedFont['subsets'][number] {
  const subset = font.createSubset();
  subset.glyphs.push(...glyphs.map(({ id }) => id));
  const bytes = wellFormed(Buffer.from(subset.encode()));
  return { glyphs: glyphs.length, bytes: bytes.length, deflated: deflateSync(bytes, { level: 9 }).toString('base64') };
}

/** Thousandths of the size. In the text of a document less than this is less than a 20th of a millimetre, which nobody sees. */
export const LEAST_KERNING = 15;

/** Kerning of every two characters, as a table of classes: most characters behave as their base letter does. */
function kerningTable(font: Font, glyphs: readonly { readonly id: number }[]) {
  const kerning = kerningOf(font);
  const table = glyphs.map(({ id }) => {
    const before = kerning(id);
    return glyphs.map((right) => {
      const moved = before(right.id);
      return (Math.abs(moved) * 1000) / font.unitsPerEm < LEAST_KERNING ? 0 : moved;
    });
  });
  const left = classes(table.map((row) => row.join()));
  const right = classes(glyphs.map((_, column) => left.firsts.map((row) => table[row]?.[column]).join()));
  return {
    left: left.classOf,
    right: right.classOf,
    kerning: left.firsts.map((row) => right.firsts.map((column) => table[row]?.[column] ?? 0)),
  };
}

/** Numbers things that are equal alike; `firsts` are the positions of the first of each kind. */
function classes(values: readonly string[]): { readonly classOf: number[]; readonly firsts: number[] } {
  const kinds = new Map<string, number>();
  const firsts: number[] = [];
  const classOf = values.map((value, index) => {
    const kind = kinds.get(value) ?? kinds.size;
    if (kind === kinds.size) firsts.push(index);
    kinds.set(value, kind);
    return kind;
  });
  return { classOf, firsts };
}

/** The characters of a font as ranges of code points, for whoever takes in a text and has no font: `20-7e a0-17f`. */
export function rangesOf({ characters }: PreparedFont): string {
  const codes = Array.from(characters, (character) => character.codePointAt(0)!).sort((a, b) => a - b);
  const ranges: number[][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last?.at(-1) === code - 1) last[1] = code;
    else ranges.push([code]);
  }
  return ranges.map((range) => range.map((code) => code.toString(16)).join('-')).join(' ');
}

const CHARACTERS = new URL('../shared/domain/printable-characters.ts', import.meta.url);

function writeCharacters(font: PreparedFont): void {
  const words = rangesOf(font).match(/.{1,100}(?= |$)/g) ?? [];
  const lines = words.map((line) => `  '${line.trim()}',`);
  const about =
    '/** What documents can show, as `npm run fonts` found it in their font: code points in hexadecimal, from and to. */';
  writeFileSync(CHARACTERS, `${about}\nexport const PRINTABLE = [\n${lines.join('\n')}\n].join(' ');\n`);
}

if (import.meta.main) {
  for (const [weight, file] of Object.entries(FONTS)) {
    const prepared = prepareFont(file);
    writeFileSync(new URL(`${weight}.json`, PREPARED), `${JSON.stringify(prepared)}\n`);
    if (weight === 'regular') writeCharacters(prepared);
  }
}
