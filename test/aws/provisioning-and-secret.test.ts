import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import type { AwsHttp, AwsRequest } from '../../shared/aws/aws-http.ts';
import { createProvisioning } from '../../shared/aws/provisioning.ts';
import { createProcessorSecret } from '../../shared/aws/secret.ts';

const bus = mockClient(EventBridgeClient);
beforeEach(() => {
  bus.reset();
});

const EVENT = {
  eventId: 'acme#1#suspend',
  sellerId: 'northwind-gb',
  accountId: 'acme',
  action: 'suspend',
  number: 1,
} as const;

it('announces a change of services with an id that stays the same', async () => {
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  await createProvisioning({ eventBusName: 'billing' }, new EventBridgeClient({ region: 'us-east-1' })).announce(EVENT);
  const { action, ...detail } = EVENT;
  expect(bus.commandCalls(PutEventsCommand)[0]!.args[0].input.Entries).toEqual([
    {
      EventBusName: 'billing',
      Source: 'telecom-billing',
      DetailType: `services.${action}`,
      Detail: JSON.stringify(detail),
    },
  ]);
});

it('throws when the bus answers but did not take the event', async () => {
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
  const announcing = createProvisioning(
    { eventBusName: 'billing' },
    new EventBridgeClient({ region: 'us-east-1' }),
  ).announce(EVENT);
  await expect(announcing).rejects.toThrow('acme#1#suspend: InternalFailure');
});

/** Secrets Manager as it answers, and what it was asked. */
function secretsManager(...answers: readonly string[]) {
  const asked: AwsRequest[] = [];
  const http: AwsHttp = async (request) => {
    asked.push(request);
    const SecretString = answers[Math.min(asked.length, answers.length) - 1];
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify({ SecretString })) };
  };
  return { http, asked };
}

it('reads the processor’s secret once, keeps it for five minutes, and then knows a rotated one', async () => {
  const [old, rotated] = ['1', '2'].map((each) => ({ apiKey: `sk_test_${each}`, webhookSecret: `whsec_${each}` }));
  const { http, asked } = secretsManager(JSON.stringify(old), JSON.stringify(rotated));
  let now = 0;
  const secret = createProcessorSecret({ arn: 'arn:secret' }, http, () => now);
  expect([await secret(), await secret()]).toEqual([old, old]);
  now = 299_999;
  expect(await secret()).toEqual(old);
  expect(asked).toMatchObject([
    {
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
      body: '{"SecretId":"arn:secret"}',
    },
  ]);
  now = 300_000;
  expect(await secret()).toEqual(rotated);
});

it.each([
  ['{"apiKey":"sk_live_hidden"}', 'webhookSecret'],
  ['sk_live_hidden', 'the whole'],
])(
  'names the faulty field of the secret %s but never its value, and asks again the next time',
  async (faulty, field) => {
    const right = { apiKey: 'sk_test_1', webhookSecret: 'whsec_1' };
    const secret = createProcessorSecret({ arn: 'arn:secret' }, secretsManager(faulty, JSON.stringify(right)).http);
    const error = await secret().then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ code: 'invalid_configuration', message: expect.stringContaining(field) });
    expect(error?.message).not.toContain('hidden');
    expect(await secret()).toEqual(right);
  },
);
