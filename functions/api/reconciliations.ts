import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { suspenseEntry } from '../../shared/domain/books/processor-entries.ts';
import { type Difference, needsPerson } from '../../shared/domain/books/reconcile.ts';
import { ADVICE, type ReconciliationReport } from '../../shared/domain/books/reconciliation.ts';
import { addMinutes, dateIn } from '../../shared/domain/calendar.ts';
import { loadReport, reportCsvKey } from '../../shared/reconciliation/report-files.ts';
import { dryRunQuery, outcomeSchema, sentenceSchema } from './adjusting.ts';
import {
  type ApiDeps,
  body,
  CHANGE_PROBLEMS,
  json,
  newRoutes,
  PROBLEMS,
  pageQuery,
  permittedForSeller,
  runParams,
  sellerParams,
} from './context.ts';
import { cursorSchema, encodeCursor } from './cursor.ts';
import { urlIdOf } from './invoice-view.ts';
import { productProblem } from './problem.ts';

const LINK_MINUTES = 5;
const STATUSES = ['missing', 'differs', 'extra', 'timing', 'under-way'] as const;

const totals = z.object({
  currency: z.string(),
  opening: z.int().describe('By how much processor and books differed before.'),
  charged: z.int().describe('What customers paid, as the processor says.'),
  returned: z.int().describe('What went back to them.'),
  booked: z.int().describe('What their books say of both.'),
  accepted: z.int(),
  closing: z.int().describe('opening + charged + returned − booked − accepted: by how much they differ now.'),
  fees: z.int().describe('What the processor took; booked.'),
  paidOut: z.int().describe('What it sent to the bank account; booked.'),
});
const summary = z
  .object({
    sellerId: z.string(),
    date: z.string(),
    at: z.string(),
    totals: z.array(totals),
    explained: z
      .object({ matched: z.int(), timed: z.int(), netted: z.int(), accepted: z.int() })
      .describe('Entries and movements that need nobody.'),
    differences: z.object({
      missing: z.int().describe('The processor moved money that no book knows.'),
      differs: z.int(),
      extra: z.int().describe('Booked, and the processor does not know of it.'),
      timing: z.int().describe('Booked on the day after.'),
      'under-way': z.int().describe('Bank debits that have not settled, disputes that are not decided.'),
    }),
  })
  .meta({ id: 'Reconciliation' });
const differenceView = z.object({
  itemId: z.string(),
  status: z.enum(STATUSES),
  since: z.string().describe('The day it belongs to; it is carried on until it is explained.'),
  side: z.enum(['processor', 'books']).describe('Whose word it is.'),
  amount: z.int().describe('Positive: came in.'),
  currency: z.string(),
  payment: z.string().describe('The processor’s id of the payment.'),
  kind: z.string().optional().describe('What the processor calls it.'),
  accountId: z.string().optional(),
  invoiceId: z.string().optional(),
  entryId: z.string().optional(),
  needsPerson: z.boolean().describe('It is not under way, and asking has not mended it.'),
  advice: z.string(),
});
const link = z.object({ url: z.string(), expiresAt: z.string(), fileName: z.string() });
const tags = ['Reconciliation'];

/** Finance: the processor's money against the books, day by day. */
export function reconciliations() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/reconciliations',
      summary: 'A seller’s reconciled days, newest first',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: { params: sellerParams, query: pageQuery },
      responses: {
        200: json('A page.', z.object({ reconciliations: z.array(summary), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const page = await c.var.deps.store.reconciliationsOf(c.var.seller.sellerId, limit, cursor);
      const reconciliations = page.items.map((each) => ({ ...each, totals: [...each.totals] }));
      return c.json({ reconciliations, ...(page.cursor !== undefined && { cursor: page.cursor }) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/reconciliations/{date}',
      summary: 'How a day was reconciled',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: { params: runParams },
      responses: { 200: json('The day.', summary), ...PROBLEMS },
    }),
    async (c) => {
      const found = await c.var.deps.store.reconciliation(c.var.seller.sellerId, c.req.valid('param').date);
      if (!found) throw productProblem('reconciliation_not_found', 'date');
      return c.json({ ...found, totals: [...found.totals] }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/reconciliations/{date}/differences',
      summary: 'What was open at the end of a day, the worst first',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: {
        params: runParams,
        query: pageQuery.extend({ status: z.enum(STATUSES).optional(), cursor: cursorSchema }),
      },
      responses: {
        200: json('A page.', z.object({ differences: z.array(differenceView), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { status, limit, cursor } = c.req.valid('query');
      const report = await reportOn(c.var.deps, c.var.seller.sellerId, c.req.valid('param').date);
      const wanted = report.open.filter((each) => status === undefined || each.status === status);
      const from = Number(cursor?.part ?? 0) || 0;
      const differences = wanted.slice(from, from + limit).map((each) => viewed(each, report.date));
      const more = from + limit < wanted.length;
      return c.json({ differences, ...(more && { cursor: encodeCursor({ part: String(from + limit) }) }) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/reconciliations/{date}/csv',
      summary: 'A link to the day’s differences as CSV that works for five minutes',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: { params: runParams },
      responses: { 200: json('The link.', link), ...PROBLEMS },
    }),
    async (c) => {
      const { deps, now, seller } = c.var;
      const { date } = c.req.valid('param');
      if (!(await deps.store.reconciliation(seller.sellerId, date)))
        throw productProblem('reconciliation_not_found', 'date');
      const fileName = `reconciliation-${seller.sellerId}-${date}.csv`;
      const url = await deps.documents.presign(reportCsvKey(seller.sellerId, date), LINK_MINUTES * 60, fileName);
      return c.json({ url, expiresAt: addMinutes(now, LINK_MINUTES), fileName }, 200);
    },
  );
  acceptance(routes);
  return routes;
}

function acceptance(routes: ReturnType<typeof newRoutes>): void {
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/reconciliations/{date}/differences/{itemId}/acceptance',
      summary: 'Accepts a difference as it is: the books follow the processor, against suspense',
      description: 'Only what the last report leaves open. From the next report on it is not asked about again.',
      tags,
      middleware: permittedForSeller('books.adjust'),
      request: {
        params: runParams.extend({ itemId: z.string().min(1).max(256) }),
        query: dryRunQuery,
        body: body(z.strictObject({ reason: sentenceSchema() })),
      },
      responses: {
        200: json(
          'What it does.',
          z.object({
            outcome: outcomeSchema,
            postings: z.array(z.object({ account: z.string(), amount: z.int() })),
          }),
        ),
        ...CHANGE_PROBLEMS,
      },
    }),
    async (c) => {
      const { deps, now, seller, principal } = c.var;
      const { date, itemId } = c.req.valid('param');
      const difference = await openDifference(deps, seller.sellerId, date, itemId);
      const decided = { by: principal.subject, now, today: dateIn(now, seller.timeZone) };
      const entry = suspenseEntry(difference, seller.sellerId, c.req.valid('json').reason, decided);
      if (!entry) throw productProblem('difference_not_bookable', 'itemId');
      const postings = entry.postings.map((posting) => ({ ...posting }));
      if (c.req.valid('query').dryRun) return c.json({ outcome: 'preview' as const, postings }, 200);
      const written = await deps.store.bookSellerEntry(entry, difference.date);
      return c.json({ outcome: written === 'written' ? ('booked' as const) : ('repeated' as const), postings }, 200);
    },
  );
}

async function reportOn({ documents, store }: ApiDeps, sellerId: string, date: string): Promise<ReconciliationReport> {
  const report = (await store.reconciliation(sellerId, date)) && (await loadReport(documents, sellerId, date));
  if (!report) throw productProblem('reconciliation_not_found', 'date');
  return report;
}

/** What an older report left open may be explained by now. Throws 404 and 409. */
async function openDifference(deps: ApiDeps, sellerId: string, date: string, itemId: string): Promise<Difference> {
  const report = await reportOn(deps, sellerId, date);
  const [latest] = (await deps.store.reconciliationsOf(sellerId, 1)).items;
  if (latest?.date !== date) throw productProblem('reconciliation_superseded', 'date');
  const difference = report.open.find((each) => each.itemId === itemId);
  if (!difference) throw productProblem('difference_not_found', 'itemId');
  return difference;
}

function viewed(difference: Difference, date: string): z.infer<typeof differenceView> {
  const { itemId, status, date: since, side, amount, currency, payment, transaction, entry } = difference;
  const accountId = entry?.accountId ?? transaction?.invoice?.accountId;
  return {
    ...{ itemId, status, since, side, amount, currency, payment },
    ...(transaction && { kind: transaction.kind }),
    ...(accountId !== undefined && { accountId }),
    ...(transaction?.invoice && { invoiceId: urlIdOf(transaction.invoice.invoiceId) }),
    ...(entry && { entryId: entry.entryId }),
    needsPerson: needsPerson(difference, date),
    advice: ADVICE[status],
  };
}
