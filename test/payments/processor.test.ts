import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';

/** The local processor, talked to by the real SDK. */
let now: Date;
let processor: Processor;
let stripe: Stripe;
let dataDir: string;

const sdk = (key = 'sk_test_local') => {
  const { hostname, port } = new URL(processor.url);
  return new Stripe(key, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    timeout: 500,
    telemetry: false,
  });
};
const start = async () => {
  processor = await startProcessor({ now: () => now, dataDir });
  stripe = sdk();
};
const intent = () => stripe.paymentIntents.create({ amount: 42_10, currency: 'usd', customer: 'cus_sample_acme' });
const thrown = (promise: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  promise.then(
    () => Promise.reject(new Error('expected an error')),
    (error) => error,
  );

beforeEach(async () => {
  now = new Date('2026-12-01T06:00:00Z');
  dataDir = mkdtempSync(join(tmpdir(), 'processor-'));
  await start();
});
afterEach(async () => {
  await processor.stop();
  rmSync(dataDir, { recursive: true });
});

it('deletes a customer with its methods, once; after that it knows neither', async () => {
  const { id } = await stripe.customers.create({});
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });
  expect((await stripe.customers.listPaymentMethods(id)).data.map((each) => each.id)).toEqual([method.id]);
  expect(await stripe.customers.del(id)).toMatchObject({ id, deleted: true });
  expect((await stripe.paymentMethods.retrieve(method.id)).customer).toBeNull();
  for (const call of [stripe.customers.del(id), stripe.customers.listPaymentMethods(id)])
    expect(await thrown(call)).toMatchObject({ code: 'resource_missing' });
  expect(await thrown(stripe.paymentIntents.create({ amount: 100, currency: 'eur', customer: id }))).toMatchObject({
    code: 'resource_missing',
  });
});

describe('idempotency keys', () => {
  const confirm = (id: string, method: string, key: string) =>
    stripe.paymentIntents.confirm(id, { payment_method: method }, { idempotencyKey: key });

  it('replay the first answer, declines too, and charge once', async () => {
    const { id } = await intent();
    const declined = await thrown(confirm(id, 'pm_sample_declines_then_pays', 'k1'));
    const replayed = await thrown(confirm(id, 'pm_sample_declines_then_pays', 'k1'));
    expect(declined).toMatchObject({ type: 'StripeCardError', decline_code: 'insufficient_funds' });
    expect(replayed).toMatchObject({ type: 'StripeCardError', decline_code: 'insufficient_funds' });
    expect(replayed.headers?.['idempotent-replayed']).toBe('true');
    expect((await confirm(id, 'pm_sample_declines_then_pays', 'k2')).status).toBe('succeeded');
    expect((await confirm(id, 'pm_sample_declines_then_pays', 'k2')).status).toBe('succeeded');
    expect(processor.books().charges).toHaveLength(1);
  });

  it('refuse other parameters', async () => {
    const { id } = await intent();
    await confirm(id, 'pm_card_visa', 'k1');
    expect(await thrown(confirm(id, 'pm_card_amex', 'k1'))).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  it('refuse a second request while the first is under way', async () => {
    const { id } = await intent();
    processor.faults.add({ kind: 'slow', on: /confirm/, delayMs: 200 });
    const [first, second] = await Promise.all([
      confirm(id, 'pm_card_visa', 'k1'),
      thrown(confirm(id, 'pm_card_visa', 'k1')),
    ]);
    expect(first.status).toBe('succeeded');
    expect(second).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  });

  it('keep a saved 500 for 24 hours, and do not keep what never began', async () => {
    const { id } = await intent();
    processor.faults.add({ kind: 'saved-500-before', on: /confirm/ });
    expect((await thrown(confirm(id, 'pm_card_visa', 'k1'))).statusCode).toBe(500);
    expect((await thrown(confirm(id, 'pm_card_visa', 'k1'))).statusCode).toBe(500);
    now = new Date('2026-12-02T06:00:00Z');
    expect((await confirm(id, 'pm_card_visa', 'k1')).status).toBe('succeeded');

    const other = await intent();
    processor.faults.add({ kind: '429', on: /confirm/ });
    expect(await thrown(confirm(other.id, 'pm_card_visa', 'k2'))).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect(await thrown(confirm(other.id, 'pm_nonsense', 'k2'))).toMatchObject({ code: 'resource_missing' });
    expect((await confirm(other.id, 'pm_card_visa', 'k2')).status).toBe('succeeded');
  });
});

describe('faults', () => {
  it.each([
    ['timeout-before', 'StripeConnectionError', 0],
    ['timeout-after', 'StripeConnectionError', 1],
    ['500-before', 'StripeAPIError', 0],
    ['500-after', 'StripeAPIError', 1],
    ['saved-500-after', 'StripeAPIError', 1],
    ['429', 'StripeRateLimitError', 0],
  ] as const)('%s: the SDK throws %s, and %i charges were made', async (kind, type, charges) => {
    const { id } = await intent();
    processor.faults.add({ kind, on: /confirm/ });
    expect(await thrown(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }))).toMatchObject({ type });
    expect(processor.books().charges).toHaveLength(charges);
  });

  it.each(['drop-before', 'drop-after'] as const)(
    '%s: the SDK asks once more under the same key, one charge is made',
    async (kind) => {
      const { id } = await intent();
      processor.faults.add({ kind, on: /confirm/ });
      const paid = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }, { idempotencyKey: 'k' });
      expect(paid.status).toBe('succeeded');
      expect(processor.books().charges).toHaveLength(1);
      expect(processor.requests.filter(({ key }) => key === 'k')).toHaveLength(2);
    },
  );
});

describe('an intent', () => {
  it('succeeds at most once, whatever the keys', async () => {
    const { id } = await intent();
    await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
    const again = await thrown(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }));
    expect(again).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'succeeded' } });
    expect(processor.books().charges).toHaveLength(1);
  });

  it.each([
    ['pm_usBankAccount_success', 'succeeded', null],
    ['pm_usBankAccount_accountClosed', 'requires_payment_method', 'account_closed'],
    ['pm_sample_sepaDebit_insufficientFunds', 'requires_payment_method', 'insufficient_funds'],
  ])('paid by bank debit %s is processing for four days, then %s', async (method, status, code) => {
    const { id } = await intent();
    expect((await stripe.paymentIntents.confirm(id, { payment_method: method })).status).toBe('processing');
    now = new Date('2026-12-05T05:59:59Z');
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('processing');
    now = new Date('2026-12-05T06:00:00Z');
    const settled = await stripe.paymentIntents.retrieve(id);
    expect([settled.status, settled.last_payment_error?.code ?? null]).toEqual([status, code]);
  });

  it('that needs authentication is refused off session, and waits for the customer on session', async () => {
    const method = 'pm_card_authenticationRequired';
    const off = await thrown(
      stripe.paymentIntents.confirm((await intent()).id, { payment_method: method, off_session: true }),
    );
    expect(off).toMatchObject({ type: 'StripeCardError', code: 'authentication_required' });
    const passed = await stripe.paymentIntents.confirm((await intent()).id, { payment_method: method });
    expect(passed).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    processor.authenticate(passed.id, true);
    expect((await stripe.paymentIntents.retrieve(passed.id)).status).toBe('succeeded');
    const failed = await stripe.paymentIntents.confirm((await intent()).id, { payment_method: method });
    processor.authenticate(failed.id, false);
    expect(await stripe.paymentIntents.retrieve(failed.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  it('is not paid with another customer’s method, nor after it was cancelled', async () => {
    const [owner, stranger] = [await stripe.customers.create(), await stripe.customers.create()];
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id });
    const create = { amount: 100, currency: 'usd' };
    const foreign = await stripe.paymentIntents.create({ ...create, customer: stranger.id });
    expect(await thrown(stripe.paymentIntents.confirm(foreign.id, { payment_method: method.id }))).toMatchObject({
      code: 'resource_missing',
      param: 'payment_method',
    });
    const own = await stripe.paymentIntents.create({ ...create, customer: owner.id });
    expect((await stripe.paymentIntents.confirm(own.id, { payment_method: method.id })).status).toBe('succeeded');
    await stripe.paymentIntents.cancel(foreign.id);
    expect((await thrown(stripe.paymentIntents.confirm(foreign.id, { payment_method: 'pm_card_visa' }))).code).toBe(
      'payment_intent_unexpected_state',
    );
  });

  it.each<[string, Stripe.PaymentIntentCreateParams, object]>([
    [
      'no such customer',
      { amount: 100, currency: 'usd', customer: 'cus_missing' },
      { code: 'resource_missing', param: 'customer' },
    ],
    ['too small an amount', { amount: 49, currency: 'usd' }, { code: 'amount_too_small' }],
    ['too few yen', { amount: 49, currency: 'jpy' }, { code: 'amount_too_small' }],
    ['half a yen', { amount: 100.5, currency: 'jpy' }, { code: 'parameter_invalid_integer' }],
    ['half a cent', { amount: 100.5, currency: 'usd' }, { code: 'parameter_invalid_integer' }],
    ['an unknown currency', { amount: 100, currency: 'xxx' }, { param: 'currency' }],
    [
      'a parameter we do not know',
      { amount: 100, currency: 'usd', receipt_email: 'a@b.example' },
      { code: 'parameter_unknown' },
    ],
  ])('is not created with %s', async (_, parameters, error) => {
    expect(await thrown(stripe.paymentIntents.create(parameters))).toMatchObject({
      type: 'StripeInvalidRequestError',
      ...error,
    });
  });
});

it('answers no one without a key, and knows no other paths', async () => {
  expect(await thrown(sdk('pk_public').customers.create())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  expect(await thrown(stripe.coupons.create({ percent_off: 100 }))).toMatchObject({ statusCode: 404 });
});

it('keeps books, keys and bank debits under way across a restart, even one that tore its last line', async () => {
  const { id } = await intent();
  await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }, { idempotencyKey: 'k1' });
  const debit = await intent();
  await stripe.paymentIntents.confirm(debit.id, { payment_method: 'pm_usBankAccount_success' });
  await processor.stop();
  const file = join(dataDir, readdirSync(dataDir)[0]!);
  truncateSync(file, readFileSync(file).length - 10);
  await start();
  const later = await intent();
  await processor.stop();
  await start();
  now = new Date('2026-12-05T06:00:00Z');
  expect((await stripe.paymentIntents.retrieve(later.id)).status).toBe('requires_payment_method');
  expect((await stripe.paymentIntents.retrieve(debit.id)).status).toBe('succeeded');
  expect(processor.books().charges.map(({ payment_intent }) => payment_intent)).toEqual([id, debit.id]);
  expect((await stripe.charges.list({ payment_intent: id })).data).toMatchObject([
    { amount: 42_10, status: 'succeeded' },
  ]);
});
