import { createRoute } from '@hono/zod-openapi';
import type { BillingInput, Subscription } from '../../shared/domain/account.ts';
import { addSubscription, changeSubscription } from '../../shared/domain/account-changes.ts';
import { changeSchema, idSchema, subscriptionSchema } from '../../shared/import/account-schema.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import {
  type ApiDeps,
  accountParams,
  body,
  CHANGE_PROBLEMS,
  ifMatchSchema,
  json,
  newRoutes,
  permittedForAccount,
  saved,
  unchanged,
} from './context.ts';
import { invalid } from './problem.ts';

const changed = { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS };
const tags = ['Subscriptions'];

/** Staff: what a customer has, as a history of quantities. A change is charged from its effective day (R97). */
export function subscriptions() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/subscriptions',
      summary: 'Adds a product with its quantities by day',
      tags,
      middleware: permittedForAccount('account.write'),
      request: { params: accountParams, headers: ifMatchSchema, body: body(subscriptionSchema) },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const added = c.req.valid('json');
      if (!c.var.deps.stage.products.some(({ productId }) => productId === added.productId))
        throw invalid(422, [{ field: 'productId', reason: `the catalog has no product "${added.productId}"` }]);
      const next = await save(c.var.deps, input, addSubscription(input, added));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/subscriptions/{subscriptionId}/changes',
      summary: 'Adds to or removes from a subscription; before or after the 1st it is charged or credited by the day',
      tags,
      middleware: permittedForAccount('account.write'),
      request: {
        params: accountParams.extend({ subscriptionId: idSchema }),
        headers: ifMatchSchema,
        body: body(changeSchema),
      },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { subscriptionId } = c.req.valid('param');
      const next = await save(c.var.deps, input, changeSubscription(input, subscriptionId, c.req.valid('json')));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}

async function save(
  { store }: ApiDeps,
  input: BillingInput,
  { account, subscription }: { account: BillingInput['account']; subscription: Subscription },
): Promise<BillingInput> {
  saved(await store.putSubscription(account, subscription));
  const others = input.subscriptions.filter(({ subscriptionId }) => subscriptionId !== subscription.subscriptionId);
  return { ...input, account, subscriptions: [...others, subscription] };
}
