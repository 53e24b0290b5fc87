import { beforeAll, describe, expect, it } from 'vitest';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

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
