import { type Account, sendsMoney } from './account.ts';
import type { PlainDate } from './calendar.ts';
import {
  type DunningPolicy,
  HAND_OVER_TERMS,
  type HandOverTerms,
  type ReceivablesContact,
  type Seller,
} from './seller.ts';
import type { Subscription } from './subscription.ts';

/** Why a customer is not cut by a machine: its terms, by the seller's policy. Undefined: it is. */
export function handedOverBy(
  { terms }: Pick<Account, 'terms'>,
  underContract: boolean,
  { handOver = HAND_OVER_TERMS }: Pick<DunningPolicy, 'handOver'>,
): HandOverTerms | undefined {
  if (sendsMoney(terms) && handOver.includes('wire')) return 'wire';
  return underContract && handOver.includes('contract') ? 'contract' : undefined;
}

/** Whether anything is agreed on for a term, which is done through sales, and still in service on `today`. */
export const isUnderContract = (subscriptions: readonly Subscription[], today: PlainDate): boolean =>
  subscriptions.some(
    ({ contract, cancellation }) =>
      contract !== undefined && (cancellation === undefined || today <= cancellation.endsOn),
  );

/** Accounts Receivable's contact for customers of a country (R132); the seller's own where no region names it. */
export function receivablesContact({ accountsReceivable }: Pick<Seller, 'accountsReceivable'>, country?: string) {
  const { regions = [], email, phone } = accountsReceivable;
  const region = regions.find(({ countries }) => country !== undefined && countries.includes(country));
  return { email: region?.email ?? email, phone: region?.phone ?? phone } satisfies ReceivablesContact;
}
