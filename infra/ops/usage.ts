import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type ApiClient, allPages } from './api-client.ts';
import { age, table } from './print.ts';
import { followed, upload } from './upload.ts';

const line = { line: z.number(), field: z.string(), reason: z.string() };
const usageReportSchema = z.object({
  complete: z.boolean(),
  counted: z.number(),
  duplicates: z.number(),
  notBillable: z.number(),
  dropped: z.object({ total: z.number() }),
  exceptions: z.object({ total: z.number(), lines: z.array(z.object({ ...line, code: z.string() })) }),
  nextLine: z.number(),
});
const deckReportSchema = z.object({
  complete: z.boolean(),
  loaded: z.boolean(),
  version: z.string(),
  rows: z.number(),
  problems: z.array(z.object(line)),
});

/** Problems shown on the screen; the report in the bucket has more. */
const SHOWN = 20;

/** Uploads a file of usage, waits until its records are counted and shows the report. Answers whether each could be. */
export async function ingestFile(api: ApiClient, seller: string, path: string, format: string): Promise<boolean> {
  const resource = `/sellers/${encodeURIComponent(seller)}/usage-files/${encodeURIComponent(format)}`;
  const name = await upload(api, resource, path, path.endsWith('.gz') ? '.gz' : '');
  const report = await followed(api, 'usage', { resource, name, schema: usageReportSchema });
  const { counted, duplicates, notBillable, dropped, exceptions } = report;
  console.log(
    `${counted} counted, ${duplicates} were counted before, ${notBillable} not billable, ${dropped.total} before the billing start, ${exceptions.total} exceptions.`,
  );
  const shown = exceptions.lines.slice(0, SHOWN);
  if (shown.length > 0)
    console.log(
      table(
        ['line', 'code', 'field', 'reason'],
        shown.map((each) => [String(each.line), each.code, each.field, each.reason]),
      ),
    );
  if (exceptions.total > SHOWN) console.log(`All of them: ops usage-exceptions ${seller}`);
  return exceptions.total === 0;
}

/** Uploads a rate deck and says whether it is in force, or everything that is wrong with it. */
export async function loadDeck(api: ApiClient, seller: string, deck: string, path: string): Promise<boolean> {
  const resource = `/sellers/${encodeURIComponent(seller)}/rate-decks/${encodeURIComponent(deck)}`;
  const name = await upload(api, resource, path, '.csv');
  const { loaded, version, rows, problems } = await followed(api, 'usage', {
    resource,
    name,
    schema: deckReportSchema,
  });
  if (loaded) console.log(`Version ${version} of ${deck} with ${rows} rates is in force.`);
  else {
    console.log(
      table(
        ['line', 'field', 'reason'],
        problems.map((each) => [String(each.line), each.field, each.reason]),
      ),
    );
    console.log('The deck was refused; the one before stays in force.');
  }
  return loaded;
}

const exceptionsSchema = z.object({
  exceptions: z.array(
    z.object({
      exceptionId: z.string(),
      code: z.string(),
      file: z.string(),
      ...line,
      raw: z.string(),
      ageSeconds: z.number(),
    }),
  ),
  cursor: z.string().optional(),
});

/** Records that could not be counted; with `id` the text of one, to be corrected. */
export async function usageExceptions(
  api: ApiClient,
  seller: string,
  { code, id }: { code?: string; id?: string },
): Promise<void> {
  const query = new URLSearchParams({ limit: '100', ...(code === undefined ? {} : { code }) });
  const path = `/sellers/${encodeURIComponent(seller)}/usage-exceptions?${query}`;
  const rows: string[][] = [];
  for await (const page of allPages(api, 'ops', path, exceptionsSchema))
    for (const each of page.exceptions) {
      if (each.exceptionId === id) return console.log(each.raw);
      rows.push([
        each.exceptionId,
        each.code,
        age(each.ageSeconds),
        each.file,
        String(each.line),
        each.field,
        each.reason,
      ]);
    }
  if (id !== undefined) throw new Error(`There is no open usage exception ${id}.`);
  if (rows.length === 0) return console.log('There are no open usage exceptions.');
  console.log(table(['id', 'code', 'age', 'file', 'line', 'field', 'reason'], rows));
}

/** Has all exceptions of a code tried again, or one, as it is or as a file has it corrected. */
export async function replay(
  api: ApiClient,
  seller: string,
  { code, id, corrected }: { code?: string; id?: string; corrected?: string },
): Promise<void> {
  if ((code === undefined) === (id === undefined)) throw new Error('Say what to replay: --code CODE or --id ID.');
  const path = `/sellers/${encodeURIComponent(seller)}/usage-exceptions`;
  const text = corrected === undefined ? undefined : readFileSync(corrected, 'utf8').replace(/\r?\n$/, '');
  const accepted = z.object({ accepted: z.boolean() });
  if (id === undefined) await api.post('ops', `${path}/replay`, { code }, accepted);
  else await api.post('ops', `${path}/${encodeURIComponent(id)}/replay`, text ? { corrected: text } : {}, accepted);
  console.log('Tried again; what still cannot be counted stays in the list.');
}
