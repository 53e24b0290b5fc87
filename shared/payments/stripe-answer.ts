import Stripe from 'stripe';
import { BillingError, ProcessorBusy } from '../domain/errors.ts';
import type { PaymentOutcome } from '../domain/receivable.ts';
import { declined } from './decline-codes.ts';

/**
 * What one request to charge told us. `look`: the intent was not open to it, so the intent's state is the answer.
 * `over`: the request under this key has been carried out before and its answer is lost; the intent's state is the answer.
 */
export type Answer =
  | { readonly kind: 'outcome'; readonly outcome: PaymentOutcome }
  | { readonly kind: 'look' }
  | { readonly kind: 'over' };

/** Reads an intent as the outcome of the last confirmation made of it. */
export function outcomeOf(intent: Stripe.PaymentIntent): PaymentOutcome {
  switch (intent.status) {
    case 'succeeded':
      return { kind: 'succeeded', chargeId: idOf(intent.latest_charge) ?? intent.id, amount: intent.amount_received };
    case 'processing':
      return { kind: 'processing' };
    case 'requires_action':
      return { kind: 'needs-authentication' };
    case 'canceled':
      return { kind: 'declined', hard: true, code: 'intent_canceled' };
    case 'requires_payment_method':
      if (intent.last_payment_error) return declined(intent.last_payment_error);
      break;
  }
  return { kind: 'unknown', reason: `the intent is in state ${intent.status}` };
}

/**
 * Sorts what a request to charge has thrown. Throws a `BillingError` where it is certain that nothing was charged and
 * that repeating cannot help, and `ProcessorBusy` where it is certain and repeating helps; whatever may have been carried out
 * is `unknown`.
 */
export function answerTo(error: unknown): Answer {
  if (error instanceof Stripe.errors.StripeCardError) return { kind: 'outcome', outcome: declined(error) };
  if (error instanceof Stripe.errors.StripeIdempotencyError) return { kind: 'over' };
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    if (error.code === 'payment_intent_unexpected_state') return { kind: 'look' };
    if (error.code === 'resource_missing' && error.param === 'payment_method') {
      return { kind: 'outcome', outcome: { kind: 'declined', hard: true, code: 'payment_method_missing' } };
    }
  }
  const certain = busy(error) ?? rejected(error);
  if (certain) throw certain;
  if (error instanceof Stripe.errors.StripeError && error.statusCode !== undefined && error.statusCode >= 500) {
    if (error.headers?.['idempotent-replayed'] === 'true') return { kind: 'over' };
  }
  return { kind: 'outcome', outcome: { kind: 'unknown', reason: describe(error) } };
}

/**
 * The error to throw when Stripe had no time for a request (429): it counts requests before it looks at their idempotency
 * keys, so that the same key may be used again (docs.stripe.com/error-low-level, "Idempotency and retries").
 */
export const busy = (error: unknown): ProcessorBusy | undefined =>
  error instanceof Stripe.errors.StripeRateLimitError
    ? new ProcessorBusy(`the payment processor is too busy: ${describe(error)}`)
    : undefined;

/** The error to throw when the request itself was refused before anything was done: bad parameters or a bad key. */
export function rejected(error: unknown): BillingError | undefined {
  const refused =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError;
  if (refused) return new BillingError('processor_rejected', describe(error));
  if (error instanceof Stripe.errors.StripeIdempotencyError) {
    return new BillingError('idempotency_conflict', describe(error));
  }
  return undefined;
}

/** An error in words that may be logged: Stripe's own messages quote keys, cards and what customers typed. */
export function describe(error: unknown): string {
  if (!(error instanceof Stripe.errors.StripeError)) return error instanceof Error ? error.name : 'not an error';
  const { type, statusCode, code, param, requestId } = error;
  const cause = error.detail instanceof Error && 'code' in error.detail ? error.detail.code : undefined;
  const facts = { status: statusCode, code, param, cause, request: requestId };
  const told = Object.entries(facts).filter(([, value]) => value !== undefined);
  return [type, ...told.map(([name, value]) => `${name}=${value}`)].join(' ');
}

export const idOf = (reference: string | { readonly id: string } | null): string | undefined =>
  typeof reference === 'string' ? reference : reference?.id;
