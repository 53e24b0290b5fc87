import { fork } from 'node:child_process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ingestUsage } from '../../functions/ingest-usage.ts';
import { INGEST_MEMORY_MB } from '../../infra/functions.ts';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { sampleRateDecks } from '../../infra/local/sample/rate-decks.ts';
import { readStage } from '../../infra/stage.ts';
import { createAccountStore } from '../../shared/aws/account-store.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createDeckStore } from '../../shared/aws/deck-store.ts';
import { createNumberStore } from '../../shared/aws/number-store.ts';
import { openTable } from '../../shared/aws/table.ts';
import { createUsageExceptionStore } from '../../shared/aws/usage-exception-store.ts';
import { createUsageStore } from '../../shared/aws/usage-store.ts';
import { account } from '../support/accounts.ts';
import { createBillingTable, TABLE } from '../support/billing-table.ts';
import { asteriskRow } from '../usage/support.ts';
import { megabytes, round, show } from './show.ts';

/** What ingesting one file cost. Records are counted, rated and written to DynamoDB Local, a process of its own. */
export interface IngestRun {
  readonly megabytes: number;
  readonly records: number;
  readonly seconds: number;
  readonly cpuMicros: number;
  readonly maxRssBytes: number;
}

const SELLER = 'northwind-us';
const ACCOUNTS = 200;
const NOW = '2026-11-30T12:00:00.000Z';
const FILE = `usage/asterisk/${SELLER}/Master.csv`;
const DESTINATIONS = ['+12125550199', '+17875550123', '+442079460123', '+493023125123', '+18005550123'];

const numberOf = (index: number): string => `+1617555${String(1000 + (index % ACCOUNTS)).padStart(4, '0')}`;

/** Rows of Master.csv up to a size, made as they are read: the file itself is nowhere in memory. */
async function* generated(megabytes: number): AsyncGenerator<Uint8Array> {
  let [bytes, index] = [0, 0];
  while (bytes < megabytes * 1_000_000) {
    const rows: string[] = [];
    for (let row = 0; row < 200; row++, index++) {
      const second = String(index % 60).padStart(2, '0');
      rows.push(
        asteriskRow({
          src: numberOf(index),
          dst: DESTINATIONS[index % DESTINATIONS.length]!,
          answer: `2026-11-${String(1 + (index % 28)).padStart(2, '0')} 09:15:${second}`,
          start: `2026-11-${String(1 + (index % 28)).padStart(2, '0')} 09:15:00`,
          end: `2026-11-${String(1 + (index % 28)).padStart(2, '0')} 09:30:00`,
          duration: '900',
          billsec: String(30 + (index % 800)),
          uniqueid: `1762161300.${index}`,
        }),
      );
    }
    const chunk = Buffer.from(`${rows.join('\n')}\n`);
    bytes += chunk.length;
    yield chunk;
  }
}

async function measure(megabytes: number): Promise<IngestRun> {
  const emulator = await startDynamoDb();
  const local = {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const client = new DynamoDBClient(local);
  await createBillingTable(client);
  const options = { table: openTable(TABLE, awsHttp('dynamodb', local)), shardsOf: () => 8 };
  const store = {
    ...createAccountStore(options),
    ...createNumberStore(options),
    ...createUsageStore(options),
    ...createUsageExceptionStore(options),
    ...createDeckStore(options),
  };
  for (let index = 0; index < ACCOUNTS; index++) {
    const of = account('US-MA', 'USD', { accountId: `bench-${index}`, sellerId: SELLER });
    await store.createAccount({ account: of, subscriptions: [], methods: [] });
    await store.addNumber(of, { number: numberOf(index), from: '2026-01-01' });
  }
  const decks = new Map<string, Uint8Array>();
  const reports = new Map<string, object>();
  const ingest = ingestUsage({
    store,
    files: {
      open: async (key) => (key === FILE ? generated(megabytes) : bytesOf(key)),
      readReport: async (key) => reports.get(key),
      writeReport: async (key, report) => void reports.set(key, report),
    },
    documents: {
      load: async (key) => decks.get(key),
      storeOnce: async (key, bytes) => {
        decks.set(key, bytes);
        return 'written';
      },
    },
    queues: { send: async () => {} },
    stage: readStage('local'),
  });
  const run = (key: string) => ingest({ key, line: 1, upload: 'bench' }, NOW, () => 3_600_000);
  for (const { sellerId, deck } of sampleRateDecks())
    if (sellerId === SELLER) await run(`decks/${sellerId}/${deck}/a.csv`);
  const [start, before] = [performance.now(), process.cpuUsage()];
  await run(FILE);
  const used = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  const { counted, exceptions } = reports.get(`reports/${FILE}.json`) as {
    counted: number;
    exceptions: { total: number };
  };
  if (exceptions.total > 0) throw new Error(`${exceptions.total} of the generated records are exceptions`);
  client.destroy();
  await emulator.stop();
  return {
    megabytes,
    records: counted,
    seconds,
    cpuMicros: (used.user + used.system) / counted,
    maxRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function* bytesOf(key: string): AsyncGenerator<Uint8Array> {
  for (const { sellerId, deck, csv } of sampleRateDecks())
    if (key.startsWith(`decks/${sellerId}/${deck}/`)) yield Buffer.from(csv);
}

/** A run in a process of its own, which has the memory that Lambda gives the function: nine tenths of it are heap. */
function measureApart(megabytes: number): Promise<IngestRun> {
  const { promise, resolve, reject } = Promise.withResolvers<IngestRun>();
  const child = fork(import.meta.filename, [String(megabytes)], {
    execArgv: [`--max-old-space-size=${Math.floor(INGEST_MEMORY_MB * 0.9)}`],
    // Functions log to the standard output.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.once('message', (run) => resolve(run as IngestRun));
  child.once('exit', (code, signal) => reject(new Error(`Ingesting ${megabytes} MB ended with ${code ?? signal}`)));
  return promise;
}

/** Files of some sizes: memory must not grow with the file. */
export async function showIngestion(sizes: readonly number[]): Promise<void> {
  const runs: IngestRun[] = [];
  for (const size of sizes) runs.push(await measureApart(size));
  show(
    'Usage ingested end to end, into DynamoDB Local',
    ['MB', 'records', 'records/s', 'CPU-µs per record', 'peak MB of memory', 'against the first'],
    runs.map((run) => [
      run.megabytes,
      run.records,
      round(run.records / run.seconds, 0),
      round(run.cpuMicros, 0),
      megabytes(run.maxRssBytes),
      `×${round(run.maxRssBytes / runs[0]!.maxRssBytes, 2)}`,
    ]),
  );
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  if (process.send) process.send(await measure(sizes[0]!));
  else await showIngestion(sizes.length > 0 ? sizes : [10]);
}
