import { createHash } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { creditedTaxes, renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { obstacleTo, UBL_FORMATS, type UblFormat, usualFormat } from '../../shared/document/e-invoice/formats.ts';
import { creditNoteModel } from '../../shared/document/e-invoice/from-credit-note.ts';
import { eInvoiceOf, isEInvoice } from '../../shared/document/e-invoice/from-invoice.ts';
import type { EInvoice } from '../../shared/document/e-invoice/model.ts';
import { ublOf } from '../../shared/document/e-invoice/ubl.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { printedInvoice } from '../../shared/document/printed-invoice.ts';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import {
  type ApiDeps,
  accountParams,
  json,
  newRoutes,
  PROBLEMS,
  permittedForAccount,
  permittedForSeller,
} from './context.ts';
import { downloadHeaders, pdf, pdfHeaders } from './downloads.ts';
import { downloadsOf, offered } from './hardware-downloads.ts';
import { invoiceParams, numberParams, wholeInvoice } from './invoice-view.ts';
import { Problem, productProblem } from './problem.ts';

const UBL = {
  summary: 'The invoice in UBL 2.1, for the software of whoever receives it',
  description:
    'Of invoices with VAT, or GST in Australia. Without `format` the one that the receiver’s country expects: XRechnung in ' +
    'Germany, Peppol’s PINT A-NZ in Australia, elsewhere Peppol BIS Billing 3 where the buyer has a VAT ID, by which its ' +
    'network delivers, and EN 16931 alone where it has none.',
  tags: ['Invoices'],
};
const creditNoteParams = accountParams.extend({
  number: z
    .string()
    .regex(/^[A-Z0-9]{2,6}-CN-\d{6}[A-Z]-\d{6,}$/, 'must be a credit note’s number, such as NTIE-CN-202612A-000001'),
});
const formatQuery = z.object({ format: z.enum(UBL_FORMATS).optional() });
const xml = {
  200: { description: 'The document.', content: { 'application/xml': { schema: z.string() } } },
  ...PROBLEMS,
};

const verification = z
  .object({
    number: z.string(),
    sha256: z.string().describe('On record since the PDF was made.'),
    stored: z.enum(['as-recorded', 'different', 'missing']),
    madeAgain: z.enum(['same', 'different']),
    layout: z.int().describe('The layout that it was made with; another one than `currentLayout` makes other bytes.'),
    currentLayout: z.int(),
  })
  .meta({ id: 'PdfVerification' });

/** What else there is of an invoice than its PDF, and whether that is still the one that was sent. */
export function invoiceDocuments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      ...UBL,
      method: 'get',
      path: '/accounts/{accountId}/invoices/{invoiceId}/ubl',
      middleware: permittedForAccount('invoice.read'),
      request: { params: invoiceParams, query: formatQuery },
      responses: xml,
    }),
    async (c) => {
      const { accountId, invoiceId } = c.req.valid('param');
      const { store } = c.var.deps;
      const made = await ublDocument(
        c.var.deps,
        offered(await store.receivable(accountId, invoiceId), downloadsOf(c)),
        c.req.valid('query').format,
      );
      return c.body(made.xml, 200, made.headers);
    },
  );
  routes.openapi(
    createRoute({
      ...UBL,
      method: 'get',
      path: '/sellers/{sellerId}/invoices/{number}/ubl',
      middleware: permittedForSeller('invoice.read'),
      request: { params: numberParams, query: formatQuery },
      responses: xml,
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      const { store } = c.var.deps;
      const made = await ublDocument(c.var.deps, await store.byNumber(sellerId, number), c.req.valid('query').format);
      return c.body(made.xml, 200, made.headers);
    },
  );
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/sellers/{sellerId}/invoices/{number}/pdf/verification',
      summary: 'Whether the stored PDF is the one on record, and whether making it again gives the same bytes',
      tags: ['Invoices'],
      middleware: permittedForSeller('invoice.read'),
      request: { params: numberParams },
      responses: { 200: json('What was found.', verification), ...PROBLEMS },
    }),
    async (c) => {
      const { sellerId, number } = c.req.valid('param');
      return c.json(await verified(c.var.deps, await c.var.deps.store.byNumber(sellerId, number)), 200);
    },
  );
  return routes;
}

/** A credit note as a PDF, and for machines. Both are made when they are asked for: what they are made from never changes. */
export function creditNoteDocuments() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/credit-notes/{number}/pdf',
      summary: 'The PDF of a credit note',
      tags: ['Books'],
      middleware: permittedForAccount('invoice.read'),
      request: { params: creditNoteParams },
      responses: {
        200: pdf,
        ...PROBLEMS,
      },
    }),
    async (c) => {
      const { accountId, number } = c.req.valid('param');
      const { note, invoice } = await wholeCreditNote(c.var.deps, accountId, number);
      const bytes = Uint8Array.from(await renderCreditNote(note, invoice));
      return c.body(bytes, 200, pdfHeaders(`${number}.pdf`));
    },
  );
  routes.openapi(
    createRoute({
      ...UBL,
      summary: 'The credit note in UBL 2.1, for the software of whoever receives it',
      tags: ['Books'],
      method: 'get',
      path: '/accounts/{accountId}/credit-notes/{number}/ubl',
      middleware: permittedForAccount('invoice.read'),
      request: { params: creditNoteParams, query: formatQuery },
      responses: xml,
    }),
    async (c) => {
      const { accountId, number } = c.req.valid('param');
      const { note, invoice } = await wholeCreditNote(c.var.deps, accountId, number);
      if (!isEInvoice(invoice)) throw noEInvoice();
      const model = creditNoteModel(note, invoice, creditedTaxes(note, invoice));
      return c.body(written(model, c.req.valid('query').format), 200, downloadHeaders(XML_TYPE, `${number}.xml`));
    },
  );
  return routes;
}

/** Throws 404 `credit_note_not_found`. */
async function wholeCreditNote({ store }: ApiDeps, accountId: string, number: string) {
  const note = (await store.creditNotesOf(accountId)).find((each) => each.number === number);
  const invoice = note && (await store.invoice(accountId, note.invoiceId));
  if (note === undefined || invoice === undefined) throw productProblem('credit_note_not_found', 'number');
  return { note, invoice };
}

const XML_TYPE = 'application/xml; charset=utf-8';
const noEInvoice = () =>
  new Problem(
    404,
    'e_invoice_not_available',
    'There are e-invoices of sellers in the European Union, the United Kingdom and Australia.',
  );

/** Throws 404 `e_invoice_not_available` where more than one tax holds, or none that EN 16931 knows. */
async function ublDocument({ store }: ApiDeps, found: Receivable | undefined, format: UblFormat | undefined) {
  const { invoice } = await wholeInvoice(store, found);
  if (!isEInvoice(invoice)) throw noEInvoice();
  const headers = downloadHeaders(XML_TYPE, `${invoice.number}.xml`);
  return { xml: written(eInvoiceOf(printedInvoice(invoice)), format), headers };
}

/** Throws 404 `e_invoice_not_available` where the document could not keep the rules of the format, or of any. */
function written(model: EInvoice, asked: UblFormat | undefined): string {
  // Where nobody chose, Australia's is the last that there could be.
  const format = asked ?? usualFormat(model) ?? 'a-nz';
  const obstacle = obstacleTo(format, model);
  if (obstacle === undefined) return ublOf(model, format);
  const detail = `There is no e-invoice in the format ${format}: ${obstacle}.`;
  throw new Problem(404, 'e_invoice_not_available', detail, asked && { field: 'format' });
}

async function verified(
  { store, documents }: ApiDeps,
  found: Receivable | undefined,
): Promise<z.infer<typeof verification>> {
  const { invoice } = await wholeInvoice(store, found);
  const pdf = (await store.delivery(invoiceDelivery(invoice.accountId, invoice.invoiceId)))?.pdf;
  if (pdf === undefined) throw productProblem('document_not_found');
  const [stored, again] = await Promise.all([documents.load(pdf.key), renderIssued(store, invoice)]);
  const isOnRecord = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') === pdf.sha256;
  return {
    number: invoice.number,
    sha256: pdf.sha256,
    stored: stored === undefined ? 'missing' : isOnRecord(stored) ? 'as-recorded' : 'different',
    madeAgain: isOnRecord(again) ? 'same' : 'different',
    layout: pdf.layout ?? 0,
    currentLayout: LAYOUT,
  };
}
