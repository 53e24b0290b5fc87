import type { Adjustment, BankEntryClaim } from '../domain/books/adjustment.ts';
import type { Credit } from '../domain/books/credit.ts';
import type { Dispute } from '../domain/books/dispute.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { BooksStore } from '../ports.ts';
import { bookWrites, creditWrite, pendingReactivation, type Standing, standingOf } from './bookkeeping.ts';
import { accountKey, bankEntryKey, CREDIT, creditKey, DISPUTE, disputeKey, openDisputesPk } from './keys.ts';
import { type PageQuery, queryAll, queryPage } from './pages.ts';
import { receivableItem } from './receivable-item.ts';
import { attempts } from './retry.ts';
import { nothingOverdue, type PolicyOf } from './services-return.ts';
import { entity, read, type ShardsOf, type Table, type TransactItem, transactOnce } from './table.ts';

/** Positions of the writes whose conditions can fail; behind them come receivables and credits. */
const ENTRY = 0;
const ACCOUNT = 1;
const MOST_ATTEMPTS = 10;

export interface BooksOptions {
  readonly table: Table;
  readonly shardsOf: ShardsOf;
  /** Absent: services come back when nothing is owed. */
  readonly policyOf?: PolicyOf;
}

/** Adjustments of the books, and what customers have to their credit. */
export function createBooksStore(options: BooksOptions): BooksStore {
  const { table } = options;
  return {
    book: (adjustment, now) => book(options, adjustment, now),
    credit: (accountId, creditId) => read<Credit>(table, creditKey(accountId, creditId)),
    async creditsOf(accountId) {
      const items = await queryAll(table, ofAccount(accountId, CREDIT));
      return items.map((item) => entity<Credit>(item));
    },
    bankEntry: (sellerId, entryId) => read(table, bankEntryKey(sellerId, entryId)),
    dispute: (accountId, invoiceId, disputeId) => read<Dispute>(table, disputeKey(accountId, invoiceId, disputeId)),
    async disputesOf(accountId, invoiceId) {
      const prefix = invoiceId === undefined ? DISPUTE : disputeKey(accountId, invoiceId, '').sk;
      const items = await queryAll(table, ofAccount(accountId, prefix));
      return items.map((item) => entity<Dispute>(item));
    },
    async openDisputes(sellerId, limit, cursor) {
      const query = {
        index: 'listing',
        KeyConditionExpression: 'listPk = :pk',
        ExpressionAttributeValues: { ':pk': openDisputesPk(sellerId) },
      } as const;
      const page = await queryPage(table, query, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<Dispute>(item)) };
    },
  };
}

const ofAccount = (accountId: string, prefix: string): PageQuery => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':pk': accountKey(accountId).pk, ':prefix': prefix },
  ConsistentRead: true,
});

/** See `BooksStore.book`. Reads the account again whenever its balance, credit or services moved meanwhile. */
async function book(options: BooksOptions, adjustment: Adjustment, now: string): ReturnType<BooksStore['book']> {
  const { table } = options;
  const { accountId } = adjustment;
  for await (const _last of attempts(MOST_ATTEMPTS)) {
    const account = await standingOf(table, accountId);
    const { writes, reactivation } = await adjustmentWrites(options, adjustment, account, now);
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

/** All that an adjustment writes, decided on an account that was just read; the entry and the account come first. */
export async function adjustmentWrites(
  { table, shardsOf, policyOf }: BooksOptions,
  adjustment: Adjustment,
  account: Standing,
  now: string,
) {
  const { entry, receivables, credits, disputes = [], bankEntry } = adjustment;
  const { writes, reactivation } = bookWrites(entry, account, now, shardsOf, {
    ...adjustment,
    nothingOverdue: await nothingOverdue(table, policyOf, adjustment, account, now),
  });
  const others = [
    ...receivables.map((next) => receivableWrite(next, shardsOf)),
    ...credits.map(creditWrite),
    ...disputes.map(disputeWrite),
    ...(bankEntry ? [bankEntryWrite(adjustment.sellerId, bankEntry)] : []),
  ];
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

/** Listed for finance as long as it is open. */
function disputeWrite(next: Dispute): TransactItem {
  const { sellerId, accountId, invoiceId, disputeId, openedAt, status } = next;
  const key = disputeKey(accountId, invoiceId, disputeId);
  const listing = { listPk: openDisputesPk(sellerId), listSk: `${openedAt}#${accountId}#${disputeId}` };
  const Item = { ...key, ...next, ...(status === 'open' && listing) };
  if (next.version === 1) return { Put: { Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  const ExpressionAttributeValues = { ':read': next.version - 1 };
  return { Put: { Item, ConditionExpression: 'version = :read', ExpressionAttributeValues } };
}

function bankEntryWrite(sellerId: string, { entryId, accountId, creditId, released }: BankEntryClaim): TransactItem {
  const Key = bankEntryKey(sellerId, entryId);
  if (!released)
    return { Put: { Item: { ...Key, accountId, creditId }, ConditionExpression: 'attribute_not_exists(pk)' } };
  const ExpressionAttributeValues = { ':of': creditId, ':account': accountId };
  return { Delete: { Key, ConditionExpression: 'creditId = :of AND accountId = :account', ExpressionAttributeValues } };
}

const receivableWrite = (next: Receivable, shardsOf: ShardsOf): TransactItem => ({
  Put: {
    Item: receivableItem(next, shardsOf),
    ConditionExpression: 'version = :read',
    ExpressionAttributeValues: { ':read': next.version - 1 },
  },
});
