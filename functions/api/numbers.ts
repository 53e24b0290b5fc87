import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { overlaps } from '../../shared/domain/number-owner.ts';
import { ownedNumberSchema, phoneNumberSchema } from '../../shared/import/account-schema.ts';
import { dateSchema } from '../../shared/import/field-schemas.ts';
import { newRoutes, permittedForAccount } from './context.ts';
import { productProblem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, json, PROBLEMS, pageQuery } from './route-parts.ts';

const numberView = z.object({ number: z.string(), from: z.string(), to: z.string().optional() }).meta({ id: 'Number' });
const page = z.object({ numbers: z.array(numberView), cursor: z.string().optional() });
const tags = ['Numbers'];

/** Staff: which telephone numbers a customer has, since when and until when. By them calls are found to be its own. */
export function numbers() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/numbers',
      summary: 'The numbers that an account has or had; both days belong to the time',
      tags,
      middleware: permittedForAccount('account.read'),
      request: { params: accountParams, query: pageQuery },
      responses: { 200: json('A page; `cursor` leads to the next.', page), ...PROBLEMS },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const found = await c.var.deps.store.numbersOf(c.var.input.account.accountId, limit, cursor);
      return c.json({ numbers: [...found.items], ...(found.cursor && { cursor: found.cursor }) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/numbers',
      summary: 'Gives the account a number; calls answered from that day on are its own',
      tags,
      middleware: permittedForAccount('account.write'),
      request: { params: accountParams, body: body(ownedNumberSchema) },
      responses: { 201: json('The number.', numberView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { accountId, sellerId } = c.var.input.account;
      const { store } = c.var.deps;
      const { to, ...given } = c.req.valid('json');
      const owned = { ...given, ...(to && { to }) };
      const owners = (await store.ownersOf([owned.number])).get(owned.number) ?? [];
      if (owners.some((owner) => owner.accountId !== accountId && overlaps(owner, owned)))
        throw productProblem('number_owned', 'number');
      await store.addNumber({ accountId, sellerId }, owned);
      return c.json(owned, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/numbers/{number}/end',
      summary: 'Says which day is the last on which the account has the number',
      tags,
      middleware: permittedForAccount('account.write'),
      request: {
        params: accountParams.extend({ number: phoneNumberSchema }),
        body: body(z.strictObject({ to: dateSchema })),
      },
      responses: { 200: json('The number.', numberView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { accountId, number } = c.req.valid('param');
      const ended = await c.var.deps.store.endNumber(accountId, number, c.req.valid('json').to);
      if (ended === undefined) throw productProblem('number_not_found', 'number');
      return c.json(ended, 200);
    },
  );
  return routes;
}
