import Table from 'cli-table3';
import { currencyFrom, decimalText } from '../../shared/domain/money.ts';

/** Rows under headings, as wide as the terminal allows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = { head: [], border: [] };
  const drawn = new Table({ head: [...head], style: process.stdout.isTTY ? {} : plain, wordWrap: true });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

/** Minor units as a decimal number with its currency: `12.50 EUR`, `1250 JPY`. */
export const amount = (minor: number, code: string): string => `${decimal(minor, code)} ${code}`;

/** Minor units as a decimal number. How many decimals a currency has that is not billed in is not known: it is no number then. */
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
