import { z } from 'zod';
import type { LineProblem } from './subscription-fit.ts';

/** How many problems a report lists. The rest is only counted: whoever broke ten thousand lines broke them alike. */
const LISTED = 1000;

/** Adds to a list in a report, up to its limit. */
export const listed = <T>(lines: readonly T[], added: readonly T[]): T[] => [
  ...lines,
  ...added.slice(0, Math.max(0, LISTED - lines.length)),
];

/** Where a further invocation goes on: everything before is in the counts. */
export const placeSchema = z.object({ line: z.int(), offset: z.int() });

const reportSchema = z.object({
  file: z.string(),
  /** Which upload of the file this is about. */
  upload: z.string(),
  complete: z.boolean(),
  loaded: z.int(),
  /** Accounts that were there already, and were left as they are. */
  existing: z.int(),
  rejected: z.object({
    total: z.int(),
    /** Beginning of the list; at most a thousand entries. */
    lines: z.array(z.object({ line: z.int(), field: z.string(), reason: z.string() })),
  }),
  next: placeSchema,
});

/** What became of the lines of an import file. */
export type ImportReport = z.infer<typeof reportSchema>;

export const parseReport = (value: unknown): ImportReport | undefined => reportSchema.safeParse(value).data;

export const emptyReport = (file: string, upload: string): ImportReport => ({
  file,
  upload,
  complete: false,
  loaded: 0,
  existing: 0,
  rejected: { total: 0, lines: [] },
  next: { line: 1, offset: 0 },
});

/** What became of one line; `blank` lines count for nothing. */
export type LineOutcome =
  | { readonly kind: 'loaded' | 'existing' | 'blank' }
  | { readonly kind: 'rejected'; readonly problems: readonly LineProblem[] };

export function reported(
  report: ImportReport,
  line: { line: number; end: number },
  outcome: LineOutcome,
): ImportReport {
  const next = { line: line.line + 1, offset: line.end };
  if (outcome.kind !== 'rejected') {
    const counted = outcome.kind === 'blank' ? {} : { [outcome.kind]: report[outcome.kind] + 1 };
    return { ...report, ...counted, next };
  }
  const { total, lines } = report.rejected;
  const added = outcome.problems.map((problem) => ({ line: line.line, ...problem }));
  return { ...report, rejected: { total: total + 1, lines: listed(lines, added) }, next };
}

/**
 * How far an upload has come: its report, or an empty one at its first line. Undefined: the message continues an upload
 * that a newer one has replaced.
 */
export const progressOf = <Report extends { readonly upload: string }>(
  report: Report | undefined,
  { line, upload }: { readonly line: number; readonly upload: string },
  empty: () => Report,
): Report | undefined => (report?.upload === upload ? report : line === 1 ? empty() : undefined);
