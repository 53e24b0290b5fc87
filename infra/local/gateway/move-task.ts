import { randomUUID } from 'node:crypto';
import type { Fauxqs } from './fauxqs-client.ts';
import { Refusal } from './refusal.ts';
import type { Reply } from './wire.ts';

export interface MoveInput {
  readonly SourceArn?: string;
  readonly DestinationArn?: string;
}

/** A redrive of a dead-letter queue, under way or over. */
interface Task {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn?: string;
  readonly toMove: number;
  readonly startedAt: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'FAILED';
  failure?: string;
}

interface Message {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly MessageAttributes?: Record<string, unknown>;
}

const MAX_REMEMBERED = 10;

/**
 * `StartMessageMoveTask` and `ListMessageMoveTasks`, which fauxqs lacks. Messages are really moved, in the background,
 * each sent before it is deleted: a fault between the two duplicates a message and never loses one.
 */
export class MoveTasks {
  private readonly fauxqs: Fauxqs;
  private readonly now: () => Date;
  private readonly tasks = new Map<string, Task[]>();
  private readonly running = new Set<Promise<void>>();
  private closing = false;

  constructor(fauxqs: Fauxqs, now: () => Date) {
    this.fauxqs = fauxqs;
    this.now = now;
  }

  /** Starts moving what the queue holds now. Throws a `Refusal` when it is no dead-letter queue or already being moved. */
  async start(sourceArn: string, destinationArn?: string): Promise<Task> {
    const earlier = this.tasks.get(sourceArn) ?? [];
    if (earlier.some((task) => task.status === 'RUNNING'))
      throw new Refusal(
        'UnsupportedOperation',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    const queues = await this.queuesFeeding(sourceArn);
    if (queues.length === 0)
      throw new Refusal('ResourceNotFoundException', 'Source queue must be configured as a Dead Letter Queue.', 404);
    const destination = destinationArn ? nameOf(destinationArn) : queues[0]!;
    const { Attributes } = await this.fauxqs.call('GetQueueAttributes', {
      QueueUrl: urlOf(nameOf(sourceArn)),
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    const toMove = Number((Attributes as Record<string, string> | undefined)?.ApproximateNumberOfMessages ?? 0);
    const task: Task = {
      handle: randomUUID(),
      sourceArn,
      ...(destinationArn && { destinationArn }),
      toMove,
      startedAt: this.now().getTime(),
      moved: 0,
      status: 'RUNNING',
    };
    this.tasks.set(sourceArn, [task, ...earlier].slice(0, MAX_REMEMBERED));
    const work = this.move(task, destination).finally(() => this.running.delete(work));
    this.running.add(work);
    return task;
  }

  /** Newest first. */
  list(sourceArn: string): readonly Task[] {
    return this.tasks.get(sourceArn) ?? [];
  }

  /** Stops after the messages in hand. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.running);
  }

  private async move(task: Task, destination: string): Promise<void> {
    const source = urlOf(nameOf(task.sourceArn));
    try {
      while (task.moved < task.toMove && !this.closing) {
        const batch = Math.min(10, task.toMove - task.moved);
        const received = await this.fauxqs.call('ReceiveMessage', {
          QueueUrl: source,
          MaxNumberOfMessages: batch,
          VisibilityTimeout: 30,
          MessageAttributeNames: ['All'],
        });
        const messages = (received.Messages ?? []) as readonly Message[];
        if (messages.length === 0) break;
        for (const { Body, ReceiptHandle, MessageAttributes } of messages) {
          await this.fauxqs.call('SendMessage', {
            QueueUrl: urlOf(destination),
            MessageBody: Body,
            ...(MessageAttributes && { MessageAttributes }),
          });
          await this.fauxqs.call('DeleteMessage', { QueueUrl: source, ReceiptHandle });
          task.moved += 1;
        }
      }
      task.status = 'COMPLETED';
    } catch (error) {
      task.status = 'FAILED';
      task.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** Names of the queues whose dead letters go to this queue. */
  private async queuesFeeding(sourceArn: string): Promise<readonly string[]> {
    const { QueueUrls = [] } = (await this.fauxqs.call('ListQueues', {})) as { QueueUrls?: readonly string[] };
    const names = QueueUrls.map((url) => url.slice(url.lastIndexOf('/') + 1));
    const policies = await Promise.all(
      names.map(
        async (name) =>
          (await this.fauxqs.call('GetQueueAttributes', {
            QueueUrl: urlOf(name),
            AttributeNames: ['RedrivePolicy'],
          })) as { Attributes?: { RedrivePolicy?: string } },
      ),
    );
    return names.filter((_, index) => {
      const policy = policies[index]?.Attributes?.RedrivePolicy;
      return (
        policy !== undefined &&
        (JSON.parse(policy) as { deadLetterTargetArn?: string }).deadLetterTargetArn === sourceArn
      );
    });
  }
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
/** fauxqs finds queues by the path alone. */
const urlOf = (name: string): string => `http://127.0.0.1/000000000000/${name}`;

const json = (value: object): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify(value),
});

/** The actions that the gateway carries out itself. */
export const moveTaskActions: Readonly<Record<string, (moves: MoveTasks, input: MoveInput) => Promise<Reply>>> = {
  StartMessageMoveTask: async (moves, { SourceArn, DestinationArn }) => {
    if (!SourceArn) throw new Refusal('MissingParameter', 'The request must contain the parameter SourceArn.');
    return json({ TaskHandle: (await moves.start(SourceArn, DestinationArn)).handle });
  },
  ListMessageMoveTasks: async (moves, { SourceArn }) => {
    if (!SourceArn) throw new Refusal('MissingParameter', 'The request must contain the parameter SourceArn.');
    const results = moves.list(SourceArn).map((task) => ({
      ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
      Status: task.status,
      SourceArn: task.sourceArn,
      ...(task.destinationArn && { DestinationArn: task.destinationArn }),
      ApproximateNumberOfMessagesMoved: task.moved,
      ApproximateNumberOfMessagesToMove: task.toMove,
      ...(task.failure && { FailureReason: task.failure }),
      StartedTimestamp: task.startedAt,
    }));
    return json({ Results: results });
  },
};
