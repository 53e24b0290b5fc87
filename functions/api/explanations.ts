import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { explainTax } from '../../shared/domain/explain/fee-words.ts';
import { recompute, recomputeTax } from '../../shared/domain/explain/recompute.ts';
import { explainLine } from '../../shared/domain/explain/words.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { invoiceParams, numberParams, wholeInvoice } from './invoice-view.ts';
import { productProblem } from './problem.ts';
import { json, PROBLEMS } from './route-parts.ts';

const place = z.coerce.number().int().min(1).max(1_000_000);
const lineParam = { line: place };
const taxParam = { tax: place };

const explained = z
  .object({
    number: z.string(),
    description: z.string(),
    currency: z.string(),
    amount: z.int(),
    recomputed: z.int().describe('The amount computed anew from the explanation alone; always `amount`.'),
    words: z.array(z.string()).describe('The steps in English, a sentence each.'),
  })
  .meta({ id: 'Explained' });
const explainedLine = explained
  .extend({ line: z.int(), explanation: z.looseObject({ kind: z.string() }).describe('The same as data.') })
  .meta({ id: 'ExplainedLine' });
const explainedTax = explained
  .extend({
    tax: z.int(),
    explanation: z.looseObject({ base: z.int(), ratePpm: z.int(), rateFrom: z.string() }).describe('The same as data.'),
  })
  .meta({ id: 'ExplainedTax' });

const ofLine = { summary: 'How the amount of a line came about, in words and as data', tags: ['Explanations'] };
const ofTax = { summary: 'How a tax came about; taxes are counted from 1', tags: ['Explanations'] };
const lineAnswer = { 200: json('The explanation.', explainedLine), ...PROBLEMS };
const taxAnswer = { 200: json('The explanation.', explainedTax), ...PROBLEMS };

/** Why a line or a tax has the amount it has, for the customer and for whoever serves it. */
export function accountExplanations() {
  const routes = newRoutes();
  const middleware = permittedForAccount('invoice.read');
  const path = '/accounts/{accountId}/invoices/{invoiceId}';
  routes.openapi(
    createRoute({
      ...ofLine,
      method: 'get',
      path: `${path}/lines/{line}/explanation`,
      middleware,
      request: { params: invoiceParams.extend(lineParam) },
      responses: lineAnswer,
    }),
    async (c) => {
      const { accountId, invoiceId, line } = c.req.valid('param');
      const { store } = c.var.deps;
      const { invoice } = await wholeInvoice(store, await store.receivable(accountId, invoiceId));
      return c.json(viewLine(invoice, line), 200);
    },
  );
  routes.openapi(
    createRoute({
      ...ofTax,
      method: 'get',
      path: `${path}/taxes/{tax}/explanation`,
      middleware,
      request: { params: invoiceParams.extend(taxParam) },
      responses: taxAnswer,
    }),
    async (c) => {
      const { accountId, invoiceId, tax } = c.req.valid('param');
      const { store } = c.var.deps;
      const { invoice } = await wholeInvoice(store, await store.receivable(accountId, invoiceId));
      return c.json(viewTax(invoice, tax), 200);
    },
  );
  return routes;
}

/** The same for finance, which has the printed number. */
export function sellerExplanations() {
  const routes = newRoutes();
  const middleware = permittedForSeller('invoice.read');
  const path = '/sellers/{sellerId}/invoices/{number}';
  routes.openapi(
    createRoute({
      ...ofLine,
      method: 'get',
      path: `${path}/lines/{line}/explanation`,
      middleware,
      request: { params: numberParams.extend(lineParam) },
      responses: lineAnswer,
    }),
    async (c) => {
      const { sellerId, number, line } = c.req.valid('param');
      const { store } = c.var.deps;
      const { invoice } = await wholeInvoice(store, await store.byNumber(sellerId, number));
      return c.json(viewLine(invoice, line), 200);
    },
  );
  routes.openapi(
    createRoute({
      ...ofTax,
      method: 'get',
      path: `${path}/taxes/{tax}/explanation`,
      middleware,
      request: { params: numberParams.extend(taxParam) },
      responses: taxAnswer,
    }),
    async (c) => {
      const { sellerId, number, tax } = c.req.valid('param');
      const { store } = c.var.deps;
      const { invoice } = await wholeInvoice(store, await store.byNumber(sellerId, number));
      return c.json(viewTax(invoice, tax), 200);
    },
  );
  return routes;
}

function viewLine({ number, currency, lines }: Invoice, wanted: number): z.infer<typeof explainedLine> {
  const line = lines.find((candidate) => candidate.line === wanted);
  if (line === undefined) throw productProblem('line_not_found', 'line');
  const { description, amount, explanation } = line;
  const recomputed = recompute(explanation, currency);
  const words = explainLine(line, currency);
  return { number, line: wanted, description, currency, amount, recomputed, words, explanation: { ...explanation } };
}

function viewTax({ number, currency, taxes }: Invoice, wanted: number): z.infer<typeof explainedTax> {
  const tax = taxes[wanted - 1];
  if (tax === undefined) throw productProblem('line_not_found', 'tax');
  const { label: description, amount } = tax;
  const recomputed = recomputeTax(tax, currency);
  const words = explainTax(tax, currency);
  return { number, tax: wanted, description, currency, amount, recomputed, words, explanation: { ...tax } };
}
