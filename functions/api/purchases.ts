import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { dateIn, type Instant } from '../../shared/domain/calendar.ts';
import { composePurchase } from '../../shared/domain/compose-purchase.ts';
import { type Order, orderFaults, purchaseInvoiceId, sameOrder } from '../../shared/domain/order.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { addressSchema, idSchema } from '../../shared/import/field-schemas.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { type ApiDeps, newRoutes, permittedForAccount } from './context.ts';
import { urlIdOf } from './invoice-view.ts';
import { invalid, Problem, productProblem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, json } from './route-parts.ts';
import { admitPurchase } from './self-service.ts';

const orderSchema = z.strictObject({
  orderId: idSchema,
  items: z
    .array(z.strictObject({ productId: idSchema, quantity: z.int().min(1).max(100_000) }))
    .min(1, 'needs at least one item')
    .max(50),
  shippingAddress: addressSchema.optional(),
});
const placed = z.object({
  orderId: z.string(),
  orderedOn: z.string(),
  invoiceId: z.string().describe('Of the invoice that the order gets; none when it is free.'),
});

/** What a customer buys once. It is invoiced by itself, on the day of purchase (R157). */
export function purchases() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/purchases',
      summary: 'Places an order, which is invoiced at once; the same order sent again is the same order',
      tags: ['Purchases'],
      middleware: permittedForAccount('subscription.write'),
      request: { params: accountParams, body: body(orderSchema) },
      responses: { 202: json('The order, of today or as it was placed before.', placed), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, input, now } = c.var;
      const { accountId, sellerId } = input.account;
      const seller = sellerOf(deps.stage, sellerId);
      const asked: Order = { ...c.req.valid('json'), accountId, sellerId, orderedOn: dateIn(now, seller.timeZone) };
      const known = await deps.store.order(accountId, asked.orderId);
      const products = asked.items.map(({ productId }) => productId);
      if (known === undefined) await admitPurchase(c, products);
      const order = known ?? (await place(deps, input, asked, seller, now));
      if (!sameOrder(order, asked)) throw productProblem('order_exists', 'orderId');
      const { orderId, orderedOn } = order;
      // Also when it was placed before: the first try may have died before it sent.
      await sendOrder(deps, order);
      return c.json({ orderId, orderedOn, invoiceId: urlIdOf(purchaseInvoiceId(order)) }, 202);
    },
  );
  return routes;
}

/** Has an order invoiced. Should this die before, the sweep does it; sent again it is still invoiced once. */
export const sendOrder = (
  { queues }: Pick<ApiDeps, 'queues'>,
  { sellerId, accountId, orderId, orderedOn }: Order,
): Promise<void> =>
  queues.send('invoices', [{ sellerId, accountId, billingDate: orderedOn, businessDate: orderedOn, orderId }]);

/** Writes an order that can be invoiced, or returns the one that was written under its id meanwhile. */
async function place(
  { store, stage }: ApiDeps,
  input: Parameters<typeof composePurchase>[0],
  asked: Order,
  seller: Seller,
  now: Instant,
): Promise<Order> {
  const faults = orderFaults(asked, input.account.currency, stage.products);
  if (faults.length > 0) throw invalid(422, faults);
  const decision = composePurchase(input, asked, seller, stage.products);
  if (decision.outcome === 'held') throw new Problem(422, 'order_not_billable', decision.reason);
  if ((await store.placeOrder(asked, now)) === 'written') return asked;
  return (await store.order(asked.accountId, asked.orderId)) ?? asked;
}
