// Trigger: EventBridge Scheduler, daily at 00:15 in each seller's time zone, input {"sellerId"}; by hand also "businessDate".

import * as z from 'zod';
import { createQueues } from '../shared/aws/queues.ts';
import { createRunStore } from '../shared/aws/run-store.ts';
import { dateIn, type Instant } from '../shared/domain/calendar.ts';
import type { Queues, RunStore } from '../shared/ports.ts';
import { queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { scheduleHandler } from '../shared/runtime/schedule-handler.ts';
import { loadStage, type Stage, sellerOf } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

const inputSchema = z.object({ sellerId: z.string().min(1), businessDate: z.iso.date().optional() });
type Input = z.infer<typeof inputSchema>;

interface Deps {
  readonly store: Pick<RunStore, 'beginRun' | 'shards'>;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

/**
 * Begins the run of one seller and business date, which is today in the seller's time zone unless the input says
 * otherwise, and has every shard fanned out that is not done. A run that exists is carried on, not begun again.
 * Throws `seller_not_found`.
 */
export const planBillingRun =
  ({ store, queues, stage }: Deps) =>
  async (input: Input, now: Instant): Promise<void> => {
    const seller = sellerOf(stage, input.sellerId);
    const run = { sellerId: seller.sellerId, businessDate: input.businessDate ?? dateIn(now, seller.timeZone) };
    const begun = await store.beginRun(run, seller.shards, now);
    const open = (await store.shards(run)).filter((shard) => !shard.done);
    await queues.send(
      'runs',
      open.map(({ shard }) => ({ ...run, shard })),
    );
    count('RunsPlanned');
    logger.info('A billing run is fanned out', { ...run, begun, openShards: open.length });
  };

export const handler = scheduleHandler(inputSchema, () => {
  const stage = loadStage();
  const queues = createQueues({ urls: queueUrls('runs') });
  return planBillingRun({ store: createRunStore(openStorage(stage)), queues, stage });
});
