import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addHours, addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import type { PaymentAttempt, Receivable } from '../../shared/domain/receivable.ts';
import { apiWorld, card, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;

let made = 0;
/** An account that pays on request and owes one invoice. */
async function owing(overrides = {}) {
  const accountId = `payer-${++made}`;
  await world.load(customer(accountId, { autopay: false, ...overrides }));
  const { invoiceId, number, total } = await world.invoiced(accountId);
  return { accountId, invoiceId, number, total };
}
const pay = (accountId: string, body: object = {}, now = NOW) =>
  call(token.ownerOf(accountId), 'POST', `/accounts/${accountId}/payments`, { body, now });
const stored = (accountId: string, invoiceId: string) => world.store().receivable(accountId, invoiceId);

describe('paying the balance', () => {
  it('puts the request on record and hands the invoice to the collector', async () => {
    const { accountId, invoiceId, number, total } = await owing();
    const answer = await pay(accountId);
    expect([answer.status, answer.body]).toEqual([
      202,
      {
        methodId: 'card-1',
        invoices: [
          { number, invoiceId: '2026-12-cycle', due: total, amount: total, currency: 'EUR', action: 'attempt' },
        ],
      },
    ]);
    expect((await stored(accountId, invoiceId))?.collection).toMatchObject({
      requested: { methodId: 'card-1', at: NOW, by: `owner-of-${accountId}` },
      nextAt: NOW,
    });
    expect(await world.taken('collections')).toEqual([{ sellerId: 'northwind-ie', accountId, invoiceId }]);
  });

  it('asked for twice is written once, and announced again', async () => {
    const { accountId, invoiceId } = await owing();
    await pay(accountId);
    const { version } = (await stored(accountId, invoiceId))!;
    expect((await pay(accountId)).status).toBe(202);
    expect((await stored(accountId, invoiceId))?.version).toBe(version);
    expect(await world.taken('collections')).toHaveLength(2);
  });

  it('of two requests at once both are answered, and the invoice is charged to one method', async () => {
    const { accountId, invoiceId } = await owing({ paymentMethods: [card('card-1'), card('card-2')] });
    const answers = await Promise.all([pay(accountId), pay(accountId, { methodId: 'card-2' })]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect((await stored(accountId, invoiceId))?.collection.requested?.methodId).toMatch(/^card-[12]$/);
    await world.taken('collections');
  });

  it('nothing owed, nothing attempted', async () => {
    await world.load(customer('owes-nothing'));
    expect((await pay('owes-nothing')).body).toEqual({ methodId: 'card-1', invoices: [] });
    expect(await world.taken('collections')).toEqual([]);
  });

  it.each([
    ['there is none', { defaultMethodId: undefined, paymentMethods: [] }, {}],
    ['it is not the account’s', {}, { methodId: 'card-99' }],
  ])('no payment without a method: %s', async (_why, overrides, body) => {
    const { accountId } = await owing(overrides);
    const answer = await pay(accountId, body);
    expect([answer.status, answer.body.code]).toEqual([422, 'payment_method_not_found']);
  });

  it('an invoice whose attempt is open is not charged a second time', async () => {
    const { accountId, invoiceId } = await owing();
    const receivable = (await stored(accountId, invoiceId))!;
    const collection = { ...receivable.collection, state: 'processing' as const };
    await world.store().updateReceivable({ ...receivable, collection, version: receivable.version + 1 });
    expect((await pay(accountId)).body.invoices[0].action).toBe('under-way');
    expect(await world.taken('collections')).toEqual([]);
  });

  it('a method that was just declined rests for an hour; another one may be used at once (R38)', async () => {
    const { accountId, invoiceId } = await owing({ paymentMethods: [card('card-1'), card('card-2')] });
    await declined(accountId, invoiceId);
    const tooSoon = await pay(accountId, {}, addMinutes(NOW, 59));
    expect([tooSoon.status, tooSoon.body.code, tooSoon.body.retryAt]).toEqual([
      409,
      'method_resting',
      addHours(NOW, 1),
    ]);
    expect(tooSoon.body.detail).toContain(addHours(NOW, 1));
    expect((await pay(accountId, { methodId: 'card-2' }, addMinutes(NOW, 1))).status).toBe(202);
    expect((await pay(accountId, {}, addHours(NOW, 1))).status).toBe(202);
    await world.taken('collections');
  });
});

/** Lets an attempt begin and be declined, as the collector records it. */
async function declined(accountId: string, invoiceId: string): Promise<void> {
  const store = world.store();
  const receivable = (await stored(accountId, invoiceId))!;
  const outcome = { kind: 'declined', hard: false, code: 'insufficient_funds' } as const;
  const begun = attempt(1, 'card-1', NOW, receivable);
  await store.beginAttempt(receivable, begun, addMinutes(NOW, 5));
  const open = (await stored(accountId, invoiceId))!;
  const collection = { ...open.collection, state: 'idle' as const };
  const next = { ...open, collection, version: open.version + 1 };
  const concluded = { ...begun, outcome, finishedAt: NOW };
  const decline = { at: NOW, code: outcome.code, attempt: begun.key };
  await store.concludeAttempt({ receivable: open, next, attempt: concluded, decline, now: NOW });
}

function attempt(number: number, methodId: string, at: Instant, of: Receivable): PaymentAttempt {
  return {
    sellerId: of.sellerId,
    accountId: of.accountId,
    invoiceId: of.invoiceId,
    attempt: number,
    key: `key-${number}`,
    methodId,
    method: card(methodId),
    amount: of.due,
    currency: of.currency,
    startedAt: at,
    offSession: true,
    ...(of.collection.requested?.requestId && { requestId: of.collection.requested.requestId }),
  };
}

describe('a part of the balance', () => {
  it('is charged to the oldest invoice, and never more than is due', async () => {
    const { accountId, invoiceId, total } = await owing();
    expect((await pay(accountId, { amount: 100 })).body.invoices).toMatchObject([{ amount: 100, due: total }]);
    expect((await stored(accountId, invoiceId))?.collection.requested).toMatchObject({ amount: 100 });
    const tooMuch = await pay(accountId, { amount: total + 1 });
    expect([tooMuch.status, tooMuch.body.code, tooMuch.body.field]).toEqual([422, 'amount_exceeds_balance', 'amount']);
    await world.taken('collections');
  });

  it.each<[string, object, number, string]>([
    ['nothing', { amount: 0 }, 400, 'amount'],
    ['less than nothing', { amount: -100 }, 400, 'amount'],
    ['a part of a cent', { amount: 10.5 }, 400, 'amount'],
    ['more than any processor takes', { amount: 100_000_000 }, 400, 'amount'],
    ['less than the processor takes', { amount: 49 }, 422, 'amount'],
    ['an unknown currency', { amount: 100, currency: 'XTS' }, 400, 'currency'],
    ['a currency of somebody else', { amount: 100, currency: 'USD' }, 422, 'currency'],
    ['an invoice of somebody else', { invoiceIds: ['2019-01-cycle'] }, 404, 'invoiceIds'],
    ['an invoice that cannot be', { invoiceIds: ['../x'] }, 400, 'invoiceIds'],
    ['a field that does not exist', { ammount: 100 }, 400, ''],
  ])('bad input changes nothing and is told: %s', async (_what, body, status, field) => {
    const { accountId, invoiceId } = await owing();
    const before = await stored(accountId, invoiceId);
    const answer = await pay(accountId, body);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.stringContaining(field)]);
    expect(await stored(accountId, invoiceId)).toEqual(before);
    expect(await world.taken('collections')).toEqual([]);
  });
});

describe('a request with an Idempotency-Key', () => {
  const payWith = (accountId: string, key: string, body: object) =>
    call(token.ownerOf(accountId), 'POST', `/accounts/${accountId}/payments`, {
      body,
      headers: { 'idempotency-key': key },
    });

  it('is carried out once and answered alike, though its attempt is through meanwhile', async () => {
    const { accountId, invoiceId } = await owing();
    const first = await payWith(accountId, 'order-1', { amount: 100 });
    await declined(accountId, invoiceId);
    const before = await stored(accountId, invoiceId);
    expect(await payWith(accountId, 'order-1', { amount: 100 })).toMatchObject({ status: 202, body: first.body });
    expect(await stored(accountId, invoiceId)).toEqual(before);
    await world.taken('collections');
  });

  it('that was put on record and not carried out is made up for', async () => {
    const { accountId, invoiceId, number, total } = await owing();
    const invoice = { number, invoiceId: '2026-12-cycle', due: total, amount: 100, currency: 'EUR', action: 'attempt' };
    const answer = { methodId: 'card-1', invoices: [invoice] };
    const wish = { amount: 100 };
    const fingerprint = createHash('sha256').update(JSON.stringify(wish)).digest('hex');
    await world.store().claimRequest({ accountId, key: 'died', fingerprint, at: NOW, answer });
    expect((await payWith(accountId, 'died', wish)).body).toEqual(answer);
    expect((await stored(accountId, invoiceId))?.collection.requested).toMatchObject({
      amount: 100,
      requestId: 'died',
    });
    await world.taken('collections');
  });

  it('is refused with other content, and nothing is changed', async () => {
    const { accountId, invoiceId } = await owing();
    await payWith(accountId, 'order-2', { amount: 100 });
    const before = await stored(accountId, invoiceId);
    const answer = await payWith(accountId, 'order-2', { amount: 200 });
    expect([answer.status, answer.body.code]).toEqual([409, 'idempotency_key_reused']);
    expect(await stored(accountId, invoiceId)).toEqual(before);
    await world.taken('collections');
  });
});
