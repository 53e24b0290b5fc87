import type { Instant } from '../domain/calendar.ts';
import { BillingError } from '../domain/errors.ts';
import { type ExportedFile, type InvoiceExport, nextStep } from '../domain/invoice-export.ts';
import type { Message } from '../messages.ts';
import type { ExportFiles, ExportStore, Queues } from '../ports.ts';
import { indexHead } from './index-csv.ts';
import { type PackDeps, packVolume, type VolumeLimits } from './pack-volume.ts';

export interface ExportDeps extends PackDeps {
  readonly store: ExportStore & PackDeps['store'];
  readonly files: ExportFiles;
  readonly queues: Queues;
  readonly limits: Pick<VolumeLimits, 'documents' | 'bytes'>;
}

/** Left for the rest of a page, the index, the last parts of the upload and the record of it. */
const RESERVE_MS = 120_000;

/**
 * Takes the next step of an export: packs a volume, and sends itself on; behind the last one brings the indexes together. What
 * is on record decides what the step is, so that a message that comes twice, late or after a death does what is left to do.
 * `attempt` names the files of this try: when two pack the same volume, one is put on record, and the other's files are
 * never found and expire. Throws `export_not_found`.
 */
export async function exportMonth(
  deps: ExportDeps,
  { sellerId, exportId }: Message<'exports'>,
  attempt: string,
  now: Instant,
  remainingMs: () => number,
): Promise<void> {
  const known = await deps.store.export(sellerId, exportId);
  if (known === undefined) throw new BillingError('export_not_found', `${sellerId} ${exportId}`);
  const step = nextStep(known);
  if (step.kind === 'none') return;
  const folder = `exports/${sellerId}/${exportId}`;
  if (step.kind === 'index') {
    const index = await wholeIndex(deps.files, known, `${folder}/index-${attempt}.csv`);
    await deps.store.completeExport(known, index, now);
    return;
  }
  const { month, eInvoices } = known;
  const work = { sellerId, month, eInvoices, from: step.from, now, key: `${folder}/${step.volume}-${attempt}` };
  const { volume, next } = await packVolume(deps, work, {
    ...deps.limits,
    enough: () => remainingMs() < RESERVE_MS,
  });
  await deps.store.recordVolume(known, volume, next);
  await deps.queues.send('exports', [{ sellerId, exportId, volume: step.volume + 1 }]);
}

/** The rows of all volumes behind one line of headings; that of the only volume is the whole already. */
async function wholeIndex(files: ExportFiles, { volumes }: InvoiceExport, key: string): Promise<ExportedFile> {
  const [first, ...others] = volumes;
  if (first !== undefined && others.length === 0) return first.index;
  const head = Buffer.from(indexHead()).length;
  async function* rows(): AsyncGenerator<Uint8Array> {
    for (const [number, { index }] of volumes.entries()) {
      let skip = number === 0 ? 0 : head;
      for await (const bytes of await files.read(index.key)) {
        yield bytes.subarray(Math.min(skip, bytes.length));
        skip = Math.max(0, skip - bytes.length);
      }
    }
  }
  return await files.write(key, 'text/csv; charset=utf-8', rows());
}
