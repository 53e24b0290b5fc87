import * as z from 'zod';
import { listed, placeSchema } from '../import/report.ts';
import type { Outcome } from './count-records.ts';
import type { RawRecord } from './raw-record.ts';

const reportSchema = z.object({
  file: z.string(),
  /** Which upload of the file this is about. */
  upload: z.string(),
  complete: z.boolean(),
  counted: z.int(),
  /** Counted before: the same id with the same content, from this file or another. */
  duplicates: z.int(),
  /** Calls that nobody answered, of no length, or to the switch itself. */
  notBillable: z.int(),
  /** Before the account's billing start: not counted, kept here as evidence (R93, R146). At most a thousand are listed. */
  dropped: z.object({
    total: z.int(),
    lines: z.array(z.object({ line: z.int(), accountId: z.string(), recordId: z.string(), reason: z.string() })),
  }),
  /** In the list of exceptions, with their text; here at most a thousand. */
  exceptions: z.object({
    total: z.int(),
    lines: z.array(z.object({ line: z.int(), code: z.string(), field: z.string(), reason: z.string() })),
  }),
  next: placeSchema,
});

/** What became of the records of a file of usage. A repeated part counts its records as duplicates. */
export type UsageReport = z.infer<typeof reportSchema>;

export const parseUsageReport = (value: unknown): UsageReport | undefined => reportSchema.safeParse(value).data;

export const emptyUsageReport = (file: string, upload: string): UsageReport => ({
  file,
  upload,
  complete: false,
  counted: 0,
  duplicates: 0,
  notBillable: 0,
  dropped: { total: 0, lines: [] },
  exceptions: { total: 0, lines: [] },
  next: { line: 1, offset: 0 },
});

/** The report after some more records. */
export function reportedUsage(
  report: UsageReport,
  records: readonly RawRecord[],
  outcomes: readonly Outcome[],
): UsageReport {
  const of = (kind: Outcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  const dropped = outcomes.flatMap((outcome, index) => {
    if (outcome.kind !== 'dropped') return [];
    const { accountId, recordId, reason } = outcome;
    return [{ line: records[index]!.line, accountId, recordId, reason }];
  });
  const exceptions = outcomes.flatMap((outcome, index) =>
    outcome.kind === 'exception' ? [{ line: records[index]!.line, ...outcome.fault }] : [],
  );
  const last = records.at(-1);
  return {
    ...report,
    counted: report.counted + of('counted'),
    duplicates: report.duplicates + of('duplicate'),
    notBillable: report.notBillable + of('not-billable'),
    dropped: { total: report.dropped.total + dropped.length, lines: listed(report.dropped.lines, dropped) },
    exceptions: {
      total: report.exceptions.total + exceptions.length,
      lines: listed(report.exceptions.lines, exceptions),
    },
    next: last === undefined ? report.next : { line: last.nextLine, offset: last.end },
  };
}
