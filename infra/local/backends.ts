import { join } from 'node:path';
import { createAwsJsonClient } from './aws-json.ts';
import type { LocalClock } from './clock.ts';
import type { Closers } from './closers.ts';
import { startDynamoDb } from './dynamodb.ts';
import { startFauxqs } from './fauxqs.ts';
import { ADMIN_KEY } from './gateway/authorize.ts';
import { type IdentityServer, startIdentity } from './identity.ts';
import type { StackModel } from './model.ts';
import { type Processor, startProcessor } from './processor/processor.ts';
import { provisionBuckets, provisionQueues, provisionTables } from './provision.ts';
import { startVies, type Vies } from './vies/vies.ts';

export interface BackendsOptions {
  readonly model: StackModel;
  readonly region: string;
  readonly clock: LocalClock;
  /** Where objects are kept as files, so that people can look at them. */
  readonly directory: string;
  /** Where all other state is kept; in memory when absent. */
  readonly dataDir?: string;
  readonly closers: Closers;
}

interface Tables {
  readonly endpoint: string;
  /** Processor time that they took so far, in milliseconds; undefined where that cannot be known. */
  cpuMs(): number | undefined;
}

/** What stands behind the gateway and beside it, with everything in it that the template asks for. */
export interface Backends {
  readonly dynamoDb: Tables;
  readonly queuesAndObjects: string;
  readonly processor: Processor;
  readonly vies: Vies;
  /** Absent when nothing demands tokens. */
  readonly identity?: IdentityServer;
}

/** A template without tables needs no database, and no Java. Nobody listens there. */
const NO_DATABASE: Tables = { endpoint: 'http://127.0.0.1:9', cpuMs: () => 0 };

/** Starts all of them side by side. What was started is in `closers`, even when this throws. */
export async function startBackends(options: BackendsOptions): Promise<Backends> {
  const { clock, closers, dataDir } = options;
  const processorDir = dataDir && join(dataDir, 'processor');
  const started = await Promise.allSettled([
    startTables(options),
    startQueuesAndBuckets(options),
    startIdentityFor(options),
    startProcessor({ now: () => new Date(clock.millis()), ...(processorDir && { dataDir: processorDir }) }).then(
      (processor) => closers.add(processor, (each) => each.stop()),
    ),
    startVies({ now: () => new Date(clock.millis()) }).then((vies) => closers.add(vies, (each) => each.stop())),
  ]);
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const [dynamoDb, queuesAndObjects, identity, processor, vies] = started.map((result) =>
    result.status === 'fulfilled' ? result.value : undefined,
  ) as [Tables, string, IdentityServer | undefined, Processor, Vies];
  return { dynamoDb, queuesAndObjects, identity, processor, vies };
}

async function startTables({ model, region, dataDir, closers }: BackendsOptions): Promise<Tables> {
  if (model.tables.length === 0) return NO_DATABASE;
  const tables = closers.add(await startDynamoDb(dataDir ? { dataDir: join(dataDir, 'table') } : {}), (each) =>
    each.stop(),
  );
  const client = createAwsJsonClient({
    endpoint: tables.endpoint,
    service: 'dynamodb',
    region,
    accessKeyId: ADMIN_KEY,
  });
  await provisionTables(model.tables, client);
  client.close();
  return tables;
}

async function startQueuesAndBuckets({ model, region, directory, dataDir, closers }: BackendsOptions): Promise<string> {
  const { endpoint } = closers.add(
    await startFauxqs({ ...(dataDir && { dataDir: join(dataDir, 'queues') }), objectsDir: join(directory, 'objects') }),
    (each) => each.stop(),
  );
  const client = createAwsJsonClient({ endpoint, service: 'sqs', region, accessKeyId: ADMIN_KEY });
  await provisionQueues(model.queues, client);
  await provisionBuckets(model.buckets, endpoint);
  client.close();
  return endpoint;
}

/** One issuer for all authorizers: the local stack has one user pool. */
async function startIdentityFor({ model, closers }: BackendsOptions): Promise<IdentityServer | undefined> {
  const [authorizer] = model.api?.authorizers.values() ?? [];
  if (!authorizer) return undefined;
  const [audience = ''] = authorizer.audience;
  return closers.add(await startIdentity({ issuer: authorizer.issuer, audience }), (each) => each.stop());
}
