import type { CreditNote } from '../domain/books/credit-note.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { ExportedFile, ExportPlace, ExportVolume, InvoiceExport } from '../domain/invoice-export.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { Conditional } from './common.ts';

/** A document of a month with what an export says of it. `delivery`: which has its PDF on record, once it was made. */
export type ListedDocument =
  | {
      readonly kind: 'invoice';
      readonly receivable: Receivable;
      readonly invoice: Invoice;
      readonly delivery?: Delivery;
    }
  | {
      readonly kind: 'credit-note';
      readonly note: CreditNote;
      readonly invoice: Invoice;
      readonly delivery?: Delivery;
    };

export interface ExportStore {
  /** Puts an export on record unless there is one that still stands; returns the one that stands. */
  beginExport(asked: InvoiceExport): Promise<InvoiceExport>;
  export(sellerId: string, exportId: string): Promise<InvoiceExport | undefined>;
  /** Puts a volume on record with the place behind it; `stale` when one of its number is there already. */
  recordVolume(of: InvoiceExport, volume: ExportVolume, next: ExportPlace | undefined): Promise<Conditional>;
  /** Completes an export whose last volume is on record. */
  completeExport(of: InvoiceExport, index: ExportedFile, now: Instant): Promise<Conditional>;
  /** A page of a month's documents with all that is said of them, and what stands behind it. */
  documentsAt(
    of: Pick<InvoiceExport, 'sellerId' | 'month'>,
    place: ExportPlace,
  ): Promise<{ readonly documents: readonly ListedDocument[]; readonly next?: ExportPlace }>;
}

/** Files that are written as they come into being: their size is not bounded by memory. */
export interface ExportFiles {
  /** Throws, and leaves nothing, when the bytes do. */
  write(key: string, type: string, bytes: AsyncIterable<Uint8Array>): Promise<ExportedFile>;
  /** Throws when there is no such file. */
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
}
