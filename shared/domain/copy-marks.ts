import type { PlainDate } from './calendar.ts';

/** What the law of a seller's country says of an invoice or credit note that is made anew under its number. */
interface CopyLaw {
  /** For documents that are made from this day on. */
  readonly from: PlainDate;
  /** The word that the law prescribes, whatever the language of the document. Absent: any word that says it is a copy. */
  readonly word?: string;
  readonly law: string;
}

/**
 * Where a second document of an invoice must say that it is one. Elsewhere nothing asks for it, and it is marked all the same:
 * the file that was sent is the original, for it is the same byte for byte however often it is downloaded, and only what has
 * other bytes is a copy.
 */
export const COPY_LAWS: Readonly<Record<string, readonly CopyLaw[]>> = {
  AT: [{ from: '1995-01-01', law: 'UStG 1994 §11(12): tax that a second invoice states is owed, too' }],
  DE: [{ from: '2004-01-01', law: 'UStG §14c(1), UStAE 14c.1(4): tax that a second invoice states is owed, too' }],
  ES: [{ from: '2013-01-01', word: 'Duplicado', law: 'Real Decreto 1619/2012 art. 14' }],
};

/** The word that a copy must bear in a seller's country; undefined where the reader's language decides. */
export const prescribedCopyMark = (country: string, on: PlainDate): string | undefined =>
  COPY_LAWS[country]?.findLast(({ from }) => from <= on)?.word;
