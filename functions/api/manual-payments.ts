import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { unpaidOf } from '../../shared/collection/open-invoices.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import { type Credit, PAYMENT_KINDS } from '../../shared/domain/books/credit.ts';
import { bookPayment, type ManualPayment, reversePayment } from '../../shared/domain/books/manual-payment.ts';
import { AdjustmentRefused } from '../../shared/domain/books/refusals.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { dateSchema, remarkSchema, sentenceSchema } from '../../shared/import/field-schemas.ts';
import {
  amountSchema,
  carriedOut,
  currencySchema,
  type DecidedHere,
  decidedBy,
  dryRunQuery,
  effectsOf,
  effectsView,
  outcomeSchema,
  tellAgain,
} from './adjusting.ts';
import { type ApiDeps, newRoutes, permittedForAccount } from './context.ts';
import { creditView, viewCredit } from './credits.ts';
import { contentId, fingerprintOf, idempotencyHeader, sameContent } from './idempotency.ts';
import { invoiceIdParam, urlIdOf } from './invoice-view.ts';
import { accountParams, body, CHANGE_PROBLEMS, json } from './route-parts.ts';

const paymentSchema = z.strictObject({
  kind: z.enum(PAYMENT_KINDS),
  reference: sentenceSchema(140).describe('The bank’s or the payer’s.'),
  valueDate: dateSchema.describe('The day the money was there.'),
  amount: amountSchema,
  currency: currencySchema,
  invoices: z
    .array(z.strictObject({ invoiceId: invoiceIdParam, amount: amountSchema.optional() }))
    .min(1)
    .max(80)
    .optional()
    .describe('What it pays, in this order. Absent: the oldest invoices first.'),
  bankEntryId: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'is no id of an entry')
    .optional()
    .describe('The entry of a bank statement that this is; it is booked once, for one account.'),
});

const booked = z.object({
  outcome: outcomeSchema,
  payment: creditView,
  effects: effectsView.optional().describe('Absent when the payment had been booked before.'),
  notPaid: z
    .array(z.object({ invoiceId: z.string(), number: z.string(), due: z.int(), reason: z.string() }))
    .describe('Unpaid invoices that got nothing, and why.'),
});
const paymentParams = accountParams.extend({
  paymentId: z.string().regex(/^payment-[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'is no payment id'),
});
const tags = ['Books'];

/** Finance: payments by wire and cheque, booked and taken back. */
export function manualPayments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/manual-payments',
      summary: 'Books a payment by wire or cheque',
      description:
        'It pays the oldest invoices first unless `invoices` says otherwise; what is over is kept as credit. An invoice ' +
        'that is being charged at this moment gets nothing, so that no more than what is due is collected. Without ' +
        'an Idempotency-Key the same reference, date and amount count once.',
      tags,
      middleware: permittedForAccount('books.adjust'),
      request: { params: accountParams, query: dryRunQuery, headers: idempotencyHeader, body: body(paymentSchema) },
      responses: { 200: json('The payment and what it does.', booked), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, input, now } = c.var;
      const payment = identified(c.req.valid('json'), c.req.valid('header')['idempotency-key']);
      const answer = await bookOnce(deps, input, payment, decidedBy(c.var), c.req.valid('query').dryRun, now);
      return c.json(answer, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/manual-payments/{paymentId}/reversal',
      summary: 'Takes a payment back: what it paid is due again, what remained of it is gone',
      tags,
      middleware: permittedForAccount('books.adjust'),
      request: {
        params: paymentParams,
        query: dryRunQuery,
        body: body(z.strictObject({ reason: remarkSchema() })),
      },
      responses: {
        200: json('The payment and what that does.', booked.omit({ notPaid: true })),
        ...CHANGE_PROBLEMS,
      },
    }),
    async (c) => {
      const { deps, now } = c.var;
      const { accountId, paymentId } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      const decided = decidedBy(c.var);
      const { outcome, decision } = await carriedOut(deps, now, c.req.valid('query').dryRun, async () => {
        const credit = await deps.store.credit(accountId, paymentId);
        if (credit === undefined) throw new AdjustmentRefused('credit_not_found', 'paymentId');
        const paid = await paidBy(deps, credit);
        const adjustment = reversePayment(credit, paid, reason, decided, decided.timeZone);
        return { adjustment, payment: adjustment.credits[0]! };
      });
      const effects = await effectsOf(c.var, decision.adjustment);
      return c.json({ outcome, payment: viewCredit(decision.payment), effects }, 200);
    },
  );
  return routes;
}

type Written = z.output<typeof paymentSchema>;

/** The same content is the same payment, unless the caller says with a key that it is another one. */
function identified({ invoices, bankEntryId, ...written }: Written, key: string | undefined): ManualPayment {
  const { kind, reference, valueDate, amount, currency } = written;
  const own = bankEntryId ?? contentId(fingerprintOf([kind, reference, valueDate, amount, currency]));
  return {
    ...written,
    paymentId: `payment-${key ?? own}`,
    ...(bankEntryId !== undefined && { bankEntryId }),
    ...(invoices && {
      invoices: invoices.map((told) => ({
        invoiceId: told.invoiceId,
        ...(told.amount === undefined ? {} : { amount: told.amount }),
      })),
    }),
    fingerprint: fingerprintOf([kind, reference, valueDate, amount, currency, invoices ?? []]),
  };
}

/** Books a payment, or finds that it was booked. Throws `idempotency_key_reused` when it was with other content. */
async function bookOnce(
  deps: ApiDeps,
  input: BillingInput,
  payment: ManualPayment,
  decided: DecidedHere,
  dryRun: boolean,
  now: string,
): Promise<z.infer<typeof booked>> {
  const { account } = input;
  const known = await deps.store.credit(account.accountId, payment.paymentId);
  if (known) return await repeated(deps, input, known, payment);
  const { outcome, decision } = await carriedOut(deps, now, dryRun, async () => {
    await refuseBooked(deps, account, payment);
    return bookPayment(account, await unpaidOf(deps, account.accountId), payment, decided);
  });
  if (outcome === 'repeated') {
    const first = await deps.store.credit(account.accountId, payment.paymentId);
    return await repeated(deps, input, first!, payment);
  }
  return {
    outcome,
    payment: viewCredit(decision.credit),
    effects: await effectsOf({ deps, input, now }, decision.adjustment),
    notPaid: decision.skipped.map(({ invoiceId, number, due }) => ({
      invoiceId: urlIdOf(invoiceId),
      number,
      due,
      reason: 'A charge is under way. The money is kept as credit, which pays the invoice should the charge fail.',
    })),
  };
}

async function refuseBooked(
  { store }: ApiDeps,
  { sellerId, accountId }: BillingInput['account'],
  { bankEntryId, paymentId }: ManualPayment,
): Promise<void> {
  const claim = bankEntryId && (await store.bankEntry(sellerId, bankEntryId));
  if (claim && (claim.accountId !== accountId || claim.creditId !== paymentId))
    throw new AdjustmentRefused('bank_entry_booked', 'bankEntryId', `for account ${claim.accountId}`);
}

async function repeated(
  deps: ApiDeps,
  input: BillingInput,
  known: Credit,
  payment: ManualPayment,
): Promise<z.infer<typeof booked>> {
  sameContent(known, payment.fingerprint);
  await tellAgain(deps, input);
  return { outcome: 'repeated', payment: viewCredit(known), notPaid: [] };
}

async function paidBy({ store }: ApiDeps, { accountId, uses }: Credit): Promise<Receivable[]> {
  const ids = [...new Set(uses.map(({ invoiceId }) => invoiceId))];
  return await Promise.all(ids.map(async (invoiceId) => (await store.receivable(accountId, invoiceId))!));
}
