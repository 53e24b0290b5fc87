import Stripe from 'stripe';
import { beforeAll, describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { eraseAtProcessor } from '../../functions/erase-at-processor.ts';
import { createErasureStore } from '../../shared/aws/erasure-store.ts';
import { createWorkStore } from '../../shared/aws/work-store.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import type { Message } from '../../shared/messages.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { apiWorld, card, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const ID = 'leaves';
const PATH = `/accounts/${ID}/erasure-requests`;
const LATER = '2027-03-10T09:00:00.000Z';
const ask = (query = '', by: Parameters<typeof call>[0] = token.staff) =>
  call(by, 'POST', `${PATH}${query}`, { now: LATER });
let pdf: Uint8Array;
const stays = async () => ({
  invoice: (await call(token.finance, 'GET', `/accounts/${ID}/invoices/2026-12-cycle`)).body,
  ledger: (await call(token.finance, 'GET', `/accounts/${ID}/ledger`)).body,
  pdf: (await call(token.finance, 'GET', `/accounts/${ID}/invoices/2026-12-cycle/pdf`)).body.sha256,
});
let before: Awaited<ReturnType<typeof stays>>;

/** Invoiced, mailed and paid by wire; then cancelled, and billed for the last time. */
beforeAll(async () => {
  await world.load(customer(ID, { terms: 'wire', reference: 'PO 7' }));
  const { total, number } = await world.invoiced(ID);
  const store = world.store();
  const deliver = deliverInvoice({
    store,
    documents: world.documents(),
    mailer: recordingMailer().mailer,
    render: (invoice) => renderIssued(store, invoice),
    config: { mailFrom: 'billing@northwind.example' },
  });
  await deliver({ sellerId: 'northwind-ie', accountId: ID, invoiceId: '2026-12#cycle' }, NOW);
  pdf = (await world.documents().load(`invoices/northwind-ie/2026-12/${number}.pdf`))!;
  const wire = { kind: 'wire', reference: 'W-1', valueDate: '2026-12-01', amount: total, currency: 'EUR' };
  expect((await call(token.finance, 'POST', `/accounts/${ID}/manual-payments`, { body: wire })).status).toBe(200);
});

describe('a privacy request', () => {
  it('of an account that still has a subscription is refused, naming it', async () => {
    const { status, body } = await ask();
    expect([status, body.code]).toEqual([409, 'account_not_closed']);
    expect(body.detail).toContain('phones');
  });

  it('tried first says what would go and what must stay, and changes nothing', async () => {
    const { version } = (await call(token.staff, 'GET', `/accounts/${ID}`)).body;
    const cancel = `/accounts/${ID}/subscriptions/phones/cancellation`;
    const cancelled = await call(token.staff, 'PUT', cancel, {
      version,
      body: { requestedOn: '2026-12-12' },
      now: NOW,
    });
    expect(cancelled.status).toBe(200);
    const input = (await world.store().loadForBilling(ID))!;
    const billedThrough = { ...input.account.billedThrough!, date: '2027-01-01' };
    await world.store().updateAccount({ ...input.account, billedThrough, version: input.account.version + 1 });
    before = await stays();
    const { body } = await ask('?dryRun=true');
    expect(body).toMatchObject({ outcome: 'preview', erased: expect.arrayContaining(['recipients of mails']) });
    expect(body.kept[0]).toMatchObject({ until: '2033-11-30', ground: expect.stringContaining('GDPR Art. 17(3)(b)') });
    expect((await call(token.staff, 'GET', `/accounts/${ID}`)).body.name).toBe('Liffeyside Analytics Ltd');
  });

  it('erases who the customer is, and its methods', async () => {
    expect((await ask()).body.outcome).toBe('erased');
    const { body } = await call(token.staff, 'GET', `/accounts/${ID}`);
    expect(body).toMatchObject({ name: 'Erased on request', recipients: [], paymentMethods: [], autopay: false });
    expect(JSON.stringify(body)).not.toMatch(/Liffeyside|liffeyside|PO 7|Harbour/);
  });

  it('leaves invoices, their PDFs and the books as they were, byte for byte', async () => {
    expect(await stays()).toEqual(before);
    expect(before.invoice.buyer.name).toBe('Liffeyside Analytics Ltd');
    const { number } = before.invoice;
    expect(await world.documents().load(`invoices/northwind-ie/2026-12/${number}.pdf`)).toEqual(pdf);
  });

  it('asked again says the same and changes nothing', async () => {
    const { version } = (await call(token.staff, 'GET', `/accounts/${ID}`)).body;
    const again = (await ask()).body;
    expect(again).toMatchObject({ outcome: 'repeated', kept: expect.any(Array) });
    expect((await call(token.staff, 'GET', `/accounts/${ID}`)).body.version).toBe(version);
  });

  it('is for staff of the seller alone', async () => {
    for (const by of [token.finance, token.ops, token.ownerOf(ID)]) expect((await ask('', by)).status).toBe(403);
    expect((await ask('', { ...token.staff, 'custom:sellers': 'northwind-uk' })).status).toBe(404);
  });
});

describe('the customer at the payment processor', () => {
  const stripe = () => {
    const { hostname, port } = new URL(world.processor().url);
    return new Stripe('sk_test_local', {
      host: hostname,
      port,
      protocol: 'http',
      maxNetworkRetries: 0,
      telemetry: false,
    });
  };
  const isKnown = async (id: string) =>
    stripe()
      .customers.retrieve(id)
      .then(
        () => true,
        () => false,
      );
  const shardsOf = (sellerId: string) => sellerOf(stage, sellerId).shards;
  const stored = () => ({ ...world.store(), ...createErasureStore({ table: world.table(), shardsOf }) });
  let people = 0;

  /** A closed account that pays with a card of a customer at the processor, who is asked to be forgotten. */
  async function leaving(request = true) {
    const accountId = `forgotten-${++people}`;
    const path = `/accounts/${accountId}/erasure-requests`;
    const { id: customerId } = await stripe().customers.create({ metadata: { account: accountId } });
    const method = await stripe().paymentMethods.attach('pm_card_visa', { customer: customerId });
    const { billedThrough: _never, ...fresh } = customer(accountId, {
      subscriptions: [],
      paymentMethods: [{ ...card('card-1'), processorCustomer: customerId, processorMethod: method.id }],
    });
    await world.load(fresh);
    const asked = () => call(token.staff, 'POST', path, { now: LATER });
    if (request) expect((await asked()).body.outcome).toBe('erased');
    const erase = eraseAtProcessor({ store: stored(), processor: world.deps().processor });
    const work = async (by = erase) => {
      for (const message of (await world.taken('erasures')) as Message<'erasures'>[]) await by(message, LATER);
    };
    const shown = async () => (await call(token.staff, 'POST', `${path}?dryRun=true`, { now: LATER })).body.processor;
    return { accountId, customerId, methodId: method.id, asked, erase, work, shown };
  }

  it('is deleted with its cards once the account is erased, and nothing of it is kept here', async () => {
    const { accountId, customerId, work, shown } = await leaving();
    expect(await shown()).toEqual([{ status: 'to-be-deleted', at: LATER }]);
    expect(await isKnown(customerId)).toBe(true);
    await work();
    expect(await isKnown(customerId)).toBe(false);
    expect(await shown()).toEqual([{ status: 'deleted', at: LATER }]);
    expect(JSON.stringify(await world.store().erasuresOf(accountId))).not.toContain(customerId);
  });

  it('is deleted once, however often it is asked for; deleted by hand before is as good', async () => {
    const { accountId, customerId, asked, work, shown, erase } = await leaving();
    await stripe().customers.del(customerId);
    const [erasure] = await world.store().erasuresOf(accountId);
    const message = { sellerId: 'northwind-ie', accountId, erasureId: erasure!.erasureId };
    await Promise.all([erase(message, LATER), erase(message, LATER)]);
    expect((await asked()).body).toMatchObject({ outcome: 'repeated', processor: [{ status: 'deleted' }] });
    await work();
    expect(await shown()).toEqual([{ status: 'deleted', at: LATER }]);
  });

  it('stays while another account pays with one of its cards, and the answer says so', async () => {
    const { customerId, methodId, work, shown } = await leaving();
    const other = { ...card('card-1'), processorCustomer: customerId, processorMethod: methodId };
    await world.load(customer(`sharing-${people}`, { paymentMethods: [other] }));
    await work();
    expect(await isKnown(customerId)).toBe(true);
    expect(await shown()).toMatchObject([{ status: 'to-be-deleted', waits: { code: 'customer_shared' } }]);
  });

  it.each([
    ['the account is not erased itself', {}, 'account_not_erased'],
    ['a debit came back', { erased: { at: LATER, by: 'stan' }, balance: 4210 }, 'balance_open'],
  ])('stays while %s, and is tried again the day after', async (_name, more, code) => {
    const { accountId, customerId, erase } = await leaving(false);
    const store = stored();
    const erasure = { sellerId: 'northwind-ie', accountId, erasureId: 'e-1', customer: customerId, requestedAt: LATER };
    await store.beginErasure(erasure);
    const loadAccount = async (id: string) => {
      const input = (await store.loadAccount(id))!;
      return { ...input, account: { ...input.account, ...more } };
    };
    const { processor } = world.deps();
    await eraseAtProcessor({ store: { ...store, loadAccount }, processor })(erasure, LATER);
    expect(await isKnown(customerId)).toBe(true);
    expect(await store.erasure(accountId, 'e-1')).toMatchObject({ waits: { at: LATER, because: code } });
    const due = async (before: string) => {
      const work = createWorkStore({ table: world.table() });
      const pages = await Promise.all(
        Array.from({ length: shardsOf('northwind-ie') }, (_, shard) =>
          work.dueWork('erasure', 'northwind-ie', shard, before, 100),
        ),
      );
      return pages.flatMap(({ items }) => items.flatMap(({ jobs }) => jobs)).map(({ message }) => message);
    };
    const message = { sellerId: 'northwind-ie', accountId, erasureId: 'e-1' };
    expect(await due('2027-03-11T08:59:59.000Z')).not.toContainEqual(message);
    expect(await due('2027-03-11T09:00:00.000Z')).toContainEqual(message);
    if (code !== 'account_not_erased') return;
    await store.updateAccount({
      ...(await store.loadAccount(accountId))!.account,
      erased: { at: LATER, by: 'stan' },
      version: 2,
    });
    await erase(message, LATER);
    expect(await isKnown(customerId)).toBe(false);
  });

  it('stays on the list when the processor does not answer, and the next try deletes it', async () => {
    const { customerId, work, shown, asked } = await leaving();
    const processor = stripeProcessor({
      apiKey: async () => 'sk_test_local',
      apiBase: 'http://127.0.0.1:9',
      timeoutMs: 500,
    });
    const unanswered = eraseAtProcessor({ store: stored(), processor });
    await expect(work(unanswered)).rejects.toThrow('did not answer');
    expect(await shown()).toMatchObject([{ status: 'to-be-deleted', waits: { code: 'processor_unavailable' } }]);
    await asked();
    await work();
    expect(await isKnown(customerId)).toBe(false);
    expect(await shown()).toEqual([{ status: 'deleted', at: LATER }]);
  });
});
