import { createRoute } from '@hono/zod-openapi';
import type { BillingInput } from '../../shared/domain/account.ts';
import type { CancellationConfirmation } from '../../shared/domain/cancellation.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { addSubscription, changeSubscription } from '../../shared/domain/subscription-terms.ts';
import { idSchema } from '../../shared/import/field-schemas.ts';
import { subscriptionMisfits } from '../../shared/import/subscription-fit.ts';
import { changeSchema, subscriptionSchema } from '../../shared/import/subscription-schema.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import { type ApiDeps, newRoutes, permittedForAccount, saved, unchanged } from './context.ts';
import { invalid } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json } from './route-parts.ts';
import { admitChange, admitOrder } from './self-service.ts';

export const changed = { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS };
export const tags = ['Subscriptions'];
export const subscriptionParams = accountParams.extend({ subscriptionId: idSchema });
type Changed = { readonly account: BillingInput['account']; readonly subscription: Subscription };

/** What a customer has, as a history of quantities. A change is charged from its effective day (R97). */
export function subscriptions() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/subscriptions',
      summary: 'Adds a product with its quantities by day',
      tags,
      middleware: permittedForAccount('subscription.write'),
      request: { params: accountParams, headers: ifMatchSchema, body: body(subscriptionSchema) },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const added = c.req.valid('json');
      const misfits = subscriptionMisfits(added, input.account, c.var.deps.stage.products);
      if (misfits.length > 0) throw invalid(422, misfits);
      await admitOrder(c, added);
      const next = await saveSubscription(c.var.deps, input, addSubscription(input, added));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/subscriptions/{subscriptionId}/changes',
      summary: 'Adds to or removes from a subscription; before or after the 1st it is charged or credited by the day',
      tags,
      middleware: permittedForAccount('subscription.write'),
      request: {
        params: subscriptionParams,
        headers: ifMatchSchema,
        body: body(changeSchema),
      },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { subscriptionId } = c.req.valid('param');
      const change = c.req.valid('json');
      const fields = { from: 'effectiveOn', what: 'delta' };
      await admitChange(c, input, subscriptionId, { from: change.effectiveOn, more: change.delta > 0, fields });
      const next = await saveSubscription(c.var.deps, input, changeSubscription(input, subscriptionId, change));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}

/** Saves a change; what changes nothing is not written, so that asking again is safe. */
export async function saveSubscription(
  { store }: ApiDeps,
  input: BillingInput,
  { account, subscription }: Changed,
  cancellation?: CancellationConfirmation,
): Promise<BillingInput> {
  if (account === input.account) return input;
  saved(await store.putSubscription(account, subscription, cancellation));
  const others = input.subscriptions.filter(({ subscriptionId }) => subscriptionId !== subscription.subscriptionId);
  return { ...input, account, subscriptions: [...others, subscription] };
}
