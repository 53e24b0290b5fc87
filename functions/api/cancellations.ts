import { createRoute } from '@hono/zod-openapi';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import type { Account, BillingInput, Subscription } from '../../shared/domain/account.ts';
import { confirmCancellation } from '../../shared/domain/cancellation.ts';
import { type ApiEnv, newRoutes, PROBLEMS, permittedForAccount, sellerOfAccount } from './context.ts';
import { pdf, pdfHeaders } from './downloads.ts';
import { productProblem } from './problem.ts';
import { asksForItself } from './self-service.ts';
import { saveSubscription, subscriptionParams, tags } from './subscriptions.ts';

/** What the customer was told of the end of a subscription. */
export function cancellations() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/subscriptions/{subscriptionId}/cancellation/pdf',
      summary: 'The confirmation of a cancellation, as it was mailed',
      tags,
      middleware: permittedForAccount('account.read'),
      request: { params: subscriptionParams },
      responses: { 200: pdf, ...PROBLEMS },
    }),
    async (c) => {
      const { accountId, subscriptionId } = c.req.valid('param');
      const cancellation = await c.var.deps.store.cancellation(accountId, subscriptionId);
      if (cancellation === undefined) throw productProblem('cancellation_not_found', 'subscriptionId');
      const bytes = Uint8Array.from(renderCancellation(cancellation));
      return c.body(bytes, 200, pdfHeaders(`cancellation-${subscriptionId}.pdf`));
    },
  );
  return routes;
}

/**
 * Saves the end of a subscription and has it confirmed by mail. The confirmation's delivery is written with it: should this
 * die in between, the sweep has it mailed. Asked for again it is still sent once.
 */
export async function cancelAndTell(
  of: ApiEnv['Variables'],
  input: BillingInput,
  cancelled: { readonly account: Account; readonly subscription: Subscription },
): Promise<BillingInput> {
  const { deps, now } = of;
  const { account, subscription } = cancelled;
  const { sellerId, accountId } = account;
  const { subscriptionId } = subscription;
  const known = account === input.account;
  const by = asksForItself({ var: of }) ? 'customer' : 'support';
  const confirmation = known
    ? await deps.store.cancellation(accountId, subscriptionId)
    : confirmCancellation(input, subscription, sellerOfAccount(deps, input), deps.stage.products, { by, now });
  const next = await saveSubscription(deps, input, cancelled, known ? undefined : confirmation);
  if (confirmation !== undefined)
    await deps.queues.send('notices', [
      { sellerId, accountId, about: subscriptionId, document: 'cancellation', occurrence: 1 },
    ]);
  return next;
}
