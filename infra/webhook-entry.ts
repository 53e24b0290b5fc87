import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ImpactAlarm } from './alarm.ts';
import { BillingFunction, type BillingFunctionProps } from './billing-function.ts';

/** Takes what the processor posts. Failing, it is posted to again for days; the alarm tells before these are over. */
export class WebhookEntry extends BillingFunction {
  constructor(scope: Construct, id: string, props: BillingFunctionProps) {
    super(scope, id, props);
    new ImpactAlarm(this, 'Failing', {
      name: `${props.name}-failing`,
      impact: props.impact,
      topic: props.alarms,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      periods: 3,
    });
  }
}
