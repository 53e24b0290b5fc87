import { createHash } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { BillingInput } from '../../shared/domain/account.ts';
import { dateIn, type Instant } from '../../shared/domain/calendar.ts';
import {
  decideErasure,
  ERASURE_WAITS,
  type Erasure,
  type ErasureWait,
  neverAccepted,
  type ProcessorErasure,
  processorCustomersOf,
} from '../../shared/domain/erasure.ts';
import type { PaymentAttempt, Receivable } from '../../shared/domain/receivable.ts';
import { dryRunQuery } from './adjusting.ts';
import { type ApiDeps, newRoutes, permittedForAccount, saved, sellerOfAccount } from './context.ts';
import { productProblem } from './problem.ts';
import { accountParams, CHANGE_PROBLEMS, json } from './route-parts.ts';

const PAGE = 100;
const WAITS = Object.keys(ERASURE_WAITS) as [ErasureWait, ...ErasureWait[]];

const outcomeSchema = z.enum(['erased', 'repeated', 'preview']);
const erasureView = z
  .object({
    outcome: outcomeSchema,
    erased: z.array(z.string()),
    kept: z.array(
      z.object({
        what: z.string(),
        until: z.string().optional().describe('The last day on which the law wants it kept.'),
        ground: z.string(),
      }),
    ),
    processor: z
      .array(
        z.object({
          status: z.enum(['deleted', 'to-be-deleted']),
          at: z.string().describe('When it was deleted, tried last, or asked for.'),
          waits: z
            .object({ code: z.enum(WAITS), meaning: z.string() })
            .optional()
            .describe('Why it was not deleted when it was tried last; it is tried again by itself.'),
        }),
      )
      .describe('The customers at the payment processor that this account has, or ever paid with.'),
    elsewhere: z.string().describe('What this product cannot erase.'),
  })
  .meta({ id: 'Erasure' });

/** Staff: a customer wants its personal data erased (GDPR Art. 17). */
export function erasureRequests() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/erasure-requests',
      summary: 'Erases the personal data of a closed and settled account, and says what is kept until when and why',
      description:
        'Invoices, credit notes, their PDFs, the books and quotes that were accepted are never erased by it. What is erased does not come back. The customer at the payment processor ' +
        'is deleted, too, soon after; asked again it says whether it is, or what it waits for.',
      tags: ['Accounts'],
      middleware: permittedForAccount('account.erase'),
      request: { params: accountParams, query: dryRunQuery },
      responses: { 200: json('What was erased, and what was not.', erasureView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { accountId } = c.req.valid('param');
      const { deps, principal, now } = c.var;
      const input = await deps.store.loadForBilling(accountId);
      if (input === undefined) throw productProblem('account_not_found', 'accountId');
      const { address, timeZone } = sellerOfAccount(deps, input);
      const [receivables, creditNotes, quotes] = await Promise.all([
        allReceivables(deps, accountId),
        deps.store.creditNotesOf(accountId),
        deps.store.quotesOf(accountId),
      ]);
      const request = { input, receivables, creditNotes, country: address.country, today: dateIn(now, timeZone), now };
      const decision = decideErasure({ ...request, by: principal.subject });
      const left = [...input.methods, ...neverAccepted(quotes)];
      const repeated = input.account.erased !== undefined && left.length === 0;
      const { dryRun } = c.req.valid('query');
      // Before its methods go: they alone name the customer.
      const customers = await customersOf(deps, input, receivables, now);
      if (!dryRun) await putOnRecord(deps, customers);
      if (!dryRun && !repeated) await erase(deps, input.account.version, decision);
      const outcome = repeated ? 'repeated' : dryRun ? 'preview' : 'erased';
      const known = await deps.store.erasuresOf(accountId);
      if (!dryRun) await haveDeleted(deps, known);
      return c.json(viewErasure(decision, outcome, known.length > 0 ? known : customers), 200);
    },
  );
  return routes;
}

/** As they are to be put on record: the same customer has the same id. */
async function customersOf(
  { store }: ApiDeps,
  { account, methods }: BillingInput,
  receivables: readonly Receivable[],
  now: Instant,
): Promise<ProcessorErasure[]> {
  const { sellerId, accountId } = account;
  const attempts: PaymentAttempt[] = [];
  for (const { invoiceId } of receivables) attempts.push(...(await store.attempts(accountId, invoiceId)));
  return processorCustomersOf(methods, attempts).map((customer) => ({
    ...{ sellerId, accountId, customer, requestedAt: now },
    erasureId: createHash('sha256').update(customer).digest('hex').slice(0, 32),
  }));
}

async function putOnRecord({ store }: ApiDeps, customers: readonly ProcessorErasure[]): Promise<void> {
  for (const customer of customers) await store.beginErasure(customer);
}

/** Should this be lost, the sweep has it done. */
async function haveDeleted({ queues }: ApiDeps, known: readonly ProcessorErasure[]): Promise<void> {
  const waiting = known.filter(({ deletedAt }) => deletedAt === undefined);
  if (waiting.length === 0) return;
  const messages = waiting.map(({ sellerId, accountId, erasureId }) => ({ sellerId, accountId, erasureId }));
  await queues.send('erasures', messages);
}

/**
 * A method at a time, then the account, and its quotes last, since an erased account gets no new ones: who dies between them
 * is asked again. Throws 409 `account_changed`.
 */
async function erase({ store }: ApiDeps, version: number, { account, methods }: Erasure): Promise<void> {
  for (const [position, method] of methods.entries())
    saved(await store.removeMethod({ ...account, version: version + position + 1 }, method));
  saved(await store.updateAccount(account));
  for (const quote of neverAccepted(await store.quotesOf(account.accountId))) saved(await store.removeQuote(quote));
}

async function allReceivables({ store }: ApiDeps, accountId: string): Promise<Receivable[]> {
  const all: Receivable[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.receivablesOf(accountId, PAGE, cursor);
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

const viewErasure = (
  { erased, kept }: Erasure,
  outcome: z.infer<typeof outcomeSchema>,
  customers: readonly ProcessorErasure[],
): z.infer<typeof erasureView> => ({
  outcome,
  erased: [...erased],
  kept: kept.map((each) => ({ ...each })),
  processor: customers.map(({ requestedAt, deletedAt, waits }) => ({
    status: deletedAt === undefined ? 'to-be-deleted' : 'deleted',
    at: deletedAt ?? waits?.at ?? requestedAt,
    ...(waits && { waits: { code: waits.because, meaning: ERASURE_WAITS[waits.because] } }),
  })),
  elsewhere:
    'Tell those whom mails were forwarded to. What the payment processor itself must keep of payments, it keeps.',
});
