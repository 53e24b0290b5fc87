import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { suspenseEntry } from '../../shared/domain/books/processor-entries.ts';
import type { Difference } from '../../shared/domain/books/reconcile.ts';
import type { ReconciliationReport } from '../../shared/domain/books/reconciliation.ts';
import { addMinutes, dateIn } from '../../shared/domain/calendar.ts';
import { remarkSchema } from '../../shared/import/field-schemas.ts';
import { loadReport, reportCsvKey } from '../../shared/reconciliation/report-files.ts';
import { dryRunQuery, outcomeSchema } from './adjusting.ts';
import { type ApiDeps, newRoutes, permittedForSeller } from './context.ts';
import { cursorSchema, encodeCursor } from './cursor.ts';
import { productProblem } from './problem.ts';
import { DIFFERENCE_STATUSES, differenceView, reconciliationView, viewDifference } from './reconciliation-view.ts';
import { body, CHANGE_PROBLEMS, json, PROBLEMS, pageQuery, runParams, sellerParams } from './route-parts.ts';

const LINK_MINUTES = 5;

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
        200: json('A page.', z.object({ reconciliations: z.array(reconciliationView), cursor: z.string().optional() })),
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
      responses: { 200: json('The day.', reconciliationView), ...PROBLEMS },
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
        query: pageQuery.extend({ status: z.enum(DIFFERENCE_STATUSES).optional(), cursor: cursorSchema }),
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
      const differences = wanted.slice(from, from + limit).map((each) => viewDifference(each, report.date));
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
        body: body(z.strictObject({ reason: remarkSchema() })),
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
