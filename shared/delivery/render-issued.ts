import { renderInvoice } from '../document/invoice-pdf.ts';
import type { Month, PlainDate } from '../domain/calendar.ts';
import type { Invoice } from '../domain/invoice.ts';
import { type CallDetails, isItemised, itemise, MOST_ITEMISED } from '../domain/usage/itemise.ts';
import type { RatedRecord } from '../domain/usage/usage.ts';
import type { InvoiceStore, IssuedUsageStore } from '../ports.ts';

export type IssuedStore = Pick<InvoiceStore, 'invoice'> & IssuedUsageStore;

/**
 * The PDF of an issued invoice, with what changed since the one that its history names last (`known`, where it was read
 * before), and with its calls and messages. None of it ever changes, so neither do the bytes. `copyOn`: the day on
 * which it is made anew as a copy. Throws when some of it cannot be read: without it the PDF would be another document.
 */
export async function renderIssued(
  store: IssuedStore,
  invoice: Invoice,
  known?: Invoice,
  copyOn?: PlainDate,
): Promise<Uint8Array> {
  const [last, details] = await Promise.all([known ?? lastBefore(store, invoice), detailsOf(store, invoice)]);
  return renderInvoice(invoice, last, details, copyOn);
}

/** The invoice that the history of another names last: what changed is told against it. Throws when it cannot be read. */
export async function lastBefore(
  store: Pick<InvoiceStore, 'invoice'>,
  { accountId, history }: Invoice,
): Promise<Invoice | undefined> {
  const before = history?.invoices.at(-1);
  if (before === undefined) return undefined;
  const last = await store.invoice(accountId, before.invoiceId);
  if (last === undefined) throw new Error(`${accountId} ${before.invoiceId}, the last invoice, cannot be read`);
  return last;
}

/** Read only as far as it is printed: what an account may call in a month has no bound, and memory has one. */
async function detailsOf(store: IssuedStore, invoice: Invoice): Promise<CallDetails | 'too-many' | undefined> {
  const { itemised, accountId, lines, currency } = invoice;
  if (itemised === undefined) return undefined;
  const usage = new Map<Month, RatedRecord[]>();
  let count = 0;
  for (const part of itemised.usage) {
    const records: RatedRecord[] = [];
    for await (const batch of store.issuedUsage(accountId, part)) {
      const itemisedOnes = batch.filter(isItemised);
      records.push(...itemisedOnes);
      count += itemisedOnes.length;
      if (count > MOST_ITEMISED) return 'too-many';
    }
    usage.set(part.month, records);
  }
  return itemise(lines, usage, currency);
}
