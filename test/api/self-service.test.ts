import { describe, expect, it } from 'vitest';
import { apiWorld, customer, token } from './world.ts';

const world = apiWorld();
const { call } = world;
/** The invoice of 1 December is due on the 16th. */
const IN_TIME = '2026-12-16T09:00:00.000Z';
const OVERDUE = '2026-12-17T09:00:00.000Z';

let made = 0;
async function owing(overrides = {}) {
  const accountId = `self-${++made}`;
  await world.load(customer(accountId, { autopay: false, ...overrides }));
  const { number } = await world.invoiced(accountId);
  const owner = token.ownerOf(accountId);
  const version = async () => (await call(token.staff, 'GET', `/accounts/${accountId}`)).body.version as number;
  const ask = async (method: string, path: string, body: object, { now = IN_TIME, by = owner }: Asked = {}) => {
    const of = path === '' ? '' : `/${path}`;
    const answer = await call(by, method, `/accounts/${accountId}${of}`, { body, now, version: await version() });
    return [answer.status, answer.body.code, answer.body.field, answer.body.detail];
  };
  return { accountId, number, owner, ask };
}
interface Asked {
  readonly now?: string;
  readonly by?: Parameters<typeof call>[0];
}

const more = { effectiveOn: '2026-12-20', delta: 2 };
const fewer = { effectiveOn: '2026-12-20', delta: -2 };
const ordered = { subscriptionId: 'soft', productId: 'softphone', changes: [more] };
const bought = { orderId: 'PO-9', items: [{ productId: 'number-purchase', quantity: 1 }] };
const upgrades = [
  ['orders a product', 'POST', 'subscriptions', ordered, 'productId'],
  ['adds to a subscription', 'POST', 'subscriptions/phones/changes', more, 'delta'],
  ['moves to the year', 'PUT', 'subscriptions/phones/interval', { interval: 'year', from: '2027-01-01' }, 'interval'],
  ['buys once', 'POST', 'purchases', bought, 'items'],
] as const;
const leaving = ['cancels', 'PUT', 'subscriptions/phones/cancellation', { requestedOn: '2026-12-20' }] as const;

describe('a billing admin alone', () => {
  it.each(upgrades)(
    '%s while nothing is overdue, and not when something is (R87)',
    async (_, method, path, body, field) => {
      const { ask, number } = await owing();
      expect(await ask(method, path, body, { now: OVERDUE })).toEqual([
        409,
        'balance_overdue',
        field,
        `Invoices are overdue: pay them first, or ask support (${number}).`,
      ]);
      expect((await ask(method, path, body))[0]).toBeOneOf([200, 202]);
    },
  );

  it('cancels while nothing is overdue, and not when something is (R59, R66)', async () => {
    const { ask } = await owing();
    const [, method, path, body] = leaving;
    expect((await ask(method, path, body, { now: OVERDUE })).slice(0, 3)).toEqual([
      409,
      'balance_overdue',
      'subscriptionId',
    ]);
    expect((await ask(method, path, body))[0]).toBe(200);
  });

  it('gives up devices although something is overdue: only more of them waits for the payment', async () => {
    const { ask } = await owing();
    expect((await ask('POST', 'subscriptions/phones/changes', fewer, { now: OVERDUE }))[0]).toBe(200);
  });

  it('is not stopped by an invoice that it disputes in time (R158)', async () => {
    const { ask } = await owing();
    await ask(
      'POST',
      'invoices/2026-12-cycle/disputes',
      { reason: 'Never ordered' },
      { now: '2026-12-02T09:00:00.000Z' },
    );
    expect((await ask('POST', 'subscriptions/phones/changes', more, { now: OVERDUE }))[0]).toBe(200);
  });

  it.each([
    [
      'a product of support',
      'POST',
      'subscriptions',
      { ...ordered, productId: 'broadband' },
      [403, 'not_self_service', 'productId'],
    ],
    [
      'a purchase of support',
      'POST',
      'purchases',
      { orderId: 'x', items: [{ productId: 'broadband', quantity: 1 }] },
      [403, 'not_self_service', 'items.0.productId'],
    ],
    ['a minimum', 'POST', 'subscriptions', { ...ordered, minimum: 1 }, [403, 'term_agreed_with_sales', 'minimum']],
    [
      'a trial',
      'POST',
      'subscriptions',
      { ...ordered, trial: { until: '2027-01-31' } },
      [403, 'term_agreed_with_sales', 'trial'],
    ],
    [
      'the past',
      'POST',
      'subscriptions/phones/changes',
      { effectiveOn: '2026-12-15', delta: -1 },
      [422, 'effective_in_the_past', 'effectiveOn'],
    ],
    [
      'a cancellation in the past',
      'PUT',
      'subscriptions/phones/cancellation',
      { requestedOn: '2026-11-30' },
      [422, 'effective_in_the_past', 'requestedOn'],
    ],
    ['its name', 'PATCH', '', { name: 'Somebody else' }, [403, 'field_of_support', 'name']],
    ['its terms', 'PATCH', '', { reference: 'PO 7', terms: 'wire' }, [403, 'field_of_support', 'terms']],
  ] as const)('does not change %s', async (_name, method, path, body, expected) => {
    const { ask } = await owing();
    expect((await ask(method, path, body)).slice(0, 3)).toEqual(expected);
  });

  it('confirms no circuit: that is the provider’s word', async () => {
    const { ask } = await owing();
    expect((await ask('PUT', 'subscriptions/phones/activation', { on: '2026-12-20' }))[0]).toBe(403);
  });

  it('changes its address, language, reference, the listing of its calls and autopay, its recipients and its tax IDs', async () => {
    const { ask, accountId } = await owing();
    const billingAddress = { line1: '9 Quay Street', city: 'Cork', postalCode: 'T12 X999', country: 'IE' };
    const profile = { billingAddress, language: 'fr', reference: 'PO 7', callDetails: 'none', autopay: true };
    expect((await ask('PATCH', '', profile))[0]).toBe(200);
    expect((await ask('PUT', 'recipients', [{ email: 'new@liffeyside.example', main: true }]))[0]).toBe(200);
    expect((await ask('PUT', 'tax-ids', [{ kind: 'eu-vat', label: 'VAT', value: 'IE1234567T' }]))[0]).toBe(200);
    const { body } = await call(token.ownerOf(accountId), 'GET', `/accounts/${accountId}`);
    expect(body).toMatchObject({ ...profile, recipients: [{ email: 'new@liffeyside.example' }] });
  });

  it('does not declare its own VAT ID valid, and keeps what support has recorded (R138)', async () => {
    const vat = { kind: 'eu-vat', label: 'VAT', value: 'IE1234567T' };
    const { ask, accountId, owner } = await owing();
    const claimed = [{ ...vat, validatedOn: '2026-12-01' }];
    expect((await ask('PUT', 'tax-ids', claimed)).slice(0, 3)).toEqual([403, 'field_of_support', '0.validatedOn']);
    expect((await ask('PUT', 'tax-ids', claimed, { by: token.staff }))[0]).toBe(200);
    expect((await ask('PUT', 'tax-ids', [vat]))[0]).toBe(200);
    expect((await call(owner, 'GET', `/accounts/${accountId}`)).body.taxIds).toEqual(claimed);
  });
});

const orders = upgrades.map(([name, method, path, body]) => [name, method, path, body] as const);
it.each([...orders, leaving])('support %s although invoices are overdue (C10)', async (_, method, path, body) => {
  const { ask } = await owing();
  expect((await ask(method, path, body, { now: OVERDUE, by: token.staff }))[0]).toBeOneOf([200, 202]);
});
