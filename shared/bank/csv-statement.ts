import { parse } from 'csv-parse/sync';
import {
  currencyOf,
  dateOf,
  identified,
  isDecimal,
  minorUnits,
  noAmount,
  type ReadEntry,
  type Statement,
} from './statement.ts';

const NEEDED = ['value_date', 'amount', 'currency', 'reference'] as const;
/** `account`: the seller's own; `bank_reference`: the bank's, unique. */
const KNOWN: readonly string[] = [...NEEDED, 'payer', 'account', 'bank_reference'];

/**
 * Reads a bank statement in CSV (RFC 4180; `,` or `;`). The first line names the columns; what went out is skipped. Never
 * throws: whatever is wrong is a fault with its line.
 */
export function readCsvStatement(text: string): Statement {
  const delimiter = (text.split('\n', 1)[0] ?? '').includes(';') ? ';' : ',';
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, { bom: true, columns: true, delimiter, info: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    return failed('file', error instanceof Error ? error.message : 'is no CSV');
  }
  const columns = Object.keys(rows[0]?.record ?? {});
  if (rows.length === 0) return failed('file', 'has no entries');
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) return failed('line 1', `misses the columns ${missing.join(', ')}`);
  const unknown = columns.filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) return failed('line 1', `has unknown columns: ${unknown.join(', ')}`);

  const [read, skipped, faults]: [ReadEntry[], Statement['skipped'][number][], Statement['faults'][number][]] = [
    [],
    [],
    [],
  ];
  for (const { record, info } of rows) {
    const place = `line ${info.lines}`;
    const entry = readRow(record, place);
    if (typeof entry === 'string') faults.push({ place, reason: entry });
    else if (entry.amount <= 0) skipped.push({ place, reason: 'is no incoming payment' });
    else read.push(entry);
  }
  return { entries: identified(read), skipped, faults };
}

const failed = (place: string, reason: string): Statement => ({
  entries: [],
  skipped: [],
  faults: [{ place, reason }],
});

function readRow(row: Record<string, string>, place: string): ReadEntry | string {
  const { value_date = '', amount: written = '', currency: code = '', reference = '', payer, account = '' } = row;
  const valueDate = dateOf(value_date);
  if (valueDate === undefined) return `value_date "${value_date}" is no date in the form YYYY-MM-DD`;
  if (!isDecimal(written)) return `amount "${written}" is no amount such as 1234.56`;
  const currency = currencyOf(code);
  if (currency === undefined) return `currency "${code}" is none that is billed in`;
  const amount = minorUnits(written, currency);
  if (amount === undefined) return `amount ${noAmount(written, currency)}`;
  const own = row.bank_reference ? { bankReference: row.bank_reference } : {};
  return { place, valueDate, amount, currency, reference, account, ...own, ...(payer && { payer }) };
}
