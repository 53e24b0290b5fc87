import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { type ApiClient, reach } from './api-client.ts';
import { amount, table } from './print.ts';

const fileSchema = z.object({ fileName: z.string(), url: z.string(), bytes: z.number(), sha256: z.string() });
const exportSchema = z.object({
  exportId: z.string(),
  status: z.enum(['under-way', 'complete']),
  until: z.string(),
  documents: z.number(),
  gaps: z.number(),
  totals: z.array(
    z.object({
      currency: z.string(),
      invoices: z.number(),
      creditNotes: z.number(),
      net: z.number(),
      tax: z.number(),
      total: z.number(),
    }),
  ),
  files: z.array(fileSchema),
});
type Export = z.infer<typeof exportSchema>;

export interface ExportOptions {
  /** Where the ZIP is saved; further files of a large month get a number in front of its ending. */
  readonly out?: string;
  readonly eInvoices?: boolean;
}

const POLL_MS = 2_000;

/** Has a month's documents packed, waits, and saves them. False when a PDF is missing in it. */
export async function exportInvoices(
  api: ApiClient,
  seller: string,
  month: string,
  { out, eInvoices = false }: ExportOptions,
): Promise<boolean> {
  const path = `/sellers/${encodeURIComponent(seller)}/invoice-exports`;
  let known = await api.post('finance', path, { month, eInvoices }, exportSchema);
  let told = -1;
  while (known.status !== 'complete') {
    if (known.documents !== told) console.log(`Export ${known.exportId}: ${known.documents} documents packed so far.`);
    told = known.documents;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    known = await api.get('finance', `${path}/${known.exportId}`, exportSchema);
  }
  for (const [position, file] of known.files.entries()) await save(file, placeOf(out, file.fileName, position));
  summarise(known);
  return known.gaps === 0;
}

const placeOf = (out: string | undefined, fileName: string, position: number): string => {
  if (out === undefined) return fileName;
  return position === 0 ? out : out.replace(/(\.[^./]*)?$/, `-${position + 1}$1`);
};

/** Under its name there is the whole file or none. Throws when what came is not what was packed. */
async function save({ url, bytes, sha256 }: Export['files'][number], to: string): Promise<void> {
  const response = await reach(new URL(url));
  if (!response.ok || response.body === null)
    throw new Error(`The download was refused with status ${response.status}.`);
  const hash = createHash('sha256');
  const part = `${to}.part`;
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  body.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(body, createWriteStream(part));
  if (hash.digest('hex') !== sha256) throw new Error(`${part} is not what was packed; run the command again.`);
  await rename(part, to);
  console.log(`Saved ${to}, ${bytes} bytes, SHA-256 ${sha256}.`);
}

function summarise({ documents, gaps, totals, until }: Export): void {
  const rows = totals.map(({ currency, invoices, creditNotes, ...sums }) => [
    ...[String(invoices), String(creditNotes)],
    ...[sums.net, sums.tax, sums.total].map((minor) => amount(minor, currency)),
  ]);
  if (rows.length > 0) console.log(table(['invoices', 'credit notes', 'net', 'tax', 'total'], rows));
  console.log(documents === 0 ? 'The month has no documents.' : `The files can be downloaded until ${until}.`);
  if (gaps > 0) console.log(`${gaps} of them have no PDF in it: "file state" in index.csv says why.`);
}
