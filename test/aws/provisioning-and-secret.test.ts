import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { createProvisioning } from '../../shared/aws/provisioning.ts';
import { createProcessorSecret } from '../../shared/aws/secret.ts';

const bus = mockClient(EventBridgeClient);
const secrets = mockClient(SecretsManagerClient);
beforeEach(() => {
  bus.reset();
  secrets.reset();
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

it('reads the processor’s secret once and keeps it', async () => {
  const value = { apiKey: 'sk_test_1', webhookSecret: 'whsec_1' };
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify(value) });
  const secret = createProcessorSecret({ arn: 'arn:secret' }, new SecretsManagerClient({ region: 'us-east-1' }));
  expect([await secret(), await secret()]).toEqual([value, value]);
  expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(1);
});

it.each([
  ['{"apiKey":"sk_live_hidden"}', 'webhookSecret'],
  ['sk_live_hidden', 'the whole'],
])('names the faulty field of the secret %s but never its value', async (SecretString, field) => {
  secrets.on(GetSecretValueCommand).resolves({ SecretString });
  const reading = createProcessorSecret({ arn: 'arn:secret' }, new SecretsManagerClient({ region: 'us-east-1' }))();
  const error = await reading.then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error).toMatchObject({ code: 'invalid_configuration', message: expect.stringContaining(field) });
  expect(error?.message).not.toContain('hidden');
});
