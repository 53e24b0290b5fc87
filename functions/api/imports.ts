import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { addMinutes } from '../../shared/domain/calendar.ts';
import { reportKey } from '../../shared/import/import-jobs.ts';
import { parseReport } from '../../shared/import/report.ts';
import type { Principal } from './access.ts';
import { newRoutes, permitted } from './context.ts';
import { Problem, productProblem } from './problem.ts';
import { body, json, PROBLEMS } from './route-parts.ts';

const UPLOAD_MINUTES = 15;
const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'letters, digits, dot, hyphen and underscore only');
const upload = z.object({ name: z.string(), url: z.url(), expiresAt: z.iso.datetime() });
const report = z
  .object({
    file: z.string(),
    complete: z.boolean(),
    loaded: z.int(),
    existing: z.int().describe('Accounts that were there already; they are left as they are.'),
    rejected: z.object({
      total: z.int(),
      lines: z.array(z.object({ line: z.int(), field: z.string(), reason: z.string() })),
    }),
    nextLine: z.int(),
  })
  .meta({ id: 'ImportReport' });
const tags = ['Imports'];

/** Loading many accounts: a link to upload the file to, and the report about its lines. */
export function imports() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/imports',
      summary: 'A link to which a JSON-lines file of accounts is PUT; its lines are then loaded',
      tags,
      middleware: permitted('accounts.import'),
      request: { body: body(z.strictObject({ name: nameSchema })) },
      responses: { 201: json('The link; `name` is what to ask the report for.', upload), ...PROBLEMS },
    }),
    async (c) => {
      refuseSomeSellers(c.var.principal);
      const { name } = c.req.valid('json');
      const url = await c.var.deps.imports.presignUpload(fileKey(name), UPLOAD_MINUTES * 60);
      return c.json({ name, url, expiresAt: addMinutes(c.var.now, UPLOAD_MINUTES) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/imports/{name}',
      summary: 'What became of the lines of a file',
      tags,
      middleware: permitted('accounts.import'),
      request: { params: z.object({ name: nameSchema }) },
      responses: { 200: json('The report as far as it has come.', report), ...PROBLEMS },
    }),
    async (c) => {
      refuseSomeSellers(c.var.principal);
      const key = reportKey(fileKey(c.req.valid('param').name));
      const found = parseReport(await c.var.deps.imports.readReport(key));
      if (found === undefined) throw productProblem('file_not_found', 'name');
      const { upload: _internal, next, ...shown } = found;
      return c.json({ ...shown, nextLine: next.line }, 200);
    },
  );
  return routes;
}

const fileKey = (name: string): string => `accounts/${name.replace(/\.jsonl$/, '')}.jsonl`;

/** A file may hold accounts of every seller, so that only who answers for all of them may load one. */
function refuseSomeSellers(principal: Principal): void {
  if (principal.sellers !== '*')
    throw new Problem(
      403,
      'forbidden',
      'Only who works for every seller may import files; create accounts one by one.',
    );
}
