import Table from 'cli-table3';

export const round = (value: number, digits = 1): string => value.toFixed(digits);

export const megabytes = (bytes: number): string => round(bytes / 1e6, 0);

/** Prints a table whose first column is text. */
export function show(title: string, head: string[], rows: (string | number)[][]): void {
  const table = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: head.map((_, i) => (i ? 'right' : 'left')),
  });
  table.push(...rows);
  console.log(`\n${title}\n${table.toString()}`);
}
