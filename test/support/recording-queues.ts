import type { Message, QueueName } from '../../shared/messages.ts';
import type { Job, Queues } from '../../shared/ports.ts';

/** Queues that only remember what was sent. `failNextSend`: the function dies at its next send, before it arrives. */
export class RecordingQueues implements Queues {
  readonly jobs: Job[] = [];
  /** For how many seconds each message was delayed that was. */
  readonly delays: number[] = [];
  #failures = 0;

  async send<Q extends QueueName>(
    queue: Q,
    messages: readonly Message<Q>[],
    delaySeconds: readonly number[] = [],
  ): Promise<void> {
    if (this.#failures > 0) {
      this.#failures--;
      throw new Error('the function died before it sent');
    }
    for (const message of messages) this.jobs.push({ queue, message } as Job);
    this.delays.push(...delaySeconds);
  }

  failNextSend(): void {
    this.#failures++;
  }

  /** What lies in one queue, in the order in which it was sent; empties it. */
  take<Q extends QueueName>(queue: Q): Message<Q>[] {
    const taken = this.jobs.filter((job) => job.queue === queue);
    this.jobs.splice(0, this.jobs.length, ...this.jobs.filter((job) => job.queue !== queue));
    return taken.map((job) => job.message as Message<Q>);
  }
}
