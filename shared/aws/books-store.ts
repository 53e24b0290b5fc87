import type { Adjustment } from '../domain/books/adjustment.ts';
import type { Credit } from '../domain/books/credit.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { BooksStore } from '../ports.ts';
import { bookWrites, creditWrite, pendingReactivation, type Standing, standingOf } from './bookkeeping.ts';
import { accountKey, CREDIT, creditKey } from './keys.ts';
import { queryAll } from './pages.ts';
import { receivableItem } from './receivable-item.ts';
import { attempts } from './retry.ts';
import { entity, read, type ShardsOf, type Table, type TransactItem, transactOnce } from './table.ts';

/** Positions of the writes whose conditions can fail; behind them come receivables and credits. */
const ENTRY = 0;
const ACCOUNT = 1;
const MOST_ATTEMPTS = 10;

/** Adjustments of the books, and what customers have to their credit. */
export function createBooksStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): BooksStore {
  return {
    book: (adjustment, now) => book(table, shardsOf, adjustment, now),
    credit: (accountId, creditId) => read<Credit>(table, creditKey(accountId, creditId)),
    async creditsOf(accountId) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': accountKey(accountId).pk, ':prefix': CREDIT },
        ConsistentRead: true,
      });
      return items.map((item) => entity<Credit>(item));
    },
  };
}

/** See `BooksStore.book`. Reads the account again whenever its balance, credit or services moved meanwhile. */
async function book(
  table: Table,
  shardsOf: ShardsOf,
  adjustment: Adjustment,
  now: string,
): ReturnType<BooksStore['book']> {
  const { accountId } = adjustment;
  for await (const _last of attempts(MOST_ATTEMPTS)) {
    const account = await standingOf(table, accountId);
    const { writes, reactivation } = adjustmentWrites(adjustment, account, now, shardsOf);
    const result = await transactOnce(table, writes);
    if (result.kind === 'conflict') continue;
    if (result.kind === 'committed') return { result: 'written', ...reactivation };
    const by = refusedBy(result.refused);
    if (by === 'entry') {
      return { result: 'already-done', ...pendingReactivation(await standingOf(table, accountId)) };
    }
    if (by === 'other') return { result: 'stale' };
  }
  throw new Error(`The balance of ${accountId} kept changing while its books were adjusted`);
}

/** All that an adjustment writes; the entry and the account come first. */
export function adjustmentWrites(adjustment: Adjustment, account: Standing, now: string, shardsOf: ShardsOf) {
  const { entry, receivables, credits } = adjustment;
  const { writes, reactivation } = bookWrites(entry, account, now, shardsOf);
  const others = [...receivables.map((next) => receivableWrite(next, shardsOf)), ...credits.map(creditWrite)];
  return { writes: [...writes, ...others], reactivation };
}

/**
 * What the conditions say, the weightiest first: the entry exists, so that everything was done before; something else than
 * the account moved; the account moved. `besides`: a position that means nothing of it.
 */
export function refusedBy(refused: ReadonlyMap<number, unknown>, besides?: number): 'entry' | 'other' | 'account' {
  if (refused.has(ENTRY)) return 'entry';
  const others = [...refused.keys()].filter((position) => position !== ACCOUNT && position !== besides);
  return others.length > 0 ? 'other' : 'account';
}

const receivableWrite = (next: Receivable, shardsOf: ShardsOf): TransactItem => ({
  Put: {
    Item: receivableItem(next, shardsOf),
    ConditionExpression: 'version = :read',
    ExpressionAttributeValues: { ':read': next.version - 1 },
  },
});
