import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Stage } from '../shared/runtime/stage.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { namePrefix } from './billing-function.ts';
import type { Bundles } from './build.ts';
import { Mail } from './mail.ts';
import { httpApi } from './pipeline/api.ts';
import { files } from './pipeline/files.ts';
import { followUp } from './pipeline/follow-up.ts';
import type { Foundations } from './pipeline/foundations.ts';
import { invoicing } from './pipeline/invoicing.ts';
import { payments } from './pipeline/payments.ts';
import { records } from './pipeline/records.ts';
import { Storage } from './storage.ts';

export interface BillingStackProps extends StackProps {
  readonly stage: Stage;
  readonly bundles: Bundles;
}

/**
 * The whole pipeline of one stage. `pipeline/` has the functions, in the order in which a month is billed; each may do
 * what stands behind it there and nothing else. Who sends to whom is here, at the end.
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
    const foundations: Foundations = { common: { stage, bundles, alarms: topic }, storage, mail, secret, events };

    const { planBillingRun, fanOutRun, issueInvoice, deliverInvoice } = invoicing(this, foundations);
    const { collectPayment, followProcessor, receiveWebhook, reconcileProcessor, eraseAtProcessor } = payments(
      this,
      foundations,
    );
    const { sweepOverdue, advanceDunning, sendNotice, followMail, changeServices } = followUp(this, foundations);
    const { importAccounts, ingestUsage, exportInvoices } = files(this, foundations);
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
    records(this, foundations, queued);
    const { api, identity, webhookUrl } = httpApi(this, foundations, receiveWebhook);

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
      WebhookUrl: webhookUrl,
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
