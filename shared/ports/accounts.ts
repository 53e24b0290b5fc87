import type { Account, BillingInput } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import type { CancellationConfirmation } from '../domain/cancellation.ts';
import type { ProcessorErasure } from '../domain/erasure.ts';
import type { Order } from '../domain/order.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Page, Written } from './common.ts';

export interface AccountStore {
  /** Writes a new account with everything it has; `already-done` when its id is taken. */
  createAccount(input: BillingInput): Promise<Written>;
  /** Accounts by id, as they stand now; one that does not exist is not in the answer. */
  accountsById(accountIds: readonly string[]): Promise<ReadonlyMap<string, Account>>;
  /** Replaces an account; its `version` must be one above the stored. */
  updateAccount(account: Account): Promise<'written' | 'stale'>;
  /**
   * Writes a subscription together with the account, whose `version` must be one above the stored; and, in the same
   * transaction, what the customer is told of its end, or that it does not end, with the delivery that mails it.
   */
  putSubscription(
    account: Account,
    subscription: Subscription,
    cancellation?: CancellationConfirmation,
  ): Promise<'written' | 'stale'>;
  /** What the customer was told last of the end of a subscription. */
  cancellation(accountId: string, subscriptionId: string): Promise<CancellationConfirmation | undefined>;
  putMethod(account: Account, method: PaymentMethod): Promise<'written' | 'stale'>;
  removeMethod(account: Account, method: PaymentMethod): Promise<'written' | 'stale'>;
  /** The accounts that have a method of the processor's. */
  accountsWithMethod(processorMethod: string): Promise<readonly string[]>;
  /** A seller's accounts that Accounts Receivable has taken over, the longest first. */
  handedOver(sellerId: string, limit: number, cursor?: string): Promise<Page<Account>>;
  /** A seller's accounts, by shard and next billing date. */
  accountsOf(sellerId: string, limit: number, cursor?: string): Promise<Page<Account>>;
}

/** Customers of the payment processor that are to be deleted there. */
export interface ErasureStore {
  /** Puts one on record, to be found by the sweep until it is deleted; `already-done` when it was before. */
  beginErasure(erasure: ProcessorErasure): Promise<Written>;
  erasure(accountId: string, erasureId: string): Promise<ProcessorErasure | undefined>;
  erasuresOf(accountId: string): Promise<readonly ProcessorErasure[]>;
  /** It is deleted: its id goes, too, and the sweep finds it no more. */
  concludeErasure(erasure: ProcessorErasure, now: Instant): Promise<void>;
  /** Notes why it waits; the sweep tries it again at `again`. One that is deleted meanwhile stays so. */
  postponeErasure(
    erasure: ProcessorErasure,
    waits: NonNullable<ProcessorErasure['waits']>,
    again: Instant,
  ): Promise<void>;
}

export interface OrderStore {
  /** Writes an order; `already-done` when the account has one of this id. */
  placeOrder(order: Order, now: Instant): Promise<Written>;
  order(accountId: string, orderId: string): Promise<Order | undefined>;
  /** Its invoice is under way, or it gets none: the sweep needs not look after it any more. Safe to repeat. */
  orderBilled(order: Pick<Order, 'accountId' | 'orderedOn' | 'orderId'>): Promise<void>;
}

/** A request to move money, as it was answered. `fingerprint`: of its content. */
export interface SavedRequest {
  readonly accountId: string;
  /** The caller's own. */
  readonly key: string;
  readonly fingerprint: string;
  readonly at: Instant;
  readonly answer: object;
}

export interface RequestStore {
  savedRequest(accountId: string, key: string): Promise<SavedRequest | undefined>;
  /** Puts a request on record under its key; returns the one that stands there already. */
  claimRequest(request: SavedRequest): Promise<SavedRequest | undefined>;
}

/** What a tax authority answers, and when. `unavailable` says nothing about the ID: neither that it is valid nor that it is not. */
export type TaxIdAnswer =
  | {
      readonly kind: 'answered';
      readonly authority: string;
      readonly valid: boolean;
      readonly at: Instant;
      readonly reference?: string;
    }
  | { readonly kind: 'unavailable'; readonly authority: string; readonly reason: string };

export interface TaxIdAuthority {
  /**
   * Asks about a tax ID with its country prefix. `requester` is the seller's own, for which the authority gives the
   * enquiry a number as proof. Never throws for what the authority does or does not do.
   */
  validate(id: string, at: Instant, requester?: string): Promise<TaxIdAnswer>;
}
