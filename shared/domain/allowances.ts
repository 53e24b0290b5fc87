import { lastOf, type Month, type PlainDate } from './calendar.ts';
import { type Allowances, findProduct, type Product } from './catalog.ts';
import type { Subscription } from './subscription.ts';

/**
 * What the plan of an account includes in a month, pooled over all that it has (R104, R110): per unit that is in service on
 * the month's last day, or of the contracted minimum, which is paid for. A trial includes it until it ends, a circuit from
 * its activation on, a cancelled subscription until its term ends. Minutes and message credits; nothing rolls over.
 */
export function allowancesOf(
  subscriptions: readonly Subscription[],
  products: readonly Product[],
  month: Month,
): Required<Allowances> {
  const on = lastOf(month);
  const pool = { minutes: 0, tollFreeMinutes: 0, credits: 0 };
  for (const subscription of subscriptions) {
    const included = findProduct(products, subscription.productId)?.allowances;
    if (included === undefined) continue;
    const quantity = inService(subscription, on);
    pool.minutes += quantity * (included.minutes ?? 0);
    pool.tollFreeMinutes += quantity * (included.tollFreeMinutes ?? 0);
    pool.credits += quantity * (included.credits ?? 0);
  }
  return pool;
}

/** How many of a subscription are paid for on a day. */
export function inService(
  { changes, minimum = 0, trial, activation, cancellation }: Subscription,
  on: PlainDate,
): number {
  if (activation === 'pending' || (activation !== undefined && activation.on > on)) return 0;
  if (trial !== undefined && trial.until < on) return 0;
  if (cancellation !== undefined && cancellation.endsOn < on) return 0;
  const begun = changes.filter(({ effectiveOn }) => effectiveOn <= on);
  if (begun.length === 0) return 0;
  return Math.max(
    minimum,
    begun.reduce((quantity, { delta }) => quantity + delta, 0),
  );
}
