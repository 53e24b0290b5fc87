import type { BillingInput } from './account.ts';
import { firstOf, monthOf, nextMonth, type PlainDate } from './calendar.ts';
import { findProduct, type Product, type TaxCode } from './catalog.ts';
import { nextBillingDateAfter, type Scheduled, scheduleOn } from './schedule.ts';

export type Due = Pick<BillingInput, 'subscriptions'> & { readonly account: Scheduled };

/**
 * When an account is due after `date`: when its next cycle begins. One that is billed by the year or quarter does not wait
 * as long for what comes in between: it is due on the day on which something agreed begins or is taken away, and on the
 * 1st while it has what calls and messages are made with, for usage comes in arrears by the month (R145).
 */
export function nextDueAfter(
  { account, subscriptions }: Due,
  products: readonly Product[],
  date: PlainDate,
): PlainDate {
  const { schedule } = scheduleOn(account, date);
  const cycle = nextBillingDateAfter(account, date);
  if (schedule !== 'annual' && schedule !== 'quarterly') return cycle;
  const begins = subscriptions.flatMap(({ changes, activation }) => [
    ...changes.map(({ effectiveOn }) => effectiveOn),
    ...(activation === undefined || activation === 'pending' ? [] : [activation.on]),
  ]);
  const metered = subscriptions.some(({ productId }) => isMetered(findProduct(products, productId)?.taxCode));
  const due = [cycle, ...begins, ...(metered ? [firstOf(nextMonth(monthOf(date)))] : [])];
  return due.filter((on) => on > date).sort()[0]!;
}

const METERED: readonly TaxCode[] = ['telecom', 'toll-free', 'messaging'];
const isMetered = (taxCode: TaxCode | undefined): boolean => taxCode !== undefined && METERED.includes(taxCode);
