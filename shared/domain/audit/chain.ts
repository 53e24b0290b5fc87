import { canonicalJson, type Digest } from './canonical.ts';
import type { AuditEntry } from './entry.ts';

/** An entry in its place. `hash` covers the entry, its number, and by the hash before it everything that came before. */
export interface ChainedEntry extends AuditEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly hash: string;
}

/** How far a chain has come. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** What a daily anchor says of a chain: where its head was at the end of a day. Anchors are kept where nobody can change them. */
export interface Anchor extends ChainHead {
  /** In UTC. */
  readonly date: string;
}

/** The head of a chain without entries. It holds the account's id, so that no chain passes for that of another account. */
export const genesis = (accountId: string, digest: Digest): ChainHead => ({
  sequence: 0,
  hash: digest(`audit log of ${accountId}`),
});

/** Entries in their places behind `head`. */
export function chained(head: ChainHead, entries: readonly AuditEntry[], digest: Digest): ChainedEntry[] {
  let { sequence, hash } = head;
  return entries.map((entry) => {
    sequence += 1;
    hash = hashOf(hash, { ...entry, sequence }, digest);
    return { ...entry, sequence, hash };
  });
}

const hashOf = (previous: string, entry: AuditEntry & { readonly sequence: number }, digest: Digest): string =>
  digest(`${previous}\n${canonicalJson(entry)}`);

/** Where a chain stops being what was written, and why. */
export interface Break {
  readonly sequence: number;
  readonly reason: string;
}

/** `head`: how far the chain is sound. `break`: the first entry, or missing one, that does not fit. */
export interface Verdict {
  readonly head: ChainHead;
  readonly anchorsMet: number;
  readonly break?: Break;
}

/**
 * Recomputes a chain from its entries, in order, and compares it with the anchors. What was changed, taken out, put in or
 * moved is found at the first entry that does not fit; a chain that was rewritten or cut off as a whole, by the anchors.
 * Entries behind the last anchor are vouched for by the chain alone.
 */
export function verifyChain(
  accountId: string,
  entries: readonly ChainedEntry[],
  anchors: readonly Anchor[],
  digest: Digest,
): Verdict {
  let head = genesis(accountId, digest);
  const met: string[] = [];
  const broken = (sequence: number, reason: string): Verdict => ({
    head,
    anchorsMet: met.length,
    break: { sequence, reason },
  });
  const waiting = anchors.toSorted((a, b) => a.sequence - b.sequence);
  for (const entry of entries) {
    const { hash, ...content } = entry;
    if (entry.sequence !== head.sequence + 1) return broken(head.sequence + 1, `Entry ${head.sequence + 1} is missing`);
    if (hashOf(head.hash, content, digest) !== hash)
      return broken(entry.sequence, 'The entry, or one before it, is not as it was written: its hash does not fit');
    head = { sequence: entry.sequence, hash };
    for (; waiting[0]?.sequence === entry.sequence; waiting.shift()) {
      const { date, hash: kept } = waiting[0];
      if (kept !== hash)
        return broken(entry.sequence, `The anchor of ${date} has another hash: the chain was rewritten`);
      met.push(date);
    }
  }
  const [unmet] = waiting;
  if (unmet)
    return broken(head.sequence + 1, `The anchor of ${unmet.date} knows ${unmet.sequence} entries: some are cut off`);
  return { head, anchorsMet: met.length };
}
