import { describe, expect, it } from 'vitest';
import { createServiceStore } from '../../shared/aws/service-store.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { apiWorld, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;

let made = 0;
async function owing() {
  const accountId = `lost-${++made}`;
  await world.load(customer(accountId, { autopay: false }));
  const { total } = await world.invoiced(accountId);
  const path = `/accounts/${accountId}/invoices/2026-12-cycle`;
  const post = (step: string, body: object, by: Parameters<typeof call>[0] = token.finance) =>
    call(by, 'POST', `${path}/${step}`, { body });
  const ledger = async () => (await call(token.finance, 'GET', `/accounts/${accountId}/ledger`)).body;
  return { accountId, total, post, ledger };
}

it('finance gives a debt up, and takes that back: both stay in the books', async () => {
  const { total, post, ledger } = await owing();
  expect((await post('write-off?dryRun=true', { reason: 'Insolvent' })).body.effects.balance.after).toBe(0);
  expect((await ledger()).balance).toBe(total);
  expect((await post('write-off', { reason: 'Insolvent', amount: total - 1 })).body).toMatchObject({
    outcome: 'booked',
    effects: { postings: [{ account: 'write-offs', amount: total - 1 }, { account: 'receivable' }] },
  });
  expect((await post('write-off', { reason: 'Insolvent' })).body.effects.balance.after).toBe(0);
  expect((await post('write-off', { reason: 'Insolvent' })).body.code).toBe('nothing_due');
  const back = await post('write-off/reversal', { reason: 'Paid after all' });
  expect(back.body.effects).toMatchObject({ balance: { after: total }, invoices: [{ due: total, status: 'unpaid' }] });
  expect((await post('write-off/reversal', { reason: 'again' })).body.code).toBe('nothing_written_off');
  expect((await ledger()).entries).toHaveLength(4);
});

it('a credit note on what was given up gives nobody credit for it', async () => {
  const { post, ledger } = await owing();
  await post('write-off', { reason: 'Insolvent' });
  const note = { reason: 'error-correction', explanation: 'Never ordered' };
  expect((await post('credit-notes', note)).status).toBe(200);
  expect(await ledger()).toMatchObject({ balance: 0, credit: 0 });
});

describe('of what a suspended customer owes', () => {
  const services = () => createServiceStore({ table: world.table(), shardsOf: (id) => sellerOf(stage, id).shards });
  async function suspended() {
    const of = await owing();
    const account = (await services().account(of.accountId))!;
    const { number } = await services().requestSuspension(account, NOW);
    await services().confirmServices(of.accountId, number!, 'suspend', NOW);
    return of;
  }
  const status = async (accountId: string) => (await services().account(accountId))?.services.status;

  it('R39, R130: what is given up is not paid, so the services stay off; whoever pays after all gets them back', async () => {
    const { accountId, post } = await suspended();
    const given = await post('write-off', { reason: 'Insolvent' });
    expect(given.body.effects).toMatchObject({ balance: { after: 0 }, reactivates: false });
    expect(await status(accountId)).toBe('suspended');
    expect(await world.taken('services')).toEqual([]);
    await post('write-off/reversal', { reason: 'Pays after all' });
    const { balance: amount } = (await services().account(accountId))!;
    const payment = { kind: 'wire', reference: 'W-1', valueDate: '2026-12-01', amount, currency: 'EUR' };
    const path = `/accounts/${accountId}/manual-payments`;
    const headers = { 'idempotency-key': 'w-1' };
    const paid = await call(token.finance, 'POST', path, { body: payment, headers });
    expect(paid.body.effects.reactivates).toBe(true);
    expect(await status(accountId)).toBe('reactivating');
    await world.taken('services');
  });

  it('a rest too small to matter may bring the services back, when finance says so', async () => {
    const { accountId, post } = await suspended();
    const rest = await post('write-off', { reason: 'Fee of the bank', restoreServices: true });
    expect(rest.body.effects.reactivates).toBe(true);
    expect(await status(accountId)).toBe('reactivating');
    expect(await world.taken('services')).toMatchObject([{ accountId, action: 'reactivate' }]);
  });
});

it.each([
  ['more than is due', { reason: 'x', amount: 9_999_999 }, 422, 'amount'],
  ['no reason', {}, 400, 'reason'],
])('with %s it is refused and nothing changes', async (_what, body, status, field) => {
  const { total, post, ledger } = await owing();
  const answer = await post('write-off', body);
  expect([answer.status, answer.body.field]).toEqual([status, field]);
  expect((await ledger()).balance).toBe(total);
});

it('nobody else gives debts up', async () => {
  const { accountId, post } = await owing();
  for (const by of [token.staff, token.ops, token.ownerOf(accountId)])
    expect((await post('write-off', { reason: 'x' }, by)).status).toBe(403);
});
