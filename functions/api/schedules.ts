import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { CHOSEN_SCHEDULES } from '../../shared/domain/account.ts';
import { changeSchedule } from '../../shared/domain/schedule-change.ts';
import { dateSchema } from '../../shared/import/field-schemas.ts';
import { subscriptionMisfits } from '../../shared/import/subscription-fit.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import { newRoutes, permittedForAccount, savedAccount, unchanged } from './context.ts';
import { invalid } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json } from './route-parts.ts';

/** Staff: a plan that is billed every 30 days is billed by the year, or back (R88). */
export function schedules() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'put',
      path: '/accounts/{accountId}/schedule',
      summary: 'Has it billed every 30 days or by the year, from the next cycle that is not billed yet',
      tags: ['Accounts'],
      middleware: permittedForAccount('account.write'),
      request: {
        params: accountParams,
        headers: ifMatchSchema,
        body: body(z.strictObject({ schedule: z.enum(CHOSEN_SCHEDULES), from: dateSchema })),
      },
      responses: { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const moved = changeSchedule(input.account, c.req.valid('json'));
      const { products } = c.var.deps.stage;
      const misfits = input.subscriptions.flatMap(({ productId }) =>
        subscriptionMisfits({ productId }, moved, products),
      );
      if (misfits.length > 0) throw invalid(422, misfits);
      const next = moved === input.account ? input : await savedAccount(c.var.deps, input, moved);
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}
