import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Dispute } from '../../shared/domain/books/dispute.ts';
import {
  type Contested,
  type DisputeRequest,
  endDispute,
  openDispute,
  upholdDispute,
} from '../../shared/domain/books/disputing.ts';
import { AdjustmentRefused } from '../../shared/domain/books/refusals.ts';
import { dateSchema, idSchema, remarkSchema, sentenceSchema } from '../../shared/import/field-schemas.ts';
import {
  amountSchema,
  carriedOut,
  decidedBy,
  dryRunQuery,
  effectsOf,
  effectsView,
  outcomeSchema,
  tellAgain,
} from './adjusting.ts';
import { type ApiDeps, type ApiEnv, newRoutes, permittedForAccount } from './context.ts';
import { disputeView, tags, viewDispute } from './dispute-view.ts';
import { contentId, fingerprintOf, idempotencyHeader, sameContent } from './idempotency.ts';
import { namesOnePart, ONE_PART, partFields, wishOf } from './invoice-part.ts';
import { invoiceParams, wholeInvoice } from './invoice-view.ts';
import { issueAndMail } from './issue-credit-note.ts';
import { Problem } from './problem.ts';
import { body, CHANGE_PROBLEMS, json } from './route-parts.ts';

const wishSchema = z
  .strictObject({
    reason: remarkSchema(1000),
    ...partFields({
      lines: 'These lines, in full or by an amount without tax; their taxes are contested with them.',
      amount: 'So much with tax. Without `lines` and `amount`: the whole invoice.',
    }),
    receivedOn: dateSchema.optional().describe('Finance: when the customer wrote. Absent: today.'),
  })
  .refine(namesOnePart, ONE_PART);
const decisionSchema = z.strictObject({
  decision: z.enum(['upheld', 'rejected']),
  reason: sentenceSchema(1000).describe('In words for the customer; an upheld dispute’s credit note says it.'),
  amount: amountSchema.optional().describe('Upheld for so much of it, with tax. Absent: in full.'),
});

const changed = z.object({ outcome: outcomeSchema, dispute: disputeView, effects: effectsView.optional() });
const disputeParams = invoiceParams.extend({ disputeId: idSchema });

/** Contesting an invoice: the customer's billing admin or finance opens a dispute and takes it back, finance decides it. */
export function disputes() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/invoices/{invoiceId}/disputes',
      summary: 'Contests an invoice or a part of it, within 15 days of its date (R133)',
      description: 'What is contested is neither collected nor dunned until it is decided.',
      tags,
      middleware: permittedForAccount('dispute.open'),
      request: { params: invoiceParams, query: dryRunQuery, headers: idempotencyHeader, body: body(wishSchema) },
      responses: { 200: json('The dispute and what it does.', changed), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, input, now, principal } = c.var;
      const { accountId, invoiceId } = c.req.valid('param');
      const decided = decidedBy(c.var);
      const written = c.req.valid('json');
      if (written.receivedOn !== undefined && !principal.roles.includes('finance'))
        throw new Problem(403, 'forbidden', 'Only finance says when a dispute was raised.', { field: 'receivedOn' });
      const request = requestOf(written, decided.today, c.req.valid('header')['idempotency-key']);
      const known = await deps.store.dispute(accountId, invoiceId, request.disputeId);
      if (known) return c.json(await repeated(deps, input, known, request), 200);
      const { outcome, decision } = await carriedOut(deps, now, c.req.valid('query').dryRun, async () =>
        openDispute(await contested(deps, accountId, invoiceId), request, decided),
      );
      const effects = await effectsOf(c.var, decision.adjustment);
      return c.json({ outcome, dispute: viewDispute(decision.dispute), effects }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/invoices/{invoiceId}/disputes/{disputeId}/decision',
      summary: 'Decides a dispute: upheld becomes a credit note, what is rejected is payable within 15 days (R158)',
      tags,
      middleware: permittedForAccount('books.adjust'),
      request: { params: disputeParams, query: dryRunQuery, body: body(decisionSchema) },
      responses: { 200: json('The dispute and what the decision does.', changed), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { outcome, decision } = await decide(
        c.var,
        c.req.valid('param'),
        c.req.valid('json'),
        c.req.valid('query').dryRun,
      );
      const effects = await effectsOf(c.var, decision.adjustment);
      return c.json({ outcome, dispute: viewDispute(decision.dispute), effects }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/invoices/{invoiceId}/disputes/{disputeId}/withdrawal',
      summary: 'Takes a dispute back: what was contested is due again',
      tags,
      middleware: permittedForAccount('dispute.open'),
      request: { params: disputeParams, query: dryRunQuery, body: body(z.strictObject({ reason: remarkSchema() })) },
      responses: { 200: json('The dispute and what that does.', changed), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now } = c.var;
      const { accountId, invoiceId, disputeId } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      const decided = decidedBy(c.var);
      const { outcome, decision } = await carriedOut(deps, now, c.req.valid('query').dryRun, async () => {
        const dispute = await openOne(deps, accountId, invoiceId, disputeId);
        const { receivable } = await contested(deps, accountId, invoiceId);
        return endDispute(dispute, receivable, 'withdrawn', reason, decided, decided.timeZone);
      });
      const effects = await effectsOf(c.var, decision.adjustment);
      return c.json({ outcome, dispute: viewDispute(decision.dispute), effects }, 200);
    },
  );
  return routes;
}

/** The same content is the same dispute, unless the caller says with a key that it is another one. */
function requestOf(
  { receivedOn, ...written }: z.output<typeof wishSchema>,
  today: string,
  key: string | undefined,
): DisputeRequest {
  const fingerprint = fingerprintOf(written);
  const disputeId = key ?? contentId(fingerprint);
  return { disputeId, wish: wishOf(written), reason: written.reason, receivedOn: receivedOn ?? today, fingerprint };
}

async function repeated(
  deps: ApiDeps,
  input: Parameters<typeof tellAgain>[1],
  known: Dispute,
  { fingerprint }: DisputeRequest,
): Promise<z.infer<typeof changed>> {
  sameContent(known, fingerprint);
  await tellAgain(deps, input);
  return { outcome: 'repeated', dispute: viewDispute(known) };
}

/** The invoice with all that is contested and credited of it. Throws 404 `invoice_not_found`. */
async function contested({ store }: ApiDeps, accountId: string, invoiceId: string): Promise<Contested> {
  const found = await wholeInvoice(store, await store.receivable(accountId, invoiceId));
  const [credited, all] = await Promise.all([
    store.creditNotesOf(accountId, invoiceId),
    store.disputesOf(accountId, invoiceId),
  ]);
  return { ...found, credited, disputes: all };
}

async function openOne({ store }: ApiDeps, accountId: string, invoiceId: string, disputeId: string): Promise<Dispute> {
  const dispute = await store.dispute(accountId, invoiceId, disputeId);
  if (dispute === undefined) throw new AdjustmentRefused('dispute_not_found', 'disputeId');
  return dispute;
}

/** Rejected, the money is due again; upheld, it becomes a credit note, which is issued and mailed. */
async function decide(
  vars: ApiEnv['Variables'],
  { accountId, invoiceId, disputeId }: z.output<typeof disputeParams>,
  { decision: made, reason, amount }: z.output<typeof decisionSchema>,
  dryRun: boolean,
) {
  const { deps, now } = vars;
  const decided = decidedBy(vars);
  const find = async () =>
    [await openOne(deps, accountId, invoiceId, disputeId), await contested(deps, accountId, invoiceId)] as const;
  if (made === 'rejected')
    return await carriedOut(deps, now, dryRun, async () => {
      const [dispute, { receivable }] = await find();
      return endDispute(dispute, receivable, 'rejected', reason, decided, decided.timeZone);
    });
  const uphold = async () => {
    const [dispute, of] = await find();
    const how = { reason, ...(amount !== undefined && { amount }) };
    return upholdDispute(of, dispute, how, decided, decided.timeZone);
  };
  return await carriedOut(deps, now, dryRun, uphold, ({ draft, adjustment }) =>
    issueAndMail(deps, { draft, adjustment, now }),
  );
}
