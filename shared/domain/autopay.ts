import type { Account, Schedule } from './account.ts';
import { addHours, type Instant } from './calendar.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { PaymentAttempt } from './receivable.ts';
import { DEFAULT_RETRY_POLICY, RETRY_POLICIES, type RetryPolicyId } from './retry-policy.ts';

/**
 * Whether autopay cannot be turned off (C25): who is billed from sign-up on, every 30 days or by the year, is always charged
 * by itself (R29, R144); on the calendar it is the customer's choice (R34). Wires are agreed on with sales (R31).
 */
export const isAlwaysAutomatic = ({
  schedule,
  terms,
}: Pick<Account, 'terms'> & { readonly schedule?: Schedule | undefined }): boolean =>
  terms === 'card' && (schedule === 'every-30-days' || schedule === 'annual');

/** The default method, or the first of the fallbacks where it was declined for good; the default where all were. */
export function autopayMethod(
  account: Account,
  methods: readonly PaymentMethod[],
  attempts: readonly PaymentAttempt[],
): PaymentMethod | undefined {
  const ordered = [account.defaultMethodId, ...(account.fallbackMethodIds ?? [])].flatMap(
    (id) => methods.find(({ methodId }) => methodId === id) ?? [],
  );
  return ordered.find((method) => !isStopped(method, attempts)) ?? ordered[0];
}

/** Whether autopay is on and turns to another method than that of an attempt that failed, given as it is now. */
export function takesAnother(
  account: Account,
  methods: readonly PaymentMethod[],
  attempts: readonly PaymentAttempt[],
  failed: PaymentAttempt,
): boolean {
  if (!account.autopay) return false;
  const others = attempts.filter(({ attempt }) => attempt !== failed.attempt);
  const next = autopayMethod(account, methods, [...others, failed]);
  return next !== undefined && next.methodId !== failed.methodId;
}

const isStopped = (method: PaymentMethod, attempts: readonly PaymentAttempt[]): boolean =>
  (method.declines ?? []).some(({ stop }) => stop) ||
  declinesOf(triedWith(method, attempts)).some((decline) => decline.hard);

/** An invoice's attempts with a method as it is now. */
export const triedWith = ({ methodId, changedAt = '' }: PaymentMethod, attempts: readonly PaymentAttempt[]) =>
  attempts.filter((attempt) => attempt.methodId === methodId && attempt.startedAt >= changedAt);

/** When the policy allows the next automatic attempt after `tried`, all with `method`; undefined: not any more. */
export function nextTry(
  tried: readonly PaymentAttempt[],
  { kind }: Pick<PaymentMethod, 'kind'>,
  policy: RetryPolicyId = DEFAULT_RETRY_POLICY,
): Instant | undefined {
  const declines = declinesOf(tried);
  const last = declines.at(-1);
  const hours = RETRY_POLICIES[policy].hoursAfter({ declines: declines.length, methodKind: kind });
  if (!last || hours === undefined || declines.some((decline) => decline.hard)) return undefined;
  return addHours(last.at, Math.max(hours, last.restHours));
}

/** A payment that came back counts as declined on the day on which that was known. */
function declinesOf(attempts: readonly PaymentAttempt[]) {
  return attempts.flatMap(({ outcome, startedAt, finishedAt, returned }) => {
    if (returned) return [{ hard: returned.hard, at: returned.at, restHours: 0 }];
    if (outcome?.kind !== 'declined') return [];
    return [{ hard: outcome.hard, at: finishedAt ?? startedAt, restHours: outcome.restHours ?? 0 }];
  });
}
