import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Account } from '../../shared/domain/account.ts';
import { changeAccount, withoutFields } from '../../shared/domain/account-changes.ts';
import { refuseForeignFields } from '../../shared/domain/self-service.ts';
import { newAccount } from '../../shared/import/account-line.ts';
import { type AccountPatch, accountPatchSchema, accountSchema } from '../../shared/import/account-schema.ts';
import { addNumbers } from '../../shared/usage/add-numbers.ts';
import { accessToSeller, type Principal } from './access.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import { newRoutes, permitted, permittedForAccount, permittedForSeller, savedAccount, unchanged } from './context.ts';
import { invalid, productProblem } from './problem.ts';
import {
  accountParams,
  body,
  CHANGE_PROBLEMS,
  ifMatchSchema,
  json,
  PROBLEMS,
  pageQuery,
  sellerParams,
} from './route-parts.ts';
import { asksForItself } from './self-service.ts';

const summary = z.object({
  accountId: z.string(),
  name: z.string(),
  services: z.string(),
  nextBillingDate: z.string(),
  currency: z.string(),
  balance: z.int(),
  onHold: z.boolean(),
});
const page = z.object({ accounts: z.array(summary), cursor: z.string().optional() });
const changed = { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS };
const tags = ['Accounts'];

/** Customers: staff all of it, a billing admin what is its own. */
export function accounts() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/accounts',
      summary: 'The accounts of a seller',
      tags,
      middleware: permittedForSeller('account.list'),
      request: { params: sellerParams, query: pageQuery },
      responses: { 200: json('A page; `cursor` leads to the next.', page), ...PROBLEMS },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const found = await c.var.deps.store.accountsOf(c.var.seller.sellerId, limit, cursor);
      return c.json(
        { accounts: found.items.map(summarise), ...(found.cursor === undefined ? {} : { cursor: found.cursor }) },
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts',
      summary: 'Creates an account; the body is a line of an import file',
      tags,
      middleware: permitted('account.write'),
      request: { body: body(accountSchema) },
      responses: { 201: json('The new account.', accountView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const line = c.req.valid('json');
      refuseForeignSeller(c.var.principal, line.sellerId);
      const parsed = newAccount(line, c.var.deps.stage, c.var.now);
      if (parsed.kind === 'rejected') throw invalid(422, parsed.problems);
      if ((await c.var.deps.store.createAccount(parsed.input)) === 'already-done')
        throw productProblem('account_exists', 'accountId');
      await addNumbers(c.var.deps.store, parsed);
      return c.json(viewAccount(parsed.input), 201, etagOf(parsed.input.account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}',
      summary: 'An account with its subscriptions and payment methods',
      tags,
      middleware: permittedForAccount('account.read'),
      request: { params: accountParams },
      responses: { 200: json('The account.', accountView), ...PROBLEMS },
    }),
    (c) => c.json(viewAccount(c.var.input), 200, etagOf(c.var.input.account)),
  );
  routes.openapi(
    createRoute({
      method: 'patch',
      path: '/accounts/{accountId}',
      summary: 'Changes what is named; null takes an optional value away',
      tags,
      middleware: permittedForAccount('profile.write'),
      request: { params: accountParams, headers: ifMatchSchema, body: body(accountPatchSchema) },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const patch = c.req.valid('json');
      if (asksForItself(c, 'profile.write')) refuseForeignFields(Object.keys(patch));
      const next = await savedAccount(c.var.deps, input, patched(input.account, patch));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}

function patched(account: Account, patch: AccountPatch): Account {
  const { billingAddress, reference, callDetails, trafficStudy, ...rest } = patch;
  const cleared = withoutFields(account, [
    ...(billingAddress === null ? (['billingAddress'] as const) : []),
    ...(reference === null ? (['reference'] as const) : []),
    ...(callDetails === null ? (['callDetails'] as const) : []),
    ...(trafficStudy === null ? (['trafficStudy'] as const) : []),
  ]);
  return changeAccount(cleared, {
    ...rest,
    ...(billingAddress ? { billingAddress } : {}),
    ...(reference ? { reference } : {}),
    ...(callDetails ? { callDetails } : {}),
    ...(trafficStudy ? { trafficStudy } : {}),
  });
}

/** A seller that the caller does not work for does not exist. */
function refuseForeignSeller(principal: Principal, sellerId: string): void {
  if (accessToSeller(principal, 'account.write', sellerId) !== 'granted')
    throw invalid(422, [{ field: 'sellerId', reason: `no seller has the id "${sellerId}"` }]);
}

const summarise = ({ accountId, name, services, nextBillingDate, currency, balance, hold }: Account) => ({
  accountId,
  name,
  services: services.status,
  nextBillingDate,
  currency,
  balance,
  onHold: hold !== undefined,
});
