import { PRINTABLE } from './printable-characters.ts';

/** Code points from and to, both counted, in ascending order. */
const RANGES = PRINTABLE.split(' ').map((range) => {
  const [from = 0, to = from] = range.split('-').map((hex) => Number.parseInt(hex, 16));
  return [from, to] as const;
});

function isPrintable(character: string): boolean {
  const code = character.codePointAt(0)!;
  let [low, high] = [0, RANGES.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = RANGES[middle]!;
    if (code < from) high = middle - 1;
    else if (code > to) low = middle + 1;
    else return true;
  }
  return false;
}

/**
 * A text as documents take it, on one line: composed characters, one space for every run of line breaks, tabs and other
 * controls, and no invisible marks of direction and joining.
 */
export const onOneLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();

/** The characters of a text that no document can show, each once. */
export const unprintableIn = (text: string): string[] => [
  ...new Set(Array.from(onOneLine(text)).filter((character) => !isPrintable(character))),
];

/** `U+5317`. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
