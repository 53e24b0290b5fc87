import {
  countryOf,
  inPlanOf,
  isEmergency,
  isNorthAmericanPremium,
  isTollFree,
  isUniversalFreephone,
} from './numbering.ts';
import { type RateDeck, rateOn } from './rate-deck.ts';
import type { CallRecord } from './records.ts';
import type { UsageClass } from './usage.ts';

/**
 * What a call is, from the country of the billing address and not of the device (R108). The order is the rule: internal
 * (R106), emergency, inbound to our toll-free number (R107, C17), other inbound, outbound toll-free, domestic premium
 * (R105), domestic, international. `day` is the `dayNumber` on which the premium prefixes are looked up. The record is one
 * in which `recordProblem` finds nothing.
 */
export function classifyCall(
  { direction, called }: Pick<CallRecord, 'direction' | 'called'>,
  billingCountry: string,
  premium: RateDeck,
  day: number,
): Exclude<UsageClass, 'message'> {
  if (direction === 'internal') return 'internal';
  if (direction === 'outbound' && isEmergency(called, billingCountry)) return 'emergency';
  if (direction === 'inbound') return isTollFree(called) ? 'toll-free-inbound' : 'inbound';
  const atHome = inPlanOf(called, billingCountry);
  // Another country's freephone number is free for callers there; from abroad it is an international call.
  if (isTollFree(called) && (atHome || isUniversalFreephone(called))) return 'toll-free-outbound';
  // Premium is dialled like a domestic number: 1 787 for a US account, but never for a German one (C16).
  if (atHome && (isNorthAmericanPremium(called) || rateOn(premium, called, day) !== undefined))
    return 'domestic-premium';
  return countryOf(called) === billingCountry ? 'domestic' : 'international';
}
