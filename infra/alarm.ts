import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** What an alarm tells whoever it wakes. */
export interface Impact {
  /** What a customer or the telecom loses while this lasts, as a sentence without its full stop. */
  readonly loses: string;
  /** The heading in `infra/RUNBOOK.md` under which it says how to look and how to mend. */
  readonly runbook: string;
}

export interface ImpactAlarmProps {
  /** Follows the stack's name in the alarm's name: `invoices-dead-letters`. */
  readonly name: string;
  readonly impact: Impact;
  readonly topic: ITopic;
  readonly metric: IMetric;
  readonly threshold: number;
  /** How many periods in a row; 1 unless told. */
  readonly periods?: number;
  /** Alarm below the threshold, and when the metric is missing: something that should happen does not. */
  readonly below?: boolean;
}

/** An alarm that says what is lost and where its runbook is. */
export class ImpactAlarm extends Construct {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    super(scope, id);
    const alarm = new Alarm(this, 'Resource', {
      alarmName: `${Stack.of(this).stackName}-${props.name}`,
      alarmDescription: `${props.impact.loses}. What to do: infra/RUNBOOK.md#${anchorOf(props.impact.runbook)}`,
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: props.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(props.topic));
  }
}

/** The anchor that Markdown viewers give a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
