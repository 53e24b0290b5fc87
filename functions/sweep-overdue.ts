// Trigger: EventBridge Scheduler, every five minutes, without input.

import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { inParallel } from '../shared/aws/concurrency.ts';
import { createQueues } from '../shared/aws/queues.ts';
import { createWorkStore } from '../shared/aws/work-store.ts';
import { addMinutes, type Instant } from '../shared/domain/calendar.ts';
import { type Message, QUEUES, type QueueName } from '../shared/messages.ts';
import { type DueWork, type Job, type Queues, WORK_KINDS, type WorkKind, type WorkStore } from '../shared/ports.ts';
import { queueUrls } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { scheduleHandler } from '../shared/runtime/schedule-handler.ts';
import { loadStage, type Stage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: WorkStore;
  readonly queues: Queues;
  readonly stage: Pick<Stage, 'sellers'>;
}

interface Partition {
  readonly kind: WorkKind;
  readonly sellerId: string;
  readonly shard: number;
}

/** Items held in memory at once, per partition. */
const PAGE = 100;
const PARTITIONS_AT_ONCE = 8;
const WRITES_AT_ONCE = 8;
/** Sent again only when it is still not done after this long: well above the time its queue needs. */
const MINUTES_UNTIL_SENT_AGAIN = 20;
const MINUTES_BETWEEN_SWEEPS = 5;
/** An invoice's work is planned to be found here; only when it is found this late was it forgotten. */
const LATE_AFTER_MINUTES = 60;
/** Left for the pages that were begun. */
const RESERVE_MS = 20_000;

/**
 * Hands everything that is due by now back to the queues: payments to retry or ask about, dunning steps, and work of any
 * kind whose message was lost. What one sweep has no time for, the next one finds; each begins at another place, so that
 * nobody always comes last.
 */
export const sweepOverdue =
  (deps: Deps) =>
  async (now: Instant, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const found = new Map<WorkKind, number>();
    const inTime = () => context.getRemainingTimeInMillis() > RESERVE_MS;
    await inParallel(rotated(partitionsOf(deps.stage), now), PARTITIONS_AT_ONCE, async (partition) => {
      let cursor: string | undefined;
      do {
        if (!inTime()) return;
        const { kind, sellerId, shard } = partition;
        const page = await deps.store.dueWork(kind, sellerId, shard, now, PAGE, cursor);
        await handBack(deps, page.items, now);
        countForgotten(found, page.items, now);
        cursor = page.cursor;
      } while (cursor !== undefined);
    });
    for (const [kind, items] of found) count('ForgottenWork', items, { kind });
    if (found.size > 0) logger.warn('Forgotten work was sent again', Object.fromEntries(found));
    if (!inTime()) logger.warn('The sweep ran out of time; the next one goes on');
  };

const partitionsOf = ({ sellers }: Deps['stage']): Partition[] =>
  WORK_KINDS.flatMap((kind) =>
    sellers.flatMap(({ sellerId, shards }) =>
      Array.from({ length: shards }, (_, shard) => ({ kind, sellerId, shard })),
    ),
  );

function rotated<T>(items: readonly T[], now: Instant): readonly T[] {
  const sweep = Math.floor(Date.parse(now) / (MINUTES_BETWEEN_SWEEPS * 60_000));
  // A step that shares no factor with most lengths, so that successive sweeps begin far apart.
  const start = (sweep * 7919) % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

/** Postponed before it is sent: dying in between delays the work, the other order could send it with every sweep. */
async function handBack({ store, queues }: Deps, works: readonly DueWork[], now: Instant): Promise<void> {
  const until = addMinutes(now, MINUTES_UNTIL_SENT_AGAIN);
  const jobs: Job[] = [];
  await inParallel(works, WRITES_AT_ONCE, async (work) => {
    if ((await store.postpone(work, until)) === 'written') jobs.push(...work.jobs);
  });
  for (const queue of QUEUES) {
    const messages = jobs.filter((job) => job.queue === queue).map((job) => job.message as Message<QueueName>);
    if (messages.length > 0) await queues.send(queue, messages);
  }
}

function countForgotten(found: Map<WorkKind, number>, works: readonly DueWork[], now: Instant): void {
  const late = addMinutes(now, -LATE_AFTER_MINUTES);
  for (const { kind, dueAt } of works) {
    // Provisioning is told again until it confirms, and an erasure waits until it may go on: nothing of that was forgotten.
    if (kind === 'confirmation' || kind === 'erasure') continue;
    if (kind !== 'receivable' || dueAt < late) found.set(kind, (found.get(kind) ?? 0) + 1);
  }
}

export const handler = scheduleHandler(z.object({}), () => {
  const stage = loadStage();
  const urls = queueUrls('runs', 'invoices', 'deliveries', 'collections', 'dunning', 'notices', 'services', 'erasures');
  const sweep = sweepOverdue({ store: createWorkStore(openStorage(stage)), queues: createQueues({ urls }), stage });
  return (_input, now, context) => sweep(now, context);
});
