import { describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { followMail } from '../../functions/follow-mail.ts';
import { ADMIN_KEY } from '../../infra/local/gateway/authorize.ts';
import type { Fate } from '../../infra/local/gateway/mail-fate.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createMailer } from '../../shared/aws/mailer.ts';
import { feedbackJobs } from '../../shared/delivery/feedback-jobs.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import { latestSending, type SendingOf } from '../../shared/domain/sendings.ts';
import type { Message } from '../../shared/messages.ts';
import { localClient } from '../support/emulators.ts';
import { sesEvents } from '../support/mail-events.ts';
import { apiWorld, type Claims, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const INVOICE = { document: 'invoice', about: '2026-12#cycle' };
const LATER = '2026-12-02T12:00:00.000Z';
let accounts = 0;

/** An account whose invoice was mailed by the function that mails invoices, through SES as the local stack has it. */
async function mailed(...emails: readonly string[]) {
  const accountId = `sent-again-${++accounts}`;
  await world.load(customer(accountId, { recipients: emails.map((email, index) => ({ email, main: index === 0 })) }));
  await world.invoiced(accountId);
  const ses = { ...localClient(world.mail().url), credentials: { accessKeyId: ADMIN_KEY, secretAccessKey: 'local' } };
  const store = world.store();
  const deliver = deliverInvoice({
    store,
    documents: world.documents(),
    mailer: createMailer({ configurationSet: 'billing' }, awsHttp('ses', ses)),
    render: (invoice, last) => renderIssued(store, invoice, last),
    config: { mailFrom: 'billing@northwind.example' },
  });
  const delivery = async () => (await store.delivery(invoiceDelivery(accountId, '2026-12#cycle')))!;
  await deliver({ sellerId: 'northwind-ie', accountId, invoiceId: '2026-12#cycle' }, NOW);
  await world.taken('deliveries');
  return {
    ...{ accountId, store, delivery },
    /** Has SES tell what became of the mail of a sending; absent: the last. */
    async hear(fate: Fate, to: string, of?: SendingOf) {
      const sending = of ?? latestSending(await delivery());
      for (const job of sesEvents(fate, { delivery: sending, to, at: NOW }).flatMap(feedbackJobs))
        await followMail({ store, queues: world.deps().queues })(job, NOW);
    },
    ask: (claims: Claims, more: object = {}, { key, now = NOW }: { key?: string; now?: string } = {}) =>
      call(claims, 'POST', `/accounts/${accountId}/sendings`, {
        ...{ body: { ...INVOICE, ...more }, now },
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      }),
    /** Lets the function do what was asked for; how many messages there were. */
    async work(now = LATER) {
      const messages = (await world.taken('deliveries')) as Message<'deliveries'>[];
      for (const message of messages) await deliver(message, now);
      return messages.length;
    },
    mails: () =>
      world
        .mail()
        .mails()
        .map(({ to }) => to.join())
        .filter((to) => emails.includes(to) || to.startsWith(`new-${accountId}`)),
    listed: async () => {
      const { items } = await store.unreached('northwind-ie', 100);
      return items.some((item) => item.accountId === accountId);
    },
    async mend(from: string, to: string) {
      const { body } = await call(token.staff, 'GET', `/accounts/${accountId}`);
      const recipients = body.recipients.map(({ email, main }: { email: string; main: boolean }) => ({
        ...{ main, email: email === from ? to : email },
      }));
      await call(token.staff, 'PUT', `/accounts/${accountId}/recipients`, { body: recipients, version: body.version });
    },
  };
}

it('an invoice that nobody got is sent to the mended address, leaves the list, and comes back to it when that bounces, too', async () => {
  const { accountId, ask, work, hear, listed, mend, delivery } = await mailed('wrong-1@acme.example');
  await hear('bounces', 'wrong-1@acme.example');
  expect(await listed()).toBe(true);
  const stopped = await ask(token.ops);
  expect(stopped).toMatchObject({ status: 409, body: { code: 'recipients_stopped' } });
  expect(stopped.body.errors).toEqual([{ field: 'wrong-1@acme.example', reason: 'bounced' }]);
  await mend('wrong-1@acme.example', `new-${accountId}@acme.example`);
  const asked = await ask(token.ops);
  expect(asked).toMatchObject({
    status: 202,
    body: { outcome: 'sending', sending: 2, recipients: [{ email: `new-${accountId}@acme.example` }] },
  });
  expect(await listed()).toBe(false);
  expect(await work()).toBe(1);
  expect((await delivery()).again).toMatchObject([{ askedBy: 'telecom', completedAt: LATER }]);
  expect(await listed()).toBe(false);
  await hear('bounces', `new-${accountId}@acme.example`);
  expect(await listed()).toBe(true);
});

it('news of the first mail that come after the second was sent are about the first alone', async () => {
  const { ask, work, hear, delivery, listed } = await mailed('slow-1@acme.example', 'slow-2@acme.example');
  const first = latestSending(await delivery());
  await ask(token.finance, { recipients: ['slow-1@acme.example'] });
  await work();
  await hear('arrives', 'slow-1@acme.example');
  await hear('mailbox-full', 'slow-1@acme.example', first);
  await hear('mailbox-full', 'slow-2@acme.example', first);
  const { recipients, again } = await delivery();
  expect(Object.values(recipients).map(({ status }) => status)).toEqual(['bounced', 'bounced']);
  expect(again?.[0]?.recipients).toMatchObject({ 'slow-1@acme.example': { status: 'sent' } });
  expect(again?.[0]?.arrived).toHaveProperty(['slow-1@acme.example']);
  expect(await listed()).toBe(false);
});

it('shows each sending and its outcome at the invoice', async () => {
  const { accountId, ask, work } = await mailed('shown-1@acme.example', 'shown-2@acme.example');
  await ask(token.ownerOf(accountId), { recipients: ['shown-2@acme.example'] });
  await work();
  const path = `/accounts/${accountId}/invoices/2026-12-cycle/deliveries`;
  const { body } = await call(token.ownerOf(accountId), 'GET', path);
  expect(body.deliveries[0].recipients).toHaveLength(2);
  expect(body.deliveries[0].again).toMatchObject([
    {
      ...{ sending: 2, askedAt: NOW, askedBy: 'customer', completedAt: LATER },
      recipients: [{ email: 'shown-2@acme.example', status: 'sent' }],
    },
  ]);
});

describe('a request', () => {
  it('that names itself counts once, and has its message sent again', async () => {
    const { ask, work, mails } = await mailed('key-1@acme.example');
    const [first, second] = await Promise.all([1, 2].map(() => ask(token.staff, {}, { key: 'once' })));
    expect([first!.body.sending, second!.body.sending]).toEqual([2, 2]);
    expect(await work()).toBeGreaterThanOrEqual(1);
    const third = await ask(token.staff, {}, { key: 'once', now: LATER });
    expect(third).toMatchObject({ status: 202, body: { outcome: 'repeated', sending: 2 } });
    expect(await work()).toBe(0);
    expect(mails()).toEqual(['key-1@acme.example', 'key-1@acme.example']);
  });

  it('that names itself like another one is refused', async () => {
    const { ask } = await mailed('key-2@acme.example');
    await ask(token.staff, {}, { key: 'taken' });
    const other = await ask(token.staff, { document: 'reminder-1' }, { key: 'taken' });
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('made twice at the same moment by a double click makes one sending', async () => {
    const { ask, delivery } = await mailed('double@acme.example');
    const answers = await Promise.all([ask(token.staff), ask(token.staff)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect((await delivery()).again).toHaveLength(1);
  });

  it('of a customer is answered twice a day, then with when it may be again; ops may still', async () => {
    const { accountId, ask, work } = await mailed('often@acme.example');
    for (const now of [NOW, LATER.replace('02T12', '02T10')]) {
      expect((await ask(token.ownerOf(accountId), {}, { now })).status).toBe(202);
      await work(now);
    }
    const third = await ask(token.ownerOf(accountId), {}, { now: '2026-12-02T11:00:00.000Z' });
    expect(third).toMatchObject({ status: 429, body: { code: 'sent_too_often', retryAt: '2026-12-02T12:00:00.000Z' } });
    expect((await ask(token.ops, {}, { now: '2026-12-02T11:00:00.000Z' })).status).toBe(202);
  });

  it('for a 21st document of an account within a day is answered with when it may be again; ops may still, and what goes by itself goes', async () => {
    const { accountId, store, ask, mails } = await mailed('flood@acme.example');
    const of = { sellerId: 'northwind-ie', accountId, document: 'credit-note', occurrence: 1 } as const;
    const note = (nth: number) => ({ document: 'credit-note', about: `2026-12#cycle#note-${nth}` });
    for (let nth = 1; nth <= 21; nth++)
      await store.beginDelivery({ ...of, about: note(nth).about, createdAt: NOW, completedAt: NOW, recipients: {} });
    const owner = token.ownerOf(accountId);
    for (let nth = 1; nth <= 20; nth += 4) {
      const four = await Promise.all([0, 1, 2, 3].map((more) => ask(owner, note(nth + more))));
      expect(four.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    }
    const refused = await ask(owner, note(21), { now: '2026-12-02T11:00:00.000Z' });
    expect(refused).toMatchObject({
      ...{ status: 429 },
      body: { code: 'account_sent_too_often', retryAt: '2026-12-02T12:00:00.000Z' },
    });
    expect(refused.body.detail).toContain('20 documents; again from 2026-12-02T12:00:00.000Z on');
    expect((await ask(owner, note(1), { now: '2026-12-02T11:00:00.000Z' })).status).not.toBe(202);
    expect((await ask(token.ops, note(21), { now: '2026-12-02T11:00:00.000Z' })).status).toBe(202);
    // The invoice had been mailed by the product itself, and is none of the twenty-one.
    expect(mails()).toEqual(['flood@acme.example']);
    expect((await store.againLog(accountId))?.asked).toHaveLength(21);
  });

  it.each([
    ['a document that was never sent', { document: 'reminder-2' }, 404, 'document_not_sent', 'about'],
    ['somebody who is no recipient', { recipients: ['eve@evil.example'] }, 422, 'not_a_recipient', 'recipients.0'],
    ['what is no address', { recipients: ['eve'] }, 400, 'invalid_request', 'recipients.0'],
    ['six recipients', { recipients: Array(6).fill('a@acme.example') }, 400, 'invalid_request', 'recipients'],
    ['no such kind of document', { document: 'poem' }, 400, 'invalid_request', 'document'],
  ])('is refused for %s, with field and reason', async (_name, more, status, code, field) => {
    const { accountId, ask, delivery } = await mailed(`refused-${accounts}@acme.example`);
    expect(await ask(token.ownerOf(accountId), more)).toMatchObject({ status, body: { code, field } });
    expect(await delivery()).not.toHaveProperty('again');
  });
});

describe('a document that is not true any more is refused with the reason', () => {
  const sentNotice = async (document: 'reminder-1' | 'final-notice', step: number, change: object) => {
    const { accountId, store, ask } = await mailed(`overtaken-${accounts}@acme.example`);
    const of = { sellerId: 'northwind-ie', accountId, about: '2026-12#cycle', document, occurrence: 1 };
    const receivable = (await store.receivable(accountId, '2026-12#cycle'))!;
    await store.beginDelivery({ ...of, createdAt: NOW, asksFor: receivable.due, recipients: {} });
    await store.concludeRecipients({ ...of, recipients: {} }, {}, NOW);
    const dunning = { step, nextAt: '2027-01-10T00:00:00.000Z' };
    await store.updateReceivable({ ...receivable, dunning, ...change, version: receivable.version + 1 });
    return ask(token.finance, { document });
  };

  it.each([
    ['a reminder, which is the last step', 'reminder-1', 1, {}, 202, undefined],
    ['a reminder after a later one', 'reminder-1', 2, {}, 409, 'a later step of dunning was taken since'],
    ['a final notice of another amount', 'final-notice', 3, { due: 1 }, 409, 'the amount due has changed since'],
    [
      'a final notice of what is paid',
      'final-notice',
      3,
      { due: 0, status: 'paid' },
      409,
      'it was overtaken by events',
    ],
  ] as const)('%s', async (_name, document, step, change, status, why) => {
    const answer = await sentNotice(document, step, change);
    expect(answer.status).toBe(status);
    if (why) expect(answer.body).toMatchObject({ code: 'document_overtaken', detail: expect.stringContaining(why) });
  });
});

it('a quote goes again to whom it was made for, until its last day is over', async () => {
  const { accountId, store, ask } = await mailed('quoted@acme.example');
  const offer = {
    ...{ quoteId: 'Q-1', lines: [{ productId: 'desk-phone', quantity: 1 }], contractMonths: 12 },
    ...{ billingStartDate: '2027-01-01', validUntil: '2026-12-31' },
    contact: { name: 'Niamh Daly', email: 'niamh@acme.example' },
  };
  expect((await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer })).status).toBe(200);
  const of = { sellerId: 'northwind-ie', accountId, about: 'Q-1', document: 'quote', occurrence: 1 } as const;
  await world.taken('notices');
  const quote = { document: 'quote', about: 'Q-1' };
  expect((await ask(token.staff, quote)).body.code).toBe('sending_under_way');
  await store.concludeRecipients({ ...of, recipients: {} }, {}, NOW);
  expect((await ask(token.staff, { ...quote, recipients: ['quoted@acme.example'] })).body.code).toBe('not_a_recipient');
  const asked = await ask(token.staff, quote);
  expect(asked.body.recipients).toEqual([{ email: 'niamh@acme.example' }]);
  expect(await world.taken('notices')).toEqual([of]);
  await store.concludeRecipients(latestSending((await store.delivery(of))!), {}, NOW);
  const late = await ask(token.staff, quote, { now: '2027-01-02T12:00:00.000Z' });
  expect(late.body).toMatchObject({
    code: 'document_overtaken',
    detail: expect.stringContaining('the quote is expired'),
  });
  expect((await ask(token.staff, quote, { now: LATER })).status).toBe(202);
  const gone = { status: 'bounced', at: LATER, bounce: 'permanent' } as const;
  const third = latestSending((await store.delivery(of))!);
  await store.claimRecipients(third, ['niamh@acme.example'], LATER);
  await store.concludeRecipients(third, { 'niamh@acme.example': gone }, LATER);
  const stopped = await ask(token.staff, quote, { now: LATER });
  expect(stopped.body).toMatchObject({ code: 'recipients_stopped', errors: [{ reason: 'bounced' }] });
});
