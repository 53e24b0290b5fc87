/** A source of numbers that gives the same ones for the same seed, on every machine. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** True once in `1 / share` times. */
  chance(share: number): boolean;
  /** Replaces `#` by a digit and `?` by a letter of `letters`. */
  fill(pattern: string, letters?: string): string;
}

/** Letters that postal codes use: none that looks like a digit. */
const CLEAR_LETTERS = 'ABEGHJLNPRSTVXY';

/** Mulberry32. `seed` is any whole number; different streams of one seed are independent. */
export function randomFrom(seed: number, stream = 0): Random {
  let state = (seed * 0x9e3779b1 + stream * 0x85ebca6b) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    pick: (items) => items[int(0, items.length - 1)]!,
    chance: (share) => next() < share,
    fill: (pattern, letters = CLEAR_LETTERS) =>
      pattern.replace(/[#?]/g, (mark) => (mark === '#' ? String(int(0, 9)) : letters[int(0, letters.length - 1)]!)),
  };
}
