import type { Account } from '../domain/account.ts';
import type { AccountStore } from '../ports.ts';
import { accountItem } from './account-item.ts';
import { accountKey, billPk, methodKey, subscriptionKey } from './keys.ts';
import { type PageQuery, queryPages } from './pages.ts';
import { attempts } from './retry.ts';
import { entity, type Item, type ShardsOf, type Table, type TransactItem, transact } from './table.ts';

const MOST_PER_READ = 100;

/** Accounts with what belongs to them. Every change raises the account's version, so that no invoice is made across one. */
export function createAccountStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): AccountStore {
  const change = async (account: Account, ...writes: TransactItem[]): Promise<'written' | 'stale'> => {
    const result = await transact(table, [{ Put: replacing(account, shardsOf) }, ...writes]);
    return result.kind === 'committed' ? 'written' : 'stale';
  };

  return {
    async createAccount({ account, subscriptions, methods }) {
      const { accountId } = account;
      const result = await transact(table, [
        { Put: { Item: accountItem(account, shardsOf), ConditionExpression: 'attribute_not_exists(pk)' } },
        ...subscriptions.map((of) => ({ Put: { Item: { ...subscriptionKey(accountId, of.subscriptionId), ...of } } })),
        ...methods.map((of) => ({ Put: { Item: { ...methodKey(accountId, of.methodId), ...of } } })),
      ]);
      return result.kind === 'committed' ? 'written' : 'already-done';
    },

    updateAccount: (account) => change(account),

    putSubscription: (account, subscription) =>
      change(account, {
        Put: { Item: { ...subscriptionKey(account.accountId, subscription.subscriptionId), ...subscription } },
      }),

    putMethod: (account, method) =>
      change(account, { Put: { Item: { ...methodKey(account.accountId, method.methodId), ...method } } }),

    removeMethod: (account, methodId) => change(account, { Delete: { Key: methodKey(account.accountId, methodId) } }),

    async accountsOf(sellerId, limit, cursor) {
      const shards = Array.from(
        { length: shardsOf(sellerId) },
        (_, shard): PageQuery => ({
          index: 'work',
          KeyConditionExpression: 'workPk = :pk',
          ExpressionAttributeValues: { ':pk': billPk(sellerId, shard) },
        }),
      );
      const page = await queryPages(table, shards, Math.min(limit, MOST_PER_READ), cursor);
      const found = await readAll(
        table,
        page.items.map(({ pk }) => String(pk)),
      );
      return { ...page, items: page.items.flatMap(({ pk }) => found.get(String(pk)) ?? []) };
    },
  };
}

/**
 * Puts an account over the one whose version is one below. What others write without raising the version must stand as it
 * was read, too: payments move the balance, dunning the services.
 */
function replacing(account: Account, shardsOf: ShardsOf) {
  return {
    Item: accountItem(account, shardsOf),
    ConditionExpression: 'version = :read AND balance = :balance AND services = :services',
    ExpressionAttributeValues: {
      ':read': account.version - 1,
      ':balance': account.balance,
      ':services': account.services,
    },
  };
}

/** The accounts of at most a hundred partitions, by partition. */
async function readAll(table: Table, partitions: readonly string[]): Promise<Map<string, Account>> {
  const found = new Map<string, Account>();
  let keys: Item[] = partitions.map((pk) => ({ ...accountKey(''), pk }));
  for await (const last of attempts()) {
    if (keys.length === 0) return found;
    const { Responses, UnprocessedKeys } = await table.call('BatchGetItem', {
      RequestItems: { [table.name]: { Keys: keys } },
    });
    for (const item of Responses?.[table.name] ?? []) found.set(String(item.pk), entity<Account>(item));
    keys = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (last && keys.length > 0) throw new Error(`${keys.length} accounts could not be read; the table is throttled`);
  }
  return found;
}
