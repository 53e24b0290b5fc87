import { describe, expect, it } from 'vitest';
import { overlaps } from '../../shared/domain/number-owner.ts';
import type { UsageException } from '../../shared/domain/usage-exception.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call, load, store, taken, deps } = world;
const SELLER = 'northwind-ie';
const PATH = `/sellers/${SELLER}/usage-exceptions`;

const exception = (exceptionId: string, more: Partial<UsageException> = {}): UsageException => ({
  sellerId: SELLER,
  exceptionId,
  status: 'open',
  code: 'unknown_number',
  format: 'asterisk',
  file: `usage/asterisk/${SELLER}/Master.csv`,
  line: 7,
  field: '',
  reason: 'on 2026-11-03 neither …',
  raw: '"acme","+35315550100"',
  recordId: `record-${exceptionId}`,
  firstSeenAt: '2026-12-01T11:00:00.000Z',
  triedAt: '2026-12-01T11:00:00.000Z',
  ...more,
});
const put = (...exceptions: UsageException[]) => Promise.all(exceptions.map((each) => store().recordException(each)));

describe('numbers of an account', () => {
  const number = '+35315550123';

  it('come with the account, are added, and end, and two accounts cannot have one at the same time', async () => {
    await load(customer('numbered', { numbers: [{ number: '+35315550101', from: '2026-01-01' }] }));
    await load(customer('numbered-too'));
    const add = (accountId: string, body: object) =>
      call(token.staff, 'POST', `/accounts/${accountId}/numbers`, { body });
    expect((await add('numbered', { number, from: '2026-01-01' })).status).toBe(201);
    expect(await add('numbered-too', { number, from: '2026-07-01' })).toMatchObject({
      status: 409,
      body: { code: 'number_owned' },
    });
    const ended = await call(token.staff, 'POST', `/accounts/numbered/numbers/${encodeURIComponent(number)}/end`, {
      body: { to: '2026-06-30' },
    });
    expect([ended.status, ended.body]).toEqual([200, { number, from: '2026-01-01', to: '2026-06-30' }]);
    expect((await add('numbered-too', { number, from: '2026-07-01' })).status).toBe(201);
    const { body } = await call(token.staff, 'GET', '/accounts/numbered/numbers');
    expect(body.numbers).toEqual([{ number, from: '2026-01-01', to: '2026-06-30' }]);
    expect([...(await store().ownersOf([number])).values()].flat()).toHaveLength(2);
  });

  it('of POST /accounts are its own from the beginning', async () => {
    const made = customer('born-with-numbers', { numbers: [{ number: '+35315550102', from: '2026-01-01' }] });
    expect((await call(token.staff, 'POST', '/accounts', { body: made })).status).toBe(201);
    expect((await call(token.staff, 'GET', '/accounts/born-with-numbers/numbers')).body.numbers).toHaveLength(1);
  });

  it.each([
    [{ number: '01 555 0123', from: '2026-01-01' }, 'number'],
    [{ number, from: '2026-02-30' }, 'from'],
    [{ number, from: '2026-02-01', to: '2026-01-01' }, 'to'],
  ])('%j is refused by its field', async (body, field) => {
    await load(customer('refusing'));
    expect(await call(token.staff, 'POST', '/accounts/refusing/numbers', { body })).toMatchObject({
      status: 400,
      body: { field },
    });
  });

  it('are written by staff only, and a foreign account has none', async () => {
    const body = { number, from: '2026-01-01' };
    expect((await call(token.ops, 'POST', '/accounts/numbered/numbers', { body })).status).toBe(403);
    expect((await call(token.otherSeller, 'GET', '/accounts/numbered/numbers')).status).toBe(404);
  });

  it.each([
    [{ from: '2026-01-01' }, { from: '2027-01-01' }, true],
    [{ from: '2026-01-01', to: '2026-06-30' }, { from: '2026-06-30' }, true],
    [{ from: '2026-01-01', to: '2026-06-30' }, { from: '2026-07-01' }, false],
  ])('%j and %j have a day in common: %s', (a, b, expected) => {
    expect([overlaps(a, b), overlaps(b, a)]).toEqual([expected, expected]);
  });
});

describe('usage exceptions', () => {
  it('are listed with record, field, reason and age, by code, oldest first, page by page', async () => {
    await put(
      exception('a1', { firstSeenAt: '2026-12-01T11:30:00.000Z' }),
      exception('a2'),
      exception('a3', { code: 'no_rate', field: 'dst' }),
    );
    const { body } = await call(token.finance, 'GET', `${PATH}?code=unknown_number&limit=1`);
    expect(body.exceptions).toMatchObject([
      { exceptionId: 'a2', line: 7, raw: '"acme","+35315550100"', ageSeconds: 3600 },
    ]);
    const next = await call(token.finance, 'GET', `${PATH}?code=unknown_number&limit=1&cursor=${body.cursor}`);
    expect(next.body.exceptions).toMatchObject([{ exceptionId: 'a1' }]);
    const all = await call(token.ops, 'GET', PATH);
    expect(all.body.exceptions.map(({ code }: { code: string }) => code).sort()).toEqual([
      'no_rate',
      'unknown_number',
      'unknown_number',
    ]);
  });

  it('replaying all of a code sends the work to the queue, with the time it was asked for', async () => {
    expect((await call(token.ops, 'POST', `${PATH}/replay`, { body: { code: 'no_rate' } })).status).toBe(202);
    expect(await taken('usage')).toEqual([{ key: `replay/${SELLER}/no_rate`, line: 1, upload: NOW }]);
  });

  it('replaying one takes the corrected record, and says who corrected it', async () => {
    await put(exception('b1'));
    const body = { corrected: '"acme","+35315550199"' };
    expect((await call(token.ops, 'POST', `${PATH}/b1/replay`, { body })).status).toBe(202);
    expect(await taken('usage')).toEqual([{ key: `replay/${SELLER}/unknown_number/b1`, line: 1, upload: NOW }]);
    expect(await deps().store.usageException(SELLER, 'b1')).toMatchObject({
      raw: body.corrected,
      by: 'olga',
      triedAt: NOW,
    });
  });

  it('a record that lost bytes is not replayed as it is', async () => {
    await put(exception('c1', { code: 'cut_off' }));
    expect((await call(token.ops, 'POST', `${PATH}/c1/replay`, { body: {} })).status).toBe(422);
    expect((await call(token.ops, 'POST', `${PATH}/replay`, { body: { code: 'encoding' } })).status).toBe(422);
    expect((await call(token.ops, 'POST', `${PATH}/c1/replay`, { body: { corrected: 'x' } })).status).toBe(202);
    await taken('usage');
  });

  it('discarding needs a reason, closes the exception and keeps it', async () => {
    await put(exception('d1'));
    expect((await call(token.finance, 'POST', `${PATH}/d1/discard`, { body: { reason: ' ' } })).status).toBe(400);
    const answer = await call(token.finance, 'POST', `${PATH}/d1/discard`, { body: { reason: 'a test call' } });
    expect(answer.body).toMatchObject({ status: 'discarded', by: 'finn', note: 'a test call' });
    const again = await call(token.finance, 'POST', `${PATH}/d1/replay`, { body: {} });
    expect(again).toMatchObject({ status: 409, body: { code: 'usage_exception_closed' } });
    expect((await call(token.finance, 'POST', `${PATH}/ffff/discard`, { body: { reason: 'x' } })).status).toBe(404);
  });

  it('are hidden from who does not work for the seller, and no business of staff and customers', async () => {
    expect((await call(token.otherSeller, 'GET', PATH)).status).toBe(404);
    expect((await call(token.staff, 'GET', PATH)).status).toBe(403);
    expect((await call(token.ownerOf('numbered'), 'GET', PATH)).status).toBe(403);
  });
});

describe('files of usage and rate decks', () => {
  it.each([
    ['usage-files/asterisk', 'Master.csv.gz', 'usage/asterisk/northwind-ie/Master.csv.gz'],
    ['rate-decks/premium-ie', 'may', 'decks/northwind-ie/premium-ie/may.csv'],
  ])('%s: the link leads into the folder that says what the file is', async (path, name, key) => {
    const { status, body } = await call(token.ops, 'POST', `/sellers/${SELLER}/${path}`, { body: { name } });
    expect([status, new URL(body.url).pathname.endsWith(key)]).toEqual([201, true]);
    expect((await call(token.ops, 'GET', `/sellers/${SELLER}/${path}/${name}`)).status).toBe(404);
    expect((await call(token.staff, 'POST', `/sellers/${SELLER}/${path}`, { body: { name } })).status).toBe(403);
  });
});
