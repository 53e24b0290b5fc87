import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonicalJson } from '../domain/audit/canonical.ts';
import { type ChainedEntry, type ChainHead, chained, genesis } from '../domain/audit/chain.ts';
import type { AuditEntry } from '../domain/audit/entry.ts';
import { addHours, type Instant } from '../domain/calendar.ts';
import { shardOf } from '../domain/run.ts';
import type { AuditStore } from '../ports.ts';
import { sha256 } from './digest.ts';
import { eachItem, type PageQuery } from './pages.ts';
import { attempts } from './retry.ts';
import { type Item, put, type Table } from './table.ts';

/** The table's stream keeps an event for 24 hours: whatever it tells again was appended since. */
const STREAM_HOURS = 25;
/** An item of the table holds 400 KB. */
const MOST_BYTES = 256 * 1024;
/** Over how many index partitions, and anchors, the chains of a day are spread. Never changes. */
export const ANCHOR_SHARDS = 64;
const MOST_ATTEMPTS = 10;

/**
 * A part of a chain: the entries that one batch of the stream brought. It stands under the number of its first entry, so
 * that of two that are appended at the same time one finds its place taken; blocks are never changed.
 */
interface Block extends ChainHead {
  readonly entries: readonly ChainedEntry[];
  readonly recordedAt: Instant;
}

/** The audit logs of all accounts, in a table of their own to which one function may add, and in which nobody may change. */
export function createAuditStore({ table }: { table: Table }): AuditStore {
  return {
    async append(accountId, entries, now) {
      let added = 0;
      for (const part of inBlocks(entries)) added += await appendBlock(table, accountId, part, now);
      return added;
    },

    async entries(accountId, after, limit) {
      const found: ChainedEntry[] = [];
      // The block that holds the entry after `after` may have begun before it.
      const before = await first(table, { ...blocksOf(accountId, '<=', after + 1), ScanIndexForward: false });
      if (before) found.push(...before.entries.filter(({ sequence }) => sequence > after));
      for await (const item of eachItem(table, blocksOf(accountId, '>', after + 1))) {
        if (found.length > limit) break;
        found.push(...blockOf(item).entries);
      }
      return found.slice(0, limit);
    },

    async newest(accountId, limit) {
      const found: ChainedEntry[] = [];
      for await (const item of eachItem(table, newestFirst(accountId))) {
        found.unshift(...blockOf(item).entries);
        if (found.length >= limit) break;
      }
      return found.slice(-limit);
    },

    async headsMovedOn(date, shard) {
      const heads = new Map<string, ChainHead>();
      const query: PageQuery = {
        index: 'moved',
        KeyConditionExpression: 'movedPk = :pk',
        ExpressionAttributeValues: { ':pk': movedPk(date, shard) },
      };
      // In order of account and number: the last of an account is its head.
      for await (const { pk, last, hash } of eachItem(table, query))
        heads.set(String(pk), { sequence: Number(last), hash: String(hash) });
      return heads;
    },
  };
}

async function appendBlock(
  table: Table,
  accountId: string,
  entries: readonly AuditEntry[],
  now: () => Instant,
): Promise<number> {
  for await (const _last of attempts(MOST_ATTEMPTS)) {
    const recordedAt = now();
    const { head, known } = await recent(table, accountId, addHours(recordedAt, -STREAM_HOURS));
    const fresh = entries.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return 0;
    const links = chained(head, fresh, sha256);
    const block = { ...links.at(-1)!, entries: links, recordedAt };
    const { written } = await put(table, {
      Item: blockItem(accountId, block),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    if (written) return fresh.length;
  }
  throw new Error(`The audit log of ${accountId} kept growing while it was appended to`);
}

/** Where the chain ends, and which entries were appended since `since`. */
async function recent(table: Table, accountId: string, since: Instant) {
  const known = new Set<string>();
  let head: ChainHead | undefined;
  for await (const item of eachItem(table, newestFirst(accountId))) {
    const { entries, recordedAt, sequence, hash } = blockOf(item);
    head ??= { sequence, hash };
    if (recordedAt < since) break;
    for (const { id } of entries) known.add(id);
  }
  return { head: head ?? genesis(accountId, sha256), known };
}

/** Most appends look at what was written in the last minutes only. */
const BLOCKS_PER_READ = 10;
const newestFirst = (accountId: string): PageQuery => ({
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': accountId },
  ScanIndexForward: false,
  ConsistentRead: true,
  Limit: BLOCKS_PER_READ,
});

const blocksOf = (accountId: string, comparison: '<=' | '>', sequence: number): PageQuery => ({
  KeyConditionExpression: `pk = :pk AND sk ${comparison} :sequence`,
  ExpressionAttributeValues: { ':pk': accountId, ':sequence': sortKey(sequence) },
  ConsistentRead: true,
});

async function first(table: Table, query: PageQuery): Promise<Block | undefined> {
  for await (const item of eachItem(table, { ...query, Limit: 1 })) return blockOf(item);
  return undefined;
}

const sortKey = (sequence: number): string => String(sequence).padStart(12, '0');
const movedPk = (date: string, shard: number): string => `${date}#${String(shard).padStart(2, '0')}`;
/** Which index partition, and anchor, the chain of an account belongs to. */
export const anchorShardOf = (accountId: string): number => shardOf(accountId, ANCHOR_SHARDS);

function blockItem(accountId: string, { entries, recordedAt, sequence, hash }: Block): Item {
  const sk = sortKey(entries[0]!.sequence);
  return {
    ...{ pk: accountId, sk, last: sequence, hash, recordedAt },
    // As text: what was hashed is what is kept, to the letter. Packed it takes a third, and so do the writes that are paid.
    entries: deflateRawSync(canonicalJson(entries)),
    movedPk: movedPk(recordedAt.slice(0, 10), anchorShardOf(accountId)),
    movedSk: `${accountId}#${sk}`,
  };
}

const blockOf = (item: Item): Block => ({
  entries: JSON.parse(inflateRawSync(item.entries as Buffer).toString()) as ChainedEntry[],
  recordedAt: String(item.recordedAt),
  sequence: Number(item.last),
  hash: String(item.hash),
});

/** Splits entries where an item would grow too large; one alone always fits (see `fitted`). */
function inBlocks(entries: readonly AuditEntry[]): AuditEntry[][] {
  const blocks: AuditEntry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const size = Buffer.byteLength(canonicalJson(entry)) + 200;
    if (bytes + size > MOST_BYTES) {
      blocks.push([]);
      bytes = 0;
    }
    bytes += size;
    blocks.at(-1)!.push(entry);
  }
  return blocks;
}
