import type Stripe from 'stripe';
import type { MethodAtProcessor } from '../domain/method-changes.ts';
import type { MethodKind } from '../domain/retry-policy.ts';
import type { Address } from '../domain/seller.ts';
import type { MethodSetup, ProcessorMethods } from '../ports.ts';
import { idOf } from './stripe-answer.ts';
import { asked, found, kindOf } from './stripe-look.ts';

/** Brands as this product writes them; a debit is named after its scheme. */
const DEBITS: Readonly<Record<string, string>> = { sepa_debit: 'SEPA debit', us_bank_account: 'ACH debit' };
const DEBIT_OF: Readonly<Record<string, string>> = { eur: 'sepa_debit', usd: 'us_bank_account' };

/** See `ProcessorMethods`. */
export const stripeMethods = (connected: () => Promise<Stripe>): ProcessorMethods => ({
  async createCustomer({ sellerId, accountId }) {
    const stripe = await connected();
    const metadata = { seller: sellerId, account: accountId };
    const { id } = await asked(() =>
      stripe.customers.create({ metadata }, { idempotencyKey: `customer/${sellerId}/${accountId}` }),
    );
    return id;
  },

  async beginSetup({ sellerId, accountId, currency, customer, kinds, returnTo }) {
    const stripe = await connected();
    const back = new URL(returnTo);
    const metadata = { seller: sellerId, account: accountId };
    const query = back.search ? `${back.search}&` : '?';
    const session = await asked(() =>
      stripe.checkout.sessions.create({
        mode: 'setup',
        customer,
        currency: currency.toLowerCase(),
        allowed_payment_method_types: typesOf(kinds, currency.toLowerCase()),
        metadata,
        setup_intent_data: { metadata },
        // The issuer authenticates now, so that later payments can be made without the customer (PSD2, R42).
        payment_method_options: { card: { request_three_d_secure: 'any' } },
        // Stripe fills the braces in, so they must not be encoded.
        success_url: `${back.origin}${back.pathname}${query}setup={CHECKOUT_SESSION_ID}`,
        cancel_url: returnTo,
      }),
    );
    return { setupId: session.id, url: session.url ?? '' };
  },

  async setup(setupId) {
    const stripe = await connected();
    if (setupId.startsWith('seti_')) {
      const expand = ['payment_method'];
      const intent = await found(() => stripe.setupIntents.retrieve(setupId, { expand }));
      return intent && setupOf(intent.metadata, intent, intent.status === 'canceled' ? 'expired' : 'open');
    }
    const expand = ['setup_intent.payment_method'];
    const session = await found(() => stripe.checkout.sessions.retrieve(setupId, { expand }));
    const intent = session?.setup_intent;
    const open = session?.status === 'expired' ? 'expired' : 'open';
    return session && setupOf(session.metadata, typeof intent === 'object' ? intent : null, open);
  },

  async method(processorMethod) {
    const stripe = await connected();
    const method = await found(() => stripe.paymentMethods.retrieve(processorMethod));
    if (method === undefined) return undefined;
    const customer = idOf(method.customer);
    return customer === undefined ? 'withdrawn' : described(method, customer);
  },

  async detach(processorMethod) {
    const stripe = await connected();
    await found(async () => {
      const method = await stripe.paymentMethods.retrieve(processorMethod);
      return method.customer === null ? method : await stripe.paymentMethods.detach(processorMethod);
    });
  },
});

function typesOf(kinds: readonly MethodKind[], currency: string) {
  const debit = DEBIT_OF[currency];
  return kinds.flatMap((kind) =>
    kind === 'card' ? ['card'] : kind === 'connected' ? ['paypal'] : (debit ?? []),
  ) as Stripe.Checkout.SessionCreateParams.AllowedPaymentMethodType[];
}

/** Completed is what the bank has agreed to: a bank account may be verified days after the page was closed. */
function setupOf(
  metadata: Stripe.Metadata | null,
  intent: Stripe.SetupIntent | null,
  unfinished: 'open' | 'expired',
): MethodSetup | undefined {
  const { seller: sellerId, account: accountId } = metadata ?? {};
  if (!sellerId || !accountId) return undefined;
  const method = intent?.payment_method ?? null;
  const customer = idOf(intent?.customer ?? null);
  if (intent?.status !== 'succeeded' || method === null || typeof method !== 'object' || customer === undefined)
    return { sellerId, accountId, status: unfinished };
  // It was given up again: for want of room, or by the customer's bank.
  if (method.customer === null) return { sellerId, accountId, status: 'expired' };
  const mandate = idOf(intent.mandate);
  return {
    sellerId,
    accountId,
    status: 'completed',
    method: { ...described(method, customer), ...(mandate && { mandate }) },
  };
}

function described(method: Stripe.PaymentMethod, processorCustomer: string): MethodAtProcessor {
  const { type, card, sepa_debit: sepa, us_bank_account: bank } = method;
  const address = addressOf(method.billing_details?.address);
  return {
    kind: kindOf(type),
    brand: card?.brand ?? DEBITS[type] ?? type,
    last4: card?.last4 ?? sepa?.last4 ?? bank?.last4 ?? '0000',
    ...(card && { expires: `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}` }),
    processorCustomer,
    processorMethod: method.id,
    ...(address && { billingAddress: address }),
  };
}

/** Undefined where the customer gave less than an invoice could be addressed with. */
function addressOf(address: Stripe.Address | null | undefined): Address | undefined {
  const { line1, line2, city, postal_code: postalCode, state, country } = address ?? {};
  if (!line1 || !city || !postalCode || !country) return undefined;
  return {
    line1,
    ...(line2 && { line2 }),
    city,
    ...(state && /^[A-Z0-9]{1,3}$/.test(state) && { region: state }),
    postalCode,
    country,
  };
}
