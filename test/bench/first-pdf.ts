import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { BUNDLING, DOCUMENT_ASSETS } from '../../infra/build.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { round } from './show.ts';

/** One cold start, from the start of the process. */
export interface FirstPdf {
  readonly loadedMs: number;
  readonly drawnMs: number;
  /** Of the process until then; a busy machine changes it less than the clock. */
  readonly cpuMs: number;
}

const STARTS = 15;
const ROOT = new URL('../../', import.meta.url).pathname;

/** Starts deliver-invoice's bundle anew several times, without Node's compile cache, as on AWS; the median of each time. */
export async function firstPdf(): Promise<FirstPdf> {
  const directory = mkdtempSync(join(tmpdir(), 'telecom-billing-bench-'));
  await build({
    ...BUNDLING,
    absWorkingDir: ROOT,
    entryPoints: [{ in: 'test/bench/first-pdf-process.ts', out: 'index' }],
    outdir: directory,
  });
  await stop();
  cpSync(join(ROOT, DOCUMENT_ASSETS), join(directory, 'assets'), { recursive: true });
  const invoice = join(directory, 'invoice.json');
  writeFileSync(invoice, JSON.stringify(sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } })));
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1', NODE_OPTIONS: '' };
  const starts = Array.from({ length: STARTS }, () => {
    const said = execFileSync(process.execPath, [join(directory, 'index.mjs'), invoice], { env });
    return JSON.parse(String(said)) as FirstPdf;
  });
  rmSync(directory, { recursive: true });
  const median = (of: keyof FirstPdf) => starts.map((start) => start[of]).sort((a, b) => a - b)[STARTS >> 1]!;
  return { loadedMs: median('loadedMs'), drawnMs: median('drawnMs'), cpuMs: median('cpuMs') };
}

export async function showFirstPdf(): Promise<void> {
  const { loadedMs, drawnMs, cpuMs } = await firstPdf();
  console.log(
    `The first PDF of deliver-invoice: ${round(drawnMs, 0)} ms after the process started (loaded after ${round(loadedMs, 0)} ms), ` +
      `with ${round(cpuMs, 0)} ms of processor time`,
  );
}

if (import.meta.main) await showFirstPdf();
