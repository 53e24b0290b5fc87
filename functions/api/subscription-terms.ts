import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { subscriptionOf } from '../../shared/domain/account-changes.ts';
import { cancelSubscription, changeInterval, recordActivation } from '../../shared/domain/subscription-terms.ts';
import { dateSchema } from '../../shared/import/field-schemas.ts';
import { subscriptionMisfits } from '../../shared/import/subscription-fit.ts';
import { intervalSchema } from '../../shared/import/subscription-schema.ts';
import { etagOf, viewAccount } from './account-view.ts';
import { cancelAndTell } from './cancellations.ts';
import { newRoutes, permittedForAccount, unchanged } from './context.ts';
import { invalid } from './problem.ts';
import { body, ifMatchSchema } from './route-parts.ts';
import { admitCancellation, admitChange } from './self-service.ts';
import { changed, saveSubscription, subscriptionParams, tags } from './subscriptions.ts';

/** What the three have in common: each is set once, and set again as it is, nothing changes. */
const term = { method: 'put', tags, responses: changed } as const;
const asking = { params: subscriptionParams, headers: ifMatchSchema };

/** From when, until when and by which interval a subscription is charged. */
export function subscriptionTerms() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      ...term,
      middleware: permittedForAccount('account.write'),
      path: '/accounts/{accountId}/subscriptions/{subscriptionId}/activation',
      summary: 'The provider confirmed the circuit: it is charged from this day on',
      request: { ...asking, body: body(z.strictObject({ on: dateSchema })) },
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { on } = c.req.valid('json');
      const activated = recordActivation(input, c.req.valid('param').subscriptionId, on);
      const next = await saveSubscription(c.var.deps, input, activated);
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  routes.openapi(
    createRoute({
      ...term,
      middleware: permittedForAccount('subscription.write'),
      path: '/accounts/{accountId}/subscriptions/{subscriptionId}/cancellation',
      summary: 'Ends a subscription with its term; until then it is charged in full, and nothing is refunded',
      request: { ...asking, body: body(z.strictObject({ requestedOn: dateSchema })) },
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { requestedOn } = c.req.valid('json');
      const { subscriptionId } = c.req.valid('param');
      await admitCancellation(c, input, subscriptionId, requestedOn);
      const next = await cancelAndTell(c.var, input, cancelSubscription(input, subscriptionId, requestedOn));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  routes.openapi(
    createRoute({
      ...term,
      middleware: permittedForAccount('subscription.write'),
      path: '/accounts/{accountId}/subscriptions/{subscriptionId}/interval',
      summary: 'Has it paid for by the month, quarter or year, from the next period that is not billed yet',
      request: { ...asking, body: body(z.strictObject({ interval: intervalSchema, from: dateSchema })) },
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { subscriptionId } = c.req.valid('param');
      const asked = c.req.valid('json');
      const { productId } = subscriptionOf(input.subscriptions, subscriptionId);
      const misfits = subscriptionMisfits({ productId, ...asked }, input.account, c.var.deps.stage.products);
      if (misfits.length > 0) throw invalid(422, misfits);
      const fields = { from: 'from', what: 'interval' };
      await admitChange(c, input, subscriptionId, { from: asked.from, more: asked.interval !== 'month', fields });
      const moved = changeInterval(input, subscriptionId, asked);
      const next = await saveSubscription(c.var.deps, input, moved);
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}
