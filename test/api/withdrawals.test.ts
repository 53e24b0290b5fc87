import { describe, expect, it } from 'vitest';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const LATER = '2026-12-20T12:00:00.000Z';

let made = 0;
/** An account whose ten phones, and a circuit that only support cancels, are cancelled as of 12 December. */
async function leaving(productId = 'desk-phone', overrides = {}) {
  const accountId = `leaving-${++made}`;
  const subscriptions = [{ subscriptionId: 'phones', productId, changes: [{ effectiveOn: '2026-01-01', delta: 10 }] }];
  await world.load(customer(accountId, { autopay: false, subscriptions, ...overrides }));
  const path = `/accounts/${accountId}/subscriptions/phones/cancellation`;
  const version = async () => (await call(token.staff, 'GET', `/accounts/${accountId}`)).body.version as number;
  const cancel = async (now = NOW) =>
    call(token.staff, 'PUT', path, { body: { requestedOn: '2026-12-12' }, version: await version(), now });
  const withdraw = async (by: Parameters<typeof call>[0] = token.ownerOf(accountId), now = LATER, dies?: true) =>
    call(by, 'DELETE', path, { version: await version(), now, ...(dies && { dies }) });
  const subscription = async () => (await call(token.staff, 'GET', `/accounts/${accountId}`)).body.subscriptions[0];
  return { accountId, path, cancel, withdraw, subscription };
}
const notice = (accountId: string, document: 'cancellation' | 'cancellation-withdrawn', occurrence = 1) => ({
  ...{ sellerId: 'northwind-ie', accountId, about: 'phones', document, occurrence },
});

describe('a cancellation that is taken back', () => {
  it('leaves the subscription as it was, has that mailed, and takes its confirmation away', async () => {
    const { accountId, path, cancel, withdraw, subscription } = await leaving();
    const before = await subscription();
    await cancel();
    await world.taken('notices');
    const answer = await withdraw();
    expect([answer.status, answer.body.version, answer.headers.etag]).toEqual([200, 3, '"3"']);
    expect(await subscription()).toEqual(before);
    expect(await world.taken('notices')).toEqual([notice(accountId, 'cancellation-withdrawn')]);
    expect(await world.store().delivery(notice(accountId, 'cancellation-withdrawn'))).toMatchObject({
      createdAt: LATER,
      recipients: {},
    });
    expect(await world.store().cancellation(accountId, 'phones')).toMatchObject({
      purgeOn: '2027-03-31',
      withdrawn: { on: '2026-12-20', at: LATER, by: 'customer' },
    });
    expect((await call(token.staff, 'GET', `${path}/pdf`)).body.code).toBe('cancellation_not_found');
  });

  it('asked for again it is the same, and its mail is asked for again; so it is when the first try died before that', async () => {
    const { accountId, cancel, withdraw } = await leaving();
    await cancel();
    await world.taken('notices');
    expect((await withdraw(undefined, LATER, true)).status).toBe(500);
    expect(await world.taken('notices')).toEqual([]);
    const again = await withdraw();
    expect([again.status, again.body.version]).toEqual([200, 3]);
    expect(await world.taken('notices')).toEqual([notice(accountId, 'cancellation-withdrawn')]);
  });

  it('asked for ten times at the same moment it happens once', async () => {
    const { accountId, path, cancel, subscription } = await leaving();
    await cancel();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call(token.staff, 'DELETE', path, { version: 2, now: LATER })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'account_changed')).toHaveLength(9);
    expect((await subscription()).cancellation).toBeUndefined();
    expect((await world.store().loadAccount(accountId))?.account.version).toBe(3);
    await world.taken('notices');
  });

  it('cancelled and taken back once more, each is confirmed by a mail of its own', async () => {
    const { accountId, path, cancel, withdraw } = await leaving();
    for (const _time of [1, 2]) {
      await cancel();
      await withdraw();
    }
    expect(await world.taken('notices')).toEqual([
      notice(accountId, 'cancellation'),
      notice(accountId, 'cancellation-withdrawn'),
      notice(accountId, 'cancellation', 2),
      notice(accountId, 'cancellation-withdrawn', 2),
    ]);
    await cancel();
    expect((await call(token.ownerOf(accountId), 'GET', `${path}/pdf`)).status).toBe(200);
    await world.taken('notices');
  });

  it('is not mailed where the cancellation was not: nobody can write to an account without an address', async () => {
    const { cancel, withdraw, subscription } = await leaving('desk-phone', { billingAddress: undefined });
    await cancel();
    expect((await withdraw()).status).toBe(200);
    expect((await subscription()).cancellation).toBeUndefined();
    expect(await world.taken('notices')).toEqual([]);
  });

  it('of what was not cancelled changes nothing', async () => {
    const { withdraw } = await leaving();
    const answer = await withdraw();
    expect([answer.status, answer.body.version]).toEqual([200, 1]);
  });

  it.each([
    ['on its last day', '2026-12-31T22:00:00.000Z', 200, undefined],
    ['on the day after', '2027-01-01T00:30:00.000Z', 422, 'cancellation_effective'],
    ['once its content is deleted', '2027-03-31T09:00:00.000Z', 422, 'content_deleted'],
  ])('it can be taken back as long as it has not ended: %s', async (_name, now, status, code) => {
    const { cancel, withdraw, subscription } = await leaving();
    await cancel();
    const answer = await withdraw(token.staff, now);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await subscription()).cancellation === undefined).toBe(status === 200);
    await world.taken('notices');
  });
});

describe('who takes a cancellation back', () => {
  it('R66: of a product that customers do not cancel alone, support does', async () => {
    const { cancel, withdraw } = await leaving('broadband');
    await cancel();
    const refused = await withdraw();
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([
      403,
      'not_self_service',
      'subscriptionId',
    ]);
    expect((await withdraw(token.staff)).status).toBe(200);
    await world.taken('notices');
  });

  it('R87, C10: a customer with overdue invoices pays first; support goes on', async () => {
    const { accountId, cancel, withdraw } = await leaving();
    await world.invoiced(accountId);
    await cancel();
    const refused = await withdraw();
    expect([refused.status, refused.body.code]).toEqual([409, 'balance_overdue']);
    expect((await withdraw(token.staff)).status).toBe(200);
    expect((await world.store().cancellation(accountId, 'phones'))?.withdrawn?.by).toBe('support');
    await world.taken('notices');
  });

  it.each([
    ['finance', token.finance, 403],
    ['ops', token.ops, 403],
    ['the billing admin of another customer', token.ownerOf('somebody-else'), 404],
  ])('not %s', async (_name, by, status) => {
    const { cancel, withdraw } = await leaving();
    await cancel();
    expect((await withdraw(by)).status).toBe(status);
    await world.taken('notices');
  });
});
