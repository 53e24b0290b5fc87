import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assembly, LOCAL_ACCOUNT, readAssembly, resolveResources } from './assembly.ts';
import type { AsyncInvoker } from './async-invoke.ts';
import { type Backends, startBackends } from './backends.ts';
import { modelOf } from './build-model.ts';
import { createClock } from './clock.ts';
import { type Closers, createClosers } from './closers.ts';
import type { EventRules } from './event-rules.ts';
import type { FunctionsHost } from './functions-host.ts';
import type { Gateway } from './gateway/gateway.ts';
import { checkServiceGrants } from './grants.ts';
import { createLogBook } from './logs.ts';
import type { StackModel } from './model.ts';
import type { Notifications } from './notifications.ts';
import { claimPort } from './ports.ts';
import { createSchedules } from './schedules.ts';
import { fauxqsDepths, settle, type Work } from './settle.ts';
import type { LocalStack, StackOptions } from './stack-options.ts';
import {
  type Boot,
  wireApi,
  wireEventRules,
  wireEventSources,
  wireFunctions,
  wireGateway,
  wireInvoker,
  wireNotifications,
  wireWebhooks,
} from './stack-wiring.ts';
import type { StreamSource } from './stream-source.ts';
import { wireStreams } from './wire-streams.ts';

/**
 * Boots what CDK synthesized. Throws when the template has anything that would not be honoured, or sentences for a
 * person when Java is missing or a port is taken; nothing is left running then.
 */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const closers = createClosers();
  try {
    return await boot(options, closers);
  } catch (error) {
    await closers.closeAll().catch(() => {});
    throw error;
  }
}

async function boot(options: StackOptions, closers: Closers): Promise<LocalStack> {
  const assembly = readAssembly(options.assemblyDir);
  const gatewayPort = await claimPort('The local AWS endpoint');
  const model = resolvedModel(assembly, gatewayPort);
  const { region } = assembly;
  const directory = options.dataDir ?? options.outDir ?? temporaryDirectory(closers);
  const logs = closers.add(createLogBook(join(directory, 'logs')), (each) => each.close());
  const clock = createClock(options.now);
  const shared: Boot = { options, model, region, clock, logs, closers, directory, gatewayPort };
  const backends = await startBackends({ model, region, clock, closers, directory, dataDir: options.dataDir });

  const host = wireFunctions(shared, backends, (accessKeyId) => gateway.faults.begin(accessKeyId));
  const notifications = wireNotifications(shared, backends);
  const eventRules = wireEventRules(shared, backends);
  const gateway = await wireGateway(shared, backends, host, { notifications, eventRules });
  const invoker = wireInvoker(shared);
  wireEventSources(shared, host);
  const streams = wireStreams(shared, host);
  const apiUrl = await wireApi(shared, backends, host);
  wireWebhooks(shared, backends, apiUrl);
  return started(shared, { backends, host, notifications, eventRules, gateway, invoker, streams, apiUrl });
}

function resolvedModel(assembly: Assembly, gatewayPort: number): StackModel {
  const queueEndpoint = `http://127.0.0.1:${gatewayPort}`;
  const resources = resolveResources(assembly, { region: assembly.region, accountId: LOCAL_ACCOUNT, queueEndpoint });
  const model = modelOf(assembly, resources);
  checkServiceGrants(model);
  return model;
}

function temporaryDirectory(closers: Closers): string {
  const directory = mkdtempSync(join(tmpdir(), 'telecom-billing-'));
  return closers.add(directory, () => rmSync(directory, { recursive: true, force: true }));
}

interface Parts {
  readonly backends: Backends;
  readonly host: FunctionsHost;
  readonly notifications: Notifications;
  readonly eventRules: EventRules;
  readonly gateway: Gateway;
  readonly invoker: AsyncInvoker;
  readonly streams: readonly StreamSource[];
  readonly apiUrl: string | undefined;
}

function started({ model, clock, logs, closers, directory }: Boot, parts: Parts): LocalStack {
  const { backends, host, gateway, invoker, apiUrl } = parts;
  const schedules = closers.add(
    createSchedules({ schedules: model.schedules, functionOf: host.byArn, invoker, clock }),
    (each) => each.stop(),
  );
  const work = workOf(model, parts);
  const settled: LocalStack['settle'] = (how) => settle(work, how);
  return {
    model,
    apiUrl,
    gateway,
    processor: backends.processor,
    clock,
    logs,
    directory,
    scheduleNames: schedules.names,
    fire: schedules.fire,
    runSchedules: schedules.run,
    advanceTo: (instant, how) => schedules.advanceTo(instant, { ...how, settled }),
    invoke: (name, event) => host.byName(name).invoke(event),
    settle: settled,
    depths: () => fauxqsDepths(backends.queuesAndObjects),
    async token(bearer, expiresInSeconds) {
      if (!backends.identity) throw new Error('The template demands no tokens');
      return backends.identity.token(bearer, expiresInSeconds);
    },
    metrics: () => Object.fromEntries(host.functions.map((each) => [each.spec.name, each.metrics()])),
    tablesCpuMs: () => backends.dynamoDb.cpuMs(),
    kill: (accessKeyId) => host.kill(accessKeyId),
    cool: async () => {
      await Promise.all(host.functions.map((each) => each.cool()));
    },
    stop: () => closers.closeAll(),
  };
}

/** What there is to be done: in functions, on its way to them, and in the queues and streams that feed them. */
function workOf({ mappings }: StackModel, parts: Parts): Work {
  const { backends, host, notifications, eventRules, invoker, streams } = parts;
  const fed = new Set(mappings.map(({ queueArn }) => queueArn.split(':').at(-1)));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  return {
    running: () => {
      // What fell due at the processor as the clock moved is news of its own.
      backends.processor.settle();
      const events = notifications.pending() + eventRules.pending();
      const underWay = invoker.pending() + events + backends.processor.webhooks.pending();
      return underWay + sum(host.functions.map((each) => each.busy()));
    },
    begun: () => sum(host.functions.map((each) => each.begun())),
    depths: async () => {
      const queues = (await fauxqsDepths(backends.queuesAndObjects)).filter(({ queue }) => fed.has(queue));
      const pending = await Promise.all(streams.map((each) => each.pending()));
      const streamed = { queue: 'streams', visible: sum(pending), inFlight: 0, delayed: 0 };
      return pending.length === 0 ? queues : [...queues, streamed];
    },
  };
}
