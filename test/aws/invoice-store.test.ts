import { describe, expect, it } from 'vitest';
import { deliveryKey, receivableKey, seriesKey } from '../../shared/aws/keys.ts';
import { invoiceDelivery } from '../../shared/domain/delivery.ts';
import { balanceOf } from '../../shared/domain/ledger.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, issue, issueOf, METHOD, NOW, open, RUN, SELLER, storesOver } from './fixtures.ts';

const table = localTable();

describe('issuing an invoice', () => {
  it('writes invoice, receivable, delivery, journal entry, account and run entry together', async () => {
    const stores = storesOver(table());
    const account = accountOf('together', { autopay: true, defaultMethodId: METHOD.methodId });
    const { invoice, receivable } = await issue(stores, account);
    expect(invoice).toMatchObject({ total: 12000, series: 'A', issuedAt: NOW });
    expect(invoice.number).toBe(`NTUK-202612A-${String(invoice.sequence).padStart(6, '0')}`);
    expect(receivable).toEqual({
      sellerId: SELLER.sellerId,
      accountId: 'together',
      invoiceId: '2026-12#cycle',
      number: invoice.number,
      series: 'A',
      kind: 'cycle',
      month: '2026-12',
      invoiceDate: '2026-12-01',
      dueDate: '2026-12-16',
      currency: 'GBP',
      total: 12000,
      due: 12000,
      status: 'unpaid',
      collection: { state: 'idle', attempts: 0, nextAt: NOW },
      dunning: { step: 0, nextAt: '2026-12-17T00:00:00.000Z' },
      version: 1,
    });
    expect(await stores.deliveries.delivery(invoiceDelivery('together', '2026-12#cycle'))).toMatchObject({
      recipients: {},
      createdAt: NOW,
    });
    expect(balanceOf(await stores.invoices.journal('together'))).toBe(12000);
    expect((await stores.invoices.loadForBilling('together'))?.account).toEqual({
      ...account,
      balance: 12000,
      version: 2,
      nextBillingDate: '2027-01-01',
      billedThrough: { date: '2026-12-01', month: '2026-12', change: 1 },
      history: {
        invoices: [{ invoiceId: '2026-12#cycle', month: '2026-12', invoiceDate: '2026-12-01', total: 12000 }],
        owed: 12000,
      },
    });
    const entries = await Promise.all([0, 1].map((shard) => stores.runs.entries(RUN, shard, 100)));
    expect(entries.flatMap(({ items }) => items)).toContainEqual({ accountId: 'together', outcome: 'invoiced' });
    expect(await stores.invoices.invoice('together', '2026-12#cycle')).toEqual(invoice);
  });

  it('uses one number when the same invoice is issued twice, and hands out the first invoice', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('twice'));
    const same = await issueOf(stores, 'twice');
    const first = await stores.invoices.issueOnce(same);
    const second = await stores.invoices.issueOnce({ ...same, now: '2026-12-02T00:00:00.000Z' });
    expect(first.result).toBe('written');
    expect(second).toEqual({ result: 'already-done', invoice: first.invoice });
    await open(stores, accountOf('after-twice'));
    const next = await stores.invoices.issueOnce(await issueOf(stores, 'after-twice'));
    expect(next.invoice?.sequence).toBe(first.invoice!.sequence + 1);
  });

  it('settles the run that comes second, too, when two runs found the same account', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('two-runs'));
    const same = await issueOf(stores, 'two-runs');
    const second = { ...RUN, businessDate: '2026-12-02' };
    await stores.runs.beginRun(second, 2, NOW);
    for (const shard of [0, 1]) await stores.runs.recordPlanned(second, shard, []);
    await stores.invoices.issueOnce(same);
    await stores.invoices.issueOnce({ ...same, run: second });
    expect(await stores.runs.tally(second)).toMatchObject({ planned: 1, invoiced: 1, open: 0 });
  });

  it('issues exactly one of many concurrent attempts at the same invoice', async () => {
    const processes = Array.from({ length: 6 }, () => storesOver(table(), 3));
    await open(processes[0]!, accountOf('concurrent'));
    const same = await issueOf(processes[0]!, 'concurrent');
    const results = await Promise.all(processes.map(({ invoices }) => invoices.issueOnce(same)));
    expect(results.filter(({ result }) => result === 'written')).toHaveLength(1);
    expect(new Set(results.map(({ invoice }) => invoice?.number)).size).toBe(1);
  });

  it.each([
    ['one process', 1, 1],
    ['four processes on one series', 4, 1],
    ['four processes on three series', 4, 3],
  ])('numbers 20 concurrent invoices without gaps: %s', async (name, count, series) => {
    const processes = Array.from({ length: count }, () => storesOver(table(), series));
    const month = `2027-0${count + series}`;
    const ids = Array.from({ length: 20 }, (_, index) => `${name.replaceAll(' ', '-')}-${index}`);
    const invoices = await Promise.all(
      ids.map(async (id, index) => {
        const stores = processes[index % count]!;
        await open(stores, accountOf(id, { billingStartDate: `${month}-01`, nextBillingDate: `${month}-01` }));
        return (await stores.invoices.issueOnce(await issueOf(stores, id))).invoice!;
      }),
    );
    const used = Map.groupBy(invoices, (invoice) => invoice.series);
    for (const [letter, issued] of used) {
      const sequences = issued.map(({ sequence }) => sequence).sort((a, b) => a - b);
      expect(sequences).toEqual(sequences.map((_, index) => index + 1));
      const { Item } = await table().call('GetItem', {
        TableName: 'billing',
        Key: seriesKey(SELLER.sellerId, month.replace('-', ''), letter),
      });
      expect(Item?.next).toBe(issued.length + 1);
    }
  });

  it('refuses as stale, and uses no number, when the account changed since it was read', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('stale'));
    const read = await issueOf(stores, 'stale');
    const { account } = read.input;
    expect(await stores.accounts.updateAccount({ ...account, name: 'Renamed Example Ltd', version: 2 })).toBe(
      'written',
    );
    expect(await stores.invoices.issueOnce(read)).toEqual({ result: 'stale' });
    expect(await stores.invoices.invoice('stale', '2026-12#cycle')).toBeUndefined();
    const again = await stores.invoices.issueOnce(await issueOf(stores, 'stale'));
    expect(again.result).toBe('written');
    expect(again.invoice?.buyer.name).toBe('Renamed Example Ltd');
  });

  it('keeps the items that change often small: below one write unit', async () => {
    const stores = storesOver(table());
    await issue(
      stores,
      accountOf('an-account-with-a-longer-identifier', { autopay: true, defaultMethodId: METHOD.methodId }),
    );
    const keys = [
      receivableKey('an-account-with-a-longer-identifier', '2026-12#cycle'),
      deliveryKey(invoiceDelivery('an-account-with-a-longer-identifier', '2026-12#cycle')),
    ];
    for (const Key of keys) {
      const { Item } = await table().call('GetItem', { TableName: 'billing', Key });
      expect(JSON.stringify(Item).length).toBeLessThan(1024);
    }
  });
});

describe('an account without an invoice', () => {
  it('moves on when there is nothing to charge, and what was credited is settled', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('zero'));
    const { input } = await issueOf(stores, 'zero');
    const zero = {
      outcome: 'zero',
      reason: 'Charges and credits cancel out',
      month: '2026-12',
      coversChange: 1,
    } as const;
    const recorded = stores.invoices.recordWithoutInvoice(input, { ...zero, settled: true }, '2027-01-01', RUN);
    expect(await recorded).toBe('written');
    const { account } = (await stores.invoices.loadForBilling('zero'))!;
    expect(account).toMatchObject({
      nextBillingDate: '2027-01-01',
      version: 2,
      billedThrough: { month: '2026-12', change: 1 },
    });
    expect(await stores.invoices.recordWithoutInvoice(input, { ...zero, settled: true }, '2027-01-01', RUN)).toBe(
      'stale',
    );
  });

  it('carries a credit: the account moves on but what was billed does not', async () => {
    const stores = storesOver(table());
    await open(stores, accountOf('credit'));
    const { input } = await issueOf(stores, 'credit');
    const credit = { outcome: 'zero', reason: 'Carried', month: '2026-12', coversChange: 1, settled: false } as const;
    await stores.invoices.recordWithoutInvoice(input, credit, '2027-01-01', RUN);
    const { account } = (await stores.invoices.loadForBilling('credit'))!;
    expect(account.nextBillingDate).toBe('2027-01-01');
    expect(account.billedThrough).toBeUndefined();
  });

  it('stays due when it is held, with the reason in the run, until a later run invoices it', async () => {
    const stores = storesOver(table());
    const run = { ...RUN, businessDate: '2026-12-03' };
    await open(stores, accountOf('held'));
    const wanted = await issueOf(stores, 'held');
    const held = { outcome: 'held', code: 'hold_by_finance', reason: 'Finance put it on hold.' } as const;
    await stores.runs.beginRun(run, 2, NOW);
    expect(await stores.invoices.recordWithoutInvoice(wanted.input, held, '2027-01-01', run)).toBe('written');
    expect((await stores.invoices.loadForBilling('held'))?.account).toEqual(wanted.input.account);
    const entries = await Promise.all([0, 1].map((shard) => stores.runs.entries(run, shard, 10)));
    expect(entries.flatMap(({ items }) => items)).toEqual([
      { accountId: 'held', outcome: 'held', code: 'hold_by_finance', reason: 'Finance put it on hold.' },
    ]);
    await stores.invoices.issueOnce({ ...wanted, run });
    expect(await stores.runs.tally(run)).toEqual({ planned: 1, invoiced: 1, zero: 0, held: 0, failed: 0, open: 0 });
  });
});
