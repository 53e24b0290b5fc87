import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIssuedUsageStore } from '../../shared/aws/issued-usage.ts';
import { entryOf, KnownRecords } from '../../shared/aws/known-records.ts';
import { createNumberStore } from '../../shared/aws/number-store.ts';
import { packBatch, unpackBatch } from '../../shared/aws/usage-batch.ts';
import { createUsageStore } from '../../shared/aws/usage-store.ts';
import { ownersOn } from '../../shared/domain/number-owner.ts';
import { USAGE_CLASSES } from '../../shared/domain/usage/usage.ts';
import type { NewUsage } from '../../shared/ports.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, issueOf, NOW, open, RUN, storesOver } from './fixtures.ts';

const table = localTable();
const MONTH = '2026-11';

/** A domestic call of a minute; `content` is what the switch said. */
const usage = (recordId: string, content = recordId, minute = 1): NewUsage => ({
  content,
  record: {
    recordId,
    class: 'domestic',
    at: `2026-11-03T09:${String(minute % 60).padStart(2, '0')}:00.000Z`,
    from: '+442079460100',
    to: '+442079460199',
    quantity: 60,
    rate: {
      deck: 'domestic',
      version: 'v1',
      prefix: '',
      destination: 'Domestic',
      increments: { initial: 60, subsequent: 60 },
      micros: 20_000,
      per: 'minute',
      from: '2026-01-01',
    },
  },
});
const many = (count: number, prefix = 'r'): NewUsage[] =>
  Array.from({ length: count }, (_, index) => usage(`${prefix}-${index}`, undefined, index));

async function batches(accountId: string): Promise<number[]> {
  const { call, name } = table();
  const { Items = [] } = await call('Query', {
    TableName: name,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `USAGE#${accountId}#${MONTH}` },
  });
  return Items.map(({ sk }) => Number(sk));
}

/** The open usage as billing loads it in December, by record. */
async function openOf(accountId: string) {
  const input = await storesOver(table()).invoices.loadForBilling(accountId);
  return input?.usage ?? [];
}
const december = (accountId: string, more = {}) => accountOf(accountId, { nextBillingDate: '2026-12-01', ...more });

describe('a batch of usage', () => {
  it('keeps every field of every record, in the order of answer times', () => {
    const record = fc.record({
      recordId: fc.uuid(),
      class: fc.constantFrom(...USAGE_CLASSES),
      at: fc
        .date({ min: new Date('2026-11-01'), max: new Date('2026-12-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      from: fc.constantFrom('+442079460100', '101', 'anonymous'),
      to: fc.constantFrom('+12125550199', '102'),
      quantity: fc.nat(),
      received: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1 }), fc.boolean(), (records, priced) => {
        const rated = records.map(({ received, ...each }) => ({
          ...each,
          ...(received && each.class === 'message' && { inbound: true as const }),
          ...(priced && { rate: usage('x').record.rate! }),
        }));
        const packed = packBatch(rated.map((each) => ({ record: each, entry: entryOf(each.recordId, '') })));
        expect(unpackBatch(packed.data)).toEqual([...rated].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)));
        const quantities = Object.values(packed.totals).reduce((sum, each) => sum + each, 0);
        expect(quantities).toBe(records.reduce((sum, { quantity }) => sum + quantity, 0));
      }),
    );
  });

  it('of the most records takes about 100 KB', () => {
    const { data, known } = packBatch(
      many(1500, '0e4b9a0c-0000-4000-8000-00000000').map((each) => ({
        ...each,
        entry: entryOf(each.record.recordId, ''),
      })),
    );
    expect(data.length + known.length).toBeLessThan(110_000);
  });
});

describe('known records', () => {
  // Room for far fewer than there are: the table grows.
  it.each([
    ['with room', 20_000],
    ['without', 10],
  ])('are found by month and id and told apart by content, as a map would, however many there are (%s)', (_, room) => {
    const known = new KnownRecords(room);
    const map = new Map<string, string>();
    for (let index = 0; index < 20_000; index++) {
      const [month, id, content] = [1 + (index % 2), `id-${(index * 7919) % 7500}`, `content-${index % 3}`];
      const before = map.get(`${month} ${id}`);
      const expected = before === undefined ? 'absent' : before === content ? 'same' : 'other';
      expect(known.find(month, entryOf(id, content))).toBe(expected);
      if (expected !== 'absent') continue;
      known.add(month, entryOf(id, content));
      map.set(`${month} ${id}`, content);
    }
    expect(known.size).toBe(map.size);
  });

  it('of months that are forgotten are gone, and no others, however full the table was', () => {
    const months = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(200)), { maxLength: 100 });
    fc.assert(
      fc.property(months, fc.subarray([1, 2, 3, 4]), (added, forgotten) => {
        const known = new KnownRecords(100);
        for (const [month, id] of added) known.add(month, entryOf(`${id}`, ''));
        known.forget(new Set(forgotten));
        for (const [month, id] of added)
          expect(known.find(month, entryOf(`${id}`, ''))).toBe(forgotten.includes(month) ? 'absent' : 'same');
        const left = added.filter(([month]) => !forgotten.includes(month)).map(String);
        expect(known.size).toBe(new Set(left).size);
      }),
    );
  });
});

describe('adding usage', () => {
  it('the same record twice counts once, whoever adds it, and in one call or two', async () => {
    const store = createUsageStore({ table: table() });
    const twice = [usage('a'), usage('b'), usage('a')];
    expect(await store.addUsage('once', MONTH, twice)).toEqual(['added', 'added', 'duplicate']);
    expect(await store.addUsage('once', MONTH, [usage('b'), usage('c')])).toEqual(['duplicate', 'added']);
    // Another process knows nothing of what this one has seen.
    const other = createUsageStore({ table: table() });
    expect(await other.addUsage('once', MONTH, many(0).concat(usage('c'), usage('d')))).toEqual(['duplicate', 'added']);
    expect(await store.addUsage('once', MONTH, [usage('d')])).toEqual(['duplicate']);
    expect(await batches('once')).toEqual([1, 2, 3]);
  });

  it('duplicate ids with different content are told apart and not counted', async () => {
    const store = createUsageStore({ table: table() });
    expect(await store.addUsage('differs', MONTH, [usage('a'), usage('a', 'longer')])).toEqual([
      'added',
      'conflicting',
    ]);
    expect(await store.addUsage('differs', MONTH, [usage('a', 'longer'), usage('a')])).toEqual([
      'conflicting',
      'duplicate',
    ]);
  });

  it('at the same time: each record once, in batches without a gap', async () => {
    const writers = Array.from({ length: 6 }, () => createUsageStore({ table: table() }));
    await open(storesOver(table()), december('crowded'));
    const results = await Promise.all(
      writers.map((store, index) =>
        store.addUsage('crowded', MONTH, [...many(50, 'shared'), ...many(10, `own-${index}`)]),
      ),
    );
    expect(results.flat().filter((each) => each === 'added')).toHaveLength(50 + 6 * 10);
    const numbers = await batches('crowded');
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const [month] = await openOf('crowded');
    expect(new Set(month!.records.map(({ recordId }) => recordId)).size).toBe(110);
    expect(month!.records).toHaveLength(110);
  });

  it('to more months than are remembered: each record once all the same, also in months that are in use side by side', async () => {
    const store = createUsageStore({ table: table(), remembered: 40 });
    const accounts = Array.from({ length: 6 }, (_, index) => `forgotten-${index}`);
    const rounds = (which: number) => [
      ...many(15, `round-${which}`),
      usage('always'),
      usage('changes', `content-${which}`),
    ];
    const results = [];
    for (const round of [0, 1, 2, 1])
      results.push(await Promise.all(accounts.map((each) => store.addUsage(each, MONTH, rounds(round)))));
    const told = (fresh: string, always: string, changes: string) =>
      accounts.map(() => [...Array<string>(15).fill(fresh), always, changes]);
    expect(results).toEqual([
      told('added', 'added', 'added'),
      told('added', 'duplicate', 'conflicting'),
      told('added', 'duplicate', 'conflicting'),
      told('duplicate', 'duplicate', 'conflicting'),
    ]);
    expect(await Promise.all(accounts.map(batches))).toEqual(accounts.map(() => [1, 2, 3]));
  });

  it('more than one batch holds goes into several', async () => {
    await open(storesOver(table()), december('large'));
    const store = createUsageStore({ table: table() });
    const added = await store.addUsage('large', MONTH, many(3200));
    expect(added.every((each) => each === 'added')).toBe(true);
    expect(await batches('large')).toEqual([1, 2, 3]);
    expect((await openOf('large'))[0]).toMatchObject({ month: MONTH, covered: 0, last: 3, before: {} });
  });
});

describe('usage as billing loads it (R145)', () => {
  it('is that of the months before the billing date that no invoice covered, and of no later month', async () => {
    const stores = storesOver(table());
    await open(stores, december('arrears', { usageCovered: { '2026-10': 1 } }));
    const store = createUsageStore({ table: table() });
    await store.addUsage('arrears', '2026-10', [usage('october')]);
    await store.addUsage('arrears', '2026-11', [usage('november')]);
    await store.addUsage('arrears', '2026-12', [usage('december')]);
    expect(await openOf('arrears')).toMatchObject([{ month: '2026-11', records: [{ recordId: 'november' }] }]);
    // A record that comes after its month was invoiced is open by itself; what was invoiced is known as a sum.
    await store.addUsage('arrears', '2026-10', [usage('late')]);
    expect((await openOf('arrears'))[0]).toMatchObject({
      month: '2026-10',
      covered: 1,
      last: 2,
      before: { domestic: 60 },
      records: [{ recordId: 'late' }],
    });
    expect(await stores.invoices.loadAccount('arrears')).not.toHaveProperty('usage');
  });

  it('is covered by the invoice that says so, or by the decision that there is none, and then only what comes late is open', async () => {
    const stores = storesOver(table());
    const store = createUsageStore({ table: table() });
    for (const [accountId, how] of [
      ['invoiced-usage', 'invoice'],
      ['zero-usage', 'zero'],
    ] as const) {
      await open(stores, december(accountId, { usageCovered: { '2026-10': 4 } }));
      await store.addUsage(accountId, MONTH, [usage('counted')]);
      const issue = await issueOf(stores, accountId);
      const usageCovered = { [MONTH]: 1 };
      if (how === 'invoice') await stores.invoices.issueOnce({ ...issue, draft: { ...issue.draft, usageCovered } });
      else {
        const decision = {
          outcome: 'zero',
          reason: '',
          month: '2026-12',
          coversChange: 1,
          settled: true,
          usageCovered,
        } as const;
        await stores.invoices.recordWithoutInvoice(issue.input, decision, issue.nextBillingDate, RUN);
      }
      const { account, usage: left } = (await stores.invoices.loadForBilling(accountId))!;
      expect([account.usageCovered, left]).toEqual([{ '2026-10': 4, [MONTH]: 1 }, undefined]);
      await store.addUsage(accountId, MONTH, [usage('late')]);
      expect(await openOf(accountId)).toMatchObject([
        { month: MONTH, covered: 1, last: 2, records: [{ recordId: 'late' }] },
      ]);
    }
  });

  it('that arrives between reading and issuing does not disturb the invoice and waits for the next', async () => {
    const stores = storesOver(table());
    await open(stores, december('meanwhile'));
    const issue = await issueOf(stores, 'meanwhile');
    await createUsageStore({ table: table() }).addUsage('meanwhile', MONTH, [usage('meanwhile')]);
    expect((await stores.invoices.issueOnce({ ...issue, now: NOW })).result).toBe('written');
    expect(await openOf('meanwhile')).toMatchObject([{ records: [{ recordId: 'meanwhile' }] }]);
  });
});

describe('the usage that an invoice took in', () => {
  const read = async (accountId: string, after: number, through: number) => {
    const ids: string[] = [];
    const store = createIssuedUsageStore({ table: table() });
    for await (const batch of store.issuedUsage(accountId, { month: MONTH, after, through }))
      ids.push(...batch.map(({ recordId }) => recordId));
    return ids;
  };

  it('is read a batch at a time, without what came before it or came later', async () => {
    const store = createUsageStore({ table: table() });
    for (const id of ['before', 'first', 'second', 'late']) await store.addUsage('issued', MONTH, [usage(id)]);
    expect(await read('issued', 1, 3)).toEqual(['first', 'second']);
  });

  it('is not to be had when a batch is missing', async () => {
    await createUsageStore({ table: table() }).addUsage('gone', MONTH, [usage('only')]);
    await expect(read('gone', 0, 2)).rejects.toThrow('Batch 2 of the usage of gone in 2026-11 is missing');
  });
});

describe('telephone numbers', () => {
  it('belong to an account from a day to a day, both with it, and to the next one after that', async () => {
    const store = createNumberStore({ table: table() });
    const [number, sellerId] = ['+442079460142', 'northwind-uk'];
    const [a, b] = ['first', 'second'].map((accountId) => ({ accountId, sellerId })) as [never, never];
    expect(await store.addNumber(a, { number, from: '2026-01-01' })).toBe('written');
    expect(await store.addNumber(a, { number, from: '2026-01-01' })).toBe('already-done');
    expect(await store.endNumber('first', number, '2026-06-30')).toEqual({
      number,
      from: '2026-01-01',
      to: '2026-06-30',
    });
    expect(await store.addNumber(b, { number, from: '2026-07-01' })).toBe('written');
    const owners = (await store.ownersOf([number, '+442079460143'])).get(number)!;
    const on = (date: string) => ownersOn(owners, sellerId, date);
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(on)).toEqual([
      [],
      ['first'],
      ['first'],
      ['second'],
    ]);
    expect(ownersOn(owners, 'another-seller', '2026-07-01')).toEqual([]);
    expect((await store.numbersOf('first', 10)).items).toEqual([{ number, from: '2026-01-01', to: '2026-06-30' }]);
    expect(await store.endNumber('second', number, '2026-06-30')).toBeUndefined();
  });

  it('given to many accounts at once keep every owner', async () => {
    const number = '+442079460177';
    const accounts = Array.from({ length: 4 }, (_, index) => `owner-${index}`);
    const store = createNumberStore({ table: table() });
    await Promise.all(
      accounts.map((accountId) =>
        store.addNumber({ accountId, sellerId: 'northwind-uk' }, { number, from: '2026-01-01' }),
      ),
    );
    const owners = (await store.ownersOf([number])).get(number)!;
    expect(owners.map(({ accountId }) => accountId).sort()).toEqual(accounts);
  });

  it('are found by the thousand', async () => {
    const store = createNumberStore({ table: table() });
    const numbers = Array.from({ length: 250 }, (_, index) => `+4420794${String(61_000 + index)}`);
    await store.addNumber(
      { accountId: 'one', sellerId: 'northwind-uk' },
      { number: numbers[249]!, from: '2026-01-01' },
    );
    expect([...(await store.ownersOf(numbers)).keys()]).toEqual([numbers[249]]);
  });
});
