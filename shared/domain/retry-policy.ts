import { addHours, type Instant } from './calendar.ts';

/** `connected`: an account at another payment service, such as PayPal. */
export const METHOD_KINDS = ['card', 'bank-debit', 'connected'] as const;
export type MethodKind = (typeof METHOD_KINDS)[number];

/** What a retry policy may look at. `declines`: how often the instrument was declined for this invoice, the last one included. */
interface RetryFacts {
  readonly declines: number;
  readonly methodKind: MethodKind;
}

/**
 * When an automatic attempt that was declined is made again, by name, so that it can be shown in advance and changed
 * without changing what is under way. `hoursAfter` counts from the last decline; undefined: not any more.
 */
interface RetryPolicy {
  readonly description: string;
  readonly hoursAfter: (facts: RetryFacts) => number | undefined;
}

const LADDER_HOURS = [1, 24, 72, 120, 168] as const;
/** A debit may be presented again at most twice (NACHA operating rules, reinitiation of entries), and not within the hour. */
const DEBIT_LADDER_HOURS = [72, 168] as const;

export const RETRY_POLICIES = {
  'fixed-ladder@1': {
    description:
      'Cards and connected accounts: 1, 24, 72, 120 and 168 hours after each decline. Bank debits: 72 and 168 hours, then never.',
    hoursAfter: ({ declines, methodKind }) =>
      (methodKind === 'bank-debit' ? DEBIT_LADDER_HOURS : LADDER_HOURS)[declines - 1],
  },
} as const satisfies Record<string, RetryPolicy>;
export type RetryPolicyId = keyof typeof RETRY_POLICIES;
/** C23: autopay's first attempt is on the issue date, then this ladder. */
export const DEFAULT_RETRY_POLICY: RetryPolicyId = 'fixed-ladder@1';

/**
 * The times at which the policy would try again if every attempt were declined at once, counted from a last decline:
 * what customer and operations are shown in advance. Empty: none.
 */
export function retriesAfter(
  lastDecline: Instant,
  facts: RetryFacts,
  policy: RetryPolicyId = DEFAULT_RETRY_POLICY,
): readonly Instant[] {
  const times: Instant[] = [];
  let at = lastDecline;
  for (let declines = facts.declines; ; declines++) {
    const hours = RETRY_POLICIES[policy].hoursAfter({ ...facts, declines });
    if (hours === undefined) return times;
    at = addHours(at, hours);
    times.push(at);
  }
}
