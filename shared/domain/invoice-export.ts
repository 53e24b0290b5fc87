import type { Instant, Month } from './calendar.ts';
import type { Currency } from './money.ts';
import type { Receivable } from './receivable.ts';

/** How long an export can be downloaded. Afterwards its files are deleted, and the same request makes a new one. */
export const EXPORT_DAYS = 14;

/**
 * A seller's documents of a month, packed for finance. Asked for again with the same content on the same day it is the same
 * export; on another day the states of its invoices are others.
 */
export interface InvoiceExport {
  readonly sellerId: string;
  readonly exportId: string;
  readonly month: Month;
  /** Whether the UBL of each document that has one is packed as well. */
  readonly eInvoices: boolean;
  readonly by: string;
  readonly requestedAt: Instant;
  /** From then on it is gone. */
  readonly until: Instant;
  readonly fingerprint: string;
  /** What is packed already, in order. */
  readonly volumes: readonly ExportVolume[];
  /** Where the next volume begins. Absent before the first volume and after the last. */
  readonly next?: ExportPlace;
  /** The rows of all volumes in one file. Set last: then the export is complete. */
  readonly index?: ExportedFile;
  readonly completedAt?: Instant;
}

/** A place in a month's listings: all invoices by series and number, then all credit notes. */
export interface ExportPlace {
  readonly part: 'invoices' | 'credit-notes';
  readonly cursor?: string;
}

export interface ExportedFile {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** One ZIP with an index of its own. A month has one, and more only where it is too large for one. */
export interface ExportVolume {
  readonly zip: ExportedFile;
  /** The rows of its documents alone, with the headings. */
  readonly index: ExportedFile;
  readonly documents: number;
  /** Of them, those whose PDF could not be packed; the index says why. */
  readonly gaps: number;
  readonly totals: readonly ExportTotals[];
}

/** What documents of one currency add up to, in minor units; credit notes are negative. */
export interface ExportTotals {
  readonly currency: Currency;
  readonly invoices: number;
  readonly creditNotes: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
}

/** What is to be done for an export now: pack its volume of this number, bring the indexes together, or nothing. */
export type ExportStep = { readonly kind: 'pack'; readonly volume: number; readonly from: ExportPlace } | ExportEnd;
type ExportEnd = { readonly kind: 'index' } | { readonly kind: 'none' };

/** Decided by what is on record alone: however often and late it is asked, each volume comes once. */
export function nextStep({ volumes, next, completedAt }: InvoiceExport): ExportStep {
  if (completedAt !== undefined) return { kind: 'none' };
  const volume = volumes.length + 1;
  if (volume === 1) return { kind: 'pack', volume, from: { part: 'invoices' } };
  return next === undefined ? { kind: 'index' } : { kind: 'pack', volume, from: next };
}

/** What stands behind a page of the listings: the next page, the credit notes behind the invoices, or the end. */
export function placeAfter({ part }: ExportPlace, cursor: string | undefined): ExportPlace | undefined {
  if (cursor !== undefined) return { part, cursor };
  return part === 'invoices' ? { part: 'credit-notes' } : undefined;
}

/** Totals with some more; those of each currency apart. */
export function addedUp(totals: readonly ExportTotals[], more: readonly ExportTotals[]): readonly ExportTotals[] {
  const sums = new Map(totals.map((each) => [each.currency, each]));
  for (const each of more) {
    const known = sums.get(each.currency);
    sums.set(each.currency, known === undefined ? each : sumOf(known, each));
  }
  return [...sums.values()];
}

const sumOf = (a: ExportTotals, b: ExportTotals): ExportTotals => ({
  currency: a.currency,
  invoices: a.invoices + b.invoices,
  creditNotes: a.creditNotes + b.creditNotes,
  net: a.net + b.net,
  tax: a.tax + b.tax,
  total: a.total + b.total,
});

/** Where an invoice stands, in one word for a list. */
export function standingOf({ status, disputed = 0, writtenOff = 0 }: Receivable): ExportedState {
  if (disputed > 0) return 'disputed';
  return status === 'paid' && writtenOff > 0 ? 'written-off' : status;
}
export type ExportedState = 'paid' | 'unpaid' | 'disputed' | 'written-off' | 'issued';
