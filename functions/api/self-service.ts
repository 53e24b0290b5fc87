import { unpaidOf } from '../../shared/collection/open-invoices.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import { dateIn, type PlainDate } from '../../shared/domain/calendar.ts';
import {
  productOf,
  refuseAgreedTerms,
  refuseThePast,
  refuseWhileOverdue,
  requireSelfService,
} from '../../shared/domain/self-service.ts';
import type { AgreedSubscription } from '../../shared/domain/subscription-terms.ts';
import { actsAsCustomer, type Permission } from './access.ts';
import { type ApiEnv, sellerOfAccount } from './context.ts';

interface Asking {
  readonly var: ApiEnv['Variables'];
}

/** Whether the customer itself asks, and not the telecom's people on its behalf, who are bound by none of this (C10). */
export const asksForItself = (
  { var: { principal, input } }: Asking,
  permission: Permission = 'subscription.write',
): boolean => actsAsCustomer(principal, permission, input.account.sellerId);

const todayOf = ({ var: { deps, input, now } }: Asking): PlainDate =>
  dateIn(now, sellerOfAccount(deps, input).timeZone);

async function refuseDebts(c: Asking, field: string): Promise<void> {
  refuseWhileOverdue(await unpaidOf(c.var.deps, c.var.input.account.accountId), todayOf(c), field);
}

/** A customer orders only what is offered to it alone, from today on, with nothing that sales agrees on, and without debts (R87). */
export async function admitOrder(c: Asking, ordered: AgreedSubscription): Promise<void> {
  if (!asksForItself(c)) return;
  requireSelfService(c.var.deps.stage.products, ordered.productId, 'productId');
  refuseAgreedTerms(ordered);
  const dates = ordered.changes.map(({ effectiveOn }) => effectiveOn);
  refuseThePast(dates, todayOf(c), 'changes');
  await refuseDebts(c, 'productId');
}

/** More of something, or for longer at a time, is an order (R87); less of it is not. A subscription that is not there is left to the caller. */
export async function admitChange(
  c: Asking,
  input: BillingInput,
  subscriptionId: string,
  change: { readonly from: PlainDate; readonly more: boolean; readonly fields: { from: string; what: string } },
): Promise<void> {
  const productId = productOf(input, subscriptionId);
  if (!asksForItself(c) || productId === undefined) return;
  requireSelfService(c.var.deps.stage.products, productId, 'subscriptionId');
  refuseThePast([change.from], todayOf(c), change.fields.from);
  if (change.more) await refuseDebts(c, change.fields.what);
}

/** A customer cancels alone what is offered to it alone, as of today, and without debts (R59, R66). */
export async function admitCancellation(
  c: Asking,
  input: BillingInput,
  subscriptionId: string,
  requestedOn: PlainDate,
): Promise<void> {
  const productId = productOf(input, subscriptionId);
  if (!asksForItself(c) || productId === undefined) return;
  requireSelfService(c.var.deps.stage.products, productId, 'subscriptionId');
  refuseThePast([requestedOn], todayOf(c), 'requestedOn');
  await refuseDebts(c, 'subscriptionId');
}

/** To keep what was cancelled is to order it for longer: a customer does so alone where it could cancel alone, and without debts (R66, R87). */
export async function admitWithdrawal(c: Asking, input: BillingInput, subscriptionId: string): Promise<void> {
  const productId = productOf(input, subscriptionId);
  if (!asksForItself(c) || productId === undefined) return;
  requireSelfService(c.var.deps.stage.products, productId, 'subscriptionId');
  await refuseDebts(c, 'subscriptionId');
}

/** What is bought once, by the same rules as an order. */
export async function admitPurchase(c: Asking, productIds: readonly string[]): Promise<void> {
  if (!asksForItself(c)) return;
  productIds.forEach((productId, index) => {
    requireSelfService(c.var.deps.stage.products, productId, `items.${index}.productId`);
  });
  await refuseDebts(c, 'items');
}
