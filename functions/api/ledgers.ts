import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { addDays, daysBetween } from '../../shared/domain/calendar.ts';
import { balanceOf, creditOf, TrialBalance } from '../../shared/domain/ledger.ts';
import { dateSchema } from '../../shared/import/account-schema.ts';
import {
  accountParams,
  json,
  newRoutes,
  PROBLEMS,
  permittedForAccount,
  permittedForSeller,
  sellerParams,
} from './context.ts';

/** The books of a longer period are added up day by day by whoever asks. */
const MOST_DAYS = 31;

const posting = z.object({ account: z.string(), amount: z.int() });
const entryView = z.object({
  entryId: z.string(),
  date: z.string(),
  recordedAt: z.string(),
  currency: z.string(),
  postings: z.array(posting).describe('Debit positive, credit negative; they sum to 0.'),
  reference: z.string().optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
  reverses: z.string().optional(),
  balance: z.int().describe('What the customer owes after this entry.'),
});
const ledgerView = z.object({
  entries: z.array(entryView).describe('In the order in which they were recorded.'),
  balance: z.int(),
  credit: z.int(),
});
const trialView = z.object({
  from: z.string(),
  to: z.string(),
  entries: z.int(),
  accounts: z.array(
    z.object({
      account: z.string(),
      currency: z.string(),
      debits: z.int(),
      credits: z.int(),
      balance: z.int().describe('Debits less credits; the balances of a currency sum to 0.'),
    }),
  ),
});
const period = z
  .object({ from: dateSchema, to: dateSchema })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before `from`' })
  .refine(({ from, to }) => daysBetween(from, to) < MOST_DAYS, {
    path: ['to'],
    message: `must be at most ${MOST_DAYS} days from \`from\`, both counted`,
  });
const tags = ['Books'];

/** Finance: the books, by customer and by seller. */
export function ledgers() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/ledger',
      summary: 'The books of an account: every entry since it began',
      tags,
      middleware: permittedForAccount('ledger.read'),
      request: { params: accountParams },
      responses: { 200: json('The entries and what they come to.', ledgerView), ...PROBLEMS },
    }),
    async (c) => {
      const journal = await c.var.deps.store.journal(c.req.valid('param').accountId);
      let balance = 0;
      const entries = journal.map(({ accountId: _path, sellerId: _known, ...entry }) => {
        balance += balanceOf([{ accountId: _path, sellerId: _known, ...entry }]);
        return { ...entry, postings: entry.postings.map((each) => ({ ...each })), balance };
      });
      return c.json({ entries, balance, credit: creditOf(journal) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/trial-balance',
      summary: 'What moved on each account of a seller’s books in a period of up to 31 days',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: { params: sellerParams, query: period },
      responses: { 200: json('Debits, credits and balance by account.', trialView), ...PROBLEMS },
    }),
    async (c) => {
      const { from, to } = c.req.valid('query');
      const { sellerId } = c.req.valid('param');
      const trial = new TrialBalance();
      for (let date = from; date <= to; date = addDays(date, 1))
        for await (const entry of c.var.deps.store.entriesOn(sellerId, date)) trial.add(entry);
      return c.json({ from, to, entries: trial.entries, accounts: trial.accounts }, 200);
    },
  );
  return routes;
}
