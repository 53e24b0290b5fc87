import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import * as z from 'zod';
import { QUEUES } from '../../shared/messages.ts';
import type { ApiClient } from './api-client.ts';
import { age, amount, progressFormat, table } from './print.ts';

const itemSchema = z.object({
  queue: z.string(),
  jobKey: z.string(),
  accountId: z.string().optional(),
  invoice: z.string().optional(),
  due: z.number().optional(),
  currency: z.string().optional(),
  afterSeconds: z.number().optional(),
  reason: z.string(),
  ageSeconds: z.number(),
  result: z.string(),
  effect: z.string(),
});
type Item = z.infer<typeof itemSchema>;
const receiptSchema = z.object({ items: z.array(itemSchema), cursor: z.string().optional() });

/** What the API redrives per call. */
const STEP = 50;

export interface RedriveChoice {
  readonly jobKeys: readonly string[];
  readonly queue?: string;
  readonly account?: string;
  readonly all?: boolean;
  /** Without it nothing is sent. */
  readonly yes?: boolean;
  /** Seconds between two steps of 50, so that what failed is not flooded as it gets up. */
  readonly pace: number;
}

/** Shows what a redrive would do and, when told to, does exactly that. Answers whether nothing was left behind. */
export async function redrive(api: ApiClient, choice: RedriveChoice): Promise<boolean> {
  const planned = await plan(api, choice);
  const ready = planned.filter(({ result }) => result === 'would-redrive');
  if (!choice.yes || ready.length === 0) {
    console.log(planned.length === 0 ? 'There is nothing to redrive.' : receipt(planned));
    if (ready.length > 0) console.log(`A dry run: nothing was sent. Add --yes to redrive ${ready.length}.`);
    return ready.length === planned.length;
  }
  const done = await send(api, ready, choice.pace);
  const receipts = [...done, ...planned.filter((item) => !ready.includes(item))];
  console.log(receipt(receipts));
  const redriven = receipts.filter(({ result }) => result === 'redriven').length;
  console.log(`${redriven} of ${receipts.length} redriven.`);
  if (receipts.some(({ result }) => result === 'later'))
    console.log('The budget of payments is taken for the next 15 minutes: redrive the rest then.');
  return redriven === receipts.length;
}

async function plan(api: ApiClient, { jobKeys, queue, account, all }: RedriveChoice): Promise<Item[]> {
  if (jobKeys.length === 0 && account === undefined && !all)
    throw new Error('Say what to redrive: job keys, --account ID or --all.');
  if (jobKeys.length > 0) {
    if (queue === undefined) throw new Error('Say with --queue to which queue the job keys belong.');
    return await inSteps(jobKeys, (some) => dryRun(api, { queue, jobKeys: some }));
  }
  const choice = account === undefined ? { all: true } : { accountId: account };
  const items: Item[] = [];
  for (const each of queue === undefined ? QUEUES : [queue])
    items.push(...(await dryRun(api, { queue: each, ...choice })));
  return items;
}

async function dryRun(api: ApiClient, body: object): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const next = { ...body, dryRun: true, ...(cursor === undefined ? {} : { cursor }) };
    const page: z.infer<typeof receiptSchema> = await api.post('ops', '/dead-letters/redrive', next, receiptSchema);
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

/** Only what the dry run showed is sent: dead letters that come meanwhile wait for the next time. */
async function send(api: ApiClient, ready: readonly Item[], pace: number): Promise<Item[]> {
  const bar = new SingleBar({ format: progressFormat('redriving'), clearOnComplete: false });
  bar.start(ready.length, 0);
  const done: Item[] = [];
  try {
    for (const queue of new Set(ready.map((item) => item.queue))) {
      const jobKeys = ready.filter((item) => item.queue === queue).map(({ jobKey }) => jobKey);
      await inSteps(jobKeys, async (some) => {
        if (done.length > 0) await sleep(pace * 1000);
        const body = { queue, jobKeys: some, dryRun: false };
        const { items } = await api.post('ops', '/dead-letters/redrive', body, receiptSchema);
        done.push(...items);
        bar.update(done.length);
        return items;
      });
    }
  } finally {
    bar.stop();
  }
  return done;
}

async function inSteps<T>(keys: readonly string[], step: (some: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const results: T[] = [];
  for (let from = 0; from < keys.length; from += STEP) results.push(...(await step(keys.slice(from, from + STEP))));
  return results;
}

const receipt = (items: readonly Item[]): string =>
  table(
    ['queue', 'account', 'invoice', 'due', 'age', 'why it failed', 'result', 'effect'],
    items.map((item) => [
      item.queue,
      item.accountId ?? '–',
      item.invoice ?? '–',
      item.due === undefined ? '–' : amount(item.due, item.currency ?? ''),
      age(item.ageSeconds),
      item.reason,
      item.afterSeconds ? `${item.result} in ${item.afterSeconds} s` : item.result,
      item.effect,
    ]),
  );
