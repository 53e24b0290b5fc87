import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { QueueName } from '../../shared/messages.ts';
import type { Stage } from '../../shared/runtime/stage.ts';
import type { Surroundings } from '../billing-function.ts';
import type { FunctionName } from '../functions.ts';
import { IMPACTS } from '../impacts.ts';
import type { Mail } from '../mail.ts';
import type { ScheduledFunctionProps } from '../scheduled-function.ts';
import type { Storage } from '../storage.ts';

/**
 * What the functions stand on. The parts of the pipeline are plain functions that put their constructs into the stack
 * itself: a construct between would change the logical ids of all that is deployed, and with them tables and queues.
 */
export interface Foundations {
  readonly common: Surroundings;
  readonly storage: Storage;
  readonly mail: Mail;
  /** The keys of the payment processor. */
  readonly secret: ISecret;
  /** The bus that provisioning listens to. */
  readonly events: EventBus;
}

/** How a function is run: seconds, MB. */
export const sized = (name: FunctionName, timeout: number, memory: number) => ({
  name,
  impact: IMPACTS[name],
  timeout,
  memory,
});

/** Which queue feeds a function: so many messages at once, and so many of it at once. */
export const fedBy = (queueName: QueueName, batchSize: number, concurrency: number) => ({
  queueName,
  batchSize,
  concurrency,
});

/** A schedule per seller, every night at that time of the seller's own zone (`HH:MM`). */
export function nightlyPerSeller(
  { sellers }: Stage,
  time: string,
): Pick<ScheduledFunctionProps, 'schedules' | 'failingPeriods' | 'atLeast'> {
  const [hour, minute] = time.split(':').map(Number);
  return {
    schedules: sellers.map(({ sellerId, timeZone }) => ({
      name: sellerId,
      expression: `cron(${minute} ${hour} * * ? *)`,
      timeZone,
      input: { sellerId },
    })),
    failingPeriods: 1,
    // Two days, because a night is 25 hours long when summer time ends.
    atLeast: { times: sellers.length, hours: 24, periods: 2 },
  };
}
