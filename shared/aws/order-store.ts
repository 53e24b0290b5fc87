import type { Order } from '../domain/order.ts';
import type { OrderStore } from '../ports.ts';
import { orderKey } from './keys.ts';
import { put, read, type Table } from './table.ts';

/** Orders of accounts. An order is written once; its invoice is found by the order's id. */
export const createOrderStore = ({ table }: { table: Table }): OrderStore => ({
  async placeOrder(order) {
    const { written } = await put(table, {
      Item: { ...orderKey(order.accountId, order.orderId), ...order },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return written ? 'written' : 'already-done';
  },
  order: (accountId, orderId) => read<Order>(table, orderKey(accountId, orderId)),
});
