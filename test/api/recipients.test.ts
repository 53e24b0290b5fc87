import { describe, expect, it } from 'vitest';
import { followMail } from '../../functions/follow-mail.ts';
import { ADMIN_KEY } from '../../infra/local/gateway/authorize.ts';
import type { Fate } from '../../infra/local/gateway/mail-fate.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createMailer } from '../../shared/aws/mailer.ts';
import { deliverToRecipients } from '../../shared/delivery/deliver-to-recipients.ts';
import { feedbackJobs } from '../../shared/delivery/feedback-jobs.ts';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import { localClient } from '../support/emulators.ts';
import { sesEvents } from '../support/mail-events.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const LATER = '2026-12-02T12:00:00.000Z';
let accounts = 0;

/** An account whose invoice was mailed, and came back as `fates` say, by address. */
async function mailed(fates: Readonly<Record<string, Fate>>) {
  const accountId = `mailed-${++accounts}`;
  const emails = Object.keys(fates);
  const recipients = emails.map((email, index) => ({ email, main: index === 0 }));
  await world.load(customer(accountId, { recipients }));
  const { invoiceId } = await world.invoiced(accountId);
  const store = world.store();
  const ses = { ...localClient(world.mail().url), credentials: { accessKeyId: ADMIN_KEY, secretAccessKey: 'local' } };
  const mailer = createMailer({ configurationSet: 'billing' }, awsHttp('ses', ses));
  const delivery = (await store.delivery(invoiceDelivery(accountId, invoiceId)))!;
  const mail = { ...{ subject: 'Invoice', text: 'x', html: 'x', attachments: [] }, from: FROM };
  await deliverToRecipients({ store, mailer }, delivery, recipients, mail, NOW);
  for (const [to, fate] of Object.entries(fates)) {
    for (const job of sesEvents(fate, { delivery, to, at: NOW }).flatMap(feedbackJobs))
      await followMail({ store, queues: world.deps().queues })(job, NOW);
  }
  const account = async () => (await call(token.staff, 'GET', `/accounts/${accountId}`)).body;
  const put = async (body: unknown, now = LATER) =>
    call(token.ownerOf(accountId), 'PUT', `/accounts/${accountId}/recipients`, {
      ...{ body, now },
      version: (await account()).version,
    });
  return { accountId, mailer, mail, account, put };
}
const FROM = { name: 'Northwind', address: 'billing@northwind.example' };

describe('an address that mails came back from', () => {
  it('stands on the account as undeliverable, with since when, why and what the mail server said', async () => {
    const { account } = await mailed({ 'bounce-1@acme.example': 'bounces', 'ben@acme.example': 'mailbox-full' });
    expect((await account()).recipients).toEqual([
      {
        ...{ email: 'bounce-1@acme.example', main: true },
        undeliverable: { since: NOW, reason: 'bounced', detail: expect.stringContaining('user unknown') },
      },
      { email: 'ben@acme.example', main: false, softBounces: 1 },
    ]);
  });

  it('stays so when the recipients are sent again as they were, or another one is added', async () => {
    const { put } = await mailed({ 'bounce-2@acme.example': 'bounces' });
    const { status, body } = await put([
      { email: 'Bounce-2@acme.example', main: false },
      { email: 'new@acme.example', main: true },
    ]);
    expect(status).toBe(200);
    expect(body.recipients).toMatchObject([{ undeliverable: { reason: 'bounced' } }, { email: 'new@acme.example' }]);
    expect(body.recipients[1]).not.toHaveProperty('undeliverable');
  });

  it('is mailed to again once it is confirmed, by SES, too', async () => {
    const { put, mailer, mail } = await mailed({ 'bounce-3@acme.example': 'bounces' });
    const last = () => world.mail().mails().at(-1)!.fates.get('bounce-3@acme.example');
    await (await mailer.compose(mail)).sendTo('bounce-3@acme.example');
    expect(last()).toBe('suppressed');
    const { body } = await put([{ email: 'bounce-3@acme.example', main: true, confirm: true }]);
    expect(body.recipients).toEqual([{ email: 'bounce-3@acme.example', main: true }]);
    await (await mailer.compose(mail)).sendTo('bounce-3@acme.example');
    expect(last()).toBe('bounces');
  });

  it('stays marked, with a clear answer, when SES does not take it off its list', async () => {
    const { put, account } = await mailed({ 'bounce-4@acme.example': 'bounces' });
    const isLift = ({ action }: { action: string }) => action === 'DeleteSuppressedDestination';
    world.mail().faults.add({ match: isLift, when: 'before', effect: 'error' });
    const body = [{ email: 'bounce-4@acme.example', main: true, confirm: true }];
    const refused = await put(body);
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'mail_service_unavailable', field: '0.confirm', retryAt: '2026-12-02T12:05:00.000Z' },
    });
    expect((await account()).recipients[0].undeliverable).toBeDefined();
    expect((await put(body)).status).toBe(200);
  });

  it('is replaced without a word to SES', async () => {
    const { put, account } = await mailed({ 'bounce-5@acme.example': 'bounces' });
    const rows = () => world.mail().meter.snapshot();
    const lifts = () => rows().find(({ action }) => action === 'DeleteSuppressedDestination')?.calls;
    const before = lifts();
    await put([{ email: 'right@acme.example', main: true }]);
    expect((await account()).recipients).toEqual([{ email: 'right@acme.example', main: true }]);
    expect(lifts()).toBe(before);
  });
});

it('shows what was mailed about an invoice, to whom, and what became of it', async () => {
  const { accountId } = await mailed({ 'bounce-6@acme.example': 'bounces', 'ben@acme.example': 'arrives' });
  const path = `/accounts/${accountId}/invoices/2026-12-cycle/deliveries`;
  const { body } = await call(token.ownerOf(accountId), 'GET', path);
  expect(body.deliveries).toEqual([
    {
      ...{ document: 'invoice', about: '2026-12#cycle', occurrence: 1, createdAt: NOW, completedAt: NOW },
      recipients: expect.arrayContaining([
        expect.objectContaining({ email: 'bounce-6@acme.example', status: 'bounced', bounce: 'permanent' }),
        { email: 'ben@acme.example', status: 'sent', at: NOW, arrivedAt: NOW },
      ]),
    },
  ]);
  expect((await call(token.finance, 'GET', `/accounts/${accountId}/invoices/2031-01-cycle/deliveries`)).status).toBe(
    404,
  );
});

it('lists for finance the documents that reached nobody, with what became of each mail', async () => {
  const { accountId } = await mailed({ 'bounce-7@acme.example': 'bounces', 'full@acme.example': 'mailbox-full' });
  const { body } = await call(token.finance, 'GET', '/sellers/northwind-ie/unreached?limit=100');
  const row = body.deliveries.find((each: { accountId: string }) => each.accountId === accountId);
  expect(row).toMatchObject({ about: '2026-12#cycle', document: 'invoice', unreachedSince: NOW });
  expect(row.recipients.map(({ status }: { status: string }) => status)).toEqual(['bounced', 'bounced']);
});

it('takes a document off that list once a person saw to it, and keeps how and when', async () => {
  const { accountId } = await mailed({ 'bounce-8@acme.example': 'bounces' });
  const listed = async () => {
    const { body } = await call(token.finance, 'GET', '/sellers/northwind-ie/unreached?limit=100');
    return body.deliveries.filter((each: { accountId: string }) => each.accountId === accountId).length;
  };
  const document = { document: 'invoice', about: '2026-12#cycle' };
  const note = (how: string, more = {}) =>
    call(token.finance, 'POST', `/accounts/${accountId}/reached-otherwise`, { body: { ...document, how, ...more } });
  expect(await listed()).toBe(1);
  const noted = await note('by post on 4 December');
  expect(noted).toMatchObject({
    status: 200,
    body: { reachedOtherwise: { how: 'by post on 4 December', at: NOW } },
  });
  expect(await listed()).toBe(0);
  expect((await note('twice')).body.reachedOtherwise.how).toBe('by post on 4 December');
  expect(await note('of another', { occurrence: 2 })).toMatchObject({ status: 404, body: { code: 'not_unreached' } });
  const customers = await call(token.ownerOf(accountId), 'POST', `/accounts/${accountId}/reached-otherwise`, {
    body: { ...document, how: 'me' },
  });
  expect(customers.status).toBe(403);
});

const LONG = `${'a'.repeat(63)}.`.repeat(3);

describe('an address is refused at the door, with the field and the reason', () => {
  it.each([
    ['a line break, which would begin a header', 'anna@acme.example\r\nBcc: eve@evil.example', 'line breaks'],
    ['a line break before the @', 'anna\n@acme.example', 'line breaks'],
    ['a Unicode line separator', 'anna\u2028@acme.example', 'line breaks'],
    ['a second address', 'anna@acme.example, eve@evil.example', 'malformed'],
    ['a name around it', 'Anna <anna@acme.example>', 'malformed'],
    ['a blank', 'anna lee@acme.example', 'malformed'],
    ['a quoted part before the @', '"anna lee"@acme.example', 'must not be quoted'],
    ['letters beyond ASCII before the @ (SMTPUTF8, which SES does not speak)', 'ännchen@acme.example', 'only ASCII'],
    ['65 characters before the @', `${'a'.repeat(65)}@acme.example`, 'at most 64 characters before the @, not 65'],
    [
      '255 characters in all',
      `${'a'.repeat(50)}@${LONG}${'b'.repeat(9)}.de`,
      'at most 254 characters long, as mailed 255',
    ],
    ['a name in its domain that is too long', `anna@${'a'.repeat(64)}.example`, 'no domain'],
    ['an IP address', 'anna@[192.0.2.1]', 'IP address'],
    ['an IP address without brackets', 'anna@192.0.2.1', 'no domain'],
    ['no dot in its domain', 'anna@localhost', 'no domain'],
    ['two dots in a row', 'an..na@acme.example', 'malformed'],
    ['nothing before the @', '@acme.example', 'name before the @'],
  ])('%s', async (_, email, reason) => {
    const { put } = await mailed({ 'anna@acme.example': 'arrives' });
    const answer = await put([{ email, main: true }]);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ field: '0.email', reason: expect.stringContaining(reason) }]);
  });

  it.each([
    ['the longest part before the @', `${'a'.repeat(64)}@acme.example`],
    ['254 characters in all', `${'a'.repeat(50)}@${LONG}${'b'.repeat(8)}.de`],
    ['a domain in another script', 'rechnung@bücher.example'],
    ['a domain in Punycode', 'rechnung@xn--bcher-kva.example'],
    ['a top-level domain in Punycode', 'info@xn--e1afmkfd.xn--p1ai'],
    ['all signs that an atom may have', "o'brien+tag!#$%&*/=?^_`{|}~-1@acme.example"],
  ])('and taken with %s', async (_, email) => {
    const { put } = await mailed({ 'anna@acme.example': 'arrives' });
    const { status, body } = await put([{ email, main: true }]);
    expect([status, body.recipients?.[0]?.email]).toEqual([200, email]);
  });

  it.each([
    ['in another case', 'Rechnung@Bücher.example'],
    ['in Punycode', 'rechnung@xn--bcher-kva.example'],
  ])('when it is there already, %s', async (_, email) => {
    const { put } = await mailed({ 'anna@acme.example': 'arrives' });
    const answer = await put([
      { email: 'rechnung@bücher.example', main: true },
      { email, main: false },
    ]);
    expect(answer.body.errors).toEqual([{ field: '1.email', reason: 'is listed twice' }]);
  });
});
