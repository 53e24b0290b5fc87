import { expect, it } from 'vitest';
import { FORGOTTEN_AFTER_MINUTES } from '../../shared/aws/forgotten.ts';
import { addMinutes } from '../../shared/domain/calendar.ts';
import { shardOf } from '../../shared/domain/run.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, LATER, NOW, open, RUN, SELLER, SHARDS, storesOver } from './fixtures.ts';

const table = localTable();

it('begins a run once; a second begin keeps the progress of the shards', async () => {
  const { runs } = storesOver(table());
  const run = { ...RUN, businessDate: '2026-11-01' };
  expect(await runs.shards(run)).toEqual([]);
  expect(await runs.beginRun(run, 3, NOW)).toBe('written');
  const [first] = await runs.shards(run);
  await runs.checkpoint(first!, { cursor: 'somewhere', done: false }, NOW);
  expect(await runs.beginRun(run, 3, LATER)).toBe('already-done');
  expect(await runs.shards(run)).toEqual([
    { ...run, shard: 0, cursor: 'somewhere', done: false },
    { ...run, shard: 1, done: false },
    { ...run, shard: 2, done: false },
  ]);
});

it('begins a run once when many begin it at the same time', async () => {
  const run = { ...RUN, businessDate: '2026-11-02' };
  const begun = await Promise.all(Array.from({ length: 5 }, () => storesOver(table()).runs.beginRun(run, 4, NOW)));
  expect(begun.filter((result) => result === 'written')).toHaveLength(1);
  expect(await storesOver(table()).runs.shards(run)).toHaveLength(4);
});

it('lets one of two invocations move a shard’s cursor, and tells the other', async () => {
  const { runs } = storesOver(table());
  const run = { ...RUN, businessDate: '2026-11-03' };
  await runs.beginRun(run, 1, NOW);
  const [start] = await runs.shards(run);
  expect(await runs.checkpoint(start!, { cursor: 'a', done: false }, NOW)).toBe('written');
  expect(await runs.checkpoint(start!, { cursor: 'a', done: false }, NOW)).toBe('already-done');
  expect(await runs.checkpoint(start!, { cursor: 'b', done: false }, NOW)).toBe('stale');
  expect(await runs.checkpoint({ ...start!, cursor: 'a' }, { done: true }, NOW)).toBe('written');
  expect(await runs.checkpoint({ ...start!, cursor: 'a' }, { done: true }, NOW)).toBe('already-done');
  expect(await runs.checkpoint({ ...start!, cursor: 'a' }, { cursor: 'b', done: false }, NOW)).toBe('stale');
  expect(await runs.shards(run)).toEqual([{ ...run, shard: 0, done: true }]);
});

it('shows a shard as forgotten work until it is done', async () => {
  const { runs, work } = storesOver(table());
  const run = { sellerId: 'northwind-forgotten', businessDate: '2026-11-04' };
  await runs.beginRun(run, 1, NOW);
  const due = (at: string) => work.dueWork('run', run.sellerId, 0, at, 10);
  const forgotten = addMinutes(NOW, FORGOTTEN_AFTER_MINUTES);
  expect((await due(addMinutes(forgotten, -1))).items).toEqual([]);
  expect((await due(forgotten)).items).toMatchObject([
    { kind: 'run', dueAt: forgotten, jobs: [{ queue: 'runs', message: { ...run, shard: 0 } }] },
  ]);
  const [shard] = await runs.shards(run);
  await runs.checkpoint(shard!, { cursor: 'a', done: false }, forgotten);
  expect((await due(forgotten)).items).toEqual([]);
  await runs.checkpoint({ ...shard!, cursor: 'a' }, { done: true }, forgotten);
  expect((await due('2027-01-01T00:00:00.000Z')).items).toEqual([]);
});

it('finds every account due on or before a date, in order, page by page, and none due later', async () => {
  const stores = storesOver(table());
  const dates = ['2026-10-03', '2026-12-01', '2026-12-01', '2026-12-02', '2026-11-01', '2026-12-01', '2027-01-01'];
  for (const [index, nextBillingDate] of dates.entries())
    await open(stores, accountOf(`due-${index}`, { nextBillingDate }));
  const found: { accountId: string; billingDate: string }[] = [];
  for (let shard = 0; shard < SHARDS; shard++) {
    const ofShard: typeof found = [];
    let cursor: string | undefined;
    do {
      const page = await stores.runs.dueAccounts(SELLER.sellerId, shard, '2026-12-01', 2, cursor);
      expect(page.items.length).toBeLessThanOrEqual(2);
      ofShard.push(...page.items);
      cursor = page.cursor;
    } while (cursor);
    expect(ofShard.map(({ billingDate }) => billingDate)).toEqual(ofShard.map(({ billingDate }) => billingDate).sort());
    expect(ofShard.every(({ accountId }) => shardOf(accountId, SHARDS) === shard)).toBe(true);
    found.push(...ofShard);
  }
  expect(found.map(({ accountId }) => accountId).sort()).toEqual(['due-0', 'due-1', 'due-2', 'due-4', 'due-5']);
});

it('goes on behind the last page although the accounts before it have moved on meanwhile', async () => {
  const stores = storesOver(table());
  const sellerId = 'northwind-moving';
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    .map((letter) => `moving-${letter}`)
    .filter((id) => shardOf(id, SHARDS) === 0);
  for (const id of ids) await open(stores, accountOf(id, { sellerId, nextBillingDate: '2026-12-01' }));
  const first = await stores.runs.dueAccounts(sellerId, 0, '2026-12-01', 1);
  const { account } = (await stores.invoices.loadForBilling(ids[0]!))!;
  await stores.accounts.updateAccount({ ...account, nextBillingDate: '2027-01-01', version: 2 });
  const rest = await stores.runs.dueAccounts(sellerId, 0, '2026-12-01', 10, first.cursor);
  expect([...first.items, ...rest.items].map(({ accountId }) => accountId)).toEqual(ids);
});

it('counts every account of a run once: planned twice it keeps its outcome, and a failure never hides an invoice', async () => {
  const { runs } = storesOver(table());
  const run = { ...RUN, businessDate: '2026-11-05' };
  await runs.beginRun(run, SHARDS, NOW);
  const ids = ['t-1', 't-2', 't-3', 't-4'];
  const plan = async () => {
    for (let shard = 0; shard < SHARDS; shard++) {
      await runs.recordPlanned(
        run,
        shard,
        ids.filter((id) => shardOf(id, SHARDS) === shard),
      );
    }
  };
  await plan();
  expect(await runs.tally(run)).toEqual({ planned: 4, invoiced: 0, zero: 0, held: 0, failed: 0, open: 4 });
  await runs.recordSettled(run, 't-1', 'invoiced');
  await runs.recordSettled(run, 't-2', 'zero');
  await runs.recordFailed(run, 't-3', 'retries_exhausted', 'It failed.');
  await plan();
  await runs.recordFailed(run, 't-1', 'retries_exhausted', 'A late duplicate failed.');
  expect(await runs.tally(run)).toEqual({ planned: 4, invoiced: 1, zero: 1, held: 0, failed: 1, open: 1 });
  await runs.recordSettled(run, 't-3', 'invoiced');
  expect(await runs.tally(run)).toEqual({ planned: 4, invoiced: 2, zero: 1, held: 0, failed: 0, open: 1 });
});

it('lists a seller’s runs newest first', async () => {
  const { runs } = storesOver(table());
  for (const businessDate of ['2026-09-01', '2026-09-03', '2026-09-02'])
    await runs.beginRun({ sellerId: 'northwind-runs', businessDate }, 1, NOW);
  expect(await runs.runs('northwind-runs', 2)).toEqual(['2026-09-03', '2026-09-02']);
});
