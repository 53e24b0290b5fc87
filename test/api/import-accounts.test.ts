import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAccounts } from '../../functions/import-accounts.ts';
import { type LocalFauxqs, startFauxqs } from '../../infra/local/fauxqs.ts';
import { createAccountStore } from '../../shared/aws/account-store.ts';
import { createImportFiles } from '../../shared/aws/imports.ts';
import { createNumberStore } from '../../shared/aws/number-store.ts';
import { fileJobs, reportKey } from '../../shared/import/import-jobs.ts';
import { linesOf, MAX_LINE_BYTES } from '../../shared/import/lines.ts';
import type { ImportReport } from '../../shared/import/report.ts';
import type { Message } from '../../shared/messages.ts';
import type { Queues } from '../../shared/ports.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { localClient, localTable } from '../support/emulators.ts';
import { customer, NOW, stage } from './world.ts';

const table = localTable();
let fauxqs: LocalFauxqs;
let s3: S3Client;
beforeAll(async () => {
  fauxqs = await startFauxqs();
  s3 = new S3Client({ ...localClient(fauxqs.endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'imports' }));
});
afterAll(async () => {
  s3?.destroy();
  await fauxqs?.stop();
});

const PLENTY = () => 300_000;
const line = (accountId: string, more = {}) => JSON.stringify(customer(accountId, more));

function importer() {
  const sent: Message<'imports'>[] = [];
  const queues: Queues = {
    send: async (_queue, messages) => void sent.push(...(messages as readonly Message<'imports'>[])),
  };
  const files = createImportFiles({ bucket: 'imports' }, s3);
  const options = { table: table(), shardsOf: (sellerId: string) => sellerOf(stage, sellerId).shards };
  const store = { ...createAccountStore(options), ...createNumberStore(options) };
  const run = importAccounts({ store, files, queues, offering: stage });
  const drop = async (name: string, content: string | Uint8Array) => {
    await s3.send(new PutObjectCommand({ Bucket: 'imports', Key: `accounts/${name}.jsonl`, Body: content }));
    return { key: `accounts/${name}.jsonl`, line: 1, upload: `upload-of-${name}` };
  };
  const report = async (name: string) => (await files.readReport(`reports/${name}.json`)) as ImportReport;
  return { run, drop, report, sent };
}

const counts = ({ loaded, existing, rejected, complete }: ImportReport) => [loaded, existing, rejected.total, complete];

describe('importing accounts', () => {
  it('loads good lines and reports bad ones with line, field and reason', async () => {
    const { run, drop, report } = importer();
    const job = await drop(
      'mixed',
      [line('mix-1'), '{oops', line('mix-2', { currency: 'USD' }), line('mix-3')].join('\n'),
    );
    await run(job, NOW, PLENTY);
    const written = await report('mixed');
    expect(counts(written)).toEqual([2, 0, 2, true]);
    expect(written.rejected.lines).toEqual([
      { line: 2, field: '', reason: 'is not valid JSON' },
      { line: 3, field: 'currency', reason: 'northwind-ie bills in EUR' },
    ]);
  });

  it('takes a byte order mark, CRLF, blank lines and a last line without an end', async () => {
    const { run, drop, report } = importer();
    await run(await drop('windows', `\uFEFF${line('win-1')}\r\n\r\n   \r\n${line('win-2')}`), NOW, PLENTY);
    expect(counts(await report('windows'))).toEqual([2, 0, 0, true]);
  });

  it('names a line that is too long or not UTF-8 and goes on', async () => {
    const { run, drop, report } = importer();
    const long = `{"name":"${'x'.repeat(MAX_LINE_BYTES)}"}`;
    const broken = Buffer.from([0x7b, 0xc3, 0x28, 0x7d, 0x0a]);
    const file = Buffer.concat([Buffer.from(`${long}\n`), broken, Buffer.from(`${line('odd-1')}\n`)]);
    await run(await drop('odd', file), NOW, PLENTY);
    const written = await report('odd');
    expect(counts(written)).toEqual([1, 0, 2, true]);
    expect(written.rejected.lines).toEqual([
      { line: 1, field: '', reason: 'is longer than 256 KB' },
      { line: 2, field: '', reason: 'is not valid UTF-8' },
    ]);
  });

  it('an empty file is done at once', async () => {
    const { run, drop, report } = importer();
    await run(await drop('empty', new Uint8Array()), NOW, PLENTY);
    expect(counts(await report('empty'))).toEqual([0, 0, 0, true]);
  });

  it('leaves accounts that exist as they are, and says how many', async () => {
    const { run, drop, report } = importer();
    await run(await drop('first', line('twice-1')), NOW, PLENTY);
    await run(
      await drop('second', [line('twice-1', { name: 'Another Ltd' }), line('twice-2')].join('\n')),
      NOW,
      PLENTY,
    );
    expect(counts(await report('second'))).toEqual([1, 1, 0, true]);
  });

  it('the same upload announced twice keeps its report', async () => {
    const { run, drop, report } = importer();
    const job = await drop('again', line('again-1'));
    await run(job, NOW, PLENTY);
    await run(job, NOW, PLENTY);
    expect(counts(await report('again'))).toEqual([1, 0, 0, true]);
  });

  it('the same file uploaded again is read again', async () => {
    const { run, drop, report } = importer();
    await run(await drop('anew', line('anew-1')), NOW, PLENTY);
    await run({ ...(await drop('anew', line('anew-1'))), upload: 'a later one' }, NOW, PLENTY);
    expect(counts(await report('anew'))).toEqual([0, 1, 0, true]);
  });

  it('stops before its time is up and goes on where it stopped, reading nothing twice', async () => {
    const { run, drop, report, sent } = importer();
    const lines = Array.from({ length: 40 }, (_, index) => line(`slow-${index}`));
    await run(await drop('slow', lines.join('\n')), NOW, () => 1000);
    expect(sent).toEqual([{ key: 'accounts/slow.jsonl', line: 17, upload: 'upload-of-slow' }]);
    expect(counts(await report('slow'))).toEqual([16, 0, 0, false]);
    await run(sent[0]!, NOW, () => 1000);
    await run(sent[1]!, NOW, PLENTY);
    expect(counts(await report('slow'))).toEqual([40, 0, 0, true]);
  });

  it('a continuation delivered twice does not spoil the counts', async () => {
    const { run, drop, report, sent } = importer();
    const lines = Array.from({ length: 20 }, (_, index) => line(`dup-${index}`));
    await run(await drop('dup', lines.join('\n')), NOW, () => 1000);
    await run(sent[0]!, NOW, PLENTY);
    await run(sent[0]!, NOW, PLENTY);
    expect(counts(await report('dup'))).toEqual([20, 0, 0, true]);
  });

  it('a continuation of an upload that was replaced meanwhile does nothing', async () => {
    const { run, drop, report, sent } = importer();
    const job = await drop('replaced', line('replaced-1'));
    await run(job, NOW, PLENTY);
    await run({ ...job, line: 900, upload: 'an older one' }, NOW, PLENTY);
    expect(counts(await report('replaced'))).toEqual([1, 0, 0, true]);
    expect(sent).toEqual([]);
  });

  it('a file that is gone is a permanent error', async () => {
    const { run } = importer();
    await expect(run({ key: 'accounts/gone.jsonl', line: 1, upload: 'u' }, NOW, PLENTY)).rejects.toThrow(
      'The file is not in the bucket. accounts/gone.jsonl',
    );
  });

  it('holds one line in memory, however long it is', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x20);
    async function* endless() {
      for (let sent = 0; sent < 2000; sent++) yield chunk;
      yield Buffer.from(`\n${line('after')}`);
    }
    const before = process.memoryUsage().arrayBuffers;
    const problems = [];
    for await (const { problem } of linesOf(endless())) problems.push(problem);
    expect(problems).toEqual(['longer than 256 KB', undefined]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * MAX_LINE_BYTES);
  });
});

describe('what a message of the queue asks for', () => {
  const record = (key: string, object = {}) => ({ s3: { object: { key, ...object } } });
  it.each([
    [
      'a file, its name decoded',
      { Records: [record('accounts/new+customers%C3%A9.jsonl', { sequencer: '01' })] },
      [{ key: 'accounts/new customersé.jsonl', line: 1, upload: '01' }],
    ],
    [
      'two files',
      { Records: [record('accounts/a.jsonl', { eTag: 'e' }), record('accounts/b.jsonl')] },
      [
        { key: 'accounts/a.jsonl', line: 1, upload: 'e' },
        { key: 'accounts/b.jsonl', line: 1, upload: 'unknown' },
      ],
    ],
    ['nothing, from the test of S3', { Service: 'Amazon S3', Event: 's3:TestEvent' }, []],
    [
      'to go on',
      { key: 'accounts/a.jsonl', line: 7, upload: 'e' },
      [{ key: 'accounts/a.jsonl', line: 7, upload: 'e' }],
    ],
  ])('%s', (_what, body, jobs) => expect(fileJobs('imports', JSON.stringify(body))).toEqual(jobs));

  it.each(['{}', 'no', '{"key":"a","line":0,"upload":"e"}'])('%s is refused with the field', (body) =>
    expect(() => fileJobs('imports', body)).toThrow(/imports: /),
  );

  it.each([
    ['accounts/may.jsonl', 'reports/may.json'],
    ['accounts/2026/may.v2.jsonl', 'reports/2026/may.v2.json'],
  ])('the report about %s is %s', (key, report) => expect(reportKey(key)).toBe(report));
});
