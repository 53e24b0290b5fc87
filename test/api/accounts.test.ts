import { describe, expect, it } from 'vitest';
import { apiWorld, card, customer, token } from './world.ts';

const world = apiWorld();
const { call } = world;
const staff = token.staff;

/** Each test has a customer of its own. */
let made = 0;
async function fresh(overrides = {}): Promise<string> {
  const accountId = `customer-${++made}`;
  await world.load(customer(accountId, overrides));
  return accountId;
}
const shown = async (accountId: string) => (await call(staff, 'GET', `/accounts/${accountId}`)).body;

describe('an account', () => {
  it('is created from a line of an import file, and shown with its version', async () => {
    const answer = await call(staff, 'POST', '/accounts', { body: customer('new-1') });
    expect([answer.status, answer.headers.etag, answer.body.version]).toEqual([201, '"1"', 1]);
    expect(await shown('new-1')).toEqual(answer.body);
  });

  it('is created once: 409 account_exists', async () => {
    const accountId = await fresh();
    const answer = await call(staff, 'POST', '/accounts', { body: customer(accountId, { name: 'Another Ltd' }) });
    expect([answer.status, answer.body.code]).toEqual([409, 'account_exists']);
    expect((await shown(accountId)).name).toBe('Liffeyside Analytics Ltd');
  });

  it('is not created for a seller one does not work for', async () => {
    const answer = await call(token.otherSeller, 'POST', '/accounts', { body: customer('smuggled') });
    expect([answer.status, answer.body.field]).toEqual([422, 'sellerId']);
  });

  it('is shown without what the processor needs to charge its cards', async () => {
    const accountId = await fresh();
    const { paymentMethods } = await shown(accountId);
    expect(paymentMethods).toEqual([
      { methodId: 'card-1', kind: 'card', brand: 'visa', last4: '4242', expires: '2030-08' },
    ]);
  });

  it('changes what is named and nothing else, and raises its version', async () => {
    const accountId = await fresh();
    const before = await shown(accountId);
    const answer = await call(staff, 'PATCH', `/accounts/${accountId}`, {
      version: 1,
      body: { reference: 'PO-7', language: 'de' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...before, reference: 'PO-7', language: 'de', version: 2 });
    expect(await shown(accountId)).toEqual(answer.body);
  });

  it('loses an optional value by null', async () => {
    const accountId = await fresh({ reference: 'PO-1' });
    const body = { reference: null, billingAddress: null };
    const answer = await call(staff, 'PATCH', `/accounts/${accountId}`, { version: 1, body });
    expect(Object.keys(answer.body)).not.toContain('reference');
    expect(Object.keys(await shown(accountId))).not.toContain('billingAddress');
  });

  it('is not changed by whoever has not seen its last change: 409 account_changed', async () => {
    const accountId = await fresh();
    const change = () => call(staff, 'PATCH', `/accounts/${accountId}`, { version: 1, body: { name: 'First Ltd' } });
    expect((await change()).status).toBe(200);
    const second = await change();
    expect([second.status, second.body.code]).toEqual([409, 'account_changed']);
  });

  it('of two changes at once only one is made', async () => {
    const accountId = await fresh();
    const change = (name: string) => call(staff, 'PATCH', `/accounts/${accountId}`, { version: 1, body: { name } });
    const answers = await Promise.all(['A Ltd', 'B Ltd', 'C Ltd'].map(change));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await shown(accountId)).version).toBe(2);
  });

  it.each<[string, object | undefined, number | undefined, number, string]>([
    ['no version', { name: 'X' }, undefined, 400, 'if-match'],
    ['an unknown field', { balance: 0 }, 1, 400, 'balance'],
    ['nothing', {}, 1, 400, ''],
    ['autopay without a method', { autopay: true }, 1, 422, 'autopay'],
  ])('is not changed by a request with %s', async (_what, body, version, status, field) => {
    const accountId = await fresh({ autopay: false, defaultMethodId: undefined, paymentMethods: [] });
    const answer = await call(staff, 'PATCH', `/accounts/${accountId}`, { body, ...(version ? { version } : {}) });
    expect([answer.status, answer.body.field ?? '', answer.type]).toEqual([status, field, 'application/problem+json']);
    expect((await shown(accountId)).version).toBe(1);
  });

  it('is listed with its seller’s others, page by page', async () => {
    const ids = [await fresh(), await fresh(), await fresh()];
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await call(staff, 'GET', `/sellers/northwind-ie/accounts?limit=2${cursor}`);
      found.push(...body.accounts.map((account: { accountId: string }) => account.accountId));
      cursor = body.cursor ? `&cursor=${body.cursor}` : '';
    } while (cursor);
    expect(found).toEqual(expect.arrayContaining(ids));
    expect(new Set(found).size).toBe(found.length);
  });
});

describe('recipients', () => {
  const put = (accountId: string, body: unknown) =>
    call(staff, 'PUT', `/accounts/${accountId}/recipients`, { version: 1, body });

  it('are replaced as a whole', async () => {
    const accountId = await fresh();
    const body = [
      { email: 'new@liffeyside.example', main: true },
      { email: 'two@liffeyside.example', main: false },
    ];
    expect((await put(accountId, body)).body.recipients).toEqual(body);
  });

  it.each([
    ['none', []],
    ['a sixth', Array.from({ length: 6 }, (_, index) => ({ email: `r${index}@x.example`, main: index === 0 }))],
    [
      'the same in capitals',
      [
        { email: 'a@x.example', main: true },
        { email: 'A@X.EXAMPLE', main: false },
      ],
    ],
    [
      'two main ones',
      [
        { email: 'a@x.example', main: true },
        { email: 'b@x.example', main: true },
      ],
    ],
  ])('refuse %s', async (_what, body) => {
    const accountId = await fresh();
    expect((await put(accountId, body)).status).toBe(400);
  });
});

describe('subscriptions', () => {
  const product = (more = {}) => ({
    subscriptionId: 'numbers',
    productId: 'standard-number',
    changes: [{ effectiveOn: '2026-12-10', delta: 4 }],
    ...more,
  });

  it('are added, their changes numbered after those the account had', async () => {
    const accountId = await fresh();
    const { body } = await call(staff, 'POST', `/accounts/${accountId}/subscriptions`, { version: 1, body: product() });
    expect(body.subscriptions.at(-1)).toEqual(
      product({ changes: [{ change: 2, effectiveOn: '2026-12-10', delta: 4 }] }),
    );
    expect((await world.store().loadForBilling(accountId))?.subscriptions).toHaveLength(2);
  });

  it('change by the day, never below nothing', async () => {
    const accountId = await fresh();
    const path = `/accounts/${accountId}/subscriptions/phones/changes`;
    const first = await call(staff, 'POST', path, { version: 1, body: { effectiveOn: '2026-12-15', delta: -10 } });
    expect(first.body.subscriptions[0].changes).toHaveLength(2);
    const second = await call(staff, 'POST', path, { version: 2, body: { effectiveOn: '2026-12-20', delta: -1 } });
    expect([second.status, second.body.code, second.body.field]).toEqual([422, 'quantity_negative', 'delta']);
  });

  it.each([
    ['an unknown product', product({ productId: 'pager' }), 422, 'invalid_request'],
    ['an id that is taken', product({ subscriptionId: 'phones' }), 422, 'subscription_exists'],
    ['a change of nothing', product({ changes: [{ effectiveOn: '2026-12-10', delta: 0 }] }), 400, 'invalid_request'],
  ])('refuse %s', async (_what, body, status, code) => {
    const accountId = await fresh();
    const answer = await call(staff, 'POST', `/accounts/${accountId}/subscriptions`, { version: 1, body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('that do not exist cannot change', async () => {
    const accountId = await fresh();
    const body = { effectiveOn: '2026-12-10', delta: 1 };
    const answer = await call(staff, 'POST', `/accounts/${accountId}/subscriptions/none/changes`, { version: 1, body });
    expect([answer.status, answer.body.code]).toEqual([422, 'subscription_not_found']);
  });
});

describe('payment methods', () => {
  it('the first one becomes the default', async () => {
    const accountId = await fresh({ autopay: false, defaultMethodId: undefined, paymentMethods: [] });
    const answer = await call(staff, 'POST', `/accounts/${accountId}/payment-methods`, {
      version: 1,
      body: card('card-7'),
    });
    expect([answer.status, answer.body.defaultMethodId]).toEqual([200, 'card-7']);
  });

  it('at most four cards are kept (C3)', async () => {
    const accountId = await fresh({ paymentMethods: ['card-1', 'card-2', 'card-3', 'card-4'].map((id) => card(id)) });
    const answer = await call(staff, 'POST', `/accounts/${accountId}/payment-methods`, {
      version: 1,
      body: card('card-5'),
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'method_limit']);
  });

  it.each([
    ['that has expired', { expires: '2026-11' }, 'method_expired', 'expires'],
    ['of a brand that is not accepted', { brand: 'diners' }, 'method_not_accepted', 'brand'],
    ['in another currency', { kind: 'bank-debit', brand: 'ACH debit' }, 'method_currency', 'brand'],
  ])('one %s is refused, and nothing is changed (R31)', async (_what, more, code, field) => {
    const accountId = await fresh();
    const body = { ...card('card-2'), ...more };
    const answer = await call(staff, 'POST', `/accounts/${accountId}/payment-methods`, { version: 1, body });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, code, field]);
    expect((await world.store().loadForBilling(accountId))?.methods).toHaveLength(1);
  });

  it('the customer puts its other methods in order for when the default is declined for good', async () => {
    const accountId = await fresh({ paymentMethods: ['card-1', 'card-2', 'card-3'].map((id) => card(id)) });
    const order = (methodIds: string[], version: number) =>
      call(token.ownerOf(accountId), 'PUT', `/accounts/${accountId}/fallback-payment-methods`, {
        version,
        body: { methodIds },
      });
    const answer = await order(['card-3', 'card-2'], 1);
    expect([answer.status, answer.body.fallbackMethodIds]).toEqual([200, ['card-3', 'card-2']]);
    expect((await order(['card-9'], 2)).body.code).toBe('method_not_found');
  });

  it('a card number is refused and not echoed', async () => {
    const accountId = await fresh();
    const body = { ...card('card-2'), processorMethod: '4242424242424242' };
    const answer = await call(staff, 'POST', `/accounts/${accountId}/payment-methods`, { version: 1, body });
    expect([answer.status, answer.body.field]).toEqual([400, 'processorMethod']);
    expect(JSON.stringify(answer.body)).not.toContain('4242424242424242');
  });

  it('the default one stays while there are others; the last one takes autopay with it', async () => {
    const accountId = await fresh({ paymentMethods: [card('card-1'), card('card-2')] });
    const remove = (methodId: string, version: number) =>
      call(staff, 'DELETE', `/accounts/${accountId}/payment-methods/${methodId}`, { version });
    expect((await remove('card-1', 1)).body.code).toBe('method_is_default');
    expect((await remove('card-2', 1)).body.paymentMethods).toHaveLength(1);
    const { body } = await remove('card-1', 2);
    expect([body.autopay, body.defaultMethodId, body.paymentMethods]).toEqual([false, undefined, []]);
    expect((await world.store().loadForBilling(accountId))?.methods).toEqual([]);
  });

  it('another default wakes the invoices that were given up with the old one', async () => {
    const accountId = await fresh({ paymentMethods: [card('card-1'), card('card-2')] });
    const { invoiceId } = await world.invoiced(accountId);
    const store = world.store();
    const receivable = (await store.receivable(accountId, invoiceId))!;
    await store.updateReceivable({
      ...receivable,
      collection: { ...receivable.collection, state: 'stopped' },
      version: receivable.version + 1,
    });
    const answer = await call(staff, 'PUT', `/accounts/${accountId}/default-payment-method`, {
      version: 2,
      body: { methodId: 'card-2' },
    });
    expect([answer.status, answer.body.defaultMethodId]).toEqual([200, 'card-2']);
    expect(await world.taken('collections')).toEqual([{ sellerId: 'northwind-ie', accountId, invoiceId }]);
  });
});

describe('a hold', () => {
  it('is put by finance with its reason, and taken away', async () => {
    const accountId = await fresh();
    const path = `/accounts/${accountId}/hold`;
    const held = await call(token.finance, 'PUT', path, { version: 1, body: { reason: 'Contract under review' } });
    expect(held.body.hold).toEqual({ reason: 'Contract under review', since: '2026-12-01T12:00:00.000Z' });
    const released = await call(token.finance, 'DELETE', path, { version: 2 });
    expect([released.status, released.body.hold]).toEqual([200, undefined]);
    expect((await world.store().loadForBilling(accountId))?.account.hold).toBeUndefined();
  });

  it('that is not there cannot be released', async () => {
    const accountId = await fresh();
    const answer = await call(token.finance, 'DELETE', `/accounts/${accountId}/hold`, { version: 1 });
    expect([answer.status, answer.body.code]).toEqual([422, 'not_on_hold']);
  });
});

describe('a request that is no request', () => {
  it.each([
    ['an unknown path', 'GET', '/nowhere', 404],
    ['a method that a path does not have', 'DELETE', '/accounts', 404],
    ['a cursor that was not given out', 'GET', '/sellers/northwind-ie/accounts?cursor=nonsense', 400],
    ['a limit that is too high', 'GET', '/sellers/northwind-ie/accounts?limit=1000', 400],
    ['an id that cannot be one', 'GET', '/accounts/a%23b', 404],
  ])('%s is a problem, not a crash', async (_what, method, path, status) => {
    const answer = await call(staff, method, path);
    expect([answer.status, answer.type]).toEqual([status, 'application/problem+json']);
  });
});
