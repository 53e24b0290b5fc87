import { invalid, missing } from './api-error.ts';
import { balancePage, paidOut, refunded } from './balance.ts';
import type { Books, Customer, Intent, Method } from './books.ts';
import { amountOf, currencyOf, expands, metadataOf, only, type Parameters, required } from './parameters.ts';
import type { Payments } from './payments.ts';
import type { Handler, Routes } from './route.ts';
import type { Setups } from './setups.ts';

/** The part of Stripe's v1 API that the product and its tests use. Any other path is Stripe's 404. */
export const routes = (books: Books, payments: Payments, setups: Setups, seconds: () => number): Routes => [
  ...customerRoutes(books, payments, seconds),
  ...intentRoutes(books, payments, seconds),
  ...chargeRoutes(books, payments),
  ...setups.routes(),
  ...balanceRoutes(books, payments, seconds),
];

/** Customers need not be created here first, so that any accounts can be loaded; only `cus_missing…` and deleted ones are unknown. */
function existing(books: Books, id: string, param?: string): string {
  if (!/^cus_(?!missing)/.test(id) || books.customers.get(id)?.deleted) throw missing('customer', id, param);
  return id;
}

function customerRoutes(books: Books, payments: Payments, seconds: () => number): Routes {
  const create: Handler = (parameters) => {
    only(parameters, 'metadata', 'name', 'email');
    const id = books.nextId('cus', 'customers');
    const value: Customer = { id, object: 'customer', created: seconds(), metadata: metadataOf(parameters) };
    books.put({ table: 'customers', value });
    return value;
  };
  const attachMethod: Handler = (parameters, id) => {
    only(parameters, 'customer', 'expand');
    const owner = existing(books, required(parameters, 'customer'), 'customer');
    const method = payments.method(id);
    if (method.customer && method.customer !== owner) throw invalid('The payment method belongs to another customer.');
    // A test token is a pattern: attaching it makes a method of its own.
    const own = method.customer ? method.id : books.nextId('pm', 'methods');
    const value: Method = { ...method, id: own, customer: owner, created: seconds() };
    books.put({ table: 'methods', value });
    return value;
  };
  const owned = (id: string) => [...books.methods.values()].filter(({ customer }) => customer === id);
  const remove: Handler = (_, id) => {
    const value: Customer = {
      id: existing(books, id),
      object: 'customer',
      created: seconds(),
      metadata: {},
      deleted: true,
    };
    const methods = owned(id).map((method) => ({ table: 'methods', value: { ...method, customer: null } }) as const);
    books.put({ table: 'customers', value }, ...methods);
    return { id, object: 'customer', deleted: true };
  };
  const methodsOf: Handler = (parameters, id) => {
    only(parameters, 'limit', 'starting_after');
    const data = owned(existing(books, id));
    return { object: 'list', url: `/v1/customers/${id}/payment_methods`, has_more: false, data };
  };
  return [
    ['POST', /^\/v1\/customers$/, create],
    ['GET', /^\/v1\/customers\/([\w-]+)$/, (_, id) => ({ id: existing(books, id), object: 'customer' })],
    ['DELETE', /^\/v1\/customers\/([\w-]+)$/, remove],
    ['GET', /^\/v1\/customers\/([\w-]+)\/payment_methods$/, methodsOf],
    ['POST', /^\/v1\/payment_methods\/([\w-]+)\/attach$/, attachMethod],
  ];
}

function intentRoutes(books: Books, payments: Payments, seconds: () => number): Routes {
  const shown = (intent: Intent, parameters: Parameters) =>
    expands(parameters, 'latest_charge')
      ? { ...intent, latest_charge: books.charges.get(intent.latest_charge ?? '') ?? null }
      : intent;

  const update: Handler = (parameters, id) => {
    only(parameters, 'amount', 'customer', 'metadata', 'expand');
    const record = payments.openIntent(id);
    const intent: Intent = {
      ...record.intent,
      ...(parameters.amount && { amount: amountOf(parameters, record.intent.currency) }),
      ...(parameters.customer && { customer: existing(books, parameters.customer, 'customer') }),
      metadata: { ...record.intent.metadata, ...metadataOf(parameters) },
    };
    books.put({ table: 'intents', value: { ...record, intent } });
    return intent;
  };
  const confirm: Handler = (parameters, id) => {
    only(parameters, 'payment_method', 'off_session', 'mandate', 'use_stripe_sdk', 'expand');
    return shown(payments.confirm(id, parameters.payment_method, parameters.off_session === 'true'), parameters);
  };
  const cancel: Handler = (_, id) => {
    const record = payments.openIntent(id);
    const intent: Intent = { ...record.intent, status: 'canceled', next_action: null };
    books.put({ table: 'intents', value: { ...record, intent } });
    return intent;
  };
  const retrieve: Handler = (parameters, id) => shown(payments.intent(id).intent, parameters);
  return [
    ['POST', /^\/v1\/payment_intents$/, (parameters) => createIntent(books, parameters, seconds())],
    ['GET', /^\/v1\/payment_intents\/([\w-]+)$/, retrieve],
    ['POST', /^\/v1\/payment_intents\/([\w-]+)$/, update],
    ['POST', /^\/v1\/payment_intents\/([\w-]+)\/confirm$/, confirm],
    ['POST', /^\/v1\/payment_intents\/([\w-]+)\/cancel$/, cancel],
  ];
}

function createIntent(books: Books, parameters: Parameters, created: number): Intent {
  only(parameters, 'amount', 'currency', 'customer', 'metadata', 'automatic_payment_methods', 'expand');
  const currency = currencyOf(parameters);
  const id = books.nextId('pi', 'intents');
  const intent: Intent = {
    id,
    client_secret: `${id}_secret_local`,
    object: 'payment_intent',
    amount: amountOf(parameters, currency),
    amount_received: 0,
    currency,
    created,
    customer: parameters.customer ? existing(books, parameters.customer, 'customer') : null,
    metadata: metadataOf(parameters),
    payment_method: null,
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    status: 'requires_payment_method',
  };
  books.put({ table: 'intents', value: { intent, confirmations: 0 } });
  return intent;
}

function chargeRoutes(books: Books, payments: Payments): Routes {
  const retrieve: Handler = (_, id) => {
    const charge = books.charges.get(id);
    if (!charge) throw missing('charge', id);
    return charge;
  };
  const list: Handler = (parameters) => {
    only(parameters, 'payment_intent', 'limit', 'expand');
    const of = payments.intent(required(parameters, 'payment_intent')).intent.id;
    const data = [...books.charges.values()].filter((charge) => charge.payment_intent === of).reverse();
    return { object: 'list', url: '/v1/charges', has_more: false, data };
  };
  const disputes: Handler = (parameters) => {
    only(parameters, 'payment_intent', 'limit');
    const of = payments.intent(required(parameters, 'payment_intent')).intent.id;
    const data = [...books.disputes.values()].filter((dispute) => dispute.payment_intent === of);
    return { object: 'list', url: '/v1/disputes', has_more: false, data };
  };
  return [
    ['GET', /^\/v1\/disputes$/, disputes],
    ['GET', /^\/v1\/charges$/, list],
    ['GET', /^\/v1\/charges\/([\w-]+)$/, retrieve],
  ];
}

function balanceRoutes(books: Books, payments: Payments, seconds: () => number): Routes {
  const list: Handler = (parameters) => {
    only(parameters, 'created', 'limit', 'starting_after', 'expand');
    payments.all();
    return balancePage(books, parameters, expands(parameters, 'data.source'));
  };
  const refund: Handler = (parameters) => {
    only(parameters, 'payment_intent', 'amount', 'metadata');
    const { latest_charge } = payments.intent(required(parameters, 'payment_intent')).intent;
    const charge = books.charges.get(latest_charge ?? '');
    if (charge?.status !== 'succeeded')
      throw invalid('This PaymentIntent does not have a successful charge to refund.');
    const amount = parameters.amount ? Number(parameters.amount) : charge.amount;
    const [value, changes] = refunded(books, charge, amount, seconds());
    books.put(...changes);
    return value;
  };
  const payout: Handler = (parameters) => {
    only(parameters, 'amount', 'currency');
    const currency = currencyOf(parameters);
    const [value, changes] = paidOut(books, amountOf(parameters, currency), currency, seconds());
    books.put(...changes);
    return value;
  };
  return [
    ['GET', /^\/v1\/balance_transactions$/, list],
    ['POST', /^\/v1\/refunds$/, refund],
    ['POST', /^\/v1\/payouts$/, payout],
  ];
}
