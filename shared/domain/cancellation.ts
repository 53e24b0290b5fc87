import type { Account, BillingInput, Language } from './account.ts';
import { inService } from './allowances.ts';
import { addDays, type Instant, monthOf, type PlainDate, type ServicePeriod } from './calendar.ts';
import { findProduct, type Product } from './catalog.ts';
import { recurringCharges } from './charges/recurring.ts';
import { Unchargeable } from './charges/unchargeable.ts';
import { partiesOf } from './draft.ts';
import type { BuyerSnapshot, SellerSnapshot } from './invoice.ts';
import type { Currency } from './money.ts';
import { prorationPolicy } from './proration.ts';
import { type Contracted, renewalOf } from './renewals.ts';
import { type PaidPeriod, periodAt } from './schedule.ts';
import type { Seller } from './seller.ts';
import type { Subscription } from './subscription.ts';
import { highestChange } from './subscription.ts';
import { NOTICE_DAYS } from './subscription-terms.ts';

/** How long the content of a subscription is kept after its end, unless the product says otherwise (C4). */
const DATA_KEPT_DAYS = 90;

/** A period that begins after the request and is still charged. `amount`: minor units without tax; absent where no price is known. */
export interface RemainingCharge {
  readonly period: ServicePeriod;
  readonly amount?: number;
}

/** What the customer is told of the end of a subscription (R71): as things stood when it was asked for, and never changed. */
export interface CancellationConfirmation {
  readonly sellerId: string;
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly seller: SellerSnapshot;
  readonly buyer: BuyerSnapshot;
  readonly language: Language;
  readonly currency: Currency;
  readonly product: Pick<Product, 'name' | 'unit'>;
  readonly quantity: number;
  readonly requestedOn: PlainDate;
  readonly requestedAt: Instant;
  /** Its own billing admin, or the telecom's people on its behalf. */
  readonly by: 'customer' | 'support';
  /** In service, and charged in full, through this day (R67–R70). */
  readonly endsOn: PlainDate;
  /** The content is deleted for good on this day, never before (R62, R63, C4). */
  readonly purgeOn: PlainDate;
  /** The renewal that it came too late for, 30 days not being left (R64). */
  readonly renewal?: PlainDate;
  readonly charges: readonly RemainingCharge[];
  /** Which cancellation of the subscription it is, where others were taken back before. Absent: the first. */
  readonly occurrence?: number;
  /** It was taken back: the subscription goes on, and nothing is deleted. Set once. */
  readonly withdrawn?: Withdrawal;
}

export interface Withdrawal {
  readonly on: PlainDate;
  readonly at: Instant;
  readonly by: CancellationConfirmation['by'];
  /** Of a contract: when it renews, by how long, and by when it must be cancelled not to; absent where that day is over. */
  readonly renewal?: { readonly on: PlainDate; readonly months: number; readonly cancelBy?: PlainDate };
}

/** The confirmation of a cancellation that is taken back on a day of the seller's. */
export function confirmWithdrawal(
  of: CancellationConfirmation,
  { contract, ...subscription }: Subscription,
  { by, now, today }: { readonly by: Withdrawal['by']; readonly now: Instant; readonly today: PlainDate },
): CancellationConfirmation {
  return {
    ...of,
    withdrawn: {
      on: today,
      at: now,
      by,
      ...(contract === undefined ? {} : { renewal: renewalAfter({ ...subscription, contract }, today) }),
    },
  };
}

function renewalAfter(contracted: Contracted, today: PlainDate): NonNullable<Withdrawal['renewal']> {
  let nth = 1;
  while (renewalOf(contracted, nth) <= today) nth++;
  const on = renewalOf(contracted, nth);
  const cancelBy = addDays(on, -NOTICE_DAYS);
  return { on, months: contracted.contract.renewalMonths, ...(cancelBy < today ? {} : { cancelBy }) };
}

type Before = Pick<CancellationConfirmation, 'occurrence'> | undefined;

/** Which one it is: the first, unless `before` confirmed others. */
export const occurrenceOf = ({ occurrence = 1 }: Pick<CancellationConfirmation, 'occurrence'>): number => occurrence;

/**
 * The confirmation of a subscription that was cancelled just now; undefined for one that was not, and for an account that
 * has no billing address yet, to whom nothing can be written.
 */
export function confirmCancellation(
  { account, subscriptions }: BillingInput,
  subscription: Subscription,
  seller: Seller,
  products: readonly Product[],
  { by, now, before }: { readonly by: CancellationConfirmation['by']; readonly now: Instant; readonly before?: Before },
): CancellationConfirmation | undefined {
  const { cancellation, subscriptionId, productId } = subscription;
  const { billingAddress, sellerId, accountId, language, currency } = account;
  if (cancellation === undefined || billingAddress === undefined) return undefined;
  const product = findProduct(products, productId);
  const { requestedOn, endsOn } = cancellation;
  const renewal = missedRenewal(subscription, requestedOn, endsOn);
  return {
    ...{ sellerId, accountId, subscriptionId, language, currency },
    ...partiesOf(account, billingAddress, seller),
    product: { name: product?.name ?? productId, unit: product?.unit ?? '' },
    quantity: inService(subscription, latest(requestedOn, beginOf(account, subscription))),
    ...{ requestedOn, requestedAt: now, by, endsOn },
    purgeOn: addDays(endsOn, product?.dataKeptDays ?? DATA_KEPT_DAYS),
    ...(renewal === undefined ? {} : { renewal }),
    ...(before === undefined ? {} : { occurrence: occurrenceOf(before) + 1 }),
    charges: remainingCharges({ account, subscriptions }, subscription, seller, products),
  };
}

/** The last renewal that still takes place although it was cancelled before. */
function missedRenewal(
  { contract, ...subscription }: Subscription,
  requestedOn: PlainDate,
  endsOn: PlainDate,
): PlainDate | undefined {
  if (contract === undefined) return undefined;
  const contracted = { ...subscription, contract };
  let missed: PlainDate | undefined;
  for (let nth = 1, on = renewalOf(contracted, nth); on <= endsOn; on = renewalOf(contracted, ++nth))
    if (on > requestedOn) missed = on;
  return missed;
}

/** The first day on which anything of a subscription is charged. */
const beginOf = ({ billingStartDate }: Pick<Account, 'billingStartDate'>, { changes }: Subscription): PlainDate =>
  latest(billingStartDate, changes[0]?.effectiveOn ?? billingStartDate);
const latest = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

/** Every period that begins after the request and before the end, at the quantity and prices that are known today. */
function remainingCharges(
  { account, subscriptions }: Pick<BillingInput, 'account' | 'subscriptions'>,
  subscription: Subscription,
  seller: Seller,
  products: readonly Product[],
): RemainingCharge[] {
  const { requestedOn, endsOn } = subscription.cancellation!;
  const begin = beginOf(account, subscription);
  const charges: RemainingCharge[] = [];
  const policy = prorationPolicy(seller.prorationPolicy);
  const { billedThrough: _any, ...unbilled } = account;
  const amountOf = (period: PaidPeriod): number | undefined => {
    const before = addDays(period.from, -1);
    const billedThrough = { date: before, month: monthOf(before), change: highestChange(subscriptions) };
    // What begins within a period is charged for that part of it with the next one.
    const late = period.from < begin;
    const of = late ? unbilled : { ...account, billedThrough };
    const context = { products, currency: account.currency, billingDate: late ? period.next : period.from, policy };
    try {
      const lines = recurringCharges([subscription], { ...context, account: of });
      const own = lines.filter(({ servicePeriod }) => servicePeriod.from < period.next);
      return own.reduce((sum, { amount }) => sum + amount, 0);
    } catch (error) {
      if (error instanceof Unchargeable) return undefined;
      throw error;
    }
  };
  let next = requestedOn < begin ? begin : periodAt(account, subscription, requestedOn).next;
  while (next <= endsOn) {
    const period = periodAt(account, subscription, next);
    const amount = amountOf(period);
    const [to = endsOn] = [period.to, endsOn].sort();
    charges.push({ period: { from: latest(period.from, begin), to }, ...(amount === undefined ? {} : { amount }) });
    next = period.next;
  }
  return charges;
}
