import { describe, expect, it } from 'vitest';
import { createServiceStore } from '../../shared/aws/service-store.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;

let made = 0;
/** An account that pays by wire and owes one invoice. */
async function owing() {
  const accountId = `wire-${++made}`;
  await world.load(customer(accountId, { autopay: false, terms: 'wire' }));
  const { total, number } = await world.invoiced(accountId);
  return { accountId, total, number };
}
const payment = (amount: number, overrides: object = {}) => ({
  kind: 'wire',
  reference: 'NTIE statement 7/3',
  valueDate: '2026-11-30',
  amount,
  currency: 'EUR',
  ...overrides,
});
const book = (accountId: string, body: object, { key = '', query = '', by = token.finance as object } = {}) =>
  call(by as typeof token.finance, 'POST', `/accounts/${accountId}/manual-payments${query}`, {
    body,
    headers: key === '' ? {} : { 'idempotency-key': key },
  });
const standing = async (accountId: string) => {
  const { body } = await call(token.finance, 'GET', `/accounts/${accountId}/ledger`);
  return { balance: body.balance, credit: body.credit, entries: body.entries.length };
};

describe('finance books a payment', () => {
  it('of exactly what is due: the invoice is paid, the books say so', async () => {
    const { accountId, total, number } = await owing();
    const { status, body } = await book(accountId, payment(total));
    expect([status, body.outcome]).toEqual([200, 'booked']);
    expect(body.effects).toMatchObject({
      balance: { before: total, after: 0 },
      invoices: [{ number, due: 0, status: 'paid' }],
      postings: [
        { account: 'cash', amount: total },
        { account: 'receivable', amount: -total },
      ],
    });
    expect(await standing(accountId)).toEqual({ balance: 0, credit: 0, entries: 2 });
  });

  it('and sees before what it would do, which changes nothing', async () => {
    const { accountId, total } = await owing();
    const preview = await book(accountId, payment(total + 500), { query: '?dryRun=true' });
    expect(preview.body.outcome).toBe('preview');
    expect(await standing(accountId)).toEqual({ balance: total, credit: 0, entries: 1 });
    const real = await book(accountId, payment(total + 500));
    expect(real.body.effects).toEqual(preview.body.effects);
    expect(await standing(accountId)).toEqual({ balance: 0, credit: 500, entries: 2 });
  });

  it('twice with the same reference, date and amount: it counts once', async () => {
    const { accountId, total } = await owing();
    await book(accountId, payment(total));
    expect((await book(accountId, payment(total))).body.outcome).toBe('repeated');
    expect((await standing(accountId)).credit).toBe(0);
  });

  it('twice at the same time: it counts once', async () => {
    const { accountId, total } = await owing();
    const answers = await Promise.all([1, 2, 3].map(() => book(accountId, payment(total))));
    expect(answers.map(({ body }) => body.outcome).sort()).toEqual(['booked', 'repeated', 'repeated']);
    expect(await standing(accountId)).toEqual({ balance: 0, credit: 0, entries: 2 });
  });

  it('alike, but with another Idempotency-Key: it is another payment', async () => {
    const { accountId, total } = await owing();
    await book(accountId, payment(total), { key: 'a' });
    expect((await book(accountId, payment(total), { key: 'b' })).body.outcome).toBe('booked');
    expect((await standing(accountId)).credit).toBe(total);
  });

  it('with a key that stood for other content: refused, and nothing changes', async () => {
    const { accountId, total } = await owing();
    await book(accountId, payment(100), { key: 'a' });
    const answer = await book(accountId, payment(200), { key: 'a' });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      409,
      'idempotency_key_reused',
      'Idempotency-Key',
    ]);
    expect((await standing(accountId)).balance).toBe(total - 100);
  });

  it('that makes the balance 0.00: services that are off come back by the same path as after a card payment (C23)', async () => {
    const { accountId, total } = await owing();
    const table = world.table();
    const services = createServiceStore({ table, shardsOf: () => 1 });
    const { number } = await services.requestSuspension((await services.account(accountId))!, NOW);
    await services.confirmServices(accountId, number!, 'suspend', NOW);
    await world.taken('services');
    expect((await book(accountId, payment(total - 1))).body.effects.reactivates).toBe(false);
    expect(await world.taken('services')).toEqual([]);
    const answer = await book(accountId, payment(1));
    expect(answer.body.effects.reactivates).toBe(true);
    const message = { sellerId: 'northwind-ie', accountId, number, action: 'reactivate' };
    expect(await world.taken('services')).toEqual([message]);
    // Who asked may not have got the answer, and provisioning not the message.
    await book(accountId, payment(1));
    expect(await world.taken('services')).toEqual([message]);
  });

  it('of an invoice that is being charged: the money waits as credit, and the answer says so', async () => {
    const { accountId, total, number } = await owing();
    const receivable = (await world.store().receivable(accountId, '2026-12#cycle'))!;
    const collection = { ...receivable.collection, state: 'processing' as const };
    await world.store().updateReceivable({ ...receivable, collection, version: receivable.version + 1 });
    const { body } = await book(accountId, payment(total));
    expect(body.notPaid).toMatchObject([{ number, due: total, reason: expect.stringContaining('under way') }]);
    expect(await standing(accountId)).toMatchObject({ balance: total, credit: total });
    const told = { invoices: [{ invoiceId: '2026-12-cycle' }] };
    const refused = await book(accountId, payment(5, told));
    expect([refused.status, refused.body.code]).toEqual([409, 'payment_under_way']);
  });

  it.each([
    ['an unknown currency', { currency: 'XYZ' }, 400, 'currency'],
    ['another currency', { currency: 'USD' }, 422, 'currency'],
    ['a negative amount', { amount: -1 }, 400, 'amount'],
    ['nothing', { amount: 0 }, 400, 'amount'],
    ['a huge amount', { amount: 10_000_000_000 }, 400, 'amount'],
    ['a part of a cent', { amount: 0.5 }, 400, 'amount'],
    ['a value date to come', { valueDate: '2026-12-02' }, 422, 'valueDate'],
    ['no date at all', { valueDate: '2026-02-30' }, 400, 'valueDate'],
    ['no reference', { reference: ' ' }, 400, 'reference'],
    ['an invoice of nobody', { invoices: [{ invoiceId: '2020-01-cycle' }] }, 422, 'invoices.0.invoiceId'],
    ['an invoice id that is none', { invoices: [{ invoiceId: 'x' }] }, 400, 'invoices.0.invoiceId'],
    ['a field nobody knows', { amuont: 5 }, 400, 'amuont'],
  ])('refuses %s, names the field and changes nothing', async (_what, overrides, status, field) => {
    const { accountId } = await owing();
    const before = await standing(accountId);
    const answer = await book(accountId, payment(100, overrides));
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(await standing(accountId)).toEqual(before);
  });

  it('only finance does', async () => {
    const { accountId } = await owing();
    for (const by of [token.ops, token.staff, token.ownerOf(accountId)])
      expect((await book(accountId, payment(100), { by })).status).toBe(403);
  });
});

describe('a reversal', () => {
  it('makes due again what was paid, once; everything stays in the books', async () => {
    const { accountId, total } = await owing();
    const { body } = await book(accountId, payment(total + 100));
    const path = `/accounts/${accountId}/manual-payments/${body.payment.creditId}/reversal`;
    const reverse = (query = '', reason = 'The cheque bounced') =>
      call(token.finance, 'POST', `${path}${query}`, { body: { reason } });
    expect((await reverse('?dryRun=true')).body.effects.balance).toEqual({ before: 0, after: total });
    expect(await standing(accountId)).toEqual({ balance: 0, credit: 100, entries: 2 });
    expect((await reverse()).body).toMatchObject({
      outcome: 'booked',
      payment: { remaining: 0, reversed: { by: 'finn', reason: 'The cheque bounced' } },
    });
    expect(await standing(accountId)).toEqual({ balance: total, credit: 0, entries: 3 });
    const again = await reverse();
    expect([again.status, again.body.code]).toEqual([409, 'already_reversed']);
    const credits = await call(token.finance, 'GET', `/accounts/${accountId}/credits`);
    expect(credits.body.credits).toMatchObject([
      { amount: total + 100, remaining: 0, reference: 'NTIE statement 7/3' },
    ]);
  });

  it('of nothing, or without a reason, is refused', async () => {
    const { accountId } = await owing();
    const path = `/accounts/${accountId}/manual-payments/payment-none/reversal`;
    expect((await call(token.finance, 'POST', path, { body: { reason: 'x' } })).body.code).toBe('credit_not_found');
    expect((await call(token.finance, 'POST', path, { body: {} })).body.field).toBe('reason');
  });
});

describe('a trial balance', () => {
  it('of the month sums to zero, and an account’s ledger runs up to its balance', async () => {
    const { accountId, total } = await owing();
    const later = { body: payment(10), now: '2026-12-01T13:00:00.000Z' };
    await call(token.finance, 'POST', `/accounts/${accountId}/manual-payments`, later);
    const path = '/sellers/northwind-ie/trial-balance?from=2026-12-01&to=2026-12-31';
    const { body } = await call(token.finance, 'GET', path);
    expect(body.accounts.reduce((sum: number, { balance }: { balance: number }) => sum + balance, 0)).toBe(0);
    expect(body.accounts.map(({ account }: { account: string }) => account)).toContain('tax:VAT:IE');
    const ledger = (await call(token.finance, 'GET', `/accounts/${accountId}/ledger`)).body;
    expect(ledger.entries.map(({ balance }: { balance: number }) => balance)).toEqual([total, total - 10]);
  });

  it.each([
    ['2026-12-31', '2026-12-01', 400, 'to'],
    ['2025-12-30', '2026-12-31', 400, 'to'],
    // A year whose days no reconciliation has closed would have to be read entry by entry.
    ['2026-01-01', '2026-12-31', 422, 'from'],
  ])('from %s to %s is refused', async (from, to, status, field) => {
    const path = `/sellers/northwind-ie/trial-balance?from=${from}&to=${to}`;
    const answer = await call(token.finance, 'GET', path);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });
});
