import type { Delivery } from '../domain/delivery.ts';
import { shardOf } from '../domain/run.ts';
import { forgottenAt } from './forgotten.ts';
import { deliveryKey, workKey } from './keys.ts';
import type { Item, ShardsOf } from './table.ts';

/** A delivery that begins. Until it is complete the sweep finds it, should its message be lost. */
export function deliveryItem(delivery: Delivery, shardsOf: ShardsOf): Item {
  const { sellerId, accountId, createdAt } = delivery;
  const key = deliveryKey(delivery);
  const shard = shardOf(accountId, shardsOf(sellerId));
  return { ...key, ...delivery, ...workKey('delivery', sellerId, shard, forgottenAt(createdAt), key) };
}
