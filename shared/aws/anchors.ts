import { canonicalJson } from '../domain/audit/canonical.ts';
import { addDays, firstOf, lastOf, type PlainDate } from '../domain/calendar.ts';
import type { Anchors, Documents } from '../ports.ts';
import { ANCHOR_SHARDS, anchorShardOf } from './audit-store.ts';
import { inParallel } from './concurrency.ts';

/** An anchor as it is kept: account, number and hash of each head, in order of the accounts. */
interface AnchorFile {
  readonly date: PlainDate;
  readonly shard: number;
  readonly heads: readonly (readonly [accountId: string, sequence: number, hash: string])[];
}

const AT_ONCE = 8;
const keyOf = (date: PlainDate, shard: number): string => `anchors/${String(shard).padStart(2, '0')}/${date}.json`;

/** Anchors as objects under a lock: one per day and share of the chains, written once. */
export function createAnchors(files: Pick<Documents, 'storeOnce' | 'load'>): Anchors {
  return {
    async anchor(date, shard, heads) {
      if (shard >= ANCHOR_SHARDS) throw new RangeError(`There is no share ${shard} of the chains`);
      const listed = [...heads].map(([accountId, { sequence, hash }]) => [accountId, sequence, hash] as const);
      const file: AnchorFile = { date, shard, heads: listed.sort(([a], [b]) => (a < b ? -1 : 1)) };
      return await files.storeOnce(keyOf(date, shard), Buffer.from(canonicalJson(file)), 'application/json');
    },

    async anchorsOf(accountId, month) {
      const days: PlainDate[] = [];
      for (let date = firstOf(month); date <= lastOf(month); date = addDays(date, 1)) days.push(date);
      const shard = anchorShardOf(accountId);
      const found = new Map<PlainDate, { sequence: number; hash: string }>();
      await inParallel(days, AT_ONCE, async (date) => {
        const bytes = await files.load(keyOf(date, shard));
        if (bytes === undefined) return;
        const { heads } = JSON.parse(Buffer.from(bytes).toString()) as AnchorFile;
        const head = heads.find(([id]) => id === accountId);
        if (head) found.set(date, { sequence: head[1], hash: head[2] });
      });
      return days.flatMap((date) => (found.has(date) ? [{ date, ...found.get(date)! }] : []));
    },
  };
}
