import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Principal } from './authorize.ts';
import { Door } from './door.ts';
import { dynamoDbAuthorization } from './dynamodb.ts';
import type { Encryption } from './encryption.ts';
import { EventLog, type RecordedEvent } from './events.ts';
import { Faults } from './faults.ts';
import { fauxqsClient } from './fauxqs-client.ts';
import { type KeptMail, Mailbox } from './mailbox.ts';
import { Meter } from './meter.ts';
import { MoveTasks } from './move-task.ts';
import type { BucketLocks } from './object-locks.ts';
import type { CreatedObject } from './s3.ts';
import { servicesOf } from './services.ts';
import { SendRate } from './ses.ts';
import type { BusEvent, ConfigurationSetModel } from './ses-events.ts';
import { SuppressionList } from './suppressions.ts';
import { TransactionScale } from './transaction-scale.ts';
import { connect } from './wire.ts';

export interface GatewayOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly region: string;
  readonly accountId: string;
  /** By access key id. The map is read at each call, so that processes may come and go. */
  readonly principals: ReadonlyMap<string, Principal>;
  readonly backends: { readonly dynamodb: string; readonly sqs: string; readonly s3: string };
  /** Where accepted mails are kept. */
  readonly mailDir: string;
  /** Domains and addresses verified in SES. */
  readonly mailIdentities: readonly string[];
  readonly mailConfigurationSets: readonly ConfigurationSetModel[];
  /** Addresses that do not exist, besides those whose names say so (see `fateAt`). */
  readonly bounce?: (address: string) => boolean;
  /** Values by name, or by ARN with AWS's six characters at its end. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly eventBuses: readonly string[];
  /** The KMS key of each encrypted table, queue, bucket and secret, ARN to ARN: callers then need rights on it. */
  readonly encryption?: Encryption;
  /** Buckets with an object lock, and for how many days they hold an object that says nothing else. */
  readonly locks?: BucketLocks;
  /** Told of every object written through the gateway, before its writer is: bucket notifications start here. */
  readonly onObjectCreated?: (object: CreatedObject) => void;
  /** Told of every event that is put on a bus, by functions or by SES, before whoever caused it is answered. */
  readonly onEvent?: (busArn: string, event: BusEvent) => void;
  /** Kills the process of an access key; needed for faults that kill. */
  readonly kill?: (accessKeyId: string) => void | Promise<void>;
  /** The time the machine pretends it is: of mails, events, reply headers and presigned URLs. */
  readonly now: () => Date;
}

export interface Gateway {
  readonly url: string;
  /** The environment variables that lead AWS SDKs here. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** URL of a queue by name, as functions are to know it. */
  queueUrl(name: string): string;
  /** Replaces the callers. Throws, changing nothing, when a policy has something the evaluator does not know. */
  setPrincipals(principals: ReadonlyMap<string, Principal>): void;
  readonly faults: Faults;
  readonly meter: Meter;
  /** Set `on` to have the meter know the units of transactional writes, which makes each of them slower. */
  readonly scale: TransactionScale;
  /** Set `perSecond` to have SES throttle. */
  readonly sendRate: SendRate;
  /** EventBridge events put so far, oldest first. */
  events(): readonly RecordedEvent[];
  /** Mails accepted so far, oldest first. */
  mails(): readonly KeptMail[];
  /** How many mails were accepted so far, without copying the list. */
  readonly mailCount: number;
  close(): Promise<void>;
}

const ENDPOINT_SERVICES = ['DYNAMODB', 'SQS', 'S3', 'SES', 'EVENTBRIDGE', 'SECRETS_MANAGER'];

/**
 * Starts the one door through which functions reach AWS's services on this machine, on 127.0.0.1. Throws when the port
 * is taken or a policy has something the evaluator does not know.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const backends = {
    dynamodb: connect('DynamoDB', options.backends.dynamodb),
    sqs: connect('SQS', options.backends.sqs),
    s3: connect('S3', options.backends.s3),
  };
  const moves = new MoveTasks(fauxqsClient(backends.sqs, options.region), options.now);
  const parts = {
    mailbox: new Mailbox(options.mailDir, options.bounce),
    suppressions: new SuppressionList(options.mailDir),
    eventLog: new EventLog(),
    moves,
    sendRate: new SendRate(),
    scale: new TransactionScale(backends.dynamodb, dynamoDbAuthorization(options.region)),
  };
  const faults = new Faults(options.kill);
  const meter = new Meter();
  let url = '';
  const queueBase = () => `${url}/${options.accountId}`;
  const door = new Door(options, servicesOf(options, backends, parts, queueBase), faults, meter);
  const server = createServer(
    { keepAliveTimeout: 75_000, requestTimeout: 0, noDelay: true },
    (request, response) => void door.answer(request, response),
  );
  await listen(server, options.port ?? 0);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    endpoints: Object.fromEntries(
      ['AWS_ENDPOINT_URL', ...ENDPOINT_SERVICES.map((name) => `AWS_ENDPOINT_URL_${name}`)].map((name) => [name, url]),
    ),
    queueUrl: (name) => `${queueBase()}/${name}`,
    setPrincipals: (principals) => door.setPrincipals(principals),
    faults,
    meter,
    scale: parts.scale,
    sendRate: parts.sendRate,
    events: () => parts.eventLog.list(),
    mails: () => parts.mailbox.list(),
    get mailCount() {
      return parts.mailbox.count;
    },
    close: async () => {
      await moves.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      for (const backend of Object.values(backends)) backend.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
