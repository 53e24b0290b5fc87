import type { Account, BillingInput } from '../account.ts';
import { firstBillingDate, onCalendar, scheduleOn } from '../schedule.ts';
import type { Subscription } from '../subscription.ts';
import { type AgreedSubscription, addSubscription, newSubscription } from '../subscription-terms.ts';
import type { DraftQuote, QuoteLine } from './quote.ts';
import { QuoteRefused } from './refusals.ts';

type Terms = Pick<DraftQuote, 'quoteId' | 'billingStartDate' | 'contract'>;
type Line = Pick<
  QuoteLine,
  'line' | 'productId' | 'quantity' | 'interval' | 'price' | 'billingGroup' | 'awaitsActivation'
>;

/** What an account is once a quote is accepted, and the subscriptions that it gets by it. */
export interface Agreed {
  readonly account: Account;
  readonly subscriptions: readonly Subscription[];
}

/**
 * The subscriptions of a quote: from the billing start date on, at the quoted prices, for the contract period, and paid for
 * even when less is used (C11). An account that had nothing yet is billed from that date on, by R99. One version on.
 * Throws `quote_not_billable` where the account's own billing begins later, `subscription_exists`.
 */
export function agreedSubscriptions(input: BillingInput, quote: Terms & { readonly lines: readonly Line[] }): Agreed {
  let { account, subscriptions } = { ...input, account: startingWith(input, quote) };
  const { schedule } = scheduleOn(account, quote.billingStartDate);
  const added: Subscription[] = [];
  for (const line of quote.lines) {
    const changed = addSubscription({ ...input, account, subscriptions }, agreedSubscription(quote, line, schedule));
    account = changed.account;
    subscriptions = [...subscriptions, changed.subscription];
    added.push(changed.subscription);
  }
  return {
    account: { ...account, quote: quote.quoteId, version: input.account.version + 1 },
    subscriptions: added,
  };
}

/** A line's subscription alone, in service from the billing start date until the end of the contract period. */
export function forContractPeriod(account: Account, quote: Terms, line: Line): Subscription {
  const { schedule } = scheduleOn(account, quote.billingStartDate);
  const { activation: _confirmed, ...agreed } = agreedSubscription(quote, line, schedule);
  const { endsOn } = quote.contract;
  return { ...newSubscription(account, [], agreed), cancellation: { requestedOn: quote.billingStartDate, endsOn } };
}

function agreedSubscription(
  { quoteId, billingStartDate, contract: { endsOn, renewalMonths } }: Terms,
  { line, productId, quantity, interval, price, billingGroup, awaitsActivation }: Line,
  schedule: Account['schedule'],
): AgreedSubscription {
  return {
    subscriptionId: `${quoteId}.${line}`,
    productId,
    changes: [{ effectiveOn: billingStartDate, delta: quantity }],
    minimum: quantity,
    agreedPrice: price,
    contract: { startsOn: billingStartDate, endsOn, renewalMonths },
    ...(onCalendar({ schedule }) ? { interval } : {}),
    ...(billingGroup === undefined ? {} : { billingGroup }),
    ...(awaitsActivation === undefined ? {} : { activation: 'pending' }),
  };
}

/** Whether an account never had anything to be charged for: its billing begins with the quote. */
export const isProspect = ({ account, subscriptions }: BillingInput): boolean =>
  subscriptions.length === 0 && account.history === undefined;

function startingWith(input: BillingInput, { billingStartDate }: Terms): Account {
  const { account } = input;
  if (!isProspect(input)) {
    // Nothing of an account is charged before its own billing start date: the quote would promise another invoice.
    if (billingStartDate < account.billingStartDate)
      throw new QuoteRefused(
        'quote_not_billable',
        'billingStartDate',
        `the account’s own billing begins later, on ${account.billingStartDate}`,
      );
    return account;
  }
  const { billedThrough: _nothing, ...rest } = account;
  const starting = { ...rest, billingStartDate };
  return { ...starting, nextBillingDate: firstBillingDate(starting) };
}
