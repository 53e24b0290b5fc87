import type { Account } from '../domain/account.ts';
import { type CancellationConfirmation, occurrenceOf } from '../domain/cancellation.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { AccountStore } from '../ports.ts';
import { accountItem, handOverUnchanged } from './account-item.ts';
import { creditUnchanged } from './bookkeeping.ts';
import { deliveryItem } from './delivery-item.ts';
import {
  accountKey,
  billPk,
  cancellationKey,
  handedOverListPk,
  methodKey,
  processorMethodKey,
  subscriptionKey,
} from './keys.ts';
import { type PageQuery, queryAll, queryPage, queryPages } from './pages.ts';
import { readMany } from './read-many.ts';
import { entity, read, type ShardsOf, type Table, type TransactItem, transact } from './table.ts';

const MOST_PER_READ = 100;

/** Accounts with what belongs to them. Every change raises the account's version, so that no invoice is made across one. */
export function createAccountStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): AccountStore {
  const change = async (account: Account, ...writes: TransactItem[]): Promise<'written' | 'stale'> => {
    const result = await transact(table, [{ Put: replacingAccount(account, shardsOf) }, ...writes]);
    return result.kind === 'committed' ? 'written' : 'stale';
  };

  return {
    async createAccount({ account, subscriptions, methods }) {
      const { accountId } = account;
      const result = await transact(table, [
        { Put: { Item: accountItem(account, shardsOf), ConditionExpression: 'attribute_not_exists(pk)' } },
        ...subscriptions.map((of) => ({ Put: { Item: { ...subscriptionKey(accountId, of.subscriptionId), ...of } } })),
        ...methods.flatMap((of) => putMethod(accountId, of)),
      ]);
      return result.kind === 'committed' ? 'written' : 'already-done';
    },

    updateAccount: (account) => change(account),

    putSubscription: (account, subscription, cancellation) =>
      change(
        account,
        { Put: { Item: { ...subscriptionKey(account.accountId, subscription.subscriptionId), ...subscription } } },
        ...(cancellation === undefined ? [] : putCancellation(cancellation, shardsOf)),
      ),

    cancellation: (accountId, subscriptionId) => read(table, cancellationKey(accountId, subscriptionId)),

    putMethod: (account, method) => change(account, ...putMethod(account.accountId, method)),

    removeMethod: (account, { methodId, processorMethod }) =>
      change(
        account,
        { Delete: { Key: methodKey(account.accountId, methodId) } },
        { Delete: { Key: processorMethodKey(processorMethod, account.accountId) } },
      ),

    async accountsWithMethod(processorMethod) {
      const { pk } = processorMethodKey(processorMethod, '');
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      });
      return items.map(({ sk }) => String(sk));
    },

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
      const keys = page.items.map(({ pk }) => ({ ...accountKey(''), pk: String(pk) }));
      const found = await readMany(table, keys);
      const items = keys.map(({ pk }) => found.get(pk)).filter((item) => item !== undefined);
      return { ...page, items: items.map((item) => entity<Account>(item)) };
    },

    async handedOver(sellerId, limit, cursor) {
      const query = {
        index: 'listing',
        KeyConditionExpression: 'listPk = :pk',
        ExpressionAttributeValues: { ':pk': handedOverListPk(sellerId) },
      } as const;
      const page = await queryPage(table, query, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<Account>(item)) };
    },

    async accountsById(accountIds) {
      const found = await readMany(table, accountIds.map(accountKey));
      const accounts = [...found.values()].map((item) => entity<Account>(item));
      return new Map(accounts.map((account) => [account.accountId, account]));
    },
  };
}

/** The processor tells of a method by its own id: whose it is, stands beside it. */
const putMethod = (accountId: string, method: PaymentMethod): TransactItem[] => [
  { Put: { Item: { ...methodKey(accountId, method.methodId), ...method } } },
  { Put: { Item: processorMethodKey(method.processorMethod, accountId) } },
];

/**
 * Puts an account over the one whose version is one below. What others write without raising the version must stand as it
 * was read, too: payments move balance and credit, dunning the services and who looks after the debt.
 */
export function replacingAccount(account: Account, shardsOf: ShardsOf) {
  const credit = creditUnchanged(account);
  const handOver = handOverUnchanged(account);
  return {
    Item: accountItem(account, shardsOf),
    ConditionExpression: `version = :read AND balance = :balance AND services = :services AND ${credit.condition} AND ${handOver.condition}`,
    ExpressionAttributeValues: {
      ...credit.values,
      ...handOver.values,
      ':read': account.version - 1,
      ':balance': account.balance,
      ':services': account.services,
    },
  };
}

/** Written with the delivery of what it says now, so that it is mailed whatever happens afterwards. */
const putCancellation = (cancellation: CancellationConfirmation, shardsOf: ShardsOf): TransactItem[] => {
  const { sellerId, accountId, subscriptionId, requestedAt, withdrawn } = cancellation;
  const document = withdrawn === undefined ? 'cancellation' : 'cancellation-withdrawn';
  const occurrence = occurrenceOf(cancellation);
  const createdAt = withdrawn?.at ?? requestedAt;
  return [
    { Put: { Item: { ...cancellationKey(accountId, subscriptionId), ...cancellation } } },
    {
      Put: {
        Item: deliveryItem(
          { sellerId, accountId, about: subscriptionId, document, occurrence, createdAt, recipients: {} },
          shardsOf,
        ),
      },
    },
  ];
};
