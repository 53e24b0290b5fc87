import type { Account, CallDetailsChoice } from '../account.ts';
import type { Month } from '../calendar.ts';
import { EUROPEAN_UNION } from '../tax/national.ts';
import type { OpenUsage } from './usage.ts';

/** What an invoice itemises, as it was decided when it was issued; absent: nothing. */
export interface ItemisedUsage {
  readonly numbers: Exclude<CallDetailsChoice, 'none'>;
  readonly usage: readonly ItemisedMonth[];
}

/** Batches of a month (see `OpenUsage`) that never change: those after `after`, up to and with `through`. */
export interface ItemisedMonth {
  readonly month: Month;
  readonly after: number;
  readonly through: number;
}

/** Germany: only for customers who asked for it (TDDDG §11(1)). */
const ON_REQUEST: readonly string[] = ['DE'];
/** Directive 2002/58/EC, art. 7: what itemised bills tell of those who call and are called is to be reconciled with their privacy. */
const isMasked = (country: string): boolean => country in EUROPEAN_UNION || country === 'GB';

/** What the account chose, and otherwise what is usual where its billing address is. */
export function callDetailsOf({
  callDetails,
  billingAddress,
}: Pick<Account, 'callDetails' | 'billingAddress'>): CallDetailsChoice {
  const country = billingAddress?.country ?? '';
  if (callDetails !== undefined) return callDetails;
  if (ON_REQUEST.includes(country)) return 'none';
  return isMasked(country) ? 'masked' : 'full';
}

/** What an invoice that takes in this usage itemises. */
export function itemisedUsage(
  account: Pick<Account, 'callDetails' | 'billingAddress'>,
  usage: readonly OpenUsage[],
): ItemisedUsage | undefined {
  const numbers = callDetailsOf(account);
  if (numbers === 'none' || usage.length === 0) return undefined;
  const months = Map.groupBy(usage, ({ month }) => month);
  return {
    numbers,
    usage: [...months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, parts]) => ({
        month,
        after: Math.min(...parts.map(({ covered }) => covered)),
        through: Math.max(...parts.map(({ last }) => last)),
      })),
  };
}

const MASKED_DIGITS = 3;

/** A number without its last three digits: what is left says where, not whom. */
export const masked = (number: string): string =>
  `${number.slice(0, -MASKED_DIGITS)}${'•'.repeat(Math.min(MASKED_DIGITS, number.length))}`;
