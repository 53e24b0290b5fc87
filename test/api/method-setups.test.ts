import { describe, expect, it } from 'vitest';
import { followProcessor } from '../../functions/follow-processor.ts';
import { apiWorld, card, customer, NOW, token } from './world.ts';

const world = apiWorld();
const { call } = world;

let made = 0;
async function having(overrides = {}) {
  const accountId = `entering-${++made}`;
  await world.load(customer(accountId, overrides));
  const owner = token.ownerOf(accountId);
  const path = `/accounts/${accountId}/payment-method-setups`;
  const begin = (body: object = {}) => call(owner, 'POST', path, { body });
  const completion = (setupId: string) => call(owner, 'POST', `${path}/${setupId}/completion`);
  const methods = async () => (await call(owner, 'GET', `/accounts/${accountId}`)).body.paymentMethods;
  return { accountId, owner, begin, completion, methods };
}
const follow = (message: Parameters<ReturnType<typeof followProcessor>>[0], now = NOW) =>
  followProcessor({ ...world.deps(), sellers: world.deps().stage.sellers })(message, now);
const without = { defaultMethodId: undefined, autopay: false, paymentMethods: [] };

describe('adding a payment method on the processor’s page', () => {
  it('a card is entered there, and kept as brand, last four and expiry (R153)', async () => {
    const { begin, completion, methods } = await having(without);
    const { status, body } = await begin();
    expect([status, body.kinds]).toEqual([201, ['card', 'bank-debit', 'connected']]);
    const page = await (await fetch(body.url)).text();
    expect(page).toContain('Mastercard that pays');
    expect((await completion(body.setupId)).body).toEqual({ status: 'open' });
    const entered = await fetch(body.url, {
      method: 'POST',
      body: new URLSearchParams({ method: 'pm_card_mastercard' }),
      redirect: 'manual',
    });
    expect(entered.headers.get('location')).toMatch(/\/payment-methods\?setup=cs_local_\d+$/);
    const added = (await completion(body.setupId)).body;
    expect(added).toEqual({ status: 'added', methodId: expect.stringMatching(/^pm_/) });
    const { methodId } = added;
    expect(await methods()).toEqual([
      { methodId, kind: 'card', brand: 'mastercard', last4: '4242', expires: '2030-08' },
    ]);
  });

  it('is added once, whether the browser or the webhook comes first, twice, or both at a time', async () => {
    const { begin, completion, methods, accountId } = await having(without);
    const { setupId } = (await begin()).body;
    world.processor().completeSetup(setupId, 'pm_sample_sepaDebit_success');
    const lookup = { kind: 'setup', id: setupId } as const;
    await Promise.all([follow(lookup), completion(setupId), follow(lookup)]);
    await follow(lookup);
    expect(await methods()).toMatchObject([{ kind: 'bank-debit', brand: 'SEPA debit', last4: '6789' }]);
    const input = await world.store().loadAccount(accountId);
    expect(input?.account.defaultMethodId).toBe(input?.methods[0]?.methodId);
    expect(input?.methods[0]?.mandate).toMatch(/^mandate_/);
  });

  it('is offered by the kinds there is room for, in the account’s currency', async () => {
    const full = await having({ paymentMethods: [1, 2, 3, 4].map((n) => card(`card-${n}`)) });
    expect((await full.begin()).body.kinds).toEqual(['bank-debit', 'connected']);
    expect((await full.begin({ kinds: ['card'] })).body).toMatchObject({ code: 'method_limit', field: 'kinds' });
  });

  it('the fifth card is refused with the reason, and given up at the processor, though two pages were open', async () => {
    const { begin, completion, methods } = await having({
      paymentMethods: [1, 2, 3].map((n) => card(`card-${n}`)),
      defaultMethodId: 'card-1',
    });
    const [first, second] = [(await begin()).body.setupId, (await begin()).body.setupId];
    for (const setupId of [first, second]) world.processor().completeSetup(setupId, 'pm_card_visa');
    expect((await completion(first)).body.status).toBe('added');
    expect((await completion(second)).body).toMatchObject({ status: 'refused', code: 'method_limit' });
    expect((await completion(second)).body).toEqual({ status: 'expired' });
    expect(await methods()).toHaveLength(4);
  });

  it('of another account does not exist', async () => {
    const one = await having(without);
    const other = await having(without);
    const { setupId } = (await one.begin()).body;
    world.processor().completeSetup(setupId, 'pm_card_visa');
    expect((await other.completion(setupId)).status).toBe(404);
    expect(await other.methods()).toEqual([]);
  });

  it('answers 503 while the processor does not, and nothing was changed', async () => {
    const { begin, methods } = await having(without);
    world.processor().faults.add({ kind: '500-before', on: /customers/ });
    expect(await begin()).toMatchObject({ status: 503, body: { code: 'processor_unavailable' } });
    expect((await begin()).status).toBe(201);
    expect(await methods()).toEqual([]);
  });
});

describe('news of a method', () => {
  const replacement = { last4: '1881', exp_month: 11, exp_year: 2031 };
  async function storedCard(overrides = {}) {
    const account = await having(without);
    const { setupId } = (await account.begin()).body;
    world.processor().completeSetup(setupId, 'pm_card_visa');
    await follow({ kind: 'setup', id: setupId });
    const input = (await world.store().loadAccount(account.accountId))!;
    const [method] = input.methods;
    const next = { ...input.account, autopay: true, version: input.account.version + 1 };
    await world.store().putMethod(next, { ...method!, ...overrides });
    const stored = async () => (await world.store().loadAccount(account.accountId))!.methods[0];
    return { ...account, methodId: method!.methodId, stored };
  }

  it('a replaced card is brought up to date, its declines and stop forgotten, and what was given up is tried again', async () => {
    const declines = [{ at: '2026-11-30T00:00:00.000Z', code: 'expired_card', stop: true }];
    const { accountId, methodId, stored } = await storedCard({ declines });
    const { invoiceId } = await world.invoiced(accountId);
    const receivable = (await world.store().receivable(accountId, invoiceId))!;
    const stopped = { ...receivable, version: receivable.version + 1 };
    const { nextAt: _never, ...collection } = receivable.collection;
    await world.store().updateReceivable({ ...stopped, collection: { ...collection, state: 'stopped' } });
    await world.taken('collections');
    world.processor().replaceCard(methodId, replacement);
    await follow({ kind: 'method', id: methodId });
    const renewed = await stored();
    expect(renewed).toMatchObject({ last4: '1881', expires: '2031-11', changedAt: NOW });
    expect(renewed).not.toHaveProperty('declines');
    expect(await world.taken('collections')).toEqual([{ sellerId: 'northwind-ie', accountId, invoiceId }]);
    await follow({ kind: 'method', id: methodId }, '2026-12-02T00:00:00.000Z');
    expect((await stored())?.changedAt).toBe(NOW);
  });

  it('one that its holder withdrew is not charged any more', async () => {
    const { methodId, stored } = await storedCard();
    world.processor().withdraw(methodId);
    await follow({ kind: 'method', id: methodId });
    await follow({ kind: 'method', id: methodId });
    expect((await stored())?.declines).toEqual([{ at: NOW, code: 'payment_method_detached', stop: true }]);
  });

  it('one that nobody has here is left alone', async () => {
    await expect(follow({ kind: 'method', id: 'pm_nobody' })).resolves.toBeUndefined();
    await expect(follow({ kind: 'setup', id: 'cs_nobody' })).resolves.toBeUndefined();
  });
});
