import { createRoute } from '@hono/zod-openapi';
import type { UblFormat } from '../../shared/document/e-invoice/formats.ts';
import { eInvoiceOf, isEInvoice } from '../../shared/document/e-invoice/from-invoice.ts';
import { printedInvoice } from '../../shared/document/printed-invoice.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { type ApiDeps, newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { downloadHeaders } from './downloads.ts';
import { downloadsOf, offered } from './hardware-downloads.ts';
import { invoiceParams, numberParams, wholeInvoice } from './invoice-view.ts';
import { issuedInvoice, pdfVerification, verified } from './kept-pdfs.ts';
import { json, PROBLEMS } from './route-parts.ts';
import { noEInvoice, UBL_DESCRIPTION, UBL_TYPE, ublAnswer, ublQuery, written } from './ubl-downloads.ts';

const UBL = {
  summary: 'The invoice in UBL 2.1, for the software of whoever receives it',
  description: UBL_DESCRIPTION,
  tags: ['Invoices'],
};

/** What else there is of an invoice than its PDF, and whether that is still the one that was sent. */
export function invoiceDocuments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      ...UBL,
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}/ubl',
      middleware: permittedForAccount('invoice.read'),
      request: { params: invoiceParams, query: ublQuery },
      responses: ublAnswer,
    }),
    async (c) => {
      const { accountId, invoiceId } = c.req.valid('param');
      const { store } = c.var.deps;
      const made = await ublDocument(
        c.var.deps,
        offered(await store.receivable(accountId, invoiceId), downloadsOf(c)),
        c.req.valid('query').format,
      );
      return c.body(made.xml, 200, made.headers);
    },
  );
  routes.openapi(
    createRoute({
      ...UBL,
      method: 'get',
      path: '/sellers/{sellerId}/invoices/{number}/ubl',
      middleware: permittedForSeller('invoice.read'),
      request: { params: numberParams, query: ublQuery },
      responses: ublAnswer,
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      const { store } = c.var.deps;
      const made = await ublDocument(c.var.deps, await store.byNumber(sellerId, number), c.req.valid('query').format);
      return c.body(made.xml, 200, made.headers);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/invoices/{number}/pdf/verification',
      summary: 'Whether the stored PDF is the one on record, and whether making it again gives the same bytes',
      tags: ['Invoices'],
      middleware: permittedForSeller('invoice.read'),
      request: { params: numberParams },
      responses: { 200: json('What was found.', pdfVerification), ...PROBLEMS },
    }),
    async (c) => {
      const { deps } = c.var;
      const { sellerId, number } = c.req.valid('param');
      const { invoice } = await wholeInvoice(deps.store, await deps.store.byNumber(sellerId, number));
      return c.json(await verified(deps, issuedInvoice(deps, invoice)), 200);
    },
  );
  return routes;
}

/** Throws 404 `e_invoice_not_available` where more than one tax holds, or none that EN 16931 knows. */
async function ublDocument({ store }: ApiDeps, found: Receivable | undefined, format: UblFormat | undefined) {
  const { invoice } = await wholeInvoice(store, found);
  if (!isEInvoice(invoice)) throw noEInvoice();
  const headers = downloadHeaders(UBL_TYPE, `${invoice.number}.xml`);
  return { xml: written(eInvoiceOf(printedInvoice(invoice)), format), headers };
}
