import { createHash } from 'node:crypto';
import type { Instant } from '../domain/calendar.ts';
import { BillingError } from '../domain/errors.ts';
import type { Currency } from '../domain/money.ts';
import type { DeckStore, Documents, ImportFiles } from '../ports.ts';
import { type DeckFileProblem, readDeck } from './deck-csv.ts';
import { usageReportKey } from './usage-jobs.ts';

interface Deps {
  readonly files: Pick<ImportFiles, 'open' | 'writeReport'>;
  readonly documents: Pick<Documents, 'storeOnce'>;
  readonly store: Pick<DeckStore, 'makeCurrent'>;
}

/** A deck of every destination in the world has about five megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What became of a deck's file. `loaded`: in force from now on. Otherwise the one before stays in force. */
export interface DeckReport {
  readonly file: string;
  readonly upload: string;
  readonly complete: true;
  readonly loaded: boolean;
  readonly version: string;
  readonly rows: number;
  readonly problems: readonly DeckFileProblem[];
}

/** Loads a seller's rate deck, in its currency, if nothing at all is wrong with it. The version is the content's, so that loading it again changes nothing. */
export async function loadDeck(
  { files, documents, store }: Deps,
  file: { readonly key: string; readonly upload: string; readonly sellerId: string; readonly deck: string },
  currency: Currency,
  now: Instant,
): Promise<DeckReport> {
  const { key, upload, sellerId, deck } = file;
  const source = await files.open(key, 0);
  if (source === undefined) throw new BillingError('file_not_found', key);
  const bytes = await gathered(source, key);
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const { rows, problems } = await readDeck(whole(bytes), { deck, version }, currency);
  const report = { file: key, upload, complete: true, version, rows: rows.length, problems } as const;
  if (problems.length > 0) return await written(files, { ...report, loaded: false });
  const stored = deckObject(sellerId, deck, version);
  await documents.storeOnce(stored, bytes, 'text/csv');
  await store.makeCurrent({ sellerId, deck, version, key: stored, rows: rows.length, file: key, loadedAt: now });
  return await written(files, { ...report, loaded: true });
}

async function written(files: Deps['files'], report: DeckReport): Promise<DeckReport> {
  await files.writeReport(usageReportKey(report.file), report);
  return report;
}

const deckObject = (sellerId: string, deck: string, version: string): string =>
  `decks/${sellerId}/${deck}/${version}.csv`;

async function gathered(source: AsyncIterable<Uint8Array>, key: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) throw new BillingError('file_unreadable', `${key} is longer than 64 MB`);
  }
  return Buffer.concat(chunks);
}

/** Bytes at hand, as a stream. */
export async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
