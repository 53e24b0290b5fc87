import { Readable } from 'node:stream';
import { creditNoteDocument } from '../delivery/kept-document.ts';
import { recordedPdf, sha256Of } from '../delivery/stored-pdf.ts';
import { renderCreditNote } from '../document/credit-note-pdf.ts';
import type { Instant } from '../domain/calendar.ts';
import { currentPdf, type StoredPdf } from '../domain/delivery.ts';
import { addedUp, type ExportPlace, type ExportTotals, type ExportVolume } from '../domain/invoice-export.ts';
import type { DeliveryStore, Documents, ExportFiles, ExportStore, ListedDocument } from '../ports.ts';
import { eInvoiceXml } from './e-invoice-xml.ts';
import { indexHead, indexRow, type PackedFiles } from './index-csv.ts';
import { type ZipEntry, zipped } from './zip.ts';

export interface PackDeps {
  readonly store: Pick<ExportStore, 'documentsAt'> & Pick<DeliveryStore, 'recordPdf'>;
  readonly documents: Pick<Documents, 'load' | 'storeOnce'>;
  readonly files: Pick<ExportFiles, 'write'>;
}

/** Where a volume ends: at so many documents or bytes, or when `enough` says that the time is used up. */
export interface VolumeLimits {
  readonly documents: number;
  readonly bytes: number;
  enough(): boolean;
}

export interface VolumeWork {
  readonly sellerId: string;
  readonly month: string;
  readonly eInvoices: boolean;
  readonly from: ExportPlace;
  readonly now: Instant;
  /** Keys of the files without their endings; another for every try, for only the one on record counts. */
  readonly key: string;
}

/** How many PDFs are fetched at once; twice as many may wait to be packed. */
const AT_ONCE = 8;

/** A document with its files, ready to be packed. */
interface Ready {
  readonly document: ListedDocument;
  readonly files: PackedFiles;
  readonly pdf?: Uint8Array;
  readonly xml?: string;
}

/**
 * Packs documents from a place on into one ZIP, with an index as its last file, while they are fetched: in memory are a few
 * PDFs, the parts that are being uploaded and the index. PDFs are stored as they are; they are compressed already. A volume
 * ends between two pages of the listing, and says where the next begins. A PDF that is not there, or is not the one on record,
 * is left out and the index says so: what can be had is had.
 */
export async function packVolume(
  deps: PackDeps,
  work: VolumeWork,
  limits: VolumeLimits,
): Promise<{ readonly volume: ExportVolume; readonly next?: ExportPlace }> {
  const rows: string[] = [indexHead()];
  let totals: readonly ExportTotals[] = [];
  let [documents, gaps, bytes] = [0, 0, 0];
  let next: ExportPlace | undefined = work.from;

  async function* entries(): AsyncGenerator<ZipEntry> {
    let latest = '1980-01-01T00:00:00.000Z';
    do {
      const page = await deps.store.documentsAt(work, next!);
      const fetched = Readable.from(page.documents).map((document) => ready(deps, document, work), {
        concurrency: AT_ONCE,
      });
      for await (const each of fetched as AsyncIterable<Ready>) {
        rows.push(indexRow(each.document, each.files));
        totals = addedUp(totals, [totalsOf(each.document)]);
        documents++;
        if (each.pdf === undefined) gaps++;
        const at = issuedAt(each.document);
        if (at > latest) latest = at;
        for (const entry of entriesOf(each)) {
          bytes += entry.bytes.length;
          yield entry;
        }
      }
      next = page.next;
    } while (next !== undefined && documents < limits.documents && bytes < limits.bytes && !limits.enough());
    yield { name: 'index.csv', date: new Date(latest), bytes: Buffer.from(rows.join('')) };
  }

  const zip = await deps.files.write(`${work.key}.zip`, 'application/zip', zipped(entries()));
  const index = await deps.files.write(`${work.key}.csv`, 'text/csv; charset=utf-8', chunks(rows));
  return { volume: { zip, index, documents, gaps, totals }, ...(next && { next }) };
}

const numberOf = (document: ListedDocument): string =>
  document.kind === 'invoice' ? document.invoice.number : document.note.number;
const issuedAt = (document: ListedDocument): string =>
  document.kind === 'invoice' ? document.invoice.issuedAt : document.note.issuedAt;

async function ready(
  deps: Pick<PackDeps, 'store' | 'documents'>,
  document: ListedDocument,
  { eInvoices, now }: Pick<VolumeWork, 'eInvoices' | 'now'>,
): Promise<Ready> {
  const { state, bytes: pdf, sha256 } = await pdfOf(deps, document, now);
  const number = numberOf(document);
  const folder = document.kind === 'invoice' ? 'invoices' : 'credit-notes';
  const xml = eInvoices ? eInvoiceXml(document) : undefined;
  const files: PackedFiles = {
    state,
    ...(pdf && sha256 && { pdf: { name: `${folder}/${number}.pdf`, sha256 } }),
    ...(xml && { eInvoice: `${folder}/${number}.xml` }),
  };
  return { document, files, ...(pdf && { pdf }), ...(xml && { xml }) };
}

async function pdfOf(
  deps: Pick<PackDeps, 'store' | 'documents'>,
  document: ListedDocument,
  now: Instant,
): Promise<{ readonly state: PackedFiles['state']; readonly bytes?: Uint8Array; readonly sha256?: string }> {
  const pdf = await recordOf(deps, document, now);
  if (pdf === undefined) return { state: 'not-made-yet' };
  const bytes = await deps.documents.load(pdf.key);
  if (bytes === undefined) return { state: 'missing' };
  if (sha256Of(bytes) !== pdf.sha256) return { state: 'not-the-one-sent' };
  return { state: 'packed', bytes, sha256: pdf.sha256 };
}

/** An invoice's PDF is made when it is delivered; a credit note's now, where it is older than the rule that it is stored. */
async function recordOf(
  deps: Pick<PackDeps, 'store' | 'documents'>,
  document: ListedDocument,
  now: Instant,
): Promise<StoredPdf | undefined> {
  const { delivery, invoice } = document;
  if (document.kind === 'invoice') return delivery && currentPdf(delivery);
  const { note } = document;
  const kept = creditNoteDocument(note, () => renderCreditNote(note, invoice));
  return await recordedPdf(deps, kept, delivery, now);
}

function entriesOf({ document, files, pdf, xml }: Ready): ZipEntry[] {
  const date = new Date(issuedAt(document));
  return [
    ...(pdf && files.pdf ? [{ name: files.pdf.name, date, bytes: pdf }] : []),
    ...(xml && files.eInvoice ? [{ name: files.eInvoice, date, bytes: Buffer.from(xml) }] : []),
  ];
}

function totalsOf(document: ListedDocument): ExportTotals {
  const { subtotal, taxTotal, total, currency } = document.kind === 'invoice' ? document.invoice : document.note;
  const isInvoice = document.kind === 'invoice';
  const sign = isInvoice ? 1 : -1;
  return {
    currency,
    invoices: isInvoice ? 1 : 0,
    creditNotes: isInvoice ? 0 : 1,
    net: sign * subtotal,
    tax: sign * taxTotal,
    total: sign * total,
  };
}

async function* chunks(rows: readonly string[]): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < rows.length; from += 1000) yield Buffer.from(rows.slice(from, from + 1000).join(''));
}
