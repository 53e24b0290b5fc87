import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { refuseRemoval } from '../../shared/domain/quotes/decide-quote.ts';
import { newRoutes, permittedForAccount, saved } from './context.ts';
import { quoteOf, quoteParams, tags, todayOf } from './quote-view.ts';
import { CHANGE_PROBLEMS, json } from './route-parts.ts';

/** Staff: whom a quote was made for wants to be forgotten, and the customer stays (GDPR Art. 17). */
export function quoteRemovals() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/accounts/{accountId}/quotes/{quoteId}',
      summary: 'Erases a quote that came to nothing, with its contact person and to whom it was mailed',
      description: 'One that is open is withdrawn first; one that was accepted is part of a contract, and stays.',
      tags,
      middleware: permittedForAccount('account.erase'),
      request: { params: quoteParams },
      responses: { 200: json('It is gone.', z.object({ outcome: z.literal('erased') })), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { accountId, quoteId } = c.req.valid('param');
      const quote = await quoteOf(c.var.deps, accountId, quoteId);
      refuseRemoval(quote, todayOf(c.var));
      saved(await c.var.deps.store.removeQuote(quote));
      return c.json({ outcome: 'erased' as const }, 200);
    },
  );
  return routes;
}
