import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { disputeView, tags, viewDispute } from './dispute-view.ts';
import { newestFirst } from './newest-first.ts';
import { accountParams, json, PROBLEMS, pageQuery, sellerParams } from './route-parts.ts';

/** Disputes to look at: those of an account, and those of a seller that wait for finance. */
export function disputeLists() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/disputes',
      summary: 'The disputes of an account, newest first',
      tags,
      middleware: permittedForAccount('invoice.read'),
      request: { params: accountParams },
      responses: { 200: json('All of them.', z.object({ disputes: z.array(disputeView) })), ...PROBLEMS },
    }),
    async (c) => {
      const all = await c.var.deps.store.disputesOf(c.req.valid('param').accountId);
      return c.json({ disputes: newestFirst(all, 'openedAt').map(viewDispute) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/disputes',
      summary: 'Disputes that wait for a decision, oldest first',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: { params: sellerParams, query: pageQuery },
      responses: {
        200: json('A page.', z.object({ disputes: z.array(disputeView), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const page = await c.var.deps.store.openDisputes(c.req.valid('param').sellerId, limit, cursor);
      return c.json({ disputes: page.items.map(viewDispute), ...(page.cursor && { cursor: page.cursor }) }, 200);
    },
  );
  return routes;
}
