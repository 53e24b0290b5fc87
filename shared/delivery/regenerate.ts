import { createHash } from 'node:crypto';
import { LAYOUT } from '../document/layout.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { type Delivery, invoiceDelivery, type Reissue, regenerationOf, type StoredPdf } from '../domain/delivery.ts';
import { BillingError } from '../domain/errors.ts';
import type { Invoice } from '../domain/invoice.ts';
import { keptUntil } from '../domain/retention.ts';
import type { DeliveryStore, Documents } from '../ports.ts';
import { type IssuedStore, renderIssued } from './render-issued.ts';

interface Deps {
  readonly store: Pick<DeliveryStore, 'delivery' | 'recordReissue'> & IssuedStore;
  readonly documents: Pick<Documents, 'load' | 'storeOnce'>;
}
interface Asked {
  readonly reason: string;
  readonly by: string;
  readonly now: Instant;
  /** In the seller's time zone. */
  readonly today: PlainDate;
}

/** What was done, and the PDF that was found, put back or stored beside. */
export interface Regeneration {
  readonly outcome: ReturnType<typeof regenerationOf> | 'repeated';
  readonly pdf: StoredPdf;
}

/**
 * Makes the PDF of an issued invoice again (see `regenerationOf`). What is stored carries a lock like the first. Repeated it finds
 * what it did. Throws `document_not_found` before the first was made.
 */
export async function regenerate(deps: Deps, invoice: Invoice, asked: Asked): Promise<Regeneration> {
  const { store, documents } = deps;
  const delivery = await store.delivery(invoiceDelivery(invoice.accountId, invoice.invoiceId));
  if (delivery?.pdf === undefined) throw new BillingError('document_not_found', invoice.number);
  const { pdf } = delivery;
  const [stored, again] = await Promise.all([documents.load(pdf.key), renderIssued(store, invoice)]);
  const found = stored === undefined ? 'missing' : sha256Of(stored) === pdf.sha256 ? 'as-recorded' : 'different';
  const outcome = regenerationOf(found, sha256Of(again) === pdf.sha256 ? 'same' : 'different');
  if (outcome === 'intact') return { outcome, pdf };
  const kept = keptUntil(invoice.seller.address.country, invoice.invoiceDate);
  const storeKept = (key: string, bytes: Uint8Array) =>
    // S3 takes no lock whose time is over.
    documents.storeOnce(key, bytes, 'application/pdf', kept > asked.today ? kept : undefined);
  if (outcome === 'restored') {
    await storeKept(pdf.key, again);
    return { outcome, pdf };
  }
  const copy = await renderIssued(store, invoice, undefined, asked.today);
  const sha256 = sha256Of(copy);
  const key = pdf.key.replace(/\.pdf$/, `-copy-${sha256.slice(0, 12)}.pdf`);
  await storeKept(key, copy);
  const { reason, by, now: at } = asked;
  const lost = found === 'as-recorded' ? {} : ({ inPlace: true } as const);
  return await putOnRecord(store, delivery, { key, sha256, layout: LAYOUT, reason, by, at, ...lost });
}

/** The PDF is stored by then: who dies before this is asked again and finds it. */
async function putOnRecord(store: Deps['store'], delivery: Delivery, reissue: Reissue): Promise<Regeneration> {
  const written = await store.recordReissue(delivery, reissue);
  if (written === 'stale') throw new Error(`${reissue.key} was made by somebody else at the same moment`);
  return { outcome: written === 'written' ? 'reissued' : 'repeated', pdf: reissue };
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
