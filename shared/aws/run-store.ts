import { type RunEntry, type RunId, type RunOutcome, type RunShard, type RunTally, shardOf } from '../domain/run.ts';
import type { RunStore } from '../ports.ts';
import { inParallel } from './concurrency.ts';
import { forgottenAt } from './forgotten.ts';
import { billPk, entryKey, runKey, SHARD, shardKey, workKey, workSk, workUntil } from './keys.ts';
import { eachItem, queryAll, queryPage } from './pages.ts';
import { settleEntry } from './run-entries.ts';
import { entity, put, read, type ShardsOf, type Table, type TransactItem, transact, update } from './table.ts';

const WRITES_AT_ONCE = 16;
const MOST_PER_TRANSACTION = 100;

/** Billing runs: which accounts are due, how far the fan-out has come, and what became of each account. */
export function createRunStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): RunStore {
  const shards = async (run: RunId): Promise<RunShard[]> => {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :shard)',
      ExpressionAttributeValues: { ':pk': shardKey(run, 0).pk, ':shard': SHARD },
      ConsistentRead: true,
    });
    return items.map((item) => entity<RunShard>(item));
  };
  const outcomes = (run: RunId, shard: number) => ({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': entryKey(run, shard, '').pk },
  });

  return {
    async beginRun(run, count, now) {
      if (await read(table, runKey(run))) return 'already-done';
      // The shards come first: a run that exists is complete, and one that was begun twice keeps its progress.
      await inParallel(range(count), WRITES_AT_ONCE, (shard) => beginShard(table, { ...run, shard, done: false }, now));
      const begun = await put(table, {
        Item: { ...runKey(run), ...run, shards: count, startedAt: now },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return begun.written ? 'written' : 'already-done';
    },

    shards,

    async dueAccounts(sellerId, shard, onOrBefore, limit, cursor) {
      const page = await queryPage(
        table,
        {
          index: 'work',
          KeyConditionExpression: 'workPk = :pk AND workSk < :until',
          ExpressionAttributeValues: { ':pk': billPk(sellerId, shard), ':until': workUntil(onOrBefore) },
        },
        limit,
        cursor,
      );
      const items = page.items.map(({ workSk }) => {
        const [billingDate = '', accountId = ''] = String(workSk).split('#');
        return { accountId, billingDate };
      });
      return { ...page, items };
    },

    async recordPlanned(run, shard, accountIds) {
      // A batch write would be cheaper by half but blind: it could hide an outcome for ever, when a second fan-out has had
      // the account billed meanwhile, and this one dies before its message makes issue-invoice settle the entry again.
      for (let from = 0; from < accountIds.length; from += MOST_PER_TRANSACTION) {
        const some = accountIds.slice(from, from + MOST_PER_TRANSACTION);
        await transact(
          table,
          some.map((accountId) => plan(run, shard, accountId)),
        );
      }
    },

    checkpoint: (shard, next, now) => checkpoint(table, shard, next, now),

    async entries(run, shard, limit, cursor) {
      const page = await queryPage(table, outcomes(run, shard), limit, cursor);
      return {
        ...page,
        items: page.items.map(({ sk, ...item }) => ({
          accountId: String(sk),
          ...entity<Omit<RunEntry, 'accountId'>>(item),
        })),
      };
    },

    async tally(run) {
      const counts: Record<RunOutcome, number> = { planned: 0, invoiced: 0, zero: 0, held: 0, failed: 0 };
      for (const { shard } of await shards(run)) {
        const query = { ...outcomes(run, shard), ProjectionExpression: 'outcome' };
        for await (const { outcome } of eachItem(table, query)) counts[outcome as RunOutcome]++;
      }
      const { planned: open, ...settled } = counts;
      return {
        ...settled,
        open,
        planned: Object.values(counts).reduce((sum, count) => sum + count),
      } satisfies RunTally;
    },

    async runs(sellerId, limit) {
      const page = await queryPage(
        table,
        {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': runKey({ sellerId, businessDate: '' }).pk },
          ScanIndexForward: false,
        },
        limit,
      );
      return page.items.map(({ sk }) => String(sk));
    },

    async recordFailed(run, accountId, code, reason) {
      const shard = shardOf(accountId, shardsOf(run.sellerId));
      await settleEntry(table, run, shard, { accountId, outcome: 'failed', code, reason }, ['planned', 'failed']);
    },

    async recordSettled(run, accountId, outcome) {
      const shard = shardOf(accountId, shardsOf(run.sellerId));
      await settleEntry(table, run, shard, { accountId, outcome }, ['planned', 'failed', 'held']);
    },
  };
}

const plan = (run: RunId, shard: number, accountId: string): TransactItem => ({
  Update: {
    Key: entryKey(run, shard, accountId),
    UpdateExpression: 'SET outcome = if_not_exists(outcome, :planned)',
    ExpressionAttributeValues: { ':planned': 'planned' },
  },
});

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

async function beginShard(table: Table, shard: RunShard, now: string): Promise<void> {
  const key = shardKey(shard, shard.shard);
  await put(table, {
    Item: { ...key, ...shard, ...workKey('run', shard.sellerId, shard.shard, forgottenAt(now), key) },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
}

const checkpoint = async (
  table: Table,
  shard: RunShard,
  next: { cursor?: string; done: boolean },
  now: string,
): ReturnType<RunStore['checkpoint']> => {
  const key = shardKey(shard, shard.shard);
  const values: Record<string, unknown> = { ':done': next.done, ':open': false };
  const set = ['done = :done'];
  const gone: string[] = [];
  if (next.cursor === undefined) gone.push('#cursor');
  else {
    set.push('#cursor = :next');
    values[':next'] = next.cursor;
  }
  if (next.done) gone.push('workPk', 'workSk');
  else {
    set.push('workSk = :work');
    values[':work'] = workSk(forgottenAt(now), key);
  }
  if (shard.cursor !== undefined) values[':read'] = shard.cursor;
  const moved = await update(table, {
    Key: key,
    UpdateExpression: `SET ${set.join(', ')}${gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : ''}`,
    ConditionExpression: `done = :open AND ${shard.cursor === undefined ? 'attribute_not_exists(#cursor)' : '#cursor = :read'}`,
    ExpressionAttributeNames: { '#cursor': 'cursor' },
    ExpressionAttributeValues: values,
  });
  if (moved.written) return 'written';
  return moved.stored?.done === next.done && moved.stored.cursor === next.cursor ? 'already-done' : 'stale';
};
