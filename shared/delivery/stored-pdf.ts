import { createHash } from 'node:crypto';
import { LAYOUT } from '../document/layout.ts';
import type { Instant } from '../domain/calendar.ts';
import { currentPdf, type Delivery, type StoredPdf } from '../domain/delivery.ts';
import { BillingError } from '../domain/errors.ts';
import type { DeliveryStore, Documents } from '../ports.ts';
import { type KeptDocument, lockUntil } from './kept-document.ts';

type Bucket = Pick<Documents, 'storeOnce' | 'load'>;

/** The bytes to send, and what is on record as the document's PDF, or is to be put there. */
export interface PdfToSend {
  readonly bytes: Uint8Array;
  readonly pdf: StoredPdf;
}

/**
 * The PDF of a document that is to be mailed: the one on record, or what stands in its place since that was lost, or, where none
 * is on record yet, drawn and stored. Whoever stores first decides what it is. One that was lost is made again as it was.
 * Throws `document_mismatch` when that cannot be, or what is stored is not what is on record.
 */
export async function storedPdf(
  documents: Bucket,
  document: KeptDocument,
  delivery: Pick<Delivery, 'pdf' | 'reissues'>,
  now: Instant,
): Promise<PdfToSend> {
  const { pdf } = delivery;
  if (pdf === undefined) {
    const bytes = await storeOnce(documents, document, document.key, await document.draw(), now);
    return { bytes, pdf: { key: document.key, sha256: sha256Of(bytes), layout: LAYOUT } };
  }
  const current = currentPdf(delivery)!;
  const bytes =
    (await documents.load(current.key)) ??
    (current === pdf ? await restored(documents, document, pdf, now) : undefined);
  if (bytes === undefined || sha256Of(bytes) !== current.sha256)
    throw new BillingError('document_mismatch', current.key);
  return { bytes, pdf };
}

/**
 * Where the PDF of a document is that is asked for. What has none on record is drawn, stored and put on record now. Undefined when
 * no delivery of it was ever begun. Throws as `storedPdf`.
 */
export async function recordedPdf(
  { store, documents }: { readonly store: Pick<DeliveryStore, 'recordPdf'>; readonly documents: Bucket },
  document: KeptDocument,
  known: Delivery | undefined,
  now: Instant,
): Promise<StoredPdf | undefined> {
  const onRecord = known && currentPdf(known);
  if (known === undefined || onRecord) return onRecord;
  const { pdf } = await storedPdf(documents, document, known, now);
  return await store.recordPdf(known, pdf);
}

/** Puts one that was lost back; undefined when it cannot be made again as it was. */
async function restored(documents: Bucket, document: KeptDocument, pdf: StoredPdf, now: Instant) {
  const again = await document.draw();
  if (sha256Of(again) !== pdf.sha256) return undefined;
  return await storeOnce(documents, document, pdf.key, again, now);
}

/** Stores bytes under the document's lock, and returns what then stands there. */
async function storeOnce(
  documents: Bucket,
  document: KeptDocument,
  key: string,
  bytes: Uint8Array,
  now: Instant,
): Promise<Uint8Array> {
  if ((await storeKept(documents, document, key, bytes, now)) === 'written') return bytes;
  const stored = await documents.load(key);
  if (!stored) throw new Error(`${key} exists and cannot be read`);
  return stored;
}

/** Stores bytes of a document under a key that must not exist, locked for as long as the law has it kept. */
export const storeKept = (
  documents: Pick<Documents, 'storeOnce'>,
  document: KeptDocument,
  key: string,
  bytes: Uint8Array,
  now: Instant,
) => documents.storeOnce(key, bytes, 'application/pdf', lockUntil(document, now));

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
