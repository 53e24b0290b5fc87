import Table from 'cli-table3';

/** Rows under headings, as wide as the terminal allows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = { head: [], border: [] };
  const drawn = new Table({ head: [...head], style: process.stdout.isTTY ? {} : plain, wordWrap: true });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

/** Minor units as a decimal number with its currency. Every currency we bill in has two decimals. */
export function amount(minor: number, currency: string): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}

/** How long ago, in the largest unit that says it well. */
export function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

export const progressFormat = (what: string): string => `${what} [{bar}] {value}/{total}`;
