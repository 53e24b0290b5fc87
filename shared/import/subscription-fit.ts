import type { Account } from '../domain/account.ts';
import { findProduct, isRecurring, type Product, type RecurringInterval } from '../domain/catalog.ts';
import { INTERVAL_OF, onCalendar } from '../domain/schedule.ts';
import type { AgreedSubscription } from '../domain/subscription-terms.ts';

/** What is wrong with a line: the field as a path (`recipients.1.email`, empty for the line itself) and the reason. */
export interface LineProblem {
  readonly field: string;
  readonly reason: string;
}

type Holder = Pick<Account, 'currency' | 'scheduleChanges'> & {
  readonly [Field in 'schedule' | 'quote']?: Account[Field] | undefined;
};

/** Why the catalog and the account's schedule do not allow a subscription. */
export function subscriptionMisfits(
  { productId, interval }: Pick<AgreedSubscription, 'productId' | 'interval'>,
  holder: Holder,
  products: readonly Product[],
): LineProblem[] {
  const product = findProduct(products, productId);
  if (product === undefined) return [{ field: 'productId', reason: `the catalog has no product "${productId}"` }];
  if (!isRecurring(product))
    return [{ field: 'productId', reason: `"${productId}" is bought once: order it instead of subscribing to it` }];
  const { currency, quote, scheduleChanges } = holder;
  const schedule = scheduleChanges?.at(-1)?.schedule ?? holder.schedule;
  if (interval !== undefined && !onCalendar({ schedule }))
    return [{ field: 'interval', reason: `is set by the account’s schedule, ${schedule}` }];
  if (interval === 'quarter' && quote === undefined)
    return [{ field: 'interval', reason: 'quarterly billing needs a quote' }];
  const per: RecurringInterval = interval ?? INTERVAL_OF[schedule ?? 'calendar-month'];
  return product.prices.some((price) => price.currency === currency && price.interval === per)
    ? []
    : [{ field: 'productId', reason: `"${productId}" has no price per ${per} in ${currency}` }];
}
