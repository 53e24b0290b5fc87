import type { Account, HandOver } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Receivable } from '../domain/receivable.ts';
import type { Conditional, Written } from './common.ts';

/** A suspension or reactivation; `number` counts the suspensions of an account. */
export interface ServiceChange {
  readonly accountId: string;
  readonly number: number;
  readonly action: 'suspend' | 'reactivate';
}

export interface ServiceStore {
  account(accountId: string): Promise<Account | undefined>;
  /** active → suspending, with the next number; only while the balance is above zero. */
  requestSuspension(account: Account, now: Instant): Promise<{ result: Conditional; number?: number }>;
  /**
   * suspending or suspended → reactivating although something is owed, together with the receivable for whose notice they were
   * cut, whose version must be one above the stored; `stale` when either is not what it was.
   */
  restoreServices(account: Account, receivable: Receivable, now: Instant): Promise<'written' | 'stale'>;
  /**
   * Notes with the services, which are off, that they are off for this receivable too, together with it, whose version must be
   * one above the stored. Whoever decided meanwhile that they come back decides again; `stale` where they do so already.
   */
  stayOff(account: Account, receivable: Receivable): Promise<'written' | 'stale'>;
  /** Puts on record that Accounts Receivable takes over, once; only while the account owes what was read. */
  handOver(account: Account, handOver: HandOver): Promise<Conditional>;
  /** When a change was asked for; undefined once it is confirmed, or nobody wants it any more. */
  pendingSince(change: ServiceChange): Promise<Instant | undefined>;
  /** Provisioning was told of a pending change, and is told again at `again` unless it confirms it before. */
  awaitConfirmation(change: ServiceChange, sellerId: string, again: Instant): Promise<void>;
  /** suspending → suspended, or reactivating → active, when `number` is still the current one. */
  confirmServices(accountId: string, number: number, action: 'suspend' | 'reactivate', now: Instant): Promise<Written>;
}

/** The telecom's provisioning. `eventId` is stable, so that a repeated event can be recognised. */
export interface Provisioning {
  announce(event: {
    readonly eventId: string;
    readonly sellerId: string;
    readonly accountId: string;
    readonly action: 'suspend' | 'reactivate';
    readonly number: number;
    /** With a suspension: whether emergency numbers can still be called. */
    readonly emergencyCalls?: 'allowed' | 'barred';
  }): Promise<void>;
}
