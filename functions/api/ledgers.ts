import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { addDays, dateIn, daysBetween, type PlainDate } from '../../shared/domain/calendar.ts';
import { balanceOf, creditOf, TrialBalance } from '../../shared/domain/ledger.ts';
import { dateSchema } from '../../shared/import/field-schemas.ts';
import type { LedgerStore } from '../../shared/ports.ts';
import { newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { invalid } from './problem.ts';
import { accountParams, json, PROBLEMS, sellerParams } from './route-parts.ts';

/** A leap year. */
const MOST_DAYS = 366;
/** Days that no reconciliation has closed yet: all of their entries are read. */
const MOST_OPEN_DAYS = 31;

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
  closedUntil: z.string().optional().describe('The last day of the period whose books are closed.'),
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
      summary: 'What moved on each account of a seller’s books in a period of up to a year',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: { params: sellerParams, query: period },
      responses: { 200: json('Debits, credits and balance by account.', trialView), ...PROBLEMS },
    }),
    async (c) => {
      const { from, to } = c.req.valid('query');
      const { seller } = c.var;
      const { sellerId } = seller;
      const { trial, ...closed } = await addedUp(
        c.var.deps.store,
        sellerId,
        from,
        to,
        dateIn(c.var.now, seller.timeZone),
      );
      return c.json({ from, to, ...closed, entries: trial.entries, accounts: trial.accounts }, 200);
    },
  );
  return routes;
}

/** Closed days are added up as they stand, the others entry by entry. Throws 422 when these are too many. */
async function addedUp(store: LedgerStore, sellerId: string, from: PlainDate, to: PlainDate, today: PlainDate) {
  const closed = await store.closedDays(sellerId, from, to);
  const trial = new TrialBalance();
  const open: PlainDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const totals = closed.get(date);
    if (totals) trial.addDay(totals);
    else if (date <= today) open.push(date);
  }
  if (open.length > MOST_OPEN_DAYS) {
    const reason = `the books of ${open.length} days from ${open[0]} on are not closed; ask for at most ${MOST_OPEN_DAYS} such days at once`;
    throw invalid(422, [{ field: 'from', reason }]);
  }
  for await (const entry of store.lateEntries(sellerId, from, to)) trial.add(entry);
  for (const date of open) for await (const entry of store.entriesOn(sellerId, date)) trial.add(entry);
  const closedUntil = [...closed.keys()].sort().at(-1);
  return { trial, ...(closedUntil !== undefined && { closedUntil }) };
}
