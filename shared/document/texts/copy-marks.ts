import type { Language } from '../../domain/account.ts';

/** What stands behind the title of an invoice or credit note that was made anew, with other bytes than the one that was sent. */
export const COPY_MARKS: Readonly<Record<Language, string>> = {
  en: 'Copy',
  fr: 'Duplicata',
  it: 'Copia',
  de: 'Kopie',
  es: 'Duplicado',
  pt: 'Segunda via',
  nl: 'Kopie',
};
