import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { readCamt053 } from '../../shared/bank/camt053.ts';
import { readCsvStatement } from '../../shared/bank/csv-statement.ts';
import { type BankEntry, numbersIn, type OpenItem, proposalsFor } from '../../shared/domain/books/bank-entry.ts';
import { addMonths, dateIn, firstOf, monthOf, type PlainDate } from '../../shared/domain/calendar.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { type ApiDeps, newRoutes, permittedForSeller } from './context.ts';
import { urlIdOf } from './invoice-view.ts';
import { invalid } from './problem.ts';
import { body, CHANGE_PROBLEMS, json, sellerParams } from './route-parts.ts';

/** What API Gateway lets through leaves room for no more. */
const MOST_CHARACTERS = 4_000_000;
const MOST_ENTRIES = 2_000;
/** How far back an invoice is looked for by its amount alone, and how many are looked at. */
const MONTHS_BACK = 4;
const MOST_PAGES = 50;

const place = z.object({ place: z.string(), reason: z.string() });
const proposal = z.object({
  accountId: z.string(),
  name: z.string(),
  invoiceId: z.string(),
  number: z.string(),
  due: z.int(),
  confidence: z.enum(['high', 'medium', 'low']),
  reason: z.string(),
});
const read = z.object({
  entries: z.array(
    z.object({
      bankEntryId: z.string().describe('Books the entry when it is given with a manual payment.'),
      place: z.string(),
      valueDate: z.string(),
      amount: z.int(),
      currency: z.string(),
      reference: z.string(),
      payer: z.string().optional(),
      booked: z.object({ accountId: z.string(), paymentId: z.string() }).optional().describe('It was booked before.'),
      proposals: z.array(proposal).describe('The likeliest first; a person decides.'),
    }),
  ),
  skipped: z.array(place).describe('What went out, and what the bank has not booked yet.'),
  faults: z.array(place).describe('What could not be read: everything else was.'),
});

/** Finance: what a bank statement may pay. Nothing is booked by reading it. */
export function bankStatements() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/sellers/{sellerId}/bank-statements',
      summary: 'Reads a bank statement and proposes which invoices its entries pay',
      description:
        'Books nothing: an entry is booked by a manual payment with its `bankEntryId`, once, in whatever files it comes.',
      tags: ['Books'],
      middleware: permittedForSeller('books.adjust'),
      request: {
        params: sellerParams,
        body: body(
          z.strictObject({
            format: z.enum(['camt.053', 'csv']),
            content: z.string().min(1, 'must not be empty').max(MOST_CHARACTERS, 'must be at most 4 MB'),
          }),
        ),
      },
      responses: { 200: json('The entries, each with what it may pay.', read), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, seller, now } = c.var;
      const { format, content } = c.req.valid('json');
      const statement = format === 'csv' ? readCsvStatement(content) : readCamt053(content);
      const { entries, skipped, faults } = statement;
      const unusable = entries.length === 0 && skipped.length === 0;
      if (unusable && faults.length > 0)
        throw invalid(
          422,
          faults.slice(0, 100).map((fault) => ({ field: 'content', reason: `${fault.place}: ${fault.reason}` })),
        );
      if (entries.length > MOST_ENTRIES)
        throw invalid(422, [{ field: 'content', reason: `has more than ${MOST_ENTRIES} entries; split it by days` }]);
      const items = await openItems(deps, seller, entries, dateIn(now, seller.timeZone));
      const shown = entries.map(async ({ entryId, ...entry }) => {
        const claim = await deps.store.bankEntry(seller.sellerId, entryId);
        const named = numbersIn(entry.reference, seller.numberPrefix).flatMap(
          (number) => items.byNumber.get(number) ?? [],
        );
        const proposals = claim ? [] : proposalsFor({ entryId, ...entry }, named, items.open);
        const booked = claim && { accountId: claim.accountId, paymentId: claim.creditId };
        return { bankEntryId: entryId, ...entry, ...(booked && { booked }), proposals: proposals.map(viewProposal) };
      });
      return c.json({ entries: await Promise.all(shown), skipped: [...skipped], faults: [...faults] }, 200);
    },
  );
  return routes;
}

function viewProposal({ item, confidence, reason }: ReturnType<typeof proposalsFor>[number]) {
  const { accountId, invoiceId, number, due } = item.receivable;
  return { accountId, name: item.payer, invoiceId: urlIdOf(invoiceId), number, due, confidence, reason };
}

/** Unpaid invoices that the entries name, and those of the last months that have the amount of one that names none. */
async function openItems(deps: ApiDeps, seller: Seller, entries: readonly BankEntry[], today: PlainDate) {
  const numbers = [...new Set(entries.flatMap(({ reference }) => numbersIn(reference, seller.numberPrefix)))];
  const named = await Promise.all(numbers.map((number) => deps.store.byNumber(seller.sellerId, number)));
  const owed = named.filter((receivable) => receivable !== undefined && receivable.due > 0) as Receivable[];
  const known = new Set(owed.map(({ number }) => number));
  const amounts = new Set(
    entries
      .filter(({ reference }) => !numbersIn(reference, seller.numberPrefix).some((number) => known.has(number)))
      .map(({ amount }) => amount),
  );
  const alike = amounts.size === 0 ? [] : await unpaidOfAmounts(deps, seller, amounts, today);
  const items = await withNames(deps, [...owed, ...alike]);
  const byNumber = new Map(
    items.filter(({ receivable }) => known.has(receivable.number)).map((item) => [item.receivable.number, item]),
  );
  return { byNumber, open: items.filter(({ receivable }) => !known.has(receivable.number)) };
}

async function unpaidOfAmounts(
  { store }: ApiDeps,
  { sellerId }: Seller,
  amounts: ReadonlySet<number>,
  today: PlainDate,
): Promise<Receivable[]> {
  const found: Receivable[] = [];
  let pages = 0;
  for (let back = 0; back < MONTHS_BACK; back++) {
    const month = monthOf(addMonths(firstOf(monthOf(today)), 0 - back));
    let cursor: string | undefined;
    do {
      const page = await store.receivablesIn(sellerId, month, { status: 'unpaid' }, 100, cursor);
      found.push(...page.items.filter(({ due }) => amounts.has(due)));
      cursor = page.cursor;
      pages++;
    } while (cursor !== undefined && pages < MOST_PAGES);
  }
  return found;
}

async function withNames({ store }: ApiDeps, receivables: readonly Receivable[]): Promise<OpenItem[]> {
  const accounts = await store.accountsById([...new Set(receivables.map(({ accountId }) => accountId))]);
  return receivables.map((receivable) => ({ receivable, payer: accounts.get(receivable.accountId)?.name ?? '' }));
}
