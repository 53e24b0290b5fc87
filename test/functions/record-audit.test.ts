import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordAudit } from '../../functions/record-audit.ts';
import { createAccessLog } from '../../shared/aws/access-log.ts';
import { acting } from '../../shared/aws/acting.ts';
import { createAuditStore } from '../../shared/aws/audit-store.ts';
import { sha256 } from '../../shared/aws/digest.ts';
import { removerOf } from '../../shared/aws/stream-records.ts';
import { raised } from '../../shared/domain/account-changes.ts';
import { type ChainedEntry, verifyChain } from '../../shared/domain/audit/chain.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import type { AuditStore } from '../../shared/ports.ts';
import { accountOf, METHOD, open, storesOver } from '../aws/fixtures.ts';
import { TABLE } from '../support/billing-table.ts';
import { localTable } from '../support/emulators.ts';

const NOW = '2026-12-01T09:00:00.000Z';
const table = localTable();
const audit = () => createAuditStore({ table: table.auditLogs() });
const record = (records: readonly DynamoDBRecord[], store: Pick<AuditStore, 'append'> = audit(), now = NOW) =>
  recordAudit({ store, removerOf: (key) => removerOf(table(), key), now: () => now })(records);

/** What the stream has told of an account. */
const told = async (accountId: string): Promise<DynamoDBRecord[]> =>
  (await table.streamed()).filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S === `ACCOUNT#${accountId}`);
const logOf = (accountId: string) => audit().entries(accountId, 0, 1_000);
const isSound = (accountId: string, log: readonly ChainedEntry[]) =>
  verifyChain(accountId, log, [], sha256).break === undefined;
const as = <T>(by: string, work: () => Promise<T>) =>
  acting.as({ by, roles: ['staff'], from: '203.0.113.7' }, () => NOW, work);

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a change', () => {
  it('is logged with whoever caused it, whichever store wrote it, and two people at once each under their own name', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('ann'));
    await open(stores, accountOf('bob'));
    const rename = async (accountId: string, name: string) => {
      const { account } = (await stores.invoices.loadForBilling(accountId))!;
      await stores.accounts.updateAccount(raised(account, { name }));
    };
    await Promise.all([as('stan', () => rename('ann', 'Ann Ltd')), as('sue', () => rename('bob', 'Bob Ltd'))]);
    await record(await table.streamed());
    const last = async (accountId: string) => (await logOf(accountId)).at(-1);
    expect(await last('ann')).toMatchObject({
      ...{ at: NOW, what: 'account', action: 'changed' },
      by: { by: 'stan', roles: ['staff'], from: '203.0.113.7' },
      changes: [{ field: 'name', after: 'Ann Ltd' }],
    });
    expect(await last('bob')).toMatchObject({ by: { by: 'sue' }, changes: [{ field: 'name', after: 'Bob Ltd' }] });
  });

  it('leaves nothing of its stamp in what the domain reads', async () => {
    const stores = storesOver(table());
    await as('stan', () => open(stores, accountOf('stamped')));
    const { account, subscriptions } = (await stores.invoices.loadForBilling('stamped'))!;
    expect(Object.keys({ ...account, ...subscriptions[0] })).not.toContain('changedBy');
  });

  it('that removes something is logged with who removed it and what it was', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('removes'));
    const { account } = (await stores.invoices.loadForBilling('removes'))!;
    await stores.accounts.putMethod(raised(account), METHOD);
    await as('stan', () => stores.accounts.removeMethod(raised(raised(account)), METHOD));
    await record(await told('removes'));
    expect((await logOf('removes')).at(-1)).toMatchObject({
      ...{ what: 'payment-method', action: 'removed', subject: 'pm-1', by: { by: 'stan' } },
      changes: expect.arrayContaining([{ field: 'last4', before: '4242' }]),
    });
  });

  it('that is made past the product is logged as such', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('by-hand'));
    const item = (await table.items()).find(
      ({ pk, sk }) => sk && JSON.stringify([pk, sk]).includes('by-hand"},{"S":"PROFILE"}'),
    );
    const Item = { ...item, name: { S: 'Rewritten' } } as never;
    await table.client().send(new PutItemCommand({ TableName: TABLE, Item }));
    await record(await told('by-hand'));
    expect((await logOf('by-hand')).at(-1)).toMatchObject({
      by: { by: 'outside-of-the-product' },
      changes: [{ field: 'name', after: 'Rewritten' }],
    });
  });

  it('that is only read is logged as an access', async () => {
    const log = createAccessLog({ table: table() });
    await as('finn', () => log.recordAccess('seen', { request: 'GET /accounts/seen', status: 200 }));
    await record(await told('seen'));
    expect(await logOf('seen')).toMatchObject([{ what: 'access', by: { by: 'finn' } }]);
  });
});

describe('a batch', () => {
  it('delivered twice, in part, or at the same time by several, appends each entry once, in order', async () => {
    const stores = storesOver(table());
    for (const id of ['t-1', 't-2', 't-3']) await open(stores, accountOf(id));
    const batch = [...(await told('t-1')), ...(await told('t-2')), ...(await told('t-3'))];
    const deliveries = [batch, batch, batch.slice(1), batch.slice(0, 4), batch];
    for (const failed of await Promise.all(deliveries.map((each) => record(each)))) expect(failed).toEqual([]);
    await record(batch);
    for (const id of ['t-1', 't-2', 't-3']) {
      const log = await logOf(id);
      const ids = (await told(id)).map(({ eventID }) => eventID);
      expect(log.map((entry) => entry.id).toSorted()).toEqual(ids.toSorted());
      expect(isSound(id, log)).toBe(true);
    }
  });

  it('is known for a day and an hour, as long as the stream may tell of it', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('later'));
    const batch = await told('later');
    await record(batch);
    await record(batch, audit(), '2026-12-02T08:59:59.000Z');
    expect(await logOf('later')).toHaveLength(batch.length);
  });

  it('of which one account cannot be written appends the others, and is told from that account’s first event on', async () => {
    const stores = storesOver(table());
    for (const id of ['fine-1', 'stuck', 'fine-2']) await open(stores, accountOf(id));
    const batch = [...(await told('fine-1')), ...(await told('stuck')), ...(await told('fine-2'))];
    const store: Pick<AuditStore, 'append'> = {
      append: async (accountId, entries, now) => {
        if (accountId === 'stuck') throw new Error('ProvisionedThroughputExceededException');
        return await audit().append(accountId, entries, now);
      },
    };
    const failed = await record(batch, store);
    expect(failed.map((each) => each.record)).toEqual(await told('stuck'));
    await record(batch);
    for (const id of ['fine-1', 'stuck', 'fine-2']) expect(await logOf(id)).toHaveLength((await told(id)).length);
  });
});

describe('the log', () => {
  const entry = (id: string, length = 10): AuditEntry => ({
    ...{ id, at: NOW, what: 'account', action: 'changed', by: { by: 'stan' } },
    changes: [{ field: 'name', after: 'x'.repeat(length) }],
  });

  it('is read page by page from any entry on, and from its end, wherever its blocks begin', async () => {
    for (const n of [1, 4, 2]) {
      const ids = Array.from({ length: n }, (_, i) => entry(`${n}-${i}`));
      await audit().append('paged', ids, () => NOW);
    }
    const sequences = async (after: number, limit: number) =>
      (await audit().entries('paged', after, limit)).map(({ sequence }) => sequence);
    expect(await sequences(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await sequences(2, 2)).toEqual([3, 4]);
    expect(await sequences(4, 3)).toEqual([5, 6, 7]);
    expect(await sequences(7, 3)).toEqual([]);
    expect((await audit().newest('paged', 3)).map(({ sequence }) => sequence)).toEqual([5, 6, 7]);
  });

  it('takes more than an item of the table holds', async () => {
    await audit().append(
      'much',
      Array.from({ length: 30 }, (_, i) => entry(String(i), 50_000)),
      () => NOW,
    );
    const log = await logOf('much');
    expect(log).toHaveLength(30);
    expect(isSound('much', log)).toBe(true);
  });

  it('knows which chains grew on a day, and where they ended', async () => {
    const day = '2027-01-05';
    for (const [accountId, hour] of [
      ['d-1', '01'],
      ['d-1', '23'],
      ['d-2', '12'],
    ] as const)
      await audit().append(accountId, [entry(`${accountId}-${hour}`)], () => `${day}T${hour}:00:00.000Z`);
    const heads = new Map<string, number>();
    for (let shard = 0; shard < 64; shard++)
      for (const [accountId, { sequence }] of await audit().headsMovedOn(day, shard)) heads.set(accountId, sequence);
    expect([...heads].sort()).toEqual([
      ['d-1', 2],
      ['d-2', 1],
    ]);
  });
});
