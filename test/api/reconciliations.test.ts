import Stripe from 'stripe';
import { beforeAll, describe, expect, it } from 'vitest';
import { reconcileProcessor } from '../../functions/reconcile-processor/index.ts';
import { createLedgerStore } from '../../shared/aws/ledger-store.ts';
import { createReconciliationStore } from '../../shared/aws/reconciliation-store.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { RecordingQueues } from '../support/recording-queues.ts';
import { apiWorld, customer, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const SELLER = 'northwind-ie';
const PATH = `/sellers/${SELLER}/reconciliations`;

/** A payment of ours that no book knows, and two that somebody made by hand at the processor. */
beforeAll(async () => {
  await world.load(customer('acme'));
  await world.invoiced('acme');
  const { hostname: host, port } = new URL(world.processor().url);
  const stripe = new Stripe('sk_test_local', { host, port, protocol: 'http', telemetry: false });
  const charge = async (amount: number, metadata: Record<string, string> = {}) => {
    const intent = await stripe.paymentIntents.create({ amount, currency: 'eur', customer: 'cus_1', metadata });
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  };
  await charge(120_00, { seller: SELLER, account: 'acme', invoice: '2026-12#cycle', number: 'X' });
  await charge(7_00);
  await charge(8_00);
});

async function reconcile(now: string): Promise<void> {
  const options = { table: world.table(), shardsOf: (id: string) => sellerOf(stage, id).shards };
  const run = reconcileProcessor({
    store: { ...createLedgerStore(options), ...createReconciliationStore(options) },
    processor: stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: world.processor().url }),
    documents: world.documents(),
    queues: new RecordingQueues(),
    stage,
  });
  await run({ sellerId: SELLER }, now, { getRemainingTimeInMillis: () => 900_000 });
}
const differences = async (date: string, query = '') =>
  (await call(token.finance, 'GET', `${PATH}/${date}/differences${query}`)).body;

describe('finance', () => {
  beforeAll(() => reconcile('2026-12-02T04:30:00.000Z'));

  it('sees the reconciled days, and how each came out', async () => {
    const { body } = await call(token.finance, 'GET', PATH);
    expect(body.reconciliations).toMatchObject([
      { date: '2026-12-01', totals: [{ currency: 'EUR', charged: 135_00, booked: 0, closing: 135_00 }] },
    ]);
    const day = await call(token.finance, 'GET', `${PATH}/2026-12-01`);
    expect(day.body).toEqual(body.reconciliations[0]);
    const none = await call(token.finance, 'GET', `${PATH}/2026-11-30`);
    expect([none.status, none.body.code]).toEqual([404, 'reconciliation_not_found']);
  });

  it('reads the differences page by page, with account, invoice and what to do', async () => {
    const first = await differences('2026-12-01', '?limit=2');
    const second = await differences('2026-12-01', `?limit=2&cursor=${first.cursor}`);
    const all = [...first.differences, ...second.differences];
    expect([all.length, second.cursor]).toEqual([3, undefined]);
    const ours = all.find(({ amount }: { amount: number }) => amount === 120_00);
    expect(ours).toMatchObject({
      ...{ status: 'missing', since: '2026-12-01', side: 'processor', kind: 'charge' },
      ...{ accountId: 'acme', invoiceId: '2026-12-cycle', needsPerson: false },
    });
    expect(ours.advice).toContain('no book knows');
    expect(all.filter(({ needsPerson }: { needsPerson: boolean }) => needsPerson)).toHaveLength(2);
    expect((await differences('2026-12-01', '?status=extra')).differences).toEqual([]);
  });

  it('downloads them for a spreadsheet', async () => {
    const { body } = await call(token.finance, 'GET', `${PATH}/2026-12-01/csv`);
    expect(body.fileName).toBe('reconciliation-northwind-ie-2026-12-01.csv');
    const lines = (await (await fetch(body.url)).text()).trim().split('\n');
    expect(lines[0]).toBe('status,since,amount,currency,side,account,invoice,payment,item,what to do');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 7).join(','))).toEqual([
      'missing,2026-12-01,8.00,EUR,processor,,',
      'missing,2026-12-01,7.00,EUR,processor,,',
      'missing,2026-12-01,120.00,EUR,processor,acme,2026-12#cycle',
    ]);
  });

  it('accepts a difference once, after trying it; from the next report on it is not open', async () => {
    const { differences: open } = await differences('2026-12-01');
    const { itemId } = open.find(({ amount }: { amount: number }) => amount === 7_00);
    const accept = (date: string, query = '', id = itemId) =>
      call(token.finance, 'POST', `${PATH}/${date}/differences/${id}/acceptance${query}`, {
        body: { reason: 'A test of the till' },
        now: '2026-12-02T09:00:00.000Z',
      });
    const effect = [
      { account: 'processor-clearing', amount: 7_00 },
      { account: 'suspense', amount: -7_00 },
    ];
    expect((await accept('2026-12-01', '?dryRun=true')).body).toEqual({ outcome: 'preview', postings: effect });
    expect((await accept('2026-12-01')).body).toEqual({ outcome: 'booked', postings: effect });
    expect((await accept('2026-12-01')).body.outcome).toBe('repeated');
    expect((await accept('2026-12-01', '', 'txn_unknown')).body.code).toBe('difference_not_found');
    await reconcile('2026-12-03T04:30:00.000Z');
    const left = (await differences('2026-12-02')).differences.map(({ amount }: { amount: number }) => amount);
    expect(left.toSorted((a: number, b: number) => a - b)).toEqual([8_00, 120_00]);
    const late = await accept('2026-12-01');
    expect([late.status, late.body.code]).toEqual([409, 'reconciliation_superseded']);
  });

  it('adds a year up from days that are closed', async () => {
    await reconcile('2026-12-05T04:30:00.000Z');
    const path = `/sellers/${SELLER}/trial-balance?from=2026-12-01&to=2027-11-30`;
    const { body } = await call(token.finance, 'GET', path, { now: '2026-12-05T09:00:00.000Z' });
    expect(body.closedUntil).toBe('2026-12-02');
    const balance = (name: string) =>
      body.accounts.find(({ account }: { account: string }) => account === name)?.balance;
    expect(balance('suspense')).toBe(-7_00);
    expect(balance('fees')).toBe(2_05 + 36 + 37);
    expect(body.accounts.reduce((sum: number, each: { balance: number }) => sum + each.balance, 0)).toBe(0);
  });
});

it('nobody else reads or accepts anything, and a person of another seller finds nothing', async () => {
  const accept = `${PATH}/2026-12-01/differences/txn_1/acceptance`;
  for (const by of [token.staff, token.ops, token.ownerOf('acme')]) {
    expect((await call(by, 'GET', PATH)).status).toBe(403);
    expect((await call(by, 'POST', accept, { body: { reason: 'x' } })).status).toBe(403);
  }
  expect((await call(token.otherSeller, 'GET', `${PATH}/2026-12-01/differences`)).status).toBe(404);
});
