import type { Account, BillingInput, CustomerTaxId } from './account.ts';
import type { PlainDate } from './calendar.ts';
import { findProduct, type Product } from './catalog.ts';
import { overdueInvoices } from './overdue.ts';
import type { Receivable } from './receivable.ts';
import { Refused } from './refused.ts';
import type { AgreedSubscription } from './subscription-terms.ts';
import { compactTaxId } from './tax/tax-id.ts';

/** Why a customer cannot do it alone: code → what the person who asked should know, and what to do. */
export const SELF_SERVICE_REFUSALS = {
  balance_overdue: 'Invoices are overdue: pay them first, or ask support',
  not_self_service: 'This product is ordered, changed and cancelled through support',
  effective_in_the_past: 'A change takes effect today or later',
  term_agreed_with_sales: 'This is agreed on with sales and not chosen alone',
  field_of_support: 'Only support changes this',
} as const;
export type SelfServiceRefusalCode = keyof typeof SELF_SERVICE_REFUSALS;

/** A change that the telecom's own people may make, and the customer's billing admin may not, or not now. */
export class SelfServiceRefused extends Refused<SelfServiceRefusalCode> {
  override readonly name = 'SelfServiceRefused';
  constructor(code: SelfServiceRefusalCode, field: string, detail?: string) {
    super(code, SELF_SERVICE_REFUSALS[code], field, detail);
  }
}

/** Throws `balance_overdue` naming the invoices. Debts block self-service only: support may go on (C10). */
export function refuseWhileOverdue(receivables: readonly Receivable[], today: PlainDate, field: string): void {
  const overdue = overdueInvoices(receivables, today);
  if (overdue.length === 0) return;
  throw new SelfServiceRefused('balance_overdue', field, overdue.map(({ number }) => number).join(', '));
}

/** Throws `not_self_service` for a product that customers neither order nor cancel alone (R66, C10). */
export function requireSelfService(products: readonly Product[], productId: string, field: string): void {
  if (findProduct(products, productId)?.selfService !== true)
    throw new SelfServiceRefused('not_self_service', field, productId);
}

/** The product of a subscription that the account has; undefined when it has no such subscription. */
export const productOf = ({ subscriptions }: BillingInput, subscriptionId: string): string | undefined =>
  subscriptions.find((subscription) => subscription.subscriptionId === subscriptionId)?.productId;

/** What a customer orders takes effect from today on: the past is support's to correct. Throws `effective_in_the_past`. */
export function refuseThePast(dates: readonly PlainDate[], today: PlainDate, field: string): void {
  const past = dates.find((date) => date < today);
  if (past !== undefined) throw new SelfServiceRefused('effective_in_the_past', field, past);
}

const AGREED_TERMS = ['minimum', 'contract', 'trial', 'activation'] as const;

/** Minimum, contract, trial and activation come from a quote. Throws `term_agreed_with_sales`. */
export function refuseAgreedTerms(agreed: AgreedSubscription): void {
  const term = AGREED_TERMS.find((field) => agreed[field] !== undefined);
  if (term !== undefined) throw new SelfServiceRefused('term_agreed_with_sales', term);
}

/**
 * What a billing admin changes of its own account (R14, R22, R34; how its calls are itemised the law leaves to the customer):
 * the rest decides what is charged, or by whom.
 */
const OWN_FIELDS: readonly (keyof Account)[] = ['language', 'billingAddress', 'reference', 'callDetails', 'autopay'];

/** Throws `field_of_support`. */
export function refuseForeignFields(fields: readonly string[]): void {
  const foreign = fields.find((field) => !(OWN_FIELDS as readonly string[]).includes(field));
  if (foreign !== undefined) throw new SelfServiceRefused('field_of_support', foreign);
}

/**
 * A customer's tax IDs as it replaces them itself. That a VAT ID is valid, and no VAT due, is the authority's to say (R138):
 * an ID that was there keeps the date on which it was, a new one has none. Throws `field_of_support` for any other date.
 */
export function ownTaxIds(before: readonly CustomerTaxId[], after: readonly CustomerTaxId[]): CustomerTaxId[] {
  return after.map((id, index) => {
    const known = before.find(
      ({ kind, value }) => kind === id.kind && compactTaxId(value) === compactTaxId(id.value),
    )?.validatedOn;
    if (id.validatedOn !== undefined && id.validatedOn !== known)
      throw new SelfServiceRefused('field_of_support', `${index}.validatedOn`);
    return known === undefined ? id : { ...id, validatedOn: known };
  });
}
