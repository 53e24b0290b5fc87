import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { QueueName } from '../shared/messages.ts';
import { ImpactAlarm } from './alarm.ts';
import { BillingFunction, type BillingFunctionProps, metricsNamespace, namePrefix } from './billing-function.ts';

/** After that many receives SQS itself moves a message away; functions learn it from MAX_RECEIVES. */
const MAX_RECEIVES = 4;

export interface QueuedFunctionProps extends BillingFunctionProps {
  readonly queueName: QueueName;
  readonly batchSize: number;
  /** How many run at once at most, 2 to 1000: the budget of whatever they press on. */
  readonly concurrency: number;
}

/**
 * A function fed by a queue of its own, with a dead-letter queue and alarms: a job failed for good, its record was not
 * taken, or jobs wait so long that the queue may lose them.
 */
export class QueuedFunction extends BillingFunction {
  readonly queueName: QueueName;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: QueuedFunctionProps) {
    super(scope, id, props);
    this.queueName = props.queueName;
    const name = `${namePrefix(props.stage)}-${props.queueName}`;
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      queueName: `${name}-dlq`,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.minutes(6),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: name,
      retentionPeriod: Duration.days(4),
      // The time of all tries that Lambda itself makes of a batch before it gives it back.
      visibilityTimeout: Duration.seconds(6 * props.timeout),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
    });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize,
        maxConcurrency: props.concurrency,
        reportBatchItemFailures: true,
      }),
    );
    this.deadLetterQueue.grant(this.grantee, 'sqs:SendMessage');
    this.tell('OWN_QUEUE_URL', this.queue.queueUrl);
    this.tell('OWN_DLQ_URL', this.deadLetterQueue.queueUrl);
    this.tell('MAX_RECEIVES', String(MAX_RECEIVES));
    this.alarm(props);
  }

  private alarm({ stage, alarms, impact, queueName }: QueuedFunctionProps): void {
    new ImpactAlarm(this, 'JobFailed', {
      name: `${queueName}-dead-letters`,
      impact,
      topic: alarms,
      metric: new Metric({
        namespace: metricsNamespace(stage),
        metricName: 'DeadLetters',
        dimensionsMap: { service: 'record-dead-letter', queue: queueName },
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
    });
    new ImpactAlarm(this, 'Unrecorded', {
      name: `${queueName}-dead-letters-not-recorded`,
      impact: { loses: impact.loses, runbook: 'Dead letters not recorded' },
      topic: alarms,
      metric: this.deadLetterQueue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: Duration.minutes(30).toSeconds(),
    });
    new ImpactAlarm(this, 'Waiting', {
      name: `${queueName}-waiting`,
      impact: { loses: impact.loses, runbook: 'Work is not moving' },
      topic: alarms,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: Duration.hours(6).toSeconds(),
    });
  }
}
