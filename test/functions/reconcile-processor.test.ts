import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectPayment } from '../../functions/collect-payment/index.ts';
import { reconcileProcessor } from '../../functions/reconcile-processor/index.ts';
import { type LocalFauxqs, startFauxqs } from '../../infra/local/fauxqs.ts';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import { createLedgerStore } from '../../shared/aws/ledger-store.ts';
import { createReconciliationStore } from '../../shared/aws/reconciliation-store.ts';
import { suspenseEntry } from '../../shared/domain/books/processor-entries.ts';
import { type JournalEntry, TrialBalance } from '../../shared/domain/ledger.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import type { LedgerStore, ReconciliationStore } from '../../shared/ports.ts';
import { loadReport } from '../../shared/reconciliation/report-files.ts';
import { accountOf, issueOf, SELLER, type Stores, storesOver } from '../aws/fixtures.ts';
import { subscription } from '../support/accounts.ts';
import { method } from '../support/collection.ts';
import { localClient, localTable } from '../support/emulators.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

/** The function on DynamoDB Local, the local S3 and the real SDK against the local processor. Each test has a seller of its own. */
const table = localTable();
const TOTAL = 120_00;
/** 1.5 % and 25. */
const FEE = 2_05;
const enough = { getRemainingTimeInMillis: () => 900_000 };

let fauxqs: LocalFauxqs;
let documents: ReturnType<typeof createDocuments>;
let stores: Stores;
let store: LedgerStore & ReconciliationStore;
let processor: Processor;
let payments: ReturnType<typeof stripeProcessor>;
let stripe: Stripe;
let queues: RecordingQueues;
let seller: Seller;
let clock: Date;
let made = 0;

beforeAll(async () => {
  fauxqs = await startFauxqs();
  const s3 = new S3Client({ ...localClient(fauxqs.endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'documents' }));
  s3.destroy();
  documents = createDocuments({ bucket: 'documents' }, awsHttp('s3', localClient(fauxqs.endpoint)));
});
afterAll(() => fauxqs?.stop());

beforeEach(async () => {
  seller = { ...SELLER, sellerId: `seller-${++made}` };
  clock = new Date('2026-12-01T06:00:00.000Z');
  stores = storesOver(table());
  const options = { table: table(), shardsOf: () => seller.shards };
  store = { ...createLedgerStore(options), ...createReconciliationStore(options) };
  processor = await startProcessor({ now: () => clock });
  payments = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
  const { hostname: host, port } = new URL(processor.url);
  stripe = new Stripe('sk_test_local', { host, port, protocol: 'http', telemetry: false });
  queues = new RecordingQueues();
});
afterEach(() => processor.stop());

const goTo = (instant: string): string => {
  clock = new Date(instant);
  return clock.toISOString();
};
/** An account with its invoice of December, 120.00, to be paid with this method. */
async function owing(token: string) {
  const accountId = `payer-${++made}`;
  const account = { ...accountOf(accountId, { autopay: true, defaultMethodId: 'm1' }), sellerId: seller.sellerId };
  const subscriptions = [subscription('desk-phone', [1, '2026-12-01', 10])];
  await stores.accounts.createAccount({ account, subscriptions, methods: [method('m1', token)] });
  const { run: _none, ...issue } = await issueOf(stores, accountId);
  const draft = { ...issue.draft, sellerId: seller.sellerId };
  const { invoice } = await stores.invoices.issueOnce({ ...issue, draft });
  return { sellerId: seller.sellerId, accountId, invoiceId: invoice!.invoiceId };
}
const collector = () =>
  collectPayment({
    store: { ...stores.invoices, ...stores.collections, ...stores.books },
    processor: payments,
    queues,
    stage: { sellers: [seller] },
  });
async function paid(token = 'pm_card_visa') {
  const invoice = await owing(token);
  await collector()(invoice, clock.toISOString());
  return invoice;
}
/** Charged at the processor, while whoever asked for it died before it could book. */
async function paidWithoutBooking() {
  const invoice = await owing('pm_card_visa');
  const store = { ...stores.invoices, ...stores.collections, ...stores.books };
  const dying = collectPayment({
    store: { ...store, concludeAttempt: () => Promise.reject(new Error('died')) },
    processor: payments,
    queues,
    stage: { sellers: [seller] },
  });
  await expect(dying(invoice, clock.toISOString())).rejects.toThrow('died');
  return invoice;
}

/** Lets whoever uses these die before or after the n-th of all their calls; what is read bit by bit does not end like that. */
function dyingAt(call: number, when: 'before' | 'after') {
  let calls = 0;
  const wrap = <T extends object>(real: T): T =>
    new Proxy(real, {
      get(target, name) {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          calls++;
          if (calls === call && when === 'before') throw new Error('died');
          const answer: unknown = method.apply(target, args);
          if (calls !== call || !(answer instanceof Promise)) return answer;
          return answer.then(() => Promise.reject(new Error('died')));
        };
      },
    });
  return { wrap, calls: () => calls };
}

interface Overrides {
  readonly store?: LedgerStore & ReconciliationStore;
  readonly documents?: ReturnType<typeof createDocuments>;
  readonly queues?: RecordingQueues;
  readonly sellers?: readonly Seller[];
  readonly left?: number;
}
const run = (instant: string, businessDate?: string, { sellers = [seller], left, ...overrides }: Overrides = {}) =>
  reconcileProcessor({
    store: overrides.store ?? store,
    processor: payments,
    documents: overrides.documents ?? documents,
    queues: overrides.queues ?? queues,
    stage: { sellers },
  })(
    { sellerId: seller.sellerId, ...(businessDate && { businessDate }) },
    goTo(instant),
    left === undefined ? enough : { getRemainingTimeInMillis: () => left },
  );
const report = (date: string) => loadReport(documents, seller.sellerId, date);
const balances = async (date: string) => {
  const trial = new TrialBalance();
  for await (const entry of store.entriesOn(seller.sellerId, date)) trial.add(entry);
  return Object.fromEntries(trial.accounts.map(({ account, balance }) => [account, balance]));
};
const MORNING = '2026-12-02T04:30:00.000Z';

describe('a reconciled day', () => {
  it('matches what customers paid, and books the processor’s fees and payouts', async () => {
    await paid();
    await paid();
    await stripe.payouts.create({ amount: 50_00, currency: 'gbp' });
    await run(MORNING);
    expect(await report('2026-12-01')).toMatchObject({
      explained: { matched: 4, timed: 0, netted: 0, accepted: 0 },
      open: [],
      totals: [
        {
          currency: 'GBP',
          ...{ opening: 0, charged: 2 * TOTAL, returned: 0, booked: 2 * TOTAL, accepted: 0, closing: 0 },
          ...{ fees: 2 * FEE, paidOut: 50_00 },
        },
      ],
    });
    const net = processor.books().transactions.reduce((total, transaction) => total + transaction.net, 0);
    expect(await balances('2026-12-01')).toMatchObject({
      fees: 2 * FEE,
      cash: 50_00,
      'processor-clearing': net,
    });
    expect(queues.jobs).toEqual([]);
  });

  it('follows a processor that converts: the books hold in each currency what it holds', async () => {
    await processor.stop();
    processor = await startProcessor({ now: () => clock, converts: { gbp: { to: 'eur', rate: 1.15 } } });
    payments = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
    await paid();
    await run(MORNING);
    expect(await report('2026-12-01')).toMatchObject({ open: [], explained: { matched: 2 } });
    const trial = new TrialBalance();
    for await (const entry of store.entriesOn(seller.sellerId, '2026-12-01')) trial.add(entry);
    const holds = (currency: string) =>
      trial.accounts.find((of) => of.account === 'processor-clearing' && of.currency === currency)?.balance;
    expect([holds('GBP'), holds('EUR')]).toEqual([0, processor.books().transactions[0]?.net]);
  });

  it('done twice, at once, or by one who died at any of its writes, books each fee once', async () => {
    await paid();
    await Promise.all([run(MORNING), run(MORNING)]);
    await run(MORNING);
    expect(await balances('2026-12-01')).toMatchObject({ fees: FEE });
    expect((await store.reconciliationsOf(seller.sellerId, 10)).items).toHaveLength(1);

    goTo('2026-12-02T10:00:00.000Z');
    await paid();
    for (const step of ['bookSellerEntry', 'closeDay', 'recordReconciliation'] as const) {
      const died = async () => Promise.reject(new Error('died'));
      await expect(run('2026-12-03T04:30:00.000Z', undefined, { store: { ...store, [step]: died } })).rejects.toThrow(
        'died',
      );
    }
    await run('2026-12-03T04:31:00.000Z');
    expect(await balances('2026-12-02')).toMatchObject({ fees: FEE });
    expect(await report('2026-12-02')).toMatchObject({ open: [], explained: { matched: 2 } });
  });

  it.each(['before', 'after'] as const)(
    'comes out the same when whoever did it died %s any of its calls',
    async (when) => {
      let call = 1;
      for (let tried = 0; tried >= call - 1; call++) {
        seller = { ...SELLER, sellerId: `seller-${++made}` };
        goTo('2026-12-01T06:00:00.000Z');
        await paid();
        await paidWithoutBooking();
        const { wrap, calls } = dyingAt(call, when);
        const overrides = { store: wrap(store), documents: wrap(documents), queues: wrap(queues) };
        await run(MORNING, undefined, overrides).catch((error: Error) => expect(error.message).toBe('died'));
        tried = calls();
        await run(MORNING);
        expect(await report('2026-12-01'), `call ${call}`).toMatchObject({
          explained: { matched: 2 },
          differences: { missing: 1 },
          totals: [{ charged: 2 * TOTAL, booked: TOTAL, closing: TOTAL, fees: 2 * FEE }],
        });
        expect(await balances('2026-12-01')).toMatchObject({ fees: 2 * FEE, 'processor-clearing': TOTAL - 2 * FEE });
        expect(new Set(queues.take('lookups').map(({ id }) => id)).size).toBe(1);
      }
      expect(call).toBeGreaterThan(10);
    },
  );

  it('is closed two runs later with what its books came to; what is recorded after that is listed apart', async () => {
    const { accountId } = await paid();
    await run(MORNING);
    expect(await store.closedDays(seller.sellerId, '2026-12-01', '2026-12-31')).toEqual(new Map());
    await run('2026-12-04T04:30:00.000Z');
    const trial = new TrialBalance();
    for await (const entry of store.entriesOn(seller.sellerId, '2026-12-01')) trial.add(entry);
    const closed = await store.closedDays(seller.sellerId, '2026-12-01', '2026-12-31');
    expect([...closed]).toEqual([['2026-12-01', { entries: 3, accounts: trial.accounts }]]);
    expect(trial.accounts.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);

    const late: JournalEntry = {
      entryId: 'invoice#late',
      ...{ accountId, sellerId: seller.sellerId, date: '2026-12-01', currency: 'GBP' },
      recordedAt: '2026-12-04T06:00:00.000Z',
      postings: [
        { account: 'receivable', amount: 5 },
        { account: 'revenue', amount: -5 },
      ],
    };
    await stores.books.book({ ...late, entry: late, receivables: [], credits: [] }, late.recordedAt);
    const listed = async (of: AsyncIterable<{ entryId: string }>) => {
      const ids: string[] = [];
      for await (const { entryId } of of) ids.push(entryId);
      return ids;
    };
    expect(await listed(store.entriesOn(seller.sellerId, '2026-12-01'))).not.toContain('invoice#late');
    expect(await listed(store.lateEntries(seller.sellerId, '2026-12-01', '2026-12-01'))).toEqual(['invoice#late']);
    expect(await listed(store.lateEntries(seller.sellerId, '2026-12-02', '2026-12-31'))).toEqual([]);
  });

  it('that is not over is refused; one without a movement is reconciled, too', async () => {
    await expect(run(MORNING, '2026-12-02')).rejects.toThrow('2026-12-02 is not over');
    await run(MORNING);
    expect(await report('2026-12-01')).toMatchObject({ totals: [], open: [] });
  });

  it('that was missed is made up for, in order', async () => {
    await paid();
    await run(MORNING);
    await run('2026-12-05T04:30:00.000Z');
    const days = (await store.reconciliationsOf(seller.sellerId, 10)).items.map(({ date }) => date);
    expect(days).toEqual(['2026-12-04', '2026-12-03', '2026-12-02', '2026-12-01']);
  });

  it('of too many payments for one invocation goes on where the last one ended', async () => {
    const amounts = Array.from({ length: 30 }, (_, index) => 10_00 + index);
    for (const amount of amounts) {
      const intent = await stripe.paymentIntents.create({ amount, currency: 'gbp', customer: 'cus_1' });
      await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    }
    const small = { ...payments };
    // A processor whose pages hold one movement each.
    payments = {
      ...small,
      transactions: async (from, until, cursor) => {
        const { items } = await small.transactions(from, until);
        const index = Number(cursor ?? 0);
        return { items: items.slice(index, index + 1), ...(index + 1 < items.length && { cursor: `${index + 1}` }) };
      },
    };
    await expect(run(MORNING, undefined, { left: 1_000 })).rejects.toThrow('they are kept');
    let asked = 0;
    const { transactions } = payments;
    payments = {
      ...payments,
      transactions: (...of) => {
        asked++;
        return transactions(...of);
      },
    };
    await run(MORNING);
    expect(asked).toBe(10);
    expect((await report('2026-12-01'))?.open.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual(amounts);
  });
});

describe('money that no book knows', () => {
  it('is looked at; once the look has booked it, the next report is clean', async () => {
    const invoice = await paidWithoutBooking();
    await run(MORNING);
    expect(await report('2026-12-01')).toMatchObject({
      differences: { missing: 1 },
      totals: [{ closing: TOTAL }],
      open: [{ status: 'missing', amount: TOTAL, transaction: { invoice } }],
    });
    const [look, ...others] = queues.take('lookups');
    expect(others).toEqual([]);
    const told = await payments.told(look!.id);
    await collector()(told!.invoice, '2026-12-02T04:31:00.000Z');
    await run('2026-12-03T04:30:00.000Z');
    expect(await report('2026-12-02')).toMatchObject({
      explained: { timed: 2 },
      totals: [{ opening: TOTAL, booked: TOTAL, closing: 0 }],
      open: [],
    });
    expect(queues.take('lookups')).toEqual([]);
  });

  it('is asked about again when whoever found it died before it could send', async () => {
    await paidWithoutBooking();
    queues.failNextSend();
    await expect(run(MORNING)).rejects.toThrow();
    await run(MORNING);
    expect(queues.take('lookups')).toHaveLength(1);
  });

  it('stays open day after day until finance accepts it; the books then follow the processor', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 7_00, currency: 'gbp', customer: 'cus_1' });
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    await run(MORNING);
    await run('2026-12-03T04:30:00.000Z');
    const [open] = (await report('2026-12-02'))?.open ?? [];
    expect(open).toMatchObject({ status: 'missing', date: '2026-12-01', amount: 7_00 });
    const decided = { by: 'finn', now: '2026-12-03T09:00:00.000Z', today: '2026-12-03' };
    const entry = suspenseEntry(open!, seller.sellerId, 'a test charge', decided)!;
    expect(await store.bookSellerEntry(entry, open!.date)).toBe('written');
    expect(await store.bookSellerEntry({ ...entry, date: '2026-12-09' }, open!.date)).toBe('already-done');
    await run('2026-12-04T04:30:00.000Z');
    expect(await report('2026-12-03')).toMatchObject({
      explained: { accepted: 1 },
      totals: [{ opening: 7_00, accepted: 7_00, closing: 0 }],
      open: [],
    });
    expect(await balances('2026-12-03')).toEqual({ 'processor-clearing': 7_00, suspense: -7_00 });
  });
});

describe('days and sellers', () => {
  it('a payment belongs to its day in the seller’s time zone, and is timing where it is booked after midnight', async () => {
    seller = { ...seller, timeZone: 'America/New_York' };
    stores = storesOver(table());
    goTo('2026-12-02T04:59:59.000Z');
    const invoice = await paidWithoutBooking();
    await collector()(invoice, '2026-12-02T05:00:01.000Z');
    await run('2026-12-02T09:30:00.000Z');
    expect(await report('2026-12-01')).toMatchObject({ differences: { timing: 1, missing: 0 } });
    expect(queues.take('lookups')).toEqual([]);
    await run('2026-12-03T09:30:00.000Z');
    expect(await report('2026-12-02')).toMatchObject({ open: [], explained: { timed: 2 } });
  });

  it('each has its own; what names no invoice is the first one’s in that currency, what is another stage’s nobody’s', async () => {
    const charge = async (currency: string, metadata: Record<string, string> = {}) => {
      const intent = await stripe.paymentIntents.create({ amount: 9_00, currency, customer: 'cus_1', metadata });
      await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    };
    await charge('gbp');
    await charge('eur');
    await charge('gbp', { seller: 'another-stage', account: 'a', invoice: '2026-12#cycle' });
    await charge('gbp', { seller: 'other', account: 'a', invoice: '2026-12#cycle' });
    const other: Seller = { ...seller, sellerId: 'other' };
    const german: Seller = { ...seller, sellerId: 'german', currency: 'EUR' };
    await run(MORNING, undefined, { sellers: [german, seller, other] });
    expect((await report('2026-12-01'))?.open).toMatchObject([{ amount: 9_00, currency: 'GBP' }]);
  });

  it('a processor that gives no answer ends the run, and the next one does it all', async () => {
    await paid();
    processor.faults.add({ kind: '500-before', on: /balance_transactions/ });
    await expect(run(MORNING)).rejects.toThrow('did not answer');
    expect(await report('2026-12-01')).toBeUndefined();
    await run(MORNING);
    expect(await report('2026-12-01')).toMatchObject({ explained: { matched: 2 } });
  });
});
