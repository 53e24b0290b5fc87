import Stripe from 'stripe';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { MethodKind } from '../domain/retry-policy.ts';
import { type Message, parseMessage } from '../messages.ts';
import type { IntentStanding } from '../ports.ts';
import { DECLINE_CODES } from './decline-codes.ts';
import { describe, idOf } from './stripe-answer.ts';

const NOTHING = { kind: 'nothing' } as const;

/** See `PaymentProcessor.lookAt`. */
export async function lookAt(stripe: Stripe, intentId: string): Promise<IntentStanding | undefined> {
  const intent = await retrieve(stripe, intentId);
  return intent && (await standingOf(stripe, intent));
}

const retrieve = (stripe: Stripe, intentId: string): Promise<Stripe.PaymentIntent | undefined> =>
  found(() => stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] }));

async function standingOf(stripe: Stripe, intent: Stripe.PaymentIntent): Promise<IntentStanding> {
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
  if (!charge || (intent.status !== 'succeeded' && intent.status !== 'processing')) return NOTHING;
  const back = charge.disputed ? await cameBack(stripe, intent.id) : undefined;
  if (back) return { kind: 'returned', chargeId: charge.id, ...back };
  const [kind, amount] =
    intent.status === 'succeeded'
      ? (['succeeded', intent.amount_received] as const)
      : (['processing', intent.amount] as const);
  return { kind, chargeId: charge.id, amount, method: methodIn(charge) };
}

/**
 * A debit that the bank took back after it had settled is a dispute that is lost as it comes
 * (docs.stripe.com/payments/ach-direct-debit, "Disputed payments"; SEPA alike). A dispute of a card that may still be won
 * has taken nothing yet.
 */
async function cameBack(stripe: Stripe, intentId: string) {
  const { data } = await asked(() => stripe.disputes.list({ payment_intent: intentId, limit: 10 }));
  const lost = data.find(({ status }) => status === 'lost');
  // Only a reason that is known to allow it lets the same account be debited again.
  return lost && { code: lost.reason, amount: lost.amount, hard: DECLINE_CODES[lost.reason]?.is !== 'soft' };
}

/** What a charge tells of the method it was made with. */
function methodIn(charge: Stripe.Charge): PaymentMethod {
  const details = charge.payment_method_details;
  const id = charge.payment_method ?? 'unknown';
  const bank = details?.us_bank_account ?? details?.sepa_debit;
  return {
    methodId: id,
    kind: kindOf(details?.type ?? 'card'),
    brand: details?.card?.brand ?? details?.type ?? 'card',
    last4: details?.card?.last4 ?? bank?.last4 ?? '0000',
    processorCustomer: idOf(charge.customer) ?? 'unknown',
    processorMethod: id,
  };
}

/** Stripe's type of a payment method as ours; whatever is neither a card nor a debit is another service's account. */
export function kindOf(type: string): MethodKind {
  if (type === 'card') return 'card';
  return type === 'us_bank_account' || type === 'sepa_debit' ? 'bank-debit' : 'connected';
}

/** See `ProcessorLookups.confirmationOf`. */
export async function confirmationOf(stripe: Stripe, intentId: string): Promise<string | undefined> {
  const intent = await found(() => stripe.paymentIntents.retrieve(intentId));
  return (intent?.status === 'requires_action' && intent.client_secret) || undefined;
}

/** See `ProcessorLookups.told`. Throws `invalid_message` when the ids are no ids of ours. */
export async function told(
  stripe: Stripe,
  intentId: string,
): Promise<{ invoice: Message<'collections'>; standing: IntentStanding } | undefined> {
  const intent = await retrieve(stripe, intentId);
  const { seller: sellerId, account: accountId, invoice: invoiceId } = intent?.metadata ?? {};
  if (!intent || !sellerId || !accountId || !invoiceId) return undefined;
  const invoice = parseMessage('collections', JSON.stringify({ sellerId, accountId, invoiceId, look: intentId }));
  return { invoice, standing: await standingOf(stripe, intent) };
}

/** Undefined for what the processor does not know. */
export async function found<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') return undefined;
    throw unanswered(error);
  }
}

/** Throws when nobody answers. */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw unanswered(error);
  }
}

const unanswered = (error: unknown): Error => new Error(`the payment processor did not answer: ${describe(error)}`);
