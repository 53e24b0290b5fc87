import type { Language } from '../domain/account.ts';
import type { CreditNote } from '../domain/books/credit-note.ts';
import type { CreditNoteTexts } from './texts/texts.ts';

/** What the law of the seller's country calls it, in the language of that law. */
const LEGAL_TITLES: Readonly<Record<string, { readonly language: Language; readonly title: string }>> = {
  /** A New Tax System (GST) Act 1999 s.29-75. */
  AU: { language: 'en', title: 'Adjustment note' },
  /** Real Decreto 1619/2012 art. 15(5): the document must say that it rectifies. */
  ES: { language: 'es', title: 'Factura rectificativa' },
};

/** Loi sur la taxe d’accise par. 232(3), Loi sur la taxe de vente du Québec art. 449: not France's `avoir`. */
const CANADIAN_FRENCH = 'Note de crédit';

/** The title in the reader's language, and beside it that of the law where it is another. */
export function creditNoteTitle(
  { seller, language }: Pick<CreditNote, 'seller' | 'language'>,
  { title }: CreditNoteTexts,
): string {
  const { country } = seller.address;
  const legal = LEGAL_TITLES[country];
  if (legal !== undefined) return language === legal.language ? legal.title : `${title} (${legal.title})`;
  return country === 'CA' && language === 'fr' ? CANADIAN_FRENCH : title;
}
