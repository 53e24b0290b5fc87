import { takesAnother } from '../../shared/domain/autopay.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { opened } from '../../shared/domain/collection-outcome.ts';
import { foundAttempt, returned } from '../../shared/domain/found-payment.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import { isUnderWay, type PaymentAttempt, type Receivable } from '../../shared/domain/receivable.ts';
import type { IntentStanding } from '../../shared/ports.ts';
import { count, logger } from '../../shared/runtime/observability.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { announce, type Deps, type Known, record, type Step } from './record.ts';

/**
 * Compares what the processor says of an intent with the attempts on record. The outcome of an open attempt is asked for
 * by whoever called; here is found what no attempt waits for: a payment that the customer completed by itself, and a
 * settled payment that came back. `done`: there was nothing to find.
 */
export async function lookAt(
  deps: Deps,
  receivable: Receivable,
  intentId: string,
  known: Known,
  now: Instant,
): Promise<Step> {
  const { collection } = receivable;
  const open = isUnderWay(receivable);
  if (open && collection.intentId === intentId) return 'done';
  const standing = await deps.processor.lookAt(intentId);
  if (standing === undefined || standing.kind === 'nothing') return 'done';
  const attempt = known.attempts.find(
    ({ outcome }) => outcome?.kind === 'succeeded' && outcome.chargeId === standing.chargeId,
  );
  if (attempt)
    return standing.kind === 'returned' ? await takeBack(deps, receivable, attempt, standing, known, now) : 'done';
  if (standing.kind === 'returned') return 'done';
  if (open || collection.intentId !== intentId) return unexplained(receivable, intentId);
  return await adopt(deps, receivable, standing, known, now);
}

/** A payment that nobody here has begun gets an attempt of its own, and is concluded like any other. */
async function adopt(
  deps: Deps,
  receivable: Receivable,
  standing: Extract<IntentStanding, { kind: 'succeeded' | 'processing' }>,
  known: Known,
  now: Instant,
): Promise<Step> {
  const attempt = foundAttempt(receivable, methodOf(standing, known.methods), standing.amount, now);
  if ((await deps.store.beginAttempt(receivable, attempt, now)) !== 'written') return 'look-again';
  const { kind, chargeId, amount } = standing;
  const outcome = kind === 'succeeded' ? { kind, chargeId, amount } : { kind };
  return await record(deps, opened(receivable, attempt, now), attempt, known, outcome, now);
}

/** The account's method, or what the processor tells of another one. */
function methodOf(
  { method }: Pick<IntentStanding & { method: PaymentMethod }, 'method'>,
  methods: readonly PaymentMethod[],
) {
  return methods.find(({ processorMethod }) => processorMethod === method.processorMethod) ?? method;
}

async function takeBack(
  deps: Deps,
  receivable: Receivable,
  attempt: PaymentAttempt,
  standing: Extract<IntentStanding, { kind: 'returned' }>,
  known: Known,
  now: Instant,
): Promise<Step> {
  if (!attempt.returned) {
    const { timeZone, retryPolicy } = sellerOf(deps.stage, receivable.sellerId);
    const { account, methods, attempts } = known;
    const { code, amount, hard } = standing;
    const failed = { ...attempt, returned: { at: now, code, amount, hard } };
    const taken = returned(receivable, attempt, standing, now, {
      timeZone,
      another: takesAnother(account, methods, attempts, failed),
      ...(retryPolicy && { policy: retryPolicy }),
    });
    const { result } = await deps.store.concludeAttempt({ receivable, ...taken, now, returns: true });
    if (result === 'stale') return 'look-again';
    if (result === 'written') {
      count('PaymentsReturned');
      const { accountId, invoiceId, attempt: number } = attempt;
      logger.warn('A payment came back', { accountId, invoiceId, attempt: number, code: standing.code });
    }
    return await takeBack(deps, taken.next, taken.attempt, standing, known, now);
  }
  await announce(deps, attempt, undefined);
  return 'done';
}

function unexplained({ accountId, invoiceId }: Receivable, intentId: string): Step {
  count('PaymentsUnexplained');
  logger.error('The processor holds a payment that no attempt explains', { accountId, invoiceId, intentId });
  return 'done';
}
