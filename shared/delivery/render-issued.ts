import { renderInvoice } from '../document/invoice-pdf.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { InvoiceStore } from '../ports.ts';

/**
 * The PDF of an issued invoice, with what changed since the one that its history names last. Both never change, so neither do
 * the bytes. Throws when that one cannot be read: a PDF without the comparison would be another document.
 */
export async function renderIssued(store: Pick<InvoiceStore, 'invoice'>, invoice: Invoice): Promise<Uint8Array> {
  const before = invoice.history?.invoices.at(-1);
  if (before === undefined) return renderInvoice(invoice);
  const last = await store.invoice(invoice.accountId, before.invoiceId);
  if (last === undefined) throw new Error(`${invoice.accountId} ${before.invoiceId}, the last invoice, cannot be read`);
  return renderInvoice(invoice, last);
}
