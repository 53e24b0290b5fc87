import type { DeclineReason, PaymentOutcome } from '../domain/receivable.ts';

/** What Stripe says about a payment that failed, on an error or as an intent's `last_payment_error`. */
export interface StripeFailure {
  readonly code?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly network_advice_code?: string;
}

/** `soft`: another moment may do · `hard`: no attempt until the method changes · `authentication`: the customer must act. */
interface Meaning {
  readonly is: 'soft' | 'hard' | 'authentication';
  /** What the customer is told. Stripe asks not to tell that a card is reported lost, stolen or fraudulent. */
  readonly tell: DeclineReason;
}
const soft = (tell: DeclineReason = 'declined'): Meaning => ({ is: 'soft', tell });
const hard = (tell: DeclineReason = 'declined'): Meaning => ({ is: 'hard', tell });
const authentication: Meaning = { is: 'authentication', tell: 'declined' };

/**
 * Every decline code of docs.stripe.com/declines/codes, and the failure codes of bank debits and of intents that an
 * attempt can end with (docs.stripe.com/error-codes). Hard are those that Stripe itself never retries
 * (docs.stripe.com/billing/revenue-recovery/smart-retries, "Non-retryable decline codes") and those where the card, its
 * data or the kind of payment is at fault and not the moment.
 */
export const DECLINE_CODES: Readonly<Record<string, Meaning>> = {
  authentication_required: authentication,
  authentication_not_handled: authentication,
  approve_with_id: soft(),
  call_issuer: soft(),
  card_not_supported: hard('not-supported'),
  card_velocity_exceeded: soft('limit'),
  currency_not_supported: hard('not-supported'),
  do_not_honor: soft(),
  do_not_try_again: hard(),
  duplicate_transaction: soft(),
  expired_card: hard('expired'),
  fraudulent: hard(),
  generic_decline: soft(),
  highest_risk_level: hard(),
  incorrect_address: hard('details'),
  incorrect_cvc: hard('details'),
  incorrect_number: hard('details'),
  incorrect_pin: soft('details'),
  incorrect_zip: hard('details'),
  insufficient_funds: soft('limit'),
  invalid_account: hard(),
  invalid_amount: soft('limit'),
  invalid_cvc: hard('details'),
  invalid_expiry_month: hard('details'),
  invalid_expiry_year: hard('details'),
  invalid_number: hard('details'),
  invalid_pin: soft('details'),
  issuer_not_available: soft('temporary'),
  live_mode_test_card: hard('not-supported'),
  lost_card: hard(),
  merchant_blacklist: hard(),
  mobile_device_authentication_required: authentication,
  new_account_information_available: hard('details'),
  no_action_taken: soft(),
  not_permitted: hard('not-supported'),
  offline_pin_required: authentication,
  online_or_offline_pin_required: authentication,
  pickup_card: hard(),
  pin_try_exceeded: soft('limit'),
  processing_error: soft('temporary'),
  reenter_transaction: soft('temporary'),
  restricted_card: hard(),
  revocation_of_all_authorizations: hard(),
  revocation_of_authorization: hard(),
  security_violation: hard(),
  service_not_allowed: hard('not-supported'),
  stolen_card: hard(),
  stop_payment_order: hard(),
  testmode_decline: hard('not-supported'),
  transaction_not_allowed: hard('not-supported'),
  try_again_later: soft('temporary'),
  withdrawal_count_limit_exceeded: soft('limit'),
  // Bank debits and returns of them: NACHA forbids repeating an entry that the holder did not authorise.
  account_closed: hard('details'),
  account_number_invalid: hard('details'),
  bank_account_restricted: hard('details'),
  bank_account_unusable: hard('details'),
  bank_ownership_changed: hard('details'),
  debit_not_authorized: hard(),
  incorrect_account_details: hard('details'),
  mandate_invalid: hard(),
  payment_intent_mandate_invalid: hard(),
  no_account: hard('details'),
  routing_number_invalid: hard('details'),
  sepa_unsupported_account: hard('not-supported'),
  refer_to_customer: soft(),
  // Connected accounts such as PayPal.
  payment_method_customer_decline: soft(),
  payment_method_provider_decline: soft(),
  payment_method_provider_timeout: soft('temporary'),
  payment_method_not_available: soft('temporary'),
  payment_method_currency_mismatch: hard('not-supported'),
  payment_method_unactivated: hard('not-supported'),
  // Strong customer authentication that was asked for and failed, or was abandoned.
  payment_intent_authentication_failure: authentication,
  payment_intent_action_required: authentication,
  payment_intent_payment_attempt_failed: soft(),
  payment_intent_payment_attempt_expired: authentication,
};

/** The issuer's own advice, where it gives one, outweighs the code: docs.stripe.com/declines/card, "Retrying issuer declines". */
const HARD_ADVICE: ReadonlySet<string> = new Set(['do_not_try_again', 'confirm_card_data']);

/**
 * Mastercard's merchant advice codes as Stripe hands them on (docs.stripe.com/declines/network-codes). 01: new account
 * information, 03: do not try again, 21: recurring payments cancelled, 40 to 43: cards made for one payment. From 24 on
 * the issuer says how long to wait.
 */
const STOPPING_ADVICE: ReadonlySet<string> = new Set(['01', '03', '21', '40', '41', '42', '43']);
const WAITING_ADVICE_HOURS: Readonly<Record<string, number>> = {
  24: 1,
  25: 24,
  26: 48,
  27: 96,
  28: 144,
  29: 192,
  30: 240,
};

/**
 * What a failure reported by the processor means for the attempt that met it. A code that is not in the table is soft:
 * Stripe adds codes, and a wrong retry costs less than an invoice that is never collected.
 */
export function declined(failure: StripeFailure): PaymentOutcome {
  const { code, decline_code, advice_code = '', network_advice_code = '' } = failure;
  const reason = decline_code || code || 'generic_decline';
  const meaning = DECLINE_CODES[reason] ?? DECLINE_CODES[code ?? ''] ?? soft();
  if (meaning.is === 'authentication') return { kind: 'needs-authentication' };
  const restHours = WAITING_ADVICE_HOURS[network_advice_code];
  return {
    kind: 'declined',
    hard: meaning.is === 'hard' || HARD_ADVICE.has(advice_code) || STOPPING_ADVICE.has(network_advice_code),
    code: reason,
    ...(meaning.tell !== 'declined' && { reason: meaning.tell }),
    ...(restHours !== undefined && { restHours }),
  };
}
