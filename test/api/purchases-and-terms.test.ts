import { describe, expect, it } from 'vitest';
import { readPdf } from '../support/pdf.ts';
import { apiWorld, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const staff = token.staff;
const address = { line1: '2 Dock Road', city: 'Galway', postalCode: 'H91 X1Y2', country: 'IE' };

let made = 0;
async function fresh(overrides = {}): Promise<string> {
  const accountId = `buyer-${++made}`;
  await world.load(customer(accountId, overrides));
  return accountId;
}
const order = (items: Record<string, number>, more = {}) => ({
  orderId: 'PO-1',
  items: Object.entries(items).map(([productId, quantity]) => ({ productId, quantity })),
  ...more,
});

describe('a purchase (R157)', () => {
  it('is placed, and its invoice asked for; sent again it is the same order', async () => {
    const path = `/accounts/${await fresh()}/purchases`;
    const body = order({ 'desk-phone-purchase': 2, 'number-porting': 11 }, { shippingAddress: address });
    const first = await call(staff, 'POST', path, { body });
    expect([first.status, first.body]).toEqual([
      202,
      { orderId: 'PO-1', orderedOn: '2026-12-01', invoiceId: '2026-12-01-purchase-PO-1' },
    ]);
    expect((await call(staff, 'POST', path, { body })).body).toEqual(first.body);
    const message = {
      sellerId: 'northwind-ie',
      billingDate: '2026-12-01',
      businessDate: '2026-12-01',
      orderId: 'PO-1',
    };
    expect(await world.taken('invoices')).toMatchObject([message, message]);
  });

  it('is not another one under the same id: 409 order_exists', async () => {
    const path = `/accounts/${await fresh()}/purchases`;
    await call(staff, 'POST', path, { body: order({ 'number-purchase': 1 }) });
    const answer = await call(staff, 'POST', path, { body: order({ 'number-purchase': 2 }) });
    expect([answer.status, answer.body.code]).toEqual([409, 'order_exists']);
    await world.taken('invoices');
  });

  it.each([
    ['hardware without a shipping address (R24)', { 'desk-phone-purchase': 1 }, 'shippingAddress'],
    ['what is subscribed to', { 'desk-phone': 1 }, 'items.0.productId'],
    ['what does not exist', { fax: 1 }, 'items.0.productId'],
  ])('is refused with the field: %s', async (_name, items, field) => {
    const answer = await call(staff, 'POST', `/accounts/${await fresh()}/purchases`, { body: order(items) });
    expect([answer.status, answer.body.field]).toEqual([422, field]);
    expect(await world.taken('invoices')).toEqual([]);
  });

  it('is refused with the reason when the account cannot be invoiced', async () => {
    const path = `/accounts/${await fresh({ hold: { reason: 'Fraud check' } })}/purchases`;
    const answer = await call(staff, 'POST', path, { body: order({ 'number-purchase': 1 }) });
    expect([answer.status, answer.body.code]).toEqual([422, 'order_not_billable']);
    expect(answer.body.detail).toContain('Fraud check');
  });
});

describe('the terms of a subscription', () => {
  const subscription = (more: object) => ({
    subscriptionId: 'more',
    productId: 'desk-phone',
    changes: [{ effectiveOn: '2026-12-10', delta: 1 }],
    ...more,
  });
  const put = (accountId: string, term: string, version: number, body: object) =>
    call(staff, 'PUT', `/accounts/${accountId}/subscriptions/more/${term}`, { version, body });
  const having = async (more: object) => {
    const accountId = await fresh();
    const added = await call(staff, 'POST', `/accounts/${accountId}/subscriptions`, {
      version: 1,
      body: subscription(more),
    });
    expect(added.status).toBe(200);
    return accountId;
  };
  const shown = ({ body }: { body: { subscriptions: { subscriptionId: string }[] } }) =>
    body.subscriptions.find(({ subscriptionId }) => subscriptionId === 'more');

  it('R95: an activation is recorded once, and told again changes nothing', async () => {
    const accountId = await having({ activation: 'pending' });
    const first = await put(accountId, 'activation', 2, { on: '2026-12-15' });
    expect([first.status, first.body.version, shown(first)]).toMatchObject([
      200,
      3,
      { activation: { on: '2026-12-15' } },
    ]);
    const again = await put(accountId, 'activation', 3, { on: '2026-12-15' });
    expect([again.body.version, shown(again)]).toEqual([3, shown(first)]);
    const other = await put(accountId, 'activation', 3, { on: '2026-12-16' });
    expect([other.status, other.body.code]).toEqual([422, 'activation_recorded']);
  });

  it('R68: a cancellation shows when the subscription ends', async () => {
    const accountId = await having({});
    const cancelled = await put(accountId, 'cancellation', 2, { requestedOn: '2026-12-12' });
    expect(shown(cancelled)).toMatchObject({ cancellation: { requestedOn: '2026-12-12', endsOn: '2026-12-31' } });
    await world.taken('notices');
  });

  it('R71: a cancellation is confirmed: its delivery stands with it, and asked for again it is the same', async () => {
    const accountId = await having({});
    const path = (of: string) => `/accounts/${accountId}/subscriptions/more/cancellation${of}`;
    expect((await call(staff, 'GET', path('/pdf'))).body.code).toBe('cancellation_not_found');
    await put(accountId, 'cancellation', 2, { requestedOn: '2026-12-12' });
    await put(accountId, 'cancellation', 3, { requestedOn: '2026-12-14' });
    const about = {
      sellerId: 'northwind-ie',
      accountId,
      about: 'more',
      document: 'cancellation',
      occurrence: 1,
    } as const;
    expect(await world.taken('notices')).toEqual([about, about]);
    expect(await world.store().delivery(about)).toMatchObject({ createdAt: NOW, recipients: {} });
    const { status, type, body } = await call(token.ownerOf(accountId), 'GET', path('/pdf'));
    expect([status, type]).toEqual([200, 'application/pdf']);
    const { text } = await readPdf(Buffer.from(body, 'latin1'));
    for (const words of ['Our support team, for you', '12 December 2026', '31 December 2026', '31 March 2027'])
      expect(text).toContain(words);
  });

  it('R88: an interval changes with the next period; quarterly needs a quote (C27)', async () => {
    const accountId = await having({});
    const yearly = await put(accountId, 'interval', 2, { interval: 'year', from: '2026-12-12' });
    expect(shown(yearly)).toMatchObject({ intervals: [{ from: '2027-01-01', interval: 'year' }] });
    const quarterly = await put(accountId, 'interval', 3, { interval: 'quarter', from: '2026-12-12' });
    expect([quarterly.status, quarterly.body.detail]).toEqual([422, 'interval: quarterly billing needs a quote']);
  });

  it('R88: an account that is billed every 30 days changes to the year with its next cycle, others do not', async () => {
    const accountId = await fresh({
      schedule: 'every-30-days',
      billingStartDate: '2026-12-01',
      billedThrough: undefined,
    });
    const path = `/accounts/${accountId}/schedule`;
    const body = { schedule: 'annual', from: '2026-12-12' };
    const moved = await call(staff, 'PUT', path, { version: 1, body });
    const scheduleChanges = [{ schedule: 'annual', from: '2026-12-31' }];
    expect([moved.status, moved.body]).toMatchObject([200, { version: 2, scheduleChanges }]);
    const again = await call(staff, 'PUT', path, { version: 2, body });
    expect(again.body).toMatchObject({ version: 2, scheduleChanges });
    const calendar = await call(staff, 'PUT', `/accounts/${await fresh()}/schedule`, { version: 1, body });
    expect([calendar.status, calendar.body.code, calendar.body.field]).toEqual([422, 'schedule_fixed', 'schedule']);
  });

  it.each([
    ['a product that is bought once', { productId: 'number-purchase' }, 'productId'],
    ['quarterly without a quote', { interval: 'quarter' }, 'interval'],
    ['a product without a yearly price', { productId: 'phone-rental', interval: 'year' }, 'productId'],
  ])('%s is refused with the field', async (_name, more, field) => {
    const accountId = await fresh();
    const answer = await call(staff, 'POST', `/accounts/${accountId}/subscriptions`, {
      version: 1,
      body: subscription(more),
    });
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });
});
