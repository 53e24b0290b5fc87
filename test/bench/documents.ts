import { execFileSync } from 'node:child_process';
import PDFDocument from 'pdfkit';
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
import { type ReadPdf, readPdf } from '../support/pdf.ts';
import { pageContents, readObjects } from '../support/pdf-objects.ts';
import type { Rate } from './measure.ts';
import { megabytes, round, show } from './show.ts';

/** As many as are printed at most. */
const LONG_ROWS = MOST_ITEMISED;

/** Ours and pdfkit's in turn, so that both meet the same moments of a busy machine. */
interface Compared {
  readonly name: string;
  readonly pages: number;
  /** Processor milliseconds per document. */
  readonly ours: number;
  readonly pdfkit: number;
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

const FONTS = new URL('../../infra/fonts/', import.meta.url);
const FILES = ['SourceSans3-Regular', 'SourceSans3-SemiBold'].map((name) => new URL(`${name}.ttf`, FONTS).pathname);

/** What a page consists of beside its text: boxes and rules, in PDF's coordinates. */
interface Shapes {
  readonly boxes: readonly (readonly number[])[];
  readonly rules: readonly (readonly number[])[];
}

function shapesOf(content: string): Shapes {
  const found = (pattern: RegExp) => [...content.matchAll(pattern)].map((match) => match.slice(1).map(Number));
  return {
    boxes: found(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f$/gm),
    rules: found(/([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S$/gm),
  };
}

/**
 * The same pages with pdfkit used the usual way: fonts by their path, and a call for each text, box and rule. It has neither
 * the codes nor the rounded boxes, no tags, and no e-invoice.
 */
async function drawWithPdfkit({ placed, width, height }: ReadPdf, shapes: readonly Shapes[]): Promise<Uint8Array> {
  const document = new PDFDocument({ size: [width, height], margin: 0, autoFirstPage: false });
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on('end', resolve));
  const fonts = [...new Set(placed.flat().map(({ font }) => font))];
  placed.forEach((page, index) => {
    document.addPage();
    const { boxes, rules } = shapes[index]!;
    for (const [x, y, wide, high] of boxes as [number, number, number, number][])
      document.rect(x, height - y - high, wide, high).fill('#F4F6FA');
    for (const [from, y, to] of rules as [number, number, number][])
      document
        .moveTo(from, height - y)
        .lineTo(to, height - y)
        .lineWidth(0.6)
        .stroke('#DCE1EA');
    for (const { text, x, y, size, font, width: wide } of page)
      document
        .font(FILES[fonts.indexOf(font)]!)
        .fontSize(size)
        .fillColor('#14213D')
        .text(text, x, height - y - size, { width: wide + 2 });
  });
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

/** Rounds of a pdfkit document and as many of ours as take about as long. */
async function compare(
  name: string,
  draw: () => Promise<Uint8Array>,
  rounds: number,
  batch: number,
): Promise<Compared> {
  const bytes = await draw();
  const content = await readPdf(bytes);
  const shapes = pageContents(readObjects(bytes)).map(shapesOf);
  const ours = async () => {
    for (let count = 0; count < batch; count++) await draw();
  };
  const theirs = () => drawWithPdfkit(content, shapes);
  await ours();
  await theirs();
  const times = { ours: 0, theirs: 0 };
  for (let round = 0; round < rounds; round++) {
    times.ours += await cpuOf(ours);
    times.theirs += await cpuOf(theirs);
  }
  return { name, pages: content.pages.length, ours: times.ours / rounds / batch, pdfkit: times.theirs / rounds };
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
    'Documents as PDF/A-3a and PDF/UA-1, against the same content drawn with pdfkit the usual way',
    ['', 'pages', 'ms', 'ms with pdfkit', 'pdfkit against ours'],
    compared.map(({ name, pages, ours, pdfkit }) => [
      name,
      pages,
      round(ours, 2),
      round(pdfkit),
      `×${round(pdfkit / ours)}`,
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
