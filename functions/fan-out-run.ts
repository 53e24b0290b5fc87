// Trigger: the runs queue — one shard of a run that plan-billing-run began, or its rest.

import type { Context } from 'aws-lambda';
import { createQueues } from '../shared/aws/queues.ts';
import { createRunStore } from '../shared/aws/run-store.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { RunShard } from '../shared/domain/run.ts';
import type { Message } from '../shared/messages.ts';
import type { Queues, RunStore } from '../shared/ports.ts';
import { queueUrls } from '../shared/runtime/environment.ts';
import { count } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Pick<RunStore, 'shards' | 'dueAccounts' | 'recordPlanned' | 'checkpoint'>;
  readonly queues: Queues;
}

/** Accounts held in memory at once. */
const PAGE = 200;
/** Left for the page that was begun and the message to the successor. */
const RESERVE_MS = 15_000;

/**
 * Sends one job for every account of a shard that is due on or before the run's date, page by page with a checkpoint
 * after each, and hands the rest to a successor before the time is up. The cursor is a position in the index, so accounts
 * that are billed, and leave the index, while their shard is paged do not disturb it. Throws `run_not_found`.
 */
export const fanOutRun =
  (deps: Deps) =>
  async (message: Message<'runs'>, now: Instant, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    for (;;) {
      const shard = await shardOfRun(deps, message);
      if (shard.done) return;
      if (context.getRemainingTimeInMillis() < RESERVE_MS) return await deps.queues.send('runs', [message]);
      await fanOutPage(deps, shard, now);
    }
  };

async function shardOfRun({ store }: Deps, { sellerId, businessDate, shard }: Message<'runs'>): Promise<RunShard> {
  const found = (await store.shards({ sellerId, businessDate })).find((candidate) => candidate.shard === shard);
  if (!found) throw new BillingError('run_not_found', `${sellerId} ${businessDate} shard ${shard}`);
  return found;
}

/** A checkpoint that another invocation moved meanwhile is as good: whoever goes on reads where the shard stands. */
async function fanOutPage({ store, queues }: Deps, shard: RunShard, now: Instant): Promise<void> {
  const { sellerId, businessDate } = shard;
  const page = await store.dueAccounts(sellerId, shard.shard, businessDate, PAGE, shard.cursor);
  await store.recordPlanned(
    { sellerId, businessDate },
    shard.shard,
    page.items.map(({ accountId }) => accountId),
  );
  await queues.send(
    'invoices',
    page.items.map(({ accountId, billingDate }) => ({ sellerId, accountId, billingDate, businessDate })),
  );
  await store.checkpoint(shard, { cursor: page.cursor, done: page.cursor === undefined }, now);
  count('AccountsPlanned', page.items.length);
}

export const handler = queueHandler('runs', () =>
  fanOutRun({
    store: createRunStore(openStorage(loadStage())),
    queues: createQueues({ urls: queueUrls('runs', 'invoices') }),
  }),
);
