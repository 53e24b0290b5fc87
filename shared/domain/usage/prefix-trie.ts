/**
 * A set of digit prefixes for longest-prefix match, in flat arrays: no strings are cut and nothing is allocated by a
 * lookup. The prefixes have the positions of the sorted list that the trie was built from.
 */
export interface PrefixTrie {
  /** Ten children per node; 0: none, as the root is nobody's child. */
  readonly children: Int32Array;
  /** Position of the prefix that ends at a node; −1: none. */
  readonly ends: Int32Array;
  /** Position of the next shorter prefix of a prefix; −1: none. */
  readonly shorter: Int32Array;
}

const ZERO = 48;

/** Builds the trie of unique prefixes of digits in ascending (code unit) order; the empty prefix is allowed. */
export function prefixTrie(sorted: readonly string[]): PrefixTrie {
  const most = sorted.reduce((total, prefix) => total + prefix.length, 1);
  const children = new Int32Array(most * 10);
  const ends = new Int32Array(most).fill(-1);
  const shorter = new Int32Array(sorted.length);
  let nodes = 1;
  for (const [position, prefix] of sorted.entries()) {
    let node = 0;
    let above = -1;
    for (let i = 0; i < prefix.length; i++) {
      if (ends[node]! >= 0) above = ends[node]!;
      const child = node * 10 + prefix.charCodeAt(i) - ZERO;
      if (children[child] === 0) children[child] = nodes++;
      node = children[child]!;
    }
    ends[node] = position;
    shorter[position] = above;
  }
  return { children: children.slice(0, nodes * 10), ends: ends.slice(0, nodes), shorter };
}

/** Position of the longest prefix that the digits of `number` begin with, from index `from` on; −1: none. */
export function longestPrefix({ children, ends }: PrefixTrie, number: string, from: number): number {
  let node = 0;
  let found = ends[0]!;
  for (let i = from; i < number.length; i++) {
    node = children[node * 10 + number.charCodeAt(i) - ZERO]!;
    if (node === 0) break;
    if (ends[node]! >= 0) found = ends[node]!;
  }
  return found;
}
