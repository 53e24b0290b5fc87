import type { BalanceTransaction, Books, Change, Charge, Dispute, Payout, Refund } from './books.ts';
import type { Parameters } from './parameters.ts';

/** What this processor takes: a share and a fixed part for cards and connected accounts, a fixed part for debits. */
const CARD_FEE = { perMille: 15, fixed: 25 };
const DEBIT_FEE = 35;
/** For a debit that the bank takes back. */
const RETURN_FEE = 750;
const DAY_SECONDS = 24 * 60 * 60;
const SETTLES_AFTER_DAYS = 3;
const MOST_ON_A_PAGE = 100;

/** Stripe puts a bank debit on the balance when it begins, and takes it off again when it fails. */
export const isDebit = ({ payment_method_details: { type } }: Pick<Charge, 'payment_method_details'>): boolean =>
  type === 'us_bank_account' || type === 'sepa_debit';

const feeOf = (charge: Charge): number =>
  isDebit(charge) ? DEBIT_FEE : Math.round((charge.amount * CARD_FEE.perMille) / 1000) + CARD_FEE.fixed;

/** A payment comes onto the balance. */
export const chargeMoved = (books: Books, charge: Charge): Change =>
  moved(books, {
    type: charge.payment_method_details.type === 'card' ? 'charge' : 'payment',
    reporting_category: 'charge',
    amount: charge.amount,
    fee: feeOf(charge),
    created: charge.created,
    currency: charge.currency,
    source: charge.id,
  });

/** A debit failed after it was put on the balance. */
export function debitFailed(books: Books, charge: Charge, created: number): Change[] {
  const refund = refundOf(books, charge, charge.amount, created, 'pyr');
  return [
    { table: 'refunds', value: refund },
    moved(books, {
      type: 'payment_failure_refund',
      reporting_category: 'charge_failure',
      amount: -charge.amount,
      fee: 0,
      created,
      currency: charge.currency,
      source: refund.id,
    }),
  ];
}

/** Somebody gave money back at the processor. */
export function refunded(books: Books, charge: Charge, amount: number, created: number): [Refund, Change[]] {
  const refund = refundOf(books, charge, amount, created, 're');
  const change = moved(books, {
    type: charge.payment_method_details.type === 'card' ? 'refund' : 'payment_refund',
    reporting_category: 'refund',
    amount: -amount,
    fee: 0,
    created,
    currency: charge.currency,
    source: refund.id,
  });
  return [refund, [{ table: 'refunds', value: refund }, change]];
}

/** The bank took a settled debit back. */
export const disputeMoved = (books: Books, { id, amount, currency, created }: Dispute): Change =>
  moved(books, {
    type: 'adjustment',
    reporting_category: 'dispute',
    amount: -amount,
    fee: RETURN_FEE,
    created,
    currency,
    source: id,
  });

/** Money goes to the telecom's bank account. */
export function paidOut(books: Books, amount: number, currency: string, created: number): [Payout, Change[]] {
  const id = books.nextId('po', 'payouts');
  const payout: Payout = { id, object: 'payout', amount, currency, created, status: 'paid' };
  const change = moved(books, {
    type: 'payout',
    reporting_category: 'payout',
    amount: -amount,
    fee: 0,
    created,
    currency,
    source: id,
  });
  return [payout, [{ table: 'payouts', value: payout }, change]];
}

type Movement = Pick<
  BalanceTransaction,
  'type' | 'reporting_category' | 'amount' | 'fee' | 'created' | 'currency' | 'source'
>;

function moved(books: Books, movement: Movement): Change {
  const { to = movement.currency, rate = null } = books.converts[movement.currency] ?? {};
  const held = (amount: number): number => (rate === null ? amount : Math.round(amount * rate));
  const [amount, fee] = [held(movement.amount), held(movement.fee)];
  const value: BalanceTransaction = {
    id: books.nextId('txn', 'transactions'),
    object: 'balance_transaction',
    ...movement,
    ...{ amount, fee, currency: to },
    net: amount - fee,
    available_on: movement.created + SETTLES_AFTER_DAYS * DAY_SECONDS,
    balance_type: 'payments',
    exchange_rate: rate,
    status: 'pending',
  };
  return { table: 'transactions', value };
}

const refundOf = (books: Books, charge: Charge, amount: number, created: number, prefix: 're' | 'pyr'): Refund => ({
  id: books.nextId(prefix, 'refunds'),
  object: 'refund',
  amount,
  currency: charge.currency,
  created,
  charge: charge.id,
  payment_intent: charge.payment_intent,
  status: 'succeeded',
});

/** One page of the balance, newest first, as `GET /v1/balance_transactions` gives it. */
export function balancePage(books: Books, parameters: Parameters, expandSource: boolean): object {
  const from = Number(parameters['created[gte]'] ?? 0);
  const until = Number(parameters['created[lt]'] ?? Number.POSITIVE_INFINITY);
  const all = [...books.transactions.values()]
    .filter(({ created }) => created >= from && created < until)
    .sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  const start = parameters.starting_after ? all.findIndex(({ id }) => id === parameters.starting_after) + 1 : 0;
  const limit = Math.min(Number(parameters.limit ?? 10), MOST_ON_A_PAGE);
  const data = all.slice(start, start + limit);
  return {
    object: 'list',
    url: '/v1/balance_transactions',
    has_more: start + limit < all.length,
    data: expandSource ? data.map((each) => ({ ...each, source: sourceOf(books, each.source) })) : data,
  };
}

const sourceOf = (books: Books, id: string): object | string =>
  books.charges.get(id) ?? books.refunds.get(id) ?? books.disputes.get(id) ?? books.payouts.get(id) ?? id;
