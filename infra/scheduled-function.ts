import { Duration, Stack } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ImpactAlarm } from './alarm.ts';
import { BillingFunction, type BillingFunctionProps, namePrefix } from './billing-function.ts';

export interface Schedule {
  /** Ends the schedule's name; lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Scheduler's `cron(…)` or `rate(…)`. */
  readonly expression: string;
  /** IANA zone in which a cron expression is read. */
  readonly timeZone?: string;
  /** What the function gets as its event. */
  readonly input: Readonly<Record<string, string>>;
}

export interface ScheduledFunctionProps extends BillingFunctionProps {
  readonly schedules: readonly Schedule[];
  /** Five-minute periods in a row with a failed invocation after which somebody is woken. */
  readonly failingPeriods: number;
  /** Somebody is woken when it ran less often than `times` in each of the last `periods` of so many hours. */
  readonly atLeast: { readonly times: number; readonly hours: number; readonly periods: number };
}

/**
 * A function fired by schedules. An event that Scheduler cannot deliver, or that the function failed to handle three
 * times, is kept for 14 days in the queue of missed events. Alarms: it fails, it missed an event, nothing fires it.
 */
export class ScheduledFunction extends BillingFunction {
  readonly missed: Queue;

  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id, props);
    this.missed = new Queue(this, 'Missed', {
      queueName: `${namePrefix(props.stage)}-${props.name}-missed`,
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    (this.function.node.defaultChild as CfnFunction).deadLetterConfig = { targetArn: this.missed.queueArn };
    this.missed.grant(this.grantee, 'sqs:SendMessage');
    const caller = this.createCaller();
    for (const schedule of props.schedules) {
      const name = `${namePrefix(props.stage)}-${props.name}-${schedule.name}`;
      this.createSchedule(schedule, name, caller);
    }
    this.alarm(props);
  }

  /** The role in which Scheduler calls this function, and nothing else. */
  private createCaller(): Role {
    const caller = new Role(this, 'Caller', {
      // Scheduler serves everybody: it may take this role only for schedules of this account.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    // Not `grantInvoke`, which opens every version and alias too.
    Grant.addToPrincipal({
      grantee: caller,
      actions: ['lambda:InvokeFunction'],
      resourceArns: [this.function.functionArn],
    });
    this.missed.grant(caller, 'sqs:SendMessage');
    return caller;
  }

  private createSchedule(schedule: Schedule, name: string, caller: Role): void {
    const created = new CfnSchedule(this, `Schedule-${schedule.name}`, {
      name,
      scheduleExpression: schedule.expression,
      scheduleExpressionTimezone: schedule.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      state: 'ENABLED',
      target: {
        arn: this.function.functionArn,
        roleArn: caller.roleArn,
        input: JSON.stringify(schedule.input),
        retryPolicy: { maximumEventAgeInSeconds: Duration.hours(6).toSeconds(), maximumRetryAttempts: 60 },
        deadLetterConfig: { arn: this.missed.queueArn },
      },
    });
    // Scheduler tries the role when the schedule is created.
    created.node.addDependency(caller);
  }

  private alarm({ name, alarms, impact, failingPeriods, atLeast }: ScheduledFunctionProps): void {
    new ImpactAlarm(this, 'Failing', {
      name: `${name}-failing`,
      impact,
      topic: alarms,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      periods: failingPeriods,
    });
    new ImpactAlarm(this, 'EventMissed', {
      name: `${name}-event-missed`,
      impact,
      topic: alarms,
      metric: this.missed.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
    });
    new ImpactAlarm(this, 'NotFired', {
      name: `${name}-not-fired`,
      impact,
      topic: alarms,
      metric: this.function.metricInvocations({ period: Duration.hours(atLeast.hours), statistic: Stats.SUM }),
      threshold: atLeast.times,
      periods: atLeast.periods,
      below: true,
    });
  }
}
