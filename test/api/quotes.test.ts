import { describe, expect, it } from 'vitest';
import { issueInvoice } from '../../functions/issue-invoice.ts';
import { sweepOverdue } from '../../functions/sweep-overdue.ts';
import { createWorkStore } from '../../shared/aws/work-store.ts';
import type { DeliveryId } from '../../shared/domain/delivery.ts';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';
import type { Message } from '../../shared/messages.ts';
import { readPdf } from '../support/pdf.ts';
import { apiWorld, card, customer, NOW, stage, token } from './world.ts';

const world = apiWorld();
const { call } = world;

/** A customer-to-be with a card, unless told otherwise: no subscriptions, nothing billed. */
let made = 0;
async function prospect(overrides: Partial<WrittenAccount> = {}): Promise<string> {
  const accountId = `prospect-${++made}`;
  const { billedThrough: _none, ...fresh } = customer(accountId, { subscriptions: [], ...overrides });
  await world.load({
    ...fresh,
    paymentMethods: fresh.paymentMethods?.map(({ methodId }) => card(methodId, `pm_${made}`)),
  });
  return accountId;
}
const withoutCard: Partial<WrittenAccount> = { paymentMethods: [], autopay: false, defaultMethodId: undefined };

const offer = (overrides: object = {}) => ({
  quoteId: 'Q-7',
  lines: [
    { productId: 'desk-phone', quantity: 10, unitPrice: '20.00' },
    { productId: 'contact-center-licence', quantity: 2, interval: 'year', discountPpm: 100_000 },
    { productId: 'standard-number', quantity: 5, interval: 'quarter' },
  ],
  contractMonths: 12,
  billingStartDate: '2026-12-15',
  validUntil: '2026-12-14',
  ...overrides,
});
const quoted = async (accountId: string, overrides: object = {}) => {
  const answer = await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer(overrides) });
  expect(answer.body.outcome).toBe('done');
  return `/accounts/${accountId}/quotes/Q-7`;
};
const acceptance = {
  adminContact: { name: 'Niamh Daly', email: 'niamh@liffeyside.example', phone: '+35315550100' },
  contactVerified: true,
  termsAccepted: true,
};
const accept = (accountId: string, version = 1, body: object = acceptance, now = NOW) =>
  call(token.ownerOf(accountId), 'POST', `/accounts/${accountId}/quotes/Q-7/acceptance`, { body, version, now });

describe('R124, R125: a quote', () => {
  it('is made by staff with a number of its own, once however often it is sent', async () => {
    const accountId = await prospect();
    const path = `/accounts/${accountId}/quotes`;
    const [first, second] = await Promise.all([
      call(token.staff, 'POST', path, { body: offer() }),
      call(token.staff, 'POST', path, { body: offer() }),
    ]);
    expect([first.status, first.body.outcome, second.body.outcome].sort()).toEqual([200, 'done', 'repeated'].sort());
    expect(second.body.quote).toEqual(first.body.quote);
    const mail = { sellerId: 'northwind-ie', accountId, about: 'Q-7', document: 'quote', occurrence: 1 };
    expect(await world.taken('notices')).toEqual([mail, mail]);
    expect(await world.store().delivery(mail as DeliveryId)).toMatchObject({ recipients: {} });
    expect(first.body.quote).toMatchObject({
      number: expect.stringMatching(/^NTIE-Q-202612A-\d{6}$/),
      status: 'open',
      date: '2026-12-01',
      billingStartDate: '2026-12-15',
      contract: { months: 12, endsOn: '2027-12-14', renewsOn: '2027-12-15', renewalMonths: 12, cancelBy: '2027-11-15' },
      perInterval: [
        { interval: 'month', amount: 20_000 },
        { interval: 'quarter', amount: 6750 },
        { interval: 'year', amount: 143_856 },
      ],
      firstInvoice: { invoiceDate: '2027-01-01', dueDate: '2027-01-16' },
    });
    const { contractTotal, listTotal, savings, perProduct, lines } = first.body.quote;
    expect(listTotal - contractTotal).toBe(savings);
    expect(perProduct.map((each: { contractTotal: number }) => each.contractTotal)).toEqual(
      lines.map((each: { contractTotal: number }) => each.contractTotal),
    );
    const other = await call(token.staff, 'POST', path, { body: offer({ contractMonths: 24 }) });
    expect([other.status, other.body.code, other.body.field]).toEqual([409, 'quote_exists', 'quoteId']);
  });

  it('is seen by the customer it is for, open or not, and by sales as long as it is open', async () => {
    const accountId = await prospect();
    await quoted(accountId);
    const owner = token.ownerOf(accountId);
    const open = await call(owner, 'GET', `/accounts/${accountId}/quotes?status=open`);
    expect(open.body.quotes.map(({ quoteId }: { quoteId: string }) => quoteId)).toEqual(['Q-7']);
    const listed = async (now = NOW) => {
      const { body } = await call(token.staff, 'GET', '/sellers/northwind-ie/quotes?limit=100', { now });
      return body.quotes.some((quote: { accountId: string }) => quote.accountId === accountId);
    };
    expect(await listed()).toBe(true);
    expect(await listed('2026-12-15T12:00:00.000Z')).toBe(false);
    expect((await accept(accountId)).status).toBe(200);
    expect(await listed()).toBe(false);
    expect((await call(owner, 'GET', `/accounts/${accountId}/quotes?status=open`)).body.quotes).toEqual([]);
    expect((await call(owner, 'GET', `/accounts/${accountId}/quotes`)).body.quotes).toHaveLength(1);
  });

  it.each([
    ['a product there is not', { lines: [{ productId: 'fax', quantity: 1 }] }, 422, 'lines.0.productId'],
    ['a contract that is no whole number of years', { contractMonths: 15 }, 422, 'lines.1.interval'],
    ['valid longer than nothing is charged', { validUntil: '2026-12-16' }, 422, 'validUntil'],
    [
      'a price that is no decimal',
      { lines: [{ productId: 'desk-phone', quantity: 1, unitPrice: 20 }] },
      400,
      'lines.0.unitPrice',
    ],
    ['an id that no subscription could have', { quoteId: 'x'.repeat(57) }, 400, 'quoteId'],
    [
      'a contact whose name breaks a header',
      { contact: { name: 'A\r\nBcc: x', email: 'a@b.example' } },
      400,
      'contact.name',
    ],
    ['an unknown field', { discount: '10%' }, 400, 'discount'],
  ])('is refused with the field: %s', async (_name, overrides, status, field) => {
    const path = `/accounts/${await prospect()}/quotes`;
    const answer = await call(token.staff, 'POST', path, { body: offer(overrides) });
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it('is refused with the reason when the account could not be invoiced', async () => {
    const accountId = await prospect({ billingAddress: undefined });
    const answer = await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer() });
    expect([answer.status, answer.body.code]).toEqual([422, 'quote_not_billable']);
    expect(answer.body.detail).toContain('billing address');
  });
});

describe('the PDF of a quote', () => {
  it('is there for the customer as soon as the quote is made', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const answer = await call(token.ownerOf(accountId), 'GET', `${path}/pdf`);
    expect([answer.status, answer.type]).toEqual([200, 'application/pdf']);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="NTIE-Q-202612A-\d{6}\.pdf"$/);
    const { pages, text } = await readPdf(Buffer.from(answer.body, 'latin1'));
    expect(pages.length).toBeGreaterThan(1);
    expect(text).toContain('Billing start date 15 December 2026');
  });

  it('cannot be made of a name that no font shows: the quote is refused and the field named', async () => {
    const accountId = await prospect();
    await world.nameUnseen(accountId, '北风 Ltd');
    const answer = await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body: offer() });
    expect([answer.status, answer.body.code]).toEqual([422, 'unsupported_character']);
    expect(answer.body.detail).toContain('quote.buyer.name');
    expect((await call(token.staff, 'GET', `/accounts/${accountId}/quotes`)).body.quotes).toEqual([]);
  });
});

describe('R127: the checkout', () => {
  it('says what is left to do, and the order with the taxes of now', async () => {
    const accountId = await prospect({ ...withoutCard, sellerId: 'northwind-ie' });
    const path = await quoted(accountId);
    const before = await call(token.ownerOf(accountId), 'GET', path);
    expect(before.body.checkout).toMatchObject({
      needs: ['payment-method'],
      accountVersion: 1,
      order: { total: before.body.quote.firstInvoice.total },
    });
    const refused = await accept(accountId);
    expect([refused.status, refused.body.code]).toEqual([409, 'payment_method_needed']);
    const added = await call(token.staff, 'POST', `/accounts/${accountId}/payment-methods`, {
      version: 1,
      body: card('card-1', 'pm_checkout'),
    });
    expect(added.status).toBeLessThan(300);
    const ready = await call(token.ownerOf(accountId), 'GET', path);
    expect(ready.body.checkout).toMatchObject({ needs: [], accountVersion: 2 });
    expect((await accept(accountId, 2)).body).toMatchObject({ outcome: 'done', quote: { status: 'accepted' } });
  });

  it('needs no payment method of whoever pays by wire', async () => {
    const accountId = await prospect({ ...withoutCard, terms: 'wire' });
    await quoted(accountId);
    expect((await accept(accountId)).status).toBe(200);
  });

  it.each([
    ['the contact is not verified', { ...acceptance, contactVerified: false }, 'contactVerified'],
    ['the terms are not accepted', { ...acceptance, termsAccepted: false }, 'termsAccepted'],
    ['no contact is given', { contactVerified: true, termsAccepted: true }, 'adminContact'],
  ])('is not complete as long as %s', async (_name, body, field) => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const answer = await accept(accountId, 1, body);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
    expect((await call(token.staff, 'GET', path)).body.quote.status).toBe('open');
  });

  it('starts the subscriptions with price, term and start date, once: ten times at the same moment are one', async () => {
    const accountId = await prospect();
    await quoted(accountId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(accountId)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(answers.filter(({ body }) => body.outcome === 'done')).toHaveLength(1);
    expect((await accept(accountId, 99)).body.outcome).toBe('repeated');
    const confirmation = { accountId, about: 'Q-7', document: 'quote-accepted', occurrence: 1 } as const;
    expect(await world.store().delivery(confirmation)).toMatchObject({ recipients: {} });
    expect((await world.taken('notices')).at(-1)).toMatchObject(confirmation);
    const { body: account } = await call(token.staff, 'GET', `/accounts/${accountId}`);
    expect(account).toMatchObject({
      version: 2,
      quote: 'Q-7',
      billingStartDate: '2026-12-15',
      nextBillingDate: '2027-01-01',
      subscriptions: [
        { subscriptionId: 'Q-7.1', minimum: 10, agreedPrice: { version: 'Q-7', interval: 'month' } },
        { subscriptionId: 'Q-7.2', intervals: [{ from: '2026-12-01', interval: 'year' }] },
        { subscriptionId: 'Q-7.3', contract: { endsOn: '2027-12-14', renewalMonths: 12 } },
      ],
    });
  });

  it('the invoice is the one that was quoted', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const { firstInvoice } = (await call(token.staff, 'GET', path)).body.quote;
    await accept(accountId);
    const { lines, taxes, total, invoiceDate } = await world.invoiced(accountId);
    expect({ total, invoiceDate }).toEqual({ total: firstInvoice.total, invoiceDate: firstInvoice.invoiceDate });
    expect(lines.map(({ amount }) => amount)).toEqual(
      firstInvoice.lines.map((line: { amount: number }) => line.amount),
    );
    expect(taxes.map(({ amount }) => amount)).toEqual(firstInvoice.taxes.map((tax: { amount: number }) => tax.amount));
  });

  it('is confirmed with the taxes of the day on which it is bought: an address elsewhere brings others', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const billingAddress = { line1: 'Hafenstraße 4', city: 'Hamburg', postalCode: '20457', country: 'DE' };
    await call(token.ownerOf(accountId), 'PATCH', `/accounts/${accountId}`, { version: 1, body: { billingAddress } });
    const { quote, checkout } = (await call(token.ownerOf(accountId), 'GET', path)).body;
    expect(quote.firstInvoice.taxes).toMatchObject([{ jurisdiction: 'IE', ratePpm: 230_000 }]);
    expect(checkout.order.taxes).toMatchObject([{ jurisdiction: 'DE', ratePpm: 190_000 }]);
    const { decision } = (await accept(accountId, 2)).body.quote;
    expect(decision.order).toEqual(checkout.order);
    expect((await world.invoiced(accountId)).total).toBe(checkout.order.total);
  });

  it('is refused for an account that was changed since its order was shown', async () => {
    const accountId = await prospect();
    await quoted(accountId);
    await call(token.staff, 'PATCH', `/accounts/${accountId}`, { version: 1, body: { reference: 'PO 77' } });
    const answer = await accept(accountId);
    expect([answer.status, answer.body.code]).toEqual([409, 'account_changed']);
  });

  it('R87: waits for overdue invoices to be paid', async () => {
    const accountId = 'debtor';
    await world.load(customer(accountId, { paymentMethods: [card('card-1', 'pm_debtor')] }));
    await world.invoiced(accountId);
    const body = offer({ billingStartDate: '2027-02-01', validUntil: '2027-01-31' });
    await call(token.staff, 'POST', `/accounts/${accountId}/quotes`, { body });
    const late = '2026-12-20T12:00:00.000Z';
    const { checkout } = (
      await call(token.ownerOf(accountId), 'GET', `/accounts/${accountId}/quotes/Q-7`, { now: late })
    ).body;
    expect(checkout.needs).toEqual(['payment-of-overdue-invoices']);
    const answer = await accept(accountId, checkout.accountVersion, acceptance, late);
    expect([answer.status, answer.body.code]).toEqual([409, 'balance_overdue']);
    expect((await accept(accountId, checkout.accountVersion)).status).toBe(200);
  });

  it('is over with the last day of the quote', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const late = '2026-12-15T00:30:00.000Z';
    const answer = await accept(accountId, 1, acceptance, late);
    expect([answer.status, answer.body.code]).toEqual([409, 'quote_expired']);
    const { body } = await call(token.ownerOf(accountId), 'GET', path, { now: late });
    expect([body.quote.status, body.checkout]).toEqual(['expired', undefined]);
  });
});

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

describe('R126: a quote that is not wanted', () => {
  it('is rejected by the customer with a reason, once', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const reject = (reason: string) =>
      call(token.ownerOf(accountId), 'POST', `${path}/rejection`, { body: { reason } });
    expect((await reject('Too dear')).body).toMatchObject({
      outcome: 'done',
      quote: { status: 'rejected', decision: { reason: 'Too dear' } },
    });
    expect((await reject('Far too dear')).body).toMatchObject({
      outcome: 'repeated',
      quote: { decision: { reason: 'Too dear' } },
    });
    expect((await accept(accountId)).body.code).toBe('quote_rejected');
  });

  it('is withdrawn by staff, and cannot be accepted then', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const withdraw = (who: typeof token.staff | ReturnType<typeof token.ownerOf>) =>
      call(who, 'POST', `${path}/withdrawal`, { body: { reason: 'Wrong price' } });
    expect((await withdraw(token.ownerOf(accountId))).status).toBe(403);
    expect((await withdraw(token.staff)).body.quote.status).toBe('withdrawn');
    expect((await accept(accountId)).body.code).toBe('quote_withdrawn');
  });

  it('accepted and rejected at the same moment it is one of both, and the other is told so', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const owner = token.ownerOf(accountId);
    const [accepted, rejected] = await Promise.all([
      accept(accountId),
      call(owner, 'POST', `${path}/rejection`, { body: { reason: 'No' } }),
    ]);
    expect([accepted.status, rejected.status].sort()).toEqual([200, 409]);
    const { quote } = (await call(owner, 'GET', path)).body;
    const { subscriptions } = (await call(owner, 'GET', `/accounts/${accountId}`)).body;
    expect(subscriptions).toHaveLength(quote.status === 'accepted' ? 3 : 0);
  });

  it('C1: a billing admin that may see but not buy reads it with its PDF, and neither buys nor rejects it', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const viewer = { ...token.ownerOf(accountId), 'custom:grants': 'view pay' };
    for (const of of ['', '/pdf']) expect((await call(viewer, 'GET', `${path}${of}`)).status).toBe(200);
    const buys = await call(viewer, 'POST', `${path}/acceptance`, { body: acceptance, version: 1 });
    expect([buys.status, buys.body.code]).toEqual([403, 'forbidden']);
    const rejects = await call(viewer, 'POST', `${path}/rejection`, { body: { reason: 'No' } });
    expect([rejects.status, rejects.body.detail]).toEqual([403, 'You are not granted quote.decide.']);
    const buyer = { ...token.ownerOf(accountId), 'custom:grants': 'view quotes' };
    expect((await call(buyer, 'POST', `${path}/acceptance`, { body: acceptance, version: 1 })).status).toBe(200);
  });

  it('is not accepted by the telecom: only by the customer', async () => {
    const accountId = await prospect();
    const path = await quoted(accountId);
    const answer = await call(token.staff, 'POST', `${path}/acceptance`, { body: acceptance, version: 1 });
    expect(answer.status).toBe(403);
  });
});
