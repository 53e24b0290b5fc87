import { createRoute } from '@hono/zod-openapi';
import { newRoutes, permittedForSeller } from './context.ts';
import { creditNoteNumberParams, numberedCreditNote } from './credit-note-documents.ts';
import { numberParams, wholeInvoice } from './invoice-view.ts';
import { issuedInvoice, pdfRegeneration, regenerated, regenerationRequest } from './kept-pdfs.ts';
import { body, CHANGE_PROBLEMS, json } from './route-parts.ts';

/** Finance: a PDF that was lost or is wanted anew. */
export function pdfRegenerations() {
  const routes = newRoutes();
  const common = {
    method: 'post' as const,
    middleware: permittedForSeller('document.reissue'),
    responses: { 200: json('What was done.', pdfRegeneration), ...CHANGE_PROBLEMS },
  };
  routes.openapi(
    createRoute({
      ...common,
      path: '/sellers/{sellerId}/invoices/{number}/pdf/regeneration',
      summary: 'Makes the PDF of an invoice again; never replaces the one that was sent by another',
      tags: ['Invoices'],
      request: { params: numberParams, body: body(regenerationRequest) },
    }),
    async (c) => {
      const { deps } = c.var;
      const { sellerId, number } = c.req.valid('param');
      const { invoice } = await wholeInvoice(deps.store, await deps.store.byNumber(sellerId, number));
      return c.json(await regenerated(c.var, issuedInvoice(deps, invoice), c.req.valid('json').reason), 200);
    },
  );
  routes.openapi(
    createRoute({
      ...common,
      path: '/sellers/{sellerId}/credit-notes/{number}/pdf/regeneration',
      summary: 'Makes the PDF of a credit note again; never replaces the one that was sent by another',
      tags: ['Books'],
      request: { params: creditNoteNumberParams, body: body(regenerationRequest) },
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      const document = await numberedCreditNote(c.var.deps, sellerId, number);
      return c.json(await regenerated(c.var, document, c.req.valid('json').reason), 200);
    },
  );
  return routes;
}
