import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { BillingInput } from '../../shared/domain/account.ts';
import {
  type OpenInvoice,
  type PaymentRequest,
  type RequestRefusal,
  requestPayment,
} from '../../shared/domain/payment-request.ts';
import { idSchema } from '../../shared/import/account-schema.ts';
import { type ApiDeps, accountParams, body, CHANGE_PROBLEMS, json, newRoutes, permittedForAccount } from './context.ts';
import { urlIdOf } from './invoice-view.ts';
import { collect, unpaidOf, updateReceivable } from './open-invoices.ts';
import { Problem } from './problem.ts';

const attempted = z.object({
  number: z.string(),
  invoiceId: z.string(),
  due: z.int(),
  currency: z.string(),
  action: z
    .enum(['attempt', 'under-way'])
    .describe('`under-way`: an attempt made before has no outcome yet, so that no second one is made.'),
});
const answer = z.object({ methodId: z.string(), invoices: z.array(attempted) });

/** Why paying has to wait (R38, R40), in words for the customer. */
const REFUSALS: Readonly<Record<RequestRefusal, string>> = {
  method_resting: 'This payment method was declined less than an hour ago. Wait, or use another one.',
  method_stopped: 'The bank will not accept this payment method any more. Use another one.',
  too_many_attempts: 'The maximum number of attempts in 24 hours has been reached.',
};

/** Paying the balance: the customer's billing admin, or staff on its behalf. */
export function payments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/payments',
      summary: 'Pays the balance: each unpaid invoice is charged to one payment method',
      description: 'Without methodId the default method is charged. The outcome shows at the invoices.',
      tags: ['Payments'],
      middleware: permittedForAccount('balance.pay'),
      request: { params: accountParams, body: body(z.strictObject({ methodId: idSchema.optional() })) },
      responses: { 202: json('What is attempted; nothing when nothing is owed.', answer), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, input, now, principal } = c.var;
      const methodId = methodFor(input, c.req.valid('json').methodId);
      const request = { methodId, by: principal.subject, now };
      const decision = requestPayment(await openInvoices(deps, input.account.accountId), request);
      if (decision.kind === 'refused') throw refusal(decision);
      await carryOut(deps, decision, request);
      const invoices = decision.invoices.map(({ action, receivable }) => ({
        number: receivable.number,
        invoiceId: urlIdOf(receivable.invoiceId),
        due: receivable.due,
        currency: receivable.currency,
        action,
      }));
      return c.json({ methodId, invoices }, 202);
    },
  );
  return routes;
}

function methodFor({ account, methods }: BillingInput, asked: string | undefined): string {
  const methodId = asked ?? account.defaultMethodId;
  if (methodId !== undefined && methods.some((method) => method.methodId === methodId)) return methodId;
  const detail =
    asked === undefined
      ? 'The account has no payment method. Add one, or arrange the payment with Accounts Receivable.'
      : 'The account has no such payment method.';
  throw new Problem(422, 'payment_method_not_found', detail, { field: 'methodId' });
}

async function openInvoices(deps: ApiDeps, accountId: string): Promise<OpenInvoice[]> {
  const unpaid = await unpaidOf(deps, accountId);
  return await Promise.all(
    unpaid.map(async (receivable) => ({
      receivable,
      attempts: await deps.store.attempts(accountId, receivable.invoiceId),
    })),
  );
}

/** First put on record, then announced: whatever dies in between is found by the sweep. */
async function carryOut(
  deps: ApiDeps,
  { invoices }: Extract<PaymentRequest, { kind: 'accepted' }>,
  request: { methodId: string; by: string; now: string },
): Promise<void> {
  const toCharge = invoices.filter(({ action }) => action === 'attempt');
  for (const { receivable } of toCharge) {
    await updateReceivable(deps, receivable, (current) => {
      const again = requestPayment([{ receivable: current, attempts: [] }], request);
      const first = again.kind === 'accepted' ? again.invoices[0] : undefined;
      return first?.action === 'attempt' ? first.next : undefined;
    });
  }
  await collect(
    deps,
    toCharge.map(({ receivable }) => receivable),
  );
}

function refusal({ code, until }: Extract<PaymentRequest, { kind: 'refused' }>): Problem {
  const detail = until === undefined ? REFUSALS[code] : `${REFUSALS[code]} It can be used again from ${until}.`;
  return new Problem(409, code, detail, until === undefined ? {} : { retryAt: until });
}
