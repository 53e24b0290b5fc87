import Stripe from 'stripe';
import type { Instant } from '../domain/calendar.ts';
import type { PaymentOutcome } from '../domain/receivable.ts';
import type {
  ChargeRequest,
  PaymentProcessor,
  ProcessorBalance,
  ProcessorCustomers,
  ProcessorLookups,
  ProcessorMethods,
} from '../ports.ts';
import { declined } from './decline-codes.ts';
import { type Answer, answerTo, busy, describe, idOf, outcomeOf, rejected } from './stripe-answer.ts';
import { transactions } from './stripe-balance.ts';
import { stripeCustomers } from './stripe-customers.ts';
import { confirmationOf, lookAt, told } from './stripe-look.ts';
import { stripeMethods } from './stripe-methods.ts';

export interface StripeOptions {
  /** Asked before every call, so that a rotated key is taken up: keep it for a while. */
  readonly apiKey: () => Promise<string>;
  /** Where the API is, e.g. `http://127.0.0.1:12111`; absent: Stripe. */
  readonly apiBase?: string;
  /** After how many milliseconds an unanswered request counts as unknown. */
  readonly timeoutMs?: number;
  /** What carries the requests; absent: the network. */
  readonly httpClient?: Stripe.HttpClient;
}

/** Stripe keeps the answer to an idempotency key for at least 24 hours; an hour is left for clocks that differ. */
const KEY_HOLDS_HOURS = 23;
/** How long after its answer was lost a request is given to show on the intent. */
const SETTLES_WITHIN_MINUTES = 15;
const CLOCK_TOLERANCE_MS = 60_000;
/** In these states an intent can be changed and confirmed. */
const CHARGEABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

type Charge = ChargeRequest & { readonly intentId: string };

/**
 * Payments through Stripe. What makes a double charge impossible: an invoice has one payment intent, an intent succeeds at
 * most once, and every confirmation carries the attempt's own key. Errors and reasons hold codes and ids only.
 */
export function stripeProcessor(
  options: StripeOptions,
): PaymentProcessor & ProcessorLookups & ProcessorMethods & ProcessorCustomers & ProcessorBalance {
  let connection: { readonly key: string; readonly stripe: Stripe } | undefined;
  const connected = async () => {
    const key = await options.apiKey();
    if (connection?.key !== key) connection = { key, stripe: client(key, options) };
    return connection.stripe;
  };
  return {
    ensureIntent: async (request) => ensureIntent(await connected(), request),
    charge: async (request) => charge(await connected(), request),
    inquire: async (request, now) => inquire(await connected(), request, now),
    lookAt: async (intentId) => lookAt(await connected(), intentId),
    confirmationOf: async (intentId) => confirmationOf(await connected(), intentId),
    ...stripeMethods(connected),
    ...stripeCustomers(connected),
    told: async (intentId) => told(await connected(), intentId),
    transactions: async (from, until, cursor) => transactions(await connected(), from, until, cursor),
  };
}

function client(apiKey: string, { apiBase, timeoutMs = 15_000, httpClient }: StripeOptions): Stripe {
  const base = apiBase ? new URL(apiBase) : undefined;
  return new Stripe(apiKey, {
    // Retrying is the queue's and `inquire`'s. (The SDK still repeats once, under the same key, when a connection closes.)
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    ...(httpClient && { httpClient }),
    ...(base && { host: base.hostname, port: base.port, protocol: base.protocol === 'https:' ? 'https' : 'http' }),
  });
}

/** Creates the intent, or finds it, and gives it the attempt's amount and customer. Throws; nothing is charged here. */
async function ensureIntent(stripe: Stripe, request: ChargeRequest): Promise<string> {
  try {
    const intent = request.intentId ? await retrieve(stripe, request.intentId) : await create(stripe, request);
    await prepare(stripe, intent, request);
    return intent.id;
  } catch (error) {
    throw busy(error) ?? rejected(error) ?? new Error(`the payment processor did not answer: ${describe(error)}`);
  }
}

/**
 * The key names everything that its parameters depend on. Where Stripe keeps answering a key with an old 500, another key
 * is safe here: only the intent that is remembered is ever confirmed, a second one stays an empty shell.
 */
async function create(stripe: Stripe, request: ChargeRequest, spare = 0): Promise<Stripe.PaymentIntent> {
  const customer = request.method.processorCustomer;
  try {
    return await stripe.paymentIntents.create(
      {
        amount: request.invoiceTotal,
        currency: request.currency.toLowerCase(),
        customer,
        metadata: { ...request.metadata },
        // Whatever the telecom enabled, as long as it needs no redirect: the customer is not there.
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      },
      { idempotencyKey: [request.intentKey, customer, ...(spare ? [spare] : [])].join('#') },
    );
  } catch (error) {
    const lost = error instanceof Stripe.errors.StripeAPIError && error.headers?.['idempotent-replayed'] === 'true';
    if (!lost || spare === 2) throw error;
    return await create(stripe, request, spare + 1);
  }
}

/** Repeatable by nature, so it needs no key of its own. */
async function prepare(stripe: Stripe, intent: Stripe.PaymentIntent, request: ChargeRequest): Promise<void> {
  const { amount, method } = request;
  const right = intent.amount === amount && idOf(intent.customer) === method.processorCustomer;
  if (right || !CHARGEABLE.includes(intent.status)) return;
  try {
    await stripe.paymentIntents.update(intent.id, { amount, customer: method.processorCustomer });
  } catch (error) {
    // It has been paid or taken up meanwhile: whoever confirms next will find that out.
    if (error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state') return;
    throw error;
  }
}

async function confirm(stripe: Stripe, request: Charge): Promise<Answer> {
  try {
    const intent = await stripe.paymentIntents.confirm(
      request.intentId,
      {
        payment_method: request.method.processorMethod,
        ...(request.method.mandate && { mandate: request.method.mandate }),
        // Merchant-initiated: under the mandate that the customer authenticated when it was stored (EBA Q&A 2018_4031).
        ...(request.offSession && { off_session: true }),
        // The customer is there: the portal shows the issuer's own page.
        ...(!request.offSession && request.method.kind === 'card' && { use_stripe_sdk: true }),
      },
      { idempotencyKey: request.key },
    );
    return { kind: 'outcome', outcome: outcomeOf(intent) };
  } catch (error) {
    return answerTo(error);
  }
}

async function charge(stripe: Stripe, request: Charge): Promise<PaymentOutcome> {
  const answer = await confirm(stripe, request);
  if (answer.kind === 'outcome') return answer.outcome;
  return await asking(async () => {
    const intent = await retrieve(stripe, request.intentId);
    return CHARGEABLE.includes(intent.status)
      ? { kind: 'unknown', reason: 'the answer is lost; the intent does not show it yet' }
      : outcomeOf(intent);
  });
}

/**
 * What became of an attempt. An intent that is paid, under way or cancelled answers by itself. Otherwise the attempt's own
 * key is replayed while Stripe is bound to it: that returns the first answer, or carries out, once, a request that
 * never arrived. A saved answer says what was true then (`processing`, `requires_action`), so the intent is read again.
 *
 * When the key is too old, a request can no longer be on its way: an intent without a charge of this attempt proves that
 * it was never carried out, which is a soft decline (`not_attempted`), for the next attempt confirms the same intent.
 */
async function inquire(stripe: Stripe, request: Charge, now: Instant): Promise<PaymentOutcome> {
  return await asking(async () => {
    const intent = await retrieve(stripe, request.intentId);
    if (!CHARGEABLE.includes(intent.status)) return outcomeOf(intent);
    if (request.observed) return outcomeOf(intent);
    const minutes = (Date.parse(now) - Date.parse(request.startedAt)) / 60_000;
    if (minutes >= KEY_HOLDS_HOURS * 60) return withoutAnswer(intent, request, 'not_attempted');
    await prepare(stripe, intent, request);
    const answer = await confirm(stripe, request);
    if (
      answer.kind === 'outcome' &&
      answer.outcome.kind !== 'processing' &&
      answer.outcome.kind !== 'needs-authentication'
    ) {
      return answer.outcome;
    }
    const after = await retrieve(stripe, request.intentId);
    if (answer.kind === 'outcome' || !CHARGEABLE.includes(after.status)) return outcomeOf(after);
    if (minutes >= SETTLES_WITHIN_MINUTES) return withoutAnswer(after, request, 'processor_error');
    return { kind: 'unknown', reason: 'the answer is lost; the intent does not show it yet' };
  });
}

/** Reads a chargeable intent whose last word on this attempt is lost: what it shows of it, or that it shows nothing. */
function withoutAnswer(intent: Stripe.PaymentIntent, request: Charge, code: string): PaymentOutcome {
  if (intent.status === 'requires_action') return { kind: 'needs-authentication' };
  const last = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
  const ofThisAttempt =
    last?.payment_method === request.method.processorMethod &&
    last.created * 1000 >= Date.parse(request.startedAt) - CLOCK_TOLERANCE_MS;
  if (ofThisAttempt && intent.last_payment_error) return declined(intent.last_payment_error);
  return { kind: 'declined', hard: false, code };
}

/** Asking changes nothing: when it fails, all that is known is that nothing is known. Throws as `answerTo` does. */
async function asking(ask: () => Promise<PaymentOutcome>): Promise<PaymentOutcome> {
  try {
    return await ask();
  } catch (error) {
    const answer = error instanceof Stripe.errors.StripeError ? answerTo(error) : undefined;
    if (!answer) throw error;
    return answer.kind === 'outcome' ? answer.outcome : { kind: 'unknown', reason: describe(error) };
  }
}

const retrieve = (stripe: Stripe, intentId: string): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] });
