import { execFileSync } from 'node:child_process';
import { DELIVER_MEMORY_MB } from '../../infra/functions.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { MOST_ITEMISED } from '../../shared/domain/usage/itemise.ts';
import {
  invoiceWithHistory,
  lastMonthOf,
  longInvoice,
  SAMPLES,
  type Sample,
  sampleInvoice,
} from '../support/invoices.ts';
import { itemisedInvoice } from '../support/itemised.ts';
import { readPdf } from '../support/pdf.ts';
import { readObjects } from '../support/pdf-objects.ts';
import type { Rate } from './measure.ts';
import { megabytes, round, show } from './show.ts';
import { collectGarbage, contentOf, drawWithPdfkit } from './with-pdfkit.ts';

/** As many as are printed at most. */
const LONG_ROWS = MOST_ITEMISED;

/** Ours and pdfkit's in turn, so that both meet the same moments of a busy machine. */
interface Compared {
  readonly name: string;
  readonly pages: number;
  /** Processor milliseconds per document. */
  readonly ours: number;
  /** Text, boxes and rules alone: no codes, no tags, no e-invoice. */
  readonly plain: number;
  /** With all of that. */
  readonly whole: number;
}

/** One long document in a process of its own. */
interface LongRun {
  readonly rows: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly maxRssBytes: number;
}

/** Invoices of every sample country, drawn one after the other as deliver-invoice draws them. */
export async function pdfRate(seconds: number): Promise<Rate> {
  const invoices = (Object.keys(SAMPLES) as Sample[]).map((sample) => sampleInvoice(sample));
  const draw = async (until: number): Promise<number> => {
    let count = 0;
    for (; performance.now() < until; count++) await renderInvoice(invoices[count % invoices.length]!);
    return count;
  };
  await draw(performance.now() + (seconds * 1000) / 3);
  const [start, before] = [performance.now(), process.cpuUsage()];
  const count = await draw(start + seconds * 1000);
  const used = process.cpuUsage(before);
  return {
    name: 'PDFs drawn',
    perSecond: count / ((performance.now() - start) / 1000),
    cpuMicros: (used.user + used.system) / count,
  };
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

/** Rounds that are not counted: until both are compiled. */
const WARMING = 2;

/** Rounds of a pdfkit document and as many of ours as take about as long. */
async function compare(
  name: string,
  draw: () => Promise<Uint8Array>,
  rounds: number,
  batch: number,
): Promise<Compared> {
  const bytes = await draw();
  const content = contentOf(await readPdf(bytes), readObjects(bytes));
  const work = {
    ours: async () => {
      for (let count = 0; count < batch; count++) await draw();
    },
    plain: () => drawWithPdfkit(content, 'plain'),
    whole: () => drawWithPdfkit(content, 'whole'),
  };
  const times = { ours: 0, plain: 0, whole: 0 };
  for (let round = -WARMING; round < rounds; round++)
    for (const each of ['ours', 'plain', 'whole'] as const) {
      collectGarbage();
      const spent = await cpuOf(work[each]);
      if (round >= 0) times[each] += spent / rounds;
    }
  return { name, pages: content.pages.length, ...times, ours: times.ours / batch };
}

async function comparedWithPdfkit(): Promise<Compared[]> {
  const usual = invoiceWithHistory(sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } }));
  const last = lastMonthOf(usual);
  const charges = longInvoice(5_000);
  const calls = itemisedInvoice(5_000);
  return [
    await compare('two pages with e-invoice, history and codes', () => renderInvoice(usual, last), 30, 40),
    await compare('5,000 calls', () => renderInvoice(calls.invoice, undefined, calls.details), 3, 4),
    await compare('5,000 charges', () => renderInvoice(charges), 2, 2),
  ];
}

/** Draws a document of so many calls here; meant for a process that does nothing else. */
async function longRun(rows: number): Promise<LongRun> {
  const { invoice, details } = itemisedInvoice(rows);
  const start = performance.now();
  const { length } = await renderInvoice(invoice, undefined, details);
  const seconds = (performance.now() - start) / 1000;
  return { rows, seconds, bytes: length, maxRssBytes: process.resourceUsage().maxRSS * 1024 };
}

/** Against pdfkit in one run, and a long document in a process of its own. */
export async function showDocuments(): Promise<void> {
  const compared = await comparedWithPdfkit();
  show(
    'Documents as PDF/A-3a and PDF/UA-1, against pdfkit used the usual way: text, boxes and rules alone, and the same as ours',
    ['', 'pages', 'ms', 'pdfkit, alone', 'against ours', 'pdfkit, the same', 'against ours'],
    compared.map(({ name, pages, ours, plain, whole }) => [
      ...[
        name,
        pages,
        round(ours, 2),
        round(plain),
        `×${round(plain / ours)}`,
        round(whole),
        `×${round(whole / ours)}`,
      ],
    ]),
  );
  const file = new URL(import.meta.url).pathname;
  // The memory that Lambda gives the function: nine tenths of it are heap.
  const heap = `--max-old-space-size=${Math.floor(DELIVER_MEMORY_MB * 0.9)}`;
  const said = execFileSync(process.execPath, [heap, file, String(LONG_ROWS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { rows, seconds, bytes, maxRssBytes } = JSON.parse(String(said)) as LongRun;
  console.log(
    `A document of ${rows} calls: ${round(seconds)} s, ${megabytes(bytes)} MB, ${megabytes(maxRssBytes)} MB of memory at most`,
  );
}

if (import.meta.main) {
  const [rows] = process.argv.slice(2);
  if (rows === undefined) await showDocuments();
  else console.log(JSON.stringify(await longRun(Number(rows))));
}
