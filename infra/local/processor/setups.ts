import { invalid, missing } from './api-error.ts';
import { testMethod } from './behaviours.ts';
import type { Books, Method, Session, Setup } from './books.ts';
import { currencyOf, expands, metadataOf, only, type Parameters, required } from './parameters.ts';
import type { Payments } from './payments.ts';
import type { Routes } from './route.ts';

const DAY_SECONDS = 24 * 60 * 60;
const TYPES = ['card', 'sepa_debit', 'us_bank_account', 'paypal'];

/** Storing payment methods: the hosted page, what was entered on it, and what becomes of a card afterwards. */
export class Setups {
  readonly #books: Books;
  readonly #payments: Payments;
  readonly #seconds: () => number;
  readonly #tell: (type: string, object: object) => void;
  readonly #url: () => string;

  constructor(
    books: Books,
    payments: Payments,
    seconds: () => number,
    tell: (type: string, object: object) => void,
    url: () => string,
  ) {
    this.#books = books;
    this.#payments = payments;
    this.#seconds = seconds;
    this.#tell = tell;
    this.#url = url;
  }

  /** A session as it stands now: it is open for a day. */
  session(id: string): Session {
    const session = this.#books.sessions.get(id);
    if (!session) throw missing('checkout.session', id);
    const over = session.status === 'open' && session.created + DAY_SECONDS <= this.#seconds();
    return over ? { ...session, status: 'expired' } : session;
  }

  begin(parameters: Parameters): Session {
    only(
      parameters,
      ...['mode', 'currency', 'customer', 'metadata', 'setup_intent_data', 'success_url', 'cancel_url'],
      ...['allowed_payment_method_types', 'payment_method_options'],
    );
    if (parameters.mode !== 'setup') throw invalid('Only the mode setup is known here.', { param: 'mode' });
    const types = Object.entries(parameters)
      .filter(([name]) => name.startsWith('allowed_payment_method_types['))
      .map(([, value]) => value);
    const unknown = types.find((type) => !TYPES.includes(type));
    if (unknown) throw invalid(`Invalid payment method type: ${unknown}`, { param: 'allowed_payment_method_types' });
    const id = this.#books.nextId('cs', 'sessions');
    const value: Session = {
      id,
      ...{ object: 'checkout.session', mode: 'setup', status: 'open', setup_intent: null },
      url: `${this.#url()}/c/${id}`,
      created: this.#seconds(),
      currency: currencyOf(parameters),
      customer: required(parameters, 'customer'),
      metadata: metadataOf(parameters),
      allowed_payment_method_types: types,
      success_url: required(parameters, 'success_url'),
      cancel_url: required(parameters, 'cancel_url'),
    };
    this.#books.put({ table: 'sessions', value });
    return value;
  }

  /** The customer entered a test method and its bank agreed: where the browser goes next. */
  complete(id: string, token: string): string {
    const session = this.session(id);
    const back = session.success_url.replace('{CHECKOUT_SESSION_ID}', id);
    if (session.status === 'complete') return back;
    const test = testMethod(token);
    if (session.status === 'expired' || !test || !session.allowed_payment_method_types.includes(test.type))
      throw invalid('The page has expired, or the method is not accepted.', { param: 'payment_method' });
    const { customer, metadata } = session;
    const created = this.#seconds();
    const method: Method = {
      ...{ id: this.#books.nextId('pm', 'methods'), object: 'payment_method', type: test.type },
      ...{ created, customer, token },
    };
    const setup: Setup = {
      ...{ id: this.#books.nextId('seti', 'setups'), object: 'setup_intent', status: 'succeeded' },
      ...{ created, customer, metadata, payment_method: method.id },
      mandate: test.type === 'card' ? null : `mandate_${method.id}`,
    };
    const done: Session = { ...session, status: 'complete', setup_intent: setup.id };
    this.#books.put(
      { table: 'methods', value: method },
      { table: 'setups', value: setup },
      { table: 'sessions', value: done },
    );
    this.#tell('payment_method.attached', this.shown(method));
    this.#tell('setup_intent.succeeded', setup);
    this.#tell('checkout.session.completed', done);
    return back;
  }

  /** The issuer replaced a card: the same id charges the new one, which may behave as another test method does. */
  replaceCard(id: string, replaced: NonNullable<Method['replaced']>, token?: string): void {
    const value = { ...this.#payments.method(id), replaced, ...(token && { token }) };
    this.#books.put({ table: 'methods', value });
    this.#tell('payment_method.automatically_updated', this.shown(value));
  }

  detach(id: string): object {
    const value: Method = { ...this.#payments.method(id), customer: null };
    this.#books.put({ table: 'methods', value });
    this.#tell('payment_method.detached', this.shown(value));
    return this.shown(value);
  }

  /** A method with what may be known of it: the brand is its token's. */
  shown({ token, replaced, ...method }: Method): object {
    const brand = /^pm_card_(mastercard|amex|discover|diners)/.exec(token)?.[1] ?? 'visa';
    const card = { brand, last4: '4242', exp_month: 8, exp_year: 2030, ...replaced };
    const details = method.type === 'card' ? card : method.type === 'paypal' ? {} : { last4: '6789' };
    return { ...method, [method.type]: details, billing_details: { address: null } };
  }

  routes(): Routes {
    const session = (parameters: Parameters, id: string) => {
      const found = this.session(id);
      const wanted = expands(parameters, 'setup_intent.payment_method');
      return wanted && found.setup_intent ? { ...found, setup_intent: this.#setup(found.setup_intent, true) } : found;
    };
    return [
      ['POST', /^\/v1\/checkout\/sessions$/, (parameters) => this.begin(parameters)],
      ['GET', /^\/v1\/checkout\/sessions\/([\w-]+)$/, session],
      [
        'GET',
        /^\/v1\/setup_intents\/([\w-]+)$/,
        (parameters, id) => this.#setup(id, expands(parameters, 'payment_method')),
      ],
      ['GET', /^\/v1\/payment_methods\/([\w-]+)$/, (_, id) => this.shown(this.#payments.method(id))],
      ['POST', /^\/v1\/payment_methods\/([\w-]+)\/detach$/, (_, id) => this.detach(id)],
    ];
  }

  #setup(id: string, withMethod: boolean): object {
    const setup = this.#books.setups.get(id);
    if (!setup) throw missing('setup_intent', id);
    return withMethod ? { ...setup, payment_method: this.shown(this.#payments.method(setup.payment_method)) } : setup;
  }
}
