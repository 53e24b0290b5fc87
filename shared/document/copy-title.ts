import type { Language } from '../domain/account.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { prescribedCopyMark } from '../domain/copy-marks.ts';
import type { Invoice } from '../domain/invoice.ts';
import { COPY_MARKS } from './texts/copy-marks.ts';

/**
 * The title of a document; made anew on a day `copyOn` it is marked as a copy, in the reader's language and in the word of the law
 * where there is one.
 */
export function copyTitle(
  title: string,
  { language, seller }: { readonly language: Language; readonly seller: Invoice['seller'] },
  copyOn: PlainDate | undefined,
): string {
  if (copyOn === undefined) return title;
  const own = COPY_MARKS[language];
  const prescribed = prescribedCopyMark(seller.address.country, copyOn) ?? own;
  return `${title} (${[...new Set([own, prescribed])].join(', ')})`;
}
