import { createRoute } from '@hono/zod-openapi';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { canonicalJson } from '../../shared/domain/audit/canonical.ts';
import type { ChainedEntry } from '../../shared/domain/audit/chain.ts';
import { forCustomer } from '../../shared/domain/audit/customer-view.ts';
import { monthSchema } from '../../shared/import/field-schemas.ts';
import { accessToSeller } from './access.ts';
import { type ApiEnv, newRoutes, permittedForAccount } from './context.ts';
import { accountParams, json, PROBLEMS } from './route-parts.ts';

const MOST_ENTRIES = 5_000;
/** An answer of Lambda holds 6 MB; a file repeats some of an entry for each of its changes. */
const MOST_CHARACTERS = 1_500_000;

const entryView = z
  .object({
    sequence: z.int().describe('From 1, without gaps.'),
    at: z.string(),
    what: z.string().describe('`account`, `payment-method`, `payment-attempt`, `access`, …'),
    action: z.enum(['added', 'changed', 'removed']),
    subject: z.string().optional().describe('Which of them; absent for the account itself.'),
    by: z
      .object({
        by: z.string().describe('A person, or the function of the product that did it.'),
        roles: z.array(z.string()).optional(),
        from: z.string().optional().describe('The IP address of the request.'),
        requestId: z.string().optional(),
      })
      .describe('For a customer: its own people; of the telecom’s people the role only.'),
    changes: z.array(
      z.object({
        field: z.string(),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
        withheld: z.literal(true).optional().describe('It changed, but its values are not shown.'),
      }),
    ),
    id: z.string().optional().describe('Part of what `hash` covers; finance and ops only.'),
    hash: z.string().optional().describe('SHA-256 of the hash before it and this entry; finance and ops only.'),
  })
  .meta({ id: 'AuditEntry' });
type EntryView = z.infer<typeof entryView>;

const logView = z.object({
  entries: z.array(entryView).describe('Oldest first.'),
  next: z.int().optional().describe('Send it as `after` for what comes behind; absent: there is no more.'),
});
const anchorsView = z.object({
  anchors: z.array(z.object({ date: z.string(), sequence: z.int(), hash: z.string() })),
});
const after = z.coerce.number().int().min(0).default(0).describe('The number of the last entry that is known.');
const asFor = z
  .enum(['customer'])
  .optional()
  .describe('`customer`: what the customer is given, for whoever sees more.');
const tags = ['Audit log'];

/** Finance and ops, and a customer that asks for its own: who did what to an account, when, and from where (R45). */
export function auditLogs() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/audit-log',
      summary: 'Every access, payment and change of an account: who, when, from where, before and after',
      tags,
      middleware: permittedForAccount('audit-log.read'),
      request: {
        params: accountParams,
        query: z.object({ after, limit: z.coerce.number().int().min(1).max(200).default(100), for: asFor }),
      },
      responses: { 200: json('A page; `next` leads on.', logView), ...PROBLEMS },
    }),
    async (c) => {
      const { after: known, limit, for: reader } = c.req.valid('query');
      const { accountId } = c.req.valid('param');
      const found = await c.var.deps.auditLogs.entries(accountId, known, limit);
      const entries = fitting(found.map(viewFor(c.var, reader)));
      const isMore = found.length === limit || entries.length < found.length;
      return c.json({ entries, ...(isMore && { next: found[entries.length - 1]!.sequence }) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/audit-log.csv',
      summary:
        'The same for a spreadsheet: up to the newest 5,000 entries, one row per field that changed, newest first',
      tags,
      middleware: permittedForAccount('audit-log.read'),
      request: { params: accountParams, query: z.object({ for: asFor }) },
      responses: {
        200: { description: 'The file.', content: { 'text/csv': { schema: z.string() } } },
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { accountId } = c.req.valid('param');
      const newest = (await c.var.deps.auditLogs.newest(accountId, MOST_ENTRIES)).toReversed();
      return c.body(csvOf(fitting(newest.map(viewFor(c.var, c.req.valid('query').for)))), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="audit-log-${accountId}.csv"`,
      });
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/audit-log/anchors',
      summary: 'Where the log ended on each day of a month, as kept where nobody can change it; to verify the log with',
      tags,
      middleware: permittedForAccount('audit-log.verify'),
      request: { params: accountParams, query: z.object({ month: monthSchema }) },
      responses: { 200: json('By date; only days on which the log grew.', anchorsView), ...PROBLEMS },
    }),
    async (c) => {
      const anchors = await c.var.deps.anchors.anchorsOf(c.req.valid('param').accountId, c.req.valid('query').month);
      return c.json({ anchors: [...anchors] }, 200);
    },
  );
  return routes;
}

/** Who may verify a log sees all of it, with the hashes that this takes; everybody else what is for the customer. */
const viewFor = (
  { principal, input }: ApiEnv['Variables'],
  reader: z.infer<typeof asFor>,
): ((entry: ChainedEntry) => EntryView) =>
  reader === undefined && accessToSeller(principal, 'audit-log.verify', input.account.sellerId) === 'granted'
    ? (entry) => entry as unknown as EntryView
    : ({ hash: _hash, ...entry }) => forCustomer(entry) as unknown as EntryView;

/** As many of the first entries as an answer holds; at least one. */
function fitting(entries: readonly EntryView[]): EntryView[] {
  let length = 0;
  const tooMany = entries.findIndex((entry, index) => {
    length += canonicalJson(entry).length;
    return index > 0 && length > MOST_CHARACTERS;
  });
  return entries.slice(0, tooMany < 0 ? entries.length : tooMany);
}

const HEADINGS = ['number', 'time', 'what', 'which', 'action', 'by', 'roles', 'from', 'field', 'before', 'after'];

function csvOf(entries: readonly EntryView[]): string {
  const text = (value: unknown): string =>
    value === undefined ? '' : typeof value === 'string' ? value : canonicalJson(value);
  const rows = entries.flatMap(({ sequence, at, what, subject = '', action, by, changes }) => {
    const same = [sequence, at, what, subject, action, by.by, by.roles?.join(' ') ?? '', by.from ?? ''];
    const shown = changes.length > 0 ? changes : [{ field: '' }];
    return shown.map(({ field, before, after: now }) => [...same, field, text(before), text(now)]);
  });
  return stringify([HEADINGS, ...rows], { escape_formulas: true });
}
