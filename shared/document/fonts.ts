import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { BillingError } from '../domain/errors.ts';

export type Weight = 'regular' | 'semibold';

/** The same relative path in the sources and beside a bundle, where the build copies the directory. */
const FILES: Record<Weight, string> = {
  regular: './fonts/SourceSans3-Regular.ttf',
  semibold: './fonts/SourceSans3-SemiBold.ttf',
};

const fonts = new Map<Weight, Font>();

/** A font for pdfkit, parsed once per process and shared by all documents. */
export function fontOf(weight: Weight): Font {
  const known = fonts.get(weight);
  if (known !== undefined) return known;
  const font = withPlainLayout(create(readFileSync(new URL(FILES[weight], import.meta.url))));
  fonts.set(weight, font);
  return font;
}

interface PlacedGlyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
  readonly character: string;
}

/**
 * Replaces fontkit's shaping, which costs two thirds of a document, by what Latin text needs: one glyph per character
 * and kerning. It keeps no state that depends on the documents made before, so the same invoice gives the same bytes.
 * Digits of Source Sans are tabular as they come. Throws `unsupported_character` rather than draw a blank box.
 */
function withPlainLayout(font: Font): Font {
  const glyphs = new Map<string, PlacedGlyph>();
  const kerning = new Map<number, number>();

  function glyphOf(character: string): PlacedGlyph {
    const known = glyphs.get(character);
    if (known !== undefined) return known;
    const codePoint = character.codePointAt(0) as number;
    if (!font.hasGlyphForCodePoint(codePoint)) throw new BillingError('unsupported_character', nameOf(character));
    const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
    const glyph = { id, advanceWidth, codePoints: [codePoint], character };
    glyphs.set(character, glyph);
    return glyph;
  }

  function kern(left: PlacedGlyph, right: PlacedGlyph | undefined): number {
    if (right === undefined) return 0;
    const pair = left.id * 0x10000 + right.id;
    let value = kerning.get(pair);
    if (value === undefined) {
      const run = font.layout(left.character + right.character);
      // A pair that shapes to one glyph is a ligature, which is not used.
      value = run.glyphs.length === 2 ? (run.positions[0]?.xAdvance ?? left.advanceWidth) - left.advanceWidth : 0;
      kerning.set(pair, value);
    }
    return value;
  }

  function layout(text: string) {
    const run = Array.from(text, glyphOf);
    const positions = run.map((glyph, index) => ({
      xAdvance: glyph.advanceWidth + kern(glyph, run[index + 1]),
      yAdvance: 0,
      xOffset: 0,
      yOffset: 0,
    }));
    const advanceWidth = positions.reduce((width, position) => width + position.xAdvance, 0);
    return { glyphs: run, positions, advanceWidth };
  }

  return Object.assign(Object.create(font) as Font, { layout });
}

/**
 * Text as it can be drawn on one line: composed characters, and one space for every run of line breaks, tabs and other
 * controls. Invisible marks of direction and joining are dropped.
 */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();

/**
 * Makes sure that every character of a text can be shown. Throws `unsupported_character` with the name of the field
 * and the code points, not the text, which may be personal.
 */
export function assertPrintable(field: string, text: string): void {
  const font = fontOf('regular');
  const missing = Array.from(printable(text)).filter(
    (character) => !font.hasGlyphForCodePoint(character.codePointAt(0) as number),
  );
  if (missing.length > 0) {
    throw new BillingError('unsupported_character', `${field}: ${[...new Set(missing)].map(nameOf).join(', ')}`);
  }
}

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
