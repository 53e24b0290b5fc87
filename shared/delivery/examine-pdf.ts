import type { StoredPdf } from '../domain/delivery.ts';
import type { Documents } from '../ports.ts';
import type { KeptDocument } from './kept-document.ts';
import { sha256Of } from './stored-pdf.ts';

/** What became of the PDF that is on record, and whether making it again gives its bytes. */
export interface Examination {
  readonly stored: 'as-recorded' | 'different' | 'missing';
  readonly madeAgain: 'same' | 'different';
  readonly again: Uint8Array;
}

/** Compares a document's stored PDF, and one that is made now, with the hash on record. Writes nothing. */
export async function examinePdf(
  documents: Pick<Documents, 'load'>,
  document: KeptDocument,
  pdf: StoredPdf,
): Promise<Examination> {
  const [found, again] = await Promise.all([documents.load(pdf.key), document.draw()]);
  const isOnRecord = (bytes: Uint8Array) => sha256Of(bytes) === pdf.sha256;
  return {
    stored: found === undefined ? 'missing' : isOnRecord(found) ? 'as-recorded' : 'different',
    madeAgain: isOnRecord(again) ? 'same' : 'different',
    again,
  };
}
