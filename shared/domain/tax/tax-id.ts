import type { Instant, PlainDate } from '../calendar.ts';
import { vatPrefix } from './national.ts';

/** What a tax authority said about a tax ID, kept as evidence: whoever was not charged VAT had a valid ID that day. */
export interface TaxIdEvidence {
  /** Who was asked: `VIES`. */
  readonly authority: string;
  readonly valid: boolean;
  readonly at: Instant;
  /** `at` as a date in the seller's time zone: what invoice dates are compared with. */
  readonly on: PlainDate;
  /** The authority's own number for the enquiry, which proves that it was made. */
  readonly reference?: string;
}

/** A tax ID as far as the tax depends on it. */
export interface ValidatedId {
  readonly kind: string;
  readonly value: string;
  readonly validatedOn?: PlainDate;
  readonly evidence?: readonly TaxIdEvidence[];
}

/** How many answers an account keeps for an ID; each invoice has its own copy of the one it relied on. */
const ANSWERS_KEPT = 20;

/** Adds an answer, newest last. */
export const withEvidence = (known: readonly TaxIdEvidence[] = [], answer: TaxIdEvidence): readonly TaxIdEvidence[] =>
  [...known, answer].slice(-ANSWERS_KEPT);

/** Tax IDs as somebody replaces them: an ID that was there before keeps what the authority said about it. */
export const keepingEvidence = <Id extends ValidatedId>(before: readonly Id[], after: readonly Id[]): Id[] =>
  after.map((id) => {
    const evidence = before.find(
      ({ kind, value }) => kind === id.kind && compactTaxId(value) === compactTaxId(id.value),
    )?.evidence;
    return evidence === undefined ? id : { ...id, evidence };
  });

/** The last thing that was known about an ID on a date. A statement of the account file counts as an answer of its date. */
export function lastAnswer(id: ValidatedId, date: PlainDate): Omit<TaxIdEvidence, 'at'> | undefined {
  const stated =
    id.validatedOn === undefined ? [] : [{ authority: 'Account file', valid: true, on: id.validatedOn } as const];
  const answers: readonly Omit<TaxIdEvidence, 'at'>[] = [...stated, ...(id.evidence ?? [])];
  let last: Omit<TaxIdEvidence, 'at'> | undefined;
  for (const answer of answers) if (answer.on <= date && (last === undefined || last.on <= answer.on)) last = answer;
  return last;
}

/** A VAT ID of a country that was valid, by the last answer up to the date; with that answer. */
export function validVatId(
  ids: readonly ValidatedId[],
  country: string,
  date: PlainDate,
): { readonly value: string; readonly answer: Omit<TaxIdEvidence, 'at'> } | undefined {
  for (const id of ids) {
    const answer = id.kind === 'eu-vat' ? lastAnswer(id, date) : undefined;
    const value = compactTaxId(id.value);
    if (answer?.valid === true && value.startsWith(vatPrefix(country))) return { value, answer };
  }
  return undefined;
}

/** Without spaces, dots and hyphens: the form in which authorities are asked about it. */
export const compactTaxId = (value: string): string => value.replace(/[\s.-]/g, '').toUpperCase();
