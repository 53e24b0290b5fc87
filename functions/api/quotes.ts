import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { unpaidOf } from '../../shared/collection/open-invoices.ts';
import { printedQuote } from '../../shared/document/printed-quote.ts';
import { dateIn } from '../../shared/domain/calendar.ts';
import { overdueInvoices } from '../../shared/domain/overdue.ts';
import { composeQuote } from '../../shared/domain/quotes/compose-quote.ts';
import { QUOTE_STATUSES, type Quote, type QuoteRequest } from '../../shared/domain/quotes/quote.ts';
import { quoteFaults } from '../../shared/domain/quotes/quote-faults.ts';
import { QuoteRefused } from '../../shared/domain/quotes/refusals.ts';
import { type ApiEnv, newRoutes, permittedForAccount, permittedForSeller, sellerOfAccount } from './context.ts';
import { fingerprintOf } from './idempotency.ts';
import { mailQuote } from './mail-quote.ts';
import { newestFirst } from './newest-first.ts';
import { invalid, productProblem } from './problem.ts';
import { checkoutOf, checkoutView } from './quote-checkout.ts';
import { quoteRequestSchema } from './quote-request.ts';
import { outcomeSchema, quoteOf, quoteParams, quoteView, tags, todayOf, viewQuote } from './quote-view.ts';
import { accountParams, body, CHANGE_PROBLEMS, json, PROBLEMS, pageQuery, sellerParams } from './route-parts.ts';

const statusQuery = z.object({ status: z.enum(QUOTE_STATUSES).optional() });

/** What sales offers: made by staff, read by the customer's billing admins (R8, R124, R125). */
export function quotes() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/quotes',
      summary: 'Makes a quote and mails it; the same quote sent again is the same quote',
      tags,
      middleware: permittedForAccount('quote.write'),
      request: { params: accountParams, body: body(quoteRequestSchema) },
      responses: {
        200: json('The quote, as it was made now or before.', z.object({ outcome: outcomeSchema, quote: quoteView })),
        ...CHANGE_PROBLEMS,
      },
    }),
    async (c) => {
      const { outcome, quote } = await makeOnce(c.var, c.req.valid('json'));
      await mailQuote(c.var.deps, quote, 'quote');
      return c.json({ outcome, quote: viewQuote(quote, todayOf(c.var)) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/quotes',
      summary: 'The quotes of an account, newest first; `status=open` for those that can be accepted',
      tags,
      middleware: permittedForAccount('quote.read'),
      request: { params: accountParams, query: statusQuery },
      responses: { 200: json('All of them.', z.object({ quotes: z.array(quoteView) })), ...PROBLEMS },
    }),
    async (c) => {
      const { status } = c.req.valid('query');
      const found = await c.var.deps.store.quotesOf(c.req.valid('param').accountId);
      const sorted = newestFirst(found, 'madeAt');
      const shown = sorted.map((quote) => viewQuote(quote, todayOf(c.var)));
      return c.json({ quotes: shown.filter((quote) => status === undefined || quote.status === status) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/quotes/{quoteId}',
      summary: 'A quote, and what is left to do before it can be accepted',
      tags,
      middleware: permittedForAccount('quote.read'),
      request: { params: quoteParams },
      responses: {
        200: json('The quote.', z.object({ quote: quoteView, checkout: checkoutView.optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { accountId, quoteId } = c.req.valid('param');
      const { deps, input } = c.var;
      const quote = await quoteOf(deps, accountId, quoteId);
      const today = todayOf(c.var);
      const shown = viewQuote(quote, today);
      if (shown.status !== 'open') return c.json({ quote: shown }, 200);
      const overdue = overdueInvoices(await unpaidOf(deps, accountId), today).length > 0;
      return c.json({ quote: shown, checkout: checkoutOf(deps, input, quote, today, overdue) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/quotes',
      summary: 'A seller’s open quotes, the one that expires first first',
      tags,
      middleware: permittedForSeller('quote.read'),
      request: { params: sellerParams, query: pageQuery },
      responses: {
        200: json('A page.', z.object({ quotes: z.array(quoteView), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const { deps, seller, now } = c.var;
      const today = dateIn(now, seller.timeZone);
      const page = await deps.store.openQuotes(seller.sellerId, today, limit, cursor);
      const shown = page.items.map((quote) => viewQuote(quote, today));
      return c.json({ quotes: shown, ...(page.cursor && { cursor: page.cursor }) }, 200);
    },
  );
  return routes;
}

/**
 * Makes a quote, or finds what was made under its id. Throws 409 `quote_exists` for another content, 422 for what cannot be
 * offered, billed or printed.
 */
async function makeOnce(
  { deps, input, now, principal }: ApiEnv['Variables'],
  request: QuoteRequest,
): Promise<{ outcome: z.infer<typeof outcomeSchema>; quote: Quote }> {
  const { store, stage } = deps;
  const { account } = input;
  const seller = sellerOfAccount(deps, input);
  const maker = { by: principal.subject, date: dateIn(now, seller.timeZone), fingerprint: fingerprintOf(request) };
  const repeated = (quote: Quote) => {
    if (quote.fingerprint !== maker.fingerprint) throw new QuoteRefused('quote_exists', 'quoteId', quote.number);
    return { outcome: 'repeated', quote } as const;
  };
  const known = await store.quote(account.accountId, request.quoteId);
  if (known !== undefined) return repeated(known);
  const faults = quoteFaults(request, account, stage.products, maker.date);
  if (faults.length > 0) throw invalid(422, faults);
  const draft = composeQuote(request, input, seller, stage.products, maker);
  // What cannot be printed is refused now, and not when it is mailed.
  printedQuote({ ...draft, number: '', madeAt: now, status: 'open' });
  const made = await store.makeQuote(draft, now);
  if (made.result === 'stale') throw productProblem('account_changed', 'accountId');
  return made.result === 'written' ? { outcome: 'done', quote: made.quote } : repeated(made.quote);
}
