import { readFileSync } from 'node:fs';
import { create, type Font, type Glyph } from 'fontkit';
import { BillingError } from '../domain/errors.ts';

export type Weight = 'regular' | 'semibold';

/** The same relative path in the sources and beside a bundle, where the build copies the directory. */
const FILES: Record<Weight, string> = {
  regular: './fonts/SourceSans3-Regular.ttf',
  semibold: './fonts/SourceSans3-SemiBold.ttf',
};

/** A font as documents use it. */
interface PlainFont extends Font {
  /** As wide as `layout` makes it, in units of the font, without laying it out. */
  measure(text: string): number;
}

const fonts = new Map<Weight, PlainFont>();

/** A font for pdfkit, parsed once per process and shared by all documents. */
export function fontOf(weight: Weight): PlainFont {
  const known = fonts.get(weight);
  if (known !== undefined) return known;
  const font = withPlainLayout(create(readFileSync(new URL(FILES[weight], import.meta.url))));
  fonts.set(weight, font);
  return font;
}

/** The width of a text at size 1. */
export function widthOf(text: string, weight: Weight): number {
  const font = fontOf(weight);
  return font.measure(text) / font.unitsPerEm;
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
function withPlainLayout(font: Font): PlainFont {
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

  function measure(text: string): number {
    let width = 0;
    let left: PlacedGlyph | undefined;
    for (const character of text) {
      const glyph = glyphOf(character);
      width += glyph.advanceWidth + (left === undefined ? 0 : kern(left, glyph));
      left = glyph;
    }
    return width;
  }

  return Object.assign(Object.create(font) as Font, { layout, measure, getGlyph: glyphsOf(font) });
}

/** The font's outlines, each read from the file once per process: every document embeds those that it uses. */
function glyphsOf(font: Font): Font['getGlyph'] {
  const outlines = new Map<number, Glyph>();
  return (id) => {
    const known = outlines.get(id);
    if (known !== undefined) return known;
    const glyph = font.getGlyph(id);
    const outline = glyph._decode();
    const remembered: Glyph = Object.assign(Object.create(glyph) as Glyph, { _decode: () => outline });
    outlines.set(id, remembered);
    return remembered;
  };
}

/** Words of ASCII, one space between them: most texts, and nothing about them is to be mended or checked. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Text as it can be drawn on one line: composed characters, and one space for every run of line breaks, tabs and other
 * controls. Invisible marks of direction and joining are dropped. Throws `unsupported_character` with the name of the
 * field and the code points, not the text, which may be personal, when a character cannot be shown.
 */
export function printable(field: string, text: string): string {
  if (PLAIN.test(text)) return text;
  const line = text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const font = fontOf('regular');
  const missing = Array.from(line).filter(
    (character) => !font.hasGlyphForCodePoint(character.codePointAt(0) as number),
  );
  if (missing.length > 0) {
    throw new BillingError('unsupported_character', `${field}: ${[...new Set(missing)].map(nameOf).join(', ')}`);
  }
  return line;
}

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
