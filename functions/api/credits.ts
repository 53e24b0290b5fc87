import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { type Credit, PAYMENT_KINDS } from '../../shared/domain/books/credit.ts';
import { newRoutes, permittedForAccount } from './context.ts';
import { urlIdOf } from './invoice-view.ts';
import { newestFirst } from './newest-first.ts';
import { accountParams, json, PROBLEMS } from './route-parts.ts';

const tags = ['Books'];

/** A credit as the API shows it. Amounts are minor units of `currency`. */
export const creditView = z
  .object({
    creditId: z.string(),
    kind: z.enum([...PAYMENT_KINDS, 'credit-note', 'overcollected']),
    reference: z.string().optional(),
    valueDate: z.string().optional(),
    creditNoteId: z.string().optional(),
    invoiceId: z.string().optional().describe('Of the invoice that was credited, or charged beyond what was due.'),
    currency: z.string(),
    amount: z.int(),
    remaining: z.int().describe('Not used yet: later invoices consume it.'),
    uses: z.array(z.object({ invoiceId: z.string(), amount: z.int(), at: z.string() })),
    bookedAt: z.string(),
    by: z.string(),
    reversed: z.object({ at: z.string(), by: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'Credit' });

/** What customers have to their credit, and where it came from. */
export function credits() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/credits',
      summary: 'Payments by wire and cheque, credit notes kept, and what remains of each, newest first',
      tags,
      middleware: permittedForAccount('ledger.read'),
      request: { params: accountParams },
      responses: { 200: json('All of them.', z.object({ credits: z.array(creditView) })), ...PROBLEMS },
    }),
    async (c) => {
      const all = await c.var.deps.store.creditsOf(c.req.valid('param').accountId);
      const sorted = newestFirst(all, 'bookedAt');
      return c.json({ credits: sorted.map(viewCredit) }, 200);
    },
  );
  return routes;
}

export function viewCredit(credit: Credit): z.infer<typeof creditView> {
  const { creditId, source, currency, amount, remaining, uses, bookedAt, by, reversed } = credit;
  return {
    creditId,
    kind: source.kind,
    ...('reference' in source && { reference: source.reference, valueDate: source.valueDate }),
    ...('creditNoteId' in source && { creditNoteId: source.creditNoteId }),
    ...('invoiceId' in source && { invoiceId: urlIdOf(source.invoiceId) }),
    ...{ currency, amount, remaining, bookedAt, by },
    uses: uses.map(({ invoiceId, ...use }) => ({ invoiceId: urlIdOf(invoiceId), ...use })),
    ...(reversed && { reversed }),
  };
}
