import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFauxqs } from '../../infra/local/fauxqs.ts';
import type { Principal } from '../../infra/local/gateway/authorize.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../infra/local/gateway/gateway.ts';
import type { PolicyStatement } from '../../infra/local/gateway/iam.ts';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** A gateway in front of a fauxqs of its own, and, where one is given, a DynamoDB. */
export interface LocalGateway {
  readonly gateway: Gateway;
  /** Gives a function these statements, and the access key under which it calls. */
  principal(accessKeyId: string, statements: readonly PolicyStatement[], secretAccessKey?: string): void;
  /** What an SDK client needs to call as `accessKeyId`, without retries, so that every call is one call. */
  as(accessKeyId: string): {
    endpoint: string;
    region: string;
    maxAttempts: number;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  stop(): Promise<void>;
}

export async function startLocalGateway(
  options: Partial<GatewayOptions> & { dynamodb?: string } = {},
): Promise<LocalGateway> {
  const fauxqs = await startFauxqs();
  const principals = new Map<string, Principal>();
  const gateway = await startGateway({
    region: REGION,
    accountId: ACCOUNT,
    principals,
    backends: { dynamodb: options.dynamodb ?? 'http://127.0.0.1:9', sqs: fauxqs.endpoint, s3: fauxqs.endpoint },
    mailDir: mkdtempSync(join(tmpdir(), 'mails-')),
    mailIdentities: ['northwind.example'],
    mailConfigurationSets: [{ name: 'billing', suppressedReasons: [], publishes: [] }],
    secrets: {},
    eventBuses: ['billing'],
    now: () => new Date(),
    ...options,
  });
  return {
    gateway,
    principal: (accessKeyId, statements, secretAccessKey) =>
      void principals.set(accessKeyId, {
        functionName: accessKeyId.split('.')[0]!,
        statements,
        ...(secretAccessKey && { secretAccessKey }),
      }),
    as: (accessKeyId) => ({
      endpoint: gateway.url,
      region: REGION,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: 'secret' },
    }),
    stop: async () => {
      await gateway.close();
      await fauxqs.stop();
    },
  };
}

/** The name of the error a call ends with; `none` when it succeeds. */
export async function errorName(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
