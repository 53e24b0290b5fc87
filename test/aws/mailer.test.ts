import { SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { createMailer } from '../../shared/aws/mailer.ts';

const ses = mockClient(SESClient);
const mailer = createMailer({ configurationSet: 'billing' }, new SESClient({ region: 'us-east-1' }));
const ANNA = 'anna@acme.example';
const MAIL = {
  from: { name: 'Northwind Telecom', address: 'billing@northwind.example' },
  subject: 'Invoice NTUK-202612A-000001 – 120.00 £',
  text: 'Your invoice is attached.',
  html: '<p>Your invoice is attached.</p>',
  attachments: [{ fileName: 'NTUK-202612A-000001.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }],
};

const send = async (to: string = ANNA) => (await mailer.compose(MAIL)).sendTo(to);

const fails = (name: string, message: string, $fault: 'client' | 'server' = 'client') =>
  ses.on(SendRawEmailCommand).rejects(new SESServiceException({ name, message, $fault, $metadata: {} }));

beforeEach(() => ses.reset());

it('sends one MIME message with text, HTML and the PDF to one recipient', async () => {
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'm-1' });
  expect(await send()).toEqual({ kind: 'sent', messageId: 'm-1' });
  const { RawMessage, ...sent } = ses.commandCalls(SendRawEmailCommand)[0]!.args[0].input;
  expect(sent).toEqual({
    Source: 'billing@northwind.example',
    Destinations: ['anna@acme.example'],
    ConfigurationSetName: 'billing',
  });
  const raw = Buffer.from(RawMessage!.Data!).toString();
  expect(raw).toContain('From: Northwind Telecom <billing@northwind.example>');
  expect(raw).toContain('To: anna@acme.example');
  expect(raw).toContain('Content-Type: application/pdf; name=NTUK-202612A-000001.pdf');
  expect(raw).toContain(Buffer.from('%PDF-1.7').toString('base64'));
  expect(raw).toContain('multipart/alternative');
});

it('composes once for all who get it; only the recipient differs', async () => {
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'm-1' });
  const composed = await mailer.compose(MAIL);
  await Promise.all([ANNA, 'ben@büro.example'].map((address) => composed.sendTo(address)));
  const [anna = '', ben = ''] = ses
    .commandCalls(SendRawEmailCommand)
    .map(({ args }) => Buffer.from(args[0].input.RawMessage!.Data!).toString());
  expect(anna.match(/^To: .*$/gm)).toEqual(['To: anna@acme.example']);
  expect(ben.match(/^To: .*$/gm)).toEqual(['To: ben@xn--bro-hoa.example']);
  expect(ben).toBe(anna.replace(ANNA, 'ben@xn--bro-hoa.example'));
});

it.each([
  ['anna@acme.example, ben@other.example', 1],
  ['Anna@BÜRO.example', 1],
])('never makes two recipients of the address "%s"', async (to, most) => {
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'm-1' });
  await send(to);
  const calls = ses.commandCalls(SendRawEmailCommand);
  expect(calls.flatMap(({ args }) => args[0].input.Destinations ?? []).length).toBeLessThanOrEqual(most);
});

it('encodes a domain outside ASCII for SMTP', async () => {
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'm-1' });
  await send('anna@büro.example');
  expect(ses.commandCalls(SendRawEmailCommand)[0]!.args[0].input.Destinations).toEqual(['anna@xn--bro-hoa.example']);
});

it.each([
  ['MessageRejected', 'Address blacklisted.'],
  ['InvalidParameterValue', "Missing final '@domain'"],
  ['InvalidParameterValue', 'Local address contains control or whitespace'],
  ['InvalidParameterValue', 'Domain contains illegal character'],
])('reports a rejected address for %s: %s', async (name, message) => {
  fails(name, message);
  expect(await send()).toEqual({ kind: 'rejected', reason: `${name}: ${message}` });
});

it.each([
  ['Throttling', 'Maximum sending rate exceeded.'],
  ['Throttling', 'Daily message quota exceeded.'],
  ['AccountSendingPausedException', 'Sending is paused'],
  ['ConfigurationSetDoesNotExist', 'Configuration set <billing> does not exist.'],
  ['MailFromDomainNotVerifiedException', 'Not verified'],
  [
    'MessageRejected',
    'Email address is not verified. The following identities failed the check: billing@northwind.example',
  ],
  ['InvalidParameterValue', 'Invalid Source address'],
])('says that it certainly was not sent, and may be tried again: %s: %s', async (name, message) => {
  fails(name, message);
  expect(await send()).toEqual({ kind: 'not-accepted', reason: `${name}: ${message}` });
});

it('throws when the mail may be out although SES reports a fault of its own', async () => {
  fails('ServiceUnavailable', 'Try again', 'server');
  await expect(send()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
});

it.each(['ECONNREFUSED', 'ENOTFOUND'])(
  'knows that nothing was sent where there was no connection: %s',
  async (code) => {
    ses.on(SendRawEmailCommand).rejects(Object.assign(new Error('no connection'), { code }));
    expect(await send()).toEqual({ kind: 'not-accepted', reason: code });
  },
);

it('throws when the connection broke after the mail may have arrived', async () => {
  ses.on(SendRawEmailCommand).rejects(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
  await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
});
