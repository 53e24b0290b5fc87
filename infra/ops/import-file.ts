import { createReadStream } from 'node:fs';
import { SingleBar } from 'cli-progress';
import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import { progressFormat, table } from './print.ts';
import { followed, upload } from './upload.ts';

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

/** Uploads a file of accounts, waits until its lines are loaded and shows the report. Answers whether every line was good. */
export async function importFile(api: ApiClient, path: string): Promise<boolean> {
  const name = await upload(api, '/imports', path, '.jsonl');
  const report = await reportOf(api, name, await countLines(path));
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

async function reportOf(api: ApiClient, name: string, lines: number): Promise<Report> {
  const bar = new SingleBar({ format: progressFormat('importing'), clearOnComplete: false });
  bar.start(lines, 0);
  try {
    return await followed(api, 'imports', { resource: '/imports', name, schema: reportSchema }, (done) =>
      bar.update(Math.min(done, lines)),
    );
  } finally {
    bar.stop();
  }
}
