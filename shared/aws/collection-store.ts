import { opened } from '../domain/collection-outcome.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { PaymentAttempt, Receivable } from '../domain/receivable.ts';
import type { CollectionStore } from '../ports.ts';
import { concludeAttempt } from './conclude.ts';
import { ATTEMPT, attemptKey, methodKey, receivableKey, turnKey } from './keys.ts';
import { queryAll } from './pages.ts';
import { replacing } from './receivable-item.ts';
import type { PolicyOf } from './services-return.ts';
import { entity, put, type ShardsOf, type Table, type TransactItem, transact, update } from './table.ts';

interface Options {
  readonly table: Table;
  readonly shardsOf: ShardsOf;
  /** Absent: services come back when nothing is owed. */
  readonly policyOf?: PolicyOf;
}

/** Payment attempts, and the receivable as the one place where at most one of them is open. */
export function createCollectionStore({ table, shardsOf, policyOf }: Options): CollectionStore {
  return {
    async attempts(accountId, invoiceId) {
      const { pk, sk } = attemptKey(accountId, invoiceId ?? '', 0);
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':pk': pk,
          ':prefix': invoiceId === undefined ? ATTEMPT : sk.slice(0, -'000'.length),
        },
        ConsistentRead: true,
      });
      return items.map((item) => entity<PaymentAttempt>(item));
    },

    async beginAttempt(receivable, attempt, checkAgainAt, unchanged) {
      const result = await transact(table, [
        {
          Put: {
            Item: { ...attemptKey(attempt.accountId, attempt.invoiceId, attempt.attempt), ...attempt },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        { Put: replacing(opened(receivable, attempt, checkAgainAt), shardsOf) },
        ...(unchanged ? [noneDeclinedSince(attempt.accountId, unchanged)] : []),
      ]);
      if (result.kind === 'committed') return 'written';
      return result.refused.has(0) ? 'already-done' : 'stale';
    },

    async takeTurn(accountId, attemptKey, until, now) {
      const taken = await put(table, {
        Item: { ...turnKey(accountId), attemptKey, until },
        ConditionExpression: 'attribute_not_exists(pk) OR attemptKey = :mine OR #until <= :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':mine': attemptKey, ':now': now },
      });
      return taken.written ? 'taken' : 'busy';
    },

    async giveTurnBack(accountId, attemptKey) {
      await update(table, {
        Key: turnKey(accountId),
        // Given back is over at once; the item stays.
        UpdateExpression: 'SET #until = :over',
        ConditionExpression: 'attemptKey = :mine',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':mine': attemptKey, ':over': '' },
      });
    },

    async rememberIntent(receivable, intentId) {
      const remembered = await update(table, {
        Key: receivableKey(receivable.accountId, receivable.invoiceId),
        UpdateExpression: 'SET #collection.intentId = :intent, version = :version',
        ConditionExpression: 'version = :read AND attribute_not_exists(#collection.intentId)',
        ExpressionAttributeNames: { '#collection': 'collection' },
        ExpressionAttributeValues: {
          ':intent': intentId,
          ':version': receivable.version + 1,
          ':read': receivable.version,
        },
      });
      if (remembered.written) return 'written';
      const stored = remembered.stored as Receivable | undefined;
      return stored?.collection.intentId === intentId ? 'already-done' : 'stale';
    },

    concludeAttempt: (conclusion) => concludeAttempt({ table, shardsOf, policyOf }, conclusion),

    async updateReceivable(next) {
      const updated = await put(table, replacing(next, shardsOf));
      return updated.written ? 'written' : 'stale';
    },
  };
}

/** That the instrument remembers the declines it was read with, and no more. */
const noneDeclinedSince = (accountId: string, { methodId, declines }: PaymentMethod): TransactItem => ({
  ConditionCheck: {
    Key: methodKey(accountId, methodId),
    ConditionExpression: declines ? 'declines = :known' : 'attribute_not_exists(declines)',
    ...(declines && { ExpressionAttributeValues: { ':known': declines } }),
  },
});
