import type { UsageFormat } from '../domain/usage-exception.ts';
import { type LineOptions, linesOf } from '../import/lines.ts';
import { asterisk } from './asterisk.ts';
import { csvRecords } from './csv-records.ts';
import { freeswitch } from './freeswitch.ts';
import { jsonLines } from './json-lines.ts';
import type { RawRecord } from './raw-record.ts';
import type { Adapter } from './switch-record.ts';
import { lineRecords } from './text-records.ts';

/** The adapter of each format. */
export const ADAPTERS: Readonly<Record<UsageFormat, Adapter>> = {
  asterisk,
  freeswitch,
  records: jsonLines,
};

/** The raw records of a file's bytes, in memory for one record only. */
export function recordsOf(
  format: UsageFormat,
  bytes: AsyncIterable<Uint8Array>,
  from: LineOptions,
): AsyncGenerator<RawRecord> {
  const lines = linesOf(bytes, from);
  return format === 'records' ? lineRecords(lines) : csvRecords(lines);
}
