import type { Instant } from '../calendar.ts';
import { canonicalJson, type Digest } from './canonical.ts';
import { type Change, changesBetween } from './diff.ts';
import { type AuditedThing, accountIn, type ItemPlace, kindOf } from './kinds.ts';

/** Who causes a change: a person with roles, at an address, by a request; or a function of the product, by its name. */
export interface Actor {
  /** The subject of the token, or the function. */
  readonly by: string;
  readonly roles?: readonly string[];
  /** The IP address that the request came from. */
  readonly from?: string;
  readonly requestId?: string;
}

/** What every write leaves on the items that the audit log is about. `write` tells two writes of one moment apart. */
export interface Stamp extends Actor {
  readonly at: Instant;
  readonly write: string;
}

/** The attribute that holds the stamp. */
export const STAMP = 'changedBy';

/**
 * Somebody wrote past the product, which stamps all it writes: the stamp is missing, or still that of the write before.
 */
export const OUTSIDE: Actor = { by: 'outside-of-the-product' };

export type AuditAction = 'added' | 'changed' | 'removed';

/** One event in the audit log of an account (R45): who did what, when, from where, before and after. */
export interface AuditEntry {
  /** Of the table's stream: the same event has the same id however often it is delivered. */
  readonly id: string;
  readonly at: Instant;
  readonly what: AuditedThing;
  readonly action: AuditAction;
  /** Which of them: a method's id, an invoice's. Absent for the account itself. */
  readonly subject?: string;
  readonly by: Actor;
  readonly changes: readonly Change[];
}

type Image = Readonly<Record<string, unknown>>;

/** An item before and after a write, as the table's stream tells of it. */
export interface ImagePair {
  readonly id: string;
  /** When the table was written to, by its own clock: used where nobody left a stamp. */
  readonly writtenAt: Instant;
  readonly key: ItemPlace;
  readonly before?: Image;
  readonly after?: Image;
  /** Who removed the item, which can carry no stamp any more. */
  readonly removedBy?: Stamp;
}

/** Whose log an event belongs to, and its entry; undefined when nothing that the log is about changed. */
export function entryOf(pair: ImagePair): { readonly accountId: string; readonly entry: AuditEntry } | undefined {
  const { id, key, after } = pair;
  const kind = kindOf(key);
  const accountId = accountIn(key.pk) ?? (after ?? pair.before)?.accountId;
  if (kind === undefined || typeof accountId !== 'string') return undefined;
  // What the log begins to tell of with an attribute is not there for it before.
  const isThere = kind.rules.stream?.with === undefined || pair.before?.[kind.rules.stream.with] !== undefined;
  const before = isThere ? pair.before : undefined;
  const subject = key.sk.slice(kind.prefix.length);
  const { addedWith } = kind.rules;
  if (before === undefined && addedWith && subject.startsWith(addedWith)) return undefined;
  const changes = changesBetween(before, after, kind.rules);
  if (changes.length === 0) return undefined;
  const { by, at } = author(pair);
  return {
    accountId,
    entry: {
      ...{ id, at, what: kind.rules.what },
      action: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      ...(subject && kind.rules.what !== 'access' && { subject }),
      ...{ by, changes },
    },
  };
}

/** What is needed to tell who removed an item, when this pair is a removal. */
export const isRemoval = ({ before, after }: ImagePair): boolean => before !== undefined && after === undefined;

function author({ before, after, removedBy, writtenAt }: ImagePair): { by: Actor; at: Instant } {
  const stamp = after === undefined ? removedBy : stampIn(after);
  const last = stampIn(before);
  if (stamp === undefined || (after && last?.write === stamp.write)) return { by: OUTSIDE, at: writtenAt };
  const { at, write: _write, ...by } = stamp;
  return { by, at };
}

function stampIn(image: Image | undefined): Stamp | undefined {
  const stamp = image?.[STAMP] as Partial<Stamp> | undefined;
  return typeof stamp?.by === 'string' && typeof stamp.at === 'string' ? (stamp as Stamp) : undefined;
}

/** An item of the table holds 400 KB; a character may take four bytes. */
const MOST_ENTRY_LENGTH = 60_000;
const LONG_VALUE = 1_000;

/** An entry that fits into the log: of one that is too long, each long value is kept by its hash and length only. */
export function fitted(entry: AuditEntry, digest: Digest): AuditEntry {
  if (canonicalJson(entry).length <= MOST_ENTRY_LENGTH) return entry;
  const short = (value: unknown): unknown => {
    const text = canonicalJson(value) ?? '';
    return text.length <= LONG_VALUE ? value : { sha256: digest(text), length: text.length };
  };
  const changes = entry.changes.map(({ before, after, ...change }) => ({
    ...change,
    ...(before !== undefined && { before: short(before) }),
    ...(after !== undefined && { after: short(after) }),
  }));
  return { ...entry, changes };
}
