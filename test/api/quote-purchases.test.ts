import { describe, expect, it } from 'vitest';
import { issueInvoice } from '../../functions/issue-invoice.ts';
import { sweepOverdue } from '../../functions/sweep-overdue.ts';
import { createWorkStore } from '../../shared/aws/work-store.ts';
import type { Message } from '../../shared/messages.ts';
import { accept, acceptance, call, offer, prospect, quoted, world } from './quote-world.ts';
import { NOW, stage, token } from './world.ts';

describe('R157: what a quote sells once', () => {
  const once = {
    items: [
      { productId: 'desk-phone-purchase', quantity: 12, discountPpm: 150_000 },
      { productId: 'number-porting', quantity: 4, unitPrice: '9.00' },
    ],
  };
  const shippingAddress = { line1: '1 Dock Road', city: 'Cork', postalCode: 'T12 X1X1', country: 'IE' };
  const INVOICE = '2026-12-01#purchase-Q-7.once';
  const bill = async (message: unknown) => {
    const deps = world.deps();
    await issueInvoice({ store: world.store(), queues: deps.queues, stage })(message as Message<'invoices'>, NOW);
  };
  const ordersTaken = async (accountId: string) =>
    ((await world.taken('invoices')) as Message<'invoices'>[]).filter((order) => order.accountId === accountId);

  it('is quoted with its invoice, and the checkout asks where hardware is sent to', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId, { once });
    const { quote, checkout } = (await call(token.ownerOf(accountId), 'GET', path)).body;
    expect(quote.once).toMatchObject({
      items: [
        { line: 1, productId: 'desk-phone-purchase', hardware: true, amount: 121_380, savings: 21_420 },
        { line: 2, productId: 'number-porting', amount: 3600 },
      ],
      total: 124_980,
      invoice: { invoiceDate: '2026-12-01', subtotal: 124_980, taxTotal: 28_745, total: 153_725 },
    });
    expect(
      quote.contractTotal -
        quote.lines.reduce((sum: number, of: { contractTotal: number }) => sum + of.contractTotal, 0),
    ).toBe(124_980);
    expect(checkout).toMatchObject({ needs: ['shipping-address'], purchase: { total: 153_725 } });
    const refused = await accept(accountId);
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([
      422,
      'shipping_address_needed',
      'shippingAddress',
    ]);
    expect((await accept(accountId, 1, { ...acceptance, shippingAddress })).body.quote.decision.purchase.total).toBe(
      153_725,
    );
  });

  it('accepted ten times at the same moment, and its message handled twice, it is one invoice of the quoted amounts', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId, { once: { ...once, shippingAddress } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(accountId)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const orders = await ordersTaken(accountId);
    expect(new Set(orders.map((order) => JSON.stringify(order)))).toHaveLength(1);
    await Promise.all([bill(orders[0]), bill(orders[1])]);
    const { quote } = (await call(token.staff, 'GET', path)).body;
    const purchases = (await call(token.staff, 'GET', `/accounts/${accountId}/invoices`)).body.invoices;
    expect(purchases).toMatchObject([{ kind: 'purchase', total: quote.once.invoice.total }]);
    const { lines, taxes } = (await world.store().invoice(accountId, INVOICE))!;
    expect(lines.map(({ amount }) => amount)).toEqual([121_380, 3600]);
    expect(taxes.map(({ amount }) => amount)).toEqual([28_745]);
    expect((await world.invoiced(accountId)).total).toBe(quote.firstInvoice.total);
  });

  it('is found by the sweep when the acceptance died before its message was sent', async () => {
    const accountId = await prospect();
    await quoted(accountId, { once: { ...once, shippingAddress } });
    const request = { body: { ...acceptance, shippingAddress }, version: 1, dies: true } as const;
    const path = `/accounts/${accountId}/quotes/Q-7/acceptance`;
    expect((await call(token.ownerOf(accountId), 'POST', path, request)).status).toBe(500);
    expect(await ordersTaken(accountId)).toEqual([]);
    const { stage: of, queues } = world.deps();
    const store = createWorkStore({ table: world.table() });
    await sweepOverdue({ store, queues, stage: of })('2026-12-03T12:00:00.000Z', {
      getRemainingTimeInMillis: () => 60_000,
    });
    const [order] = await ordersTaken(accountId);
    await bill(order);
    expect((await world.store().invoice(accountId, INVOICE))?.total).toBe(153_725);
  });

  it('R50: the invoice of its hardware is mailed and not offered to the customer for download', async () => {
    const accountId = await prospect();
    await quoted(accountId, { once: { ...once, shippingAddress } });
    await accept(accountId);
    await bill((await ordersTaken(accountId))[0]);
    const answer = await call(
      token.ownerOf(accountId),
      'GET',
      `/accounts/${accountId}/invoices/2026-12-01-purchase-Q-7.once/pdf`,
    );
    expect([answer.status, answer.body.code]).toEqual([403, 'download_not_offered']);
    const services = await prospect();
    await quoted(services, { once: { items: [once.items[1]] } });
    await accept(services);
    await bill((await ordersTaken(services))[0]);
    expect((await world.store().receivable(services, INVOICE))?.hardware).toBeUndefined();
  });

  it('whose order has the id of another order of the customer is refused, and nothing is bought', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId, { once: { items: [once.items[1]] } });
    const body = { orderId: 'Q-7.once', items: [{ productId: 'number-purchase', quantity: 1 }] };
    expect((await call(token.ownerOf(accountId), 'POST', `/accounts/${accountId}/purchases`, { body })).status).toBe(
      202,
    );
    const answer = await accept(accountId);
    expect([answer.status, answer.body.code]).toEqual([409, 'order_exists']);
    expect((await call(token.staff, 'GET', path)).body.quote.status).toBe('open');
  });

  it.each([
    ['a subscription', [{ productId: 'desk-phone', quantity: 1 }], 422, 'once.items.0.productId'],
    ['nothing', [], 400, 'once.items'],
    ['an interval', [{ productId: 'number-porting', quantity: 1, interval: 'month' }], 400, 'once.items.0.interval'],
  ])('is refused with the field: %s', async (_name, items, status, field) => {
    const path = `/accounts/${await prospect()}/quotes`;
    const answer = await call(token.staff, 'POST', path, { body: offer({ once: { items } }) });
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });
});
