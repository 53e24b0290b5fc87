import type { PlainDate } from '../calendar.ts';
import type { Currency } from '../money.ts';
import type { Receivable } from '../receivable.ts';

/** Money that came in, as one entry of a bank statement says. */
export interface BankEntry {
  /** The same entry in any file has the same id. */
  readonly entryId: string;
  /** Where in the file: a line, or an element and its line. */
  readonly place: string;
  readonly valueDate: PlainDate;
  /** Minor units, more than 0. */
  readonly amount: number;
  readonly currency: Currency;
  /** All that the payer wrote. */
  readonly reference: string;
  readonly payer?: string;
}

/** An unpaid invoice and who owes it. */
export interface OpenItem {
  readonly receivable: Receivable;
  readonly payer: string;
}

export interface Proposal {
  readonly item: OpenItem;
  /** `high`: number and amount agree · `medium`: one of them and something else · `low`: the amount alone, and only there. */
  readonly confidence: 'high' | 'medium' | 'low';
  readonly reason: string;
}

/** Invoice numbers that a reference names, in whatever case and with or without its hyphens. */
export function numbersIn(reference: string, prefix: string): string[] {
  const text = reference.toUpperCase().replace(/[\s-]/g, '');
  const found = [...text.matchAll(new RegExp(`${prefix}(\\d{6}[A-Z])(\\d{6})`, 'g'))];
  return [...new Set(found.map(([, series, sequence]) => `${prefix}-${series}-${sequence}`))];
}

/**
 * Which invoices an entry may pay, the likeliest first: those whose number it names, otherwise those of exactly its amount.
 * A person decides. `named` and `open` are unpaid invoices of the seller.
 */
export function proposalsFor(
  entry: BankEntry,
  named: readonly OpenItem[],
  open: readonly OpenItem[],
): readonly Proposal[] {
  const own = named.filter(({ receivable }) => receivable.currency === entry.currency);
  if (own.length > 0) {
    const total = own.reduce((sum, { receivable }) => sum + receivable.due, 0);
    return own.map((item) => byNumber(entry, item, total));
  }
  const alike = open.filter(
    ({ receivable }) => receivable.currency === entry.currency && receivable.due === entry.amount,
  );
  const byPayer = alike.filter(({ payer }) => entry.payer !== undefined && plain(payer) === plain(entry.payer));
  if (byPayer.length > 0)
    return byPayer.map((item) => ({ item, confidence: 'medium', reason: 'The payer’s name and the amount agree.' }));
  const [only, ...others] = alike;
  return only === undefined || others.length > 0
    ? []
    : [{ item: only, confidence: 'low', reason: 'It is the only unpaid invoice of this amount.' }];
}

function byNumber(entry: BankEntry, item: OpenItem, total: number): Proposal {
  const { number } = item.receivable;
  if (entry.amount === total)
    return { item, confidence: 'high', reason: `The reference names ${number}, and the amount agrees.` };
  const how = entry.amount < total ? 'less' : 'more';
  return { item, confidence: 'medium', reason: `The reference names ${number}; the amount is ${how} than is due.` };
}

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
