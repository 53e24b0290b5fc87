import type { PaymentOutcome } from '../domain/receivable.ts';

/** What Stripe says about a payment that failed, on an error or as an intent's `last_payment_error`. */
export interface StripeFailure {
  readonly code?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
}

/**
 * Codes after which the same method will not be approved, or must not be tried: no attempt until the method changes.
 * Every code not listed is soft: Stripe adds codes, and a wrong retry costs less than an invoice that is never collected.
 */
const HARD_CODES: ReadonlySet<string> = new Set([
  // Stripe itself does not retry these: docs.stripe.com/billing/revenue-recovery/smart-retries, "Non-retryable decline codes".
  'highest_risk_level',
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'stolen_card',
  'transaction_not_allowed',
  // The card, its data or the kind of payment is at fault, not the moment: docs.stripe.com/declines/codes.
  'card_not_supported',
  'currency_not_supported',
  'do_not_try_again',
  'expired_card',
  'fraudulent',
  'incorrect_cvc',
  'incorrect_zip',
  'invalid_account',
  'invalid_cvc',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'invalid_number',
  'live_mode_test_card',
  'merchant_blacklist',
  'new_account_information_available',
  'not_permitted',
  'restricted_card',
  'security_violation',
  'service_not_allowed',
  'stop_payment_order',
  // Bank debits: docs.stripe.com/error-codes. NACHA forbids repeating an entry the holder did not authorise.
  'account_closed',
  'account_number_invalid',
  'bank_account_restricted',
  'bank_account_unusable',
  'bank_ownership_changed',
  'debit_not_authorized',
  'mandate_invalid',
  'no_account',
]);

/** The issuer's own advice, where it gives one, outweighs the code: docs.stripe.com/declines/card, "Retrying issuer declines". */
const HARD_ADVICE: ReadonlySet<string> = new Set(['do_not_try_again', 'confirm_card_data']);

/** The customer must authenticate: neither a decline nor worth another attempt without the customer. */
const AUTHENTICATION: ReadonlySet<string> = new Set([
  'authentication_required',
  'payment_intent_authentication_failure',
]);

/** What a failure reported by the processor means for the attempt that met it. */
export function declined({ code, decline_code, advice_code }: StripeFailure): PaymentOutcome {
  const reason = decline_code || code || 'generic_decline';
  if (AUTHENTICATION.has(reason) || AUTHENTICATION.has(code ?? '')) return { kind: 'needs-authentication' };
  return { kind: 'declined', hard: HARD_CODES.has(reason) || HARD_ADVICE.has(advice_code ?? ''), code: reason };
}
