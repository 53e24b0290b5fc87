import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL_ACCOUNT } from './assembly.ts';
import { type AsyncInvoker, createAsyncInvoker, LAMBDA_RETRY_DELAYS_MS } from './async-invoke.ts';
import { createAwsJsonClient } from './aws-json.ts';
import type { Backends } from './backends.ts';
import type { LocalClock } from './clock.ts';
import type { Closers } from './closers.ts';
import { createEventRules, type EventRules } from './event-rules.ts';
import { type EventSource, startEventSource } from './event-sources.ts';
import { createFunctionsHost, type FunctionsHost, pollerKey } from './functions-host.ts';
import { ADMIN_KEY } from './gateway/authorize.ts';
import { type Gateway, startGateway } from './gateway/gateway.ts';
import { startHttpApi } from './http-api.ts';
import { createAuthorizer } from './http-authorizer.ts';
import type { LogBook } from './logs.ts';
import type { StackModel } from './model.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { createSqsClient, type SqsClient } from './sqs-client.ts';
import type { StackOptions } from './stack-options.ts';

/** What the parts of a starting stack share. */
export interface Boot {
  readonly options: StackOptions;
  readonly model: StackModel;
  readonly region: string;
  readonly clock: LocalClock;
  readonly logs: LogBook;
  readonly closers: Closers;
  readonly directory: string;
  /** Where every AWS client of the functions is led. */
  readonly gatewayPort: number;
}

const DEFAULT_PROCESSES = 2;
/** How long running invocations may take to end when the stack stops. */
const GRACE_MS = 5_000;
/** What the processor's secret holds here; the local processor takes any test key. */
const WEBHOOK_SECRET = 'whsec_local';
const PROCESSOR_SECRET = JSON.stringify({ apiKey: 'sk_test_local', webhookSecret: WEBHOOK_SECRET });
/** Where the template takes the processor's webhooks, when it takes any. */
const WEBHOOK_ROUTE = 'POST /webhooks/processor';

export const gatewayUrl = ({ gatewayPort }: Boot): string => `http://127.0.0.1:${gatewayPort}`;
const dateOf = (clock: LocalClock) => () => new Date(clock.millis());

/** The functions, none of them started yet. `onInvocation` is told the access key of each process before it works. */
export function wireFunctions(
  boot: Boot,
  { processor, vies }: Backends,
  onInvocation: (accessKeyId: string) => void,
): FunctionsHost {
  const { options, model, region, clock, logs } = boot;
  return createFunctionsHost({
    model,
    region,
    awsEndpoint: gatewayUrl(boot),
    environment: { STRIPE_API_BASE: processor.url, VIES_API_BASE: vies.url, ...options.environment },
    clock,
    logs,
    processesPerFunction: options.processesPerFunction ?? DEFAULT_PROCESSES,
    changeRole: options.changeRole ?? ((_name, statements) => statements),
    onInvocation,
  });
}

/** What tells queues of new objects. */
export function wireNotifications(boot: Boot, backends: Backends): Notifications {
  const { model, region, clock, logs } = boot;
  const sqs = sqsAs(ADMIN_KEY, backends.queuesAndObjects, boot);
  return createNotifications({
    buckets: model.buckets,
    region,
    now: dateOf(clock),
    logs,
    send: (queueArn, body) => sqs.send(queueUrl(queueArn, model), body),
  });
}

/** What brings events to queues. */
export function wireEventRules(boot: Boot, backends: Backends): EventRules {
  const { model, logs } = boot;
  const sqs = sqsAs(ADMIN_KEY, backends.queuesAndObjects, boot);
  return createEventRules({
    rules: model.rules,
    logs,
    send: (queueArn, body) => sqs.send(queueUrl(queueArn, model), body),
  });
}

export async function wireGateway(
  { options, model, region, clock, directory, gatewayPort, closers }: Boot,
  backends: Backends,
  host: FunctionsHost,
  { notifications, eventRules }: { readonly notifications: Notifications; readonly eventRules: EventRules },
): Promise<Gateway> {
  const gateway = await startGateway({
    port: gatewayPort,
    region,
    accountId: LOCAL_ACCOUNT,
    principals: host.principals,
    backends: { dynamodb: backends.dynamoDb.endpoint, sqs: backends.queuesAndObjects, s3: backends.queuesAndObjects },
    mailDir: join(directory, 'mail'),
    mailIdentities: model.mailIdentities,
    mailConfigurationSets: model.mailConfigurationSets,
    bounce: options.bounce,
    secrets: secretsOf(model),
    eventBuses: model.eventBuses,
    encryption: model.encryption,
    locks: Object.fromEntries(model.buckets.flatMap(({ name, lock }) => (lock ? [[name, lock]] : []))),
    onObjectCreated: (object) => notifications.objectCreated(object),
    onEvent: (busArn, event) => eventRules.put(busArn.slice(busArn.lastIndexOf('/') + 1), event),
    kill: (accessKeyId) => host.kill(accessKeyId),
    now: dateOf(clock),
  });
  return closers.add(gateway, (each) => each.close());
}

/** What invokes functions for schedules. */
export function wireInvoker(boot: Boot): AsyncInvoker {
  const { options, model, logs, closers } = boot;
  const invoker = createAsyncInvoker({
    retryDelaysMs: options.eventRetryDelaysMs ?? LAMBDA_RETRY_DELAYS_MS,
    logs,
    toDeadLetters: async ({ spec }, event, attributes) => {
      const arn = model.functions.find(({ name }) => name === spec.name)?.deadLetterArn;
      if (arn) await sqsAs(pollerKey(spec.name), gatewayUrl(boot), boot).send(queueUrl(arn, model), event, attributes);
    },
  });
  return closers.add(invoker, (each) => each.stop());
}

/** Starts to feed functions from their queues. */
export function wireEventSources(boot: Boot, host: FunctionsHost): void {
  const { options, model, logs, closers } = boot;
  const sources = model.mappings.map((mapping) => {
    const target = host.byArn(mapping.functionArn);
    const sqs = sqsAs(pollerKey(target.spec.name), gatewayUrl(boot), boot);
    const url = queueUrl(mapping.queueArn, model);
    return startEventSource({ mapping, queueUrl: url, target, sqs, logs, disturbance: options.disturbance });
  });
  closers.add(sources, (each) => endWork(each, host));
}

/** Serves the template's HTTP API; undefined when it has none. */
export async function wireApi(boot: Boot, { identity }: Backends, host: FunctionsHost): Promise<string | undefined> {
  const { options, model, clock, closers } = boot;
  if (!model.api) return undefined;
  const authorizers = new Map(
    [...model.api.authorizers].map(([id, authorizer]) => [id, createAuthorizer(authorizer, identity?.jwksUrl ?? '')]),
  );
  const api = await startHttpApi({
    model: model.api,
    functionOf: host.byArn,
    authorizers,
    accountId: LOCAL_ACCOUNT,
    port: options.port,
    now: dateOf(clock),
  });
  return closers.add(api, (each) => each.stop()).url;
}

/** Has the processor tell the API what changed, as the endpoint that is registered on AWS. */
export function wireWebhooks({ model }: Boot, { processor }: Backends, apiUrl: string | undefined): void {
  const taken = model.api?.routes.some(({ routeKey }) => routeKey === WEBHOOK_ROUTE);
  if (taken) processor.webhooks.deliverTo(`${apiUrl}${WEBHOOK_ROUTE.replace('POST ', '')}`, WEBHOOK_SECRET);
}

/** A client of SQS in somebody's name; it is closed with the stack. */
export function sqsAs(accessKeyId: string, endpoint: string, { region, closers }: Boot): SqsClient {
  const client = createAwsJsonClient({ endpoint, service: 'sqs', region, accessKeyId });
  return createSqsClient(closers.add(client, (each) => each.close()));
}

/** Throws when the template has no such queue. */
export function queueUrl(arn: string, { queues }: StackModel): string {
  const queue = queues.find((each) => each.arn === arn);
  if (!queue) throw new Error(`The template has no queue ${arn}`);
  return queue.url;
}

/** The values of the secrets that functions are told of. */
function secretsOf({ functions }: StackModel): Record<string, string> {
  const arns = functions.flatMap(({ environment }) => environment.PROCESSOR_SECRET_ARN ?? []);
  return Object.fromEntries(arns.map((arn) => [arn, PROCESSOR_SECRET]));
}

/** How long what runs may take to end. */
export const grace = () => sleep(GRACE_MS, undefined, { ref: false });

/** Lets what runs end, but not for long. */
async function endWork(sources: readonly EventSource[], host: FunctionsHost): Promise<void> {
  const ended = Promise.all(sources.map((source) => source.stop()));
  await Promise.race([ended, grace()]);
  await host.stop();
  await ended;
}
