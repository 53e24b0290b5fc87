import { z } from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { DeadLetter } from '../../shared/domain/dead-letter.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import { describeRedrive, type RedriveFacts } from '../../shared/domain/redrive.ts';
import { fileJobs } from '../../shared/import/import-jobs.ts';
import { type Message, parseMessage, QUEUES, type QueueName } from '../../shared/messages.ts';
import type { ApiDeps } from './context.ts';

export const redriveItem = z
  .object({
    queue: z.enum(QUEUES),
    jobKey: z.string(),
    accountId: z.string().optional(),
    code: z.string(),
    reason: z.string(),
    ageSeconds: z.int(),
    result: z.enum(['would-redrive', 'redriven', 'not-redrivable', 'not-found']),
    effect: z.string().describe('What the work does now, in words.'),
  })
  .meta({ id: 'RedriveItem' });
export type RedriveItem = z.infer<typeof redriveItem>;

type ParsedJob = { [Q in QueueName]: { readonly queue: Q } & Message<Q> }[QueueName];

/** A dead letter ready to be sent again, or why it cannot be. */
interface Prepared {
  readonly letter: DeadLetter;
  readonly messages: readonly Message<QueueName>[];
  readonly effect: string;
}

export const ageSeconds = (letter: DeadLetter, now: Instant): number =>
  Math.max(0, Math.floor((Date.parse(now) - Date.parse(letter.firstFailedAt)) / 1000));

/**
 * Sends the work of dead letters of one queue again and notes it, or only says what that would do. First sent, then
 * noted: dying in between leaves a letter open that can be redriven again, which is harmless.
 */
export async function redrive(
  deps: ApiDeps,
  queue: QueueName,
  letters: readonly DeadLetter[],
  order: { readonly dryRun: boolean; readonly by: string; readonly now: Instant },
): Promise<RedriveItem[]> {
  const prepared = await Promise.all(letters.map((letter) => prepare(deps, queue, letter)));
  const ready = prepared.filter(({ messages }) => messages.length > 0);
  if (!order.dryRun && ready.length > 0) {
    await deps.queues.send(
      queue,
      ready.flatMap(({ messages }) => messages),
    );
    await Promise.all(ready.map(({ letter }) => deps.store.markRedriven(letter, order.by, order.now)));
  }
  return prepared.map(({ letter, messages, effect }) => ({
    queue,
    jobKey: letter.jobKey,
    ...(letter.accountId === undefined ? {} : { accountId: letter.accountId }),
    code: letter.code,
    reason: letter.reason,
    ageSeconds: ageSeconds(letter, order.now),
    result: messages.length === 0 ? 'not-redrivable' : order.dryRun ? 'would-redrive' : 'redriven',
    effect,
  }));
}

async function prepare({ store }: ApiDeps, queue: QueueName, letter: DeadLetter): Promise<Prepared> {
  const messages = parsedBody(queue, letter.body);
  const first = messages[0];
  if (first === undefined)
    return { letter, messages, effect: 'Cannot be redriven: the message itself is broken and would fail again.' };
  const job = { queue, ...first } as ParsedJob;
  return { letter, messages, effect: describeRedrive(job, await factsOf(store, job)) };
}

/** Empty when the body is not a message of its queue. */
function parsedBody(queue: QueueName, body: string): readonly Message<QueueName>[] {
  try {
    return queue === 'imports' || queue === 'usage' ? fileJobs(queue, body) : [parseMessage(queue, body)];
  } catch (error) {
    if (error instanceof BillingError) return [];
    throw error;
  }
}

async function factsOf(store: ApiDeps['store'], job: ParsedJob): Promise<RedriveFacts> {
  if (job.queue === 'runs' || job.queue === 'imports' || job.queue === 'usage' || job.queue === 'lookups') return {};
  if ('invoiceId' in job) {
    const receivable = await store.receivable(job.accountId, job.invoiceId);
    return receivable === undefined ? {} : { receivable };
  }
  const input = await store.loadAccount(job.accountId);
  return input === undefined ? {} : { account: input.account };
}
