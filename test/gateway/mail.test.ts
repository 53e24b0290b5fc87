import { readFileSync } from 'node:fs';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultOf, parseAddressList } from '../../infra/local/gateway/address.ts';
import { errorName, type LocalGateway, startLocalGateway } from './local-gateway.ts';

let local: LocalGateway;
const client = (accessKeyId = 'admin') => new SESClient(local.as(accessKeyId));

beforeAll(async () => {
  local = await startLocalGateway({
    now: () => new Date('2026-12-01T06:00:00Z'),
    bounce: (address) => address === 'gone@customer.example',
  });
  const identity = 'arn:aws:ses:us-east-1:000000000000:identity/northwind.example';
  const set = 'arn:aws:ses:us-east-1:000000000000:configuration-set/billing';
  const Condition = { StringEquals: { 'ses:FromAddress': 'billing@northwind.example' } };
  local.principal('mailer.1', [{ Effect: 'Allow', Action: 'ses:SendRawEmail', Resource: [identity, set], Condition }]);
  local.principal('setless.1', [{ Effect: 'Allow', Action: 'ses:SendRawEmail', Resource: identity }]);
});
afterAll(() => local?.stop());
beforeEach(() => {
  local.gateway.sendRate.perSecond = undefined;
});

const message = (
  to: string,
  { from = 'Northwind <billing@northwind.example>', subject = 'Your invoice', body = 'Hello' } = {},
) => Buffer.from(`From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\n${body}\r\n`);
const send = (to: string, options = {}, more = {}) =>
  new SendRawEmailCommand({ RawMessage: { Data: message(to, options) }, ...more });
const lastMail = () => local.gateway.mails().at(-1)!;

describe('an accepted mail', () => {
  it('is kept as it was sent, and listed for people to read', async () => {
    const data = message('"Ann, finance" <ann@customer.example>', {
      subject: '=?UTF-8?B?UmVjaG51bmcgZsO8ciBNw6Ryeg==?= =?UTF-8?Q?_2026?=',
    });
    const { MessageId } = await client().send(new SendRawEmailCommand({ RawMessage: { Data: data } }));
    expect(lastMail()).toMatchObject({
      id: MessageId,
      from: 'billing@northwind.example',
      to: ['ann@customer.example'],
      subject: 'Rechnung für März 2026',
      bounced: [],
    });
    expect(lastMail().file).toMatch(/2026-12-01T06-00-00-000Z-ann@customer\.example\.eml$/);
    expect(readFileSync(lastMail().file)).toEqual(data);
  });

  it('has a file of its own, also at the same time to the same address', async () => {
    await Promise.all(
      Array.from({ length: 5 }, (_, n) => client().send(send('bob@customer.example', { body: `mail ${n}` }))),
    );
    const files = local.gateway
      .mails()
      .filter(({ to }) => to[0] === 'bob@customer.example')
      .map(({ file }) => readFileSync(file, 'utf8').split('\r\n').at(-2));
    expect(files.sort()).toEqual(['mail 0', 'mail 1', 'mail 2', 'mail 3', 'mail 4']);
  });

  it('keeps an attachment of megabytes byte for byte', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024, 'a+/=&%').toString();
    await client().send(send('big@customer.example', { body }));
    expect(readFileSync(lastMail().file)).toEqual(message('big@customer.example', { body }));
  });

  it('goes to its destinations rather than to those its header names', async () => {
    await client().send(send('header@customer.example', {}, { Destinations: ['real@customer.example'] }));
    expect(lastMail().to).toEqual(['real@customer.example']);
  });

  it.each(['bounce-1@customer.example', 'ann@bounce.example', 'gone@customer.example'])(
    'to %s bounces later',
    async (address) => {
      await client().send(send(`ok@customer.example, ${address}`));
      expect(lastMail().bounced).toEqual([address]);
    },
  );
});

describe('SES refuses the whole message', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => `r${n}@customer.example`).join(', ');
  it.each([
    [
      'for one malformed address',
      () => send('ann@customer.example, not-an-address'),
      'InvalidParameterValue',
      "Missing final '@domain'",
    ],
    [
      'for a blank in an address',
      () => send('a b@customer.example'),
      'InvalidParameterValue',
      'Local address contains control or whitespace',
    ],
    ['for 51 recipients', () => send(many(51)), 'InvalidParameterValue', 'Recipient count exceeds 50'],
    ['without recipients', () => send(''), 'InvalidParameterValue', 'Recipient list is empty'],
    [
      'without sender',
      () => send('ann@customer.example', { from: '' }),
      'InvalidParameterValue',
      "Missing required header 'From'",
    ],
    [
      'from an unverified domain',
      () => send('ann@customer.example', { from: 'x@other.example' }),
      'MessageRejected',
      'Email address is not verified',
    ],
    [
      'above 10 MB',
      () => send('ann@customer.example', { body: 'x'.repeat(10 * 1024 * 1024) }),
      'InvalidParameterValue',
      'Message length',
    ],
    [
      'with an unknown configuration set',
      () => send('a@b.example', {}, { ConfigurationSetName: 'none' }),
      'ConfigurationSetDoesNotExistException',
      'does not exist',
    ],
  ])('%s', async (_, command, name, text) => {
    const before = local.gateway.mails().length;
    const error = await client()
      .send(command())
      .catch((caught: Error) => caught);
    expect(error).toMatchObject({ name, message: expect.stringContaining(text) });
    expect(local.gateway.mails()).toHaveLength(before);
  });

  it('takes 50 recipients', async () => {
    await client().send(send(many(50)));
    expect(lastMail().to).toHaveLength(50);
  });

  it('above the send rate, counted in recipients', async () => {
    local.gateway.sendRate.perSecond = 3;
    const names = await Promise.all(
      Array.from({ length: 10 }, () => errorName(client().send(send('a@customer.example, b@customer.example')))),
    );
    expect(names).toContain('Throttling');
    expect(names.filter((name) => name === 'none').length).toBeLessThanOrEqual(2);
  });
});

describe('a function sends only as its role grants', () => {
  it.each([
    ['mailer.1', {}, { ConfigurationSetName: 'billing' }, 'none'],
    ['mailer.1', { from: 'ceo@northwind.example' }, {}, 'AccessDenied'],
    ['setless.1', {}, {}, 'none'],
    ['setless.1', {}, { ConfigurationSetName: 'billing' }, 'AccessDenied'],
    ['stranger.1', {}, {}, 'InvalidClientTokenId'],
  ])('%s with %j %j: %s', async (accessKeyId, options, more, outcome) => {
    expect(await errorName(client(accessKeyId).send(send('ann@customer.example', options, more)))).toBe(outcome);
  });
});

describe('addresses', () => {
  it.each([
    ['a@b.example', ['a@b.example']],
    ['Ann <a@b.example>, "B, C" <c@d.example>', ['a@b.example', 'c@d.example']],
    ['a@b.example (one, two), c@d.example', ['a@b.example', 'c@d.example']],
    [' , a@b.example,', ['a@b.example']],
  ])('%s', (header, addresses) => {
    expect(parseAddressList(header)).toEqual(addresses);
  });

  it.each([
    ['ann.o+x@customer.example', undefined],
    ['plain', "Missing final '@domain'"],
    ['ann@', "Missing final '@domain'"],
    ['@customer.example', "User name is missing: '@customer.example'."],
    ['ann lee@customer.example', 'Local address contains control or whitespace'],
    ['ännchen@customer.example', 'Illegal address'],
    ['ann@.example', 'Domain starts with dot'],
    ['ann@customer..example', 'Domain contains dot-dot'],
    ['ann@custo mer.example', 'Domain contains control or whitespace'],
    ['ann@kundé.example', 'Domain contains illegal character'],
  ])('%s: %s', (address, fault) => {
    expect(faultOf(address)).toBe(fault);
  });
});
