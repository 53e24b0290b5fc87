import { createRoute } from '@hono/zod-openapi';
import { ChangeRefused, changeAccount, withoutFields } from '../../shared/domain/account-changes.ts';
import { holdSchema } from '../../shared/import/account-schema.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import { newRoutes, permittedForAccount, savedAccount, unchanged } from './context.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json } from './route-parts.ts';

const changed = { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS };
const tags = ['Accounts'];

/** Finance: no invoices for an account for now, and why. */
export function holds() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'put',
      path: '/accounts/{accountId}/hold',
      summary: 'Holds an account: it gets no invoice until it is released',
      tags,
      middleware: permittedForAccount('account.hold'),
      request: {
        params: accountParams,
        headers: ifMatchSchema,
        body: body(holdSchema),
      },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const hold = { reason: c.req.valid('json').reason, since: c.var.now };
      const next = await savedAccount(c.var.deps, input, changeAccount(input.account, { hold }));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/accounts/{accountId}/hold',
      summary: 'Releases an account: the next run invoices it',
      tags,
      middleware: permittedForAccount('account.hold'),
      request: { params: accountParams, headers: ifMatchSchema },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      if (input.account.hold === undefined) throw new ChangeRefused('not_on_hold', 'hold');
      const next = await savedAccount(c.var.deps, input, withoutFields(changeAccount(input.account, {}), ['hold']));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}
