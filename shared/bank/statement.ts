import { createHash } from 'node:crypto';
import type { BankEntry } from '../domain/books/bank-entry.ts';
import { type Currency, currencyFrom, MINOR_UNITS } from '../domain/money.ts';

/** What a file says: money that came in, what is not for us, and what cannot be read. Faults name their place. */
export interface Statement {
  readonly entries: readonly BankEntry[];
  readonly skipped: readonly { readonly place: string; readonly reason: string }[];
  readonly faults: readonly { readonly place: string; readonly reason: string }[];
}

/** An entry as it is read. `bankReference` is the bank's own, unique within the bank account. */
export type ReadEntry = Omit<BankEntry, 'entryId'> & { readonly account: string; readonly bankReference?: string };

/**
 * Gives entries their ids: from the bank's reference, or else from all that an entry says and how many alike came before it
 * in the file, so that the same file, or a longer one with the same days, counts nothing twice.
 */
export function identified(read: readonly ReadEntry[]): BankEntry[] {
  const alike = new Map<string, number>();
  return read.map(({ account, bankReference, ...entry }) => {
    const { valueDate, amount, currency, reference, payer = '' } = entry;
    const said = JSON.stringify([account, valueDate, amount, currency, reference, payer]);
    const before = alike.get(said) ?? 0;
    alike.set(said, before + 1);
    const identity = bankReference === undefined ? [said, before] : [account, bankReference, valueDate, amount];
    return { ...entry, entryId: createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32) };
  });
}

const DECIMAL = /^([+-]?)(\d{1,12})(?:[.,](\d{1,2}))?$/;

/** Whether a text is a decimal amount in some currency: `1234.56`, `1234,5`, `-10`; grouped thousands are none. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text.trim());

/**
 * A decimal amount as minor units of its currency. Undefined for anything else, and for parts of a minor unit: banks may write
 * `1234.00` in yen, but nobody paid `1234.50`.
 */
export function minorUnits(text: string, currency: Currency): number | undefined {
  const [, sign, whole, written = ''] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const { decimals } = MINOR_UNITS[currency];
  if (Number(written.slice(decimals)) !== 0) return undefined;
  const amount = Number(`${whole}${written.slice(0, decimals).padEnd(decimals, '0')}`);
  return sign === '-' ? 0 - amount : amount;
}

/** What is wrong with a text that is no amount of its currency, for a person who has to mend it. */
export const noAmount = (text: string, currency: Currency): string =>
  MINOR_UNITS[currency].decimals === 0
    ? `"${text}" is no amount in ${currency}, which has no decimals, such as 1234`
    : `"${text}" is no amount such as 1234.56`;

export const currencyOf = (text: string): Currency | undefined => currencyFrom(text.trim().toUpperCase());

/** A calendar date, `YYYY-MM-DD`, also as the beginning of a date and time; undefined for what is none. */
export function dateOf(text: string): string | undefined {
  const date = text.trim().slice(0, 10);
  const parsed = new Date(`${date}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)
    ? date
    : undefined;
}
