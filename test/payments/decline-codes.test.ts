import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import { DECLINE_CODES } from '../../shared/payments/decline-codes.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import type { PaymentProcessor } from '../../shared/ports.ts';
import { method } from '../support/collection.ts';

/** The page docs.stripe.com/declines/codes, word for word; which of them end all attempts until the method changes. */
const HARD =
  'card_not_supported currency_not_supported do_not_try_again expired_card fraudulent incorrect_address incorrect_cvc incorrect_number incorrect_zip invalid_account invalid_cvc invalid_expiry_month invalid_expiry_year invalid_number lost_card merchant_blacklist new_account_information_available not_permitted pickup_card restricted_card revocation_of_all_authorizations revocation_of_authorization security_violation service_not_allowed stolen_card stop_payment_order testmode_decline transaction_not_allowed';
const SOFT =
  'approve_with_id call_issuer card_velocity_exceeded do_not_honor duplicate_transaction generic_decline incorrect_pin insufficient_funds invalid_amount invalid_pin issuer_not_available no_action_taken pin_try_exceeded processing_error reenter_transaction try_again_later withdrawal_count_limit_exceeded';
const AUTHENTICATION =
  'authentication_required authentication_not_handled mobile_device_authentication_required offline_pin_required online_or_offline_pin_required';
const words = (text: string) => text.split(' ');

const START = '2026-12-01T06:00:00.000Z';
let processor: Processor;
let payments: PaymentProcessor;
let charges = 0;

beforeAll(async () => {
  processor = await startProcessor({ now: () => new Date(START) });
  payments = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
});
afterAll(() => processor?.stop());

async function chargeWith(token: string) {
  const intentKey = `acme#${++charges}`;
  const request = {
    ...{ intentKey, key: `${intentKey}#001`, invoiceTotal: 42_10, amount: 42_10, currency: 'USD', metadata: {} },
    ...{ method: method('card', token), offSession: true, startedAt: START },
  };
  return await payments.charge({ ...request, intentId: await payments.ensureIntent(request) });
}

describe('every decline code of the processor', () => {
  it.each(words(HARD))('%s ends the attempts until the method changes', async (code) => {
    expect(await chargeWith(`pm_sample_decline_${code}`)).toMatchObject({ kind: 'declined', hard: true, code });
  });
  it.each(words(SOFT))('%s may be tried again', async (code) => {
    expect(await chargeWith(`pm_sample_decline_${code}`)).toMatchObject({ kind: 'declined', hard: false, code });
  });
  it.each(words(AUTHENTICATION))('%s is the customer’s turn, and no decline', async (code) => {
    expect(await chargeWith(`pm_sample_decline_${code}`)).toEqual({ kind: 'needs-authentication' });
  });
  it('that is not known yet may be tried again', async () => {
    expect(await chargeWith('pm_sample_decline_brand_new')).toMatchObject({ hard: false, code: 'brand_new' });
  });
  it('never tells a customer that a card is lost, stolen or thought to be fraudulent', () => {
    for (const code of [
      'lost_card',
      'stolen_card',
      'pickup_card',
      'fraudulent',
      'merchant_blacklist',
      'highest_risk_level',
    ])
      expect(DECLINE_CODES[code]?.tell).toBe('declined');
  });
});

describe('the issuer’s advice outweighs the code', () => {
  it.each(['01', '03', '21', '40', '43'])('%s: stop', async (advice) => {
    expect(await chargeWith(`pm_sample_advice_${advice}`)).toMatchObject({ kind: 'declined', hard: true });
  });
  it.each([
    ['24', 1],
    ['25', 24],
    ['26', 48],
    ['27', 96],
    ['28', 144],
    ['29', 192],
    ['30', 240],
  ])('%s: not before %i hours', async (advice, restHours) => {
    expect(await chargeWith(`pm_sample_advice_${advice}`)).toMatchObject({ kind: 'declined', hard: false, restHours });
  });
  it('02: no more than the code says', async () => {
    expect(await chargeWith('pm_sample_advice_02')).toEqual({ kind: 'declined', hard: false, code: 'generic_decline' });
  });
});
