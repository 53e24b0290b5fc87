import { randomUUID } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { collect, unpaidOf, updateReceivable } from '../../shared/collection/open-invoices.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import { CURRENCIES } from '../../shared/domain/money.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import {
  asked,
  type PaymentRequest,
  type RequestRefusal,
  requestPayment,
} from '../../shared/domain/payment-request.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { idSchema } from '../../shared/import/field-schemas.ts';
import type { SavedRequest } from '../../shared/ports.ts';
import { type ApiDeps, newRoutes, permittedForAccount } from './context.ts';
import { fingerprintOf, idempotencyHeader, sameContent } from './idempotency.ts';
import { invoiceIdParam, urlIdOf } from './invoice-view.ts';
import { Problem, productProblem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, json } from './route-parts.ts';

/** The processor takes eight digits. */
const MOST = 99_999_999;

const attempted = z.object({
  number: z.string(),
  invoiceId: z.string(),
  due: z.int(),
  amount: z.int().optional().describe('What is charged now, in minor units.'),
  currency: z.string(),
  action: z
    .enum(['attempt', 'under-way'])
    .describe('`under-way`: an attempt made before has no outcome yet, so that no second one is made.'),
});
const answer = z.object({ methodId: z.string(), invoices: z.array(attempted) });
type Answer = z.infer<typeof answer>;

const order = z.strictObject({
  methodId: idSchema.optional().describe('Absent: the default method.'),
  amount: z
    .int()
    .min(1)
    .max(MOST)
    .optional()
    .describe('Minor units, laid out over the unpaid invoices, the oldest first. Absent: all that is due.'),
  currency: z.enum(CURRENCIES).optional().describe('Of the amount; must be the account’s.'),
  invoiceIds: z.array(invoiceIdParam).min(1).max(100).optional().describe('Only these. Absent: every unpaid one.'),
});
type Order = z.output<typeof order>;

/** Why paying has to wait, or cannot be (R38, R40), in words for the customer. */
const REFUSALS: Readonly<Record<RequestRefusal, string>> = {
  method_resting: 'This payment method was declined a short time ago. Wait, or use another one.',
  method_stopped: 'The bank will not accept this payment method any more. Use another one.',
  too_many_attempts: 'The maximum number of attempts has been reached.',
  amount_exceeds_balance: 'The amount is more than is due and not already being paid',
  amount_too_small: 'The amount is less than can be charged for one invoice',
};

/** Paying the balance: the customer's billing admin, or staff on its behalf. */
export function payments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/payments',
      summary: 'Pays the balance, all or a part of it: unpaid invoices are charged to one payment method',
      description: 'One invoice after the other, the oldest first. The outcome shows at the invoices.',
      tags: ['Payments'],
      middleware: permittedForAccount('balance.pay'),
      request: { params: accountParams, headers: idempotencyHeader, body: body(order) },
      responses: { 202: json('What is attempted; nothing when nothing is owed.', answer), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, input, now, principal } = c.var;
      const wish = c.req.valid('json');
      const key = c.req.valid('header')['idempotency-key'];
      const { accountId } = input.account;
      const request = { by: principal.subject, now, requestId: key ?? randomUUID() };
      const fingerprint = fingerprintOf(wish);
      const earlier = key && (await deps.store.savedRequest(accountId, key));
      if (earlier) return c.json(await repeated(deps, earlier, fingerprint, request), 202);
      const method = methodFor(input, wish.methodId);
      const decision = decide(input, method, await wanted(deps, input, wish), wish, request);
      const made = answerOf(method.methodId, decision);
      const saved = key && (await deps.store.claimRequest({ accountId, key, fingerprint, at: now, answer: made }));
      if (saved) return c.json(await repeated(deps, saved, fingerprint, request), 202);
      await carryOut(deps, accountId, made, request);
      return c.json(made, 202);
    },
  );
  return routes;
}

function methodFor({ account, methods }: BillingInput, asked: string | undefined): PaymentMethod {
  const methodId = asked ?? account.defaultMethodId;
  const method = methods.find((candidate) => candidate.methodId === methodId);
  if (method !== undefined) return method;
  const detail =
    asked === undefined
      ? 'The account has no payment method. Add one, or arrange the payment with Accounts Receivable.'
      : 'The account has no such payment method.';
  throw new Problem(422, 'payment_method_not_found', detail, { field: 'methodId' });
}

/** The unpaid invoices that are meant. An invoice of somebody else does not exist. */
async function wanted(deps: ApiDeps, { account }: BillingInput, { invoiceIds }: Order): Promise<Receivable[]> {
  const unpaid = await unpaidOf(deps, account.accountId);
  if (invoiceIds === undefined) return unpaid;
  for (const invoiceId of invoiceIds) {
    const known = unpaid.some((receivable) => receivable.invoiceId === invoiceId);
    if (!known && !(await deps.store.receivable(account.accountId, invoiceId)))
      throw productProblem('invoice_not_found', 'invoiceIds');
  }
  return unpaid.filter(({ invoiceId }) => invoiceIds.includes(invoiceId));
}

interface Request {
  readonly by: string;
  readonly now: string;
  readonly requestId: string;
}

/** Throws 422 for what cannot be, 409 for what has to wait. */
function decide(
  { account, methods }: BillingInput,
  method: PaymentMethod,
  invoices: readonly Receivable[],
  { amount, currency = account.currency }: Order,
  request: Request,
): Extract<PaymentRequest, { kind: 'accepted' }> {
  if (currency !== account.currency) {
    const detail = `The account is billed in ${account.currency}.`;
    throw new Problem(422, 'currency_mismatch', detail, { field: 'currency' });
  }
  const wish = { ...request, ...(amount !== undefined && { amount }) };
  const decision = requestPayment(invoices, method, methods, wish);
  if (decision.kind === 'refused') throw refusal(decision);
  return decision;
}

const answerOf = (methodId: string, { invoices }: Extract<PaymentRequest, { kind: 'accepted' }>): Answer => ({
  methodId,
  invoices: invoices.map((invoice) => ({
    number: invoice.receivable.number,
    invoiceId: urlIdOf(invoice.receivable.invoiceId),
    due: invoice.receivable.due,
    ...(invoice.action === 'attempt' && { amount: invoice.amount }),
    currency: invoice.receivable.currency,
    action: invoice.action,
  })),
});

/** A request that is on record already: what is missing of it is made up for. Throws 409 when the content is another. */
async function repeated(deps: ApiDeps, saved: SavedRequest, fingerprint: string, request: Request): Promise<Answer> {
  sameContent(saved, fingerprint);
  const made = answer.parse(saved.answer);
  await carryOut(deps, saved.accountId, made, request);
  return made;
}

/**
 * First put on record, then announced: whatever dies in between is found by the sweep. Only the oldest invoice is
 * announced; each one that is paid announces the next.
 */
async function carryOut(deps: ApiDeps, accountId: string, made: Answer, request: Request): Promise<void> {
  const found: Receivable[] = [];
  for (const { invoiceId, amount } of made.invoices) {
    const receivable = await deps.store.receivable(accountId, invoiceIdParam.parse(invoiceId));
    if (amount === undefined || receivable === undefined || (await isDone(deps, receivable, request))) continue;
    found.push(receivable);
    const asking = await updateReceivable(deps, receivable, (of) => asked(of, made.methodId, amount, request));
    if (asking === 'stale') throw productProblem('account_changed');
  }
  await collect(deps, found.slice(0, 1));
}

/** Whether the request has had its attempt on this invoice. */
async function isDone({ store }: ApiDeps, receivable: Receivable, { requestId }: Request): Promise<boolean> {
  if (receivable.collection.attempts === 0) return false;
  const attempts = await store.attempts(receivable.accountId, receivable.invoiceId);
  return attempts.some((attempt) => attempt.requestId === requestId);
}

function refusal({ code, until, limit }: Extract<PaymentRequest, { kind: 'refused' }>): Problem {
  if (limit !== undefined) return new Problem(422, code, `${REFUSALS[code]} (${limit}).`, { field: 'amount' });
  const detail = until === undefined ? REFUSALS[code] : `${REFUSALS[code]} It can be used again from ${until}.`;
  return new Problem(409, code, detail, until === undefined ? {} : { retryAt: until });
}
