import { Duration, Validations } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StreamFilter } from '../shared/domain/audit/kinds.ts';
import { ImpactAlarm } from './alarm.ts';
import { BillingFunction, type BillingFunctionProps, namePrefix } from './billing-function.ts';
import type { Storage } from './storage.ts';

export interface StreamedFunctionProps extends BillingFunctionProps {
  readonly storage: Storage;
  readonly filters: readonly StreamFilter[];
}

/** After that the place of what could not be worked on is put on record; the stream still holds it for as long again. */
const GIVEN_UP_AFTER = Duration.hours(12);

/**
 * A function fed by the table's stream, in the order of the changes. What fails is tried again until it is half a day old,
 * and holds up what comes behind it: nothing is left out. Alarms: it fails, it is behind, it gave something up.
 */
export class StreamedFunction extends BillingFunction {
  /** Where in the stream the events are that were given up. */
  readonly lost: Queue;

  constructor(scope: Construct, id: string, props: StreamedFunctionProps) {
    super(scope, id, props);
    const { storage, filters, stage, name } = props;
    const streamArn = storage.table.tableStreamArn!;
    this.lost = new Queue(this, 'Lost', {
      queueName: `${namePrefix(stage)}-${name}-lost`,
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    Validations.of(this.lost).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'Nothing is consumed from it: it is where events end, with an alarm',
    });
    this.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      [streamArn],
    );
    storage.key.grant(this.grantee, 'kms:Decrypt');
    const mapping = new EventSourceMapping(this, 'Stream', {
      target: this.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 1_000,
      // A night's run changes an account several times within seconds: they are one append to its log.
      maxBatchingWindow: Duration.seconds(5),
      filters: filters.map((filter) => ({ pattern: JSON.stringify(patternOf(filter)) })),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: -1,
      maxRecordAge: GIVEN_UP_AFTER,
      onFailure: new SqsDlq(this.lost),
    });
    // Lambda tries the role when the mapping is created.
    mapping.node.addDependency(this.grantee);
    this.alarm(props);
  }

  private alarm({ name, alarms, impact }: StreamedFunctionProps): void {
    const period = Duration.minutes(5);
    new ImpactAlarm(this, 'Failing', {
      name: `${name}-failing`,
      impact,
      topic: alarms,
      metric: this.function.metricErrors({ period }),
      threshold: 1,
      periods: 3,
    });
    new ImpactAlarm(this, 'Behind', {
      name: `${name}-behind`,
      impact,
      topic: alarms,
      metric: this.function.metric('IteratorAge', { period, statistic: Stats.MAXIMUM }),
      threshold: Duration.hours(1).toMilliseconds(),
    });
    new ImpactAlarm(this, 'GaveUp', {
      name: `${name}-gave-up`,
      impact,
      topic: alarms,
      metric: this.lost.metricApproximateNumberOfMessagesVisible({ period }),
      threshold: 1,
    });
  }
}

/** A filter in Lambda's words. */
function patternOf({ partition, sortKeys, events, image }: StreamFilter): object {
  const attributes = Object.entries(image ?? {}).map(([name, wanted]) => [
    name,
    { S: typeof wanted === 'string' ? [wanted] : [{ exists: true }] },
  ]);
  return {
    ...(events && { eventName: events }),
    dynamodb: {
      Keys: {
        pk: { S: [{ prefix: partition }] },
        ...(sortKeys && { sk: { S: sortKeys.map(({ exactly, prefix }) => exactly ?? { prefix }) } }),
      },
      ...(image && { NewImage: Object.fromEntries(attributes) }),
    },
  };
}
