import { parse } from 'csv-parse/sync';
import type { Line } from '../import/lines.ts';
import { type Fault, fault, type RawRecord } from './raw-record.ts';
import { faultOf, rawOf } from './text-records.ts';

/** More lines than any record has: a quote that is still open then was never closed. */
const MOST_LINES = 50;
const OPTIONS = { relax_column_count: true, record_delimiter: '\n' } as const;
const QUOTE = /"/g;

/**
 * Lines of a CSV file as its records, which may have line breaks within quotes. A quote that is never closed spoils the one
 * line that it stands on, not the rest of the file. Blank lines are no records. The place behind each record is one at
 * which reading can begin.
 */
export async function* csvRecords(lines: AsyncIterable<Line>): AsyncGenerator<RawRecord> {
  const waiting: Line[] = [];
  for await (const line of lines) {
    waiting.push(line);
    yield* complete(waiting, false);
  }
  yield* complete(waiting, true);
}

/** Takes the records that are complete off the waiting lines. */
function* complete(waiting: Line[], ended: boolean): Generator<RawRecord> {
  while (waiting.length > 0) {
    const size = sizeOfFirst(waiting);
    if (size === 'open' && !ended && waiting.length < MOST_LINES) return;
    const own = waiting.splice(0, typeof size === 'number' ? size : 1);
    const record = recordOf(own, typeof size === 'number' ? undefined : UNCLOSED);
    if (record.fault || record.raw.trim() !== '') yield record;
  }
}

const UNCLOSED = fault('unreadable', '', 'a quote is opened and not closed');

/** How many lines the first record has; quotes within quotes are doubled, so that an even number closes them all. */
function sizeOfFirst(lines: readonly Line[]): number | 'open' | 'unclosed' {
  let odd = false;
  for (const [index, { text }] of lines.entries()) {
    if (text === undefined) return index === 0 ? 1 : 'unclosed';
    if ((text.match(QUOTE)?.length ?? 0) % 2 === 1) odd = !odd;
    if (!odd) return index + 1;
  }
  return 'open';
}

function recordOf(lines: readonly Line[], broken: Fault | undefined): RawRecord {
  const [first] = lines;
  const last = lines.at(-1)!;
  const found = broken ?? faultOf(first!);
  return {
    line: first!.line,
    end: last.end,
    nextLine: last.line + 1,
    raw: lines.map(rawOf).join('\n'),
    ...(found && { fault: found }),
  };
}

/**
 * The fields of each record, or why it has none. Together, because a parser for each record would take four times as long;
 * one by one when a record among them is broken.
 */
export function parseRows(texts: readonly string[]): (readonly string[] | Fault)[] {
  try {
    const rows = parse(texts.join('\n'), OPTIONS);
    if (rows.length === texts.length) return rows;
  } catch {
    // Found again below, in the record that it comes from.
  }
  return texts.map(parseRow);
}

function parseRow(text: string): readonly string[] | Fault {
  try {
    const [row, ...others] = parse(text, OPTIONS);
    return row && others.length === 0 ? row : fault('unreadable', '', 'is not one CSV record');
  } catch (error) {
    return fault('unreadable', '', `is not CSV: ${error instanceof Error ? error.message : error}`);
  }
}
