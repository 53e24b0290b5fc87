import { addDays, dateIn, type Instant, startOfDay } from './calendar.ts';
import type { Delivery } from './delivery.ts';
import type { DunningPolicy } from './seller.ts';
import { firstThatReached, latestSending } from './sendings.ts';

/** What became of the final notice: when it reached somebody, that it reached nobody, or that it is still under way. */
export type FinalNotice =
  | { readonly kind: 'given'; readonly at: Instant }
  | { readonly kind: 'undeliverable' }
  | { readonly kind: 'under-way' };

/**
 * A mail that may have gone out counts as given; one that nobody could get, or that came back from everybody, does not. Sent
 * again, it was given when it first reached somebody: asking for it once more puts nothing off. Nobody got it, and a person saw
 * to it by other means: then it was given when that was noted.
 */
export function finalNoticeOf(delivery: Delivery | undefined): FinalNotice {
  if (delivery === undefined) return { kind: 'under-way' };
  const reached = firstThatReached(delivery);
  const at = reached?.completedAt ?? delivery.reachedOtherwise?.at;
  if (at !== undefined) return { kind: 'given', at };
  return { kind: latestSending(delivery).completedAt === undefined ? 'under-way' : 'undeliverable' };
}

/** The first moment at which services may be cut after a notice that was given then: as many days later as the policy puts between the two. */
export function earliestCut(givenAt: Instant, policy: DunningPolicy, timeZone: string): Instant {
  const spacing = policy.suspensionDay - policy.finalNoticeDay;
  return startOfDay(addDays(dateIn(givenAt, timeZone), spacing), timeZone);
}

/** Whether the notice justifies that services are off now: it reached somebody, and its days are over. */
export const justifiesCut = (notice: FinalNotice, policy: DunningPolicy, now: Instant, timeZone: string): boolean =>
  notice.kind === 'given' && now >= earliestCut(notice.at, policy, timeZone);
