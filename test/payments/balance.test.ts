import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import type { ProcessorTransaction } from '../../shared/domain/books/processor-transaction.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import { method } from '../support/collection.ts';

/** The processor's balance, read with the real SDK from the local processor. */
const START = '2026-12-01T06:00:00.000Z';
let clock: Date;
let processor: Processor;
let payments: ReturnType<typeof stripeProcessor>;
let stripe: Stripe;

const at = (hours: number): string => {
  clock = new Date(Date.parse(START) + hours * 3_600_000);
  return clock.toISOString();
};
let made = 0;
/** Charges an invoice of ours and answers with its intent. */
async function charged(processorMethod: string, amount = 100_00): Promise<string> {
  made++;
  const request = {
    intentKey: `acme#${made}`,
    key: `acme#${made}#001`,
    invoiceTotal: amount,
    ...{ amount, currency: 'EUR', offSession: true, startedAt: clock.toISOString() },
    method: method('m1', processorMethod),
    metadata: { seller: 'northwind-ie', account: 'acme', invoice: `2026-12-${made}`, number: 'N-1' },
  };
  const intentId = await payments.ensureIntent(request);
  await payments.charge({ ...request, intentId });
  return intentId;
}
async function all(from = START, until = at(24 * 60)): Promise<ProcessorTransaction[]> {
  const found: ProcessorTransaction[] = [];
  let cursor: string | undefined;
  do {
    const page = await payments.transactions(from, until, cursor);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found.reverse();
}

beforeEach(async () => {
  at(0);
  processor = await startProcessor({ now: () => clock });
  payments = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
  const { hostname: host, port } = new URL(processor.url);
  stripe = new Stripe('sk_test_local', { host, port, protocol: 'http', telemetry: false });
});
afterEach(() => processor.stop());

describe('the processor’s balance', () => {
  it('tells of a payment what came, what it cost, and of which invoice of ours it is', async () => {
    const intentId = await charged('pm_card_visa');
    const [transaction, ...others] = await all();
    expect(others).toEqual([]);
    expect(transaction).toEqual({
      transactionId: expect.stringMatching(/^txn_/),
      kind: 'charge',
      at: START,
      ...{ amount: 100_00, fee: 1_75, currency: 'EUR' },
      chargeId: processor.books().charges[0]?.id,
      intentId,
      invoice: { sellerId: 'northwind-ie', accountId: 'acme', invoiceId: `2026-12-${made}` },
    });
  });

  it('has a bank debit from the day it begins, and takes it off when it fails or comes back', async () => {
    await charged('pm_sample_sepaDebit_success');
    await charged('pm_usBankAccount_noAccount');
    await charged('pm_sample_sepaDebit_returned');
    expect((await all()).slice(0, 3)).toMatchObject([
      { kind: 'charge', amount: 100_00, fee: 35 },
      { kind: 'charge', amount: 100_00, fee: 35 },
      { kind: 'charge', amount: 100_00, fee: 35 },
    ]);
    const invoiceId = `2026-12-${made}`;
    expect((await all()).slice(3)).toMatchObject([
      { kind: 'charge-failure', at: '2026-12-05T06:00:00.000Z', amount: -100_00, fee: 0 },
      { kind: 'dispute', at: '2026-12-10T06:00:00.000Z', amount: -100_00, fee: 7_50, invoice: { invoiceId } },
    ]);
  });

  it('says of a debit that has not settled that it is pending', async () => {
    await charged('pm_sample_sepaDebit_success');
    expect((await payments.transactions(START, at(1))).items).toMatchObject([{ kind: 'charge', pending: true }]);
    expect((await all())[0]).not.toHaveProperty('pending');
  });

  it('does not have what was declined', async () => {
    await charged('pm_card_chargeDeclined');
    expect(await all()).toEqual([]);
  });

  it('tells what people did there by hand: a refund, a payout, and a payment that names no invoice', async () => {
    const intentId = await charged('pm_card_visa');
    await stripe.refunds.create({ payment_intent: intentId, amount: 30_00 });
    await stripe.payouts.create({ amount: 50_00, currency: 'eur' });
    const unknown = await stripe.paymentIntents.create({ amount: 7_00, currency: 'eur', customer: 'cus_1' });
    await stripe.paymentIntents.confirm(unknown.id, { payment_method: 'pm_card_visa' });
    const [, refund, payout, foreign] = await all();
    expect(refund).toMatchObject({ kind: 'refund', amount: -30_00, intentId, invoice: { accountId: 'acme' } });
    expect(payout).toMatchObject({ kind: 'payout', amount: -50_00, fee: 0 });
    expect(foreign).toMatchObject({ kind: 'charge', amount: 7_00, intentId: unknown.id });
    expect(foreign).not.toHaveProperty('invoice');
    expect(payout).not.toHaveProperty('chargeId');
  });

  it('is read page by page, from an instant on until before another', async () => {
    for (let hour = 0; hour < 3; hour++) {
      at(hour);
      for (let count = 0; count < 45; count++) await charged('pm_card_visa', 10_00 + count);
    }
    const day = await all();
    expect(day).toHaveLength(135);
    expect(new Set(day.map(({ transactionId }) => transactionId)).size).toBe(135);
    const second = await all('2026-12-01T07:00:00.000Z', '2026-12-01T08:00:00.000Z');
    expect(second.map(({ transactionId }) => transactionId)).toEqual(
      day.slice(45, 90).map(({ transactionId }) => transactionId),
    );
  });

  it('that converts what it gets tells both, and takes its fee in what it holds', async () => {
    await processor.stop();
    processor = await startProcessor({ now: () => clock, converts: { eur: { to: 'gbp', rate: 0.85 } } });
    payments = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
    await charged('pm_sample_sepaDebit_returned');
    const [charge, back] = await all();
    const held = { amount: 85_00, currency: 'GBP' };
    expect(charge).toMatchObject({ kind: 'charge', amount: 100_00, currency: 'EUR', held, fee: 30 });
    expect(back).toMatchObject({
      kind: 'dispute',
      amount: -100_00,
      currency: 'EUR',
      held: { amount: -85_00 },
      fee: 6_38,
    });
  });

  it('that gives no answer says so', async () => {
    processor.faults.add({ kind: '500-before', on: /balance_transactions/ });
    await expect(all()).rejects.toThrow('the payment processor did not answer');
  });
});
