import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fanOutRun } from '../../functions/fan-out-run.ts';
import { issueInvoice } from '../../functions/issue-invoice.ts';
import { planBillingRun } from '../../functions/plan-billing-run.ts';
import { createUsageStore } from '../../shared/aws/usage-store.ts';
import type { RunTally } from '../../shared/domain/run.ts';
import { RecordingQueues } from '../support/recording-queues.ts';
import { rated } from '../support/usage.ts';
import { apiWorld, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const DATE = '2026-12-01';
const RUN = { sellerId: 'northwind-ie', businessDate: DATE };
const phones = (...changes: { effectiveOn: string; delta: number }[]) => ({
  subscriptions: [{ subscriptionId: 'phones', productId: 'desk-phone', changes }],
});
const since = (delta: number) => phones({ effectiveOn: '2026-01-01', delta });

interface Entry {
  readonly accountId: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly total: number;
  readonly lastTotal?: number;
  readonly difference: number;
  readonly changes: readonly { words: string; amount: number }[];
}

/** Walks all pages of a run's preview. */
async function previewed(limit: number, date = DATE): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor = '';
  do {
    const { body } = await call(token.ops, 'GET', `/sellers/northwind-ie/preview?date=${date}&limit=${limit}${cursor}`);
    expect(body.entries.length).toBeLessThanOrEqual(limit);
    entries.push(...body.entries);
    cursor = body.cursor ? `&cursor=${body.cursor}` : '';
  } while (cursor);
  return entries;
}

async function wholeTable(): Promise<string[]> {
  return (await world.table.items()).map((item) => JSON.stringify(item)).sort();
}

/** The run of a date, as its functions make it. */
async function ran(): Promise<RunTally> {
  const queues = new RecordingQueues();
  const store = world.store();
  await planBillingRun({ store, queues, stage })(RUN, NOW);
  const plenty = { getRemainingTimeInMillis: () => 60_000 };
  for (const message of queues.take('runs')) await fanOutRun({ store, queues })(message, NOW, plenty);
  for (const message of queues.take('invoices')) await issueInvoice({ store, queues, stage })(message, NOW);
  return await store.tally(RUN);
}

beforeAll(async () => {
  await world.load(customer('steady', since(10)));
  await world.load(
    customer('grown', phones({ effectiveOn: '2026-01-01', delta: 10 }, { effectiveOn: '2026-11-15', delta: 4 })),
  );
  await world.load(customer('nothing', { subscriptions: [] }));
  await world.load(customer('held-1', { ...since(3), hold: { reason: 'Disputes the contract' } }));
  await world.load(customer('held-2', since(5)));
  await createUsageStore({ table: world.table() }).addUsage('steady', '2026-11', [
    { record: rated('call-1', 'domestic', 60, 600), content: 'call-1' },
  ]);
  await world.load(customer('later', { ...since(1), billingStartDate: '2027-01-10', billedThrough: undefined }));
});

describe('a run before it happens', () => {
  it('shows every account that would be due once, with its outcome, whatever the size of a page', async () => {
    const all = await previewed(50);
    expect(all.map(({ accountId, outcome }) => [accountId, outcome]).sort()).toEqual([
      ['grown', 'invoice'],
      ['held-1', 'held'],
      ['held-2', 'invoice'],
      ['nothing', 'zero'],
      ['steady', 'invoice'],
    ]);
    expect((await previewed(1)).sort(byAccount)).toEqual(all.sort(byAccount));
  });

  it('gives the reason of whatever gets no invoice', async () => {
    const reasons = Object.fromEntries((await previewed(50)).map(({ accountId, reason }) => [accountId, reason]));
    expect(reasons['held-1']).toBe('Finance put this account on hold (Disputes the contract).');
    expect(reasons.nothing).toBe('Nothing to charge');
  });

  it('finds nobody before anybody is due', async () => expect(await previewed(50, '2026-11-30')).toEqual([]));

  it('only reads: the table stays as it is but for the note of who looked, and no message is sent', async () => {
    const before = await wholeTable();
    const calls = vi.spyOn(world.table(), 'call');
    await previewed(2);
    await call(token.finance, 'GET', '/accounts/grown/preview');
    const writes = calls.mock.calls.filter(([operation]) => !/^(Query|GetItem|BatchGetItem)$/.test(operation));
    expect(writes).toMatchObject([['PutItem', { Item: { request: 'GET /accounts/grown/preview' } }]]);
    calls.mockRestore();
    const isNote = (item: unknown) => JSON.stringify(item).includes('ACCESS#');
    expect((await wholeTable()).filter((item) => !isNote(item))).toEqual(before.filter((item) => !isNote(item)));
    expect(await world.taken('invoices')).toEqual([]);
  });

  it.each([
    ['', 'date'],
    ['?date=soon', 'date'],
    [`?date=${DATE}&limit=51`, 'limit'],
    [`?date=${DATE}&cursor=nonsense`, 'cursor'],
    [`?date=${DATE}&cursor=${Buffer.from('{"part":"8"}').toString('base64url')}`, 'cursor'],
  ])('refuses %j and names %s', async (query, field) => {
    const answer = await call(token.finance, 'GET', `/sellers/northwind-ie/preview${query}`);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
  });

  it('is for finance and operations', async () => {
    expect((await call(token.staff, 'GET', `/sellers/northwind-ie/preview?date=${DATE}`)).status).toBe(403);
  });
});

describe('preview, hold, release, run', () => {
  it('what was previewed is issued, and who is held stands in the preview and in the tally', async () => {
    const hold = await call(token.finance, 'PUT', '/accounts/held-2/hold', {
      body: { reason: 'Too high' },
      version: 1,
    });
    const release = await call(token.finance, 'DELETE', '/accounts/held-1/hold', { version: 1 });
    expect([hold.status, release.status]).toEqual([200, 200]);
    const run = await previewed(2);
    const invoices = run.filter(({ outcome }) => outcome === 'invoice');
    expect(run.find(({ accountId }) => accountId === 'held-2')).toMatchObject({
      outcome: 'held',
      reason: 'Finance put this account on hold (Too high).',
    });
    const previews = await Promise.all(
      invoices.map(
        async ({ accountId }) => (await call(token.ownerOf(accountId), 'GET', `/accounts/${accountId}/preview`)).body,
      ),
    );

    const tally = await ran();
    const count = (outcome: string) => run.filter((entry) => entry.outcome === outcome).length;
    expect([tally.planned, tally.invoiced, tally.zero, tally.held]).toEqual([
      5,
      count('invoice'),
      count('zero'),
      count('held'),
    ]);
    expect(invoices.map(({ accountId }) => accountId).sort()).toEqual(['grown', 'held-1', 'steady']);
    const steady = previews.find(({ accountId }) => accountId === 'steady');
    expect(steady.invoice.lines.map(({ charge }: { charge: string }) => charge)).toContain('usage');
    for (const { accountId, invoice, total } of previews) {
      const { body: issued } = await call(token.finance, 'GET', `/accounts/${accountId}/invoices/2026-12-cycle`);
      const { invoiceDate, dueDate, month, lines, taxes, subtotal, taxTotal } = issued;
      expect(invoice).toEqual({ invoiceDate, dueDate, month, lines, taxes, subtotal, taxTotal, total });
      expect(issued.total).toBe(total);
    }
  });

  it('the next preview differs from the invoice just issued, and says why', async () => {
    const { body } = await call(token.ownerOf('grown'), 'GET', '/accounts/grown/preview');
    expect(body).toMatchObject({ outcome: 'invoice', billingDate: '2027-01-01', lastTotal: 45_166 });
    expect(body.difference).toBe(body.total - body.lastTotal);
    expect(body.changes.map(({ words }: { words: string }) => words)).toContain(
      'Prorated charges of the last invoice that do not recur.',
    );
    const sum = body.changes.reduce((all: number, { amount }: { amount: number }) => all + amount, 0);
    expect(sum).toBe(body.difference);
  });

  it('an account that is due already is previewed for today', async () => {
    const late = await call(token.finance, 'GET', '/accounts/held-1/preview', { now: '2027-01-20T12:00:00.000Z' });
    expect(late.body.invoice).toMatchObject({ invoiceDate: '2027-01-20', month: '2027-01' });
  });
});

describe('this month against last', () => {
  it('adds up, for the customer and for finance; a first invoice is all new', async () => {
    await world.load(customer('twice', since(2)));
    const first = await world.invoiced('twice');
    const version = (await world.store().loadForBilling('twice'))!.account.version;
    await call(token.staff, 'POST', '/accounts/twice/subscriptions/phones/changes', {
      body: { effectiveOn: '2026-12-11', delta: 1 },
      version,
    });
    const second = await world.invoiced('twice');
    const { body } = await call(token.ownerOf('twice'), 'GET', '/accounts/twice/invoices/2027-01-cycle/changes');
    expect(body).toMatchObject({
      number: second.number,
      lastNumber: first.number,
      difference: second.total - first.total,
      currency: 'EUR',
    });
    expect(body.parts.reduce((all: number, { amount }: { amount: number }) => all + amount, 0)).toBe(body.difference);
    expect(body.parts.map(({ words }: { words: string }) => words)).toEqual(
      expect.arrayContaining([
        'Desk phone: 3 instead of 2 devices.',
        'Desk phone: EUR 23.95 instead of EUR 22.95 per device, on the 2 devices of the last invoice.',
      ]),
    );
    const byNumber = await call(token.finance, 'GET', `/sellers/northwind-ie/invoices/${second.number}/changes`);
    expect(byNumber.body).toEqual(body);
    const ofFirst = await call(token.ownerOf('twice'), 'GET', '/accounts/twice/invoices/2026-12-cycle/changes');
    expect(ofFirst.body).toMatchObject({ lastTotal: 0, difference: first.total });
    expect(ofFirst.body.lastNumber).toBeUndefined();
  });
});

const byAccount = (a: Entry, b: Entry) => a.accountId.localeCompare(b.accountId);
