import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fanOutRun } from '../../functions/fan-out-run.ts';
import { issueInvoice } from '../../functions/issue-invoice.ts';
import { planBillingRun } from '../../functions/plan-billing-run.ts';
import { sweepOverdue } from '../../functions/sweep-overdue.ts';
import { createAccountStore } from '../../shared/aws/account-store.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { createOrderStore } from '../../shared/aws/order-store.ts';
import { createRunStore } from '../../shared/aws/run-store.ts';
import { createWorkStore } from '../../shared/aws/work-store.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import type { Message } from '../../shared/messages.ts';
import { account, input, monthly, product, seller, subscription } from '../support/accounts.ts';
import { localTable } from '../support/emulators.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

const table = localTable();
const NOW = '2026-12-01T00:15:00.000Z';
const plenty = { getRemainingTimeInMillis: () => 60_000 };
const CARD: PaymentMethod = {
  methodId: 'card',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  processorCustomer: 'cus_1',
  processorMethod: 'pm_1',
};
const HANDSET = product('handset', 0, 'EUR', {
  group: 'purchases',
  prices: [monthly(11_900, 'EUR', { interval: 'once' })],
});
let worlds = 0;

/** A seller of its own with the three functions of a run on the real table. Each line costs 25.00 EUR a month. */
function world() {
  const of: Seller = seller('IE', 'EUR', { sellerId: `northwind-${++worlds}`, timeZone: 'Europe/Dublin' });
  const stage = { sellers: [of], products: [product('line', 2500, 'EUR'), HANDSET] };
  const options = { table: table(), shardsOf: () => of.shards, numberingOf: () => of };
  const store = { ...createRunStore(options), ...createInvoiceStore(options), ...createOrderStore(options) };
  const accounts = createAccountStore(options);
  const queues = new RecordingQueues();
  const issue = issueInvoice({ store, queues, stage });
  const fanOut = fanOutRun({ store, queues });
  const run = { sellerId: of.sellerId, businessDate: '2026-12-01' };
  return {
    ...{ queues, store, accounts, issue, fanOut, run },
    plan: planBillingRun({ store, queues, stage }),
    sweep: (now: string) => sweepOverdue({ store: createWorkStore(options), queues, stage })(now, plenty),
    job: (accountId: string, billingDate = '2026-12-01') => ({ ...run, accountId, billingDate }),
    async add(accountId: string, overrides: Partial<Account> = {}) {
      const name = `${of.sellerId}.${accountId}`;
      const of1 = account('IE', 'EUR', {
        accountId: name,
        sellerId: of.sellerId,
        nextBillingDate: '2026-12-01',
        ...overrides,
      });
      const billed = { date: '2026-11-01', month: '2026-11', change: 1 };
      const lines = subscription('line', [1, '2026-01-01', 1]);
      await accounts.createAccount(input({ billedThrough: billed, ...of1 }, [lines], [CARD]));
      return name;
    },
    /** Works the queues of runs and invoices off, as often as new messages come. */
    async workOff() {
      for (let round = 0; round < 10; round++) {
        for (const message of queues.take('runs')) await fanOut(message, NOW, plenty);
        const jobs: Message<'invoices'>[] = queues.take('invoices');
        if (jobs.length === 0) return;
        for (const message of jobs) await issue(message, NOW);
      }
      throw new Error('the queues never became still');
    },
  };
}

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('planning a billing run', () => {
  it('begins the run of today in the seller’s time zone and sends every shard', async () => {
    const { plan, queues, run } = world();
    await plan({ sellerId: run.sellerId }, '2026-11-30T23:30:00.000Z');
    expect(queues.take('runs').map(({ businessDate, shard }) => [businessDate, shard])).toEqual([
      ['2026-11-30', 0],
      ['2026-11-30', 1],
    ]);
    await plan({ sellerId: run.sellerId, businessDate: '2026-12-01' }, NOW);
    expect(queues.take('runs').map(({ businessDate }) => businessDate)).toEqual(['2026-12-01', '2026-12-01']);
  });

  it('sends the shards again when it died before it sent them, but none that is done', async () => {
    const { plan, queues, run, fanOut } = world();
    queues.failNextSend();
    await expect(plan({ sellerId: run.sellerId }, NOW)).rejects.toThrow('died');
    await plan({ sellerId: run.sellerId }, NOW);
    const [first] = queues.take('runs');
    await fanOut(first!, NOW, plenty);
    await plan({ sellerId: run.sellerId }, NOW);
    expect(queues.take('runs').map(({ shard }) => shard)).toEqual([1]);
  });

  it('refuses a seller that the stage does not have', async () => {
    await expect(world().plan({ sellerId: 'southwind' }, NOW)).rejects.toMatchObject({ code: 'seller_not_found' });
  });
});

describe('fanning a run out', () => {
  it('sends a job for every account that is due, and for no other', async () => {
    const { plan, fanOut, queues, run, add } = world();
    const due = [await add('a'), await add('b', { nextBillingDate: '2026-11-03' }), await add('c')];
    await add('later', { nextBillingDate: '2026-12-02' });
    await plan({ sellerId: run.sellerId }, NOW);
    for (const message of queues.take('runs')) await fanOut(message, NOW, plenty);
    const jobs = queues.take('invoices');
    expect(jobs.map(({ accountId }) => accountId).sort()).toEqual(due);
    expect(jobs.find(({ accountId }) => accountId === due[1])).toMatchObject({ billingDate: '2026-11-03' });
  });

  it('hands the rest to a successor when its time is nearly up', async () => {
    const { plan, fanOut, queues, run, add } = world();
    await add('a');
    await plan({ sellerId: run.sellerId }, NOW);
    const messages = queues.take('runs');
    for (const message of messages) await fanOut(message, NOW, { getRemainingTimeInMillis: () => 14_000 });
    expect(queues.take('invoices')).toEqual([]);
    expect(queues.take('runs')).toEqual(messages);
  });

  it('loses no account when it dies between a page and its checkpoint', async () => {
    const { plan, fanOut, queues, run, add, store } = world();
    await add('a');
    await plan({ sellerId: run.sellerId }, NOW);
    const dying = fanOutRun({
      store: { ...store, checkpoint: () => Promise.reject(new Error('the function died before its checkpoint')) },
      queues,
    });
    const messages = queues.take('runs');
    for (const message of messages) await expect(dying(message, NOW, plenty)).rejects.toThrow('died');
    for (const message of messages) await fanOut(message, NOW, plenty);
    expect(queues.take('invoices')).toHaveLength(2);
    expect((await store.shards(run)).every(({ done }) => done)).toBe(true);
  });

  it('refuses a shard of a run that nobody began', async () => {
    const { fanOut, run } = world();
    await expect(fanOut({ ...run, shard: 0 }, NOW, plenty)).rejects.toMatchObject({ code: 'run_not_found' });
  });
});

describe('issuing an invoice', () => {
  it('issues it, and sends its delivery and, with autopay, its collection', async () => {
    const { issue, job, add, store, queues } = world();
    const manual = await add('manual');
    const autopay = await add('autopay', { autopay: true, defaultMethodId: 'card' });
    for (const accountId of [manual, autopay]) await issue(job(accountId), NOW);
    // 25.00 EUR and 23 % Irish VAT.
    expect(await store.invoice(manual, '2026-12#cycle')).toMatchObject({ subtotal: 2500, taxTotal: 575, total: 3075 });
    expect(queues.take('deliveries').map(({ accountId }) => accountId)).toEqual([manual, autopay]);
    expect(queues.take('collections').map(({ accountId }) => accountId)).toEqual([autopay]);
  });

  it('R147: bills once and sends again when the same job comes twice, also at the same time', async () => {
    const { issue, job, add, store, queues } = world();
    const id = await add('a', { autopay: true, defaultMethodId: 'card' });
    await Promise.all([issue(job(id), NOW), issue(job(id), NOW)]);
    await issue(job(id), NOW);
    expect((await store.receivablesOf(id, 10)).items).toHaveLength(1);
    expect(await store.journal(id)).toHaveLength(1);
    expect((await store.loadForBilling(id))?.account).toMatchObject({ balance: 3075, nextBillingDate: '2027-01-01' });
    expect(queues.take('deliveries')).toHaveLength(3);
    expect(queues.take('collections')).toHaveLength(3);
  });

  it('still sends what follows when it died right after the invoice was issued', async () => {
    const { issue, job, add, queues } = world();
    const id = await add('a');
    queues.failNextSend();
    await expect(issue(job(id), NOW)).rejects.toThrow('died');
    await issue(job(id), NOW);
    expect(queues.take('deliveries')).toMatchObject([{ accountId: id, invoiceId: '2026-12#cycle' }]);
  });

  it('catches every missed month up, each with its own invoice', async () => {
    const { plan, workOff, add, run, store } = world();
    const id = await add('a', {
      nextBillingDate: '2026-10-01',
      billedThrough: { date: '2026-09-01', month: '2026-09', change: 1 },
    });
    await plan({ sellerId: run.sellerId }, NOW);
    await workOff();
    const { items } = await store.receivablesOf(id, 10);
    expect(items.map(({ month, total }) => [month, total])).toEqual([
      ['2026-12', 3075],
      ['2026-11', 3075],
      ['2026-10', 3075],
    ]);
  });

  it('accounts for every planned account: invoiced, zero, held with its reason', async () => {
    const { plan, workOff, add, run, store, accounts } = world();
    await add('a');
    await accounts.createAccount(
      input(
        account('IE', 'EUR', {
          accountId: `${run.sellerId}.idle`,
          sellerId: run.sellerId,
          nextBillingDate: '2026-12-01',
        }),
        [],
      ),
    );
    const broken = await add('broken', { billingAddress: undefined });
    await plan({ sellerId: run.sellerId }, NOW);
    await workOff();
    expect(await store.tally(run)).toEqual({ planned: 3, invoiced: 1, zero: 1, held: 1, failed: 0, open: 0 });
    const entries = (await Promise.all([0, 1].map((shard) => store.entries(run, shard, 10)))).flatMap(
      ({ items }) => items,
    );
    expect(entries.find(({ accountId }) => accountId === broken)).toMatchObject({
      outcome: 'held',
      code: 'billing_address_missing',
    });
  });

  it('tries a held account again in the next night’s run', async () => {
    const { plan, workOff, add, run, store, accounts } = world();
    const id = await add('a', { hold: { reason: 'contract under review', since: NOW } });
    await plan({ sellerId: run.sellerId }, NOW);
    await workOff();
    const { account: held } = (await store.loadForBilling(id))!;
    const { hold: _, ...mended } = held;
    await accounts.updateAccount({ ...mended, version: held.version + 1 });
    await plan({ sellerId: run.sellerId }, '2026-12-02T00:15:00.000Z');
    await workOff();
    expect(await store.invoice(id, '2026-12#cycle')).toMatchObject({ total: 3075, invoiceDate: '2026-12-01' });
    expect(await store.tally({ ...run, businessDate: '2026-12-02' })).toMatchObject({ invoiced: 1, open: 0 });
  });

  it('closes the entry of a second run whose account the first one billed meanwhile', async () => {
    const { plan, fanOut, queues, add, run, store, issue } = world();
    await add('a');
    await plan({ sellerId: run.sellerId }, NOW);
    await plan({ sellerId: run.sellerId, businessDate: '2026-12-02' }, NOW);
    for (const message of queues.take('runs')) await fanOut(message, NOW, plenty);
    for (const message of queues.take('invoices')) await issue(message, NOW);
    for (const businessDate of ['2026-12-01', '2026-12-02']) {
      expect(await store.tally({ ...run, businessDate })).toMatchObject({ planned: 1, invoiced: 1, open: 0 });
    }
  });

  it.each(['nobody', 'of another seller'])('refuses an account that is %s', async (whose) => {
    const [one, other] = [world(), world()];
    const id = whose === 'nobody' ? 'nobody' : await other.add('a');
    await expect(one.issue(one.job(id), NOW)).rejects.toMatchObject({ code: 'account_not_found' });
  });
});

describe('issuing the invoice of an order (R157)', () => {
  const placed = async (overrides: Partial<Account> = {}) => {
    const made = world();
    const accountId = await made.add('buyer', overrides);
    const { sellerId } = made.run;
    const order = { orderId: 'O-1', accountId, sellerId, orderedOn: '2026-12-01' };
    await made.store.placeOrder({ ...order, items: [{ productId: 'handset', quantity: 2 }] }, NOW);
    return {
      ...made,
      accountId,
      message: { ...made.job(accountId), orderId: 'O-1' },
      invoiceId: '2026-12-01#purchase-O-1',
    };
  };

  it('issues it once, apart from the month, which stays due, and sends it out and to collection', async () => {
    const { issue, store, accountId, message, invoiceId, queues } = await placed({
      autopay: true,
      defaultMethodId: 'card',
    });
    const before = (await store.loadForBilling(accountId))!.account;
    await issue(message, NOW);
    await issue(message, NOW);
    const invoice = await store.invoice(accountId, invoiceId);
    expect(invoice).toMatchObject({ kind: 'purchase', subtotal: 23_800, taxTotal: 5474, sequence: 1 });
    const { nextBillingDate, billedThrough, balance } = (await store.loadForBilling(accountId))!.account;
    expect([nextBillingDate, billedThrough, balance]).toEqual([before.nextBillingDate, before.billedThrough, 29_274]);
    expect(queues.take('deliveries').map((job) => job.invoiceId)).toEqual([invoiceId, invoiceId]);
    expect(queues.take('collections').map((job) => job.invoiceId)).toEqual([invoiceId, invoiceId]);
  });

  it('of two at the same time one is issued', async () => {
    const { issue, store, accountId, message, invoiceId } = await placed();
    await Promise.all([issue(message, NOW), issue(message, NOW)]);
    expect((await store.invoice(accountId, invoiceId))?.total).toBe(29_274);
    expect((await store.journal(accountId)).map(({ entryId }) => entryId)).toEqual([`invoice#${invoiceId}`]);
  });

  it('whose message was lost is found by the sweep and issued; after that it is looked after no more', async () => {
    const { issue, sweep, store, accountId, message, invoiceId, queues } = await placed();
    await sweep('2026-12-01T00:20:00.000Z');
    expect(queues.take('invoices')).toEqual([]);
    await sweep('2026-12-02T00:20:00.000Z');
    const found = queues.take('invoices');
    expect(found).toEqual([message]);
    await issue(found[0]!, NOW);
    expect((await store.invoice(accountId, invoiceId))?.total).toBe(29_274);
    queues.take('deliveries');
    await sweep('2026-12-03T00:20:00.000Z');
    expect(queues.take('invoices')).toEqual([]);
  });

  it('the month’s invoice follows, with the purchase as previous balance', async () => {
    const { issue, store, accountId, message, job } = await placed();
    await issue(message, NOW);
    await issue(job(accountId), NOW);
    expect(await store.invoice(accountId, '2026-12#cycle')).toMatchObject({ subtotal: 2500, previousBalance: 29_274 });
  });

  it('an account on hold keeps the order: it fails with the reason, and is issued when the hold is lifted', async () => {
    const { issue, store, accounts, accountId, message, invoiceId } = await placed({
      hold: { reason: 'Fraud check', since: NOW },
    });
    await expect(issue(message, NOW)).rejects.toMatchObject({
      code: 'order_not_billable',
      message: expect.stringContaining('Fraud check'),
    });
    const { hold: _lifted, ...account } = (await store.loadForBilling(accountId))!.account;
    await accounts.updateAccount({ ...account, version: account.version + 1 });
    await issue(message, NOW);
    expect(await store.invoice(accountId, invoiceId)).toBeDefined();
  });

  it('an order that does not exist is a permanent error', async () => {
    const { issue, message } = await placed();
    await expect(issue({ ...message, orderId: 'O-2' }, NOW)).rejects.toMatchObject({ code: 'order_not_found' });
  });
});

describe('accounts that are not billed by the calendar month (R91)', () => {
  it('every 30 days: two cycles of one month are two invoices, and a late run catches up on both', async () => {
    const { add, plan, workOff, store, run } = world();
    const accountId = await add('cycles', {
      schedule: 'every-30-days',
      billingStartDate: '2026-10-02',
      nextBillingDate: '2026-11-01',
      billedThrough: { date: '2026-10-02', month: '2026-10', change: 1 },
    });
    await plan({ sellerId: run.sellerId, businessDate: '2026-12-01' }, NOW);
    await workOff();
    const cycles = await Promise.all(
      ['2026-11-01', '2026-12-01'].map((date) => store.invoice(accountId, `${date}#cycle`)),
    );
    expect(cycles.map((invoice) => [invoice?.cycle, invoice?.subtotal])).toEqual([
      [{ from: '2026-11-01', to: '2026-11-30' }, 2500],
      [{ from: '2026-12-01', to: '2026-12-30' }, 2500],
    ]);
    expect((await store.loadForBilling(accountId))?.account.nextBillingDate).toBe('2026-12-31');
  });
});
