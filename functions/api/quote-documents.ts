import { createRoute } from '@hono/zod-openapi';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { newRoutes, permittedForAccount } from './context.ts';
import { pdf, pdfHeaders } from './downloads.ts';
import { quoteOf, quoteParams, tags } from './quote-view.ts';
import { PROBLEMS } from './route-parts.ts';

/** A quote as a PDF, made when it is asked for: what it is made from never changes. */
export function quoteDocuments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/quotes/{quoteId}/pdf',
      summary: 'The PDF of a quote',
      tags,
      middleware: permittedForAccount('quote.read'),
      request: { params: quoteParams },
      responses: {
        200: pdf,
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { accountId, quoteId } = c.req.valid('param');
      const quote = await quoteOf(c.var.deps, accountId, quoteId);
      const bytes = Uint8Array.from(await renderQuote(quote));
      return c.body(bytes, 200, pdfHeaders(`${quote.number}.pdf`));
    },
  );
  return routes;
}
