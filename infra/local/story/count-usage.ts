import { gzipSync } from 'node:zlib';
import Table from 'cli-table3';
import { readStage } from '../../stage.ts';
import { sampleTelecom } from '../sample/telecom.ts';
import { type UsageFile, usageFiles } from '../sample/usage-files.ts';
import { ApiClient, tokenFor } from './api-client.ts';
import type { Stage } from './cast-stories.ts';

interface UsageReport {
  readonly complete: boolean;
  readonly counted: number;
  readonly duplicates: number;
  readonly notBillable: number;
  readonly dropped: { readonly total: number };
  readonly exceptions: { readonly total: number };
}

/**
 * The calls and messages of a month (`YYYY-MM`) of usage, dropped into the bucket as the switches' operator would, one file
 * twice: each record counts once. Shows what became of them. Throws when a file was not read to its end.
 */
export async function countUsage(
  stage: Stage,
  sample: { readonly accounts: number; readonly seed: number; readonly month: string },
  month: string,
): Promise<void> {
  const { stack, apiUrl, say } = stage;
  const files = usageFiles({
    accounts: [...sampleTelecom(sample)],
    seed: sample.seed,
    month,
    stage: readStage('local'),
  });
  const [first] = files;
  if (first === undefined) return;
  const again = { ...first, name: `again-${first.name}` };
  say(`Counting the calls and messages of ${month} as the switches wrote them, one file twice under two names …`);
  const ops = new ApiClient(apiUrl, await tokenFor(stack, 'ops'));
  for (const batch of [files, [again]]) {
    for (const file of batch) await upload(ops, file);
    await stack.settle();
  }
  const table = new Table({
    head: ['usage/…', 'records', 'counted', 'duplicates', 'not billable', 'before start', 'exceptions'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const file of [...files, again]) {
    const { format, sellerId, name, lines } = file;
    const { counted, duplicates, notBillable, dropped, exceptions } = await reportOf(ops, file);
    const outcomes = [counted, duplicates, notBillable, dropped.total, exceptions.total];
    table.push([`${format}/${sellerId}/${name}`, lines.length, ...outcomes]);
  }
  say(table.toString());
}

const folderOf = ({ sellerId, format }: UsageFile): string => `/sellers/${sellerId}/usage-files/${format}`;

async function upload(ops: ApiClient, file: UsageFile): Promise<void> {
  const { url } = await ops.call<{ url: string }>('POST', folderOf(file), { name: file.name });
  const text = `${file.lines.join('\n')}\n`;
  const body = file.name.endsWith('.gz') ? new Uint8Array(gzipSync(text)) : text;
  const uploaded = await fetch(url, { method: 'PUT', body });
  if (!uploaded.ok) throw new Error(`Uploading ${file.name} answered ${uploaded.status}: ${await uploaded.text()}`);
}

async function reportOf(ops: ApiClient, file: UsageFile): Promise<UsageReport> {
  const report = await ops.get<UsageReport>(`${folderOf(file)}/${file.name}`);
  if (!report.complete) throw new Error(`${file.name} of ${file.sellerId} was not read to its end`);
  return report;
}
