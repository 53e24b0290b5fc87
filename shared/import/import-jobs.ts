import { z } from 'zod';
import { BillingError } from '../domain/errors.ts';
import { type Message, parseMessage } from '../messages.ts';

const s3Event = z.object({
  Records: z.array(
    z.object({
      s3: z.object({
        object: z.object({ key: z.string().min(1), sequencer: z.string().optional(), eTag: z.string().optional() }),
      }),
    }),
  ),
});
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });

/** The queues that S3 tells of files. */
export type FileQueue = 'imports' | 'usage';

/**
 * What a body of such a queue asks for: the notification of S3 about new files, each read from its first line, or our own
 * message that continues one. The test that S3 sends when the notification is set up asks for nothing.
 * Throws `invalid_message`.
 */
export function fileJobs<Q extends FileQueue>(queue: Q, body: string): Message<FileQueue>[] {
  const value = json(queue, body);
  if (testEvent.safeParse(value).success) return [];
  const event = s3Event.safeParse(value);
  if (!event.success) return [parseMessage<FileQueue>(queue, body)];
  return event.data.Records.map(({ s3: { object } }) => ({
    key: decodeKey(queue, object.key),
    line: 1,
    upload: object.sequencer ?? object.eTag ?? 'unknown',
  }));
}

/** Where the report about a file lies: `accounts/may.jsonl` → `reports/may.json`. */
export const reportKey = (key: string): string =>
  `reports/${key.replace(/^accounts\//, '').replace(/\.[^./]*$/, '')}.json`;

/** S3 encodes keys in its notifications as a form field: a space is `+`. */
function decodeKey(queue: FileQueue, key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    throw new BillingError('invalid_message', `${queue}: Records.s3.object.key: is not URL-encoded`);
  }
}

function json(queue: FileQueue, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BillingError('invalid_message', `${queue}: the body is not JSON`);
  }
}
