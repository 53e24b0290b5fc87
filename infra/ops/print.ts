import Table from 'cli-table3';
import { countText, moneyText } from '../../shared/domain/explain/figures.ts';
import { currencyFrom, decimalText } from '../../shared/domain/money.ts';

/** What `amount` writes, or the dash where there is none. */
const AMOUNT = /^([A-Z]{3} −?[\d,]+(\.\d+)?|–)$/;

/** Rows under headings, as wide as the terminal allows. Amounts stand below each other, so that their digits can be compared. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = { head: [], border: [] };
  const colAligns = head.map((_, column) => (rows.every((row) => AMOUNT.test(row[column] ?? '')) ? 'right' : 'left'));
  const style = process.stdout.isTTY ? {} : plain;
  const drawn = new Table({ head: [...head], style, wordWrap: true, colAligns });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

/**
 * Minor units for people, as finance reads an amount: `EUR 1,234.50`, `JPY 1,250`. How many decimals a currency has that is
 * not billed in is not known: it says so then.
 */
export function amount(minor: number, code: string): string {
  const currency = currencyFrom(code);
  return currency === undefined ? `${countText(minor)} minor units of ${code}` : moneyText(minor, currency);
}

/** Minor units as a decimal number for machines: `1234.50`. It is no number in a currency that is not billed in, as above. */
export function decimal(minor: number, code: string): string {
  const currency = currencyFrom(code);
  return currency === undefined ? `${minor} minor units` : decimalText(minor, currency);
}

/** How long ago, in the largest unit that says it well. */
export function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

export const progressFormat = (what: string): string => `${what} [{bar}] {value}/{total}`;
