import type { Account } from './account.ts';
import { autopayMethod, triedWith } from './autopay.ts';
import type { Instant } from './calendar.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { PaymentAttempt, Receivable } from './receivable.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicyId, retriesAfter } from './retry-policy.ts';

/** What autopay will do about an invoice: the method and the times at which it is charged if every attempt is declined. */
export interface Outlook {
  readonly methodId: string;
  readonly at: readonly Instant[];
}

/** Undefined when nothing is planned: it is paid, open, waits for the customer or was given up. */
export function outlookOf(
  receivable: Receivable,
  { account, methods }: { readonly account: Account; readonly methods: readonly PaymentMethod[] },
  attempts: readonly PaymentAttempt[],
  policy: RetryPolicyId = DEFAULT_RETRY_POLICY,
): Outlook | undefined {
  const { state, nextAt, requested } = receivable.collection;
  const first = requested ? requested.planned : nextAt;
  const method = autopayMethod(account, methods, attempts);
  if (!account.autopay || state !== 'idle' || receivable.due <= 0 || !first || !method) return undefined;
  const declines = triedWith(method, attempts).filter(({ outcome }) => outcome?.kind === 'declined').length + 1;
  return {
    methodId: method.methodId,
    at: [first, ...retriesAfter(first, { declines, methodKind: method.kind }, policy)],
  };
}

/** R41, in its order: what a customer whose payment failed is advised to do. */
export const STEPS = [
  'check-details',
  'ask-issuer',
  'try-another-card',
  'authenticate',
  'wait',
  'contact-support',
] as const;
type Step = (typeof STEPS)[number];

/** Strong authentication concerns the cards of the EU and the UK only (R42). Empty when no payment has failed. */
export function stepsAfterFailure({ due, currency, collection }: Receivable): readonly Step[] {
  const failed = collection.lastDecline !== undefined || collection.state === 'needs-authentication';
  if (!failed || due <= 0) return [];
  return STEPS.filter((step) => step !== 'authenticate' || currency === 'EUR' || currency === 'GBP');
}
