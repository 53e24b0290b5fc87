import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { synthesize } from '../app.ts';
import { gallery } from '../mails/gallery.ts';
import { type MailViewer, startMailViewer } from './mail-viewer/server.ts';
import { claimPort } from './ports.ts';
import { sampleCast } from './sample/telecom.ts';
import { startStack } from './stack.ts';
import type { LocalStack } from './stack-options.ts';
import type { Stage } from './story/cast-stories.ts';
import { lastMonth, type MonthOptions, morningOf, thatDay, thisMonth } from './story/month.ts';
import { showPdfs } from './story/pdf-files.ts';
import { processorTable } from './story/processor-time.ts';
import { dayIsReconciled } from './story/reconcile-day.ts';
import { countInvoices, invoicesIn, summarize, tables, wentWell } from './story/report.ts';
import { unexpectedUsage } from './story/review-usage.ts';
import { announceSession, type Session } from './story/session.ts';

interface Options extends MonthOptions {
  readonly once: boolean;
  readonly data?: string;
  readonly port?: number;
  readonly mailPort?: number;
  /** Where the benchmark wants the figures. */
  readonly report?: string;
  readonly weigh: boolean;
}

const HOME = fileURLToPath(new URL('../../.local', import.meta.url));
const say = (line: string): void => console.log(line);

function readOptions(): Options {
  const command = new Command('npm start --')
    .description('Boots the stack on this machine, bills a sample telecom’s month and serves the API.')
    .option('--once', 'exit when the month is billed: 0 when all went well', false)
    .option('--accounts <n>', 'how many customers the sample has', atLeastOne, 200)
    .option('--date <date>', 'the business date of the run, YYYY-MM-DD', date, firstOfThisMonth())
    .option('--data <dir>', 'keep all state in this directory; started again, nobody is billed twice')
    .option('--seed <n>', 'another sample telecom', atLeastOne, 1)
    .option('--port <n>', 'of the HTTP API', atLeastOne)
    .option('--mail-port <n>', 'of the mail viewer', atLeastOne)
    .option('--report <file>', 'write what was measured, as JSON, and show who had the processors')
    .option('--weigh', 'measure the write units of transactions too, which makes them slower', false);
  return command.parse().opts<Options>();
}

function atLeastOne(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return value;
}

function date(text: string): string {
  try {
    return Temporal.PlainDate.from(text).toString();
  } catch {
    throw new InvalidArgumentError('It must be a date such as 2026-12-01.');
  }
}

const firstOfThisMonth = (): string => Temporal.Now.plainDateISO('UTC').with({ day: 1 }).toString();

/** The clock of kept state goes on where it stopped; otherwise the story begins a month before the run. */
function beginning({ data, date: on }: Options): string {
  const kept = data === undefined ? undefined : clockFile(data);
  if (kept !== undefined && existsSync(kept)) return readFileSync(kept, 'utf8').trim();
  return morningOf(Temporal.PlainDate.from(on).subtract({ months: 1 }).with({ day: 1 }).toString());
}

const clockFile = (data: string): string => join(resolve(data), 'clock');

/** A folder of this process, for its mails, PDFs and logs; those of processes that have ended make room. */
function ownDirectory(): string {
  mkdirSync(HOME, { recursive: true });
  for (const name of readdirSync(HOME)) {
    const [, pid] = /^run-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(HOME, name), { recursive: true, force: true });
  }
  return join(HOME, `run-${process.pid}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function boot(options: Options): Promise<LocalStack> {
  if (options.port !== undefined) await claimPort('The HTTP API', options.port);
  const directory = options.data === undefined ? ownDirectory() : resolve(options.data);
  mkdirSync(directory, { recursive: true });
  const assemblyDir = await synthesize('local');
  return startStack({
    assemblyDir,
    outDir: directory,
    now: beginning(options),
    // The few cores of a laptop are busy with one process of each function; a second one would only warm up, too.
    processesPerFunction: 1,
    ...(options.data === undefined ? {} : { dataDir: directory }),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
}

async function bill(stack: LocalStack, apiUrl: string, options: Options): Promise<boolean> {
  const stage: Stage = { stack, apiUrl, cast: sampleCast(), say };
  stack.gateway.scale.on = options.weigh;
  const isNew = options.data === undefined || !existsSync(clockFile(options.data));
  if (isNew) await lastMonth(stage, options);
  const before = await countInvoices(stack, apiUrl, options.date);
  const result = await thisMonth(stage, options);
  await thatDay(stage, options);
  const agrees = await dayIsReconciled(stage, options.date);
  const summary = await summarize(stack, apiUrl, options.date);
  const invoices = invoicesIn(summary.money);
  say(`\nThe run of ${options.date}\n${tables(summary)}`);
  for (const { accountId, reason } of summary.held) say(`held: ${accountId} — ${reason}`);
  if (before > 0 && invoices === before) say(`Nobody was billed twice: all ${before} invoices were there already.`);
  say(
    `${stack.gateway.mails().length} mails sent, kept in ${join(stack.directory, 'mail')} · PDFs in ${showPdfs(stack.directory)} · ` +
      `${Math.round(result.accounts / result.seconds)} accounts/s (${result.seconds.toFixed(1)} s for ${result.accounts})`,
  );
  if (options.report !== undefined) {
    writeFileSync(options.report, JSON.stringify({ ...result, invoices }, undefined, 2));
    say(processorTable(result, result.accounts));
  }
  const uncounted = await unexpectedUsage(stage);
  for (const sentence of uncounted) say(sentence);
  return wentWell(summary) && uncounted.length === 0 && agrees;
}

async function main(): Promise<void> {
  const options = readOptions();
  const started = performance.now();
  const stack = await boot(options);
  let session: Session | undefined;
  let viewer: MailViewer | undefined;
  const stop = async (code: number): Promise<never> => {
    if (options.data !== undefined) writeFileSync(clockFile(options.data), `${stack.clock.now()}\n`);
    await stack.stop();
    session?.end();
    await viewer?.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(130));
  try {
    const { apiUrl } = stack;
    if (apiUrl === undefined) throw new Error('The stack has no HTTP API.');
    say(`The stack is up after ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    const good = await bill(stack, apiUrl, options);
    if (options.once) await stop(good ? 0 : 1);
    stack.runSchedules();
    session = await announceSession(stack, apiUrl, HOME, say);
    viewer = await startMailViewer({ mails: stack.gateway.mails, gallery, port: options.mailPort });
    say(`The mails are at ${viewer.url}, and every mail that can be sent in seven languages at ${viewer.url}/gallery.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await stop(1);
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
