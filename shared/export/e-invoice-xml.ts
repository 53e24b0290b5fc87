import { creditedTaxes } from '../document/credit-note-pdf.ts';
import { usualFormat } from '../document/e-invoice/formats.ts';
import { creditNoteModel } from '../document/e-invoice/from-credit-note.ts';
import { eInvoiceOf, isEInvoice } from '../document/e-invoice/from-invoice.ts';
import { ublOf } from '../document/e-invoice/ubl.ts';
import { printedInvoice } from '../document/printed-invoice.ts';
import type { ListedDocument } from '../ports.ts';

/** A document in UBL, in the form that the receiver's country expects; undefined where there is no e-invoice of it. */
export function eInvoiceXml(document: ListedDocument): string | undefined {
  const { invoice } = document;
  if (!isEInvoice(invoice)) return undefined;
  const model =
    document.kind === 'invoice'
      ? eInvoiceOf(printedInvoice(invoice))
      : creditNoteModel(document.note, invoice, creditedTaxes(document.note, invoice));
  const format = usualFormat(model);
  return format && ublOf(model, format);
}
