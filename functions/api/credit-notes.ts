import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  CREDIT_REASONS,
  type CreditNote,
  type CreditNoteRequest,
  composeCreditNote,
  type DraftCreditNote,
} from '../../shared/domain/books/credit-note.ts';
import { monthSchema, sentenceSchema } from '../../shared/import/field-schemas.ts';
import {
  carriedOut,
  type DecidedHere,
  decidedBy,
  dryRunQuery,
  effectsOf,
  effectsView,
  outcomeSchema,
} from './adjusting.ts';
import { type ApiDeps, newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { contentId, fingerprintOf, idempotencyHeader, sameContent } from './idempotency.ts';
import { namesOnePart, ONE_PART, partFields, wishOf } from './invoice-part.ts';
import { invoiceParams, urlIdOf, wholeInvoice } from './invoice-view.ts';
import { issueAndMail, mailCreditNote } from './issue-credit-note.ts';
import { newestFirst } from './newest-first.ts';
import { accountParams, body, CHANGE_PROBLEMS, json, PROBLEMS, pageQuery, sellerParams } from './route-parts.ts';

const wishSchema = z
  .strictObject({
    reason: z.enum(CREDIT_REASONS.filter((reason) => reason !== 'dispute-upheld')),
    explanation: sentenceSchema(500).describe('What was wrong, in words for the customer.'),
    ...partFields({
      lines: 'These lines, in full or by an amount without tax; their taxes follow in proportion.',
      amount: 'So much with tax, of all lines and taxes in proportion.',
    }),
  })
  .refine(namesOnePart, ONE_PART);

const creditNoteView = z
  .object({
    creditNoteId: z.string(),
    number: z.string().optional().describe('Absent in a preview.'),
    accountId: z.string(),
    invoiceId: z.string(),
    invoiceNumber: z.string(),
    reason: z.enum(CREDIT_REASONS),
    explanation: z.string(),
    disputeId: z.string().optional(),
    date: z.string(),
    currency: z.string(),
    lines: z.array(z.object({ line: z.int(), description: z.string(), amount: z.int() })),
    taxes: z.array(z.object({ label: z.string(), jurisdiction: z.string(), ratePpm: z.int(), amount: z.int() })),
    subtotal: z.int(),
    taxTotal: z.int(),
    total: z.int(),
    settles: z
      .object({ due: z.int(), disputed: z.int(), writtenOff: z.int(), credit: z.int() })
      .describe('What became of the total: less to pay, contested no more, less written off, kept for later invoices.'),
    by: z.string(),
    issuedAt: z.string().optional(),
  })
  .meta({ id: 'CreditNote' });
const issued = z.object({ outcome: outcomeSchema, creditNote: creditNoteView, effects: effectsView.optional() });
const tags = ['Books'];

/** Finance: credit notes, which correct an invoice without changing it (C26). */
export function creditNotes() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/invoices/{invoiceId}/credit-notes',
      summary: 'Issues a credit note on an invoice, or on what earlier ones left of it',
      description:
        'Without `lines` and `amount` all that is left. It lowers what is due; what was paid already is kept as credit. ' +
        'What is contested is left to its dispute: upheld, it issues a credit note of its own.',
      tags,
      middleware: permittedForAccount('books.adjust'),
      request: { params: invoiceParams, query: dryRunQuery, headers: idempotencyHeader, body: body(wishSchema) },
      responses: { 200: json('The credit note and what it does.', issued), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, now } = c.var;
      const { accountId, invoiceId } = c.req.valid('param');
      const request = requestOf(c.req.valid('json'), c.req.valid('header')['idempotency-key']);
      const of = { accountId, invoiceId, request };
      const { outcome, note, decision } = await issueOnce(deps, of, decidedBy(c.var), c.req.valid('query').dryRun, now);
      const effects = decision && (await effectsOf(c.var, decision.adjustment));
      return c.json({ outcome, creditNote: viewCreditNote(note), ...(effects && { effects }) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/credit-notes',
      summary: 'The credit notes of an account, newest first',
      tags,
      middleware: permittedForAccount('invoice.read'),
      request: { params: accountParams },
      responses: { 200: json('All of them.', z.object({ creditNotes: z.array(creditNoteView) })), ...PROBLEMS },
    }),
    async (c) => {
      const notes = await c.var.deps.store.creditNotesOf(c.req.valid('param').accountId);
      const sorted = newestFirst(notes, 'issuedAt');
      return c.json({ creditNotes: sorted.map(viewCreditNote) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/credit-notes',
      summary: 'A month’s credit notes of a seller, by number',
      tags,
      middleware: permittedForSeller('ledger.read'),
      request: { params: sellerParams, query: pageQuery.extend({ month: monthSchema }) },
      responses: {
        200: json('A page.', z.object({ creditNotes: z.array(creditNoteView), cursor: z.string().optional() })),
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { month, limit, cursor } = c.req.valid('query');
      const page = await c.var.deps.store.creditNotesIn(c.req.valid('param').sellerId, month, limit, cursor);
      const creditNotes = page.items.map(viewCreditNote);
      return c.json({ creditNotes, ...(page.cursor && { cursor: page.cursor }) }, 200);
    },
  );
  return routes;
}

/** The same content is the same credit note, unless the caller says with a key that it is another one. */
function requestOf(written: z.output<typeof wishSchema>, key: string | undefined): CreditNoteRequest {
  const fingerprint = fingerprintOf(written);
  const { reason, explanation } = written;
  return { creditNoteId: key ?? contentId(fingerprint), reason, explanation, wish: wishOf(written), fingerprint };
}

interface Wanted {
  readonly accountId: string;
  readonly invoiceId: string;
  readonly request: CreditNoteRequest;
}

/** Composes and issues, or finds what was issued. Throws 404 `invoice_not_found`, 409 `idempotency_key_reused`. */
async function issueOnce(
  deps: ApiDeps,
  { accountId, invoiceId, request }: Wanted,
  decided: DecidedHere,
  dryRun: boolean,
  now: string,
) {
  const { store } = deps;
  const repeated = (note: CreditNote) => {
    sameContent(note, request.fingerprint);
    return { outcome: 'repeated', note, decision: undefined } as const;
  };
  const known = await store.creditNote(accountId, invoiceId, request.creditNoteId);
  if (known) {
    if (!dryRun) await mailCreditNote(deps, known);
    return repeated(known);
  }
  const compose = async () => {
    const { receivable, invoice } = await wholeInvoice(store, await store.receivable(accountId, invoiceId));
    const earlier = await store.creditNotesOf(accountId, invoiceId);
    return composeCreditNote(invoice, receivable, earlier, request, decided);
  };
  let issuedNote: CreditNote | undefined;
  const { outcome, decision } = await carriedOut(deps, now, dryRun, compose, async ({ draft, adjustment }) => {
    const { note, ...written } = await issueAndMail(deps, { draft, adjustment, now });
    issuedNote = note;
    return written;
  });
  if (outcome === 'repeated' && issuedNote) return repeated(issuedNote);
  return { outcome, note: issuedNote ?? decision.draft, decision };
}

export function viewCreditNote(note: DraftCreditNote | CreditNote): z.infer<typeof creditNoteView> {
  const { sellerId: _path, invoiceDate, seller, buyer, language, fingerprint, lines, taxes, ...shown } = note;
  return {
    ...shown,
    invoiceId: urlIdOf(note.invoiceId),
    lines: lines.map((line) => ({ ...line })),
    taxes: taxes.map(({ label, jurisdiction, ratePpm, amount }) => ({ label, jurisdiction, ratePpm, amount })),
  };
}
