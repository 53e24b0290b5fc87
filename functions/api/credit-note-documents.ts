import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { KeptDocument } from '../../shared/delivery/kept-document.ts';
import { recordedPdf } from '../../shared/delivery/stored-pdf.ts';
import { creditedTaxes } from '../../shared/document/credit-note-pdf.ts';
import { creditNoteModel } from '../../shared/document/e-invoice/from-credit-note.ts';
import { isEInvoice } from '../../shared/document/e-invoice/from-invoice.ts';
import type { CreditNote } from '../../shared/domain/books/credit-note.ts';
import { type ApiDeps, newRoutes, permittedForAccount, permittedForSeller } from './context.ts';
import { downloadHeaders, linkToPdf, pdfLink } from './downloads.ts';
import { issuedCreditNote, pdfVerification, verified } from './kept-pdfs.ts';
import { productProblem } from './problem.ts';
import { accountParams, json, PROBLEMS, sellerParams } from './route-parts.ts';
import { noEInvoice, UBL_DESCRIPTION, UBL_TYPE, ublAnswer, ublQuery, written } from './ubl-downloads.ts';

const number = z
  .string()
  .regex(/^[A-Z0-9]{2,6}-CN-\d{6}[A-Z]-\d{6,}$/, 'must be a credit note’s number, such as NTIE-CN-202612A-000001');
const creditNoteParams = accountParams.extend({ number });
export const creditNoteNumberParams = sellerParams.extend({ number });

const link = {
  method: 'get' as const,
  summary: 'A link to the PDF of a credit note that works for five minutes',
  tags: ['Books'],
  responses: { 200: json('The link.', pdfLink), ...PROBLEMS },
};

/** A credit note as the PDF that was sent, and for machines. */
export function creditNoteDocuments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      ...link,
      path: '/accounts/{accountId}/credit-notes/{number}/pdf',
      middleware: permittedForAccount('invoice.read'),
      request: { params: creditNoteParams },
    }),
    async (c) => {
      const { accountId, number } = c.req.valid('param');
      const { note, invoice } = await ofAccount(c.var.deps, accountId, number);
      return c.json(await linkTo(c.var.deps, issuedCreditNote(note, invoice), c.var.now), 200);
    },
  );
  routes.openapi(
    createRoute({
      ...link,
      path: '/sellers/{sellerId}/credit-notes/{number}/pdf',
      middleware: permittedForSeller('invoice.read'),
      request: { params: creditNoteNumberParams },
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      return c.json(await linkTo(c.var.deps, await numberedCreditNote(c.var.deps, sellerId, number), c.var.now), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/credit-notes/{number}/pdf/verification',
      summary: 'Whether the stored PDF is the one on record, and whether making it again gives the same bytes',
      tags: ['Books'],
      middleware: permittedForSeller('invoice.read'),
      request: { params: creditNoteNumberParams },
      responses: { 200: json('What was found.', pdfVerification), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      return c.json(await verified(c.var.deps, await numberedCreditNote(c.var.deps, sellerId, number)), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/credit-notes/{number}/ubl',
      summary: 'The credit note in UBL 2.1, for the software of whoever receives it',
      description: UBL_DESCRIPTION,
      tags: ['Books'],
      middleware: permittedForAccount('invoice.read'),
      request: { params: creditNoteParams, query: ublQuery },
      responses: ublAnswer,
    }),
    async (c) => {
      const { accountId, number } = c.req.valid('param');
      const { note, invoice } = await ofAccount(c.var.deps, accountId, number);
      if (!isEInvoice(invoice)) throw noEInvoice();
      const model = creditNoteModel(note, invoice, creditedTaxes(note, invoice));
      return c.body(written(model, c.req.valid('query').format), 200, downloadHeaders(UBL_TYPE, `${number}.xml`));
    },
  );
  return routes;
}

/** A seller's credit note by its printed number. Throws 404 `credit_note_not_found`. */
export async function numberedCreditNote(
  { store }: Pick<ApiDeps, 'store'>,
  sellerId: string,
  number: string,
): Promise<KeptDocument> {
  const { note, invoice } = await whole(store, await store.creditNoteByNumber(sellerId, number));
  return issuedCreditNote(note, invoice);
}

/** Throws 404 `credit_note_not_found`. */
async function ofAccount({ store }: Pick<ApiDeps, 'store'>, accountId: string, number: string) {
  const notes = await store.creditNotesOf(accountId);
  return await whole(
    store,
    notes.find((each) => each.number === number),
  );
}

/** A credit note with the invoice that it corrects. Throws 404 `credit_note_not_found`. */
async function whole(store: Pick<ApiDeps['store'], 'invoice'>, note: CreditNote | undefined) {
  const invoice = note && (await store.invoice(note.accountId, note.invoiceId));
  if (note === undefined || invoice === undefined) throw productProblem('credit_note_not_found', 'number');
  return { note, invoice };
}

/** To the PDF on record. What was issued before PDFs of credit notes were stored has it drawn and stored now. */
async function linkTo(deps: ApiDeps, document: KeptDocument, now: string) {
  const found = await recordedPdf(deps, document, await deps.store.delivery(document.delivery), now);
  if (found === undefined) throw productProblem('document_not_found');
  return await linkToPdf(deps, found, document.number, now);
}
