import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventRules } from '../../infra/local/event-rules.ts';
import type { BusEvent } from '../../infra/local/gateway/ses-events.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createSuppressionList } from '../../shared/aws/suppression-list.ts';
import { errorName, type LocalGateway, REGION, startLocalGateway } from './local-gateway.ts';

let local: LocalGateway;
const published: { busArn: string; event: BusEvent }[] = [];
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/default';

beforeAll(async () => {
  local = await startLocalGateway({
    now: () => new Date('2026-12-01T06:00:00.123Z'),
    mailConfigurationSets: [
      {
        name: 'telling',
        suppressedReasons: ['BOUNCE', 'COMPLAINT'],
        publishes: [{ busArn: BUS, events: ['bounce', 'complaint', 'delivery'] }],
      },
      { name: 'half', suppressedReasons: [], publishes: [{ busArn: BUS, events: ['complaint'] }] },
      { name: 'silent', suppressedReasons: [], publishes: [] },
    ],
    onEvent: (busArn, event) => void published.push({ busArn, event }),
  });
});
afterAll(() => local?.stop());

async function send(to: string, set = 'telling', tags: Record<string, string> = { account: 'acme' }) {
  const from = published.length;
  const Data = Buffer.from(`From: billing@northwind.example\r\nTo: ${to}\r\nSubject: Your invoice\r\n\r\nHello\r\n`);
  const { MessageId } = await new SESClient(local.as('admin')).send(
    new SendRawEmailCommand({
      RawMessage: { Data },
      Destinations: [to],
      ConfigurationSetName: set,
      Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  return { messageId: MessageId, events: published.slice(from) };
}
// biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect in an event.
const detailOf = ({ event }: { event: BusEvent }): any => event.detail;

describe('SES tells its event bus what became of a mail', () => {
  it('with the mail, its tags and its one destination in the envelope of EventBridge', async () => {
    const { messageId, events } = await send('ann@customer.example', 'telling', {
      account: 'acme',
      about: '2026-12_23cycle',
    });
    expect(events).toEqual([
      {
        busArn: BUS,
        event: expect.objectContaining({
          ...{ version: '0', source: 'aws.ses', 'detail-type': 'Email Delivered', time: '2026-12-01T06:00:00Z' },
          ...{ account: '000000000000', region: REGION },
          resources: ['arn:aws:ses:us-east-1:000000000000:configuration-set/telling'],
        }),
      },
    ]);
    expect(detailOf(events[0]!)).toMatchObject({
      eventType: 'Delivery',
      mail: {
        ...{ messageId, timestamp: '2026-12-01T06:00:00.123Z', source: 'billing@northwind.example' },
        destination: ['ann@customer.example'],
        tags: { 'ses:configuration-set': ['telling'], account: ['acme'], about: ['2026-12_23cycle'] },
        headers: expect.arrayContaining([{ name: 'subject', value: 'Your invoice' }]),
      },
      delivery: { recipients: ['ann@customer.example'] },
    });
  });

  it.each([
    ['bounce-a@customer.example', ['Bounce Permanent/General']],
    ['mailbox-full-a@customer.example', ['Bounce Transient/MailboxFull']],
    ['complaint-a@customer.example', ['Delivery', 'Complaint abuse']],
    ['ooto-a@customer.example', ['Delivery', 'Bounce Transient/General']],
    ['suppressionlist-a@customer.example', ['Bounce Permanent/OnAccountSuppressionList']],
  ])('%s: %j', async (to, told) => {
    const { events } = await send(to);
    const said = events.map(detailOf).map(({ eventType, bounce, complaint }) => {
      if (bounce) return `${eventType} ${bounce.bounceType}/${bounce.bounceSubType}`;
      return complaint ? `${eventType} ${complaint.complaintFeedbackType}` : eventType;
    });
    expect(said).toEqual(told);
  });

  it('only what the configuration set wants to know', async () => {
    expect((await send('complaint-b@customer.example', 'half')).events.map(detailOf)).toMatchObject([
      { eventType: 'Complaint' },
    ]);
    expect((await send('bounce-b@customer.example', 'silent')).events).toEqual([]);
  });

  it('and takes no tag with other signs than letters, digits, hyphen and underscore', async () => {
    expect(await errorName(send('ann@customer.example', 'telling', { about: '2026-12#cycle' }))).toBe(
      'InvalidParameterValue',
    );
    expect(await errorName(send('ann@customer.example', 'telling', { about: 'x'.repeat(257) }))).toBe(
      'InvalidParameterValue',
    );
  });
});

describe('the suppression list', () => {
  const lift = (accessKeyId: string, address: string) => {
    const { endpoint, region, credentials } = local.as(accessKeyId);
    return createSuppressionList(awsHttp('ses', { endpoint, region, credentials })).lift(address);
  };
  const subTypes = async (to: string, set?: string) =>
    (await send(to, set)).events.map(detailOf).map(({ bounce }) => bounce?.bounceSubType);

  it('takes up who bounced, so that the next mail is not even tried, until it is taken off', async () => {
    expect(await subTypes('bounce-c@customer.example')).toEqual(['General']);
    expect(await subTypes('Bounce-C@customer.example')).toEqual(['OnAccountSuppressionList']);
    await lift('admin', 'bounce-c@customer.example');
    expect(await subTypes('bounce-c@customer.example')).toEqual(['General']);
  });

  it('is none the worse for an address that is not on it', async () => {
    await expect(lift('admin', 'nobody@customer.example')).resolves.toBeUndefined();
  });

  it('is left alone by who has no grant for it', async () => {
    local.principal('mailer.1', [{ Effect: 'Allow', Action: 'ses:SendRawEmail', Resource: '*' }]);
    local.principal('lifter.1', [{ Effect: 'Allow', Action: 'ses:DeleteSuppressedDestination', Resource: '*' }]);
    await expect(lift('mailer.1', 'bounce-c@customer.example')).rejects.toThrow('status 403');
    await expect(lift('lifter.1', 'bounce-c@customer.example')).resolves.toBeUndefined();
  });

  it('takes up nobody for a configuration set that wants none', async () => {
    expect(await subTypes('bounce-d@customer.example', 'silent')).toEqual([]);
    expect(await subTypes('bounce-d@customer.example')).toEqual(['General']);
  });
});

describe('a rule', () => {
  const pattern = { source: ['aws.ses'], detail: { mail: { tags: { 'ses:configuration-set': ['telling'] } } } };
  const rule = { arn: 'arn:rule', bus: 'default', pattern, queueArns: ['arn:queue'], deadLetterArns: [] };

  it('brings the events that fit its pattern to its queue, a list fitting with any of its values', async () => {
    const { event } = (await send('ann@customer.example')).events[0]!;
    const { event: other } = (await send('complaint-e@customer.example', 'half')).events[0]!;
    const bodies: [string, string][] = [];
    const send_ = async (queueArn: string, body: string) => void bodies.push([queueArn, body]);
    const logs = { write: () => {} } as never;
    const rules = createEventRules({ rules: [rule], logs, send: send_ });
    rules.put('default', event);
    rules.put('default', other);
    rules.put('billing', event);
    expect(bodies).toEqual([['arn:queue', JSON.stringify(event)]]);
  });

  it('is refused when its pattern has anything that is not known here', () => {
    const strange = { ...rule, pattern: { source: [{ wildcard: 'aws.*' }] } };
    const make = () => createEventRules({ rules: [strange], logs: {} as never, send: async () => {} });
    expect(make).toThrow('not known here');
  });

  it('sees what functions put on a bus, too', async () => {
    const from = published.length;
    const Detail = JSON.stringify({ eventId: 'e-1' });
    const Entries = [{ Source: 'telecom', DetailType: 'services.suspend', Detail, EventBusName: 'billing' }];
    await new EventBridgeClient(local.as('admin')).send(new PutEventsCommand({ Entries }));
    expect(published.slice(from)).toMatchObject([
      { busArn: BUS.replace('default', 'billing'), event: { source: 'telecom', detail: { eventId: 'e-1' } } },
    ]);
  });
});
