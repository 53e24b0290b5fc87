import { expect, it } from 'vitest';
import { createMailer } from '../../shared/aws/mailer.ts';
import { type Answer, answering } from '../support/answering.ts';

const ANNA = 'anna@acme.example';
const MAIL = {
  from: { name: 'Northwind Telecom', address: 'billing@northwind.example' },
  subject: 'Invoice NTUK-202612A-000001 – 120.00 £',
  text: 'Your invoice is attached.',
  html: '<p>Your invoice is attached.</p>',
  attachments: [{ fileName: 'NTUK-202612A-000001.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }],
};

const ACCEPTED = { status: 200, body: '<SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult>' };
const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', "'": '&apos;' };
const refusal = (name: string, message: string, status = 400) => ({
  status,
  body: `<ErrorResponse><Error><Code>${name}</Code><Message>${message.replace(/[<>']/g, (sign) => ENTITIES[sign]!)}</Message></Error></ErrorResponse>`,
});

/** A mailer whose SES gives this answer, and the forms that it was sent. */
function mailerOn(answer: Answer) {
  const { http, requests } = answering(answer);
  const forms = () => requests.map(({ body }) => new URLSearchParams(Buffer.from(body).toString('latin1')));
  const messages = () => forms().map((form) => Buffer.from(form.get('RawMessage.Data')!, 'base64').toString());
  return { mailer: createMailer({ configurationSet: 'billing' }, http), forms, messages };
}
const send = async (answer: Answer, to: string = ANNA) => (await mailerOn(answer).mailer.compose(MAIL)).sendTo(to);
const recipientsOf = (form: URLSearchParams): string[] =>
  [...form].filter(([name]) => name.startsWith('Destinations.')).map(([, address]) => address);

it('sends one MIME message with text, HTML and the PDF to one recipient', async () => {
  const { mailer, forms, messages } = mailerOn(ACCEPTED);
  expect(await (await mailer.compose(MAIL)).sendTo(ANNA)).toEqual({ kind: 'sent', messageId: 'm-1' });
  const { 'RawMessage.Data': _, ...sent } = Object.fromEntries(forms()[0]!);
  expect(sent).toEqual({
    Action: 'SendRawEmail',
    Version: '2010-12-01',
    Source: 'billing@northwind.example',
    'Destinations.member.1': 'anna@acme.example',
    ConfigurationSetName: 'billing',
  });
  const [raw] = messages();
  expect(raw).toContain('From: Northwind Telecom <billing@northwind.example>');
  expect(raw).toContain('To: anna@acme.example');
  expect(raw).toContain('Content-Type: application/pdf; name=NTUK-202612A-000001.pdf');
  expect(raw).toContain(Buffer.from('%PDF-1.7').toString('base64'));
  expect(raw).toContain('multipart/alternative');
});

it('composes once for all who get it; only the recipient differs', async () => {
  const { mailer, messages } = mailerOn(ACCEPTED);
  const composed = await mailer.compose(MAIL);
  await Promise.all([ANNA, 'ben@büro.example'].map((address) => composed.sendTo(address)));
  const [anna = '', ben = ''] = messages();
  expect(anna.match(/^To: .*$/gm)).toEqual(['To: anna@acme.example']);
  expect(ben.match(/^To: .*$/gm)).toEqual(['To: ben@xn--bro-hoa.example']);
  expect(ben).toBe(anna.replace(ANNA, 'ben@xn--bro-hoa.example'));
});

it.each([
  ['anna@acme.example, ben@other.example', 1],
  ['Anna@BÜRO.example', 1],
])('never makes two recipients of the address "%s"', async (to, most) => {
  const { mailer, forms } = mailerOn(ACCEPTED);
  await (await mailer.compose(MAIL)).sendTo(to);
  expect(forms().flatMap(recipientsOf).length).toBeLessThanOrEqual(most);
});

it('encodes a domain outside ASCII for SMTP', async () => {
  const { mailer, forms } = mailerOn(ACCEPTED);
  await (await mailer.compose(MAIL)).sendTo('anna@büro.example');
  expect(forms().flatMap(recipientsOf)).toEqual(['anna@xn--bro-hoa.example']);
});

it.each([
  ['MessageRejected', 'Address blacklisted.'],
  ['InvalidParameterValue', "Missing final '@domain'"],
  ['InvalidParameterValue', 'Local address contains control or whitespace'],
  ['InvalidParameterValue', 'Domain contains illegal character'],
])('reports a rejected address for %s: %s', async (name, message) => {
  expect(await send(refusal(name, message))).toEqual({ kind: 'rejected', reason: `${name}: ${message}` });
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
  expect(await send(refusal(name, message))).toEqual({ kind: 'not-accepted', reason: `${name}: ${message}` });
});

it('throws when the mail may be out although SES reports a fault of its own', async () => {
  await expect(send(refusal('ServiceUnavailable', 'Try again', 503))).rejects.toMatchObject({
    name: 'ServiceUnavailable',
  });
});

it.each(['ECONNREFUSED', 'ENOTFOUND'])(
  'knows that nothing was sent where there was no connection: %s',
  async (code) => {
    expect(await send(Object.assign(new Error('no connection'), { code }))).toEqual({
      kind: 'not-accepted',
      reason: code,
    });
  },
);

it('throws when the connection broke after the mail may have arrived', async () => {
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  await expect(send(reset)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('can be read: its parts are those of the mail, however long', async () => {
  const { mailer, messages } = mailerOn(ACCEPTED);
  const bytes = Buffer.from('%PDF-1.7 '.repeat(500));
  const text = 'Zoë,\n\n100 €\n';
  await (await mailer.compose({ ...MAIL, text, attachments: [{ ...MAIL.attachments[0]!, bytes }] })).sendTo(ANNA);
  const [raw = ''] = messages();
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  const [, outer] = /boundary="([^"]+-Part_1)"/.exec(raw) ?? [];
  const [, inner] = /boundary="([^"]+-Part_2)"/.exec(raw) ?? [];
  const [, alternative = '', pdf = '', end] = raw.split(`--${outer}`);
  const decoded = (part: string) => Buffer.from(part.split('\r\n\r\n').slice(1).join(''), 'base64');
  const [, plain = '', html = ''] = alternative.split(`--${inner}`);
  expect(decoded(plain).toString()).toBe(text.replaceAll('\n', '\r\n'));
  expect(decoded(html).toString()).toBe(MAIL.html);
  expect(decoded(pdf)).toEqual(bytes);
  expect(end).toBe('--\r\n');
});

/** The headers of a mail, unfolded, by name. */
async function headersOf(mail: typeof MAIL, to = ANNA): Promise<Record<string, string[]>> {
  const { mailer, messages } = mailerOn(ACCEPTED);
  await (await mailer.compose(mail)).sendTo(to);
  const [head = ''] = messages()[0]!.split('\r\n\r\n');
  for (const line of head.split('\r\n')) expect(line).toMatch(/^[\x20-\x7e\t]{1,78}$/);
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const);
  return Object.fromEntries(pairs.map(([name]) => [name, pairs.filter((p) => p[0] === name).map((p) => p[1])]));
}
/** A header's words as a mail program shows them (RFC 2047). */
const shown = (value: string): string =>
  value
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?(.*?)\?=/g, (_, kind: string, words: string) =>
      kind === 'B'
        ? Buffer.from(words, 'base64').toString()
        : decodeURIComponent(words.replaceAll('_', ' ').replaceAll('%', '%25').replaceAll('=', '%')),
    );

const INJECTED = 'Bill\r\nBcc: eve@evil.example\r\n\r\n<p>Pay here</p>';

it.each([
  ['subject', { ...MAIL, subject: INJECTED }],
  ["sender's name", { ...MAIL, from: { ...MAIL.from, name: INJECTED } }],
  ['file name', { ...MAIL, attachments: [{ ...MAIL.attachments[0]!, fileName: `${INJECTED}.pdf` }] }],
])('lets no %s add a header or a recipient', async (_, mail) => {
  const names = Object.keys(await headersOf(mail));
  expect(names.sort()).toEqual(['Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To']);
  const { mailer, forms, messages } = mailerOn(ACCEPTED);
  await (await mailer.compose(mail)).sendTo(ANNA);
  expect(forms().flatMap(recipientsOf)).toEqual([ANNA]);
  expect(messages()[0]).not.toMatch(/^(Bcc:|<p>Pay here)/m);
});

it('lets no address add a header or a recipient', async () => {
  const { mailer, forms, messages } = mailerOn(ACCEPTED);
  await (await mailer.compose(MAIL)).sendTo(`${ANNA}\r\nBcc: eve@evil.example`);
  expect(forms().flatMap(recipientsOf).join()).not.toMatch(/[\r\n,]/);
  expect(messages().join()).not.toMatch(/^Bcc:/m);
});

it.each([
  ['Søren & Søn Tele', 'Rechnung über 1.747,10 € – fällig am 16. Dezember'],
  ['Βόρειος', `Facture ${'très longue '.repeat(30)}fin`],
])('writes the words of %s so that every mail program shows them', async (name, subject) => {
  const { From: [from = ''] = [], Subject: [words = ''] = [] } = await headersOf({
    ...MAIL,
    from: { ...MAIL.from, name },
    subject,
  });
  expect([shown(from), shown(words)]).toEqual([expect.stringContaining(name), subject]);
});
