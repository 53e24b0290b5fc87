import type { Account } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import { shardOf } from '../domain/run.ts';
import type { ServiceStore } from '../ports.ts';
import { handedOverListing } from './account-item.ts';
import { forgottenAt } from './forgotten.ts';
import { accountKey, serviceKey, workKey } from './keys.ts';
import { replacing } from './receivable-item.ts';
import { read, type ShardsOf, type Table, type TransactItem, transact, update } from './table.ts';

/** Suspension and reactivation: the account's state, and an item that stands as long as provisioning was not told. */
export function createServiceStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): ServiceStore {
  return {
    account: (accountId) => read<Account>(table, accountKey(accountId)),

    async requestSuspension(account, now) {
      if (account.services.status === 'suspending') return { result: 'already-done', number: account.services.number };
      const number = account.services.number + 1;
      const result = await transact(table, [
        suspend(account, number),
        pendingChange(account, { number, action: 'suspend' }, now, shardsOf),
      ]);
      if (result.kind === 'committed') return { result: 'written', number };
      const stored = result.refused.get(0) as Account | undefined;
      return stored?.services.status === 'suspending'
        ? { result: 'already-done', number: stored.services.number }
        : { result: 'stale' };
    },

    async restoreServices(account, receivable, now) {
      const { number } = account.services;
      const result = await transact(table, [
        restore(account),
        pendingChange(account, { number, action: 'reactivate' }, now, shardsOf),
        { Put: replacing(receivable, shardsOf) },
      ]);
      return result.kind === 'committed' ? 'written' : 'stale';
    },

    async stayOff(account, receivable) {
      const result = await transact(table, [
        stayOff(account, receivable.invoiceId),
        { Put: replacing(receivable, shardsOf) },
      ]);
      return result.kind === 'committed' ? 'written' : 'stale';
    },

    async handOver(account, handOver) {
      const listing = handedOverListing(account, handOver);
      const result = await update(table, {
        Key: accountKey(account.accountId),
        UpdateExpression: 'SET handedOver = :now, listPk = :list, listSk = :place',
        ConditionExpression: 'attribute_not_exists(handedOver) AND balance = :read AND balance > :nothing',
        ExpressionAttributeValues: {
          ':now': handOver,
          ':list': listing.listPk,
          ':place': listing.listSk,
          ':read': account.balance,
          ':nothing': 0,
        },
      });
      if (result.written) return 'written';
      return (result.stored as Account | undefined)?.handedOver ? 'already-done' : 'stale';
    },

    async pendingSince({ accountId, number, action }) {
      const pending = await read<{ readonly requestedAt: Instant }>(table, serviceKey(accountId, number, action));
      return pending?.requestedAt;
    },

    async awaitConfirmation({ accountId, number, action }, sellerId, again) {
      const key = serviceKey(accountId, number, action);
      const place = workKey('confirmation', sellerId, shardOf(accountId, shardsOf(sellerId)), again, key);
      await update(table, {
        Key: key,
        UpdateExpression: 'SET workPk = :pk, workSk = :sk',
        // Whoever confirmed it meanwhile took it away.
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':pk': place.workPk, ':sk': place.workSk },
      });
    },

    async confirmServices(accountId, number, action) {
      const Key = serviceKey(accountId, number, action);
      const result = await transact(table, [confirm(accountId, number, action), { Delete: { Key } }]);
      if (result.kind === 'committed') return 'written';
      // The services have moved on: this change is no longer asked for, and must not be swept for ever.
      await transact(table, [{ Delete: { Key } }]);
      return 'already-done';
    },
  };
}

/** The write that puts a change of services on record until provisioning confirms it; the sweep finds it by time. */
export function pendingChange(
  { accountId, sellerId }: Pick<Account, 'accountId' | 'sellerId'>,
  change: { readonly number: number; readonly action: 'suspend' | 'reactivate' },
  now: Instant,
  shardsOf: ShardsOf,
): TransactItem {
  const key = serviceKey(accountId, change.number, change.action);
  const shard = shardOf(accountId, shardsOf(sellerId));
  return {
    Put: {
      Item: { ...key, ...change, requestedAt: now, ...workKey('service', sellerId, shard, forgottenAt(now), key) },
    },
  };
}

const suspend = (account: Account, number: number): TransactItem => ({
  Update: {
    Key: accountKey(account.accountId),
    UpdateExpression: 'SET services = :suspending',
    ConditionExpression:
      'services.#status = :active AND services.#number = :current AND balance > :nothing AND balance = :read',
    ExpressionAttributeNames: { '#status': 'status', '#number': 'number' },
    ExpressionAttributeValues: {
      ':suspending': { status: 'suspending', number },
      ':active': 'active',
      ':current': account.services.number,
      ':nothing': 0,
      ':read': account.balance,
    },
  },
});

const stayOff = ({ accountId, services }: Account, invoiceId: string): TransactItem => ({
  Update: {
    Key: accountKey(accountId),
    UpdateExpression: 'SET services.alsoFor = :invoice',
    ConditionExpression: 'services.#number = :number AND services.#status IN (:suspending, :suspended)',
    ExpressionAttributeNames: { '#status': 'status', '#number': 'number' },
    ExpressionAttributeValues: {
      ':invoice': invoiceId,
      ':number': services.number,
      ':suspending': 'suspending',
      ':suspended': 'suspended',
    },
  },
});

/** Whoever pays meanwhile has them reactivated by the payment, and this comes to nothing. */
const restore = ({ accountId, services, balance }: Account): TransactItem => ({
  Update: {
    Key: accountKey(accountId),
    UpdateExpression: 'SET services = :restored',
    ConditionExpression: 'services = :known AND balance = :read AND balance > :nothing',
    ExpressionAttributeValues: {
      ':restored': { status: 'reactivating', number: services.number, withoutNotice: true },
      ':known': services,
      ':read': balance,
      ':nothing': 0,
    },
  },
});

const confirm = (accountId: string, number: number, action: 'suspend' | 'reactivate'): TransactItem => {
  const [under, done] = action === 'suspend' ? ['suspending', 'suspended'] : ['reactivating', 'active'];
  return {
    Update: {
      Key: accountKey(accountId),
      UpdateExpression: 'SET services.#status = :done',
      ConditionExpression: 'services.#status = :under AND services.#number = :number',
      ExpressionAttributeNames: { '#status': 'status', '#number': 'number' },
      ExpressionAttributeValues: { ':under': under, ':done': done, ':number': number },
    },
  };
};
