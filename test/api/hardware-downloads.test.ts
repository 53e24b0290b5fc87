import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../functions/api/app.ts';
import { deliverInvoice } from '../../functions/deliver-invoice.ts';
import { renderIssued } from '../../shared/delivery/render-issued.ts';
import { composePurchase } from '../../shared/domain/compose-purchase.ts';
import { nextBillingDateAfter } from '../../shared/domain/schedule.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { recordingMailer } from '../support/deliveries.ts';
import { apiWorld, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const ID = 'orders';
const owner = token.ownerOf(ID);
const pathOf = (orderId: string) => `/accounts/${ID}/invoices/2026-12-01-purchase-${orderId}`;
const mail = recordingMailer();

/** Issues the invoice of an order and mails it, as its functions would. */
async function ordered(orderId: string, productId: string): Promise<void> {
  const store = world.store();
  const input = (await store.loadForBilling(ID))!;
  const order = {
    orderId,
    accountId: ID,
    sellerId: 'northwind-ie',
    orderedOn: '2026-12-01',
    items: [{ productId, quantity: 2 }],
  };
  const decision = composePurchase(input, order, sellerOf(stage, 'northwind-ie'), stage.products);
  if (decision.outcome !== 'invoice') throw new Error(decision.outcome);
  const nextBillingDate = nextBillingDateAfter(input.account, '2026-12-01');
  const { invoice } = await store.issueOnce({ draft: decision.draft, input, nextBillingDate, now: NOW });
  const deliver = deliverInvoice({
    store,
    documents: world.documents(),
    mailer: mail.mailer,
    render: (of) => renderIssued(store, of),
    config: { mailFrom: 'billing@northwind.example' },
  });
  await deliver({ sellerId: 'northwind-ie', accountId: ID, invoiceId: invoice!.invoiceId }, NOW);
}

beforeAll(async () => {
  await world.load(customer(ID));
  await ordered('PHONES', 'desk-phone-purchase');
  await ordered('NUMBERS', 'number-purchase');
});

describe('the invoice of a hardware order (R50, C29)', () => {
  it('is mailed with its PDF like any other', () => {
    expect(mail.mails.map(({ attachments }) => attachments.map(({ type }) => type))).toEqual([
      ['application/pdf'],
      ['application/pdf'],
    ]);
  });

  it('is listed and shown to the customer, and said not to be downloadable', async () => {
    const { invoices } = (await call(owner, 'GET', `/accounts/${ID}/invoices`)).body;
    const of = (orderId: string) =>
      invoices.find(({ invoiceId }: { invoiceId: string }) => invoiceId.endsWith(orderId)).downloadable;
    expect([of('PHONES'), of('NUMBERS')]).toEqual([false, true]);
    const shown = await call(owner, 'GET', pathOf('PHONES'));
    expect([shown.status, shown.body.downloadable, shown.body.lines.length]).toEqual([200, false, 1]);
  });

  it.each(['pdf', 'ubl'])('is not downloaded by the customer as %s: 403 says why and whom to ask', async (form) => {
    const { status, body } = await call(owner, 'GET', `${pathOf('PHONES')}/${form}`);
    expect([status, body.code]).toEqual([403, 'download_not_offered']);
    expect(body.detail).toContain('sales team');
    expect((await call(owner, 'GET', `${pathOf('NUMBERS')}/${form}`)).status).toBe(200);
  });

  it('is downloaded by finance', async () => {
    const { number } = (await call(token.finance, 'GET', pathOf('PHONES'))).body;
    for (const path of [`${pathOf('PHONES')}/pdf`, `/sellers/northwind-ie/invoices/${number}/pdf`])
      expect((await call(token.finance, 'GET', path)).status).toBe(200);
    expect((await call(token.finance, 'GET', pathOf('PHONES'))).body.downloadable).toBe(true);
  });

  it('is downloaded by the customer where the seller offers it', async () => {
    const sellers = stage.sellers.map((seller) => ({ ...seller, hardwareDownloads: true as const }));
    const api = createApi(() => ({ ...world.deps(), stage: { ...stage, sellers } }));
    const env = { event: { requestContext: { authorizer: { jwt: { claims: owner } } } } };
    const answer = await api.request(`${pathOf('PHONES')}/pdf`, {}, env);
    expect(answer.status).toBe(200);
  });

  it('of another customer does not exist', async () => {
    expect((await call(token.ownerOf('nobody'), 'GET', `${pathOf('PHONES')}/pdf`)).status).toBe(404);
  });
});
