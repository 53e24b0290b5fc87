import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { ComesBack, Failure } from './behaviours.ts';

/** Objects as Stripe shows them; times are Unix seconds, amounts minor units. */
export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  /** Its methods went with it. */
  readonly deleted?: true;
  readonly metadata: Record<string, string>;
}

export interface Method {
  readonly id: string;
  readonly object: 'payment_method';
  readonly type: string;
  readonly created: number;
  readonly customer: string | null;
  /** The test method it behaves like. */
  readonly token: string;
  /** Of a card that its issuer has replaced. */
  readonly replaced?: { readonly last4: string; readonly exp_month: number; readonly exp_year: number };
}

/** A visit to the hosted page that stores a method. */
export interface Session {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly mode: 'setup';
  readonly status: 'open' | 'complete' | 'expired';
  readonly url: string;
  readonly created: number;
  readonly currency: string;
  readonly customer: string;
  readonly metadata: Record<string, string>;
  readonly allowed_payment_method_types: readonly string[];
  readonly success_url: string;
  readonly cancel_url: string;
  readonly setup_intent: string | null;
}

/** What the customer's bank agreed to. */
export interface Setup {
  readonly id: string;
  readonly object: 'setup_intent';
  readonly status: 'succeeded';
  readonly created: number;
  readonly customer: string;
  readonly metadata: Record<string, string>;
  readonly payment_method: string;
  readonly mandate: string | null;
}

export interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly customer: string | null;
  readonly metadata: Record<string, string>;
  readonly paid: boolean;
  readonly payment_intent: string;
  readonly payment_method: string;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly failure_code: string | null;
  readonly disputed: boolean;
  readonly payment_method_details: { readonly type: string; readonly [details: string]: unknown };
}

/** A bank debit that came back after it had settled: it is lost as it comes. */
export interface Dispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly charge: string;
  readonly payment_intent: string;
  readonly reason: string;
  readonly status: 'lost';
}

/** Money that went back to a customer. */
export interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly charge: string;
  readonly payment_intent: string;
  readonly status: 'succeeded';
}

/** Money on its way to the telecom's bank account. */
export interface Payout {
  readonly id: string;
  readonly object: 'payout';
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly status: 'paid';
}

/** One movement of the balance that the telecom has here; `net` is `amount` less `fee`. */
export interface BalanceTransaction {
  readonly id: string;
  readonly object: 'balance_transaction';
  readonly type: string;
  readonly reporting_category: string;
  readonly amount: number;
  readonly fee: number;
  readonly net: number;
  readonly currency: string;
  readonly created: number;
  readonly available_on: number;
  readonly balance_type: 'payments';
  readonly exchange_rate: number | null;
  readonly status: 'pending';
  readonly source: string;
}

export interface PaymentFailure extends Failure {
  readonly type: string;
  readonly charge?: string;
  readonly payment_method?: Method;
}

export interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly client_secret: string;
  readonly amount: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly created: number;
  readonly customer: string | null;
  readonly metadata: Record<string, string>;
  readonly payment_method: string | null;
  readonly latest_charge: string | null;
  readonly last_payment_error: PaymentFailure | null;
  readonly next_action: { readonly type: string } | null;
  readonly status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled';
}

/** What Stripe knows of an intent and does not show. */
export interface IntentRecord {
  readonly intent: Intent;
  readonly confirmations: number;
  /** A bank debit under way: when it settles, and how it fails if it does. */
  readonly settlement?: { readonly at: number; readonly failure?: Failure; readonly comesBack?: ComesBack };
  /** When a settled debit comes back, in Unix seconds, and why. */
  readonly comeback?: { readonly at: number; readonly reason: string };
}

/** The first answer to an idempotency key. */
export interface SavedAnswer {
  readonly key: string;
  readonly request: string;
  readonly at: number;
  readonly status: number;
  readonly body: unknown;
}

export type Conversions = Readonly<Record<string, { readonly to: string; readonly rate: number }>>;

interface Tables {
  customers: Customer;
  methods: Method;
  intents: IntentRecord;
  charges: Charge;
  disputes: Dispute;
  refunds: Refund;
  payouts: Payout;
  transactions: BalanceTransaction;
  answers: SavedAnswer;
  sessions: Session;
  setups: Setup;
}

export type Change = { [T in keyof Tables]: { readonly table: T; readonly value: Tables[T] } }[keyof Tables];

/** The processor's memory: tables by id, kept in an append-only file when there is a directory for it. */
export class Books {
  readonly customers = new Map<string, Customer>();
  readonly methods = new Map<string, Method>();
  readonly intents = new Map<string, IntentRecord>();
  readonly charges = new Map<string, Charge>();
  readonly disputes = new Map<string, Dispute>();
  readonly refunds = new Map<string, Refund>();
  readonly payouts = new Map<string, Payout>();
  readonly transactions = new Map<string, BalanceTransaction>();
  readonly answers = new Map<string, SavedAnswer>();
  readonly sessions = new Map<string, Session>();
  readonly setups = new Map<string, Setup>();
  /** Into which currency the balance converts what comes in another one, and by what; absent: it keeps it. */
  readonly converts: Conversions;
  readonly #file: string | undefined;

  constructor(dataDir: string | undefined, converts: Conversions = {}) {
    this.converts = converts;
    if (!dataDir) return;
    mkdirSync(dataDir, { recursive: true });
    this.#file = join(dataDir, 'processor.jsonl');
    if (existsSync(this.#file)) this.#load(this.#file);
  }

  /** Records new states of objects together; on disk before the answer goes out. */
  put(...changes: Change[]): void {
    this.#apply(changes);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(changes)}\n`);
  }

  /** The next id of a kind; ids follow the order of creation, so that a run can be repeated. */
  nextId(prefix: string, table: keyof Tables): string {
    return `${prefix}_local_${String(this[table].size + 1).padStart(6, '0')}`;
  }

  #load(file: string): void {
    const bytes = readFileSync(file);
    // The last line is torn when the process was killed in the middle of a write: it was never answered.
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    if (whole.length < bytes.length) truncateSync(file, whole.length);
    for (const line of whole.toString('utf8').split('\n')) if (line) this.#apply(JSON.parse(line));
  }

  #apply(changes: readonly Change[]): void {
    for (const { table, value } of changes) {
      const rows: Map<string, Change['value']> = this[table];
      rows.set(idOf(value), value);
    }
  }
}

const idOf = (value: Change['value']): string =>
  'intent' in value ? value.intent.id : 'key' in value ? value.key : value.id;
