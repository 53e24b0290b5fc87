import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { addMinutes } from '../../shared/domain/calendar.ts';
import { USAGE_FORMATS } from '../../shared/domain/usage-exception.ts';
import { usageReportKey } from '../../shared/usage/usage-jobs.ts';
import { parseUsageReport } from '../../shared/usage/usage-report.ts';
import { newRoutes, permittedForSeller } from './context.ts';
import { productProblem } from './problem.ts';
import { body, json, PROBLEMS, sellerParams } from './route-parts.ts';

const UPLOAD_MINUTES = 60;
const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'letters, digits, dot, hyphen and underscore only');
const deckSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'lower-case letters, digits and hyphens');
const formatSchema = z.enum(USAGE_FORMATS);
const upload = z.object({ name: z.string(), url: z.url(), expiresAt: z.iso.datetime() });
const line = z.object({ line: z.int(), field: z.string(), reason: z.string() });
const usageReport = z
  .object({
    file: z.string(),
    complete: z.boolean(),
    counted: z.int(),
    duplicates: z.int().describe('Counted before: the same id with the same content.'),
    notBillable: z.int().describe('Calls that nobody answered, of no length, or to the switch itself.'),
    dropped: z.object({
      total: z.int().describe('Before the account’s billing start; not charged.'),
      lines: z.array(z.object({ line: z.int(), accountId: z.string(), recordId: z.string(), reason: z.string() })),
    }),
    exceptions: z.object({ total: z.int(), lines: z.array(line.extend({ code: z.string() })) }),
    nextLine: z.int(),
  })
  .meta({ id: 'UsageReport' });
const deckReport = z
  .object({
    file: z.string(),
    complete: z.literal(true),
    loaded: z.boolean().describe('In force from now on; otherwise the deck before stays in force.'),
    version: z.string(),
    rows: z.int(),
    problems: z.array(line),
  })
  .meta({ id: 'DeckReport' });
const tags = ['Usage'];

/** Operations: files of calls and messages, and rate decks. */
export function usageFiles() {
  const routes = newRoutes();
  const usageParams = sellerParams.extend({ format: formatSchema });
  const deckParams = sellerParams.extend({ deck: deckSchema });
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/usage-files/{format}',
      summary: 'A link to which a file of usage is PUT, packed when its name ends in .gz; its records are then counted',
      tags,
      middleware: permittedForSeller('usage.import'),
      request: { params: usageParams, body: body(z.strictObject({ name: nameSchema })) },
      responses: { 201: json('The link; `name` is what to ask the report for.', upload), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, format } = c.req.valid('param');
      const { name } = c.req.valid('json');
      const url = await c.var.deps.imports.presignUpload(`usage/${format}/${sellerId}/${name}`, UPLOAD_MINUTES * 60);
      return c.json({ name, url, expiresAt: addMinutes(c.var.now, UPLOAD_MINUTES) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/usage-files/{format}/{name}',
      summary: 'What became of the records of a file',
      tags,
      middleware: permittedForSeller('usage.import'),
      request: { params: usageParams.extend({ name: nameSchema }) },
      responses: { 200: json('The report as far as it has come.', usageReport), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, format, name } = c.req.valid('param');
      const key = usageReportKey(`usage/${format}/${sellerId}/${name}`);
      const found = parseUsageReport(await c.var.deps.imports.readReport(key));
      if (found === undefined) throw productProblem('file_not_found', 'name');
      const { upload: _internal, next, ...shown } = found;
      return c.json({ ...shown, nextLine: next.line }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/rate-decks/{deck}',
      summary: 'A link to which a rate deck is PUT as CSV; it comes into force if nothing is wrong with it',
      tags,
      middleware: permittedForSeller('usage.import'),
      request: { params: deckParams, body: body(z.strictObject({ name: nameSchema })) },
      responses: { 201: json('The link; `name` is what to ask the report for.', upload), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, deck } = c.req.valid('param');
      const { name } = c.req.valid('json');
      const url = await c.var.deps.imports.presignUpload(deckKey(sellerId, deck, name), UPLOAD_MINUTES * 60);
      return c.json({ name, url, expiresAt: addMinutes(c.var.now, UPLOAD_MINUTES) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/rate-decks/{deck}/{name}',
      summary: 'Whether a rate deck is in force now, or everything that is wrong with it',
      tags,
      middleware: permittedForSeller('usage.import'),
      request: { params: deckParams.extend({ name: nameSchema }) },
      responses: { 200: json('The report.', deckReport), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, deck, name } = c.req.valid('param');
      const key = usageReportKey(deckKey(sellerId, deck, name));
      const found = deckReport.safeParse(await c.var.deps.imports.readReport(key)).data;
      if (found === undefined) throw productProblem('file_not_found', 'name');
      return c.json(found, 200);
    },
  );
  return routes;
}

const deckKey = (sellerId: string, deck: string, name: string): string =>
  `decks/${sellerId}/${deck}/${name.replace(/\.csv$/, '')}.csv`;
