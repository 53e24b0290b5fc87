import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { BillingFunction, type BillingFunctionProps } from './billing-function.ts';

/**
 * Consumes every dead-letter queue and records what it finds, because a queue cannot be browsed. What it cannot record
 * stays in the dead-letter queue, whose alarm then tells.
 */
export class DeadLetterRecorder extends BillingFunction {
  constructor(scope: Construct, id: string, props: BillingFunctionProps & { readonly queues: readonly IQueue[] }) {
    super(scope, id, props);
    for (const queue of props.queues) {
      this.function.addEventSource(
        new SqsEventSource(queue, { batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true }),
      );
    }
  }
}
