import type { Instant } from '../../shared/domain/calendar.ts';
import { ProcessorBusy } from '../../shared/domain/errors.ts';
import type { PaymentAttempt, PaymentOutcome } from '../../shared/domain/receivable.ts';
import { shardOf } from '../../shared/domain/run.ts';
import type { Queues } from '../../shared/ports.ts';
import { count, logger } from '../../shared/runtime/observability.ts';

/** As soon as a limit per second may be free again. */
const SHORTEST_SECONDS = 5;
/** From then on the sweep comes back for the attempt, as for any whose outcome is not known. */
const LONGEST_AGE_SECONDS = 300;
const SPREAD = 16;

/**
 * What the processor answers; where it has no time to, the attempt stays open and its message comes again after as long as
 * the attempt is old (a wait that doubles), up to twice that, so that not all come back at once: `put-off`. After five minutes
 * of it the outcome is unknown: the sweep goes on asking, and tells a person in the end.
 */
export async function unlessBusy(
  { queues }: { readonly queues: Queues },
  attempt: PaymentAttempt,
  now: Instant,
  ask: () => Promise<PaymentOutcome | 'look-again'>,
): Promise<PaymentOutcome | 'look-again' | 'put-off'> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProcessorBusy)) throw error;
    const { sellerId, accountId, invoiceId, attempt: number } = attempt;
    const age = (Date.parse(now) - Date.parse(attempt.startedAt)) / 1000;
    if (age >= LONGEST_AGE_SECONDS) return { kind: 'unknown', reason: error.message };
    const seconds = Math.round(Math.max(SHORTEST_SECONDS, age) * (1 + shardOf(attempt.key, SPREAD) / SPREAD));
    await queues.send('collections', [{ sellerId, accountId, invoiceId }], [seconds]);
    count('PaymentsPutOff');
    logger.warn('The processor is too busy for a payment', { accountId, invoiceId, attempt: number, seconds });
    return 'put-off';
  }
}
