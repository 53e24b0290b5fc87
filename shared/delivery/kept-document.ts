import { type CreditNote, creditNoteDelivery } from '../domain/books/credit-note.ts';
import { dateIn, type Instant, monthOf, type PlainDate } from '../domain/calendar.ts';
import { type DeliveryId, invoiceDelivery } from '../domain/delivery.ts';
import type { Invoice } from '../domain/invoice.ts';
import { keptUntil } from '../domain/retention.ts';

/** Draws the PDF of a document; `copyOn`: made anew on this day, and marked as a copy. Else the same bytes every time. */
export type Draw = (copyOn?: PlainDate) => Promise<Uint8Array>;

/** A document that the law of its seller's country has kept: its PDF is drawn once, stored once and locked. */
export interface KeptDocument {
  /** The delivery that has its PDF on record. */
  readonly delivery: DeliveryId;
  readonly number: string;
  readonly issuedBy: Invoice['seller'];
  /** Its date, from which the law counts. */
  readonly date: PlainDate;
  /** Where its PDF lies in the documents bucket. */
  readonly key: string;
  readonly draw: Draw;
}

export const invoiceDocument = (invoice: Invoice, draw: Draw): KeptDocument => ({
  delivery: invoiceDelivery(invoice.accountId, invoice.invoiceId),
  number: invoice.number,
  issuedBy: invoice.seller,
  date: invoice.invoiceDate,
  key: keyOf('invoices', invoice.sellerId, invoice.invoiceDate, invoice.number),
  draw,
});

export const creditNoteDocument = (note: CreditNote, draw: Draw): KeptDocument => ({
  delivery: creditNoteDelivery(note),
  number: note.number,
  issuedBy: note.seller,
  date: note.date,
  key: keyOf('credit-notes', note.sellerId, note.date, note.number),
  draw,
});

const keyOf = (folder: string, sellerId: string, date: PlainDate, number: string): string =>
  `${folder}/${sellerId}/${monthOf(date)}/${number}.pdf`;

/** The last day on which what is stored now must be kept; undefined when that is over: S3 takes no lock in the past. */
export function lockUntil({ issuedBy, date }: KeptDocument, now: Instant): PlainDate | undefined {
  const kept = keptUntil(issuedBy.address.country, date);
  return kept >= dateIn(now, issuedBy.timeZone) ? kept : undefined;
}
