import { describe, expect, it } from 'vitest';
import { sendNotice } from '../../functions/send-notice.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { highestChange } from '../../shared/domain/subscription.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { accept, call, offer, prospect, quoted, world } from './quote-world.ts';
import { NOW, stage, token } from './world.ts';

const CONTACT = { name: 'Aoife Brennan', email: 'aoife.brennan@liffeyside.example' };
const NAMES = /Aoife|aoife|Liffeyside|@liffeyside|Harbour/;
const LATER = '2028-02-10T09:00:00.000Z';
const ask = (accountId: string, { now = NOW, query = '' } = {}) =>
  call(token.staff, 'POST', `/accounts/${accountId}/erasure-requests${query}`, { now });
const quotesOf = async (accountId: string) =>
  (await call(token.staff, 'GET', `/accounts/${accountId}/quotes`)).body.quotes;

/** Everything that is stored of an account. */
async function stored(accountId: string): Promise<string> {
  const { Items } = await world.table().call('Query', {
    TableName: world.table().name,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `ACCOUNT#${accountId}` },
  });
  return JSON.stringify(Items);
}

describe('a privacy request of a customer that never accepted a quote', () => {
  it('removes its quotes, whatever became of them: nothing that is stored names a person any more', async () => {
    const accountId = await prospect();
    for (const quoteId of ['Q-7', 'Q-8', 'Q-9'])
      await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer({ quoteId, contact: CONTACT }) });
    for (const [quoteId, ending] of Object.entries({ 'Q-8': 'rejection', 'Q-9': 'withdrawal' })) {
      const by = ending === 'rejection' ? token.ownerOf(accountId) : token.staff;
      const body = { reason: `${CONTACT.name} went elsewhere` };
      const answer = await call(by, 'POST', `/accounts/${accountId}/quotes/${quoteId}/${ending}`, { body });
      expect(answer.status).toBe(200);
    }
    expect(await stored(accountId)).toMatch(NAMES);
    const { body: preview } = await ask(accountId, { query: '?dryRun=true' });
    expect(preview.erased).toContain('quotes that were never accepted, with their contact persons');
    expect(await quotesOf(accountId)).toHaveLength(3);
    expect((await ask(accountId)).body.outcome).toBe('erased');
    expect(await quotesOf(accountId)).toEqual([]);
    expect((await call(token.staff, 'GET', `/accounts/${accountId}/quotes/Q-7/pdf`)).status).toBe(404);
    expect(await stored(accountId)).not.toMatch(NAMES);
    const { body: open } = await call(token.staff, 'GET', '/sellers/northwind-ie/quotes?limit=100');
    expect(JSON.stringify(open)).not.toContain(accountId);
    expect((await ask(accountId)).body.outcome).toBe('repeated');
  });

  it('that died before the quotes went removes them when it is asked again', async () => {
    const accountId = await prospect({ paymentMethods: [], defaultMethodId: undefined, autopay: undefined });
    await quoted(accountId, { contact: CONTACT });
    const { account } = (await world.store().loadAccount(accountId))!;
    await world.store().updateAccount({ ...account, erased: { at: NOW, by: 'stan' }, version: account.version + 1 });
    expect((await ask(accountId)).body.outcome).toBe('erased');
    expect(await quotesOf(accountId)).toEqual([]);
  });

  it('lets nobody make or accept a quote at the same moment', async () => {
    const accountId = await prospect();
    await quoted(accountId, { contact: CONTACT });
    const quote = (await world.store().quote(accountId, 'Q-7'))!;
    const [erased, accepted] = await Promise.all([ask(accountId), accept(accountId)]);
    const left = await quotesOf(accountId);
    if (erased.status === 200) {
      expect(accepted.status).not.toBe(200);
      expect(left).toEqual([]);
      expect(await world.store().makeQuote({ ...quote, quoteId: 'Q-8' }, NOW)).toEqual({ result: 'stale' });
      expect(await quotesOf(accountId)).toEqual([]);
    } else {
      expect([erased.body.code, accepted.status]).toEqual(['account_changed', 200]);
      expect(left).toMatchObject([{ status: 'accepted', contact: CONTACT }]);
    }
  });

  it('lets a mail that was still to go out go to nobody', async () => {
    const accountId = await prospect();
    await quoted(accountId, { contact: CONTACT });
    await ask(accountId);
    const { mailer, mails } = recordingMailer();
    const send = sendNotice({
      store: world.store(),
      documents: world.documents(),
      mailer,
      draw: { quote: renderQuote } as Parameters<typeof sendNotice>[0]['draw'],
      config: { mailFrom: 'billing@northwind.example', sellers: stage.sellers },
    });
    const message = { sellerId: 'northwind-ie', accountId, about: 'Q-7', document: 'quote', occurrence: 1 } as const;
    await send(message, NOW);
    expect(mails).toEqual([]);
    expect(await stored(accountId)).not.toMatch(NAMES);
  });
});

it('a quote that was accepted is kept with its contract, and others of the same customer go', async () => {
  const accountId = await prospect({ terms: 'wire' });
  await quoted(accountId, { contact: CONTACT });
  await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, {
    body: offer({ quoteId: 'Q-8', contact: CONTACT }),
  });
  expect((await accept(accountId)).status).toBe(200);
  const { subscriptions } = (await world.store().loadForBilling(accountId))!;
  for (const { subscriptionId } of subscriptions) {
    const { version } = (await call(token.staff, 'GET', `/accounts/${accountId}`)).body;
    const path = `/accounts/${accountId}/subscriptions/${subscriptionId}/cancellation`;
    const body = { requestedOn: '2027-01-10' };
    expect((await call(token.staff, 'PUT', path, { version, body })).status).toBe(200);
  }
  const { account } = (await world.store().loadAccount(accountId))!;
  const billedThrough = { date: '2028-02-01', month: '2028-02', change: highestChange(subscriptions) };
  await world.store().updateAccount({ ...account, billedThrough, version: account.version + 1 });
  const { status, body } = await ask(accountId, { now: LATER });
  expect([status, body.outcome]).toEqual([200, 'erased']);
  expect(body.kept.at(-1).what).toContain('quotes that were accepted');
  const left = await quotesOf(accountId);
  expect(left).toMatchObject([{ quoteId: 'Q-7', status: 'accepted', contact: CONTACT }]);
  expect((await ask(accountId, { now: LATER })).body.outcome).toBe('repeated');
});

describe('a contact person who wants to be forgotten by a customer that stays', () => {
  it('goes with the quotes that came to nothing, one by one, by staff alone; what was accepted stays', async () => {
    const accountId = await prospect();
    await quoted(accountId, { contact: CONTACT });
    const other = `/accounts/${accountId}/quotes/Q-8`;
    await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, {
      body: offer({ quoteId: 'Q-8', contact: CONTACT }),
    });
    const open = await call(token.staff, 'DELETE', other);
    expect([open.status, open.body.code]).toEqual([409, 'quote_open']);
    await call(token.staff, 'POST', `${other}/withdrawal`, { body: { reason: 'The contact person left' } });
    for (const by of [token.finance, token.ownerOf(accountId)])
      expect((await call(by, 'DELETE', other)).status).toBe(403);
    expect((await call(token.staff, 'DELETE', other)).body).toEqual({ outcome: 'erased' });
    expect((await call(token.staff, 'DELETE', other)).body.code).toBe('quote_not_found');
    expect((await call(token.staff, 'POST', `${other}/withdrawal`, { body: { reason: 'x' } })).status).toBe(404);
    expect((await accept(accountId)).status).toBe(200);
    const accepted = await call(token.staff, 'DELETE', `/accounts/${accountId}/quotes/Q-7`);
    expect([accepted.status, accepted.body.code]).toEqual([409, 'quote_accepted']);
    expect(await quotesOf(accountId)).toMatchObject([{ quoteId: 'Q-7', contact: CONTACT }]);
    expect(await world.store().delivery({ accountId, about: 'Q-8', document: 'quote', occurrence: 1 })).toBeUndefined();
  });
});
