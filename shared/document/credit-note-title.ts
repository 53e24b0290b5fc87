import type { CreditNote } from '../domain/books/credit-note.ts';
import type { CreditNoteTexts } from './texts/texts.ts';

/** Australia knows it as an adjustment note (A New Tax System (GST) Act 1999 s.29-75), whatever the reader's language. */
export function creditNoteTitle(
  { seller, language }: Pick<CreditNote, 'seller' | 'language'>,
  { title }: CreditNoteTexts,
): string {
  if (seller.address.country !== 'AU') return title;
  return language === 'en' ? 'Adjustment note' : `${title} (Adjustment note)`;
}
