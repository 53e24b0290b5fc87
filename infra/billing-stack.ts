import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { streamFilters } from '../shared/domain/audit/kinds.ts';
import type { QueueName } from '../shared/messages.ts';
import type { Stage } from '../shared/runtime/stage.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { namePrefix, type Surroundings } from './billing-function.ts';
import type { Bundles } from './build.ts';
import { CountAlarms } from './count-alarms.ts';
import { DeadLetterRecorder } from './dead-letter-recorder.ts';
import { DELIVER_MEMORY_MB, EXPORT_MEMORY_MB, type FunctionName, INGEST_MEMORY_MB } from './functions.ts';
import { HttpEntry } from './http-entry.ts';
import { Identity } from './identity.ts';
import { IMPACTS } from './impacts.ts';
import { Mail } from './mail.ts';
import { QueuedFunction } from './queued-function.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import { Storage } from './storage.ts';
import { StreamedFunction } from './streamed-function.ts';
import { WebhookEntry } from './webhook-entry.ts';

export interface BillingStackProps extends StackProps {
  readonly stage: Stage;
  readonly bundles: Bundles;
}

/** How a function is run: seconds, MB. */
const sized = (name: FunctionName, timeout: number, memory: number) => ({
  name,
  impact: IMPACTS[name],
  timeout,
  memory,
});
const fedBy = (queueName: QueueName, batchSize: number, concurrency: number) => ({ queueName, batchSize, concurrency });

/**
 * The whole pipeline of one stage, from top to bottom in the order in which a month is billed. Each function may do
 * what stands behind it and nothing else; who sends to whom is at the end.
 */
export class BillingStack extends Stack {
  constructor(scope: Construct, id: string, props: BillingStackProps) {
    super(scope, id, props);
    const { stage, bundles } = props;
    const storage = new Storage(this, 'Storage', { stage });
    const mail = new Mail(this, 'Mail', { stage });
    const secret = Secret.fromSecretNameV2(this, 'ProcessorSecret', stage.processorSecretName);
    const events = new EventBus(this, 'Events', { eventBusName: namePrefix(stage) });
    const { topic } = new AlarmTopic(this, 'Alarms', { stage, key: storage.key });
    const common: Surroundings = { stage, bundles, alarms: topic };

    const planBillingRun = new ScheduledFunction(this, 'PlanBillingRun', {
      ...common,
      ...sized('plan-billing-run', 60, 512),
      schedules: stage.sellers.map(({ sellerId, timeZone }) => ({
        name: sellerId,
        expression: 'cron(15 0 * * ? *)',
        timeZone,
        input: { sellerId },
      })),
      failingPeriods: 1,
      // Two days, because a night is 25 hours long when summer time ends.
      atLeast: { times: stage.sellers.length, hours: 24, periods: 2 },
    }).usesTable(storage, ['GetItem', 'Query', 'PutItem']);

    const fanOutRun = new QueuedFunction(this, 'FanOutRun', {
      ...common,
      ...sized('fan-out-run', 120, 512),
      ...fedBy('runs', 1, 20),
    }).usesTable(storage, ['Query', 'UpdateItem'], ['work']);

    const issueInvoice = new QueuedFunction(this, 'IssueInvoice', {
      ...common,
      ...sized('issue-invoice', 30, 1024),
      ...fedBy('invoices', 10, stage.concurrency.issueInvoice),
    }).usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);

    const deliverInvoice = new QueuedFunction(this, 'DeliverInvoice', {
      ...common,
      ...sized('deliver-invoice', 60, DELIVER_MEMORY_MB),
      ...fedBy('deliveries', 10, stage.concurrency.deliverInvoice),
    })
      .usesTable(storage, ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'])
      .usesObjects(storage, 'documents', 'read', 'invoices/')
      .usesObjects(storage, 'documents', 'write-locked', 'invoices/');

    const collectPayment = new QueuedFunction(this, 'CollectPayment', {
      ...common,
      ...sized('collect-payment', 60, 512),
      ...fedBy('collections', 10, stage.concurrency.collectPayment),
    })
      .usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'])
      .tell('PROCESSOR_SECRET_ARN', secret.secretArn);
    // The grant's resource ends in "-??????": Secrets Manager adds six characters to the name that are not known here.
    secret.grantRead(collectPayment.grantee);

    const followProcessor = new QueuedFunction(this, 'FollowProcessor', {
      ...common,
      ...sized('follow-processor', 30, 512),
      ...fedBy('lookups', 10, 5),
    })
      .usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
      .tell('PROCESSOR_SECRET_ARN', secret.secretArn);
    secret.grantRead(followProcessor.grantee);

    // Open to the world, so it may read the secret that signatures are made with and send ids to one queue: nothing else.
    const receiveWebhook = new WebhookEntry(this, 'ReceiveWebhook', {
      ...common,
      ...sized('receive-webhook', 10, 512),
    }).tell('PROCESSOR_SECRET_ARN', secret.secretArn);
    secret.grantRead(receiveWebhook.grantee);

    const reconcileProcessor = new ScheduledFunction(this, 'ReconcileProcessor', {
      ...common,
      ...sized('reconcile-processor', 900, 1769),
      // When the night's invoices are issued and paid; the day before is long over then.
      schedules: stage.sellers.map(({ sellerId, timeZone }) => ({
        name: sellerId,
        expression: 'cron(30 4 * * ? *)',
        timeZone,
        input: { sellerId },
      })),
      failingPeriods: 1,
      atLeast: { times: stage.sellers.length, hours: 24, periods: 2 },
    })
      .usesTable(storage, ['GetItem', 'Query', 'PutItem'], ['listing'])
      .usesObjects(storage, 'documents', 'read', 'reconciliations/')
      .usesObjects(storage, 'documents', 'write', 'reconciliations/')
      .tell('PROCESSOR_SECRET_ARN', secret.secretArn);
    secret.grantRead(reconcileProcessor.grantee);

    const sweepOverdue = new ScheduledFunction(this, 'SweepOverdue', {
      ...common,
      ...sized('sweep-overdue', 120, 512),
      schedules: [{ name: 'every-5-minutes', expression: 'rate(5 minutes)', input: {} }],
      failingPeriods: 3,
      atLeast: { times: 6, hours: 1, periods: 1 },
    }).usesTable(storage, ['UpdateItem'], ['work']);

    const advanceDunning = new QueuedFunction(this, 'AdvanceDunning', {
      ...common,
      ...sized('advance-dunning', 30, 512),
      ...fedBy('dunning', 10, 5),
    }).usesTable(storage, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);

    const sendNotice = new QueuedFunction(this, 'SendNotice', {
      ...common,
      ...sized('send-notice', 60, 1024),
      ...fedBy('notices', 10, 5),
    })
      .usesTable(storage, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'])
      .usesObjects(storage, 'documents', 'read', 'credit-notes/')
      .usesObjects(storage, 'documents', 'write-locked', 'credit-notes/');
    mail.grantTo(deliverInvoice, sendNotice);

    const followMail = new QueuedFunction(this, 'FollowMail', {
      ...common,
      ...sized('follow-mail', 30, 512),
      ...fedBy('feedback', 10, 5),
    }).usesTable(storage, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem']);
    mail.tells(followMail);

    const changeServices = new QueuedFunction(this, 'ChangeServices', {
      ...common,
      ...sized('change-services', 30, 512),
      ...fedBy('services', 10, 5),
    })
      .usesTable(storage, ['GetItem', 'Query', 'UpdateItem', 'DeleteItem'])
      .tell('EVENT_BUS_NAME', events.eventBusName)
      .allow(['events:PutEvents'], [events.eventBusArn]);

    const eraseAtProcessor = new QueuedFunction(this, 'EraseAtProcessor', {
      ...common,
      ...sized('erase-at-processor', 60, 512),
      ...fedBy('erasures', 1, 2),
    })
      .usesTable(storage, ['GetItem', 'Query', 'UpdateItem'])
      .tell('PROCESSOR_SECRET_ARN', secret.secretArn);
    secret.grantRead(eraseAtProcessor.grantee);

    const importAccounts = new QueuedFunction(this, 'ImportAccounts', {
      ...common,
      ...sized('import-accounts', 300, 512),
      ...fedBy('imports', 1, 2),
    })
      .usesTable(storage, ['GetItem', 'PutItem'])
      .usesObjects(storage, 'imports', 'read', 'accounts/')
      .usesObjects(storage, 'imports', 'read', 'reports/')
      .usesObjects(storage, 'imports', 'write', 'reports/');

    const ingestUsage = new QueuedFunction(this, 'IngestUsage', {
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
    storage.announceFiles([
      { queue: importAccounts.queue, prefix: 'accounts/', suffix: '.jsonl' },
      { queue: ingestUsage.queue, prefix: 'usage/' },
      { queue: ingestUsage.queue, prefix: 'decks/', suffix: '.csv' },
    ]);

    const exportInvoices = new QueuedFunction(this, 'ExportInvoices', {
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

    const queued = [
      fanOutRun,
      issueInvoice,
      deliverInvoice,
      collectPayment,
      followProcessor,
      advanceDunning,
      sendNotice,
      followMail,
      changeServices,
      eraseAtProcessor,
      importAccounts,
      ingestUsage,
      exportInvoices,
    ];
    new DeadLetterRecorder(this, 'RecordDeadLetter', {
      ...common,
      ...sized('record-dead-letter', 30, 512),
      queues: queued.map((each) => each.deadLetterQueue),
    }).usesTable(storage, ['UpdateItem']);

    new StreamedFunction(this, 'RecordAudit', {
      ...common,
      ...sized('record-audit', 60, 512),
      storage,
      filters: streamFilters(),
    })
      .usesTable(storage, ['GetItem'])
      .usesAuditLogs(storage, 'read', 'append');

    new ScheduledFunction(this, 'AnchorAudit', {
      ...common,
      ...sized('anchor-audit', 300, 512),
      // Long enough after midnight that nothing of the day before is still on its way.
      schedules: [{ name: 'daily', expression: 'cron(40 0 * * ? *)', timeZone: 'UTC', input: {} }],
      failingPeriods: 1,
      atLeast: { times: 1, hours: 24, periods: 2 },
    })
      .usesAuditLogs(storage, 'read-by-day')
      .usesObjects(storage, 'anchors', 'write', 'anchors/');

    new CountAlarms(this, 'CountAlarms', common);

    const identity = new Identity(this, 'Identity', { stage });
    const api = new HttpEntry(this, 'Api', { ...common, ...sized('api', 29, 1024), identity })
      .usesTable(
        storage,
        ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
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
      .usesObjects(storage, 'anchors', 'read', 'anchors/');

    api.tell('PROCESSOR_SECRET_ARN', secret.secretArn);
    secret.grantRead(api.grantee);
    mail.letsLiftSuppressions(api);
    api.takesWebhooks('/webhooks/processor', receiveWebhook);

    planBillingRun.sendsTo(fanOutRun);
    fanOutRun.sendsTo(fanOutRun, issueInvoice);
    issueInvoice.sendsTo(issueInvoice, deliverInvoice, collectPayment);
    collectPayment.sendsTo(collectPayment, sendNotice, changeServices);
    followMail.sendsTo(advanceDunning);
    receiveWebhook.sendsTo(followProcessor);
    followProcessor.sendsTo(collectPayment);
    reconcileProcessor.sendsTo(followProcessor);
    sweepOverdue.sendsTo(
      fanOutRun,
      issueInvoice,
      deliverInvoice,
      collectPayment,
      advanceDunning,
      sendNotice,
      changeServices,
      eraseAtProcessor,
    );
    advanceDunning.sendsTo(sendNotice, changeServices);
    changeServices.sendsTo(sendNotice);
    importAccounts.sendsTo(importAccounts);
    ingestUsage.sendsTo(ingestUsage);
    exportInvoices.sendsTo(exportInvoices);
    api.sendsTo(...queued);

    this.say({
      ApiUrl: api.api.apiEndpoint,
      WebhookUrl: `${api.api.apiEndpoint}/webhooks/processor`,
      UserPoolId: identity.pool.userPoolId,
      UserPoolClientId: identity.client.userPoolClientId,
      TableName: storage.table.tableName,
      AuditTableName: storage.auditLogs.tableName,
      AnchorsBucket: storage.anchors.bucketName,
      DocumentsBucket: storage.documents.bucketName,
      ImportsBucket: storage.imports.bucketName,
      EventBusName: events.eventBusName,
      AlarmTopicArn: topic.topicArn,
    });
  }

  private say(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
