import { widthOf } from './pdf/fonts.ts';
import type { Style } from './styles.ts';

/** Points. */
export const textWidth = (text: string, style: Style): number => widthOf(text, style.weight) * style.size;

/** Lines no wider than `width`, broken at spaces, and inside words only where a single word is wider. */
export function wrapped(text: string, width: number, style: Style): string[] {
  if (textWidth(text, style) <= width) return text === '' ? [] : [text];
  const lines: string[] = [];
  const space = textWidth(' ', style);
  let line = '';
  let used = 0;
  const add = (word: string, wide: number) => {
    if (line === '') {
      line = word;
      used = wide;
    } else if (used + space + wide <= width) {
      line += ` ${word}`;
      used += space + wide;
    } else {
      lines.push(line);
      line = word;
      used = wide;
    }
  };
  for (const word of text.split(' ')) {
    const wide = textWidth(word, style);
    if (wide <= width) add(word, wide);
    else for (const piece of pieces(word, width, style)) add(piece, textWidth(piece, style));
  }
  return line === '' ? lines : [...lines, line];
}

/** Of a word that is wider. */
function pieces(word: string, width: number, style: Style): string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of word) {
    const wide = textWidth(character, style);
    if (part !== '' && used + wide > width) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += wide;
  }
  return [...parts, part];
}

/** The first line of a text, ending in an ellipsis where it goes on. */
export function shortened(text: string, width: number, style: Style): string {
  if (textWidth(text, style) <= width) return text;
  const room = width - textWidth('…', style);
  return room <= 0 ? '' : `${pieces(text, room, style)[0] ?? ''}…`;
}

/** A style made smaller, where it must be, so that a text is no wider than `width`; never below `least` points. */
export function fitting(text: string, width: number, style: Style, least: number): Style {
  const wide = textWidth(text, style);
  if (wide <= width) return style;
  return { ...style, size: Math.max(least, Math.floor((style.size * width * 4) / wide) / 4) };
}

/** The least of some widths in which a text takes no more lines than in this one, so that its last line is no single word. */
export function balancedWidth(text: string, width: number, style: Style): number {
  const lines = wrapped(text, width, style).length;
  if (lines < 2) return width;
  let [fits, over] = [width, width / 2];
  for (let step = 0; step < 5; step++) {
    const middle = (fits + over) / 2;
    if (wrapped(text, middle, style).length <= lines) fits = middle;
    else over = middle;
  }
  return fits;
}

/** A little less than a width where a paragraph would else end in a single word, which takes no more lines. */
export function proseWidth(text: string, width: number, style: Style): number {
  const lines = wrapped(text, width, style);
  const enough = width * SHORT_LINE;
  const ends = (of: readonly string[]) => textWidth(of.at(-1) ?? '', style) >= enough;
  if (lines.length < 2 || ends(lines)) return width;
  for (let share = 0.96; share > 0.7; share -= 0.04) {
    const narrower = wrapped(text, width * share, style);
    if (narrower.length > lines.length) return width;
    if (ends(narrower)) return width * share;
  }
  return width;
}
const SHORT_LINE = 0.15;

/** A text that takes no more than so many lines, ending in an ellipsis where it goes on. */
export function clamped(text: string, width: number, style: Style, most: number): string {
  if (wrapped(text, width, style).length <= most) return text;
  const characters = Array.from(text);
  const cut = (length: number) => `${characters.slice(0, length).join('').trimEnd()}…`;
  let [fits, over] = [0, characters.length];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (wrapped(cut(middle), width, style).length <= most) fits = middle;
    else over = middle;
  }
  return cut(fits);
}
