import { inParallel } from '../aws/concurrency.ts';
import type { Instant } from '../domain/calendar.ts';
import { BillingError } from '../domain/errors.ts';
import type { UsageFormat } from '../domain/usage-exception.ts';
import { progressOf } from '../import/report.ts';
import type { Message } from '../messages.ts';
import type { ImportFiles, Queues, UsageExceptionStore } from '../ports.ts';
import type { createCounting, Outcome } from './count-records.ts';
import { exceptionOf } from './exceptions.ts';
import { recordsOf } from './formats.ts';
import type { RawRecord } from './raw-record.ts';
import { gunzipped } from './unpack.ts';
import { type UsageWork, usageReportKey } from './usage-jobs.ts';
import { emptyUsageReport, parseUsageReport, reportedUsage, type UsageReport } from './usage-report.ts';

type Count = ReturnType<typeof createCounting>;
export type FileWork = Extract<UsageWork, { kind: 'file' }>;

export interface IngestDeps {
  readonly store: UsageExceptionStore;
  readonly files: Pick<ImportFiles, 'open' | 'readReport' | 'writeReport'>;
  readonly queues: Queues;
  countingOf(sellerId: string, format: UsageFormat, now: Instant): Promise<Count>;
  /** Is told what became of some records, and how many of them are exceptions that were not known. */
  told(outcomes: readonly Outcome[], newExceptions: number): void;
}

/** Records counted together: what is in memory at once, and what is repeated when the function dies. */
const RECORDS_AT_ONCE = 10_000;
const BYTES_AT_ONCE = 8 * 1024 * 1024;
/** Left for the last records, the report and the message to the successor. */
export const RESERVE_MS = 45_000;
const EXCEPTIONS_AT_ONCE = 16;
/** With so many records and none that can be read, the file is another one than its folder says. */
const ENOUGH_TO_JUDGE = 50;

/**
 * Counts the records of a file, some thousand at a time; each record once for ever, however often this is done. Stops before
 * the time limit and sends itself the place to go on at, which is always one between two records.
 */
export async function ingestFile(
  deps: IngestDeps,
  work: FileWork,
  message: Message<'usage'>,
  now: Instant,
  remainingMs: () => number,
): Promise<void> {
  const { key, upload } = message;
  const known = parseUsageReport(await deps.files.readReport(usageReportKey(key)));
  const begun = progressOf(known, message, () => emptyUsageReport(key, upload));
  if (begun === undefined || begun.complete) return;
  const count = await deps.countingOf(work.sellerId, work.format, now);
  let report = begun;
  for await (const records of portions(await recordsFrom(deps.files, work, report))) {
    const outcomes = await count(records);
    if (report.next.line === 1) refuseOtherFormats(key, outcomes);
    await keepExceptions(deps, { ...work, file: key }, records, outcomes, now);
    report = reportedUsage(report, records, outcomes);
    await deps.files.writeReport(usageReportKey(key), report);
    if (remainingMs() < RESERVE_MS) return await deps.queues.send('usage', [{ ...message, line: report.next.line }]);
  }
  await deps.files.writeReport(usageReportKey(key), { ...report, complete: true });
}

/** The records of a file behind the place that a report has come to. Throws `file_not_found`. */
async function recordsFrom(
  files: IngestDeps['files'],
  { format, packed }: FileWork,
  { file, next }: UsageReport,
): Promise<AsyncGenerator<RawRecord>> {
  const bytes = await files.open(file, packed ? 0 : next.offset);
  if (bytes === undefined) throw new BillingError('file_not_found', file);
  if (!packed) return recordsOf(format, bytes, next);
  const unpacked = gunzipped(bytes, next.offset);
  return recordsOf(format, unpacked.bytes, { ...next, cutOff: unpacked.cutOff });
}

async function* portions(records: AsyncIterable<RawRecord>): AsyncGenerator<RawRecord[]> {
  let portion: RawRecord[] = [];
  let bytes = 0;
  for await (const record of records) {
    portion.push(record);
    bytes += record.raw.length;
    if (portion.length < RECORDS_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    yield portion;
    portion = [];
    bytes = 0;
  }
  if (portion.length > 0) yield portion;
}

/** Throws `file_unreadable`: a list of a million exceptions would help nobody. The file stays where it is. */
function refuseOtherFormats(key: string, outcomes: readonly Outcome[]): void {
  const unreadable = (outcome: Outcome) => outcome.kind === 'exception' && outcome.fault.code === 'unreadable';
  if (outcomes.length >= ENOUGH_TO_JUDGE && outcomes.every(unreadable)) throw new BillingError('file_unreadable', key);
}

async function keepExceptions(
  { store, told }: IngestDeps,
  { sellerId, format, file }: FileWork & { readonly file: string },
  records: readonly RawRecord[],
  outcomes: readonly Outcome[],
  now: Instant,
): Promise<void> {
  const exceptions = outcomes.flatMap((outcome, index) =>
    outcome.kind === 'exception' ? [exceptionOf({ sellerId, format, file }, records[index]!, outcome, now)] : [],
  );
  let unknown = 0;
  await inParallel(exceptions, EXCEPTIONS_AT_ONCE, async (exception) => {
    if ((await store.recordException(exception)) === 'written') unknown += 1;
  });
  told(outcomes, unknown);
}
