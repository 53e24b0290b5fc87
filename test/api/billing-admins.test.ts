import { describe, expect, it } from 'vitest';
import type { Claims } from './world.ts';
import { apiWorld, customer, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const MANY = 'everything';
let made = 0;

/** An account of a seller whose customers say themselves what their billing admins may do, unless told otherwise. */
async function opened(overrides: Parameters<typeof customer>[1] = {}) {
  const accountId = `granting-${++made}`;
  await world.load(customer(accountId, overrides));
  const path = `/accounts/${accountId}`;
  const admin = (sub: string, grants?: string): Claims => ({
    ...token.ownerOf(accountId),
    sub,
    ...(grants === undefined ? {} : { 'custom:grants': grants }),
  });
  const set = async (by: Claims, subject: string, grants: unknown, version?: number) => {
    const current = (await call(token.staff, 'GET', path)).body.version;
    return call(by, 'PUT', `${path}/billing-admins/${subject}`, { version: version ?? current, body: { grants } });
  };
  const listed = async () => (await call(token.staff, 'GET', `${path}/billing-admins`)).body.billingAdmins;
  const sees = async (by: Claims) => (await call(by, 'GET', path)).status === 200;
  return { accountId, path, admin, set, listed, sees };
}

describe('R9–R13, C2: what a customer’s billing admins may do', () => {
  it('is set by support, holds from the next request on, and instead of what the token says', async () => {
    const { path, admin, set, listed, sees } = await opened();
    const bob = admin('bob', 'view');
    expect(await sees(bob)).toBe(true);
    expect((await set(token.staff, 'bob', ['methods'])).body).toEqual({
      billingAdmins: [{ subject: 'bob', grants: ['methods'] }],
    });
    expect(await sees(bob)).toBe(false);
    expect((await set(token.staff, 'bob', MANY)).status).toBe(200);
    expect(await sees(bob)).toBe(true);
    expect((await call(bob, 'GET', `${path}/billing-admins`)).status).toBe(200);
    expect(await listed()).toEqual([{ subject: 'bob', grants: MANY }]);
    expect(await sees(admin('carl'))).toBe(true);
  });

  it('is nothing at all any more with an empty list, and cannot be got back by oneself', async () => {
    const { path, admin, set, sees } = await opened();
    expect((await set(token.staff, 'bob', [])).status).toBe(200);
    expect(await sees(admin('bob'))).toBe(false);
    expect((await set(admin('bob'), 'bob', MANY)).status).toBe(403);
    expect((await call(admin('bob'), 'GET', `${path}/invoices`)).status).toBe(403);
  });

  it('is set by another one who may do everything, and never by one who may not, or by oneself', async () => {
    const { admin, set, listed } = await opened();
    const [master, helper] = [
      admin('max'),
      admin('hanna', 'view pay methods addresses subscriptions quotes exemption'),
    ];
    expect((await set(helper, 'bob', ['view'])).status).toBe(403);
    const own = await set(master, 'max', ['view']);
    expect([own.status, own.body.code, own.body.field]).toEqual([422, 'own_grants', 'subject']);
    expect((await set(master, 'hanna', ['view'])).status).toBe(200);
    expect(await listed()).toEqual([
      { subject: 'hanna', grants: ['view'] },
      { subject: 'max', grants: MANY },
    ]);
    const last = await set(token.staff, 'max', ['view']);
    expect([last.status, last.body.code]).toEqual([422, 'last_billing_admin']);
  });

  it('leaves one with everything when two take it from each other at the same moment', async () => {
    const { path, admin, set, listed } = await opened();
    const { version } = (await call(token.staff, 'GET', path)).body;
    const answers = await Promise.all([
      set(admin('max'), 'mia', ['view'], version),
      set(admin('mia'), 'max', ['view'], version),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const admins: { subject: string; grants: unknown }[] = await listed();
    const [winner, loser] = admins[0]!.grants === MANY ? admins : admins.toReversed();
    expect([winner!.grants, loser!.grants]).toEqual([MANY, ['view']]);
    expect((await set(admin(loser!.subject), winner!.subject, ['view'])).status).toBe(403);
  });

  it('is for support alone where the seller has not opened it to customers', async () => {
    const { admin, set } = await opened({
      ...{ sellerId: 'northwind-uk', currency: 'GBP' },
      billingAddress: { line1: '4 Harbour Terrace', city: 'London', postalCode: 'E1 6AN', country: 'GB' },
    });
    const refused = await set(admin('max'), 'bob', ['view']);
    expect([refused.status, refused.body.code]).toEqual([403, 'field_of_support']);
    expect((await set(token.staff, 'bob', ['view'])).status).toBe(200);
  });

  it('is hidden from other customers, and closed to the telecom’s other roles', async () => {
    const { path, set } = await opened();
    expect((await set(token.ownerOf('another'), 'bob', MANY)).status).toBe(404);
    expect((await set({ ...token.staff, 'custom:sellers': 'northwind-uk' }, 'bob', MANY)).status).toBe(404);
    for (const by of [token.finance, token.ops]) {
      expect((await set(by, 'bob', MANY)).status).toBe(403);
      expect((await call(by, 'GET', `${path}/billing-admins`)).status).toBe(403);
    }
  });

  it.each([
    ['a word that nobody knows', ['everything'], 'must be "everything" or a list of view, pay, methods, addresses'],
    ['paying without viewing (C1)', ['pay'], 'who pays must be let view, too'],
    ['no list', 'all', 'must be "everything" or a list of view'],
  ])('is refused with field and reason: %s', async (_what, grants, reason) => {
    const { set, listed } = await opened();
    const { status, body } = await set(token.staff, 'bob', grants);
    expect([status, body.field]).toEqual([400, 'grants']);
    expect(body.detail).toContain(`grants: ${reason}`);
    expect(await listed()).toEqual([]);
  });

  it('is not what the account itself shows, and is set once', async () => {
    const { path, set } = await opened();
    await set(token.staff, 'bob', ['view']);
    const { version, ...shown } = (await call(token.staff, 'GET', path)).body;
    expect(JSON.stringify(shown)).not.toContain('bob');
    expect((await set(token.staff, 'bob', ['view'])).status).toBe(200);
    expect((await call(token.staff, 'GET', path)).body.version).toBe(version);
    expect((await set(token.staff, 'bob', [], version - 1)).body.code).toBe('account_changed');
  });
});
