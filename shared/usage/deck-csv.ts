import type { Currency } from '../domain/money.ts';
import { checkDeck } from '../domain/usage/check-deck.ts';
import type { RateRow } from '../domain/usage/usage.ts';
import { linesOf } from '../import/lines.ts';
import { csvRecords, parseRows } from './csv-records.ts';
import { microsOf } from './price.ts';
import type { RawRecord } from './raw-record.ts';
import { isFault } from './switch-record.ts';

const COLUMNS = ['prefix', 'destination', 'initial', 'subsequent', 'price', 'from', 'to'];
/** What the file calls the fields of a rate row. */
const NAMES: Readonly<Record<string, string>> = {
  'increments.initial': 'initial',
  'increments.subsequent': 'subsequent',
  micros: 'price',
};

export interface DeckFileProblem {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

/** Either the rows of a deck or everything that is wrong with its file. */
export interface DeckFile {
  readonly rows: readonly RateRow[];
  readonly problems: readonly DeckFileProblem[];
}

/**
 * Reads a deck's CSV: a heading, then one row per prefix and time. Prices are in `currency`. `version` is noted on every row,
 * and so on invoices.
 */
export async function readDeck(
  bytes: AsyncIterable<Uint8Array>,
  { deck, version }: { readonly deck: string; readonly version: string },
  currency: Currency,
): Promise<DeckFile> {
  const records: RawRecord[] = [];
  for await (const record of csvRecords(linesOf(bytes))) records.push(record);
  const broken = records.flatMap(({ line, fault }) =>
    fault ? [{ line, field: fault.field, reason: fault.reason }] : [],
  );
  if (broken.length > 0) return { rows: [], problems: broken };
  const [heading, ...values] = parseRows(records.map(({ raw }) => raw));
  if (heading === undefined || isFault(heading) || heading.join() !== COLUMNS.join())
    return { rows: [], problems: [{ line: records[0]?.line ?? 1, field: '', reason: `must be ${COLUMNS.join()}` }] };
  const read = values.map((row, index) => rowOf(row, records[index + 1]!.line, { deck, version }));
  const problems = read.flatMap((each) => each.problems);
  if (read.length === 0) problems.push({ line: 2, field: '', reason: 'there is no rate below the heading' });
  // Rows that cannot be read are left out of the check for overlaps and gaps, which would only repeat that they are missing.
  const whole = read.flatMap(({ row, line }) => (row === undefined ? [] : [{ row, line }]));
  const rows = whole.map(({ row }) => row);
  for (const { row, field, reason } of checkDeck(rows, currency))
    problems.push({ line: whole[row - 1]!.line, field: NAMES[field] ?? field, reason });
  return { rows, problems: problems.sort((a, b) => a.line - b.line) };
}

type ReadRow = { readonly line: number; readonly row?: RateRow; readonly problems: DeckFileProblem[] };

function rowOf(
  values: ReturnType<typeof parseRows>[number],
  line: number,
  of: { readonly deck: string; readonly version: string },
): ReadRow {
  if (isFault(values)) return { line, problems: [{ line, field: values.field, reason: values.reason }] };
  if (values.length !== COLUMNS.length) {
    const reason = `has ${values.length} columns instead of ${COLUMNS.length}`;
    return { line, problems: [{ line, field: '', reason }] };
  }
  const [prefix, destination, initial, subsequent, price, from, to] = values.map((value) => value.trim());
  const micros = microsOf(price!);
  const problems: DeckFileProblem[] = [];
  if (micros === undefined)
    problems.push({ line, field: 'price', reason: `"${price}" is not a price per minute with at most six decimals` });
  for (const [field, value] of [
    ['initial', initial!],
    ['subsequent', subsequent!],
  ] as const)
    if (!/^\d{1,4}$/.test(value)) problems.push({ line, field, reason: `"${value}" is not a whole number of seconds` });
  if (micros === undefined || problems.length > 0) return { line, problems };
  const row: RateRow = {
    ...of,
    prefix: prefix!,
    destination: destination!,
    increments: { initial: Number(initial), subsequent: Number(subsequent) },
    micros,
    per: 'minute',
    from: from!,
    ...(to === '' ? {} : { to: to! }),
  };
  return { line, row, problems };
}
