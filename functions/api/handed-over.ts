import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { type Account, PAYMENT_TERMS } from '../../shared/domain/account.ts';
import { handedOverView, viewHandOver } from './account-view.ts';
import { newRoutes, permittedForSeller } from './context.ts';
import { json, PROBLEMS, pageQuery, sellerParams } from './route-parts.ts';

const row = z.object({
  accountId: z.string(),
  name: z.string(),
  country: z.string().optional(),
  currency: z.string(),
  balance: z.int().describe('What it owes now; at 0 it leaves this list by itself.'),
  terms: z.enum(PAYMENT_TERMS),
  services: z.enum(['active', 'suspending', 'suspended', 'reactivating']),
  handedOver: handedOverView,
});

/** Accounts Receivable: who is to be called about unpaid invoices. */
export function handedOver() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/handed-over',
      summary: 'Accounts that Accounts Receivable has taken over, the longest first',
      tags: ['Accounts'],
      middleware: permittedForSeller('account.list'),
      request: { params: sellerParams, query: pageQuery },
      responses: {
        200: json('A page.', z.object({ accounts: z.array(row), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const page = await c.var.deps.store.handedOver(c.var.seller.sellerId, limit, cursor);
      const accounts = page.items.flatMap(viewed);
      return c.json({ accounts, ...(page.cursor !== undefined && { cursor: page.cursor }) }, 200);
    },
  );
  return routes;
}

function viewed(account: Account): z.infer<typeof row>[] {
  const { accountId, name, currency, balance, terms, services, billingAddress } = account;
  if (!account.handedOver) return [];
  return [
    {
      ...{ accountId, name, currency, balance, terms },
      ...(billingAddress && { country: billingAddress.country }),
      services: services.status,
      handedOver: viewHandOver(account.handedOver),
    },
  ];
}
