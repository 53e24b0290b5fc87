import type { Instant } from '../domain/calendar.ts';
import type { Receivable } from '../domain/receivable.ts';
import { shardOf } from '../domain/run.ts';
import { forgottenAt } from './forgotten.ts';
import { listPk, receivableKey, workKey } from './keys.ts';
import type { Item, ShardsOf, TransactItem } from './table.ts';

/** The receivable with its places in the indexes: by the next instant at which something is to be done, and by number. */
export function receivableItem(receivable: Receivable, shardsOf: ShardsOf): Item {
  const { sellerId, accountId, invoiceId, collection, dunning } = receivable;
  const key = receivableKey(accountId, invoiceId);
  const due = [sweptAt(collection), dunning.nextAt].filter((instant) => instant !== undefined).sort();
  return {
    ...key,
    ...receivable,
    collectAt: collection.nextAt,
    dunAt: dunning.nextAt,
    ...(due[0] && workKey('receivable', sellerId, shardOf(accountId, shardsOf(sellerId)), due[0], key)),
    listPk: listPk(sellerId, receivable.invoiceDate.slice(0, 7), receivable.series),
    listSk: receivable.number,
  };
}

/** A first attempt and a requested one have a message on its way: only when that is forgotten does the sweep send another. */
function sweptAt({ state, attempts, requested, nextAt }: Receivable['collection']): Instant | undefined {
  const announced = state === 'idle' && (attempts === 0 || requested !== undefined);
  return announced && nextAt !== undefined ? forgottenAt(nextAt) : nextAt;
}

/** Writes a receivable over the one whose version is one below. */
export const replacing = (next: Receivable, shardsOf: ShardsOf) =>
  ({
    Item: receivableItem(next, shardsOf),
    ConditionExpression: 'version = :read',
    ExpressionAttributeValues: { ':read': next.version - 1 },
  }) satisfies Extract<TransactItem, { Put: unknown }>['Put'];
