import type { BillingInput } from '../domain/account.ts';
import { ChangeRefused } from '../domain/account-changes.ts';
import { dateIn, type Instant } from '../domain/calendar.ts';
import { renewed, takeIn, withdrawn } from '../domain/method-changes.ts';
import type { Seller } from '../domain/seller.ts';
import type { AccountStore, InvoiceStore, MethodSetup, ProcessorMethods } from '../ports.ts';
import type { OpenInvoicesDeps } from './open-invoices.ts';
import { awakenWith } from './waiting-invoices.ts';

/** Somebody else changed the account meanwhile: read it again this often before giving up. */
const TRIES = 4;

export interface ProcessorMethodsDeps extends OpenInvoicesDeps {
  readonly store: OpenInvoicesDeps['store'] &
    Pick<InvoiceStore, 'loadAccount'> &
    Pick<AccountStore, 'putMethod' | 'accountsWithMethod'>;
  readonly processor: ProcessorMethods;
  readonly sellers: readonly Seller[];
}

/** What came of a visit to the processor's page. `refused`: what was entered cannot be kept, and was given up again. */
export type TakenIn =
  | { readonly kind: 'open' | 'expired' | 'not-ours' }
  | { readonly kind: 'added'; readonly methodId: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/** Adds the method of a completed setup to its account, once. Throws when the account keeps changing. */
export async function takeInSetup(deps: ProcessorMethodsDeps, setup: MethodSetup, now: Instant): Promise<TakenIn> {
  const { method: described, accountId, sellerId, status } = setup;
  if (described === undefined) return { kind: status === 'expired' ? 'expired' : 'open' };
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const input = await deps.store.loadAccount(accountId);
    const seller = deps.sellers.find((candidate) => candidate.sellerId === sellerId);
    if (input?.account.sellerId !== sellerId || seller === undefined) return { kind: 'not-ours' };
    const taken = taking(() => takeIn(input, described, dateIn(now, seller.timeZone)));
    if (taken instanceof ChangeRefused) {
      await deps.processor.detach(described.processorMethod);
      return { kind: 'refused', code: taken.code, reason: taken.message };
    }
    if (taken === undefined) return { kind: 'added', methodId: described.processorMethod };
    if ((await deps.store.putMethod(taken.account, taken.method)) === 'written')
      return { kind: 'added', methodId: taken.method.methodId };
  }
  throw new Error(`The account ${accountId} kept changing while a payment method was added`);
}

function taking<T>(take: () => T): T | ChangeRefused {
  try {
    return take();
  } catch (error) {
    if (error instanceof ChangeRefused) return error;
    throw error;
  }
}

/**
 * Brings a method up to date in every account that has it: a card that was replaced, or withdrawn at the processor. What
 * was given up with the old card is tried with the new one. Returns for how many accounts anything changed.
 */
export async function followMethod(deps: ProcessorMethodsDeps, processorMethod: string, now: Instant): Promise<number> {
  const said = await deps.processor.method(processorMethod);
  if (said === undefined) return 0;
  let changed = 0;
  for (const accountId of await deps.store.accountsWithMethod(processorMethod)) {
    const follow = (input: BillingInput) =>
      said === 'withdrawn' ? withdrawn(input, processorMethod, now) : renewed(input, said, now);
    if (await followIn(deps, accountId, follow, said !== 'withdrawn', now)) changed += 1;
  }
  return changed;
}

async function followIn(
  deps: ProcessorMethodsDeps,
  accountId: string,
  follow: (input: BillingInput) => ReturnType<typeof renewed>,
  awakens: boolean,
  now: Instant,
): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const input = await deps.store.loadAccount(accountId);
    const next = input && follow(input);
    if (next === undefined) return false;
    const save = () => deps.store.putMethod(next.account, next.method);
    if ((await (awakens ? awakenWith(deps, next.account, now, save) : save())) === 'written') return true;
  }
  throw new Error(`The account ${accountId} kept changing while a payment method was brought up to date`);
}
