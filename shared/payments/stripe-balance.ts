import type Stripe from 'stripe';
import type {
  InvoiceAtProcessor,
  ProcessorTransaction,
  TransactionKind,
} from '../domain/books/processor-transaction.ts';
import type { Instant } from '../domain/calendar.ts';
import { currencyFrom } from '../domain/money.ts';
import type { Page } from '../ports.ts';
import { describe, idOf } from './stripe-answer.ts';

/** The most that Stripe gives at once. */
const PAGE = 100;

/**
 * Stripe's reporting categories, which are finer than its types (docs.stripe.com/reports/reporting-categories). A category
 * that is not here is `other`, so that a person looks at it.
 */
const KINDS: Readonly<Record<string, TransactionKind>> = {
  charge: 'charge',
  charge_failure: 'charge-failure',
  refund: 'refund',
  refund_failure: 'refund',
  partial_capture_reversal: 'refund',
  dispute: 'dispute',
  dispute_reversal: 'dispute-reversal',
  fee: 'fee',
  network_cost: 'fee',
  tax: 'fee',
  payout: 'payout',
  payout_reversal: 'payout',
};

/** How a dispute ends (docs.stripe.com/disputes/responding); until then the money it took may come again. */
const DECIDED: readonly string[] = ['won', 'lost', 'warning_closed', 'prevented'];

/** See `ProcessorBalance.transactions`. */
export async function transactions(
  stripe: Stripe,
  from: Instant,
  until: Instant,
  cursor?: string,
): Promise<Page<ProcessorTransaction>> {
  try {
    const page = await stripe.balanceTransactions.list({
      created: { gte: seconds(from), lt: seconds(until) },
      limit: PAGE,
      expand: ['data.source'],
      ...(cursor !== undefined && { starting_after: cursor }),
    });
    const items: ProcessorTransaction[] = [];
    for (const each of page.data) items.push(await transactionOf(stripe, each));
    const last = page.data.at(-1)?.id;
    return { items, ...(page.has_more && last !== undefined && { cursor: last }) };
  } catch (error) {
    throw new Error(`the payment processor did not answer: ${describe(error)}`);
  }
}

const seconds = (instant: Instant): number => Math.floor(Date.parse(instant) / 1000);

async function transactionOf(stripe: Stripe, from: Stripe.BalanceTransaction): Promise<ProcessorTransaction> {
  const { id, fee, created } = from;
  const source = typeof from.source === 'string' ? null : from.source;
  const moved = movedBy(from, source);
  // What is in a currency that nobody bills in is nothing this product can have caused.
  const ours = isOurs(moved.currency) && isOurs(moved.held?.currency ?? moved.currency);
  const kind = ours ? (KINDS[from.reporting_category] ?? 'other') : 'other';
  const about = await paymentOf(stripe, source);
  return {
    transactionId: id,
    kind,
    at: new Date(created * 1000).toISOString(),
    fee,
    ...moved,
    ...about,
  };
}

/** In the customer's currency; and what the balance has of it, where Stripe has converted it. */
function movedBy(
  { amount, currency, exchange_rate }: Stripe.BalanceTransaction,
  source: Stripe.BalanceTransactionSource | null,
): Pick<ProcessorTransaction, 'amount' | 'currency' | 'held'> {
  const held = { amount, currency: currency.toUpperCase() };
  const isPayment = source?.object === 'charge' || source?.object === 'refund' || source?.object === 'dispute';
  if (exchange_rate === null || !isPayment) return held;
  return { amount: Math.sign(amount) * source.amount, currency: source.currency.toUpperCase(), held };
}

const isOurs = (currency: string): boolean => currencyFrom(currency) !== undefined;

type About = Pick<ProcessorTransaction, 'chargeId' | 'intentId' | 'invoice' | 'pending'>;

/** The payment behind a movement. A refund or a dispute does not repeat whose it is: its intent is asked for. */
async function paymentOf(stripe: Stripe, source: Stripe.BalanceTransactionSource | null): Promise<About> {
  if (source?.object === 'charge') {
    const intentId = idOf(source.payment_intent);
    return {
      chargeId: source.id,
      ...(intentId && { intentId }),
      ...named(source.metadata),
      ...(source.status === 'pending' && { pending: true }),
    };
  }
  if (source?.object !== 'refund' && source?.object !== 'dispute') return {};
  const chargeId = idOf(source.charge);
  const intentId = idOf(source.payment_intent);
  const metadata = intentId && (await stripe.paymentIntents.retrieve(intentId)).metadata;
  const undecided = source.object === 'dispute' && !DECIDED.includes(source.status);
  return {
    ...(chargeId && { chargeId }),
    ...(intentId && { intentId }),
    ...(metadata && named(metadata)),
    ...(undecided && { pending: true }),
  };
}

/** The invoice in a payment's records; nothing where they were not made by this product. */
function named(metadata: Stripe.Metadata): { invoice?: InvoiceAtProcessor } {
  const { seller: sellerId, account: accountId, invoice: invoiceId } = metadata;
  return sellerId && accountId && invoiceId ? { invoice: { sellerId, accountId, invoiceId } } : {};
}
