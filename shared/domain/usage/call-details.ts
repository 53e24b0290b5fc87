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

/** What the law of the customer's country says of bills that list calls one by one. */
interface ItemisingLaw {
  /** Only customers who asked for it get them. */
  readonly onRequest?: true;
  /** How many digits are left out of the numbers of others, unless the customer wants them whole. */
  readonly maskedDigits: number;
  readonly law: string;
}

/** What itemised bills tell of those who call and are called is to be reconciled with their privacy. */
const UNION: ItemisingLaw = { maskedDigits: 3, law: 'Directive 2002/58/EC art. 7' };

/** Where a law goes further than the Union's, or is not the Union's. */
const ITEMISING_LAWS: Readonly<Record<string, ItemisingLaw>> = {
  DE: { onRequest: true, maskedDigits: 3, law: 'TDDDG §11(1)' },
  FR: {
    onRequest: true,
    maskedDigits: 4,
    law: 'Code des postes et des communications électroniques art. D98-5; arrêté du 31 décembre 2013',
  },
  GB: { maskedDigits: 3, law: 'Privacy and Electronic Communications (EC Directive) Regulations 2003 reg. 9' },
  IT: { onRequest: true, maskedDigits: 3, law: 'D.lgs. 196/2003 art. 124(1), (4)' },
};

const itemisingLaw = (country: string): ItemisingLaw | undefined =>
  ITEMISING_LAWS[country] ?? (country in EUROPEAN_UNION ? UNION : undefined);

/** What the account chose, and otherwise what is usual where its billing address is. */
export function callDetailsOf({
  callDetails,
  billingAddress,
}: Pick<Account, 'callDetails' | 'billingAddress'>): CallDetailsChoice {
  if (callDetails !== undefined) return callDetails;
  const law = itemisingLaw(billingAddress?.country ?? '');
  if (law === undefined) return 'full';
  return law.onRequest === true ? 'none' : 'masked';
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

/** How many digits a customer who is billed in this country does not see of the numbers of others. */
export const maskedDigits = (country: string): number => (itemisingLaw(country) ?? UNION).maskedDigits;

/** A number without its last digits: what is left says where, not whom. */
export const masked = (number: string, digits: number): string =>
  `${number.slice(0, -digits)}${'•'.repeat(Math.min(digits, number.length))}`;
