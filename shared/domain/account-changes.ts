import type { Account, BillingInput } from './account.ts';
import { isAlwaysAutomatic } from './autopay.ts';
import type { PlainDate } from './calendar.ts';
import { faultOf, type MethodFault } from './method-rules.ts';
import type { PaymentMethod } from './payment-method.ts';
import { Refused } from './refused.ts';
import { highestChange, type QuantityChange, type Subscription } from './subscription.ts';
import { keepingEvidence } from './tax/tax-id.ts';

/** Why a change of an account is refused: code → what the person who asked for it should know. */
export const REFUSALS = {
  quantity_negative: 'More would be removed than there is on that day',
  subscription_exists: 'The account has a subscription with this id already',
  subscription_not_found: 'The account has no such subscription',
  subscription_cancelled: 'The subscription is cancelled and has ended by then',
  cancellation_effective: 'The subscription has ended, which cannot be taken back: order it anew',
  content_deleted: 'The subscription has ended and its content is deleted for good: order it anew',
  activation_not_expected: 'The subscription does not wait for an activation',
  activation_recorded: 'Another activation date is on record',
  interval_not_offered: 'Only accounts on the calendar schedule choose an interval per subscription',
  schedule_fixed: 'Only accounts that are billed every 30 days or by the year choose between these two',
  interval_needs_quote: 'Quarterly billing is agreed on in a quote',
  method_exists: 'The account has a payment method with this id already',
  method_not_found: 'The account has no such payment method',
  method_limit: 'An account keeps at most four cards, two bank accounts and two connected accounts',
  method_not_accepted: 'Accepted are cards of visa, mastercard, amex and discover, SEPA and ACH debit, and paypal',
  method_currency: 'The payment method cannot be charged in the account’s currency',
  method_expired: 'The payment method has expired',
  method_is_default: 'Make another payment method the default before removing this one',
  autopay_without_method: 'Autopay needs a default payment method',
  autopay_always_on: 'Accounts that are billed every 30 days or by the year are always charged automatically',
  not_on_hold: 'The account is not on hold',
  tax_id_not_found: 'The account has no such tax ID',
  tax_id_without_authority: 'Only VAT IDs of the EU can be asked about',
  exemption_exists: 'The account has a certificate with this id already',
  exemption_not_found: 'The account has no such certificate',
  exemption_decided: 'The certificate is not in a state from which it can come to this one',
  exemption_limit: 'An account keeps at most twenty certificates',
  own_grants: 'Nobody sets what they may do themselves: another billing admin does, or support',
  last_billing_admin: 'One billing admin who may do everything must be left: let another one do so first',
  billing_admin_limit: 'An account keeps at most fifty billing admins on record',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** A change that the account's state does not allow. */
export class ChangeRefused extends Refused<RefusalCode> {
  override readonly name = 'ChangeRefused';
  constructor(code: RefusalCode, field: string, detail?: string) {
    super(code, REFUSALS[code], field, detail);
  }
}

const FAULTY_FIELDS: Readonly<Record<MethodFault, string>> = {
  method_not_accepted: 'brand',
  method_currency: 'brand',
  method_expired: 'expires',
};

/** How many methods of each kind an account keeps (C3). */
const METHOD_LIMITS: Readonly<Record<PaymentMethod['kind'], number>> = { card: 4, 'bank-debit': 2, connected: 2 };

/** The account one version on. Everything that an invoice is made from changes through this. */
export const raised = (account: Account, change: Partial<Account> = {}): Account => ({
  ...account,
  ...change,
  version: account.version + 1,
});

/**
 * Checks autopay against the default method and the schedule (C25); tax IDs keep their evidence. Throws
 * `autopay_without_method`, `autopay_always_on`.
 */
export function changeAccount(account: Account, change: Partial<Account>): Account {
  const taxIds = change.taxIds && { taxIds: keepingEvidence(account.taxIds, change.taxIds) };
  const next = raised(account, { ...change, ...taxIds });
  const decides = (change.autopay !== undefined || change.terms !== undefined) && next.defaultMethodId !== undefined;
  if (decides && !next.autopay && isAlwaysAutomatic(next)) throw new ChangeRefused('autopay_always_on', 'autopay');
  if (next.autopay && next.defaultMethodId === undefined) throw new ChangeRefused('autopay_without_method', 'autopay');
  return next;
}

/** Takes optional values away: an absent field and an undefined one are not the same once stored. */
export function withoutFields(
  account: Account,
  fields: readonly ('billingAddress' | 'reference' | 'callDetails' | 'hold' | 'trafficStudy' | 'scheduleChanges')[],
): Account {
  return Object.fromEntries(
    Object.entries(account).filter(([field]) => !(fields as readonly string[]).includes(field)),
  ) as unknown as Account;
}

/** Numbers changes in the order given, above every change the account has (see `QuantityChange`). */
export function numberChanges(
  existing: readonly Subscription[],
  changes: readonly Omit<QuantityChange, 'change'>[],
): QuantityChange[] {
  const highest = highestChange(existing);
  return changes.map((change, index) => ({ change: highest + index + 1, ...change }));
}

/** The first day on which a history of changes would leave less than nothing. */
export function firstNegativeDay(changes: readonly Omit<QuantityChange, 'change'>[]): PlainDate | undefined {
  const byDay = new Map<PlainDate, number>();
  for (const { effectiveOn, delta } of changes) byDay.set(effectiveOn, (byDay.get(effectiveOn) ?? 0) + delta);
  let quantity = 0;
  for (const day of [...byDay.keys()].sort()) {
    quantity += byDay.get(day) ?? 0;
    if (quantity < 0) return day;
  }
  return undefined;
}

/** Throws `subscription_not_found`. */
export function subscriptionOf(subscriptions: readonly Subscription[], subscriptionId: string): Subscription {
  const subscription = subscriptions.find((candidate) => candidate.subscriptionId === subscriptionId);
  if (subscription === undefined) throw new ChangeRefused('subscription_not_found', 'subscriptionId', subscriptionId);
  return subscription;
}

/** Throws `quantity_negative` for a history that would leave less than nothing. */
export function refuseNegative(changes: readonly Omit<QuantityChange, 'change'>[]): void {
  const day = firstNegativeDay(changes);
  if (day !== undefined) throw new ChangeRefused('quantity_negative', 'delta', day);
}

/** With a default method those are charged who always are (C25). */
const asDefault = (account: Account, defaultMethodId: string): Partial<Account> => ({
  defaultMethodId,
  ...(isAlwaysAutomatic(account) && { autopay: true }),
});

/** The first method becomes the default (R35). Throws `method_exists`, `method_limit` (C3), and what `faultOf` finds (R31). */
export function addMethod({ account, methods }: BillingInput, method: PaymentMethod, today: PlainDate): Account {
  const fault = faultOf(method, account.currency, today);
  if (fault) throw new ChangeRefused(fault, FAULTY_FIELDS[fault], method.brand);
  const { methodId: id, processorMethod: token } = method;
  if (methods.some(({ methodId, processorMethod }) => methodId === id || processorMethod === token))
    throw new ChangeRefused('method_exists', 'methodId', method.methodId);
  if (exceedsMethodLimits([...methods, method])) throw new ChangeRefused('method_limit', 'kind');
  return raised(account, account.defaultMethodId === undefined ? asDefault(account, method.methodId) : {});
}

/** Whether these are more than an account keeps of a kind (C3). */
export const exceedsMethodLimits = (methods: readonly Pick<PaymentMethod, 'kind'>[]): boolean =>
  Object.entries(METHOD_LIMITS).some(
    ([kind, limit]) => methods.filter((method) => method.kind === kind).length > limit,
  );

/** Exactly one default (R35). Throws `method_not_found`. */
export function chooseDefault({ account, methods }: BillingInput, methodId: string): Account {
  requireMethod(methods, methodId);
  return raised(account, asDefault(account, methodId));
}

/** The order in which autopay turns to other methods when the default is declined for good. Throws `method_not_found`. */
export function chooseFallbacks({ account, methods }: BillingInput, methodIds: readonly string[]): Account {
  for (const methodId of methodIds) requireMethod(methods, methodId);
  return raised(account, { fallbackMethodIds: [...new Set(methodIds)] });
}

/**
 * The last method takes the default and autopay with it. Throws `method_not_found`, `method_is_default`, and
 * `autopay_always_on` for the last method of an account that is always charged.
 */
export function removeMethod({ account, methods }: BillingInput, methodId: string): Account {
  requireMethod(methods, methodId);
  const left = account.fallbackMethodIds?.filter((id) => id !== methodId);
  if (account.defaultMethodId !== methodId) return raised(account, left && { fallbackMethodIds: left });
  if (methods.length > 1) throw new ChangeRefused('method_is_default', 'methodId', methodId);
  if (isAlwaysAutomatic(account)) throw new ChangeRefused('autopay_always_on', 'methodId', methodId);
  const { defaultMethodId: _removed, ...rest } = account;
  return raised({ ...rest, autopay: false });
}

function requireMethod(methods: readonly PaymentMethod[], methodId: string): void {
  if (!methods.some((method) => method.methodId === methodId))
    throw new ChangeRefused('method_not_found', 'methodId', methodId);
}
