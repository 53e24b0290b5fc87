import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { PAYMENT_KINDS } from '../../shared/domain/books/credit.ts';
import type { Receipt } from '../../shared/domain/books/receipt.ts';
import { METHOD_KINDS } from '../../shared/domain/retry-policy.ts';
import { accountPapers, partiesOfReceipt } from './account-papers.ts';
import { newRoutes, permittedForAccount } from './context.ts';
import { pdf, pdfHeaders } from './downloads.ts';
import { urlIdOf } from './invoice-view.ts';
import { Problem } from './problem.ts';
import { accountParams, CHANGE_PROBLEMS, json, PROBLEMS } from './route-parts.ts';

const receiptParams = accountParams.extend({
  receiptId: z.string().regex(/^[a-z][A-Za-z0-9_.-]{1,200}$/, 'must be a receipt’s id, as the list of receipts has it'),
});

const receiptView = z
  .object({
    receiptId: z.string(),
    number: z.string().describe('As printed.'),
    kind: z.enum([...METHOD_KINDS, ...PAYMENT_KINDS, 'credit']),
    brand: z.string().optional(),
    last4: z.string().optional(),
    date: z.string(),
    valueDate: z.string().optional(),
    reference: z.string().optional(),
    currency: z.string(),
    amount: z.int(),
    settled: z.array(z.object({ invoiceId: z.string(), number: z.string(), amount: z.int(), on: z.string() })),
    kept: z.int().describe('Not used yet: it pays later invoices.'),
    balanceAfter: z.int().describe('What the customer had to pay after it.'),
    returned: z.object({ on: z.string(), amount: z.int() }).optional().describe('It came back, or was taken back.'),
  })
  .meta({ id: 'Receipt' });
const tags = ['Payments'];

/** A receipt for every payment: charges, wires and cheques, and credit that was used. Made when they are asked for. */
export function receipts() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/receipts',
      summary: 'Every payment of an account, with what it settled, newest first',
      tags,
      middleware: permittedForAccount('invoice.read'),
      request: { params: accountParams },
      responses: { 200: json('All of them.', z.object({ receipts: z.array(receiptView) })), ...PROBLEMS },
    }),
    async (c) => {
      const { receipts: oldestFirst } = await accountPapers(c.var.deps, c.var.input);
      return c.json({ receipts: oldestFirst.toReversed().map(viewReceipt) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/receipts/{receiptId}/pdf',
      summary: 'The receipt for a payment; one that came back says so',
      tags,
      middleware: permittedForAccount('invoice.read'),
      request: { params: receiptParams },
      responses: { 200: pdf, ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, input } = c.var;
      const { receiptId } = c.req.valid('param');
      const { receipts: all } = await accountPapers(deps, input);
      const receipt = all.find((each) => each.receiptId === receiptId);
      if (receipt === undefined)
        throw new Problem(404, 'receipt_not_found', 'The account has no payment of this id.', { field: 'receiptId' });
      const bytes = renderReceipt(receipt, await partiesOfReceipt(deps, input, receipt));
      return c.body(Uint8Array.from(bytes), 200, pdfHeaders(`${receipt.number}.pdf`));
    },
  );
  return routes;
}

function viewReceipt({ recordedAt: _inside, instrument, settled, ...shown }: Receipt): z.infer<typeof receiptView> {
  return {
    ...shown,
    ...instrument,
    settled: settled.map(({ invoiceId, number, amount, on }) => ({
      invoiceId: urlIdOf(invoiceId),
      number,
      amount,
      on,
    })),
  };
}
