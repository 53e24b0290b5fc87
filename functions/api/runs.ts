import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { RunEntry, RunId, RunOutcome } from '../../shared/domain/run.ts';
import { type ApiDeps, newRoutes, permittedForSeller } from './context.ts';
import { type Cursor, cursorSchema, encodeCursor } from './cursor.ts';
import { productProblem } from './problem.ts';
import { json, PROBLEMS, pageQuery, runParams, sellerParams } from './route-parts.ts';

const tally = z
  .object({
    sellerId: z.string(),
    businessDate: z.string(),
    planned: z.int().describe('invoiced + zero + held + failed, and open while the run is under way.'),
    invoiced: z.int(),
    zero: z.int(),
    held: z.int(),
    failed: z.int(),
    open: z.int(),
    complete: z.boolean().describe('Every account was planned and has its outcome.'),
  })
  .meta({ id: 'Run' });

const entry = z.object({
  accountId: z.string(),
  outcome: z.enum(['planned', 'invoiced', 'zero', 'held', 'failed']),
  code: z.string().optional(),
  reason: z.string().optional(),
});
const OUTCOMES = ['planned', 'invoiced', 'zero', 'held', 'failed'] as const satisfies readonly RunOutcome[];

/** How many pages of a run one request reads at most when it looks for rare outcomes. */
const READS = 20;
const tags = ['Runs'];

/** Finance and operations: what became of every account in a night's run. */
export function runs() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/runs',
      summary: 'Dates of a seller’s runs, newest first',
      tags,
      middleware: permittedForSeller('run.read'),
      request: { params: sellerParams, query: pageQuery.pick({ limit: true }) },
      responses: {
        200: json('The dates.', z.object({ runs: z.array(z.object({ businessDate: z.string() })) })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const dates = await c.var.deps.store.runs(c.var.seller.sellerId, c.req.valid('query').limit);
      return c.json({ runs: dates.map((businessDate) => ({ businessDate })) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/runs/{date}',
      summary: 'How a run ended: every planned account is invoiced, zero, held or failed',
      tags,
      middleware: permittedForSeller('run.read'),
      request: { params: runParams },
      responses: { 200: json('The run.', tally), ...PROBLEMS },
    }),
    async (c) => {
      const run = { sellerId: c.var.seller.sellerId, businessDate: c.req.valid('param').date };
      const shards = await c.var.deps.store.shards(run);
      if (shards.length === 0) throw productProblem('run_not_found', 'date');
      const counts = await c.var.deps.store.tally(run);
      const complete = counts.open === 0 && shards.every((shard) => shard.done);
      return c.json({ ...run, ...counts, complete }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/runs/{date}/entries',
      summary: 'The accounts of a run with reasons, e.g. those held; a page may be empty and still have a successor',
      tags,
      middleware: permittedForSeller('run.read'),
      request: {
        params: runParams,
        query: pageQuery.extend({ outcome: z.enum(OUTCOMES).optional(), cursor: cursorSchema }),
      },
      responses: {
        200: json('A page.', z.object({ entries: z.array(entry), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const run = { sellerId: c.var.seller.sellerId, businessDate: c.req.valid('param').date };
      const { outcome, limit, cursor } = c.req.valid('query');
      const found = await findEntries(c.var.deps.store, run, outcome, limit, cursor);
      return c.json(found, 200);
    },
  );
  return routes;
}

/** Walks the run's shards from the cursor on until the page is full, there are no more, or enough was read. */
async function findEntries(
  store: ApiDeps['store'],
  run: RunId,
  outcome: RunOutcome | undefined,
  limit: number,
  from: Cursor | undefined,
): Promise<{ entries: RunEntry[]; cursor?: string }> {
  const shards = await store.shards(run);
  if (shards.length === 0) throw productProblem('run_not_found', 'date');
  const numbers = shards.map(({ shard }) => shard).sort((a, b) => a - b);
  const entries: RunEntry[] = [];
  let index = Math.max(0, numbers.indexOf(Number(from?.part ?? numbers[0])));
  let cursor = from?.cursor;
  for (let reads = 0; index < numbers.length; reads++) {
    if (entries.length >= limit || reads >= READS) {
      return {
        entries,
        cursor: encodeCursor({ part: String(numbers[index]), ...(cursor === undefined ? {} : { cursor }) }),
      };
    }
    const page = await store.entries(run, numbers[index]!, limit - entries.length, cursor);
    entries.push(...page.items.filter((item) => outcome === undefined || item.outcome === outcome));
    cursor = page.cursor;
    if (cursor === undefined) index += 1;
  }
  return { entries };
}
