/** What a payment method does when it is charged. */
export type Behaviour =
  | { readonly does: 'pay' }
  | { readonly does: 'decline'; readonly failure: Failure }
  | { readonly does: 'authenticate' }
  /** A bank debit: pending for `days`, then paid or failed; paid, it may come back. Without `days` it never settles. */
  | { readonly does: 'debit'; readonly days?: number; readonly failure?: Failure; readonly comesBack?: ComesBack };

/** A settled debit that the customer's bank takes back. */
export interface ComesBack {
  /** After it settled. */
  readonly days: number;
  readonly reason: string;
}

export interface Failure {
  readonly code: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly network_advice_code?: string;
  readonly message: string;
}

interface TestMethod {
  readonly type: 'card' | 'us_bank_account' | 'sepa_debit' | 'paypal';
  /** One per confirmation of an intent; the last one holds for all that follow. */
  readonly behaves: readonly [Behaviour, ...Behaviour[]];
}

const pay: Behaviour = { does: 'pay' };
const authenticate: Behaviour = { does: 'authenticate' };
const SETTLEMENT_DAYS = 4;

const declineWith = (decline_code: string, message = 'Your card was declined.', advice_code?: string): Behaviour => ({
  does: 'decline',
  failure: { code: 'card_declined', decline_code, message, ...(advice_code && { advice_code }) },
});
/** Codes that Stripe gives as the error's code itself, without repeating them as decline code. */
const failWith = (code: string, message: string): Behaviour => ({ does: 'decline', failure: { code, message } });
const insufficient = declineWith('insufficient_funds', 'Your card has insufficient funds.', 'try_again_later');

const card = (...behaves: [Behaviour, ...Behaviour[]]): TestMethod => ({ type: 'card', behaves });
const debit = (type: TestMethod['type'], failure?: { code: string; message: string }): TestMethod => ({
  type,
  behaves: [{ does: 'debit', days: SETTLEMENT_DAYS, ...(failure && { failure }) }],
});

/** Five days after it settled. */
const returning = (type: TestMethod['type'], reason: string): TestMethod => ({
  type,
  behaves: [{ does: 'debit', days: SETTLEMENT_DAYS, comesBack: { days: 5, reason } }],
});

const NO_FUNDS = { code: 'insufficient_funds', message: 'The account has insufficient funds to cover this payment.' };
const CLOSED = { code: 'account_closed', message: "The customer's bank account has been closed." };
const NO_ACCOUNT = { code: 'no_account', message: "The customer's bank account could not be located." };
const UNAUTHORIZED = { code: 'debit_not_authorized', message: 'The customer says this debit was not authorized.' };

/** Stripe's test payment methods (docs.stripe.com/testing), and some of our own whose names begin with `pm_sample_`. */
const TEST_METHODS: Readonly<Record<string, TestMethod>> = {
  pm_card_visa: card(pay),
  pm_card_mastercard: card(pay),
  pm_card_amex: card(pay),
  pm_card_discover: card(pay),
  pm_card_chargeDeclined: card(declineWith('generic_decline')),
  pm_card_chargeDeclinedInsufficientFunds: card(insufficient),
  pm_card_chargeDeclinedLostCard: card(declineWith('lost_card', undefined, 'do_not_try_again')),
  pm_card_chargeDeclinedStolenCard: card(declineWith('stolen_card', undefined, 'do_not_try_again')),
  pm_card_chargeDeclinedExpiredCard: card(failWith('expired_card', 'Your card has expired.')),
  pm_card_chargeDeclinedIncorrectCvc: card(failWith('incorrect_cvc', "Your card's security code is incorrect.")),
  pm_card_chargeDeclinedProcessingError: card(failWith('processing_error', 'An error occurred. Try again shortly.')),
  pm_card_radarBlock: card(declineWith('fraudulent')),
  pm_card_authenticationRequired: card(authenticate),
  pm_card_threeDSecure2Required: card(authenticate),
  pm_usBankAccount_success: debit('us_bank_account'),
  pm_usBankAccount_accountClosed: debit('us_bank_account', CLOSED),
  pm_usBankAccount_noAccount: debit('us_bank_account', NO_ACCOUNT),
  pm_usBankAccount_insufficientFunds: debit('us_bank_account', NO_FUNDS),
  pm_usBankAccount_debitNotAuthorized: debit('us_bank_account', UNAUTHORIZED),
  pm_usBankAccount_processing: { type: 'us_bank_account', behaves: [{ does: 'debit' }] },
  pm_sample_sepaDebit_success: debit('sepa_debit'),
  pm_sample_sepaDebit_insufficientFunds: debit('sepa_debit', NO_FUNDS),
  pm_sample_sepaDebit_returned: returning('sepa_debit', 'insufficient_funds'),
  pm_sample_sepaDebit_unauthorized: returning('sepa_debit', 'debit_not_authorized'),
  pm_sample_usBankAccount_returned: returning('us_bank_account', 'insufficient_funds'),
  pm_sample_paypal: { type: 'paypal', behaves: [pay] },
  pm_sample_declines_then_pays: card(insufficient, pay),
  pm_sample_declines_twice_then_pays: card(insufficient, insufficient, pay),
  pm_sample_doNotTryAgain: card(declineWith('do_not_honor', undefined, 'do_not_try_again')),
};

/** Of Mastercard: the issuer's advice beside a decline that says nothing. */
const adviseWith = (network_advice_code: string): Behaviour => ({
  does: 'decline',
  failure: {
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
    network_advice_code,
  },
});

/**
 * The test method behind an id: `pm_card_visa` itself, or `pm_card_visa__anything`, so that many customers can have one
 * each without first creating it here; `pm_sample_decline_<code>` is declined with any code, `pm_sample_advice_<code>` with any advice. Undefined for ids that name none.
 */
export function testMethod(id: string): TestMethod | undefined {
  const token = id.split('__')[0] ?? id;
  const code = /^pm_sample_decline_(.+)$/.exec(token)?.[1];
  if (code) return card(declineWith(code));
  const advice = /^pm_sample_advice_(\w+)$/.exec(token)?.[1];
  if (advice) return card(adviseWith(advice));
  return Object.hasOwn(TEST_METHODS, token) ? TEST_METHODS[token] : undefined;
}

/** What a method does at the n-th confirmation of an intent, from 1. */
export const behaviourAt = ({ behaves }: TestMethod, confirmation: number): Behaviour =>
  behaves[Math.min(confirmation, behaves.length) - 1] ?? behaves[0];
