import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorName, type LocalGateway, startLocalGateway } from './local-gateway.ts';

const prefix = 'arn:aws:secretsmanager:us-east-1:000000000000:secret';
const now = new Date('2026-12-01T00:00:00Z');
let local: LocalGateway;

beforeAll(async () => {
  local = await startLocalGateway({
    now: () => now,
    secrets: { 'telecom/processor': '{"apiKey":"k"}', [`${prefix}:made-by-stack-local1`]: 'x' },
  });
  local.principal('provisioner.1', [
    {
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: 'arn:aws:events:us-east-1:000000000000:event-bus/billing',
    },
  ]);
  local.principal('collector.1', [
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      Resource: `${prefix}:telecom/processor-??????`,
    },
  ]);
});
afterAll(() => local?.stop());

describe('events', () => {
  const client = (accessKeyId: string) => new EventBridgeClient(local.as(accessKeyId));
  const Detail = JSON.stringify({ accountId: 'a-1' });
  const entry = { EventBusName: 'billing', Source: 'telecom-billing', DetailType: 'services.suspend', Detail };

  it('are recorded with an id', async () => {
    const { Entries, FailedEntryCount } = await client('provisioner.1').send(
      new PutEventsCommand({ Entries: [entry] }),
    );
    expect(FailedEntryCount).toBe(0);
    expect(local.gateway.events()).toEqual([
      {
        id: Entries?.[0]?.EventId,
        bus: 'billing',
        source: 'telecom-billing',
        detailType: 'services.suspend',
        detail: { accountId: 'a-1' },
        at: now,
      },
    ]);
  });

  it('fail one by one', async () => {
    const Entries = [{ ...entry, Detail: 'not json' }, { ...entry, EventBusName: 'missing' }, entry];
    const reply = await client('admin').send(new PutEventsCommand({ Entries }));
    expect(reply.FailedEntryCount).toBe(2);
    expect(reply.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'InvalidArgument',
      'ResourceNotFoundException',
      undefined,
    ]);
  });

  it('go only to a bus that the role grants', async () => {
    const Entries = [entry, { ...entry, EventBusName: 'default' }];
    expect(await errorName(client('provisioner.1').send(new PutEventsCommand({ Entries })))).toBe(
      'AccessDeniedException',
    );
    expect(await errorName(client('collector.1').send(new PutEventsCommand({ Entries: [entry] })))).toBe(
      'AccessDeniedException',
    );
  });
});

describe('secrets', () => {
  const read = (accessKeyId: string, SecretId: string) =>
    new SecretsManagerClient(local.as(accessKeyId)).send(new GetSecretValueCommand({ SecretId }));

  it.each(['telecom/processor', `${prefix}:telecom/processor`, `${prefix}:telecom/processor-local0`])(
    'are found as %s',
    async (id) => {
      expect((await read('collector.1', id)).SecretString).toBe('{"apiKey":"k"}');
    },
  );

  it('are found by the ARN under which the stack knows them', async () => {
    expect((await read('admin', `${prefix}:made-by-stack-local1`)).SecretString).toBe('x');
    expect((await read('admin', 'made-by-stack')).SecretString).toBe('x');
  });

  it.each([
    ['provisioner.1', 'telecom/processor', 'AccessDeniedException'],
    ['collector.1', 'made-by-stack', 'AccessDeniedException'],
    ['admin', 'none', 'ResourceNotFoundException'],
  ])('%s reading %s: %s', async (accessKeyId, id, outcome) => {
    expect(await errorName(read(accessKeyId, id))).toBe(outcome);
  });
});

describe('what the gateway does not speak', () => {
  it('is refused by name, for no call may leave the machine unnoticed', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=admin/20261201/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0';
    const response = await fetch(local.gateway.url, { method: 'POST', headers: { authorization }, body: '' });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain('does not speak sns');
  });

  it('leads every SDK here', () => {
    expect(new Set(Object.values(local.gateway.endpoints))).toEqual(new Set([local.gateway.url]));
    expect(Object.keys(local.gateway.endpoints)).toContain('AWS_ENDPOINT_URL');
  });
});
