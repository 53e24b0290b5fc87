import { type Instant, type Month, monthOf, monthsBetween, type PlainDate } from './calendar.ts';
import type { Currency } from './money.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { PaymentAttempt } from './receivable.ts';
import type { MethodKind } from './retry-policy.ts';

/** What is accepted (R31): cards of these brands, debits in their own currency, PayPal. Written as the processor writes them. */
const BRANDS: Readonly<Record<MethodKind, Readonly<Record<string, readonly Currency[] | 'any'>>>> = {
  card: { visa: 'any', mastercard: 'any', amex: 'any', discover: 'any' },
  'bank-debit': { 'SEPA debit': ['EUR'], 'ACH debit': ['USD'] },
  connected: { paypal: 'any' },
};

export type MethodFault = 'method_not_accepted' | 'method_currency' | 'method_expired';

/** Why an account that is billed in `currency` cannot take a method on `today`, in the seller's time zone. */
export function faultOf(
  { kind, brand, expires }: Pick<PaymentMethod, 'kind' | 'brand' | 'expires'>,
  currency: Currency,
  today: PlainDate,
): MethodFault | undefined {
  const currencies = BRANDS[kind][brand];
  if (currencies === undefined) return 'method_not_accepted';
  if (currencies !== 'any' && !currencies.includes(currency)) return 'method_currency';
  return isExpired(expires, monthOf(today)) ? 'method_expired' : undefined;
}

/** A card is good through the last day of the month that stands on it. */
const isExpired = (expires: Month | undefined, month: Month): boolean => expires !== undefined && expires < month;

/** The customer is warned with the automatic payments of the month before and of the month in which the card expires. */
const WARNED_MONTHS = 1;

/** Whether a payment that autopay has just made calls for a warning: the next one may meet an expired card. */
export function warnsOfExpiry({ outcome, offSession, finishedAt, method }: PaymentAttempt): boolean {
  if (outcome?.kind !== 'succeeded' || !offSession || !finishedAt || !method.expires) return false;
  return monthsBetween(monthAt(finishedAt), method.expires) <= WARNED_MONTHS;
}

const monthAt = (instant: Instant): Month => instant.slice(0, 7);
