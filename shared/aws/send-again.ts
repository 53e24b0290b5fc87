import { addHours } from '../domain/calendar.ts';
import type { Delivery, SentAgain } from '../domain/delivery.ts';
import type { AgainLog } from '../domain/mail-again.ts';
import { shardOf } from '../domain/run.ts';
import { latestSending } from '../domain/sendings.ts';
import { forgottenAt } from './forgotten.ts';
import { againLogKey, deliveryKey, workKey } from './keys.ts';
import { type ShardsOf, type Table, transact } from './table.ts';

/** Until when a log that nothing is added to can still refuse anything. */
const LOG_HOURS = 24;

/**
 * Puts a further sending on record, with what was sent again of the account, behind those that the delivery had when it was read and after the last of them was over.
 * Whether anybody has the document is open until it is over, too, so it leaves the list of those that nobody got; and until
 * then the sweep finds it, should its message be lost.
 */
export async function sendAgain(
  { table, shardsOf }: { readonly table: Table; readonly shardsOf: ShardsOf },
  delivery: Delivery,
  sending: SentAgain,
  log: AgainLog,
): Promise<'written' | 'stale'> {
  const { sellerId, accountId, again = [] } = delivery;
  const key = deliveryKey(delivery);
  const shard = shardOf(accountId, shardsOf(sellerId));
  const { workPk, workSk } = workKey('delivery', sellerId, shard, forgottenAt(sending.askedAt), key);
  const isOver = again.length === 0 ? 'completedAt' : `again[${again.length - 1}].completedAt`;
  if (latestSending(delivery).completedAt === undefined) return 'stale';
  const result = await transact(table, [
    {
      Update: {
        Key: key,
        UpdateExpression:
          'SET again = list_append(if_not_exists(again, :none), :one), workPk = :workPk, workSk = :workSk REMOVE unreachedSince, listPk, listSk',
        ConditionExpression: `attribute_exists(${isOver}) AND ${again.length === 0 ? 'attribute_not_exists(again)' : 'size(again) = :known'}`,
        ExpressionAttributeValues: {
          ...{ ':none': [], ':one': [sending], ':workPk': workPk, ':workSk': workSk },
          ...(again.length > 0 && { ':known': again.length }),
        },
      },
    },
    { Put: replacingLog(accountId, log, sending) },
  ]);
  return result.kind === 'committed' ? 'written' : 'stale';
}

function replacingLog(accountId: string, log: AgainLog, { askedAt }: SentAgain) {
  const expiresAt = Math.floor(Date.parse(addHours(askedAt, LOG_HOURS)) / 1000);
  return {
    Item: { ...againLogKey(accountId), ...log, expiresAt },
    // The table may have cleaned up an old one meanwhile.
    ConditionExpression: 'attribute_not_exists(pk) OR version = :read',
    ExpressionAttributeValues: { ':read': log.version - 1 },
  };
}
