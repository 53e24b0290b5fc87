import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectPayment } from '../../functions/collect-payment/index.ts';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import type { Account } from '../../shared/domain/account.ts';
import { raised } from '../../shared/domain/books/adjustment.ts';
import { addHours, addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import { balanceOf } from '../../shared/domain/ledger.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import { asked } from '../../shared/domain/payment-request.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import type { PaymentProcessor } from '../../shared/ports.ts';
import { accountOf, issueOf, NOW, SELLER, type Stores, storesOver } from '../aws/fixtures.ts';
import { subscription } from '../support/accounts.ts';
import { method } from '../support/collection.ts';
import { localTable } from '../support/emulators.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

/** The function with the real store on DynamoDB Local and the real SDK against the local processor. */
const table = localTable();
/** Ten phones at 10.00 GBP and 20 % VAT. */
const TOTAL = 120_00;
let clock: Date;
let stores: Stores;
let processor: Processor;
let queues: RecordingQueues;
let accounts = 0;

beforeEach(async () => {
  clock = new Date(NOW);
  stores = storesOver(table());
  processor = await startProcessor({ now: () => clock });
  queues = new RecordingQueues();
});
afterEach(() => processor.stop());

/** An account and its first invoice, to be collected at `NOW`; `tokens` are its methods, the first one its default. */
async function issued(tokens: readonly string[], overrides: Partial<Account> = {}): Promise<Receivable> {
  const accountId = `payer-${++accounts}`;
  const methods: PaymentMethod[] = tokens.map((token, index) => method(`m${index + 1}`, token));
  const account = accountOf(accountId, { autopay: true, defaultMethodId: 'm1', ...overrides });
  await stores.accounts.createAccount({
    account,
    subscriptions: [subscription('desk-phone', [1, '2026-12-01', 10])],
    methods,
  });
  const { invoice } = await stores.invoices.issueOnce(await issueOf(stores, accountId));
  return (await stores.invoices.receivable(accountId, invoice!.invoiceId))!;
}

function collector(overrides: { store?: object; processor?: Partial<PaymentProcessor> } = {}) {
  const real = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url, timeoutMs: 800 });
  const collect = collectPayment({
    store: { ...stores.invoices, ...stores.collections, ...stores.books, ...overrides.store },
    processor: { ...real, ...overrides.processor },
    queues,
    stage: { sellers: [SELLER] },
  });
  return ({ sellerId, accountId, invoiceId }: Receivable, now: Instant, look?: string) => {
    clock = new Date(now);
    return collect({ sellerId, accountId, invoiceId, ...(look && { look }) }, now);
  };
}

const standing = async ({ accountId, invoiceId }: Receivable) => ({
  receivable: (await stores.invoices.receivable(accountId, invoiceId))!,
  attempts: await stores.collections.attempts(accountId, invoiceId),
  account: (await stores.services.account(accountId))!,
  journal: await stores.invoices.journal(accountId),
});

/** Invariants 2 to 5 of the product, whatever happened before. */
async function expectSound(of: Receivable, { collected }: { collected: number }): Promise<void> {
  const { receivable, attempts, account, journal } = await standing(of);
  const charges = processor.books().charges.filter(({ metadata }) => metadata.account === of.accountId);
  const sum = charges.reduce((total, { amount }) => total + amount, 0);
  expect({
    charges: charges.length <= 1,
    sum,
    due: receivable.due,
    balance: account.balance,
    books: balanceOf(journal),
  }).toEqual({
    charges: true,
    sum: collected,
    due: TOTAL - collected,
    balance: TOTAL - collected,
    books: TOTAL - collected,
  });
  expect(attempts.filter(({ outcome }) => outcome?.kind === 'succeeded')).toHaveLength(collected > 0 ? 1 : 0);
  expect(attempts.filter(({ outcome }) => !outcome).length).toBeLessThanOrEqual(1);
}

const request = async (of: Receivable, methodId: string, at: Instant) => {
  const { receivable } = await standing(of);
  const collection = { ...receivable.collection, requested: { methodId, at, by: 'admin', amount: receivable.due } };
  expect(
    await stores.collections.updateReceivable({ ...receivable, collection, version: receivable.version + 1 }),
  ).toBe('written');
};

describe('autopay', () => {
  it('pays the invoice on its date: processor, ledger, balance and invoice agree', async () => {
    const invoice = await issued(['pm_card_visa']);
    await collector()(invoice, NOW);
    await expectSound(invoice, { collected: TOTAL });
    const { receivable } = await standing(invoice);
    expect(receivable).toMatchObject({ status: 'paid', paidAt: NOW, collection: { state: 'idle', attempts: 1 } });
    expect(queues.jobs).toEqual([]);
  });

  it('that is declined is tried again after an hour and not before (R38), and both are told', async () => {
    const invoice = await issued(['pm_sample_declines_then_pays']);
    const collect = collector();
    await collect(invoice, NOW);
    expect(queues.take('notices')).toMatchObject([{ document: 'payment-failed', occurrence: 1 }]);
    await collect(invoice, addMinutes(NOW, 59));
    await expectSound(invoice, { collected: 0 });
    expect(queues.take('notices')).toMatchObject([{ document: 'payment-failed', occurrence: 1 }]);
    await collect(invoice, addHours(NOW, 1));
    await expectSound(invoice, { collected: TOTAL });
    expect(queues.take('notices')).toMatchObject([{ document: 'payment-received', occurrence: 2 }]);
  });

  it('with a stolen card stops until the customer pays with another one, at once', async () => {
    const invoice = await issued(['pm_card_chargeDeclinedStolenCard', 'pm_card_visa']);
    const collect = collector();
    for (const hours of [0, 1, 24, 500]) await collect(invoice, addHours(NOW, hours));
    expect((await standing(invoice)).receivable.collection).toMatchObject({ state: 'stopped', attempts: 1 });
    await request(invoice, 'm2', addHours(NOW, 501));
    await collect(invoice, addHours(NOW, 501));
    await expectSound(invoice, { collected: TOTAL });
  });

  it('that needs the customer asks for it by mail, and does not try again by itself', async () => {
    const invoice = await issued(['pm_card_authenticationRequired']);
    const collect = collector();
    for (const hours of [0, 2, 30]) await collect(invoice, addHours(NOW, hours));
    expect((await standing(invoice)).receivable.collection).toMatchObject({
      state: 'needs-authentication',
      attempts: 1,
    });
    expect(new Set(queues.take('notices').map(({ document }) => document))).toEqual(new Set(['authentication-needed']));
  });

  it.each([
    ['pm_usBankAccount_success', TOTAL],
    ['pm_usBankAccount_insufficientFunds', 0],
  ])('by bank debit is asked about until it settles: %s collects %i', async (token, collected) => {
    const invoice = await issued([token]);
    const collect = collector();
    await collect(invoice, NOW);
    expect((await standing(invoice)).receivable.collection).toMatchObject({
      state: 'processing',
      nextAt: addHours(NOW, 6),
    });
    for (const hours of [6, 48, 95]) await collect(invoice, addHours(NOW, hours));
    await expectSound(invoice, { collected: 0 });
    await collect(invoice, addHours(NOW, 97));
    await expectSound(invoice, { collected });
    const debits = processor.requests.filter(({ path }) => path.endsWith('/confirm'));
    expect(debits).toHaveLength(1);
  });

  it('switched off leaves the invoice to the customer', async () => {
    const invoice = await issued(['pm_card_visa'], { autopay: false });
    await collector()(invoice, NOW);
    await expectSound(invoice, { collected: 0 });
    expect(processor.requests).toEqual([]);
  });
});

describe('an attempt whose answer was lost', () => {
  it.each(['timeout-before', 'timeout-after', '500-before', 'saved-500-after'] as const)(
    'is asked about and never charged twice (%s)',
    async (kind) => {
      const invoice = await issued(['pm_card_visa']);
      const collect = collector();
      processor.faults.add({ kind, on: /confirm$/ });
      await collect(invoice, NOW);
      expect((await standing(invoice)).receivable.collection).toMatchObject({
        state: 'attempting',
        nextAt: addMinutes(NOW, 5),
      });
      await collect(invoice, addMinutes(NOW, 5));
      await expectSound(invoice, { collected: TOTAL });
      expect((await standing(invoice)).attempts).toHaveLength(1);
    },
  );

  it('through an outage of an hour keeps one attempt open, and ends paid', async () => {
    const invoice = await issued(['pm_card_visa']);
    const collect = collector();
    processor.faults.add({ kind: '500-after', on: /./, times: Number.POSITIVE_INFINITY });
    for (let minutes = 0; minutes < 60; minutes += 10)
      await collect(invoice, addMinutes(NOW, minutes)).catch(() => undefined);
    processor.faults.clear();
    await collect(invoice, addMinutes(NOW, 60));
    await expectSound(invoice, { collected: TOTAL });
    expect((await standing(invoice)).attempts).toHaveLength(1);
  });
});

describe('a processor that is too busy', () => {
  const secondsLater = (seconds: number): Instant => new Date(Date.parse(NOW) + seconds * 1000).toISOString();

  it.each([
    ['to create the intent', /payment_intents$/],
    ['to charge', /confirm$/],
  ])('%s has the attempt come back in seconds, which is charged once', async (_what, on) => {
    const invoice = await issued(['pm_card_visa']);
    const collect = collector();
    processor.faults.add({ kind: '429', on, times: 2 });
    await collect(invoice, NOW);
    const { sellerId, accountId, invoiceId } = invoice;
    expect(queues.take('collections')).toEqual([{ sellerId, accountId, invoiceId }]);
    expect((await standing(invoice)).receivable.collection.state).toBe('attempting');
    await collect(invoice, secondsLater(8));
    await collect(invoice, secondsLater(20));
    const [first, second] = queues.delays;
    expect(queues.delays).toHaveLength(2);
    expect(first).toBeGreaterThanOrEqual(5);
    expect(first).toBeLessThan(10);
    expect(second).toBeGreaterThanOrEqual(8);
    expect(second).toBeLessThan(16);
    await expectSound(invoice, { collected: TOTAL });
    expect((await standing(invoice)).attempts).toHaveLength(1);
  });

  it('is left to the sweep after five minutes', async () => {
    const invoice = await issued(['pm_card_visa']);
    const collect = collector();
    processor.faults.add({ kind: '429', on: /./, times: Number.POSITIVE_INFINITY });
    await collect(invoice, NOW);
    await collect(invoice, addMinutes(NOW, 5));
    expect(queues.delays).toHaveLength(1);
    expect((await standing(invoice)).receivable.collection).toMatchObject({
      state: 'attempting',
      nextAt: addMinutes(NOW, 15),
    });
    processor.faults.clear();
    await collect(invoice, addMinutes(NOW, 15));
    await expectSound(invoice, { collected: TOTAL });
  });
});

describe('delivered twice, killed anywhere', () => {
  it('two functions at once begin one attempt and charge once', async () => {
    const invoice = await issued(['pm_card_visa']);
    const collect = collector();
    await Promise.allSettled([collect(invoice, NOW), collect(invoice, NOW), collect(invoice, NOW)]);
    await collect(invoice, addMinutes(NOW, 5));
    await expectSound(invoice, { collected: TOTAL });
    expect((await standing(invoice)).attempts).toHaveLength(1);
  });

  it('nothing is charged that is not on record', async () => {
    const invoice = await issued(['pm_card_visa']);
    const neverBegins = { beginAttempt: async () => 'stale' };
    await expect(collector({ store: neverBegins })(invoice, NOW)).rejects.toThrow('kept changing');
    expect(processor.requests).toEqual([]);
  });

  it('an outcome is recorded although the invoice moved while the processor was asked', async () => {
    const invoice = await issued(['pm_card_visa']);
    const real = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
    const whileDunned: PaymentProcessor['charge'] = async (of) => {
      const { receivable } = await standing(invoice);
      const dunned = { ...receivable, dunning: { step: 1 }, version: receivable.version + 1 };
      expect(await stores.collections.updateReceivable(dunned)).toBe('written');
      return await real.charge(of);
    };
    await collector({ processor: { charge: whileDunned } })(invoice, NOW);
    await expectSound(invoice, { collected: TOTAL });
    expect((await standing(invoice)).receivable.dunning).toEqual({ step: 1 });
    expect(processor.requests.filter(({ method }) => method === 'GET')).toEqual([]);
  });

  const STEPS = ['beginAttempt', 'rememberIntent', 'concludeAttempt', 'ensureIntent', 'charge'] as const;
  it.each(STEPS.flatMap((step) => (['before', 'after'] as const).map((when) => [when, step] as const)))(
    'killed just %s %s, the next delivery finishes the work once',
    async (when, step) => {
      const invoice = await issued(['pm_card_visa']);
      const dies = dyingAt(step, when);
      await expect(collector({ store: dies, processor: dies })(invoice, NOW)).rejects.toThrow('killed');
      await collector()(invoice, addMinutes(NOW, 1));
      await expectSound(invoice, { collected: TOTAL });
      expect((await standing(invoice)).attempts).toHaveLength(1);
    },
  );

  it('killed before it could tell, the next delivery tells: customer and provisioning', async () => {
    const invoice = await issued(['pm_sample_declines_then_pays']);
    const collect = collector();
    await collect(invoice, NOW);
    const { account } = await standing(invoice);
    await stores.services.requestSuspension(account, NOW);
    queues.take('notices');
    queues.failNextSend();
    await expect(collect(invoice, addHours(NOW, 1))).rejects.toThrow('died');
    await collect(invoice, addHours(NOW, 1));
    expect(queues.take('services')).toMatchObject([{ number: 1, action: 'reactivate' }]);
    expect(queues.take('notices')).toMatchObject([{ document: 'payment-received', occurrence: 2 }]);
    await expectSound(invoice, { collected: TOTAL });
  });

  /** The real part, which dies around its work. */
  function dyingAt(step: (typeof STEPS)[number], when: 'before' | 'after') {
    const parts: Record<string, unknown> = {
      ...stores.collections,
      ...stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url, timeoutMs: 300 }),
    };
    const part = parts[step] as (...given: unknown[]) => Promise<unknown>;
    return {
      [step]: async (...given: unknown[]) => {
        if (when === 'after') await part(...given);
        throw new Error('killed');
      },
    };
  }
});

describe('a request to pay now', () => {
  it('is honoured with its method, and answered with a receipt, though autopay is off', async () => {
    const invoice = await issued(['pm_card_chargeDeclined', 'pm_card_visa'], { autopay: false });
    await request(invoice, 'm2', NOW);
    await collector()(invoice, NOW);
    await expectSound(invoice, { collected: TOTAL });
    expect((await standing(invoice)).receivable.collection.requested).toBeUndefined();
    expect(queues.take('notices')).toMatchObject([{ document: 'payment-received', occurrence: 1 }]);
  });

  it('that races with autopay pays once', async () => {
    const invoice = await issued(['pm_card_visa', 'pm_card_amex']);
    const collect = collector();
    await Promise.allSettled([collect(invoice, NOW), request(invoice, 'm2', NOW).then(() => collect(invoice, NOW))]);
    for (const minutes of [5, 10, 65]) await collect(invoice, addMinutes(NOW, minutes));
    await expectSound(invoice, { collected: TOTAL });
  });
});

describe('news of the processor', () => {
  const intentOf = async (invoice: Receivable) => (await standing(invoice)).receivable.collection.intentId!;
  const DAYS = 24;

  it('of a payment that is on record change nothing, however often they come', async () => {
    const invoice = await issued(['pm_card_visa']);
    const collect = collector();
    await collect(invoice, NOW);
    const before = await standing(invoice);
    for (const minutes of [1, 2, 3]) await collect(invoice, addMinutes(NOW, minutes), await intentOf(invoice));
    expect(await standing(invoice)).toEqual(before);
  });

  it('of a payment that the customer authenticated are an attempt of its own, once, and its receipt', async () => {
    const invoice = await issued(['pm_card_authenticationRequired']);
    await request(invoice, 'm1', NOW);
    const collect = collector();
    await collect(invoice, NOW);
    expect((await standing(invoice)).receivable.collection.state).toBe('needs-authentication');
    const intent = await intentOf(invoice);
    processor.authenticate(intent, true);
    queues.take('notices');
    await Promise.allSettled([collect(invoice, NOW, intent), collect(invoice, NOW, intent)]);
    await collect(invoice, addMinutes(NOW, 6), intent);
    await expectSound(invoice, { collected: TOTAL });
    expect((await standing(invoice)).attempts).toMatchObject([
      { outcome: { kind: 'needs-authentication' } },
      { observed: true, methodId: 'm1', outcome: { kind: 'succeeded' } },
    ]);
    expect(queues.take('notices')).toContainEqual(expect.objectContaining({ document: 'payment-received' }));
  });

  it.each([
    ['failed', false],
    ['was abandoned', undefined],
  ])('of an authentication that %s leave the invoice to the customer', async (_what, passed) => {
    const invoice = await issued(['pm_card_authenticationRequired']);
    await request(invoice, 'm1', NOW);
    const collect = collector();
    await collect(invoice, NOW);
    if (passed !== undefined) processor.authenticate(await intentOf(invoice), passed);
    await collect(invoice, addMinutes(NOW, 5), await intentOf(invoice));
    await expectSound(invoice, { collected: 0 });
    expect((await standing(invoice)).receivable.collection).toMatchObject({
      state: 'needs-authentication',
      attempts: 1,
    });
  });

  it('found by a function that died before it could conclude are concluded by asking, never by charging', async () => {
    const invoice = await issued(['pm_card_authenticationRequired']);
    await request(invoice, 'm1', NOW);
    await collector()(invoice, NOW);
    const intent = await intentOf(invoice);
    processor.authenticate(intent, true);
    const dies = { concludeAttempt: async () => Promise.reject(new Error('killed')) };
    await expect(collector({ store: dies })(invoice, NOW, intent)).rejects.toThrow('killed');
    const confirmations = processor.requests.filter(({ path }) => path.endsWith('/confirm')).length;
    await collector()(invoice, addMinutes(NOW, 5));
    await expectSound(invoice, { collected: TOTAL });
    expect(processor.requests.filter(({ path }) => path.endsWith('/confirm'))).toHaveLength(confirmations);
  });

  it.each<[string, object]>([
    ['pm_sample_sepaDebit_unauthorized', { state: 'stopped' }],
    ['pm_sample_sepaDebit_returned', { state: 'idle', nextAt: addHours(NOW, 10 * DAYS + 72) }],
  ])('of a debit that came back five days after it settled undo it, once: %s', async (token, collection) => {
    const invoice = await issued([token]);
    const collect = collector();
    await collect(invoice, NOW);
    const intent = await intentOf(invoice);
    await collect(invoice, addHours(NOW, 4 * DAYS + 1));
    await expectSound(invoice, { collected: TOTAL });
    await collect(invoice, addHours(NOW, 8 * DAYS), intent);
    await expectSound(invoice, { collected: TOTAL });
    queues.take('notices');
    const back = addHours(NOW, 10 * DAYS);
    clock = new Date(back);
    await Promise.allSettled([collect(invoice, back, intent), collect(invoice, back, intent)]);
    await collect(invoice, back, intent);
    const { receivable, account, journal, attempts } = await standing(invoice);
    expect(receivable).toMatchObject({ status: 'unpaid', due: TOTAL, collection });
    expect(receivable.paidAt).toBeUndefined();
    expect(receivable.dunning.nextAt).toBe(addHours(back, 24));
    expect([account.balance, balanceOf(journal)]).toEqual([TOTAL, TOTAL]);
    expect(journal.map(({ entryId }) => entryId).toSorted()).toEqual([
      'invoice#2026-12#cycle',
      'payment#2026-12#cycle#001',
      'return#2026-12#cycle#001',
    ]);
    expect(attempts).toMatchObject([{ outcome: { kind: 'succeeded' }, returned: { at: back, amount: TOTAL } }]);
    expect(new Set(queues.take('notices').map(({ document }) => document))).toEqual(new Set(['payment-returned']));
  });

  it('of a debit that came back let the customer pay with another method, by an intent of its own', async () => {
    const invoice = await issued(['pm_sample_sepaDebit_unauthorized', 'pm_card_visa']);
    const collect = collector();
    await collect(invoice, NOW);
    const intent = await intentOf(invoice);
    await collect(invoice, addHours(NOW, 4 * DAYS + 1));
    const back = addHours(NOW, 10 * DAYS);
    await collect(invoice, back, intent);
    await request(invoice, 'm2', addHours(back, 1));
    await collect(invoice, addHours(back, 1));
    const { receivable, journal } = await standing(invoice);
    expect(receivable).toMatchObject({ status: 'paid', due: 0 });
    expect(receivable.collection.intentId).not.toBe(intent);
    expect(balanceOf(journal)).toBe(0);
  });

  it('of an invoice that nobody here knows are nobody’s, and no error', async () => {
    const invoice = await issued(['pm_card_visa']);
    await collector()({ ...invoice, invoiceId: '2027-01#cycle' }, NOW, 'pi_of_another_stage');
    await collector()(invoice, NOW, 'pi_unknown');
  });
});

describe('the balance in parts and over several invoices', () => {
  it('a part is charged, then the rest by itself, never more than is due', async () => {
    const invoice = await issued(['pm_card_visa'], { autopay: false });
    const collect = collector();
    for (const [index, amount] of [5_000, 4_000, 9_999].entries()) {
      const at = addHours(NOW, index);
      const { receivable } = await standing(invoice);
      const next = asked(receivable, 'm1', amount, { by: 'admin', now: at, requestId: `r${index}` })!;
      expect(await stores.collections.updateReceivable(next)).toBe('written');
      await Promise.allSettled([collect(invoice, at), collect(invoice, at)]);
      await collect(invoice, addMinutes(at, 6));
    }
    const { receivable, attempts, account } = await standing(invoice);
    expect([receivable.due, account.balance]).toEqual([0, 0]);
    expect(attempts.map(({ amount }) => amount)).toEqual([5_000, 4_000, 3_000]);
    expect(processor.books().charges.map(({ amount }) => amount)).toEqual([5_000, 4_000, 3_000]);
  });

  it('what is due again after the card had paid the rest is charged by itself, not taken for paid', async () => {
    const invoice = await issued(['pm_card_visa']);
    const wire = { ...invoice, due: 100_00, version: invoice.version + 1 };
    await stores.collections.updateReceivable(wire);
    const collect = collector();
    await collect(invoice, NOW);
    const { receivable } = await standing(invoice);
    expect(receivable).toMatchObject({ due: 0, status: 'paid' });
    // The wire of 20.00 is taken back.
    await stores.collections.updateReceivable(raised(receivable, 20_00, '2026-12-02', 'UTC'));
    await collect(invoice, addHours(NOW, 48));
    expect((await standing(invoice)).receivable).toMatchObject({ due: 0, status: 'paid' });
    const charged = processor.books().charges.filter(({ metadata }) => metadata.account === invoice.accountId);
    expect(charged.map(({ amount }) => amount)).toEqual([100_00, 20_00]);
  });

  it('invoices that are charged at the same moment see each other’s declines: a card rests after the first (R38)', async () => {
    const first = await issued(['pm_card_chargeDeclinedInsufficientFunds']);
    const { invoice } = await stores.invoices.issueOnce(await issueOf(stores, first.accountId));
    const second = (await stores.invoices.receivable(first.accountId, invoice!.invoiceId))!;
    const collect = collector();
    const bothDue = '2027-01-05T06:00:00.000Z';
    await Promise.allSettled([first, second, first, second].map((of) => collect(of, bothDue)));
    const tried = async () =>
      (await Promise.all([standing(first), standing(second)])).flatMap(({ attempts }) => attempts).length;
    expect(await tried()).toBe(1);
    const soon = addMinutes(bothDue, 16);
    await Promise.allSettled([first, second].map((of) => collect(of, soon)));
    expect(await tried()).toBe(1);
    await Promise.allSettled([first, second].map((of) => collect(of, addHours(bothDue, 1))));
    expect(await tried()).toBe(2);
  });

  it('a card rests also after a decline that was unknown for longer than its turn, and is found out just then (R38)', async () => {
    const first = await issued(['pm_card_chargeDeclinedInsufficientFunds']);
    const { invoice } = await stores.invoices.issueOnce(await issueOf(stores, first.accountId));
    const second = (await stores.invoices.receivable(first.accountId, invoice!.invoiceId))!;
    const bothDue = '2027-01-05T06:00:00.000Z';
    const lost = async () => ({ kind: 'unknown', reason: 'the answer is lost' }) as const;
    await collector({ processor: { charge: lost } })(first, bothDue);
    const later = addMinutes(bothDue, 16);
    const beginAttempt: typeof stores.collections.beginAttempt = async (...begun) => {
      await collector()(first, later);
      return await stores.collections.beginAttempt(...begun);
    };
    await collector({ store: { beginAttempt } })(second, later);
    expect((await standing(first)).attempts).toMatchObject([{ outcome: { kind: 'declined' } }]);
    expect((await standing(second)).attempts).toEqual([]);
  });

  it('a card that is declined for good is followed at once by the next of the customer’s own order', async () => {
    const invoice = await issued(
      ['pm_card_chargeDeclinedStolenCard', 'pm_card_chargeDeclinedLostCard', 'pm_card_visa'],
      {
        fallbackMethodIds: ['m2', 'm3'],
      },
    );
    await collector()(invoice, NOW);
    await expectSound(invoice, { collected: TOTAL });
    expect((await standing(invoice)).attempts.map(({ methodId }) => methodId)).toEqual(['m1', 'm2', 'm3']);
    const methods = (await stores.invoices.loadForBilling(invoice.accountId))!.methods;
    expect(methods.map(({ declines }) => declines?.map(({ stop }) => stop))).toEqual([[true], [true], undefined]);
  });
});

it('pays an account back into service exactly once, with the number of its suspension', async () => {
  const invoice = await issued(['pm_card_visa']);
  await stores.services.requestSuspension((await standing(invoice)).account, NOW);
  const collect = collector();
  await collect(invoice, NOW);
  expect(queues.take('services')).toEqual([
    { sellerId: invoice.sellerId, accountId: invoice.accountId, number: 1, action: 'reactivate' },
  ]);
  await stores.services.confirmServices(invoice.accountId, 1, 'reactivate', NOW);
  await collect(invoice, NOW);
  expect(queues.take('services')).toEqual([]);
});

it('gives up, with the attempt left open, when the processor refuses the request itself', async () => {
  const invoice = await issued(['pm_card_visa']);
  const wrongKey = stripeProcessor({ apiKey: async () => 'pk_wrong', apiBase: processor.url });
  await expect(collector({ processor: wrongKey })(invoice, NOW)).rejects.toMatchObject({ code: 'processor_rejected' });
  await collector()(invoice, addHours(NOW, 3));
  await expectSound(invoice, { collected: TOTAL });
  await expect(collector()({ ...invoice, invoiceId: '2027-01#cycle' }, NOW)).rejects.toMatchObject({
    code: 'invoice_not_found',
  });
  await expect(collector()({ ...invoice, sellerId: 'northwind-us' }, NOW)).rejects.toMatchObject({
    code: 'invoice_not_found',
  });
});
