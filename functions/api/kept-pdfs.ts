import { z } from 'zod';
import { examinePdf } from '../../shared/delivery/examine-pdf.ts';
import { creditNoteDocument, invoiceDocument, type KeptDocument } from '../../shared/delivery/kept-document.ts';
import { regenerate } from '../../shared/delivery/regenerate.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import type { CreditNote } from '../../shared/domain/books/credit-note.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { sentenceSchema } from '../../shared/import/field-schemas.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import { productProblem } from './problem.ts';

export const pdfVerification = z
  .object({
    number: z.string(),
    sha256: z.string().describe('On record since the PDF was made.'),
    stored: z.enum(['as-recorded', 'different', 'missing']),
    madeAgain: z.enum(['same', 'different']),
    layout: z.int().describe('The layout that it was made with; another one than `currentLayout` makes other bytes.'),
    currentLayout: z.int(),
  })
  .meta({ id: 'PdfVerification' });

export const pdfRegeneration = z
  .object({
    number: z.string(),
    outcome: z
      .enum(['intact', 'restored', 'reissued', 'repeated'])
      .describe(
        '`intact`: the PDF that was sent is there. `restored`: it was lost, and made again with the same bytes. `reissued`: ' +
          'it cannot be made again as it was; a copy, marked as one, is stored beside it. `repeated`: this copy is there already.',
      ),
    sha256: z.string(),
    layout: z.int(),
  })
  .meta({ id: 'PdfRegeneration' });

export const regenerationRequest = z.strictObject({ reason: sentenceSchema() });

export const issuedInvoice = ({ store }: Pick<ApiDeps, 'store'>, invoice: Invoice): KeptDocument =>
  invoiceDocument(invoice, (copyOn) => renderIssued(store, invoice, undefined, copyOn));

export const issuedCreditNote = (note: CreditNote, invoice: Invoice): KeptDocument =>
  creditNoteDocument(note, (copyOn) => renderCreditNote(note, invoice, copyOn));

/** Whether the PDF on record is there, and can be made again. Throws 404 `document_not_found`. */
export async function verified(
  { store, documents }: ApiDeps,
  document: KeptDocument,
): Promise<z.infer<typeof pdfVerification>> {
  const pdf = (await store.delivery(document.delivery))?.pdf;
  if (pdf === undefined) throw productProblem('document_not_found');
  const { stored, madeAgain } = await examinePdf(documents, document, pdf);
  const { sha256, layout = 0 } = pdf;
  return { number: document.number, sha256, stored, madeAgain, layout, currentLayout: LAYOUT };
}

/** Makes a document's PDF again, in the name of who asks. Throws 404 `document_not_found`. */
export async function regenerated(
  { deps, now, principal }: ApiEnv['Variables'],
  document: KeptDocument,
  reason: string,
): Promise<z.infer<typeof pdfRegeneration>> {
  const { outcome, pdf } = await regenerate(deps, document, { reason, by: principal.subject, now });
  return { number: document.number, outcome, sha256: pdf.sha256, layout: pdf.layout ?? 0 };
}
