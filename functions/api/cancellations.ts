import { createRoute } from '@hono/zod-openapi';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import type { Account, BillingInput } from '../../shared/domain/account.ts';
import { dateIn } from '../../shared/domain/calendar.ts';
import {
  type CancellationConfirmation,
  confirmCancellation,
  confirmWithdrawal,
  occurrenceOf,
} from '../../shared/domain/cancellation.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { withdrawCancellation } from '../../shared/domain/subscription-terms.ts';
import { etagOf, viewAccount } from './account-view.ts';
import { type ApiEnv, newRoutes, permittedForAccount, sellerOfAccount, unchanged } from './context.ts';
import { pdf, pdfHeaders } from './downloads.ts';
import { productProblem } from './problem.ts';
import { ifMatchSchema, PROBLEMS } from './route-parts.ts';
import { admitWithdrawal, asksForItself } from './self-service.ts';
import { changed, saveSubscription, subscriptionParams, tags } from './subscriptions.ts';

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
      if (cancellation === undefined || cancellation.withdrawn !== undefined)
        throw productProblem('cancellation_not_found', 'subscriptionId');
      const bytes = Uint8Array.from(renderCancellation(cancellation));
      return c.body(bytes, 200, pdfHeaders(`cancellation-${subscriptionId}.pdf`));
    },
  );
  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/accounts/{accountId}/subscriptions/{subscriptionId}/cancellation',
      summary: 'Takes a cancellation back as long as the subscription has not ended: it goes on as before',
      tags,
      middleware: permittedForAccount('subscription.write'),
      request: { params: subscriptionParams, headers: ifMatchSchema },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { subscriptionId } = c.req.valid('param');
      await admitWithdrawal(c, input, subscriptionId);
      const next = await withdrawAndTell(c.var, input, subscriptionId);
      return c.json(viewAccount(next), 200, etagOf(next.account));
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
  const { accountId } = account;
  const { subscriptionId } = subscription;
  const known = account === input.account;
  const before = await deps.store.cancellation(accountId, subscriptionId);
  const request = { by: whoAsks(of), now, ...(before && { before }) };
  const confirmation = known
    ? before
    : confirmCancellation(input, subscription, sellerOfAccount(deps, input), deps.stage.products, request);
  const next = await saveSubscription(deps, input, cancelled, known ? undefined : confirmation);
  if (confirmation !== undefined) await mail(of, confirmation);
  return next;
}

/**
 * Saves that a subscription goes on, and has it confirmed by mail where its end was: written and sent as its end was. What
 * was confirmed holds no longer, so that the confirmation cannot be had any more.
 */
async function withdrawAndTell(
  of: ApiEnv['Variables'],
  input: BillingInput,
  subscriptionId: string,
): Promise<BillingInput> {
  const { deps, now } = of;
  const today = dateIn(now, sellerOfAccount(deps, input).timeZone);
  const told = await deps.store.cancellation(input.account.accountId, subscriptionId);
  const withdrawn = withdrawCancellation(input, subscriptionId, today, told?.withdrawn ? undefined : told?.purgeOn);
  const known = withdrawn.account === input.account;
  const confirmation =
    known || told === undefined || told.withdrawn !== undefined
      ? told
      : confirmWithdrawal(told, withdrawn.subscription, { by: whoAsks(of), now, today });
  const next = await saveSubscription(deps, input, withdrawn, known ? undefined : confirmation);
  if (confirmation?.withdrawn !== undefined) await mail(of, confirmation);
  return next;
}

const whoAsks = (of: ApiEnv['Variables']): CancellationConfirmation['by'] =>
  asksForItself({ var: of }) ? 'customer' : 'support';

const mail = ({ deps }: ApiEnv['Variables'], of: CancellationConfirmation): Promise<void> => {
  const { sellerId, accountId, subscriptionId: about, withdrawn } = of;
  const document = withdrawn === undefined ? 'cancellation' : 'cancellation-withdrawn';
  return deps.queues.send('notices', [{ sellerId, accountId, about, document, occurrence: occurrenceOf(of) }]);
};
