import type { Stack } from 'aws-cdk-lib';
import type { BillingFunction } from '../billing-function.ts';
import { HttpEntry } from '../http-entry.ts';
import { Identity } from '../identity.ts';
import { type Foundations, sized } from './foundations.ts';

const WEBHOOK_PATH = '/webhooks/processor';

/** The HTTP API with who may call it; the processor's news come in by the same door, without a token. */
export function httpApi(stack: Stack, { common, storage, mail, secret }: Foundations, receiveWebhook: BillingFunction) {
  const identity = new Identity(stack, 'Identity', { stage: common.stage });
  const api = new HttpEntry(stack, 'Api', { ...common, ...sized('api', 29, 1024), identity })
    .usesTable(
      storage,
      ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
      ['work', 'listing'],
    )
    .usesObjects(storage, 'documents', 'read', 'invoices/')
    .usesObjects(storage, 'documents', 'read', 'credit-notes/')
    .usesObjects(storage, 'documents', 'read', 'reconciliations/')
    .usesObjects(storage, 'documents', 'read', 'exports/')
    // A PDF that was lost is put back, or made anew beside it; that of an older credit note is made at the first ask.
    .usesObjects(storage, 'documents', 'write-locked', 'invoices/')
    .usesObjects(storage, 'documents', 'write-locked', 'credit-notes/')
    .usesObjects(storage, 'imports', 'write', 'accounts/')
    .usesObjects(storage, 'imports', 'write', 'usage/')
    .usesObjects(storage, 'imports', 'write', 'decks/')
    .usesObjects(storage, 'imports', 'read', 'reports/')
    .usesAuditLogs(storage, 'read')
    .usesObjects(storage, 'anchors', 'read', 'anchors/')
    .usesProcessor(secret);

  mail.letsLiftSuppressions(api);
  api.takesWebhooks(WEBHOOK_PATH, receiveWebhook);

  return { api, identity, webhookUrl: `${api.api.apiEndpoint}${WEBHOOK_PATH}` };
}
