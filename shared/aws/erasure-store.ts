import type { ProcessorErasure } from '../domain/erasure.ts';
import { shardOf } from '../domain/run.ts';
import type { ErasureStore } from '../ports.ts';
import { forgottenAt } from './forgotten.ts';
import { accountKey, ERASURE, erasureKey, workKey } from './keys.ts';
import { queryAll } from './pages.ts';
import { entity, put, read, type ShardsOf, type Table, update } from './table.ts';

/** Customers of the processor that are to be deleted there: one item each, which stays when it is done, without the id. */
export function createErasureStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): ErasureStore {
  const keyOf = ({ accountId, erasureId }: ProcessorErasure) => erasureKey(accountId, erasureId);
  const place = (of: ProcessorErasure, at: string) =>
    workKey('erasure', of.sellerId, shardOf(of.accountId, shardsOf(of.sellerId)), at, keyOf(of));
  return {
    async beginErasure(erasure) {
      const begun = await put(table, {
        Item: { ...keyOf(erasure), ...erasure, ...place(erasure, forgottenAt(erasure.requestedAt)) },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return begun.written ? 'written' : 'already-done';
    },

    erasure: (accountId, erasureId) => read<ProcessorErasure>(table, erasureKey(accountId, erasureId)),

    async erasuresOf(accountId) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': accountKey(accountId).pk, ':sk': ERASURE },
      });
      return items.map((item) => entity<ProcessorErasure>(item));
    },

    async concludeErasure(erasure, now) {
      await update(table, {
        Key: keyOf(erasure),
        UpdateExpression: 'SET deletedAt = :now REMOVE customer, waits, workPk, workSk',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(deletedAt)',
        ExpressionAttributeValues: { ':now': now },
      });
    },

    async postponeErasure(erasure, waits, again) {
      const { workPk, workSk } = place(erasure, again);
      await update(table, {
        Key: keyOf(erasure),
        UpdateExpression: 'SET waits = :waits, workPk = :pk, workSk = :sk',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(deletedAt)',
        ExpressionAttributeValues: { ':waits': waits, ':pk': workPk, ':sk': workSk },
      });
    },
  };
}
