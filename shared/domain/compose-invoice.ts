import type { BillingInput } from './account.ts';
import { allowancesOf } from './allowances.ts';
import { daysBetween, type Month, monthOf, type PlainDate } from './calendar.ts';
import type { Product } from './catalog.ts';
import type { DraftLine } from './charges/lines.ts';
import { recurringCharges } from './charges/recurring.ts';
import { draftOf, type Grounds, grounded, totalled } from './draft.ts';
import type { BillingDecision, DraftInvoice, UsageCovered } from './invoice.ts';
import { prorationPolicy } from './proration.ts';
import { cycleAt, cycleInvoiceId, onCalendar } from './schedule.ts';
import { highestChange } from './subscription.ts';
import { itemisedUsage } from './usage/call-details.ts';
import type { OpenUsage } from './usage/usage.ts';
import { usageLines } from './usage/usage-lines.ts';

/** Invoices go out between the 1st and the 5th (R55): a run this many days late still bears the billing date. */
const DAYS_ON_TIME = 4;

/**
 * What a run makes of one account that is due on `billingDate`: an invoice, nothing to invoice, or a hold that finance
 * must lift. `businessDate` is the date of the run, in the seller's time zone. Pure: the same input gives the same answer.
 */
export function composeInvoice(
  input: BillingInput,
  seller: Grounds['seller'],
  products: readonly Product[],
  billingDate: PlainDate,
  businessDate: PlainDate,
): BillingDecision {
  return composeDated(input, seller, products, billingDate, invoiceDateFor(billingDate, businessDate));
}

/** As `composeInvoice`, on an invoice date that is given: by it go taxes, fees and the due date. */
export function composeDated(
  input: BillingInput,
  seller: Grounds['seller'],
  products: readonly Product[],
  billingDate: PlainDate,
  invoiceDate: PlainDate,
): BillingDecision {
  return grounded(input, seller, invoiceDate, (grounds) =>
    decide(grounds, chargesOf(grounds, products, billingDate), billingDate),
  );
}

/** A run that comes after the window dates its invoices on its own day, so that the customer keeps the full term. */
const invoiceDateFor = (billingDate: PlainDate, businessDate: PlainDate): PlainDate =>
  daysBetween(billingDate, businessDate) <= DAYS_ON_TIME ? billingDate : businessDate;

/** Every line of a cycle's invoice, in print order: periods in advance and their parts, then usage in arrears, then fees (R145). */
function chargesOf({ input, seller }: Grounds, products: readonly Product[], billingDate: PlainDate): DraftLine[] {
  const { account, subscriptions } = input;
  const { currency } = account;
  const policy = prorationPolicy(seller.prorationPolicy);
  const allowanceOf = (month: Month) => allowancesOf(subscriptions, products, month);
  return [
    ...recurringCharges(subscriptions, { products, currency, account, billingDate, policy }),
    ...usageLines(usageInArrears(input, billingDate), allowanceOf, currency),
  ];
}

function decide(grounds: Grounds, lines: readonly DraftLine[], billingDate: PlainDate): BillingDecision {
  const { account, subscriptions } = grounds.input;
  const totals = totalled(grounds, lines);
  const covers = { coversChange: highestChange(subscriptions), ...coveredUsage(grounds.input, billingDate) };
  const zero = (reason: string, settled: boolean): BillingDecision => ({
    outcome: 'zero',
    reason,
    month: monthOf(billingDate),
    ...covers,
    settled,
  });
  if (lines.length === 0) return zero('Nothing to charge', true);
  if (totals.total === 0) return zero('Charges and credits cancel out', true);
  if (totals.total < 0) return zero('Credits exceed charges and are carried to the next invoice', false);
  const cycle = onCalendar(account) ? undefined : cycleAt(account, billingDate);
  const itemised = itemisedUsage(account, usageInArrears(grounds.input, billingDate));
  return {
    outcome: 'invoice',
    draft: draftOf(grounds, {
      invoiceId: cycleInvoiceId(account, billingDate),
      kind: 'cycle',
      of: billingDate,
      totals,
      ...covers,
      ...(itemised && { itemised }),
      ...(cycle === undefined ? {} : { cycle: { from: cycle.from, to: cycle.to } }),
    }),
  };
}

/** Of months that are over (R145). What was counted of the current month waits for the next invoice. */
const usageInArrears = ({ usage = [] }: BillingInput, billingDate: PlainDate): OpenUsage[] =>
  usage.filter(({ month }) => month < monthOf(billingDate));

/** A month in parts is covered to the end of its last one, in whatever order they come. */
function coveredUsage(input: BillingInput, billingDate: PlainDate): Pick<DraftInvoice, 'usageCovered'> {
  const covered = new Map<Month, number>();
  for (const { month, last } of usageInArrears(input, billingDate))
    covered.set(month, Math.max(last, covered.get(month) ?? 0));
  return covered.size === 0 ? {} : { usageCovered: Object.fromEntries(covered) satisfies UsageCovered };
}
