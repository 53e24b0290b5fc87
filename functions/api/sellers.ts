import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { sees } from './access.ts';
import { newRoutes, permitted } from './context.ts';
import { json, PROBLEMS } from './route-parts.ts';

const seller = z
  .object({
    sellerId: z.string(),
    name: z.string(),
    currency: z.string(),
    timeZone: z.string(),
    numberPrefix: z.string().describe('What this seller’s invoice numbers begin with.'),
  })
  .meta({ id: 'Seller' });

/** The telecom's people: for whom they work. */
export function sellers() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers',
      summary: 'The sellers that the caller works for',
      tags: ['Sellers'],
      middleware: permitted('account.list'),
      responses: { 200: json('The sellers.', z.object({ sellers: z.array(seller) })), ...PROBLEMS },
    }),
    (c) => {
      const seen = c.var.deps.stage.sellers.filter(({ sellerId }) => sees(c.var.principal, sellerId));
      const shown = seen.map(({ sellerId, name, currency, timeZone, numberPrefix }) => ({
        sellerId,
        name,
        currency,
        timeZone,
        numberPrefix,
      }));
      return c.json({ sellers: shown }, 200);
    },
  );
  return routes;
}
