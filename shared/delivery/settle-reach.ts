import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { latestSending, reachedNobody } from '../domain/sendings.ts';
import type { DeliveryStore } from '../ports.ts';

/** Several of five recipients may be told of at once; each try that loses makes somebody else's win. */
const TRIES = 5;

/**
 * Notes on a delivery whose last sending is completed that it reached nobody by any, or that it reached somebody after all. Whoever changes what became
 * of a recipient calls it after that, so that the last one sees everything. Returns `nobody` to the one caller that noted
 * it: that one tells people.
 */
export async function settleReach(
  store: Pick<DeliveryStore, 'delivery' | 'noteReach'>,
  found: Delivery,
  now: Instant,
): Promise<'nobody' | 'as-known'> {
  let delivery: Delivery | undefined = found;
  for (let attempt = 1; attempt <= TRIES && delivery; attempt++) {
    // Who completes it looks again.
    if (latestSending(delivery).completedAt === undefined) return 'as-known';
    const nobody = reachedNobody(delivery);
    // A person has seen to it, and sent it by mail as well: that this mail comes back is nobody's concern.
    if (nobody && delivery.reachedOtherwise !== undefined) return 'as-known';
    // Written by this very call, the answer to which was lost.
    if (nobody && attempt > 1 && delivery.unreachedSince === now) return 'nobody';
    if (nobody === (delivery.unreachedSince !== undefined)) return 'as-known';
    if ((await store.noteReach(delivery, nobody ? now : undefined)) === 'written')
      return nobody ? 'nobody' : 'as-known';
    delivery = await store.delivery(delivery);
  }
  throw new Error(`The delivery of ${found.document} ${found.about} of ${found.accountId} kept changing`);
}
