import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const LOG = '/accounts/acme/audit-log';

const entry = (id: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ id, at: NOW, what: 'account', action: 'changed' },
  by: { by: 'stan', roles: ['staff'], from: '198.51.100.1' },
  changes: [{ field: 'name', before: 'Old', after: '=SUM(A1)' }],
  ...more,
});

beforeAll(async () => {
  for (const id of ['acme', 'other']) await world.load(customer(id));
  await world.invoiced('acme');
  const own = { by: { by: 'owner-of-acme', roles: ['billing-admin'], from: '203.0.113.7' } };
  await world.auditStore().append('acme', [entry('1'), entry('2', own), entry('3')], () => NOW);
});

/** What was noted of reads of an account, by key. */
const noted = async (accountId: string): Promise<Map<string, unknown[]>> => {
  const items = (await world.table.items()).map((item) => JSON.parse(JSON.stringify(item)));
  const notes = items.filter(({ pk, sk }) => pk.S === `ACCOUNT#${accountId}` && sk.S.startsWith('ACCESS#'));
  return new Map(
    notes.map(({ sk, request, status, changedBy: { M } }) => [sk.S, [request.S, Number(status.N), M.by.S, M.from.S]]),
  );
};
describe('the audit log of an account', () => {
  it('comes page by page, with the hashes for whoever may verify it', async () => {
    const first = await call(token.finance, 'GET', `${LOG}?limit=2`);
    expect(first.status).toBe(200);
    expect(first.body.next).toBe(2);
    expect(first.body.entries).toMatchObject([
      { sequence: 1, by: { by: 'stan', from: '198.51.100.1' }, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { sequence: 2 },
    ]);
    const last = await call(token.ops, 'GET', `${LOG}?limit=2&after=2`);
    expect(last.body).toMatchObject({ entries: [{ sequence: 3 }] });
    expect(last.body.next).toBeUndefined();
  });

  it('is given to the customer: its own people by name, of the telecom’s the role', async () => {
    const { body } = await call(token.ownerOf('acme'), 'GET', LOG);
    expect(body.entries.map(({ by }: { by: object }) => by)).toEqual([
      { by: 'telecom', roles: ['staff'] },
      { by: 'owner-of-acme', roles: ['billing-admin'], from: '203.0.113.7' },
      { by: 'telecom', roles: ['staff'] },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/stan|198\.51|hash/);
  });

  it('whoever is a customer here and works for another seller gets what the customer gets', async () => {
    const both = {
      ...token.ownerOf('acme'),
      'cognito:groups': '[billing-admin finance]',
      'custom:sellers': 'northwind-uk',
    };
    expect(JSON.stringify((await call(both, 'GET', LOG)).body)).not.toMatch(/stan|198\.51|hash/);
  });

  it('comes as a file for a spreadsheet, newest first, in which no value turns into a formula', async () => {
    const { body, type, headers } = await call(token.ownerOf('acme'), 'GET', `${LOG}.csv`);
    expect(type).toMatch(/^text\/csv/);
    expect(headers['content-disposition']).toBe('attachment; filename="audit-log-acme.csv"');
    const [heading, row] = body.split('\n');
    expect(heading).toBe('number,time,what,which,action,by,roles,from,field,before,after');
    expect(row).toBe(`3,${NOW},account,,changed,telecom,staff,,name,Old,'=SUM(A1)`);
  });

  it.each([`${LOG}?for=customer`, `${LOG}.csv?for=customer`])(
    'finance hands on what the customer is given: %s',
    async (path) => {
      const { body } = await call(token.finance, 'GET', path);
      expect(body).toEqual((await call(token.ownerOf('acme'), 'GET', path.replace('?for=customer', ''))).body);
    },
  );

  it('ends a page where an answer of Lambda would grow too large, and leads on from there', async () => {
    await world.load(customer('large'));
    const long = { changes: [{ field: 'name', before: 'x'.repeat(50_000) }] };
    const entries = Array.from({ length: 60 }, (_, n) => entry(`large-${n}`, long));
    await world.auditStore().append('large', entries, () => NOW);
    const { body } = await call(token.finance, 'GET', '/accounts/large/audit-log');
    expect(body.entries.length).toBeLessThan(60);
    expect(body.next).toBe(body.entries.length);
    const rest = await call(token.finance, 'GET', `/accounts/large/audit-log?after=${body.next}`);
    expect(rest.body.entries[0].sequence).toBe(body.next + 1);
  });

  it('is verified with anchors, by finance and ops only', async () => {
    const head = (await call(token.finance, 'GET', LOG)).body.entries.at(-1);
    for (let shard = 0; shard < 64; shard++) {
      const heads = await world.auditStore().headsMovedOn('2026-12-01', shard);
      if (heads.size > 0) await world.anchors().anchor('2026-12-01', shard, heads);
    }
    const path = `${LOG}/anchors?month=2026-12`;
    const anchors = [{ date: '2026-12-01', sequence: 3, hash: head.hash }];
    expect((await call(token.finance, 'GET', path)).body).toEqual({ anchors });
    expect((await call(token.finance, 'GET', `${LOG}/anchors?month=2026-11`)).body).toEqual({ anchors: [] });
    expect((await call(token.ownerOf('acme'), 'GET', path)).status).toBe(403);
  });

  it.each([
    ['limit', `${LOG}?limit=0`],
    ['after', `${LOG}?after=-1`],
    ['after', `${LOG}?after=x`],
    ['month', `${LOG}/anchors?month=2026`],
    ['month', `${LOG}/anchors`],
  ])('refuses a wrong %s by name: %s', async (field, path) => {
    const { status, body } = await call(token.finance, 'GET', path);
    expect(status).toBe(400);
    expect(body.errors[0].field).toBe(field);
  });
});

describe('an access', () => {
  const ask = async (accountId: string, claims: Parameters<typeof call>[0], path: string) => {
    const before = await noted(accountId);
    const { status } = await call(claims, 'GET', path);
    const after = [...(await noted(accountId))];
    return [status, after.filter(([key]) => !before.has(key)).map(([, note]) => note)];
  };
  const here = '203.0.113.7';

  it.each([
    ['/accounts/acme'],
    ['/accounts/acme/invoices'],
    ['/accounts/acme/invoices/2026-12-cycle'],
    [LOG],
    [`${LOG}.csv`],
  ])('is noted with who and from where: %s', async (path) => {
    const owner = token.ownerOf('acme');
    expect(await ask('acme', owner, path)).toEqual([200, [[`GET ${path}`, 200, owner.sub, here]]]);
  });

  it('by an invoice’s number is one to its account', async () => {
    const number = (await call(token.finance, 'GET', '/accounts/acme/invoices')).body.invoices[0].number;
    const path = `/sellers/northwind-ie/invoices/${number}`;
    expect(await ask('acme', token.finance, path)).toEqual([200, [[`GET ${path}`, 200, 'finn', here]]]);
  });

  it('that was refused is noted, too: somebody tried', async () => {
    const stranger = token.ownerOf('other');
    expect(await ask('acme', stranger, '/accounts/acme')).toEqual([
      404,
      [['GET /accounts/acme', 404, stranger.sub, here]],
    ]);
  });

  it.each([
    ['a listing of accounts', 'acme', '/sellers/northwind-ie/accounts'],
    ['a month’s invoices', 'acme', '/sellers/northwind-ie/invoices?month=2026-12'],
    ['something that does not exist', 'nobody', '/accounts/nobody'],
  ])('is not %s', async (_name, accountId, path) => {
    expect((await ask(accountId, token.everything, path))[1]).toEqual([]);
  });
});
