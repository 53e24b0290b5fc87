import { createReadStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import * as z from 'zod';
import { type ApiClient, ApiProblem, reach } from './api-client.ts';
import { unlessGivenUp } from './given-up.ts';
import { progressFormat, table } from './print.ts';

const uploadSchema = z.object({ name: z.string(), url: z.url() });
const reportSchema = z.object({
  complete: z.boolean(),
  loaded: z.number(),
  existing: z.number(),
  rejected: z.object({
    total: z.number(),
    lines: z.array(z.object({ line: z.number(), field: z.string(), reason: z.string() })),
  }),
  nextLine: z.number(),
});
type Report = z.infer<typeof reportSchema>;

/** Problems shown on the screen; the report in the bucket has a thousand. */
const SHOWN = 20;
const POLL_MS = 500;
/** An import that makes no progress for so long has failed without a dead letter. */
const PATIENCE_MS = 15 * 60_000;

/** Uploads a file of accounts, waits until its lines are loaded and shows the report. Answers whether every line was good. */
export async function importFile(api: ApiClient, path: string): Promise<boolean> {
  const lines = await countLines(path);
  const { name, url } = await api.post('ops', '/imports', { name: uploadName(path, new Date()) }, uploadSchema);
  const uploaded = await reach(new URL(url), { method: 'PUT', body: await openAsBlob(path) });
  if (!uploaded.ok) throw new Error(`The upload of ${path} failed with status ${uploaded.status}.`);
  const report = await followed(api, name, lines);
  console.log(`${report.loaded} loaded, ${report.existing} were there already, ${report.rejected.total} rejected.`);
  const shown = report.rejected.lines.slice(0, SHOWN);
  if (shown.length > 0)
    console.log(
      table(
        ['line', 'field', 'reason'],
        shown.map(({ line, field, reason }) => [String(line), field || '(line)', reason]),
      ),
    );
  if (report.rejected.lines.length > SHOWN) console.log(`The whole report: GET /imports/${name}`);
  return report.rejected.total === 0;
}

/** Each upload has a name of its own, so that a report is always about this one. */
const uploadName = (path: string, now: Date): string => {
  const name = basename(path)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
  return `${name.slice(0, 60) || 'accounts'}-${now.toISOString().replace(/\D/g, '')}.jsonl`;
};

async function countLines(path: string): Promise<number> {
  let lines = 0;
  let last = 0x0a;
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Uint8Array;
    for (const byte of bytes) if (byte === 0x0a) lines += 1;
    last = bytes.at(-1) ?? last;
  }
  return last === 0x0a ? lines : lines + 1;
}

async function followed(api: ApiClient, name: string, lines: number): Promise<Report> {
  const bar = new SingleBar({ format: progressFormat('importing'), clearOnComplete: false });
  bar.start(lines, 0);
  try {
    let progressAt = Date.now();
    let reached = 0;
    while (Date.now() - progressAt < PATIENCE_MS) {
      const report = await reportSoFar(api, name);
      const read = report === undefined ? 0 : report.nextLine - 1;
      if (read > reached) progressAt = Date.now();
      reached = read;
      bar.update(Math.min(read, lines));
      if (report?.complete) return report;
      await unlessGivenUp(api, 'imports', { name, progressAt });
      await sleep(POLL_MS);
    }
  } finally {
    bar.stop();
  }
  throw new Error(`The import made no progress for ${PATIENCE_MS / 60_000} minutes; see "ops dead-letters".`);
}

/** Undefined before the import has begun. */
async function reportSoFar(api: ApiClient, name: string): Promise<Report | undefined> {
  try {
    return await api.get('ops', `/imports/${name}`, reportSchema);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}
