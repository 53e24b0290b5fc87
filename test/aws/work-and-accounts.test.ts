import { describe, expect, it } from 'vitest';
import { createDeadLetterStore } from '../../shared/aws/dead-letter-store.ts';
import { addMinutes } from '../../shared/domain/calendar.ts';
import { shardOf } from '../../shared/domain/run.ts';
import { subscription } from '../support/accounts.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, issue, LATER, METHOD, NOW, open, SHARDS, storesOver } from './fixtures.ts';

const table = localTable();
/** The message that was sent with the invoice is given half an hour. */
const FORGOTTEN = addMinutes(NOW, 30);

describe('work due by time', () => {
  it('asks for a forgotten collection after half an hour and for dunning when it is due, and for nothing before', async () => {
    const stores = storesOver(table());
    const account = accountOf('due-both', {
      sellerId: 'northwind-due',
      autopay: true,
      defaultMethodId: METHOD.methodId,
    });
    const { receivable } = await issue(stores, account);
    const due = async (at: string) =>
      (await stores.work.dueWork('receivable', account.sellerId, shardOf('due-both', SHARDS), at, 10)).items.flatMap(
        ({ jobs }) => jobs.map(({ queue }) => queue),
      );
    expect(await due(addMinutes(NOW, 29))).toEqual([]);
    expect(await due(FORGOTTEN)).toEqual(['collections']);
    expect(await due(receivable.dunning.nextAt!)).toEqual(['collections', 'dunning']);
  });

  it('is postponed only as it was found, and comes back then', async () => {
    const stores = storesOver(table());
    const account = accountOf('postponed', {
      sellerId: 'northwind-later',
      autopay: true,
      defaultMethodId: METHOD.methodId,
    });
    const { receivable } = await issue(stores, account);
    const shard = shardOf('postponed', SHARDS);
    const find = async (at: string) =>
      (await stores.work.dueWork('receivable', account.sellerId, shard, at, 10)).items[0];
    const found = (await find(FORGOTTEN))!;
    expect(await stores.work.postpone(found, LATER)).toBe('written');
    expect(await stores.work.postpone(found, LATER)).toBe('stale');
    expect(await find(FORGOTTEN)).toBeUndefined();
    const again = (await find(LATER))!;
    expect(again).toMatchObject({ dueAt: LATER, jobs: [{ queue: 'collections' }] });
    // Postponing is not a change of the receivable itself.
    expect(
      await stores.collections.updateReceivable({
        ...receivable,
        collection: { state: 'stopped', attempts: 1 },
        version: 2,
      }),
    ).toBe('written');
    expect(await stores.work.postpone(again, '2026-12-02T00:00:00.000Z')).toBe('stale');
    expect(await find(LATER)).toBeUndefined();
  });
});

describe('accounts', () => {
  it('are created once', async () => {
    const { accounts, invoices } = storesOver(table());
    const input = {
      account: accountOf('created'),
      subscriptions: [subscription('desk-phone', [1, '2026-12-01', 1])],
      methods: [METHOD],
    };
    const results = await Promise.all([1, 2].map(() => accounts.createAccount(input)));
    expect(results.sort()).toEqual(['already-done', 'written']);
    expect(await invoices.loadForBilling('created')).toEqual(input);
    expect(await invoices.loadForBilling('not-created')).toBeUndefined();
  });

  it('change together with what belongs to them, one change at a time', async () => {
    const stores = storesOver(table());
    const { accounts, invoices } = stores;
    const account = accountOf('changing');
    await open(stores, account);
    const more = subscription('softphone', [2, '2026-12-10', 3]);
    expect(await accounts.putSubscription({ ...account, version: 2 }, more)).toBe('written');
    expect(await accounts.putMethod({ ...account, version: 2 }, { ...METHOD, methodId: 'pm-2' })).toBe('stale');
    expect(await accounts.putMethod({ ...account, version: 3 }, { ...METHOD, methodId: 'pm-2' })).toBe('written');
    expect(await accounts.removeMethod({ ...account, version: 4 }, METHOD)).toBe('written');
    expect(await invoices.loadForBilling('changing')).toMatchObject({
      account: { version: 4 },
      subscriptions: [{ subscriptionId: 'sub-desk-phone' }, { subscriptionId: 'sub-softphone' }],
      methods: [{ methodId: 'pm-2' }],
    });
  });

  it('are not replaced over a balance or services that moved since they were read', async () => {
    const stores = storesOver(table());
    await issue(stores, accountOf('balance-moved'));
    const read = (await stores.services.account('balance-moved'))!;
    await stores.services.requestSuspension(read, NOW);
    expect(await stores.accounts.updateAccount({ ...read, name: 'Old Example', version: read.version + 1 })).toBe(
      'stale',
    );
    expect((await stores.services.account('balance-moved'))?.services.status).toBe('suspending');
  });

  it('of a seller are listed over all shards, page by page', async () => {
    const stores = storesOver(table());
    const ids = Array.from({ length: 7 }, (_, index) => `listed-${index}`);
    for (const id of ids) await open(stores, accountOf(id, { sellerId: 'northwind-list' }));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.accounts.accountsOf('northwind-list', 3, cursor);
      expect(page.items.length).toBeLessThanOrEqual(3);
      found.push(...page.items.map(({ accountId }) => accountId));
      cursor = page.cursor;
    } while (cursor);
    expect(found.sort()).toEqual(ids);
  });
});

describe('dead letters', () => {
  const letter = (jobKey: string) => ({
    queue: 'invoices',
    jobKey,
    body: '{}',
    sellerId: 'northwind-gb',
    accountId: jobKey,
    code: 'retries_exhausted',
    reason: 'It failed.',
    lastFailedAt: NOW,
  });

  it('count a failure once however often it is reported, and reopen only for a new one', async () => {
    const store = createDeadLetterStore({ table: table() });
    for (let report = 0; report < 3; report++) await store.recordDeadLetter(letter('once'), 'failure-1');
    const first = (await store.deadLetter('invoices', 'once'))!;
    expect(first).toEqual({ ...letter('once'), failures: 1, status: 'open', firstFailedAt: NOW });
    expect(await store.markRedriven(first, 'olga', LATER)).toBe('written');
    expect(await store.markRedriven(first, 'olga', LATER)).toBe('already-done');
    await store.recordDeadLetter(letter('once'), 'failure-1');
    expect(await store.deadLetter('invoices', 'once')).toMatchObject({
      status: 'redriven',
      redrivenAt: LATER,
      redrivenBy: 'olga',
    });
    await store.recordDeadLetter({ ...letter('once'), code: 'invoice_not_found', lastFailedAt: LATER }, 'failure-2');
    expect(await store.deadLetter('invoices', 'once')).toEqual({
      ...letter('once'),
      code: 'invoice_not_found',
      failures: 2,
      status: 'open',
      firstFailedAt: NOW,
      lastFailedAt: LATER,
    });
    expect(await store.markRedriven(first, 'olga', LATER)).toBe('stale');
  });

  it('are listed by queue, filtered by account and state, page by page', async () => {
    const store = createDeadLetterStore({ table: table() });
    for (let index = 0; index < 5; index++) {
      await store.recordDeadLetter({ ...letter(`l-${index}`), queue: 'collections', accountId: `a-${index % 2}` }, 'f');
    }
    await store.markRedriven((await store.deadLetter('collections', 'l-0'))!, 'olga', LATER);
    const open = await store.deadLetters('collections', { status: 'open', accountId: 'a-0' }, 10);
    expect(open.items.map(({ jobKey }) => jobKey)).toEqual(['l-2', 'l-4']);
    const first = await store.deadLetters('collections', { status: 'open' }, 3);
    const second = await store.deadLetters('collections', { status: 'open' }, 3, first.cursor);
    expect([...first.items, ...second.items].map(({ jobKey }) => jobKey)).toEqual(['l-1', 'l-2', 'l-3', 'l-4']);
    expect(second.cursor).toBeUndefined();
  });
});
