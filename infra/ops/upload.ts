import { openAsBlob, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type ApiClient, ApiProblem, reach } from './api-client.ts';
import { unlessGivenUp } from './given-up.ts';

const uploadSchema = z.object({ name: z.string(), url: z.url() });

const POLL_MS = 500;
/** A file that makes no progress for so long has failed without a dead letter. */
const PATIENCE_MS = 15 * 60_000;

/**
 * Puts a file under a name of its own, so that a report is always about this upload. `resource` is where the API gives
 * out places for such files. Throws a sentence with the path when there is no such file.
 */
export async function upload(api: ApiClient, resource: string, path: string, suffix: string): Promise<string> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(`There is no file ${path}.`);
  const stem = basename(path)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
  const wanted = `${stem.slice(0, 60) || 'file'}-${new Date().toISOString().replace(/\D/g, '')}${suffix}`;
  const { name, url } = await api.post('ops', resource, { name: wanted }, uploadSchema);
  const uploaded = await reach(new URL(url), { method: 'PUT', body: await openAsBlob(path) });
  if (!uploaded.ok) throw new Error(`The upload of ${path} failed with status ${uploaded.status}.`);
  return name;
}

/** As far as a report tells: without `complete` it is, without `nextLine` it does not say how far the work is. */
interface Progress {
  readonly complete?: boolean;
  readonly nextLine?: number;
}

/**
 * Waits for the report of an uploaded file to be complete, and tells `onLine` how many lines are done. Throws when the
 * work has given up, or has made no progress for a quarter of an hour.
 */
export async function followed<T extends Progress>(
  api: ApiClient,
  queue: 'usage' | 'imports',
  { resource, name, schema }: { readonly resource: string; readonly name: string; readonly schema: z.ZodType<T> },
  onLine: (done: number) => void = () => undefined,
): Promise<T> {
  let progressAt = Date.now();
  let reached = 0;
  while (Date.now() - progressAt < PATIENCE_MS) {
    const report = await soFar(api, `${resource}/${name}`, schema);
    const done = (report?.nextLine ?? 1) - 1;
    if (done > reached) progressAt = Date.now();
    reached = done;
    onLine(done);
    if (report !== undefined && report.complete !== false) return report;
    await unlessGivenUp(api, queue, { name, progressAt });
    await sleep(POLL_MS);
  }
  throw new Error(`No progress for ${PATIENCE_MS / 60_000} minutes; see "ops dead-letters --queue ${queue}".`);
}

/** Undefined before the work has begun. */
async function soFar<T>(api: ApiClient, path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return await api.get('ops', path, schema);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}
