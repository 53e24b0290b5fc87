import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../infra/local/processor/faults.ts';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import { ProcessorBusy } from '../../shared/domain/errors.ts';
import type { PaymentOutcome } from '../../shared/domain/receivable.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import type { ChargeRequest, PaymentProcessor } from '../../shared/ports.ts';
import { method } from '../support/collection.ts';

/** The adapter with the real SDK, against the local processor. */
const START = '2026-12-01T06:00:00.000Z';
let clock: Date;
let processor: Processor;
let payments: PaymentProcessor;

const at = (hours: number): string => {
  clock = new Date(Date.parse(START) + hours * 3_600_000);
  return clock.toISOString();
};
const CONFIRM = /POST .*\/confirm$/;
const paid = { kind: 'succeeded', amount: 42_10 };

const request = (processorMethod = 'pm_card_visa', overrides: Partial<ChargeRequest> = {}): ChargeRequest => ({
  intentKey: 'acme#2026-12#cycle',
  key: 'acme#2026-12#cycle#001',
  invoiceTotal: 42_10,
  amount: 42_10,
  currency: 'USD',
  method: method('m1', processorMethod),
  offSession: true,
  startedAt: START,
  metadata: { seller: 'northwind-us', account: 'acme', invoice: '2026-12#cycle', number: 'NTUS-202612A-000001' },
  ...overrides,
});
const withIntent = async (of: ChargeRequest) => ({ ...of, intentId: await payments.ensureIntent(of) });
const charge = async (of: ChargeRequest) => payments.charge(await withIntent(of));
const charges = () => processor.books().charges.length;

beforeEach(async () => {
  at(0);
  processor = await startProcessor({ now: () => clock });
  payments = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url, timeoutMs: 300 });
});
afterEach(() => processor.stop());

describe('what a charge says of who is there (EBA Q&A 2018_4031, R42)', () => {
  const debit = { ...method('m1', 'pm_sample_sepaDebit_success'), mandate: 'mandate_acme1' };
  it.each<[string, Partial<ChargeRequest>, RegExp, boolean]>([
    ['without the customer: merchant-initiated', {}, /off_session=true/, true],
    ['with the customer: not merchant-initiated', { offSession: false }, /off_session/, false],
    ['with the customer: its browser may show the issuer’s page', { offSession: false }, /use_stripe_sdk=true/, true],
    ['without the customer: no page is asked for', {}, /use_stripe_sdk/, false],
    ['a debit names the mandate that it was given', { method: debit, currency: 'EUR' }, /mandate=mandate_acme1/, true],
    ['a card names no mandate', {}, /mandate/, false],
  ])('%s', async (_who, overrides, saying, said) => {
    // Only a request that says so is refused: the fault is the witness.
    processor.faults.add({ kind: '403', on: CONFIRM, saying });
    const outcome = charge(request('pm_card_visa', overrides));
    if (said) await expect(outcome).rejects.toMatchObject({ code: 'processor_rejected' });
    else expect(await outcome).toMatchObject({ kind: 'succeeded' });
  });
});

describe('a charge', () => {
  it.each<[string, object, number]>([
    ['pm_card_visa', paid, 1],
    ['pm_card_chargeDeclined', { kind: 'declined', hard: false, code: 'generic_decline' }, 0],
    ['pm_card_chargeDeclinedInsufficientFunds', { kind: 'declined', hard: false, code: 'insufficient_funds' }, 0],
    ['pm_card_chargeDeclinedProcessingError', { kind: 'declined', hard: false, code: 'processing_error' }, 0],
    ['pm_card_chargeDeclinedExpiredCard', { kind: 'declined', hard: true, code: 'expired_card' }, 0],
    ['pm_card_chargeDeclinedIncorrectCvc', { kind: 'declined', hard: true, code: 'incorrect_cvc' }, 0],
    ['pm_card_chargeDeclinedLostCard', { kind: 'declined', hard: true, code: 'lost_card' }, 0],
    ['pm_card_chargeDeclinedStolenCard', { kind: 'declined', hard: true, code: 'stolen_card' }, 0],
    ['pm_card_radarBlock', { kind: 'declined', hard: true, code: 'fraudulent' }, 0],
    ['pm_sample_doNotTryAgain', { kind: 'declined', hard: true, code: 'do_not_honor' }, 0],
    ['pm_card_authenticationRequired', { kind: 'needs-authentication' }, 0],
    ['pm_card_threeDSecure2Required', { kind: 'needs-authentication' }, 0],
    ['pm_usBankAccount_success', { kind: 'processing' }, 0],
    ['pm_gone', { kind: 'declined', hard: true, code: 'payment_method_missing' }, 0],
  ])('with %s ends as %o', async (token, outcome, made) => {
    expect(await charge(request(token))).toMatchObject(outcome);
    expect(charges()).toBe(made);
  });

  it('on session waits for the customer', async () => {
    expect(await charge(request('pm_card_authenticationRequired', { offSession: false }))).toEqual({
      kind: 'needs-authentication',
    });
  });

  it('carries the ids of its invoice and no more', async () => {
    await charge(request());
    expect(processor.books().charges).toMatchObject([
      { amount: 42_10, currency: 'usd', customer: 'cus_sample_acme', metadata: request().metadata },
    ]);
  });

  it.each<[FaultKind, number]>([
    ['timeout-before', 0],
    ['timeout-after', 1],
    ['500-before', 0],
    ['500-after', 1],
    ['saved-500-before', 0],
    ['saved-500-after', 1],
  ])('is unknown, never an error, after %s', async (kind, made) => {
    const of = await withIntent(request());
    processor.faults.add({ kind, on: CONFIRM });
    expect(await payments.charge(of)).toMatchObject({ kind: 'unknown' });
    expect(charges()).toBe(made);
  });

  it('is not even begun when Stripe is too busy, and is charged once when it is asked again', async () => {
    const of = await withIntent(request());
    processor.faults.add({ kind: '429', on: CONFIRM });
    await expect(payments.charge(of)).rejects.toThrow(ProcessorBusy);
    expect(charges()).toBe(0);
    processor.faults.add({ kind: '429', on: /GET/ });
    await expect(payments.inquire(of, at(0.1))).rejects.toThrow(ProcessorBusy);
    processor.faults.add({ kind: '429', on: CONFIRM });
    await expect(payments.inquire(of, at(0.1))).rejects.toThrow(ProcessorBusy);
    for (let times = 0; times < 3; times++) expect(await payments.inquire(of, at(0.1))).toMatchObject(paid);
    expect(charges()).toBe(1);
  });

  it.each<FaultKind>(['drop-before', 'drop-after'])(
    'is unknown when the connection breaks twice (%s)',
    async (kind) => {
      const of = await withIntent(request());
      processor.faults.add({ kind, on: CONFIRM, times: 2 });
      expect(await payments.charge(of)).toMatchObject({
        kind: 'unknown',
        reason: expect.stringContaining('ECONNRESET'),
      });
    },
  );

  it('made twice at once is made once', async () => {
    const of = await withIntent(request());
    processor.faults.add({ kind: 'slow', on: CONFIRM, delayMs: 100 });
    const outcomes = await Promise.all([payments.charge(of), payments.charge(of), payments.charge(of)]);
    expect(outcomes.filter(({ kind }) => kind === 'succeeded')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'unknown')).toHaveLength(2);
    expect(charges()).toBe(1);
  });

  it('repeated under its key returns the first answer', async () => {
    const of = await withIntent(request('pm_sample_declines_then_pays'));
    expect(await payments.charge(of)).toMatchObject({ kind: 'declined', code: 'insufficient_funds' });
    expect(await payments.charge(of)).toMatchObject({ kind: 'declined', code: 'insufficient_funds' });
    expect(await payments.charge({ ...of, key: 'acme#2026-12#cycle#002' })).toMatchObject(paid);
  });

  it('of an invoice that is paid already finds the payment, whatever its key', async () => {
    const of = await withIntent(request());
    const first = await payments.charge(of);
    expect(await payments.charge({ ...of, key: 'acme#2026-12#cycle#002' })).toEqual(first);
    expect(charges()).toBe(1);
  });

  it.each<[string, Partial<ChargeRequest>, string]>([
    [
      'a customer the processor does not know',
      { method: { ...method('m1'), processorCustomer: 'cus_missing' } },
      'processor_rejected',
    ],
    ['an amount below the processor’s least', { invoiceTotal: 12, amount: 12 }, 'processor_rejected'],
  ])('is refused before anything is charged: %s', async (_, overrides, code) => {
    await expect(charge(request('pm_card_visa', overrides))).rejects.toMatchObject({ code });
  });

  it('with a wrong key is refused for good, and the error tells no secret', async () => {
    payments = stripeProcessor({ apiKey: async () => 'pk_wrong_secret', apiBase: processor.url });
    const error = await charge(request()).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'processor_rejected' });
    expect(error.message).not.toContain('secret');
  });
});

describe('the intent', () => {
  it('is created once, however often it is asked for', async () => {
    const ids = await Promise.all([
      payments.ensureIntent(request()),
      payments.ensureIntent(request()).catch(() => 'conflict'),
    ]);
    expect(ids).toContain(await payments.ensureIntent(request()));
    expect(processor.books().intents).toHaveLength(1);
  });

  it('takes the amount that is still due, and a new method’s customer', async () => {
    const intentId = await payments.ensureIntent(request());
    const changed = { ...method('m2'), processorCustomer: 'cus_sample_new' };
    const of = request('pm_card_visa', { intentId, amount: 20_00, method: changed });
    expect(await payments.ensureIntent(of)).toBe(intentId);
    expect(await payments.charge({ ...of, intentId })).toMatchObject({ kind: 'succeeded', amount: 20_00 });
    expect(processor.books().charges).toMatchObject([{ customer: 'cus_sample_new' }]);
  });

  it('that cannot be created now is an error which a retry may mend', async () => {
    processor.faults.add({ kind: 'timeout-before', on: /payment_intents$/ });
    await expect(payments.ensureIntent(request())).rejects.toThrow('did not answer');
    expect(await payments.ensureIntent(request())).toMatch(/^pi_/);
  });

  it('is created under a spare key when the processor keeps answering with an old 500', async () => {
    processor.faults.add({ kind: 'saved-500-before', on: /payment_intents$/ });
    await expect(payments.ensureIntent(request())).rejects.toThrow('did not answer');
    expect(await charge(request())).toMatchObject(paid);
  });
});

describe('an unknown outcome is resolved by asking', () => {
  it.each<[FaultKind, string, object, number]>([
    ['timeout-before', 'pm_card_visa', paid, 1],
    ['timeout-after', 'pm_card_visa', paid, 1],
    ['500-before', 'pm_card_visa', paid, 1],
    ['500-after', 'pm_card_visa', paid, 1],
    ['saved-500-after', 'pm_card_visa', paid, 1],
    ['timeout-after', 'pm_sample_declines_then_pays', { kind: 'declined', code: 'insufficient_funds' }, 0],
    ['timeout-after', 'pm_card_authenticationRequired', { kind: 'needs-authentication' }, 0],
    ['timeout-after', 'pm_usBankAccount_success', { kind: 'processing' }, 0],
    ['timeout-before', 'pm_usBankAccount_success', { kind: 'processing' }, 0],
    ['timeout-before', 'pm_card_authenticationRequired', { kind: 'needs-authentication' }, 0],
  ])('after %s with %s: %o', async (kind, token, outcome, made) => {
    const of = await withIntent(request(token));
    processor.faults.add({ kind, on: CONFIRM });
    expect((await payments.charge(of)).kind).toBe('unknown');
    for (let times = 0; times < 3; times++) expect(await payments.inquire(of, at(0.1))).toMatchObject(outcome);
    expect(charges()).toBe(made);
  });

  it('when the request is still on its way, it stays unknown until that has arrived', async () => {
    const of = await withIntent(request());
    processor.faults.add({ kind: 'slow', on: CONFIRM, delayMs: 600 });
    expect(await payments.charge(of)).toMatchObject({ kind: 'unknown' });
    expect(await payments.inquire(of, at(0.1))).toMatchObject({ kind: 'unknown' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await payments.inquire(of, at(0.1))).toMatchObject(paid);
    expect(charges()).toBe(1);
  });

  it('when the processor only repeats a saved 500, after a quarter of an hour by what the intent shows', async () => {
    const of = await withIntent(request());
    processor.faults.add({ kind: 'saved-500-before', on: CONFIRM });
    await payments.charge(of);
    expect(await payments.inquire(of, at(0.2))).toMatchObject({ kind: 'unknown' });
    expect(await payments.inquire(of, at(0.25))).toEqual({ kind: 'declined', hard: false, code: 'processor_error' });
    expect(await payments.charge({ ...of, key: 'acme#2026-12#cycle#002' })).toMatchObject(paid);
    expect(charges()).toBe(1);
  });

  it('when the answer was a saved 500 after a decline, with the decline', async () => {
    const of = await withIntent(request('pm_card_chargeDeclinedStolenCard'));
    processor.faults.add({ kind: 'saved-500-after', on: CONFIRM });
    await payments.charge(of);
    expect(await payments.inquire(of, at(0.25))).toEqual({ kind: 'declined', hard: true, code: 'stolen_card' });
  });

  it.each<[FaultKind, string, PaymentOutcome | object]>([
    ['timeout-after', 'pm_card_visa', paid],
    ['timeout-before', 'pm_card_visa', { kind: 'declined', hard: false, code: 'not_attempted' }],
    ['timeout-after', 'pm_card_chargeDeclinedLostCard', { kind: 'declined', hard: true, code: 'lost_card' }],
  ])('after an outage of a day (%s, %s) the forgotten key is not used again: %o', async (kind, token, outcome) => {
    const of = await withIntent(request(token));
    processor.faults.add({ kind, on: CONFIRM });
    await payments.charge(of);
    const sent = processor.requests.length;
    expect(await payments.inquire(of, at(23))).toMatchObject(outcome);
    expect(processor.requests.slice(sent).map(({ method }) => method)).toEqual(['GET']);
  });

  it('does not take an earlier attempt’s decline for its own', async () => {
    const first = await withIntent(request('pm_card_chargeDeclinedLostCard'));
    await payments.charge(first);
    const second = { ...first, key: 'acme#2026-12#cycle#002', method: method('m2'), startedAt: at(2) };
    processor.faults.add({ kind: 'timeout-before', on: CONFIRM });
    await payments.charge(second);
    expect(await payments.inquire(second, at(30))).toMatchObject({ kind: 'declined', code: 'not_attempted' });
  });

  it('sets the amount before a confirmation that never arrived is made up for', async () => {
    const first = await withIntent(request('pm_card_chargeDeclined'));
    await payments.charge(first);
    const second = { ...first, key: 'acme#2026-12#cycle#002', method: method('m2'), amount: 12_34, startedAt: at(2) };
    expect(await payments.inquire(second, at(2))).toMatchObject({ kind: 'succeeded', amount: 12_34 });
  });

  it.each<FaultKind>(['timeout-before', '500-before', 'drop-before'])(
    'stays unknown while asking fails (%s)',
    async (kind) => {
      const of = await withIntent(request());
      processor.faults.add({ kind, on: /./, times: Number.POSITIVE_INFINITY });
      expect(await payments.charge(of)).toMatchObject({ kind: 'unknown' });
      expect(await payments.inquire(of, at(1))).toMatchObject({ kind: 'unknown' });
      processor.faults.clear();
      expect(await payments.inquire(of, at(2))).toMatchObject(paid);
      expect(charges()).toBe(1);
    },
  );
});

describe('a bank debit', () => {
  it.each<[string, object]>([
    ['pm_usBankAccount_success', paid],
    ['pm_usBankAccount_insufficientFunds', { kind: 'declined', hard: false, code: 'insufficient_funds' }],
    ['pm_usBankAccount_debitNotAuthorized', { kind: 'declined', hard: true, code: 'debit_not_authorized' }],
    ['pm_sample_sepaDebit_success', paid],
    ['pm_usBankAccount_processing', { kind: 'processing' }],
  ])('with %s is processing for days, then %o', async (token, outcome) => {
    const of = await withIntent(request(token));
    expect(await payments.charge(of)).toEqual({ kind: 'processing' });
    for (const hours of [6, 48, 95]) expect(await payments.inquire(of, at(hours))).toEqual({ kind: 'processing' });
    expect(await payments.inquire(of, at(97))).toMatchObject(outcome);
  });
});

it('a customer who authenticates, or gives up, is seen by the next attempt', async () => {
  const first = await withIntent(request('pm_card_authenticationRequired', { offSession: false }));
  expect(await payments.charge(first)).toEqual({ kind: 'needs-authentication' });
  processor.authenticate(first.intentId, true);
  expect(await payments.charge({ ...first, key: 'acme#2026-12#cycle#002' })).toMatchObject(paid);
  expect(charges()).toBe(1);
});
