import { describe, expect, it } from 'vitest';
import { addHours, addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import { requestPayment } from '../../shared/domain/payment-request.ts';
import type { PaymentAttempt, PaymentOutcome, Receivable } from '../../shared/domain/receivable.ts';
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
        invoices: [{ number, invoiceId: '2026-12-cycle', due: total, currency: 'EUR', action: 'attempt' }],
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
  const outcome: PaymentOutcome = { kind: 'declined', hard: false, code: 'insufficient_funds' };
  const begun = attempt(1, 'card-1', NOW, undefined, receivable);
  await store.beginAttempt(receivable, begun, addMinutes(NOW, 5));
  const open = (await stored(accountId, invoiceId))!;
  const collection = { ...open.collection, state: 'idle' as const };
  const next = { ...open, collection, version: open.version + 1 };
  const concluded = { ...begun, outcome, finishedAt: NOW };
  await store.concludeAttempt({ receivable: open, next, attempt: concluded, now: NOW });
}

function attempt(
  number: number,
  methodId: string,
  at: Instant,
  outcome: PaymentOutcome | undefined,
  of: Pick<Receivable, 'sellerId' | 'accountId' | 'invoiceId' | 'due' | 'currency'>,
): PaymentAttempt {
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
    ...(outcome && { outcome, finishedAt: at }),
  };
}

describe('when a request to pay is refused', () => {
  const receivable = (month: string, more: Partial<Receivable> = {}): Receivable => ({
    sellerId: 'northwind-ie',
    accountId: 'acme',
    invoiceId: `${month}#cycle`,
    number: `NTIE-${month.replace('-', '')}A-000001`,
    series: 'A',
    kind: 'cycle',
    month,
    invoiceDate: `${month}-01`,
    dueDate: `${month}-16`,
    currency: 'EUR',
    total: 1000,
    due: 1000,
    status: 'unpaid',
    collection: { state: 'idle', attempts: 0 },
    dunning: { step: 0 },
    version: 1,
    ...more,
  });
  const decline = (number: number, at: Instant, methodId = 'card-1', hard = false) =>
    attempt(number, methodId, at, { kind: 'declined', hard, code: 'x' }, receivable('2026-12'));
  const request = { methodId: 'card-1', by: 'owner', now: NOW };
  const hoursAgo = (hours: number) => addHours(NOW, -hours);
  const times = (count: number, methodId = 'card-1') =>
    Array.from({ length: count }, (_, index) => decline(index + 1, hoursAgo(20 - index), methodId));

  it.each<[string, PaymentAttempt[], object | 'accepted']>([
    ['no attempt yet', [], 'accepted'],
    [
      'declined 59 minutes ago',
      [decline(1, addMinutes(NOW, -59))],
      { code: 'method_resting', until: addMinutes(NOW, 1) },
    ],
    ['declined an hour ago', [decline(1, hoursAgo(1))], 'accepted'],
    ['another method declined just now', [decline(1, NOW, 'card-2')], 'accepted'],
    ['declined for good long ago', [decline(1, hoursAgo(500), 'card-1', true)], { code: 'method_stopped' }],
    ['four declines in 24 hours', times(4), 'accepted'],
    [
      'five declines of the method in 24 hours (R40)',
      times(5),
      { code: 'too_many_attempts', until: addHours(hoursAgo(20), 24) },
    ],
    [
      'ten declines of the account in 24 hours',
      times(10, 'card-2'),
      { code: 'too_many_attempts', until: addHours(hoursAgo(20), 24) },
    ],
    ['five declines of which one is a day old', [decline(1, hoursAgo(24)), ...times(4)], 'accepted'],
  ])('%s', (_what, attempts, expected) => {
    const decision = requestPayment([{ receivable: receivable('2026-12'), attempts }], request);
    if (expected === 'accepted') expect(decision.kind).toBe('accepted');
    else expect(decision).toEqual({ kind: 'refused', ...expected });
  });

  it('a decline on one invoice lets the method rest for all', () => {
    const open = [
      { receivable: receivable('2026-11'), attempts: [decline(1, addMinutes(NOW, -10))] },
      { receivable: receivable('2026-12'), attempts: [] },
    ];
    expect(requestPayment(open, request).kind).toBe('refused');
  });

  it('the oldest invoice comes first, and paid ones do not come', () => {
    const open = ['2026-12', '2026-10', '2026-11'].map((month) => ({
      receivable: receivable(month, month === '2026-11' ? { due: 0 } : {}),
      attempts: [],
    }));
    const decision = requestPayment(open, request);
    expect(decision.kind === 'accepted' && decision.invoices.map((of) => of.receivable.month)).toEqual([
      '2026-10',
      '2026-12',
    ]);
  });
});
