import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { addHours, addMinutes, dateIn, type Instant } from '../../shared/domain/calendar.ts';
import {
  addedUp,
  EXPORT_DAYS,
  type ExportedFile,
  type InvoiceExport,
  nextStep,
} from '../../shared/domain/invoice-export.ts';
import { idSchema, monthSchema } from '../../shared/import/field-schemas.ts';
import { type ApiDeps, newRoutes, permittedForSeller } from './context.ts';
import { contentId, fingerprintOf, idempotencyHeader, sameContent } from './idempotency.ts';
import { productProblem } from './problem.ts';
import { body, CHANGE_PROBLEMS, json, PROBLEMS, sellerParams } from './route-parts.ts';

const LINK_MINUTES = 5;

const wishSchema = z.strictObject({
  month: monthSchema.describe('Of the invoices’ dates.'),
  eInvoices: z.boolean().default(false).describe('Whether the UBL of each document that has one comes along.'),
});
const file = z.object({
  fileName: z.string(),
  url: z.url().describe('Works for five minutes.'),
  expiresAt: z.iso.datetime(),
  bytes: z.int(),
  sha256: z.string(),
});
const exportView = z
  .object({
    exportId: z.string(),
    month: z.string(),
    eInvoices: z.boolean(),
    by: z.string(),
    requestedAt: z.iso.datetime().describe('The states in the index are not older than this.'),
    until: z.iso.datetime().describe('When its files are deleted.'),
    status: z.enum(['under-way', 'complete']),
    completedAt: z.iso.datetime().optional(),
    documents: z.int().describe('Packed so far, or listed without a PDF.'),
    gaps: z.int().describe('Of them, those without their PDF: `file state` in the index says why.'),
    totals: z
      .array(
        z.object({
          currency: z.string(),
          invoices: z.int(),
          creditNotes: z.int(),
          net: z.int(),
          tax: z.int(),
          total: z.int(),
        }),
      )
      .describe('What the rows of the index add up to, credit notes deducted.'),
    files: z.array(file).describe('One ZIP; more only of a month beyond 100,000 documents or 20 GiB.'),
    index: file.optional().describe('The rows of all files, as CSV; each ZIP holds its own.'),
  })
  .meta({ id: 'InvoiceExport' });
const tags = ['Invoices'];

/** Finance: the documents of a month as one ZIP. Made in the background, for no request waits so long. */
export function invoiceExports() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/invoice-exports',
      summary: 'Packs a month’s invoices and credit notes into a ZIP with a CSV index',
      description: 'Asked for again on the same day it is the same export, unless an Idempotency-Key says otherwise.',
      tags,
      middleware: permittedForSeller('invoice.export'),
      request: { params: sellerParams, headers: idempotencyHeader, body: body(wishSchema) },
      responses: { 202: json('The export; ask for it until it is complete.', exportView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now, seller, principal } = c.var;
      const wish = c.req.valid('json');
      const fingerprint = fingerprintOf([wish.month, wish.eInvoices]);
      const today = dateIn(now, seller.timeZone);
      const known = await deps.store.beginExport({
        sellerId: seller.sellerId,
        exportId: c.req.valid('header')['idempotency-key'] ?? contentId(fingerprintOf([fingerprint, today])),
        ...wish,
        by: principal.subject,
        requestedAt: now,
        until: addHours(now, 24 * EXPORT_DAYS),
        fingerprint,
        volumes: [],
      });
      sameContent(known, fingerprint);
      const { sellerId, exportId } = known;
      // Again at every repetition: whoever began it may have died before this.
      if (nextStep(known).kind !== 'none')
        await deps.queues.send('exports', [{ sellerId, exportId, volume: known.volumes.length + 1 }]);
      return c.json(await view(deps, known, now), 202);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/invoice-exports/{exportId}',
      summary: 'How far an export has come, with links to its files when it is complete',
      tags,
      middleware: permittedForSeller('invoice.export'),
      request: { params: sellerParams.extend({ exportId: idSchema }) },
      responses: { 200: json('The export.', exportView), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, exportId } = c.req.valid('param');
      const known = await c.var.deps.store.export(sellerId, exportId);
      if (known === undefined || known.until <= c.var.now) throw productProblem('export_not_found', 'exportId');
      return c.json(await view(c.var.deps, known, c.var.now), 200);
    },
  );
  return routes;
}

async function view(deps: ApiDeps, known: InvoiceExport, now: Instant): Promise<z.infer<typeof exportView>> {
  const { sellerId, exportId, month, eInvoices, by, requestedAt, until, volumes, completedAt, index } = known;
  const name = `invoices-${sellerId}-${month}`;
  const linked = (of: ExportedFile, fileName: string) => linkTo(deps, of, fileName, now);
  const nameOf = (volume: number) => (volumes.length === 1 ? `${name}.zip` : `${name}-${volume}.zip`);
  const files = completedAt === undefined ? [] : volumes.map(({ zip }, position) => linked(zip, nameOf(position + 1)));
  return {
    ...{ exportId, month, eInvoices, by, requestedAt, until },
    status: completedAt === undefined ? 'under-way' : 'complete',
    ...(completedAt && { completedAt }),
    documents: volumes.reduce((sum, { documents }) => sum + documents, 0),
    gaps: volumes.reduce((sum, each) => sum + each.gaps, 0),
    totals: volumes
      .reduce<ReturnType<typeof addedUp>>((sums, { totals }) => addedUp(sums, totals), [])
      .map((each) => ({
        ...each,
      })),
    files: await Promise.all(files),
    ...(index && { index: await linked(index, `${name}.csv`) }),
  };
}

async function linkTo({ documents }: ApiDeps, { key, bytes, sha256 }: ExportedFile, fileName: string, now: Instant) {
  const url = await documents.presign(key, LINK_MINUTES * 60, fileName);
  return { fileName, url, expiresAt: addMinutes(now, LINK_MINUTES), bytes, sha256 };
}
