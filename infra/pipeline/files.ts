import type { Stack } from 'aws-cdk-lib';
import { announceFiles } from '../file-drops.ts';
import { EXPORT_MEMORY_MB, INGEST_MEMORY_MB } from '../functions.ts';
import { QueuedFunction } from '../queued-function.ts';
import { type Foundations, fedBy, sized } from './foundations.ts';

/** Files that come in, accounts and usage, and the month's documents that go out. */
export function files(stack: Stack, { common, storage }: Foundations) {
  const importAccounts = new QueuedFunction(stack, 'ImportAccounts', {
    ...common,
    ...sized('import-accounts', 300, 512),
    ...fedBy('imports', 1, 2),
  })
    .usesTable(storage, ['GetItem', 'PutItem'])
    .usesObjects(storage, 'imports', 'read', 'accounts/')
    .usesObjects(storage, 'imports', 'read', 'reports/')
    .usesObjects(storage, 'imports', 'write', 'reports/');

  const ingestUsage = new QueuedFunction(stack, 'IngestUsage', {
    ...common,
    ...sized('ingest-usage', 300, INGEST_MEMORY_MB),
    ...fedBy('usage', 1, 4),
  })
    .usesTable(storage, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'], ['listing'])
    .usesObjects(storage, 'imports', 'read', 'usage/')
    .usesObjects(storage, 'imports', 'read', 'decks/')
    .usesObjects(storage, 'imports', 'read', 'reports/')
    .usesObjects(storage, 'imports', 'write', 'reports/')
    .usesObjects(storage, 'documents', 'read', 'decks/')
    .usesObjects(storage, 'documents', 'write', 'decks/');
  announceFiles(storage.imports, [
    { queue: importAccounts.queue, prefix: 'accounts/', suffix: '.jsonl' },
    { queue: ingestUsage.queue, prefix: 'usage/' },
    { queue: ingestUsage.queue, prefix: 'decks/', suffix: '.csv' },
  ]);

  const exportInvoices = new QueuedFunction(stack, 'ExportInvoices', {
    ...common,
    ...sized('export-invoices', 900, EXPORT_MEMORY_MB),
    ...fedBy('exports', 1, 2),
  })
    .usesTable(storage, ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem'], ['listing'])
    .usesObjects(storage, 'documents', 'read', 'invoices/')
    .usesObjects(storage, 'documents', 'read', 'credit-notes/')
    // Of a credit note that was issued before their PDFs were stored.
    .usesObjects(storage, 'documents', 'write-locked', 'credit-notes/')
    .usesObjects(storage, 'documents', 'read', 'exports/')
    .usesObjects(storage, 'documents', 'write', 'exports/')
    // Gives back the parts of an upload that came to nothing.
    .allow(['s3:AbortMultipartUpload'], [storage.documents.arnForObjects('exports/*')]);

  return { importAccounts, ingestUsage, exportInvoices };
}
