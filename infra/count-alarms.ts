import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type Impact, ImpactAlarm } from './alarm.ts';
import { metricsNamespace, type Surroundings } from './billing-function.ts';
import type { FunctionName } from './functions.ts';

const NOBODY = 'Nobody was reached';
const UNCERTAIN = 'Mails uncertain';

/** What a function counts that nobody should have to find out from a customer. */
const COUNTED: readonly {
  readonly metric: string;
  readonly by: FunctionName;
  readonly impact: Impact;
  /** In five minutes; 1 unless told. */
  readonly threshold?: number;
}[] = [
  {
    metric: 'MailedLate',
    by: 'deliver-invoice',
    impact: {
      loses: 'Customers get their invoice after the 5th, later than they were promised and nearer to its due date',
      runbook: 'Invoices mailed late',
    },
  },
  {
    metric: 'NobodyReached',
    by: 'deliver-invoice',
    impact: {
      loses: 'A customer got its invoice at none of its addresses and will be reminded of a debt it never heard of',
      runbook: NOBODY,
    },
  },
  {
    metric: 'NobodyReached',
    by: 'send-notice',
    impact: { loses: 'A customer got a reminder or notice at none of its addresses', runbook: NOBODY },
  },
  {
    metric: 'NobodyReached',
    by: 'follow-mail',
    impact: {
      loses: 'All mails of an invoice or notice came back: the customer does not know what it owes',
      runbook: NOBODY,
    },
  },
  {
    metric: 'MailFeedbackUnknown',
    by: 'follow-mail',
    impact: {
      loses: 'Mails came back and it is not known whose they were: their addresses go on being mailed to',
      runbook: 'Bounces not followed',
    },
  },
  {
    metric: 'MailsUncertain',
    by: 'deliver-invoice',
    impact: { loses: 'A recipient may not have got an invoice, and it is not sent there again', runbook: UNCERTAIN },
  },
  {
    metric: 'MailsUncertain',
    by: 'send-notice',
    impact: { loses: 'A recipient may not have got a notice, and it is not sent there again', runbook: UNCERTAIN },
  },
  {
    metric: 'PaymentsUnresolved',
    by: 'collect-payment',
    impact: {
      loses: 'A customer may have been charged, and its invoice still stands as unpaid and will be dunned',
      runbook: 'Payments unresolved',
    },
  },
  {
    metric: 'PaymentsUnexplained',
    by: 'collect-payment',
    impact: {
      loses:
        'The processor holds money of a customer that is in no book; its invoice may stand as unpaid and be dunned',
      runbook: 'Payments unexplained',
    },
  },
  {
    metric: 'MoneyWithoutBooking',
    by: 'reconcile-processor',
    impact: {
      loses:
        'The processor moved money of customers that is in no book: who paid may be dunned, who did not may be served',
      runbook: 'Money without a booking',
    },
  },
  {
    metric: 'BookingWithoutMoney',
    by: 'reconcile-processor',
    impact: {
      loses: 'The books say that a customer paid, and the processor has no such money: the telecom does not get it',
      runbook: 'A booking without money',
    },
  },
  {
    metric: 'WebhooksRefused',
    by: 'receive-webhook',
    // Anybody may send a single forged one; many of them are ours with the wrong secret.
    threshold: 20,
    impact: {
      loses: 'News of the payment processor are refused as forged: payments that come back or settle are noticed late',
      runbook: 'Webhooks not received',
    },
  },
  {
    metric: 'HandedToAccountsReceivable',
    by: 'advance-dunning',
    impact: {
      loses:
        'A customer with a contract, one that pays by wire, or one that no mail reaches owes money until a person arranges it',
      runbook: 'Accounts handed to Accounts Receivable',
    },
  },
  {
    metric: 'ReactivationsSlow',
    by: 'change-services',
    impact: {
      loses: 'A customer has paid and cannot telephone: its services are not back after five minutes',
      runbook: 'Services not back',
    },
  },
  {
    metric: 'UsageExceptions',
    by: 'ingest-usage',
    impact: {
      loses: 'Calls or messages could not be counted, and nobody is charged for them until a person looks at them',
      runbook: 'Usage exceptions open',
    },
  },
  {
    metric: 'DecksRefused',
    by: 'ingest-usage',
    impact: {
      loses: 'A new rate deck has errors and is not in force, so that calls are charged at the rates before',
      runbook: 'A rate deck was refused',
    },
  },
  {
    metric: 'AuditedByHand',
    by: 'record-audit',
    impact: {
      loses: 'Somebody changed data of a customer past the product: the audit log cannot say who',
      runbook: 'Data was changed by hand',
    },
  },
];

/** Alarms on jobs that went through, and yet not as the customer was promised. */
export class CountAlarms extends Construct {
  constructor(scope: Construct, id: string, { stage, alarms }: Surroundings) {
    super(scope, id);
    for (const { metric, by, impact, threshold = 1 } of COUNTED) {
      new ImpactAlarm(this, `${by}-${metric}`, {
        name: `${by}-${metric}`,
        impact,
        topic: alarms,
        metric: new Metric({
          namespace: metricsNamespace(stage),
          metricName: metric,
          dimensionsMap: { service: by },
          statistic: Stats.SUM,
          period: Duration.minutes(5),
        }),
        threshold,
      });
    }
  }
}
