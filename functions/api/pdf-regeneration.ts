import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { regenerate } from '../../shared/delivery/regenerate.ts';
import { dateIn } from '../../shared/domain/calendar.ts';
import { sentenceSchema } from './adjusting.ts';
import { body, CHANGE_PROBLEMS, json, newRoutes, permittedForSeller } from './context.ts';
import { numberParams, wholeInvoice } from './invoice-view.ts';

const regeneration = z
  .object({
    number: z.string(),
    outcome: z
      .enum(['intact', 'restored', 'reissued', 'repeated'])
      .describe(
        '`intact`: the PDF that was sent is there. `restored`: it was lost, and made again with the same bytes. `reissued`: ' +
          'it cannot be made again as it was; a copy, marked as one, is stored beside it. `repeated`: this copy is there already.',
      ),
    sha256: z.string(),
    layout: z.int(),
  })
  .meta({ id: 'PdfRegeneration' });

/** Finance: a PDF that was lost or is wanted anew. */
export function pdfRegeneration() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/invoices/{number}/pdf/regeneration',
      summary: 'Makes the PDF of an invoice again; never replaces the one that was sent by another',
      tags: ['Invoices'],
      middleware: permittedForSeller('document.reissue'),
      request: { params: numberParams, body: body(z.strictObject({ reason: sentenceSchema() })) },
      responses: { 200: json('What was done.', regeneration), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now, principal, seller } = c.var;
      const { sellerId, number } = c.req.valid('param');
      const { invoice } = await wholeInvoice(deps.store, await deps.store.byNumber(sellerId, number));
      const { reason } = c.req.valid('json');
      const asked = { reason, by: principal.subject, now, today: dateIn(now, seller.timeZone) };
      const { outcome, pdf } = await regenerate(deps, invoice, asked);
      return c.json({ number, outcome, sha256: pdf.sha256, layout: pdf.layout ?? 0 }, 200);
    },
  );
  return routes;
}
