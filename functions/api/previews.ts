import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { BillingInput } from '../../shared/domain/account.ts';
import { dateIn, daysBetween, type PlainDate } from '../../shared/domain/calendar.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { BillingDecision } from '../../shared/domain/invoice.ts';
import { type Preview, previewOf } from '../../shared/domain/preview.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { dateSchema } from '../../shared/import/field-schemas.ts';
import { changeParts, viewParts } from './change-view.ts';
import { type ApiDeps, newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { type Cursor, cursorSchema, encodeCursor } from './cursor.ts';
import { lineView, taxView, viewLines, viewTaxes } from './invoice-view.ts';
import { lastInvoice } from './last-invoice.ts';
import { productProblem } from './problem.ts';
import { accountParams, json, PROBLEMS, sellerParams } from './route-parts.ts';

/** Accounts per page at most, and how many of them are read and composed at once: memory and time stay bounded. */
const MOST_PER_PAGE = 50;
const AT_ONCE = 10;
/** Reasons shown for each account of a run. */
const TOP_CHANGES = 3;

const preview = z
  .object({
    accountId: z.string(),
    billingDate: z.string(),
    outcome: z.enum(['invoice', 'zero', 'held']),
    code: z.string().optional(),
    reason: z.string().optional(),
    currency: z.string(),
    total: z.int(),
    lastTotal: z.int().optional(),
    difference: z.int(),
    changes: changeParts,
  })
  .meta({ id: 'Preview' });
const accountPreview = preview
  .extend({
    invoice: z
      .object({
        invoiceDate: z.string(),
        dueDate: z.string(),
        month: z.string(),
        lines: z.array(lineView),
        taxes: z.array(taxView),
        subtotal: z.int(),
        taxTotal: z.int(),
        total: z.int(),
      })
      .optional(),
  })
  .meta({ id: 'AccountPreview' });
const runPreview = z.object({
  date: z.string(),
  entries: z.array(preview.describe(`With its ${TOP_CHANGES} largest changes.`)),
  part: z.int().describe('How many of the seller’s parts are done.'),
  parts: z.int(),
  cursor: z.string().optional(),
});

/** What would be invoiced, before it is. Nothing is written, and what is composed is what a run would issue. */
export function previews() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/preview',
      summary: 'The next invoice of an account with what is known now, and how it differs from the last',
      tags: ['Previews'],
      middleware: permittedForAccount('invoice.read'),
      request: { params: accountParams },
      responses: { 200: json('The preview.', accountPreview), ...PROBLEMS },
    }),
    async (c) => {
      const { deps, now } = c.var;
      const input = (await deps.store.loadForBilling(c.var.input.account.accountId)) ?? c.var.input;
      const seller = deps.stage.sellers.find(({ sellerId }) => sellerId === input.account.sellerId);
      if (seller === undefined) throw productProblem('seller_not_found');
      const today = dateIn(now, seller.timeZone);
      const { nextBillingDate } = input.account;
      // An account that is due already waits for the next run, which is today's at the earliest.
      const decision = composed(deps, seller, input, daysBetween(today, nextBillingDate) > 0 ? nextBillingDate : today);
      const shown = previewOf(input.account, decision, await lastInvoice(deps.store, input.account.accountId));
      return c.json({ ...view(shown), ...viewDraft(decision) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/preview',
      summary:
        'A run before it happens: every account that would be due on a date, and its difference to the last invoice',
      tags: ['Previews'],
      middleware: permittedForSeller('run.read'),
      request: {
        params: sellerParams,
        query: z.object({
          date: dateSchema,
          limit: z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(MOST_PER_PAGE),
          cursor: cursorSchema,
        }),
      },
      responses: { 200: json('A page; `cursor` leads to the next.', runPreview), ...PROBLEMS },
    }),
    async (c) => {
      const { date, limit, cursor } = c.req.valid('query');
      return c.json(await previewPage(c.var.deps, c.var.seller, date, limit, cursor), 200);
    },
  );
  return routes;
}

const composed = ({ stage }: ApiDeps, seller: Seller, input: BillingInput, on: PlainDate): BillingDecision =>
  composeInvoice(input, seller, stage.products, input.account.nextBillingDate, on);

/** The accounts of one of the seller's parts, by the index of due accounts, and the place where the next page begins. */
async function previewPage(
  deps: ApiDeps,
  seller: Seller,
  date: PlainDate,
  limit: number,
  from: Cursor = { part: '0' },
): Promise<z.infer<typeof runPreview>> {
  const part = Number(from.part);
  if (!Number.isInteger(part) || part < 0 || part >= seller.shards) throw productProblem('invalid_cursor', 'cursor');
  const page = await deps.store.dueAccounts(seller.sellerId, part, date, limit, from.cursor);
  const entries: Preview[] = [];
  for (let index = 0; index < page.items.length; index += AT_ONCE) {
    const some = page.items.slice(index, index + AT_ONCE);
    const previewed = await Promise.all(some.map(({ accountId }) => previewAccount(deps, seller, accountId, date)));
    entries.push(...previewed.flatMap((entry) => entry ?? []));
  }
  const next = nextPlace(part, seller.shards, page.cursor);
  return {
    date,
    entries: entries.map((entry) => view({ ...entry, changes: entry.changes.slice(0, TOP_CHANGES) })),
    part: page.cursor === undefined ? part + 1 : part,
    parts: seller.shards,
    ...(next === undefined ? {} : { cursor: encodeCursor(next) }),
  };
}

function nextPlace(part: number, parts: number, cursor: string | undefined): Cursor | undefined {
  if (cursor !== undefined) return { part: String(part), cursor };
  return part + 1 < parts ? { part: String(part + 1) } : undefined;
}

/** Undefined when a run has billed the account since the index was read. */
async function previewAccount(
  deps: ApiDeps,
  seller: Seller,
  accountId: string,
  date: PlainDate,
): Promise<Preview | undefined> {
  const [input, last] = await Promise.all([deps.store.loadForBilling(accountId), lastInvoice(deps.store, accountId)]);
  if (input === undefined || input.account.nextBillingDate > date) return undefined;
  return previewOf(input.account, composed(deps, seller, input, date), last);
}

const view = (shown: Preview): z.infer<typeof preview> => ({ ...shown, changes: viewParts(shown.changes) });

function viewDraft(decision: BillingDecision): Pick<z.infer<typeof accountPreview>, 'invoice'> {
  if (decision.outcome !== 'invoice') return {};
  const { invoiceDate, dueDate, month, lines, taxes, subtotal, taxTotal, total } = decision.draft;
  const invoice = { invoiceDate, dueDate, month, lines: viewLines(lines), taxes: viewTaxes(taxes) };
  return { invoice: { ...invoice, subtotal, taxTotal, total } };
}
