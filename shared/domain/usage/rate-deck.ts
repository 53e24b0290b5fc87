import { BillingError } from '../errors.ts';
import type { Currency } from '../money.ts';
import { checkDeck, type DeckKind } from './check-deck.ts';
import { dayNumber } from './local-date.ts';
import { longestPrefix, type PrefixTrie, prefixTrie } from './prefix-trie.ts';
import type { RateRow } from './usage.ts';

/** Rate rows made ready for the lookup of the longest prefix that is in force on a day. */
export interface RateDeck {
  readonly prefixes: PrefixTrie;
  /** By prefix, then date. */
  readonly rows: readonly RateRow[];
  /** Where the rows of each prefix begin, and one more for the end. */
  readonly starts: Int32Array;
  /** First and last day of each row, as `dayNumber`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

const FOR_EVER = 99_991_231;

/** Builds a deck. Throws `invalid_rate_deck` with every problem that `checkDeck` finds; nothing is guessed or left out. */
export function buildDeck(rows: readonly RateRow[], currency: Currency, kind: DeckKind = 'prefixes'): RateDeck {
  const problems = checkDeck(rows, currency, kind);
  if (problems.length > 0) {
    const words = problems.map(({ row, field, reason }) => `row ${row}, ${field}: ${reason}`);
    throw new BillingError('invalid_rate_deck', words.join('; '));
  }
  const sorted = [...rows].sort((a, b) => compare(a.prefix, b.prefix) || compare(a.from, b.from));
  const starts = sorted.flatMap((row, index) => (row.prefix === sorted[index - 1]?.prefix ? [] : [index]));
  return {
    prefixes: prefixTrie(starts.map((index) => sorted[index]!.prefix)),
    rows: sorted,
    starts: Int32Array.from([...starts, sorted.length]),
    from: Int32Array.from(sorted, ({ from }) => dayNumber(from)),
    to: Int32Array.from(sorted, ({ to }) => (to === undefined ? FOR_EVER : dayNumber(to))),
  };
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * The row of the longest prefix of an E.164 number (with `+`) that is in force on a day (`dayNumber`, in the seller's time
 * zone). A prefix whose rows have all ended or not begun gives way to the next shorter one. A class's deck has one prefix,
 * the empty one, and takes any number.
 */
export function rateOn(deck: RateDeck, number: string, day: number): RateRow | undefined {
  const { prefixes, rows, starts, from, to } = deck;
  for (let at = longestPrefix(prefixes, number, 1); at >= 0; at = prefixes.shorter[at]!) {
    for (let row = starts[at]!; row < starts[at + 1]!; row++) {
      if (from[row]! <= day && day <= to[row]!) return rows[row];
    }
  }
  return undefined;
}
