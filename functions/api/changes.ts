import { createRoute } from '@hono/zod-openapi';
import type { z } from 'zod';
import { billChange } from '../../shared/domain/bill-change.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { changeView, viewParts } from './change-view.ts';
import { type ApiDeps, newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { invoiceParams, numberParams, wholeInvoice } from './invoice-view.ts';
import { lastInvoice } from './last-invoice.ts';
import { json, PROBLEMS } from './route-parts.ts';

const described = {
  summary: 'Why an invoice differs from the one before: a short list that adds up to the difference',
  tags: ['Explanations'],
};
const responses = { 200: json('The differences.', changeView), ...PROBLEMS };

/** This month against last, for the customer and for whoever serves it. */
export function changes() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      ...described,
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}/changes',
      middleware: permittedForAccount('invoice.read'),
      request: { params: invoiceParams },
      responses,
    }),
    async (c) => {
      const { accountId, invoiceId } = c.req.valid('param');
      const { store } = c.var.deps;
      return c.json(await compared(store, await store.receivable(accountId, invoiceId)), 200);
    },
  );
  routes.openapi(
    createRoute({
      ...described,
      method: 'get',
      path: '/sellers/{sellerId}/invoices/{number}/changes',
      middleware: permittedForSeller('invoice.read'),
      request: { params: numberParams },
      responses,
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      const { store } = c.var.deps;
      return c.json(await compared(store, await store.byNumber(sellerId, number)), 200);
    },
  );
  return routes;
}

async function compared(store: ApiDeps['store'], found: Receivable | undefined): Promise<z.infer<typeof changeView>> {
  const { invoice } = await wholeInvoice(store, found);
  const last = await lastInvoice(store, invoice.accountId, invoice.invoiceId);
  const { currency, total, lastTotal, difference, parts } = billChange(invoice, last);
  return {
    number: invoice.number,
    ...(last === undefined ? {} : { lastNumber: last.number }),
    currency,
    total,
    lastTotal,
    difference,
    parts: viewParts(parts),
  };
}
