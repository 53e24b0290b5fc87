import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { unpaidOf } from '../../shared/collection/open-invoices.ts';
import { acceptQuote, type Checkout, closeQuote, type Decider } from '../../shared/domain/quotes/decide-quote.ts';
import { quoteOrderId } from '../../shared/domain/quotes/once.ts';
import type { Quote } from '../../shared/domain/quotes/quote.ts';
import { refuseWhileOverdue } from '../../shared/domain/self-service.ts';
import { phoneNumberSchema } from '../../shared/import/account-schema.ts';
import { addressSchema, sentenceSchema } from '../../shared/import/field-schemas.ts';
import { type ApiDeps, type ApiEnv, newRoutes, permittedForAccount, sellerOfAccount, unchanged } from './context.ts';
import { mailQuote } from './mail-quote.ts';
import { productProblem } from './problem.ts';
import { sendOrder } from './purchases.ts';
import { outcomeSchema, quoteOf, quoteParams, quoteView, tags, todayOf, viewQuote } from './quote-view.ts';
import { body, CHANGE_PROBLEMS, ifMatchSchema, json } from './route-parts.ts';

const acceptanceSchema = z.strictObject({
  adminContact: z
    .strictObject({
      name: sentenceSchema(120),
      email: z.email('must be an e-mail address').max(254),
      phone: phoneNumberSchema.optional(),
    })
    .describe('Who looks after the subscriptions at the customer.'),
  shippingAddress: addressSchema.optional().describe('Where hardware is sent to, if elsewhere than the quote says.'),
  contactVerified: z.literal(true, 'must be true: verify the admin contact first'),
  termsAccepted: z.literal(true, 'must be true: the terms must be accepted'),
});
const reasonSchema = z.strictObject({ reason: sentenceSchema(500) });
const decided = {
  200: json('The quote as it is now.', z.object({ outcome: outcomeSchema, quote: quoteView })),
  ...CHANGE_PROBLEMS,
};
interface Outcome {
  readonly outcome: z.infer<typeof outcomeSchema>;
  readonly quote: Quote;
}

/** What becomes of a quote: each ending is final, and asked for again it is the same (R126, R127). */
export function quoteDecisions() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/quotes/{quoteId}/acceptance',
      summary: '“Buy now”: completes the checkout, accepts the quote and starts its subscriptions, once',
      tags,
      middleware: permittedForAccount('quote.decide'),
      request: { params: quoteParams, headers: ifMatchSchema, body: body(acceptanceSchema) },
      responses: decided,
    }),
    async (c) => {
      const { adminContact, shippingAddress } = c.req.valid('json');
      const version = c.req.valid('header')['if-match'];
      const checkout = { adminContact, shippingAddress };
      const { outcome, quote } = await acceptOnce(c.var, c.req.valid('param').quoteId, checkout, version);
      await billOnce(c.var.deps, quote);
      await mailQuote(c.var.deps, quote, 'quote-accepted');
      return c.json({ outcome, quote: viewQuote(quote, todayOf(c.var)) }, 200);
    },
  );
  for (const [ending, status, permission, summary] of [
    ['rejection', 'rejected', 'quote.decide', 'The customer does not want it, and says why'],
    ['withdrawal', 'withdrawn', 'quote.write', 'The telecom takes it back'],
  ] as const)
    routes.openapi(
      createRoute({
        method: 'post',
        path: `/accounts/{accountId}/quotes/{quoteId}/${ending}`,
        summary,
        tags,
        middleware: permittedForAccount(permission),
        request: { params: quoteParams, body: body(reasonSchema) },
        responses: decided,
      }),
      async (c) => {
        const { reason } = c.req.valid('json');
        const { outcome, quote } = await endOnce(c.var, c.req.valid('param').quoteId, status, reason);
        return c.json({ outcome, quote: viewQuote(quote, todayOf(c.var)) }, 200);
      },
    );
  return routes;
}

/** Has what was bought once invoiced; also when the quote was accepted before, for that may have died before it sent. */
async function billOnce(deps: ApiDeps, { accountId, quoteId, once }: Quote): Promise<void> {
  const order = once && (await deps.store.order(accountId, quoteOrderId(quoteId)));
  if (order !== undefined) await sendOrder(deps, order);
}

const deciderOf = (c: ApiEnv['Variables']): Decider => ({ by: c.principal.subject, at: c.now, today: todayOf(c) });

/**
 * Accepts, or finds that it was accepted. Throws 409 `balance_overdue` (R87), `account_changed`, `payment_method_needed` and
 * what says that it is not open, `order_exists` where the customer has used the id of its order; 422 `quote_not_billable`,
 * `shipping_address_needed`.
 */
async function acceptOnce(
  c: ApiEnv['Variables'],
  quoteId: string,
  checkout: Checkout,
  version: number,
): Promise<Outcome> {
  const { deps, input } = c;
  const { accountId } = input.account;
  const decider = deciderOf(c);
  const known = await quoteOf(deps, accountId, quoteId);
  if (known.status === 'accepted') return { outcome: 'repeated', quote: known };
  const billing = { seller: sellerOfAccount(deps, input), products: deps.stage.products };
  const accepted = acceptQuote(known, unchanged(input, version), checkout, decider, billing);
  refuseWhileOverdue(await unpaidOf(deps, accountId), decider.today, 'quoteId');
  if ((await deps.store.acceptQuote(accepted)) === 'written') return { outcome: 'done', quote: accepted.quote };
  const now = await quoteOf(deps, accountId, quoteId);
  if (now.status === 'accepted') return { outcome: 'repeated', quote: now };
  const { order } = accepted;
  if (order && (await deps.store.order(accountId, order.orderId))) throw productProblem('order_exists', 'quoteId');
  throw productProblem('account_changed', 'If-Match');
}

/** Ends it, or finds that it ended so. Throws 409 for what ended otherwise. */
async function endOnce(
  c: ApiEnv['Variables'],
  quoteId: string,
  status: 'rejected' | 'withdrawn',
  reason: string,
): Promise<Outcome> {
  const { deps, input } = c;
  const { accountId } = input.account;
  const known = await quoteOf(deps, accountId, quoteId);
  const ended = closeQuote(known, status, reason, deciderOf(c));
  if (ended === known) return { outcome: 'repeated', quote: known };
  if ((await deps.store.endQuote(ended)) === 'written') return { outcome: 'done', quote: ended };
  // Somebody was faster: what they did decides, or says why this cannot be.
  const now = await quoteOf(deps, accountId, quoteId);
  return { outcome: 'repeated', quote: closeQuote(now, status, reason, deciderOf(c)) };
}
