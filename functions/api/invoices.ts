import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { currentPdf, invoiceDelivery } from '../../shared/domain/delivery.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { monthSchema } from '../../shared/import/field-schemas.ts';
import { type ApiDeps, newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { linkToPdf, pdfLink } from './downloads.ts';
import { anything, type Downloads, downloadsOf, offered } from './hardware-downloads.ts';
import {
  invoiceParams,
  invoiceSummary,
  invoiceView,
  numberParams,
  summarise,
  viewInvoice,
  wholeInvoice,
} from './invoice-view.ts';
import { productProblem } from './problem.ts';
import { accountParams, json, PROBLEMS, pageQuery, sellerParams } from './route-parts.ts';

const page = z.object({ invoices: z.array(invoiceSummary), cursor: z.string().optional() });
const tags = ['Invoices'];

/** Finance's view: by seller. */
export function sellerInvoices() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/invoices',
      summary: 'A month’s invoices of a seller, by series and number',
      tags,
      middleware: permittedForSeller('invoice.read'),
      request: {
        params: sellerParams,
        query: pageQuery.extend({ month: monthSchema, status: z.enum(['unpaid', 'paid']).optional() }),
      },
      responses: { 200: json('A page; `cursor` leads to the next.', page), ...PROBLEMS },
    }),
    async (c) => {
      const { month, status, limit, cursor } = c.req.valid('query');
      const filter = status === undefined ? {} : { status };
      const found = await c.var.deps.store.receivablesIn(c.var.seller.sellerId, month, filter, limit, cursor);
      return c.json({ invoices: found.items.map((each) => summarise(each, anything)), ...next(found.cursor) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/invoices/{number}',
      summary: 'An invoice by its printed number',
      tags,
      middleware: permittedForSeller('invoice.read'),
      request: { params: numberParams },
      responses: { 200: json('The invoice.', invoiceView), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      return c.json(await detail(c.var.deps, await c.var.deps.store.byNumber(sellerId, number), anything), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/invoices/{number}/pdf',
      summary: 'A link to the PDF that works for five minutes',
      tags,
      middleware: permittedForSeller('invoice.read'),
      request: { params: numberParams },
      responses: { 200: json('The link.', pdfLink), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      return c.json(await linkTo(c.var.deps, c.var.now, await c.var.deps.store.byNumber(sellerId, number)), 200);
    },
  );
  return routes;
}

/** The customer's view, and everybody's who serves it: by account. */
export function accountInvoices() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/invoices',
      summary: 'The invoices of an account, newest first',
      tags,
      middleware: permittedForAccount('invoice.read'),
      request: { params: accountParams, query: pageQuery },
      responses: { 200: json('A page; `cursor` leads to the next.', page), ...PROBLEMS },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const found = await c.var.deps.store.receivablesOf(c.req.valid('param').accountId, limit, cursor);
      const downloads = downloadsOf(c);
      return c.json({ invoices: found.items.map((each) => summarise(each, downloads)), ...next(found.cursor) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}',
      summary: 'An invoice with its breakdown',
      tags,
      middleware: permittedForAccount('invoice.read'),
      request: { params: invoiceParams },
      responses: { 200: json('The invoice.', invoiceView), ...PROBLEMS },
    }),
    async (c) => {
      const { accountId, invoiceId } = c.req.valid('param');
      return c.json(
        await detail(c.var.deps, await c.var.deps.store.receivable(accountId, invoiceId), downloadsOf(c)),
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}/pdf',
      summary: 'A link to the PDF that works for five minutes',
      tags,
      middleware: permittedForAccount('invoice.read'),
      request: { params: invoiceParams },
      responses: { 200: json('The link.', pdfLink), ...PROBLEMS },
    }),
    async (c) => {
      const { accountId, invoiceId } = c.req.valid('param');
      const receivable = offered(await c.var.deps.store.receivable(accountId, invoiceId), downloadsOf(c));
      return c.json(await linkTo(c.var.deps, c.var.now, receivable), 200);
    },
  );
  return routes;
}

async function detail({ store }: ApiDeps, found: Receivable | undefined, downloads: Downloads) {
  const { receivable, invoice } = await wholeInvoice(store, found);
  return viewInvoice(receivable, invoice, downloads);
}

async function linkTo(deps: ApiDeps, now: string, receivable: Receivable | undefined) {
  if (receivable === undefined) throw productProblem('invoice_not_found');
  const { accountId, invoiceId, number } = receivable;
  const delivery = await deps.store.delivery(invoiceDelivery(accountId, invoiceId));
  const pdf = delivery && currentPdf(delivery);
  if (pdf === undefined) throw productProblem('document_not_found');
  return await linkToPdf(deps, pdf, number, now);
}

const next = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });
