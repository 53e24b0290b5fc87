import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { timesPerAccount } from '../../infra/local/story/processor-time.ts';
import { coldStarts } from './cold-starts.ts';
import { costsOf, type RunReport } from './costs.ts';
import { pdfRate, showDocuments } from './documents.ts';
import { composeLongRate, composeManyLinesRate, composeRate, jsonRate } from './domain.ts';
import { showFirstPdf } from './first-pdf.ts';
import { showIngestion } from './ingest.ts';
import { ratingRate } from './rating.ts';
import { megabytes, round, show } from './show.ts';

/** Prints what the product costs. Rates depend on the machine: compare the ratios, which are taken in one run. */
const SECONDS = 3;
const SIZES = [1_000, 5_000];
const WEIGHED = 300;
const INGEST_MB = [10, 100];
const START = new URL('../../infra/local/start.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'telecom-billing-bench-'));

/** A run of its own process, as a user would start it. */
function localRun(accounts: number, ...more: string[]): RunReport {
  const file = join(folder, `${accounts}.json`);
  const options = ['--once', '--accounts', String(accounts), '--date', '2026-12-01', '--report', file];
  execFileSync(process.execPath, [START, ...options, ...more], { stdio: ['ignore', 'ignore', 'inherit'] });
  return JSON.parse(readFileSync(file, 'utf8')) as RunReport;
}

const cpuPerAccount = ({ functions, accounts }: RunReport): number =>
  Object.values(functions).reduce((total, { cpuMs }) => total + cpuMs, 0) / accounts;

function whereTimeGoes(run: RunReport): string[] {
  const { ours, sum, others, idle, ceiling } = timesPerAccount(run, run.accounts);
  return [String(run.accounts), ...[...Object.values(ours), sum, others, idle, ceiling].map((value) => round(value))];
}

function showRuns(runs: readonly RunReport[]): void {
  show(
    'The whole local run',
    ['accounts', 'seconds', 'accounts/s', 'CPU-ms per account in our functions'],
    runs.map((run) => [run.accounts, round(run.seconds), round(run.accounts / run.seconds), round(cpuPerAccount(run))]),
  );
  show(
    'Where its processor time goes: CPU-ms per account, and the most accounts/s that this leaves possible',
    [
      'accounts',
      ...Object.keys(timesPerAccount(runs[0]!, 1).ours),
      'all of these',
      'other programs',
      'idle',
      'at most',
    ],
    runs.map(whereTimeGoes),
  );
  const [small, large] = runs;
  if (!small || !large) return;
  const growth = large.seconds / large.accounts / (small.seconds / small.accounts);
  console.log(`Time per account at ${large.accounts} against ${small.accounts} accounts: ×${round(growth, 2)}`);
  show(
    'Functions',
    [
      'function',
      ...runs.map(({ accounts }) => `CPU-ms/account at ${accounts}`),
      ...runs.map(({ accounts }) => `MB at ${accounts}`),
    ],
    Object.keys(small.functions).map((name) => [
      name,
      ...runs.map(({ functions, accounts }) => round((functions[name]?.cpuMs ?? 0) / accounts, 2)),
      ...runs.map(({ functions }) => megabytes(functions[name]?.maxRssBytes ?? 0)),
    ]),
  );
}

function showCosts(run: RunReport): void {
  const costs = costsOf(run);
  const prices = Object.entries(costs.dollarsPerMillion);
  const total = prices.reduce((sum, [, dollars]) => sum + dollars, 0);
  show(
    `Per invoice, at ${run.accounts} accounts with transactions weighed`,
    ['AWS calls', 'write units', 'read units', 'calls without weight'],
    [
      [costs.callsPerInvoice, costs.writeUnitsPerInvoice, costs.readUnitsPerInvoice]
        .map((value) => round(value))
        .concat(String(costs.unweighedCalls)),
    ],
  );
  show(
    'Dollars per million invoices at list prices, before mail',
    ['service', 'dollars'],
    [...prices.map(([name, dollars]) => [name, round(dollars, 2)]), ['total', round(total, 2)]],
  );
}

console.log(`Node ${process.version}, ${cpus().length} cores`);
const baseline = jsonRate(SECONDS);
const rates = [
  baseline,
  composeRate(SECONDS),
  composeManyLinesRate(SECONDS),
  composeLongRate(SECONDS),
  ratingRate(SECONDS),
  await pdfRate(SECONDS),
];
show(
  'In one process',
  ['', 'per second', 'CPU-µs each', 'against the baseline'],
  rates.map((rate) => [
    rate.name,
    round(rate.perSecond, 0),
    round(rate.cpuMicros),
    `×${round(rate.cpuMicros / baseline.cpuMicros)}`,
  ]),
);
show(
  'Bundles and cold starts',
  ['function', 'kB', 'kB gzipped', 'ms from process start to handler loaded'],
  (await coldStarts()).map(({ name, bytes, zippedBytes, initMs }) => [
    name,
    round(bytes / 1000, 0),
    round(zippedBytes / 1000, 0),
    round(initMs, 0),
  ]),
);
await showFirstPdf();
await showDocuments();
await showIngestion(INGEST_MB);
showCosts(localRun(WEIGHED, '--weigh'));
showRuns(SIZES.map((size) => localRun(size)));
rmSync(folder, { recursive: true, force: true });
