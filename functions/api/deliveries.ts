import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { type Delivery, DOCUMENT_KINDS, type Sending } from '../../shared/domain/delivery.ts';
import { remarkSchema } from '../../shared/import/field-schemas.ts';
import { newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { invoiceParams } from './invoice-view.ts';
import { Problem, productProblem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, json, PROBLEMS, pageQuery, sellerParams } from './route-parts.ts';

const outcomeView = z.object({
  email: z.string(),
  status: z
    .enum(['sending', 'sent', 'rejected', 'uncertain', 'skipped', 'bounced', 'complained'])
    .describe(
      '`skipped`: the address is marked as undeliverable. `bounced`: the mail came back. `complained`: it was read, and taken for spam.',
    ),
  at: z.string(),
  bounce: z.enum(['permanent', 'transient']).optional(),
  reason: z.string().optional(),
  arrivedAt: z.string().optional().describe('When the recipient’s mail server took the mail.'),
});

export const deliveryView = z
  .object({
    document: z.enum(DOCUMENT_KINDS),
    about: z.string().describe('The id of the invoice, credit note or quote that it is about.'),
    occurrence: z.int().describe('Tells notices of one kind about one invoice apart.'),
    createdAt: z.string(),
    completedAt: z.string().optional().describe('When the last recipient of the first sending was mailed to.'),
    unreachedSince: z.string().optional().describe('Since when it is known that nobody got it.'),
    reachedOtherwise: z
      .object({ how: z.string(), at: z.string() })
      .optional()
      .describe('How a person saw to it that the customer has it after all.'),
    recipients: z.array(outcomeView).describe('Of the first sending.'),
    again: z
      .array(
        z.object({
          sending: z.int(),
          askedAt: z.string(),
          askedBy: z.enum(['customer', 'telecom']),
          completedAt: z.string().optional(),
          recipients: z.array(outcomeView),
        }),
      )
      .optional()
      .describe('Each time that somebody had it sent again, oldest first.'),
  })
  .meta({ id: 'Delivery' });

const unreachedView = deliveryView.extend({ accountId: z.string() }).meta({ id: 'Unreached' });

const reachedOtherwiseBody = z.strictObject({
  document: z.enum(DOCUMENT_KINDS),
  about: z.string().min(1).max(200).describe('As the list has it.'),
  occurrence: z.int().min(1).default(1),
  how: remarkSchema().describe('Such as “by post on 4 December”.'),
});

/** What was mailed about an invoice, to whom, and what became of it. */
export function deliveries() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}/deliveries',
      summary: 'What was mailed about an invoice: to whom, and what became of it',
      tags: ['Invoices'],
      middleware: permittedForAccount('invoice.read'),
      request: { params: invoiceParams },
      responses: { 200: json('By kind of document.', z.object({ deliveries: z.array(deliveryView) })), ...PROBLEMS },
    }),
    async (c) => {
      const { accountId, invoiceId } = c.req.valid('param');
      const found = await c.var.deps.store.deliveriesOf(accountId, invoiceId);
      if (found.length === 0) throw productProblem('invoice_not_found');
      return c.json({ deliveries: found.map(viewDelivery) }, 200);
    },
  );
  return routes;
}

/** Finance: whose invoices and notices reached nobody. */
export function unreached() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/unreached',
      summary: 'Documents that reached none of their recipients, the longest first',
      tags: ['Invoices'],
      middleware: permittedForSeller('account.list'),
      request: { params: sellerParams, query: pageQuery },
      responses: {
        200: json('A page.', z.object({ deliveries: z.array(unreachedView), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const page = await c.var.deps.store.unreached(c.var.seller.sellerId, limit, cursor);
      const shown = page.items.map((delivery) => ({
        accountId: delivery.accountId,
        ...viewDelivery(delivery),
      }));
      return c.json({ deliveries: shown, ...(page.cursor !== undefined && { cursor: page.cursor }) }, 200);
    },
  );
  return routes;
}

/** Finance and staff: a document that reached nobody by mail was sent by post, read out, handed over. */
export function reachedOtherwise() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/reached-otherwise',
      summary: 'Notes how the customer got a document that reached nobody, which takes it off the list',
      tags: ['Invoices'],
      middleware: permittedForAccount('account.hold'),
      request: { params: accountParams, body: body(reachedOtherwiseBody) },
      responses: { 200: json('The document as it is now.', deliveryView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now, principal } = c.var;
      const { how, ...document } = c.req.valid('json');
      const of = { accountId: c.req.valid('param').accountId, ...document };
      const noted = await deps.store.noteReachedOtherwise(of, { how, by: principal.subject, at: now });
      const delivery = await deps.store.delivery(of);
      if (noted === 'absent' || delivery === undefined)
        throw new Problem(404, 'not_unreached', 'The account has no such document that reached nobody.', {
          field: 'about',
        });
      return c.json(viewDelivery(delivery), 200);
    },
  );
  return routes;
}

/** With the outcome of every sending. */
export function viewDelivery(delivery: Delivery): z.infer<typeof deliveryView> {
  const { document, about, occurrence, createdAt, completedAt, unreachedSince, reachedOtherwise, again } = delivery;
  return {
    ...{ document, about, occurrence, createdAt },
    ...(completedAt !== undefined && { completedAt }),
    ...(unreachedSince !== undefined && { unreachedSince }),
    ...(reachedOtherwise && { reachedOtherwise: { how: reachedOtherwise.how, at: reachedOtherwise.at } }),
    recipients: viewOutcomes(delivery),
    ...(again && {
      again: again.map((sending, index) => ({
        ...{ sending: index + 2, askedAt: sending.askedAt, askedBy: sending.askedBy },
        ...(sending.completedAt !== undefined && { completedAt: sending.completedAt }),
        recipients: viewOutcomes(sending),
      })),
    }),
  };
}

const viewOutcomes = ({ recipients, arrived = {} }: Sending): z.infer<typeof outcomeView>[] =>
  Object.entries(recipients).map(([email, { status, at, bounce, reason }]) => ({
    ...{ email, status, at },
    ...(bounce && { bounce }),
    ...(reason !== undefined && { reason }),
    ...(arrived[email] !== undefined && { arrivedAt: arrived[email] }),
  }));
