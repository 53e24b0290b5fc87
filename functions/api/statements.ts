import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { type AccountStatement, AGES, accountStatement } from '../../shared/domain/books/account-statement.ts';
import { creditNoteName } from '../../shared/domain/books/credit-note.ts';
import { MOVEMENT_KINDS } from '../../shared/domain/books/movements.ts';
import { receiptIdOf } from '../../shared/domain/books/receipt.ts';
import { dateIn, firstOf, lastOf, type PlainDate, type ServicePeriod } from '../../shared/domain/calendar.ts';
import { dateSchema, monthSchema } from '../../shared/import/field-schemas.ts';
import { type AccountPapers, accountPapers, currentParties } from './account-papers.ts';
import { type ApiEnv, newRoutes, permittedForAccount, sellerOfAccount } from './context.ts';
import { pdf, pdfHeaders } from './downloads.ts';
import { urlIdOf } from './invoice-view.ts';
import { invalid } from './problem.ts';
import { accountParams, CHANGE_PROBLEMS, json } from './route-parts.ts';

const dayOrMonth = z.union([monthSchema, dateSchema], 'must be a day (YYYY-MM-DD) or a month (YYYY-MM)');
const periodQuery = z.object({
  from: dayOrMonth.describe('A day, or a month from its first day on.'),
  to: dayOrMonth
    .optional()
    .describe('A day, or a month to its last day; absent: today, or the end of the month that `from` names.'),
});

const statementView = z
  .object({
    from: z.string(),
    to: z.string(),
    currency: z.string(),
    opening: z.int(),
    movements: z.array(
      z.object({
        date: z.string(),
        kind: z.enum(MOVEMENT_KINDS),
        amount: z.int().describe('By which more (positive) or less is to be paid.'),
        credit: z.int().describe('By which the customer has more to its credit.'),
        contested: z.int(),
        balance: z.int().describe('What was to be paid after it.'),
        invoices: z.array(z.object({ invoiceId: z.string(), number: z.string(), amount: z.int() })),
        receiptId: z.string().optional(),
      }),
    ),
    closing: z.int(),
    contested: z.int().describe('Owed and contested at the end; not due for now.'),
    credit: z.int().describe('Paid or credited and not used at the end.'),
    open: z
      .array(
        z.object({
          invoiceId: z.string(),
          number: z.string(),
          invoiceDate: z.string(),
          dueDate: z.string(),
          open: z.int(),
          daysOverdue: z.int(),
          age: z.enum(AGES),
        }),
      )
      .describe('What was open at the end; adds up to `closing`.'),
    ages: z.record(z.enum(AGES), z.int()),
    balanceNow: z.int().describe('What is to be paid today.'),
  })
  .meta({ id: 'AccountStatement' });
const tags = ['Books'];

/** What an account owed, what moved and what it owes, for any days: from its books, when it is asked for. */
export function statements() {
  const routes = newRoutes();
  const of = {
    method: 'get',
    tags,
    middleware: permittedForAccount('invoice.read'),
    request: { params: accountParams, query: periodQuery },
  } as const;
  routes.openapi(
    createRoute({
      ...of,
      path: '/accounts/{accountId}/statement',
      summary: 'Opening balance, every movement, closing balance, and what is open by age',
      responses: { 200: json('Minor units.', statementView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { papers, statement } = await stated(c.var, c.req.valid('query'));
      return c.json({ currency: c.var.input.account.currency, ...viewStatement(statement, papers) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      ...of,
      path: '/accounts/{accountId}/statement/pdf',
      summary: 'The same as a PDF, with the slip to pay what is open by transfer',
      responses: { 200: pdf, ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { papers, statement, today } = await stated(c.var, c.req.valid('query'));
      const { account } = c.var.input;
      const { accountId, autopay, terms, currency } = account;
      const bytes = renderStatement({
        ...currentParties(c.var.deps, c.var.input),
        ...{ statement, currency, autopay, terms, madeOn: today, madeAt: c.var.now },
        invoiceNumbers: Object.fromEntries(papers.receivables.map(({ invoiceId, number }) => [invoiceId, number])),
        creditNoteNumbers: Object.fromEntries(papers.creditNotes.map((note) => [creditNoteName(note), note.number])),
        payments: Object.fromEntries(papers.receipts.map((receipt) => [receipt.receiptId, receipt])),
      });
      const { from, to } = statement.period;
      return c.body(Uint8Array.from(bytes), 200, pdfHeaders(`statement-${accountId}-${from}-${to}.pdf`));
    },
  );
  return routes;
}

async function stated({ deps, input, now }: ApiEnv['Variables'], query: z.output<typeof periodQuery>) {
  const today = dateIn(now, sellerOfAccount(deps, input).timeZone);
  const period = periodOf(query, today);
  const papers = await accountPapers(deps, input);
  return { papers, today, statement: accountStatement(papers.movements, papers.receivables, period) };
}

/** It never ends later than today: what is to come is no statement's matter. Throws 422. */
function periodOf({ from, to = isMonth(from) ? from : undefined }: z.output<typeof periodQuery>, today: PlainDate) {
  const first = isMonth(from) ? firstOf(from) : from;
  const last = to === undefined ? today : isMonth(to) ? lastOf(to) : to;
  if (first > today) throw invalid(422, [{ field: 'from', reason: `must not be after today, ${today}` }]);
  if (last < first) throw invalid(422, [{ field: 'to', reason: 'must not be before `from`' }]);
  const period: ServicePeriod = { from: first, to: last > today ? today : last };
  return period;
}

const isMonth = (text: string): boolean => text.length === 'YYYY-MM'.length;

function viewStatement(
  { period, movements, items, ages, sums: _printed, ...figures }: AccountStatement,
  { receivables, receipts }: AccountPapers,
): Omit<z.infer<typeof statementView>, 'currency'> {
  const numbers = new Map(receivables.map(({ invoiceId, number }) => [invoiceId, number]));
  const paid = new Set(receipts.map(({ receiptId }) => receiptId));
  return {
    ...{ from: period.from, to: period.to, ages: { ...ages } },
    ...figures,
    movements: movements.map(({ entry, kind, amount, credit, contested, balance, parts }) => ({
      ...{ date: entry.date, kind, amount, credit, contested, balance },
      invoices: parts.map(({ invoiceId, amount: part }) => ({
        invoiceId: urlIdOf(invoiceId),
        number: numbers.get(invoiceId) ?? '',
        amount: part,
      })),
      ...(paid.has(receiptIdOf(entry.entryId)) && { receiptId: receiptIdOf(entry.entryId) }),
    })),
    open: items.map(({ invoiceId, ...item }) => ({ invoiceId: urlIdOf(invoiceId), ...item })),
  };
}
