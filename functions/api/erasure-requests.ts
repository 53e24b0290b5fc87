import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { dateIn } from '../../shared/domain/calendar.ts';
import { decideErasure, type Erasure } from '../../shared/domain/erasure.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { dryRunQuery } from './adjusting.ts';
import {
  type ApiDeps,
  accountParams,
  CHANGE_PROBLEMS,
  json,
  newRoutes,
  permittedForAccount,
  saved,
  sellerOfAccount,
} from './context.ts';
import { productProblem } from './problem.ts';

const PAGE = 100;

const outcomeSchema = z.enum(['erased', 'repeated', 'preview']);
const erasureView = z
  .object({
    outcome: outcomeSchema,
    erased: z.array(z.string()),
    kept: z.array(
      z.object({
        what: z.string(),
        until: z.string().optional().describe('The last day on which the law wants it kept.'),
        ground: z.string(),
      }),
    ),
    elsewhere: z.string().describe('What this product cannot erase.'),
  })
  .meta({ id: 'Erasure' });

/** Staff: a customer wants its personal data erased (GDPR Art. 17). */
export function erasureRequests() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/erasure-requests',
      summary: 'Erases the personal data of a closed and settled account, and says what is kept until when and why',
      description: 'Invoices, their PDFs and the books are never erased by it. What is erased does not come back.',
      tags: ['Accounts'],
      middleware: permittedForAccount('account.erase'),
      request: { params: accountParams, query: dryRunQuery },
      responses: { 200: json('What was erased, and what was not.', erasureView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { accountId } = c.req.valid('param');
      const { deps, principal, now } = c.var;
      const input = await deps.store.loadForBilling(accountId);
      if (input === undefined) throw productProblem('account_not_found', 'accountId');
      const { address, timeZone } = sellerOfAccount(deps, input);
      const receivables = await allReceivables(deps, accountId);
      const request = { input, receivables, country: address.country, today: dateIn(now, timeZone), now };
      const decision = decideErasure({ ...request, by: principal.subject });
      const repeated = input.account.erased !== undefined && input.methods.length === 0;
      const { dryRun } = c.req.valid('query');
      if (!dryRun && !repeated) await erase(deps, input.account.version, decision);
      const outcome = repeated ? 'repeated' : dryRun ? 'preview' : 'erased';
      return c.json(viewErasure(decision, outcome), 200);
    },
  );
  return routes;
}

/** A method at a time and the account last: who dies between them is asked again. Throws 409 `account_changed`. */
async function erase({ store }: ApiDeps, version: number, { account, methods }: Erasure): Promise<void> {
  for (const [position, method] of methods.entries())
    saved(await store.removeMethod({ ...account, version: version + position + 1 }, method));
  saved(await store.updateAccount(account));
}

async function allReceivables({ store }: ApiDeps, accountId: string): Promise<Receivable[]> {
  const all: Receivable[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.receivablesOf(accountId, PAGE, cursor);
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

const viewErasure = (
  { erased, kept }: Erasure,
  outcome: z.infer<typeof outcomeSchema>,
): z.infer<typeof erasureView> => ({
  outcome,
  erased: [...erased],
  kept: kept.map((each) => ({ ...each })),
  elsewhere: 'Delete the customer at the payment processor, too, and tell those whom mails were forwarded to.',
});
