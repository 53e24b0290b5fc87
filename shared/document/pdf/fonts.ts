import { readFileSync } from 'node:fs';
import { BillingError } from '../../domain/errors.ts';
import { codePointName, onOneLine } from '../../domain/printable.ts';
import type { PreparedFont } from './prepared-font.ts';

export type Weight = 'regular' | 'semibold';
/**
 * As a page calls its fonts. Of each font the first glyphs, which are ASCII and what else the languages of the documents
 * need most, are written as one byte, and texts with any other in two bytes per glyph.
 */
export const FONT_NAMES: Readonly<Record<Weight, string>> = { regular: 'F1', semibold: 'F2' };
export const WIDE_FONT_NAMES: Readonly<Record<Weight, string>> = { regular: 'F3', semibold: 'F4' };
/** Glyph 1 is the space: the bytes of ASCII stand for themselves. */
export const FIRST_CODE = 32;
const LAST_CODE = 255;

/** A text as a font draws it. */
export interface ShapedText {
  /** At size 1. */
  readonly width: number;
  /** With the operator that shows it: `(Invoice)Tj`, or with kerning in thousandths of the size `[(T)60(o)]TJ`. */
  readonly shown: string;
  /** Two bytes per glyph. */
  readonly wide: boolean;
  /** The highest number among its glyphs: the subset that has it can draw the text. */
  readonly highest: number;
}

interface Glyph {
  readonly number: number;
  /** As one byte, escaped where it must be (ISO 32000-1, 7.3.4.2); absent where it takes two. */
  readonly byte: string | undefined;
  readonly hex: string;
  readonly width: number;
  readonly left: number;
  readonly right: number;
}

/** A font with everything about it that texts ask for, read once per process. */
export interface Font {
  readonly prepared: PreparedFont;
  has(character: string): boolean;
  /** Throws `unsupported_character` rather than draw a blank box. */
  shape(text: string): ShapedText;
}

const fonts = new Map<Weight, Font>();
/** Most texts of an invoice stand on every other one, too, and a long one measures all of its own before it draws them. More are forgotten together. */
const MOST_REMEMBERED = 20_000;

/** A font, prepared once per process and shared by all documents; nothing about it depends on those made before. */
export function fontOf(weight: Weight): Font {
  const known = fonts.get(weight);
  if (known !== undefined) return known;
  // The same relative path in the sources and beside a bundle, where the build copies the directory.
  const file = readFileSync(new URL(`./assets/${weight}.json`, import.meta.url), 'utf8');
  const font = createFont(JSON.parse(file) as PreparedFont);
  fonts.set(weight, font);
  return font;
}

/** The width of a text at size 1. */
export const widthOf = (text: string, weight: Weight): number => fontOf(weight).shape(text).width;

/** One glyph per character and kerning is all that Latin, Greek and Cyrillic need. Digits are tabular as they come. */
function createFont(prepared: PreparedFont): Font {
  const { unitsPerEm, kerning } = prepared;
  const glyphs = new Map<string, Glyph>();
  for (const [index, character] of Array.from(prepared.characters).entries()) {
    const number = index + 1;
    const hex = number.toString(16).padStart(4, '0');
    const code = number - 1 + FIRST_CODE;
    const byte = code > LAST_CODE ? undefined : String.fromCharCode(code).replace(/[()\\]/, '\\$&');
    const [width, left, right] = [prepared.widths[index]!, prepared.left[index]!, prepared.right[index]!];
    glyphs.set(character, { number, byte, hex, width, left, right });
  }
  const remembered = new Map<string, ShapedText>();

  function shape(text: string): ShapedText {
    let units = 0;
    let highest = 0;
    let bytes = '';
    let kerned = false;
    let before: Glyph | undefined;
    for (const character of text) {
      const glyph = glyphs.get(character);
      if (glyph === undefined) throw new BillingError('unsupported_character', codePointName(character));
      const kern = before === undefined ? 0 : kerning[before.left]![glyph.right]!;
      if (kern !== 0) {
        bytes += `)${(-kern * 1000) / unitsPerEm}(`;
        kerned = true;
      }
      bytes += glyph.byte;
      units += glyph.width + kern;
      if (glyph.number > highest) highest = glyph.number;
      before = glyph;
    }
    const width = units / unitsPerEm;
    if (highest - 1 + FIRST_CODE > LAST_CODE) return { width, shown: inTwoBytes(text), wide: true, highest };
    return { width, shown: kerned ? `[(${bytes})]TJ` : `(${bytes})Tj`, wide: false, highest };
  }

  /** All characters are known. */
  function inTwoBytes(text: string): string {
    let drawn = '';
    let before: Glyph | undefined;
    for (const character of text) {
      const glyph = glyphs.get(character)!;
      const kern = before === undefined ? 0 : kerning[before.left]![glyph.right]!;
      if (kern !== 0) drawn += `>${(-kern * 1000) / unitsPerEm}<`;
      drawn += glyph.hex;
      before = glyph;
    }
    return `[<${drawn}>]TJ`;
  }

  return {
    prepared,
    has: (character) => glyphs.has(character),
    shape(text) {
      let shaped = remembered.get(text);
      if (shaped === undefined) {
        shaped = shape(text);
        if (remembered.size >= MOST_REMEMBERED) remembered.clear();
        remembered.set(text, shaped);
      }
      return shaped;
    },
  };
}

/** Words of ASCII, one space between them: most texts, and nothing about them is to be mended or checked. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Signs that are drawn as they are, whatever stands beside them. In JSON a backslash, or a space at the beginning or end of a
 * text or beside another one, is something to be mended.
 */
const DRAWN = ' -~¡-¬®-ſ–—‘’“”„•…€→×';
const TO_MEND = new RegExp(`[^${DRAWN}]|\\\\|  |" | "`);

/** Whether nothing in a value, given as JSON, is to be mended or checked: a glance at most invoices, instead of at each text. */
export const isDrawable = (json: string): boolean => !TO_MEND.test(json);

/**
 * Text as it can be drawn on one line: composed characters, and one space for every run of line breaks, tabs and other
 * controls. Invisible marks of direction and joining are dropped. Throws `unsupported_character` with the code points, not the
 * text, which may be personal, when a character cannot be shown.
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  const known = lines.get(text);
  if (known !== undefined) return known;
  const line = onOneLine(text);
  const missing = missingFrom(line);
  if (missing.length > 0) throw new BillingError('unsupported_character', missing.join(', '));
  if (lines.size >= MOST_REMEMBERED) lines.clear();
  lines.set(text, line);
  return line;
}
const lines = new Map<string, string>();

/** As `printable`, with a question mark for what cannot be shown: for names that strangers choose, which must not stop an invoice. */
export function drawable(text: string): string {
  if (PLAIN.test(text)) return text;
  const font = fontOf('regular');
  return Array.from(onOneLine(text), (character) => (font.has(character) ? character : '?')).join('');
}

/** The code points of a text that cannot be shown, each once. */
export const unprintable = (text: string): string[] => missingFrom(onOneLine(text));

function missingFrom(line: string): string[] {
  const font = fontOf('regular');
  return [...new Set(Array.from(line).filter((character) => !font.has(character)))].map(codePointName);
}
