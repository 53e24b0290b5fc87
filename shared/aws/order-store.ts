import type { Instant } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import { shardOf } from '../domain/run.ts';
import type { OrderStore } from '../ports.ts';
import { forgottenAt } from './forgotten.ts';
import { orderKey, unbilledOrderKey, workKey } from './keys.ts';
import { read, type ShardsOf, type Table, type TransactItem, transact } from './table.ts';

/** Orders of accounts. An order is written once; its invoice is found by the order's id. */
export const createOrderStore = ({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): OrderStore => ({
  async placeOrder(order, now) {
    const { kind } = await transact(table, orderWrites(order, now, shardsOf));
    return kind === 'committed' ? 'written' : 'already-done';
  },
  order: (accountId, orderId) => read<Order>(table, orderKey(accountId, orderId)),
  async orderBilled({ accountId, orderedOn, orderId }) {
    await transact(table, [{ Delete: { Key: unbilledOrderKey(accountId, orderedOn, orderId) } }]);
  },
});

/** An order, and what has the sweep find it, should the message that has it invoiced be lost. */
export function orderWrites(order: Order, now: Instant, shardsOf: ShardsOf): TransactItem[] {
  const { accountId, sellerId, orderedOn, orderId } = order;
  const key = unbilledOrderKey(accountId, orderedOn, orderId);
  const shard = shardOf(accountId, shardsOf(sellerId));
  return [
    { Put: { Item: { ...orderKey(accountId, orderId), ...order }, ConditionExpression: 'attribute_not_exists(pk)' } },
    { Put: { Item: { ...key, ...workKey('order', sellerId, shard, forgottenAt(now), key) } } },
  ];
}
