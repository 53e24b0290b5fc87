import { LAYOUT } from '../document/layout.ts';
import { dateIn, type Instant } from '../domain/calendar.ts';
import { type Delivery, type Reissue, regenerationOf, type StoredPdf } from '../domain/delivery.ts';
import { BillingError } from '../domain/errors.ts';
import type { DeliveryStore, Documents } from '../ports.ts';
import { examinePdf } from './examine-pdf.ts';
import type { KeptDocument } from './kept-document.ts';
import { sha256Of, storeKept } from './stored-pdf.ts';

interface Deps {
  readonly store: Pick<DeliveryStore, 'delivery' | 'recordReissue'>;
  readonly documents: Pick<Documents, 'load' | 'storeOnce'>;
}
interface Asked {
  readonly reason: string;
  readonly by: string;
  readonly now: Instant;
}

/** What was done, and the PDF that was found, put back or stored beside. */
export interface Regeneration {
  readonly outcome: ReturnType<typeof regenerationOf> | 'repeated';
  readonly pdf: StoredPdf;
}

/**
 * Makes the PDF of an issued document again (see `regenerationOf`). What is stored carries a lock like the first. Repeated it
 * finds what it did. Throws `document_not_found` before the first was made.
 */
export async function regenerate(deps: Deps, document: KeptDocument, asked: Asked): Promise<Regeneration> {
  const { store, documents } = deps;
  const { reason, by, now } = asked;
  const delivery = await store.delivery(document.delivery);
  if (delivery?.pdf === undefined) throw new BillingError('document_not_found', document.number);
  const { pdf } = delivery;
  const { stored, madeAgain, again } = await examinePdf(documents, document, pdf);
  const outcome = regenerationOf(stored, madeAgain);
  if (outcome === 'intact') return { outcome, pdf };
  if (outcome === 'restored') {
    await storeKept(documents, document, pdf.key, again, now);
    return { outcome, pdf };
  }
  const copy = await document.draw(dateIn(now, document.issuedBy.timeZone));
  const sha256 = sha256Of(copy);
  const key = pdf.key.replace(/\.pdf$/, `-copy-${sha256.slice(0, 12)}.pdf`);
  await storeKept(documents, document, key, copy, now);
  const lost = stored === 'as-recorded' ? {} : ({ inPlace: true } as const);
  return await putOnRecord(store, delivery, { key, sha256, layout: LAYOUT, reason, by, at: now, ...lost });
}

/** The PDF is stored by then: who dies before this is asked again and finds it. */
async function putOnRecord(store: Deps['store'], delivery: Delivery, reissue: Reissue): Promise<Regeneration> {
  const written = await store.recordReissue(delivery, reissue);
  if (written === 'stale') throw new Error(`${reissue.key} was made by somebody else at the same moment`);
  return { outcome: written === 'written' ? 'reissued' : 'repeated', pdf: reissue };
}
