// Trigger: the usage queue — S3 announces a file of usage or a rate deck, or somebody wants exceptions tried again.
import { createAccountStore } from '../shared/aws/account-store.ts';
import { createDeckStore } from '../shared/aws/deck-store.ts';
import { createDocuments } from '../shared/aws/files.ts';
import { createImportFiles } from '../shared/aws/imports.ts';
import { createNumberStore } from '../shared/aws/number-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createUsageExceptionStore } from '../shared/aws/usage-exception-store.ts';
import { createUsageStore } from '../shared/aws/usage-store.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { UsageFormat } from '../shared/domain/usage-exception.ts';
import { fileJobs } from '../shared/import/import-jobs.ts';
import type { Message } from '../shared/messages.ts';
import { documentsEnvironment, importsEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';
import { type CountingContext, createCounting, type Outcome } from '../shared/usage/count-records.ts';
import { type IngestDeps, ingestFile } from '../shared/usage/ingest-file.ts';
import { loadDeck } from '../shared/usage/load-deck.ts';
import { replayExceptions } from '../shared/usage/replay.ts';
import { createTariffs } from '../shared/usage/tariffs.ts';
import { usageWork } from '../shared/usage/usage-jobs.ts';

export interface Deps extends Omit<IngestDeps, 'countingOf' | 'told'> {
  readonly store: IngestDeps['store'] &
    Parameters<typeof createCounting>[0]['store'] &
    Parameters<typeof createTariffs>[0]['store'] &
    Parameters<typeof loadDeck>[0]['store'];
  readonly documents: Parameters<typeof createTariffs>[0]['documents'] & Parameters<typeof loadDeck>[0]['documents'];
  readonly stage: Pick<Stage, 'sellers' | 'usage'>;
}

/**
 * Counts the records of a file, loads a rate deck, or tries exceptions again, as the key says. Throws `file_misplaced`,
 * `file_not_found`, `file_unreadable`, `seller_not_found`, `usage_not_configured`, `deck_missing`.
 */
export function ingestUsage(deps: Deps) {
  const tariffs = createTariffs(deps);
  const countingOf = async (sellerId: string, format: UsageFormat, now: Instant) =>
    createCounting(deps, await contextOf(deps.stage, tariffs, sellerId, format, now));
  const ingest: IngestDeps = { ...deps, countingOf, told };

  return async (message: Message<'usage'>, now: Instant, remainingMs: () => number): Promise<void> => {
    const work = usageWork(message.key);
    const { currency } = sellerOf(deps.stage, work.sellerId);
    switch (work.kind) {
      case 'file':
        return await ingestFile(ingest, work, message, now, remainingMs);
      case 'replay':
        return await replayExceptions(ingest, work, message, now, remainingMs);
      case 'deck': {
        const { loaded, version, rows, problems } = await loadDeck(deps, { ...message, ...work }, currency, now);
        const { sellerId, deck } = work;
        const said = { sellerId, deck, version, rows, problems: problems.length };
        if (loaded) logger.info('A rate deck is in force', said);
        else {
          logger.error('A rate deck was refused', said);
          count('DecksRefused');
        }
      }
    }
  };
}

async function contextOf(
  stage: Deps['stage'],
  tariffs: ReturnType<typeof createTariffs>,
  sellerId: string,
  format: UsageFormat,
  now: Instant,
): Promise<CountingContext> {
  const seller = sellerOf(stage, sellerId);
  const usage = stage.usage?.find((each) => each.sellerId === sellerId);
  if (usage === undefined) throw new BillingError('usage_not_configured', sellerId);
  return {
    seller,
    format,
    switchTimeZone: usage.switchTimeZone ?? seller.timeZone,
    country: seller.address.country,
    tariff: await tariffs(seller, usage),
    now,
  };
}

function told(outcomes: readonly Outcome[], exceptions: number): void {
  const of = (kind: Outcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  count('UsageCounted', of('counted'));
  count('UsageDropped', of('dropped'));
  if (exceptions > 0) count('UsageExceptions', exceptions);
}

export const handler = queueHandler(
  'usage',
  () => {
    const stage = loadStage();
    const storage = openStorage(stage);
    const ingest = ingestUsage({
      store: {
        ...createAccountStore(storage),
        ...createNumberStore(storage),
        ...createUsageStore(storage),
        ...createUsageExceptionStore(storage),
        ...createDeckStore(storage),
      },
      files: createImportFiles(importsEnvironment()),
      documents: createDocuments(documentsEnvironment()),
      queues: createQueues({ urls: queueUrls('usage') }),
      stage,
    });
    return (message, now, context) => ingest(message, now, () => context.getRemainingTimeInMillis());
  },
  { parse: (body) => fileJobs('usage', body) },
);
