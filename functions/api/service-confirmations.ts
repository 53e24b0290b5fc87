import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { confirmChange } from '../../shared/collection/service-changes.ts';
import { count, logger } from '../../shared/runtime/observability.ts';
import { newRoutes, permittedForAccount } from './context.ts';
import { accountParams, body, CHANGE_PROBLEMS, json } from './route-parts.ts';

const wish = z.strictObject({
  action: z.enum(['suspend', 'reactivate']),
  number: z.int().min(1).max(999_999).describe('As the event says it.'),
});
const outcome = z.object({
  outcome: z
    .enum(['confirmed', 'superseded'])
    .describe('`superseded`: the account has moved on, and another change is, or will be, asked for.'),
});

/** The telecom's provisioning says that it has done what an event asked for (R39, R149). */
export function serviceConfirmations() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/services/confirmations',
      summary: 'Services are off, or back: the account’s state follows, and the customer is told; safe to repeat',
      tags: ['Services'],
      middleware: permittedForAccount('services.confirm'),
      request: { params: accountParams, body: body(wish) },
      responses: { 200: json('What it changed.', outcome), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { accountId, sellerId } = c.var.input.account;
      const change = { accountId, ...c.req.valid('json') };
      const confirmed = await confirmChange(c.var.deps, sellerId, change, c.var.now);
      if (confirmed.kind === 'confirmed' && confirmed.seconds !== undefined) {
        count('ServicesChanged');
        if (change.action === 'reactivate') count('ReactivationSeconds', confirmed.seconds);
        logger.info('Provisioning confirmed a change of services', { ...change, seconds: confirmed.seconds });
      }
      return c.json({ outcome: confirmed.kind }, 200);
    },
  );
  return routes;
}
