import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import {
  USAGE_EXCEPTION_CODES,
  type UsageException,
  type UsageExceptionCode,
} from '../../shared/domain/usage-exception.ts';
import { remarkSchema } from '../../shared/import/field-schemas.ts';
import { needsCorrection } from '../../shared/usage/exceptions.ts';
import { replayKey } from '../../shared/usage/usage-jobs.ts';
import { type ApiDeps, newRoutes, permittedForSeller } from './context.ts';
import { invalid, productProblem } from './problem.ts';
import { body, CHANGE_PROBLEMS, json, PROBLEMS, pageQuery, sellerParams } from './route-parts.ts';

const codeSchema = z.enum(USAGE_EXCEPTION_CODES as [UsageExceptionCode, ...UsageExceptionCode[]]);
const exceptionView = z
  .object({
    exceptionId: z.string(),
    status: z.enum(['open', 'replayed', 'discarded']),
    code: z.string(),
    format: z.string(),
    file: z.string(),
    line: z.int(),
    field: z.string(),
    reason: z.string(),
    raw: z.string().describe('The record as the file has it; with CSV as many lines as it has.'),
    recordId: z.string().optional(),
    firstSeenAt: z.string(),
    triedAt: z.string(),
    by: z.string().optional(),
    note: z.string().optional(),
    ageSeconds: z.int(),
  })
  .meta({ id: 'UsageException' });
const page = z.object({ exceptions: z.array(exceptionView), cursor: z.string().optional() });
const accepted = z.object({ accepted: z.literal(true) });
const exceptionParams = sellerParams.extend({
  exceptionId: z.string().regex(/^[0-9a-f]{1,64}$/, 'is no exception id'),
});
const note = remarkSchema();
const tags = ['Usage'];

/** Finance and operations: calls and messages that could not be counted, and what is done about them. */
export function usageExceptions() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/usage-exceptions',
      summary: 'Records that could not be counted and wait for a person, oldest first within a code',
      tags,
      middleware: permittedForSeller('usage-exception.read'),
      request: { params: sellerParams, query: pageQuery.extend({ code: codeSchema.optional() }) },
      responses: { 200: json('A page; `cursor` leads to the next.', page), ...PROBLEMS },
    }),
    async (c) => {
      const { code, limit, cursor } = c.req.valid('query');
      const found = await c.var.deps.store.openExceptions(c.var.seller.sellerId, code, limit, cursor);
      const exceptions = found.items.map((exception) => view(exception, c.var.now));
      return c.json({ exceptions, ...(found.cursor && { cursor: found.cursor }) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/usage-exceptions/replay',
      summary: 'Tries all open exceptions of a code again, once their cause is mended',
      tags,
      middleware: permittedForSeller('usage-exception.resolve'),
      request: { params: sellerParams, body: body(z.strictObject({ code: codeSchema })) },
      responses: { 202: json('They are tried one after the other.', accepted), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { code } = c.req.valid('json');
      if (needsCorrection({ code })) throw invalid(422, [uncorrected('code')]);
      await sendReplay(c.var.deps, replayKey(c.var.seller.sellerId, code), c.var.now);
      return c.json({ accepted: true as const }, 202);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/usage-exceptions/{exceptionId}/replay',
      summary: 'Tries an exception again, as it is or as it is corrected here',
      tags,
      middleware: permittedForSeller('usage-exception.resolve'),
      request: {
        params: exceptionParams,
        body: body(z.strictObject({ corrected: z.string().min(1).max(100_000).optional() })),
      },
      responses: { 202: json('It is tried now.', accepted), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now, principal, seller } = c.var;
      const exception = await openOne(deps, seller.sellerId, c.req.valid('param').exceptionId);
      const { corrected } = c.req.valid('json');
      if (corrected === undefined && needsCorrection(exception)) throw invalid(422, [uncorrected('corrected')]);
      const next = { ...exception, triedAt: now, by: principal.subject, ...(corrected && { raw: corrected }) };
      await change(deps, exception, next);
      await sendReplay(deps, replayKey(seller.sellerId, exception.code, exception.exceptionId), now);
      return c.json({ accepted: true as const }, 202);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/usage-exceptions/{exceptionId}/discard',
      summary: 'Says why a record is not to be charged; it stays as evidence',
      tags,
      middleware: permittedForSeller('usage-exception.resolve'),
      request: { params: exceptionParams, body: body(z.strictObject({ reason: note })) },
      responses: { 200: json('The exception.', exceptionView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now, principal, seller } = c.var;
      const exception = await openOne(deps, seller.sellerId, c.req.valid('param').exceptionId);
      const { reason } = c.req.valid('json');
      const next = { ...exception, status: 'discarded', by: principal.subject, note: reason, triedAt: now } as const;
      await change(deps, exception, next);
      return c.json(view(next, now), 200);
    },
  );
  return routes;
}

const uncorrected = (field: string) => ({
  field,
  reason: 'such a record has lost bytes: correct each one, or transfer the file again',
});

/** Throws `usage_exception_not_found`, `usage_exception_closed`. */
async function openOne({ store }: ApiDeps, sellerId: string, exceptionId: string): Promise<UsageException> {
  const exception = await store.usageException(sellerId, exceptionId);
  if (exception === undefined) throw productProblem('usage_exception_not_found', 'exceptionId');
  if (exception.status !== 'open') throw productProblem('usage_exception_closed', 'exceptionId');
  return exception;
}

async function change({ store }: ApiDeps, before: UsageException, next: UsageException): Promise<void> {
  if ((await store.changeException(before, next)) === 'stale')
    throw productProblem('usage_exception_closed', 'exceptionId');
}

const sendReplay = ({ queues }: ApiDeps, key: string, now: Instant): Promise<void> =>
  queues.send('usage', [{ key, line: 1, upload: now }]);

function view({ sellerId: _path, ...exception }: UsageException, now: Instant): z.infer<typeof exceptionView> {
  const ageSeconds = Math.max(0, Math.floor((Date.parse(now) - Date.parse(exception.firstSeenAt)) / 1000));
  return { ...exception, ageSeconds };
}
