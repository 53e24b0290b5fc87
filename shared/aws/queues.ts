import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BillingError } from '../domain/errors.ts';
import type { QueueName } from '../messages.ts';
import type { Queues } from '../ports.ts';
import { attempts } from './retry.ts';

const MOST_PER_BATCH = 10;
/** How long a message waits for the next: the messages of one invocation are worked on side by side, and end apart. */
const GATHER_MS = 50;

/** A message on its way to SQS, and who waits for it. What was settled once stays so. */
interface Letter {
  readonly body: string;
  accepted(): void;
  refused(error: unknown): void;
}

/**
 * Sends to the queues whose URLs it is given; what is sent to one queue at nearly the same time travels together, and
 * each sender learns the fate of its own messages. Throws when one of them is not accepted after some tries, and
 * `invalid_configuration` for a queue without a URL. A repeated send may send a message twice; no receiver minds.
 */
export function createQueues(
  { urls }: { readonly urls: Readonly<Partial<Record<QueueName, string>>> },
  client = new SQSClient({}),
): Queues {
  const outboxes = new Map<QueueName, ReturnType<typeof createOutbox>>();
  return {
    async send(queue, messages) {
      const url = urls[queue];
      if (!url)
        throw new BillingError('invalid_configuration', `This function does not know the URL of queue "${queue}"`);
      const post = outboxes.get(queue) ?? createOutbox((letters) => deliver(client, url, letters));
      outboxes.set(queue, post);
      await Promise.all(messages.map((message) => post(JSON.stringify(message))));
    },
  };
}

/** Hands letters on as soon as a batch is full, or no other has followed for a while. */
function createOutbox(dispatch: (letters: readonly Letter[]) => Promise<void>): (body: string) => Promise<void> {
  let letters: Letter[] = [];
  let timer: NodeJS.Timeout | undefined;
  const empty = (): void => {
    void dispatch(letters);
    letters = [];
  };
  return (body) =>
    new Promise((accepted, refused) => {
      letters.push({ body, accepted, refused });
      clearTimeout(timer);
      if (letters.length === MOST_PER_BATCH) empty();
      else timer = setTimeout(empty, GATHER_MS);
    });
}

/** SQS accepts or refuses each message of a batch by itself: those it refuses for its own reasons are sent again. */
async function deliver(client: SQSClient, url: string, letters: readonly Letter[]): Promise<void> {
  let entries = letters.map(({ body }, index) => ({ Id: String(index), MessageBody: body }));
  try {
    for await (const last of attempts()) {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
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
