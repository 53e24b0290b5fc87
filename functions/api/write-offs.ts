import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { reverseWriteOff, writeOff } from '../../shared/domain/books/write-off.ts';
import { remarkSchema } from '../../shared/import/field-schemas.ts';
import {
  amountSchema,
  carriedOut,
  decidedBy,
  dryRunQuery,
  effectsOf,
  effectsView,
  outcomeSchema,
} from './adjusting.ts';
import { type ApiDeps, newRoutes, permittedForAccount } from './context.ts';
import { invoiceParams } from './invoice-view.ts';
import { productProblem } from './problem.ts';
import { body, CHANGE_PROBLEMS, json } from './route-parts.ts';

const done = { 200: json('What it does.', z.object({ outcome: outcomeSchema, effects: effectsView })) };
const tags = ['Books'];

/** Finance: what will never be paid. */
export function writeOffs() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/invoices/{invoiceId}/write-off',
      summary: 'Gives up what is due for an invoice, or a part of it, as lost',
      description:
        'Services that are off stay off: they come back to who pays (R39, R130). For a rest too small to matter say ' +
        '`restoreServices`; `effects.reactivates` shows what becomes of it.',
      tags,
      middleware: permittedForAccount('books.adjust'),
      request: {
        params: invoiceParams,
        query: dryRunQuery,
        body: body(
          z.strictObject({
            reason: remarkSchema(),
            amount: amountSchema.optional(),
            restoreServices: z.boolean().default(false),
          }),
        ),
      },
      responses: { ...done, ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now } = c.var;
      const { accountId, invoiceId } = c.req.valid('param');
      const { reason, amount, restoreServices } = c.req.valid('json');
      const decided = decidedBy(c.var);
      const { outcome, decision } = await carriedOut(deps, now, c.req.valid('query').dryRun, async () => {
        const wish = { reason, restoreServices, ...(amount !== undefined && { amount }) };
        return { adjustment: writeOff(await receivableOf(deps, accountId, invoiceId), wish, decided) };
      });
      return c.json({ outcome, effects: await effectsOf(c.var, decision.adjustment) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/invoices/{invoiceId}/write-off/reversal',
      summary: 'Makes due again what was given up',
      tags,
      middleware: permittedForAccount('books.adjust'),
      request: { params: invoiceParams, query: dryRunQuery, body: body(z.strictObject({ reason: remarkSchema() })) },
      responses: { ...done, ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now } = c.var;
      const { accountId, invoiceId } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      const decided = decidedBy(c.var);
      const { outcome, decision } = await carriedOut(deps, now, c.req.valid('query').dryRun, async () => {
        const receivable = await receivableOf(deps, accountId, invoiceId);
        return { adjustment: reverseWriteOff(receivable, reason, decided, decided.timeZone) };
      });
      return c.json({ outcome, effects: await effectsOf(c.var, decision.adjustment) }, 200);
    },
  );
  return routes;
}

async function receivableOf({ store }: ApiDeps, accountId: string, invoiceId: string) {
  const receivable = await store.receivable(accountId, invoiceId);
  if (receivable === undefined) throw productProblem('invoice_not_found', 'invoiceId');
  return receivable;
}
