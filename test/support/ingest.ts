import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { ingestUsage } from '../../functions/ingest-usage.ts';
import { type LocalFauxqs, startFauxqs } from '../../infra/local/fauxqs.ts';
import { readStage } from '../../infra/stage.ts';
import { createAccountStore } from '../../shared/aws/account-store.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createDeckStore } from '../../shared/aws/deck-store.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import { createImportFiles } from '../../shared/aws/imports.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { createNumberStore } from '../../shared/aws/number-store.ts';
import type { Table } from '../../shared/aws/table.ts';
import { createUsageExceptionStore } from '../../shared/aws/usage-exception-store.ts';
import { createUsageStore } from '../../shared/aws/usage-store.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { RatedRecord } from '../../shared/domain/usage/usage.ts';
import { replayKey, usageReportKey } from '../../shared/usage/usage-jobs.ts';
import type { UsageReport } from '../../shared/usage/usage-report.ts';
import { account } from './accounts.ts';
import { localClient, localTable } from './emulators.ts';
import { RecordingQueues } from './recording-queues.ts';

export const NOW = '2026-11-20T12:00:00.000Z';
export const SELLER = 'northwind-us';
const PLENTY = () => 300_000;
const stage = readStage('local');
const HEADING = 'prefix,destination,initial,subsequent,price,from,to';
const DECKS = {
  'premium-us': '1787,Puerto Rico,60,60,0.09,2026-01-01,',
  'international-us': ['44,United Kingdom,30,6,0.0155,2026-01-01,', '7,Russia,60,60,0.35,2026-01-01,'].join('\n'),
};

export const customerOf = (accountId: string, more: Partial<Account> = {}): Account =>
  account('US-MA', 'USD', { accountId, nextBillingDate: '2027-01-01', ...more });

const stores = (table: Table) => {
  const options = { table, shardsOf: () => 2, numberingOf: () => ({ numberPrefix: 'NT', numberSeries: 1 }) };
  return {
    ...createAccountStore(options),
    ...createNumberStore(options),
    ...createUsageStore(options),
    ...createUsageExceptionStore(options),
    ...createDeckStore(options),
    ...createInvoiceStore(options),
  };
};

/** The function that ingests usage, on a table and buckets of emulators of the test file's own, with the decks loaded. */
export function ingestWorld() {
  const table = localTable();
  const queues = new RecordingQueues();
  let fauxqs: LocalFauxqs;
  let s3: S3Client;
  let uploads = 0;

  /** As one process has it: each call is a cold start. `faulty` may put something in the way of a store. */
  const process = (faulty: (store: ReturnType<typeof stores>) => object = () => ({})) => {
    const store = stores(table());
    return ingestUsage({
      store: { ...store, ...faulty(store) },
      files: createImportFiles({ bucket: 'imports' }, s3),
      documents: createDocuments({ bucket: 'documents' }, awsHttp('s3', localClient(fauxqs.endpoint))),
      queues,
      stage,
    });
  };
  const drop = async (key: string, content: string | Uint8Array) => {
    await s3.send(new PutObjectCommand({ Bucket: 'imports', Key: key, Body: content }));
    uploads += 1;
    return { key, line: 1, upload: `upload-${uploads}` };
  };
  const report = (key: string) =>
    createImportFiles({ bucket: 'imports' }, s3).readReport(usageReportKey(key)) as Promise<UsageReport>;

  beforeAll(async () => {
    fauxqs = await startFauxqs();
    s3 = new S3Client({ ...localClient(fauxqs.endpoint), forcePathStyle: true });
    for (const Bucket of ['imports', 'documents']) await s3.send(new CreateBucketCommand({ Bucket }));
    for (const [deck, rows] of Object.entries(DECKS))
      await process()(await drop(`decks/${SELLER}/${deck}/may.csv`, `${HEADING}\n${rows}\n`), NOW, PLENTY);
  });
  afterAll(async () => {
    s3?.destroy();
    await fauxqs?.stop();
  });

  return {
    process,
    drop,
    report,
    queues,
    store: () => stores(table()),
    /** A customer with numbers, by which its calls are found. */
    async customer(accountId: string, numbers: readonly string[], more: Partial<Account> = {}): Promise<void> {
      const store = stores(table());
      const of = customerOf(accountId, more);
      await store.createAccount({ account: of, subscriptions: [], methods: [] });
      for (const number of numbers) await store.addNumber(of, { number, from: '2026-01-01' });
    },
    /** Drops a file and ingests it; answers its report. */
    async ingest(key: string, content: string | Uint8Array, now = NOW): Promise<UsageReport> {
      await process()(await drop(key, content), now, PLENTY);
      return report(key);
    },
    async replay(code: Parameters<typeof replayKey>[1], exceptionId?: string, now = '2026-11-21T12:00:00.000Z') {
      await process()({ key: replayKey(SELLER, code, exceptionId), line: 1, upload: now }, now, PLENTY);
    },
    /** Everything that was counted for an account and not invoiced, oldest first. */
    async counted(accountId: string): Promise<RatedRecord[]> {
      const input = await stores(table()).loadForBilling(accountId);
      return (input?.usage ?? []).flatMap(({ records }) => records);
    },
    open: async () => (await stores(table()).openExceptions(SELLER, undefined, 100)).items,
  };
}
