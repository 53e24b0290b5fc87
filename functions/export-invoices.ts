// Trigger: the exports queue — finance asked for a month's invoices, or an invocation left the rest to the next one.
import { createCreditNoteStore } from '../shared/aws/credit-note-store.ts';
import { createDeliveryStore } from '../shared/aws/delivery-store.ts';
import { createExportFiles } from '../shared/aws/export-files.ts';
import { createExportStore } from '../shared/aws/export-store.ts';
import { createDocuments } from '../shared/aws/files.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { exportMonth } from '../shared/export/export-month.ts';
import { documentsEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

/** What a person can still handle as one file; a month beyond it comes as several. */
const VOLUME = { documents: 100_000, bytes: 20 * 1024 ** 3 };

export const handler = queueHandler('exports', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const listings = { ...createInvoiceStore(storage), ...createCreditNoteStore(storage) };
  const deps = {
    store: { ...createExportStore({ table: storage.table, listings }), ...createDeliveryStore(storage) },
    documents: createDocuments({ ...documentsEnvironment(), ...stage.documents }),
    files: createExportFiles(documentsEnvironment()),
    queues: createQueues({ urls: queueUrls('exports') }),
    limits: VOLUME,
  };
  return (message, now, context) =>
    exportMonth(deps, message, context.awsRequestId, now, () => context.getRemainingTimeInMillis());
});
