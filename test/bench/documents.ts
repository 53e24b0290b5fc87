import { execFileSync } from 'node:child_process';
import { DELIVER_MEMORY_MB } from '../../infra/functions.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { MOST_ITEMISED } from '../../shared/domain/usage/itemise.ts';
import { SAMPLES, type Sample, sampleInvoice } from '../support/invoices.ts';
import { itemisedInvoice } from '../support/itemised.ts';
import { type DocumentName, type Drawing, PAINTERS, startDrawing } from './drawing.ts';
import type { Rate } from './measure.ts';
import { megabytes, round, show } from './show.ts';

/** As many as are printed at most. */
const LONG_ROWS = MOST_ITEMISED;

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

/** Rounds that are not counted, until all are compiled: a fifth of the others, or so many. */
const LEAST_WARMING = 3;

/**
 * In turn, so that all meet the same moments of a busy machine. In a round ours draws so many more that all take about as
 * long.
 */
async function compare(name: DocumentName, rounds: number, usual: number, ours: number): Promise<Compared> {
  const counts = { ours, plain: usual, whole: usual };
  const times = { ours: 0, plain: 0, whole: 0 };
  const drawings: Drawing[] = [];
  for (const painter of PAINTERS) drawings.push(await startDrawing(name, painter));
  for (let round = -Math.max(LEAST_WARMING, rounds / 5); round < rounds; round++)
    for (const [index, painter] of PAINTERS.entries()) {
      const spent = await drawings[index]!.draw(counts[painter]);
      if (round >= 0) times[painter] += spent / counts[painter] / rounds;
    }
  for (const drawing of drawings) drawing.end();
  return { name, pages: drawings[0]!.pages, ...times };
}

async function comparedWithPdfkit(): Promise<Compared[]> {
  return [
    await compare('two pages with e-invoice, history and codes', 60, 2, 80),
    await compare('5,000 calls', 3, 1, 8),
    await compare('5,000 charges', 3, 1, 4),
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
