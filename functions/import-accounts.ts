// Trigger: the imports queue — S3 announces a file dropped into the imports bucket, or a former invocation goes on.
import { createAccountStore } from '../shared/aws/account-store.ts';
import { createImportFiles } from '../shared/aws/imports.ts';
import { createNumberStore } from '../shared/aws/number-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { BillingError } from '../shared/domain/errors.ts';
import { type Offering, parseAccountLine } from '../shared/import/account-line.ts';
import { fileJobs, reportKey } from '../shared/import/import-jobs.ts';
import { type Line, linesOf } from '../shared/import/lines.ts';
import {
  emptyReport,
  type ImportReport,
  type LineOutcome,
  parseReport,
  progressOf,
  reported,
} from '../shared/import/report.ts';
import type { Message } from '../shared/messages.ts';
import type { AccountStore, ImportFiles, NumberStore, Queues } from '../shared/ports.ts';
import { importsEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';
import { addNumbers } from '../shared/usage/add-numbers.ts';

interface Deps {
  readonly store: Pick<AccountStore, 'createAccount'> & Pick<NumberStore, 'addNumber'>;
  readonly files: Pick<ImportFiles, 'open' | 'readReport' | 'writeReport'>;
  readonly queues: Queues;
  readonly offering: Offering;
}

/** Accounts written side by side: bounds the memory and the load on the table. */
const AT_ONCE = 16;
/** The report is written this often, so that a repeated invocation repeats little. */
const LINES_PER_REPORT = 2000;
/** Left for the last report and the message to the successor. */
const RESERVE_MS = 15_000;

/**
 * Loads an account file line by line; each account at most once, for ever. Stops before the time limit and sends itself
 * the place to go on at. Throws `file_not_found`.
 */
export const importAccounts =
  (deps: Deps) =>
  async (message: Message<'imports'>, now: Instant, remainingMs: () => number): Promise<void> => {
    const { key, upload } = message;
    const known = parseReport(await deps.files.readReport(reportKey(key)));
    const begun = progressOf(known, message, () => emptyReport(key, upload));
    if (begun === undefined || begun.complete) return;
    const bytes = await deps.files.open(key, begun.next.offset);
    if (bytes === undefined) throw new BillingError('file_not_found', key);
    const report = await load(deps, bytes, begun, now, remainingMs);
    await deps.files.writeReport(reportKey(key), report);
    if (!report.complete) await deps.queues.send('imports', [{ ...message, line: report.next.line }]);
  };

async function load(
  deps: Deps,
  bytes: AsyncIterable<Uint8Array>,
  begun: ImportReport,
  now: Instant,
  remainingMs: () => number,
): Promise<ImportReport> {
  let report = begun;
  let batch: Line[] = [];
  let unwritten = 0;
  const flush = async () => {
    const outcomes = await Promise.all(batch.map((line) => loadLine(deps, line, now)));
    for (const [index, line] of batch.entries()) report = reported(report, line, outcomes[index]!);
    unwritten += batch.length;
    batch = [];
    if (unwritten < LINES_PER_REPORT) return;
    await deps.files.writeReport(reportKey(report.file), report);
    unwritten = 0;
  };
  for await (const line of linesOf(bytes, begun.next)) {
    batch.push(line);
    if (batch.length < AT_ONCE) continue;
    await flush();
    if (remainingMs() < RESERVE_MS) return report;
  }
  await flush();
  return { ...report, complete: true };
}

async function loadLine({ store, offering }: Deps, line: Line, now: Instant): Promise<LineOutcome> {
  if (line.text === undefined) return { kind: 'rejected', problems: [{ field: '', reason: `is ${line.problem}` }] };
  if (line.text.trim() === '') return { kind: 'blank' };
  const parsed = parseAccountLine(line.text, offering, now);
  if (parsed.kind === 'rejected') return parsed;
  const created = await store.createAccount(parsed.input);
  // After the account, so that no number points nowhere; and always, for a former try may have died in between.
  await addNumbers(store, parsed);
  return { kind: created === 'written' ? 'loaded' : 'existing' };
}

export const handler = queueHandler(
  'imports',
  () => {
    const stage = loadStage();
    const storage = openStorage(stage);
    const load = importAccounts({
      store: { ...createAccountStore(storage), ...createNumberStore(storage) },
      files: createImportFiles(importsEnvironment()),
      queues: createQueues({ urls: queueUrls('imports') }),
      offering: stage,
    });
    return (message, now, context) => load(message, now, () => context.getRemainingTimeInMillis());
  },
  { parse: (body) => fileJobs('imports', body) },
);
