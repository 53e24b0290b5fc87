import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { awakenWith } from '../../shared/collection/waiting-invoices.ts';
import type { Account } from '../../shared/domain/account.ts';
import { addMethod, chooseDefault, chooseFallbacks, removeMethod } from '../../shared/domain/account-changes.ts';
import { dateIn } from '../../shared/domain/calendar.ts';
import { methodSchema } from '../../shared/import/account-schema.ts';
import { idSchema } from '../../shared/import/field-schemas.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import {
  type ApiDeps,
  newRoutes,
  permittedForAccount,
  saved,
  savedAccount,
  sellerOfAccount,
  unchanged,
} from './context.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json } from './route-parts.ts';

const changed = { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS };
const tags = ['Payment methods'];

/** Cards, bank and connected accounts, as the processor's tokens: staff adds them, the customer's billing admin orders and removes them. */
export function methods() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/payment-methods',
      summary: 'Adds a payment method; the first one becomes the default',
      tags,
      middleware: permittedForAccount('account.write'),
      request: { params: accountParams, headers: ifMatchSchema, body: body(methodSchema) },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const method = c.req.valid('json');
      const today = dateIn(c.var.now, sellerOfAccount(c.var.deps, input).timeZone);
      const account = addMethod(input, method, today);
      const save = () => c.var.deps.store.putMethod(account, method);
      await changeDefault(c.var.deps, input.account, account, c.var.now, save);
      return c.json(viewAccount({ ...input, account, methods: [...input.methods, method] }), 200, etagOf(account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'put',
      path: '/accounts/{accountId}/default-payment-method',
      summary: 'Chooses the method that autopay charges; invoices given up with the old one are tried at once',
      tags,
      middleware: permittedForAccount('method.write'),
      request: {
        params: accountParams,
        headers: ifMatchSchema,
        body: body(z.strictObject({ methodId: idSchema })),
      },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const account = chooseDefault(input, c.req.valid('json').methodId);
      const save = () => c.var.deps.store.updateAccount(account);
      await changeDefault(c.var.deps, input.account, account, c.var.now, save);
      return c.json(viewAccount({ ...input, account }), 200, etagOf(account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'put',
      path: '/accounts/{accountId}/fallback-payment-methods',
      summary: 'Chooses which methods autopay tries, in this order, when the default is declined for good',
      tags,
      middleware: permittedForAccount('method.write'),
      request: {
        params: accountParams,
        headers: ifMatchSchema,
        body: body(z.strictObject({ methodIds: z.array(idSchema).max(8) })),
      },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const account = chooseFallbacks(input, c.req.valid('json').methodIds);
      return c.json(viewAccount(await savedAccount(c.var.deps, input, account)), 200, etagOf(account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/accounts/{accountId}/payment-methods/{methodId}',
      summary: 'Removes a payment method; with the last one autopay ends',
      tags,
      middleware: permittedForAccount('method.write'),
      request: { params: accountParams.extend({ methodId: idSchema }), headers: ifMatchSchema },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { methodId } = c.req.valid('param');
      const account = removeMethod(input, methodId);
      const removed = input.methods.find((method) => method.methodId === methodId);
      if (removed) saved(await c.var.deps.store.removeMethod(account, removed));
      const methods = input.methods.filter((method) => method.methodId !== methodId);
      return c.json(viewAccount({ ...input, account, methods }), 200, etagOf(account));
    },
  );
  return routes;
}

/** Saves an account whose default method may be another one now. Throws 409 `account_changed`. */
async function changeDefault(
  deps: ApiDeps,
  before: Account,
  after: Account,
  now: string,
  save: () => Promise<'written' | 'stale'>,
): Promise<void> {
  const same = before.defaultMethodId === after.defaultMethodId;
  saved(await (same ? save() : awakenWith(deps, after, now, save)));
}
