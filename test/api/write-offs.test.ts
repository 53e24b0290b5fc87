import { expect, it } from 'vitest';
import { apiWorld, customer, token } from './world.ts';

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
