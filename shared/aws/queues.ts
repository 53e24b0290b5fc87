import { BillingError } from '../domain/errors.ts';
import type { QueueName } from '../messages.ts';
import type { Queues } from '../ports.ts';
import { type AwsHttp, awsHttp } from './aws-http.ts';
import { type AwsJson, awsJson } from './aws-json.ts';
import { company } from './company.ts';
import { attempts } from './retry.ts';

const MOST_PER_BATCH = 10;
/** How long a message waits at most for those of the others. */
const LONGEST_WAIT_MS = 1_000;

/** A message on its way to SQS, and who waits for it. What was settled once stays so. */
interface Letter {
  readonly body: string;
  readonly delaySeconds?: number | undefined;
  accepted(): void;
  refused(error: unknown): void;
}

/**
 * Sends to the queues whose URLs it is given; what the messages of one batch send to one queue travels together, and
 * each sender learns the fate of its own messages. Throws when one of them is not accepted after some tries, and
 * `invalid_configuration` for a queue without a URL. A repeated send may send a message twice; no receiver minds.
 */
export function createQueues(
  { urls }: { readonly urls: Readonly<Partial<Record<QueueName, string>>> },
  http: AwsHttp = awsHttp('sqs'),
): Queues {
  const call = awsJson(http, 'AmazonSQS');
  const outboxes = new Map<QueueName, ReturnType<typeof createOutbox>>();
  return {
    async send(queue, messages, delaySeconds = []) {
      const url = urls[queue];
      if (!url)
        throw new BillingError('invalid_configuration', `This function does not know the URL of queue "${queue}"`);
      const post = outboxes.get(queue) ?? createOutbox((letters) => deliver(call, url, letters));
      outboxes.set(queue, post);
      await Promise.all(messages.map((message, index) => post(JSON.stringify(message), delaySeconds[index])));
    },
  };
}

/**
 * Hands letters on as soon as a batch is full, or everybody at work in this process has brought one, or has left without.
 * One who takes long does not hold up the others.
 */
function createOutbox(
  dispatch: (letters: readonly Letter[]) => Promise<void>,
): (body: string, delaySeconds?: number) => Promise<void> {
  let letters: Letter[] = [];
  let deadline: NodeJS.Timeout | undefined;
  let looking = false;
  const empty = (): void => {
    clearTimeout(deadline);
    deadline = undefined;
    const gathered = letters;
    letters = [];
    if (gathered.length > 0) void dispatch(gathered);
  };
  // Not at once: whoever brings several brings them in one go.
  const look = (): void => {
    if (looking || letters.length === 0) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      if (letters.length >= company.size()) empty();
    });
  };
  company.onLeave(look);
  return (body, delaySeconds) =>
    new Promise((accepted, refused) => {
      letters.push({ body, delaySeconds, accepted, refused });
      deadline ??= setTimeout(empty, LONGEST_WAIT_MS);
      if (letters.length === MOST_PER_BATCH) empty();
      else look();
    });
}

interface BatchAnswer {
  readonly Failed?: readonly { readonly Id: string; readonly SenderFault: boolean; readonly Code: string }[];
}

/** SQS accepts or refuses each message of a batch by itself: those it refuses for its own reasons are sent again. */
async function deliver(call: AwsJson, url: string, letters: readonly Letter[]): Promise<void> {
  let entries = letters.map(({ body, delaySeconds }, index) => ({
    Id: String(index),
    MessageBody: body,
    ...(delaySeconds && { DelaySeconds: delaySeconds }),
  }));
  try {
    for await (const last of attempts()) {
      const { Failed = [] } = await call<BatchAnswer>('SendMessageBatch', { QueueUrl: url, Entries: entries });
      const failed = new Map(Failed.map((failure) => [failure.Id, failure]));
      entries = entries.filter(({ Id }) => {
        const failure = failed.get(Id);
        const letter = letters[Number(Id)]!;
        if (!failure) letter.accepted();
        else if (last || failure.SenderFault)
          letter.refused(new Error(`SQS did not accept a message: ${failure.Code}`));
        else return true;
        return false;
      });
      if (entries.length === 0) return;
    }
  } catch (error) {
    for (const letter of letters) letter.refused(error);
  }
}
