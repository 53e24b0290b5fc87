import { creditedTaxes } from '../document/credit-note-pdf.ts';
import { creditNoteModel } from '../document/e-invoice/from-credit-note.ts';
import { eInvoiceOf, isEInvoice } from '../document/e-invoice/from-invoice.ts';
import { ublOf } from '../document/e-invoice/ubl.ts';
import { printedInvoice } from '../document/printed-invoice.ts';
import type { ListedDocument } from '../ports.ts';

/** A document in UBL, in the form that the receiver's country expects; undefined where there is no e-invoice of it. */
export function eInvoiceXml(document: ListedDocument): string | undefined {
  const { invoice } = document;
  if (!isEInvoice(invoice)) return undefined;
  if (document.kind === 'invoice') return ublOf(eInvoiceOf(printedInvoice(invoice)));
  return ublOf(creditNoteModel(document.note, invoice, creditedTaxes(document.note, invoice)));
}
