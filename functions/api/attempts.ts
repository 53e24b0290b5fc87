import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { BillingInput } from '../../shared/domain/account.ts';
import { standingOf } from '../../shared/domain/attempt-policy.ts';
import { outlookOf, STEPS, stepsAfterFailure } from '../../shared/domain/collection-outlook.ts';
import type { PaymentAttempt, Receivable } from '../../shared/domain/receivable.ts';
import { DEFAULT_RETRY_POLICY, RETRY_POLICIES, type RetryPolicyId } from '../../shared/domain/retry-policy.ts';
import { newRoutes, permittedForAccount, sellerOfAccount } from './context.ts';
import { collectionState, declineReason, invoiceParams } from './invoice-view.ts';
import { Problem, productProblem } from './problem.ts';
import { CHANGE_PROBLEMS, json, PROBLEMS } from './route-parts.ts';

const OUTCOMES = ['open', 'succeeded', 'declined', 'needs-authentication', 'processing', 'unknown'] as const;

export const standingView = z
  .object({
    standing: z.enum(['ready', 'resting', 'capped', 'stopped']),
    until: z.string().optional().describe('When it may be used again.'),
  })
  .describe('`resting`: declined a short time ago. `capped`: too many attempts. `stopped`: not as it is.');

const attemptView = z.object({
  attempt: z.int(),
  at: z.string(),
  methodId: z.string(),
  amount: z.int().describe('Minor units.'),
  currency: z.string(),
  cause: z.enum(['autopay', 'request']),
  outcome: z.enum(OUTCOMES).describe('`open`: the outcome is awaited, and no other attempt is made.'),
  finishedAt: z.string().optional(),
  reason: declineReason.optional(),
  code: z.string().optional().describe('The processor’s own code: for staff only.'),
});

const collectionView = z
  .object({
    state: collectionState,
    due: z.int(),
    policy: z.object({ id: z.string(), description: z.string() }).describe('When autopay tries again.'),
    planned: z
      .object({ methodId: z.string(), at: z.array(z.string()) })
      .optional()
      .describe('When autopay charges which method, if every attempt is declined. Absent: nothing is planned.'),
    attempts: z.array(attemptView),
    methods: z.array(standingView.extend({ methodId: z.string() })),
    steps: z.array(z.enum(STEPS)).describe('What to do about a payment that failed, in this order.'),
  })
  .meta({ id: 'Collection' });

/** How an invoice is being collected: what was tried, what comes next, and what the customer can do. */
export function attempts() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}/attempts',
      summary: 'Every attempt to collect an invoice, and when which method is tried next',
      tags: ['Payments'],
      middleware: permittedForAccount('payment.read'),
      request: { params: invoiceParams },
      responses: { 200: json('The attempts, oldest first.', collectionView), ...PROBLEMS },
    }),
    async (c) => {
      const { deps, input, now, principal } = c.var;
      const { accountId, invoiceId } = c.req.valid('param');
      const receivable = await deps.store.receivable(accountId, invoiceId);
      if (receivable === undefined) throw productProblem('invoice_not_found');
      const made = await deps.store.attempts(accountId, invoiceId);
      const forStaff = principal.roles.some((role) => role !== 'billing-admin');
      const policy = sellerOfAccount(deps, input).retryPolicy ?? DEFAULT_RETRY_POLICY;
      return c.json(view(receivable, input, made, { policy, now, forStaff }), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}/confirmation',
      summary: 'What the customer’s browser confirms a payment with that its bank wants authenticated',
      description:
        'Ask to pay the invoice first (`POST …/payments` with its `invoiceIds`), then hand the secret to the processor’s own ' +
        'script, `handleNextAction`. The outcome shows at the invoice.',
      tags: ['Payments'],
      middleware: permittedForAccount('balance.pay'),
      request: { params: invoiceParams },
      responses: { 200: json('For this payment only.', z.object({ clientSecret: z.string() })), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { accountId, invoiceId } = c.req.valid('param');
      const receivable = await c.var.deps.store.receivable(accountId, invoiceId);
      if (receivable === undefined) throw productProblem('invoice_not_found');
      const { state, intentId } = receivable.collection;
      const waits = state === 'needs-authentication' && intentId !== undefined;
      const clientSecret = waits ? await c.var.deps.processor.confirmationOf(intentId) : undefined;
      if (clientSecret === undefined) {
        throw new Problem(
          409,
          'nothing_to_confirm',
          'No payment of this invoice waits for the customer: ask to pay it first.',
        );
      }
      return c.json({ clientSecret }, 200);
    },
  );
  return routes;
}

function view(
  receivable: Receivable,
  input: BillingInput,
  made: readonly PaymentAttempt[],
  { policy, now, forStaff }: { policy: RetryPolicyId; now: string; forStaff: boolean },
): z.infer<typeof collectionView> {
  const planned = outlookOf(receivable, input, made, policy);
  return {
    state: receivable.collection.state,
    due: receivable.due,
    policy: { id: policy, description: RETRY_POLICIES[policy].description },
    ...(planned && { planned: { methodId: planned.methodId, at: [...planned.at] } }),
    attempts: made.map((attempt) => viewAttempt(attempt, forStaff)),
    methods: input.methods.map((method) => ({
      methodId: method.methodId,
      ...viewStanding(standingOf(method, input.methods, now)),
    })),
    steps: [...stepsAfterFailure(receivable)],
  };
}

export const viewStanding = (standing: ReturnType<typeof standingOf>): z.infer<typeof standingView> => ({
  standing: standing.kind,
  ...('until' in standing && { until: standing.until }),
});

function viewAttempt(attempt: PaymentAttempt, forStaff: boolean): z.infer<typeof attemptView> {
  const { outcome, finishedAt, startedAt, methodId, amount, currency, offSession } = attempt;
  const declined = outcome?.kind === 'declined' ? outcome : undefined;
  return {
    attempt: attempt.attempt,
    at: startedAt,
    ...{ methodId, amount, currency },
    cause: offSession ? 'autopay' : 'request',
    outcome: outcome?.kind ?? 'open',
    ...(finishedAt && { finishedAt }),
    ...(declined && { reason: declined.reason ?? 'declined' }),
    ...(declined && forStaff && { code: declined.code }),
  };
}
