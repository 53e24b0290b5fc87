import {
  LONGEST_DELAY_SECONDS,
  NETWORK_PER_SECOND,
  PAYMENTS_PER_SECOND,
  slotDelays,
} from '../../shared/collection/pace.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { DeadLetter } from '../../shared/domain/dead-letter.ts';
import type { Message, QueueName } from '../../shared/messages.ts';
import type { DeadLetterStore } from '../../shared/ports.ts';
import type { CollectionWork } from './collection-work.ts';

/** A dead letter ready to be sent again, or why it cannot be. */
export interface Prepared {
  readonly letter: DeadLetter;
  readonly messages: readonly Message<QueueName>[];
  readonly effect: string;
  readonly work?: CollectionWork;
}

type Slots = Pick<DeadLetterStore, 'takeSlots'>;

/**
 * After how many seconds each piece of work may be looked at: at once, unless it charges somebody. Payments keep within
 * their budget and that of their card network; those for which there is no room in the next fifteen minutes are left out.
 */
export async function paced(store: Slots, ready: readonly Prepared[], now: Instant): Promise<Map<Prepared, number>> {
  const delays = new Map(ready.filter((each) => networkOf(each) === undefined).map((each) => [each, 0]));
  const networks = Map.groupBy(
    ready.filter((each) => networkOf(each) !== undefined),
    (each) => networkOf(each),
  );
  for (const [network, payments] of networks) {
    const ofNetwork = await slots(store, `network ${network}`, payments.length, NETWORK_PER_SECOND, now);
    const ofAll = ofNetwork && (await slots(store, 'payments', payments.length, PAYMENTS_PER_SECOND, now));
    if (!ofAll) continue;
    payments.forEach((payment, index) => {
      delays.set(payment, Math.min(LONGEST_DELAY_SECONDS, Math.max(ofNetwork[index] ?? 0, ofAll[index] ?? 0)));
    });
  }
  return delays;
}

const networkOf = ({ work }: Prepared): string | undefined => work?.effect.method?.brand;

async function slots(store: Slots, budget: string, count: number, perSecond: number, now: Instant) {
  const tookMs = Math.ceil((count * 1000) / perSecond);
  const busyMs = await store.takeSlots(budget, tookMs, LONGEST_DELAY_SECONDS * 1000 - tookMs, now);
  return busyMs === undefined ? undefined : slotDelays(busyMs, count, perSecond);
}
