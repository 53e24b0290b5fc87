import { ApiError, cardError, invalid, missing, unexpectedState } from './api-error.ts';
import { chargeMoved, debitFailed, disputeMoved, isDebit } from './balance.ts';
import { type Behaviour, behaviourAt, type Failure, testMethod } from './behaviours.ts';
import type { Books, Charge, Dispute, Intent, IntentRecord, Method } from './books.ts';

const DAY_SECONDS = 24 * 60 * 60;
const OPEN_STATES = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Charging: the one place where money moves. `seconds` is the processor's clock. */
export class Payments {
  readonly #books: Books;
  readonly #seconds: () => number;
  readonly #tell: (type: string, object: object) => void;

  /** `tell` is told of what changed, as webhooks are. */
  constructor(books: Books, seconds: () => number, tell: (type: string, object: object) => void = () => undefined) {
    this.#books = books;
    this.#seconds = seconds;
    this.#tell = tell;
  }

  /** An intent as it stands now: a bank debit whose time has come settles when it is looked at. */
  intent(id: string): IntentRecord {
    const record = this.#books.intents.get(id);
    if (!record) throw missing('payment_intent', id);
    const { settlement, comeback } = record;
    const charge = this.#books.charges.get(record.intent.latest_charge ?? '');
    if (comeback && comeback.at <= this.#seconds() && charge) return this.#takeBack(record, charge, comeback);
    if (!settlement || settlement.at > this.#seconds()) return record;
    if (!charge) throw new Error(`${id} is under way without a charge`);
    const { failure, comesBack, at } = settlement;
    if (failure) return this.#fail(record, charge, failure, { at });
    const comebackAt = comesBack && { at: at + comesBack.days * DAY_SECONDS, reason: comesBack.reason };
    this.#succeed({ ...record, ...(comebackAt && { comeback: comebackAt }) }, charge);
    return this.intent(id);
  }

  /** The customer's bank takes a settled debit back: nobody is asked, and the dispute is lost as it comes. */
  #takeBack(record: IntentRecord, charge: Charge, { at, reason }: NonNullable<IntentRecord['comeback']>): IntentRecord {
    const { comeback: _done, ...next } = record;
    const dispute: Dispute = {
      id: this.#books.nextId('du', 'disputes'),
      object: 'dispute',
      amount: charge.amount,
      currency: charge.currency,
      created: at,
      charge: charge.id,
      payment_intent: record.intent.id,
      reason,
      status: 'lost',
    };
    this.#books.put(
      { table: 'disputes', value: dispute },
      { table: 'charges', value: { ...charge, disputed: true } },
      disputeMoved(this.#books, dispute),
      { table: 'intents', value: next },
    );
    this.#tell('charge.dispute.created', dispute);
    return next;
  }

  /** All intents, settled up to now. */
  all(): IntentRecord[] {
    return [...this.#books.intents.keys()].map((id) => this.intent(id));
  }

  openIntent(id: string): IntentRecord {
    const record = this.intent(id);
    if (!OPEN_STATES.includes(record.intent.status)) throw unexpectedState(record.intent);
    return record;
  }

  /** Charges an intent with a method. Throws the 402 of a decline after recording it. */
  confirm(id: string, methodId: string | undefined, offSession: boolean): Intent {
    const record = this.openIntent(id);
    const chosen = methodId ?? record.intent.payment_method;
    if (!chosen)
      throw invalid('A payment method is required to confirm this PaymentIntent.', { param: 'payment_method' });
    const method = this.method(chosen, 'payment_method');
    if (method.customer && method.customer !== record.intent.customer) {
      const message = `The customer does not have a payment method with the ID ${method.id}.`;
      throw invalid(message, { code: 'resource_missing', param: 'payment_method' });
    }
    const token = testMethod(method.token);
    if (!token) throw missing('PaymentMethod', chosen, 'payment_method');
    const confirmations = record.confirmations + 1;
    const tried: IntentRecord = {
      confirmations,
      intent: { ...record.intent, payment_method: method.id, next_action: null, last_payment_error: null },
    };
    return this.#carryOut(behaviourAt(token, confirmations), tried, method, offSession);
  }

  /** What the customer's bank reports after `requires_action`; here a test or the operator says it. */
  authenticate(id: string, passed: boolean): Intent {
    const record = this.openIntent(id);
    if (record.intent.status !== 'requires_action') throw unexpectedState(record.intent);
    if (passed) return this.#succeed(record, this.#charge(record.intent, 'pending')).intent;
    const failure = { code: 'payment_intent_authentication_failure', message: 'The authentication failed.' };
    return this.#refuse(record, failure, 'invalid_request_error').intent;
  }

  /** A method that was attached here, or one of the test methods by itself. */
  method(id: string, param?: string): Method {
    const attached = this.#books.methods.get(id);
    if (attached) return attached;
    const token = testMethod(id);
    if (!token) throw missing('PaymentMethod', id, param);
    return { id, object: 'payment_method', type: token.type, created: 0, customer: null, token: id };
  }

  #carryOut(behaviour: Behaviour, record: IntentRecord, method: Method, offSession: boolean): Intent {
    switch (behaviour.does) {
      case 'pay':
        return this.#succeed(record, this.#charge(record.intent, 'pending')).intent;
      case 'decline': {
        const { intent } = this.#fail(record, this.#charge(record.intent, 'failed'), behaviour.failure, { method });
        throw cardError(intent.last_payment_error!, intent);
      }
      case 'authenticate':
        return this.#requireAction(record, offSession);
      case 'debit': {
        const charge = this.#charge(record.intent, 'pending');
        const at =
          behaviour.days === undefined ? Number.POSITIVE_INFINITY : charge.created + behaviour.days * DAY_SECONDS;
        const intent: Intent = { ...record.intent, status: 'processing', latest_charge: charge.id };
        // JSON has no infinity: a debit that never settles has no settlement.
        const { failure, comesBack } = behaviour;
        const settlement = Number.isFinite(at) && {
          settlement: { at, ...(failure && { failure }), ...(comesBack && { comesBack }) },
        };
        this.#books.put(
          { table: 'charges', value: charge },
          { table: 'intents', value: { ...record, intent, ...settlement } },
          chargeMoved(this.#books, charge),
        );
        this.#tell('payment_intent.processing', intent);
        return intent;
      }
    }
  }

  /** Nobody is there to authenticate: the payment is refused. Somebody is: the intent waits for it. */
  #requireAction(record: IntentRecord, offSession: boolean): Intent {
    if (offSession) {
      const failure = {
        code: 'authentication_required',
        decline_code: 'authentication_required',
        message: 'Your card was declined. This transaction requires authentication.',
      };
      const { intent } = this.#refuse(record, failure, 'card_error');
      throw cardError(intent.last_payment_error!, intent);
    }
    const intent: Intent = { ...record.intent, status: 'requires_action', next_action: { type: 'use_stripe_sdk' } };
    this.#books.put({ table: 'intents', value: { ...record, intent } });
    this.#tell('payment_intent.requires_action', intent);
    return intent;
  }

  #succeed(record: IntentRecord, charge: Charge): IntentRecord {
    if (record.intent.status === 'succeeded') throw new ApiError(500, { type: 'api_error', message: 'charged twice' });
    const { settlement: _, ...rest } = record;
    const { amount } = charge;
    const intent: Intent = {
      ...record.intent,
      status: 'succeeded',
      latest_charge: charge.id,
      amount_received: amount,
      next_action: null,
    };
    const next = { ...rest, intent };
    this.#books.put(
      { table: 'charges', value: { ...charge, status: 'succeeded', paid: true } },
      { table: 'intents', value: next },
      ...(isDebit(charge) ? [] : [chargeMoved(this.#books, charge)]),
    );
    this.#tell('payment_intent.succeeded', intent);
    return next;
  }

  /** `at`: when a debit that was under way failed, in Unix seconds. */
  #fail(
    record: IntentRecord,
    charge: Charge,
    failure: Failure,
    { method, at }: { method?: Method; at?: number },
  ): IntentRecord {
    this.#books.put(
      { table: 'charges', value: { ...charge, status: 'failed', failure_code: failure.code } },
      ...(at === undefined ? [] : debitFailed(this.#books, charge, at)),
    );
    const { settlement: _, ...rest } = record;
    const failed = { ...rest, intent: { ...record.intent, latest_charge: charge.id } };
    const type = charge.status === 'pending' ? 'invalid_request_error' : 'card_error';
    return this.#refuse(failed, failure, type, { charge: charge.id, ...(method && { payment_method: method }) });
  }

  #refuse(
    record: IntentRecord,
    failure: Failure,
    type: string,
    details: { charge?: string; payment_method?: Method } = {},
  ): IntentRecord {
    const intent: Intent = {
      ...record.intent,
      status: 'requires_payment_method',
      payment_method: null,
      next_action: null,
      last_payment_error: { type, ...failure, ...details },
    };
    const next = { ...record, intent };
    this.#books.put({ table: 'intents', value: next });
    this.#tell('payment_intent.payment_failed', intent);
    return next;
  }

  #charge(intent: Intent, status: Charge['status']): Charge {
    return {
      id: this.#books.nextId('ch', 'charges'),
      object: 'charge',
      amount: intent.amount,
      currency: intent.currency,
      created: this.#seconds(),
      customer: intent.customer,
      metadata: intent.metadata,
      paid: false,
      payment_intent: intent.id,
      payment_method: intent.payment_method!,
      status,
      failure_code: null,
      disputed: false,
      payment_method_details: detailsOf(this.method(intent.payment_method!).type),
    };
  }
}

/** What a charge shows of its method, by type. */
const detailsOf = (type: string) =>
  ({ type, [type]: type === 'card' ? { brand: 'visa', last4: '4242' } : { last4: '6789' } }) as const;
