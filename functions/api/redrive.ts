import { z } from 'zod';
import { feedbackJobs } from '../../shared/delivery/feedback-jobs.ts';
import { NAMES } from '../../shared/delivery/subjects/names.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { DeadLetter } from '../../shared/domain/dead-letter.ts';
import { DOCUMENTS } from '../../shared/domain/delivery.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import { describeRedrive, type RedriveFacts } from '../../shared/domain/redrive.ts';
import { fileJobs } from '../../shared/import/import-jobs.ts';
import { type Message, parseMessage, QUEUES, type QueueName } from '../../shared/messages.ts';
import { collectionWork } from './collection-work.ts';
import type { ApiDeps } from './context.ts';
import { type Prepared, paced } from './redrive-pace.ts';

const RESULTS = ['would-redrive', 'redriven', 'already-redriven', 'later', 'not-redrivable', 'not-found'] as const;

/** What a dead letter is about, and what redriving it does: as it stands when it is asked for. */
export const workView = {
  invoice: z.string().optional().describe('The number of the invoice that the work is about.'),
  due: z.int().optional().describe('What is due on it now, in minor units.'),
  currency: z.string().optional(),
  attempts: z.int().optional().describe('How many attempts to collect it were ever begun.'),
  lastDecline: z.object({ code: z.string(), at: z.string() }).optional(),
  charges: z.int().optional().describe('Minor units that redriving charges now. Absent: it moves no money.'),
  effect: z.string().describe('What redriving does now, in words.'),
};

export const redriveItem = z
  .object({
    queue: z.enum(QUEUES),
    jobKey: z.string(),
    accountId: z.string().optional(),
    ...workView,
    code: z.string(),
    reason: z.string(),
    ageSeconds: z.int(),
    result: z
      .enum(RESULTS)
      .describe('`later`: the budget of payments is taken for the next 15 minutes; redrive the rest then.'),
    afterSeconds: z.int().optional().describe('Payments are paced: when this one is looked at.'),
  })
  .meta({ id: 'RedriveItem' });
export type RedriveItem = z.infer<typeof redriveItem>;

type ParsedJob = { [Q in QueueName]: { readonly queue: Q } & Message<Q> }[QueueName];

export const ageSeconds = (letter: DeadLetter, now: Instant): number =>
  Math.max(0, Math.floor((Date.parse(now) - Date.parse(letter.firstFailedAt)) / 1000));

interface Order {
  readonly dryRun: boolean;
  readonly by: string;
  readonly now: Instant;
}

/**
 * Sends the work of dead letters of one queue again and notes it, or only says what that would do. First sent, then
 * noted: dying in between leaves a letter open that can be redriven again, which is harmless. One that is on its way
 * already is not sent again: pressing the button a hundred times is pressing it once.
 */
export async function redrive(
  deps: ApiDeps,
  queue: QueueName,
  letters: readonly DeadLetter[],
  order: Order,
): Promise<RedriveItem[]> {
  const prepared = await Promise.all(letters.map((letter) => prepare(deps, queue, letter, order.now)));
  const ready = prepared.filter(({ letter, messages }) => messages.length > 0 && letter.status === 'open');
  const delays = order.dryRun ? new Map<Prepared, number>() : await send(deps, queue, ready, order);
  return prepared.map((each) => itemOf(queue, each, order, delays.get(each)));
}

/** Returns after how many seconds each one that was sent is looked at. */
async function send(
  deps: ApiDeps,
  queue: QueueName,
  ready: readonly Prepared[],
  { by, now }: Order,
): Promise<Map<Prepared, number>> {
  const delays = await paced(deps.store, ready, now);
  const going = ready.filter((each) => delays.has(each));
  if (going.length === 0) return delays;
  await deps.queues.send(
    queue,
    going.flatMap(({ messages }) => messages),
    going.flatMap((each) => each.messages.map(() => delays.get(each) ?? 0)),
  );
  await Promise.all(going.map(({ letter }) => deps.store.markRedriven(letter, by, now)));
  return delays;
}

function itemOf(
  queue: QueueName,
  { letter, messages, effect, work }: Prepared,
  { dryRun, now }: Order,
  delay: number | undefined,
): RedriveItem {
  const { jobKey, accountId, code, reason, status } = letter;
  const result = (): RedriveItem['result'] => {
    if (messages.length === 0) return 'not-redrivable';
    if (status === 'redriven') return 'already-redriven';
    if (dryRun) return 'would-redrive';
    return delay === undefined ? 'later' : 'redriven';
  };
  return {
    queue,
    jobKey,
    ...(accountId === undefined ? {} : { accountId }),
    ...work?.shown,
    code,
    reason,
    ageSeconds: ageSeconds(letter, now),
    result: result(),
    ...(delay ? { afterSeconds: delay } : {}),
    effect,
  };
}

/** What a dead letter's work is, and what redriving it does now. */
export async function prepare(deps: ApiDeps, queue: QueueName, letter: DeadLetter, now: Instant): Promise<Prepared> {
  const messages = parsedBody(queue, letter.body);
  const first = messages[0];
  if (first === undefined)
    return { letter, messages, effect: 'Cannot be redriven: the message itself is broken and would fail again.' };
  const job = { queue, ...first } as ParsedJob;
  if (job.queue !== 'collections')
    return { letter, messages, effect: describeRedrive(job, await factsOf(deps.store, job)) };
  const work = await collectionWork(deps, job, now);
  const facts = work ? { collection: work.effect } : {};
  return { letter, messages, effect: describeRedrive(job, facts), ...(work && { work }) };
}

/** Empty when the body is not a message of its queue. */
function parsedBody(queue: QueueName, body: string): readonly Message<QueueName>[] {
  try {
    if (queue === 'feedback') return feedbackJobs(body);
    return queue === 'imports' || queue === 'usage' ? fileJobs(queue, body) : [parseMessage(queue, body)];
  } catch (error) {
    if (error instanceof BillingError) return [];
    throw error;
  }
}

async function factsOf(store: ApiDeps['store'], job: ParsedJob): Promise<RedriveFacts> {
  if (!('accountId' in job)) return {};
  if (job.queue === 'notices') {
    const subject = await NAMES[DOCUMENTS[job.document]](store, job.accountId, job.about);
    return subject === undefined ? {} : { subject };
  }
  if ('invoiceId' in job) {
    const receivable = await store.receivable(job.accountId, job.invoiceId);
    return receivable === undefined ? {} : { receivable };
  }
  const input = await store.loadAccount(job.accountId);
  return input === undefined ? {} : { account: input.account };
}
