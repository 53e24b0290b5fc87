// Trigger: the HTTP API — every route; API Gateway has verified the token before it calls.
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { createAccessLog } from '../../shared/aws/access-log.ts';
import { createAccountStore } from '../../shared/aws/account-store.ts';
import { createAnchors } from '../../shared/aws/anchors.ts';
import { createAuditStore } from '../../shared/aws/audit-store.ts';
import { createBooksStore } from '../../shared/aws/books-store.ts';
import { createCollectionStore } from '../../shared/aws/collection-store.ts';
import { createCreditNoteStore } from '../../shared/aws/credit-note-store.ts';
import { createDeadLetterStore } from '../../shared/aws/dead-letter-store.ts';
import { createDeliveryStore } from '../../shared/aws/delivery-store.ts';
import { createErasureStore } from '../../shared/aws/erasure-store.ts';
import { createExportStore } from '../../shared/aws/export-store.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { createIssuedUsageStore } from '../../shared/aws/issued-usage.ts';
import { createLedgerStore } from '../../shared/aws/ledger-store.ts';
import { createImportLinks, createLinks } from '../../shared/aws/links.ts';
import { createMailFeedbackStore } from '../../shared/aws/mail-feedback-store.ts';
import { createNumberStore } from '../../shared/aws/number-store.ts';
import { createOrderStore } from '../../shared/aws/order-store.ts';
import { createQueues } from '../../shared/aws/queues.ts';
import { createQuoteStore } from '../../shared/aws/quote-store.ts';
import { createReconciliationStore } from '../../shared/aws/reconciliation-store.ts';
import { createRequestStore } from '../../shared/aws/request-store.ts';
import { createRunStore } from '../../shared/aws/run-store.ts';
import { createProcessorSecret } from '../../shared/aws/secret.ts';
import { createServiceStore } from '../../shared/aws/service-store.ts';
import { createSuppressionList } from '../../shared/aws/suppression-list.ts';
import { openTable, type Table } from '../../shared/aws/table.ts';
import { createUsageExceptionStore } from '../../shared/aws/usage-exception-store.ts';
import { QUEUES } from '../../shared/messages.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import {
  anchorsEnvironment,
  auditEnvironment,
  documentsEnvironment,
  importsEnvironment,
  processorEnvironment,
  queueUrls,
  tableEnvironment,
  taxAuthorityEnvironment,
} from '../../shared/runtime/environment.ts';
import { observed } from '../../shared/runtime/observability.ts';
import { once } from '../../shared/runtime/once.ts';
import { loadStage, type Stage, sellerOf } from '../../shared/runtime/stage.ts';
import { viesAuthority } from '../../shared/tax-authorities/vies.ts';
import { createApi } from './app.ts';
import type { ApiDeps } from './context.ts';

/** Everything of the table that the API reads and writes. */
export function apiStore(table: Table, stage: Pick<Stage, 'sellers'>): ApiDeps['store'] {
  const options = {
    table,
    shardsOf: (sellerId: string) => sellerOf(stage, sellerId).shards,
    numberingOf: (sellerId: string) => sellerOf(stage, sellerId),
    policyOf: (sellerId: string) => sellerOf(stage, sellerId),
  };
  const listings = { ...createInvoiceStore(options), ...createCreditNoteStore(options) };
  return {
    ...createAccountStore(options),
    ...createOrderStore(options),
    ...createRequestStore(options),
    ...createErasureStore(options),
    ...listings,
    ...createExportStore({ table, listings }),
    ...createRunStore(options),
    ...createDeliveryStore(options),
    ...createMailFeedbackStore(options),
    ...createCollectionStore(options),
    ...createDeadLetterStore(options),
    ...createNumberStore(options),
    ...createBooksStore(options),
    ...createQuoteStore(options),
    ...createLedgerStore(options),
    ...createServiceStore(options),
    ...createReconciliationStore(options),
    ...createUsageExceptionStore(options),
    ...createIssuedUsageStore(options),
  };
}

const deps = once((): ApiDeps => {
  const stage = loadStage();
  const { secretArn, apiBase } = processorEnvironment();
  const secret = createProcessorSecret({ arn: secretArn });
  const table = openTable(tableEnvironment().tableName);
  return {
    store: apiStore(table, stage),
    accessLog: createAccessLog({ table }),
    auditLogs: createAuditStore({ table: openTable(auditEnvironment().tableName) }),
    anchors: createAnchors(createDocuments(anchorsEnvironment())),
    queues: createQueues({ urls: queueUrls(...QUEUES) }),
    documents: {
      ...createLinks(documentsEnvironment()),
      ...createDocuments({ ...documentsEnvironment(), ...stage.documents }),
    },
    imports: createImportLinks(importsEnvironment()),
    taxIdAuthority: viesAuthority(taxAuthorityEnvironment()),
    suppressions: createSuppressionList(),
    processor: stripeProcessor({ apiKey: async () => (await secret()).apiKey, ...(apiBase && { apiBase }) }),
    stage,
    now: () => new Date().toISOString(),
  };
});

const answer = handle(createApi(deps));

export const handler = observed((event: LambdaEvent, context) => answer(event, context as unknown as LambdaContext));
