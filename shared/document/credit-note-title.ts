import type { Language } from '../domain/account.ts';
import type { CreditNote } from '../domain/books/credit-note.ts';
import type { CreditNoteTexts } from './texts/texts.ts';

interface LegalName {
  readonly language: Language;
  readonly title: string;
  readonly several: string;
}

/** What the law of the seller's country calls it, in the language of that law. */
const LEGAL_NAMES: Readonly<Record<string, LegalName>> = {
  /** A New Tax System (GST) Act 1999 s.29-75. */
  AU: { language: 'en', title: 'Adjustment note', several: 'Adjustment notes' },
  /** Real Decreto 1619/2012 art. 15(5): the document must say that it rectifies. */
  ES: { language: 'es', title: 'Factura rectificativa', several: 'Facturas rectificativas' },
};

/** Loi sur la taxe d’accise par. 232(3), Loi sur la taxe de vente du Québec art. 449: not France's `avoir`. */
const CANADIAN_FRENCH = { title: 'Note de crédit', several: 'Notes de crédit' };

type Between = Pick<CreditNote, 'seller' | 'language'>;

/** The title in the reader's language, and beside it that of the law where it is another. */
export function creditNoteTitle({ seller, language }: Between, { title }: Pick<CreditNoteTexts, 'title'>): string {
  const { country } = seller.address;
  const legal = LEGAL_NAMES[country];
  if (legal !== undefined) return language === legal.language ? legal.title : `${title} (${legal.title})`;
  return country === 'CA' && language === 'fr' ? CANADIAN_FRENCH.title : title;
}

/** What several of them are called by whoever reads of them together; `several`: in the reader's language. */
export function creditNotesName({ seller, language }: Between, several: string): string {
  const { country } = seller.address;
  const legal = LEGAL_NAMES[country];
  if (language === legal?.language) return legal.several;
  return country === 'CA' && language === 'fr' ? CANADIAN_FRENCH.several : several;
}
