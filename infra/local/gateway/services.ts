import { dynamoDb, dynamoDbAuthorization } from './dynamodb.ts';
import type { ServiceName } from './errors.ts';
import { type EventLog, events } from './events.ts';
import { fauxqsClient } from './fauxqs-client.ts';
import type { Mailbox } from './mailbox.ts';
import type { MoveTasks } from './move-task.ts';
import { type BucketLocks, ObjectLocks } from './object-locks.ts';
import { type CreatedObject, s3 } from './s3.ts';
import { secretsManager } from './secrets.ts';
import { type SendRate, ses } from './ses.ts';
import type { BusEvent, ConfigurationSetModel } from './ses-events.ts';
import { sqs } from './sqs.ts';
import type { SuppressionList } from './suppressions.ts';
import type { TransactionScale } from './transaction-scale.ts';
import type { Backend, Service } from './wire.ts';

export interface Surroundings {
  readonly region: string;
  readonly accountId: string;
  readonly mailIdentities: readonly string[];
  readonly mailConfigurationSets: readonly ConfigurationSetModel[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly eventBuses: readonly string[];
  readonly locks?: BucketLocks;
  readonly onObjectCreated?: (object: CreatedObject) => void;
  readonly onEvent?: (busArn: string, event: BusEvent) => void;
  readonly now: () => Date;
}

export interface Parts {
  readonly mailbox: Mailbox;
  readonly suppressions: SuppressionList;
  readonly eventLog: EventLog;
  readonly moves: MoveTasks;
  readonly sendRate: SendRate;
  readonly scale: TransactionScale;
}

/** Every service the gateway speaks. `queueBase` is known only once the gateway listens. */
export function servicesOf(
  surroundings: Surroundings,
  backends: { dynamodb: Backend; sqs: Backend; s3: Backend },
  parts: Parts,
  queueBase: () => string,
): Readonly<Record<ServiceName, Service>> {
  const { region, accountId, now, onObjectCreated, onEvent } = surroundings;
  const arn = (service: string) => `arn:aws:${service}:${region}:${accountId}`;
  return {
    dynamodb: dynamoDb({
      backend: backends.dynamodb,
      scale: parts.scale,
      arn: arn('dynamodb'),
      authorization: dynamoDbAuthorization(region),
    }),
    sqs: sqs({ fauxqs: fauxqsClient(backends.sqs, region), moves: parts.moves, arn: arn('sqs'), queueBase }),
    s3: s3({
      backend: backends.s3,
      locks: new ObjectLocks(backends.s3, surroundings.locks ?? {}, now),
      ...(onObjectCreated && { onObjectCreated }),
    }),
    ses: ses({
      mailbox: parts.mailbox,
      arn: arn('ses'),
      identities: surroundings.mailIdentities,
      configurationSets: surroundings.mailConfigurationSets,
      suppressions: parts.suppressions,
      rate: parts.sendRate,
      ...(onEvent && { onEvent }),
      now,
    }),
    events: events({
      log: parts.eventLog,
      arn: arn('events'),
      buses: surroundings.eventBuses,
      ...(onEvent && { onEvent }),
      now,
    }),
    secretsmanager: secretsManager({ secrets: surroundings.secrets, arn: arn('secretsmanager') }),
  };
}
