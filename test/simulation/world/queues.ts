import { BillingError } from '../../../shared/domain/errors.ts';
import { type Message, parseMessage, type QueueName } from '../../../shared/messages.ts';
import type { Queues } from '../../../shared/ports.ts';
import { failureOf } from '../../../shared/runtime/failure.ts';
import { backoffSeconds } from '../../../shared/runtime/queue-handler.ts';
import type { Ending } from '../machine/machine.ts';
import type { World } from './world.ts';

/** As `infra/queued-function.ts` has it. */
const MAX_RECEIVES = 4;
const VISIBILITY_TIMEOUTS = 6;
/** How long a message usually takes, and how long one that is late. */
const PROMPT_MS = 400;
const LATE_MS = 15 * 60_000;
const DEAD_LETTER_VISIBILITY_MS = 6 * 60_000;

interface Copy {
  readonly messageId: string;
  readonly queue: QueueName;
  readonly body: string;
  readonly receives: number;
}

/** A message in a dead-letter queue, with what its function said. */
export interface Dead {
  readonly messageId: string;
  readonly queue: QueueName;
  readonly body: string;
  readonly code: string;
  readonly reason: string;
}

/** What works on the messages of a queue: `limitSeconds` is its function's time limit. */
export interface Consumer {
  readonly limitSeconds: number;
  /** Reads a body that is not one of our own messages. */
  readonly parse?: (body: string) => readonly Message<QueueName>[];
  work(message: Message<QueueName>, now: string): Promise<void>;
}

/**
 * The queues with the functions that they feed: every message arrives at least once, in whatever order, again when its
 * function failed or died, and in the dead-letter queue at last. The rules around a handler are `queueHandler`'s.
 */
export class SimulatedQueues implements Queues {
  readonly #world: World;
  readonly #consumers = new Map<QueueName, Consumer>();
  #record: ((dead: Dead, now: string) => Promise<void>) | undefined;
  /** Told of every message that a function begins to work on. */
  readonly onReceive: ((queue: QueueName) => void)[] = [];
  #sent = 0;

  constructor(world: World) {
    this.#world = world;
  }

  feed(queue: QueueName, consumer: Consumer): void {
    this.#consumers.set(queue, consumer);
  }

  /** What records dead letters. */
  feedDeadLetters(record: (dead: Dead, now: string) => Promise<void>): void {
    this.#record = record;
  }

  async send<Q extends QueueName>(
    queue: Q,
    messages: readonly Message<Q>[],
    delaySeconds: readonly number[] = [],
  ): Promise<void> {
    await this.#world.machine.point(
      `queue.${queue}`,
      () => {
        for (const [index, message] of messages.entries())
          this.put(queue, JSON.stringify(message), (delaySeconds[index] ?? 0) * 1000);
      },
      () => new Error('SQS did not accept a message'),
    );
  }

  /** Puts a message into a queue, as AWS does: once or more, soon or late. */
  put(queue: QueueName, body: string, delayMs = 0): void {
    const { random, scenario, journal } = this.#world;
    const copy = { messageId: `${queue}-${++this.#sent}`, queue, body, receives: 1 };
    const copies = random.chance(scenario.faults.duplicate) ? 2 : 1;
    if (copies > 1) journal.saw('a message came twice');
    for (let count = 0; count < copies; count++) {
      const late = random.chance(scenario.faults.late);
      if (late) journal.saw('a message came late');
      this.#arrive(copy, delayMs + random.between(1, late ? LATE_MS : PROMPT_MS));
    }
  }

  #arrive(copy: Copy, delayMs: number): void {
    const { machine } = this.#world;
    machine.in(delayMs, () => {
      const away = this.#world.outage('functions');
      if (away) this.#arrive(copy, away.until - machine.now() + 1);
      else this.#receive(copy);
    });
  }

  #receive(copy: Copy): void {
    const { machine } = this.#world;
    const consumer = this.#consumers.get(copy.queue);
    if (!consumer) return;
    const now = machine.instant();
    for (const told of this.onReceive) told(copy.queue);
    machine.spawn(
      `${copy.queue}/${copy.messageId.split('-')[1]}.${copy.receives}`,
      consumer.limitSeconds * 1000,
      async () => {
        try {
          const messages = consumer.parse?.(copy.body) ?? [parseMessage(copy.queue, copy.body)];
          for (const message of messages) await consumer.work(message, now);
        } catch (error) {
          if (!(error instanceof BillingError) && copy.receives < MAX_RECEIVES) throw error;
          const { code, reason } = failureOf(error);
          await machine.point(
            'queue.giveUp',
            () => this.#die(copy, code, reason),
            () => new Error('SQS is away'),
          );
        }
      },
      (ending) => this.#ended(copy, consumer, ending),
      copy.body,
    );
  }

  /** What is not acknowledged comes again, or is moved away by SQS. */
  #ended(copy: Copy, { limitSeconds }: Consumer, ending: Ending): void {
    if (ending === 'done') return;
    const { random } = this.#world;
    const again =
      ending === 'crashed'
        ? VISIBILITY_TIMEOUTS * limitSeconds
        : backoffSeconds(Math.min(copy.receives, MAX_RECEIVES), random.fraction());
    if (copy.receives < MAX_RECEIVES) this.#arrive({ ...copy, receives: copy.receives + 1 }, again * 1000);
    else this.#world.machine.in(again * 1000, () => this.#die(copy, 'function_crashed', 'The function crashed.'));
  }

  #die({ messageId, queue, body }: Copy, code: string, reason: string): void {
    const { journal, random, machine } = this.#world;
    journal.saw('a message was given up');
    machine.log(`${queue} dead: ${code} ${reason}`);
    const dead = { messageId: `${messageId}-dead-${machine.now()}`, queue, body, code, reason };
    // Whoever has the console may be faster than the recorder (StartMessageMoveTask).
    if (random.chance(0.1)) {
      journal.saw('a dead letter was redriven in the console');
      this.put(queue, body);
    } else {
      this.#recorded(dead, random.between(1, PROMPT_MS));
    }
  }

  #recorded(dead: Dead, delayMs: number): void {
    const { machine } = this.#world;
    machine.in(delayMs, () =>
      machine.spawn(
        `record-dead-letter/${dead.messageId}`,
        60_000,
        async () => this.#record?.(dead, machine.instant()),
        (ending) => {
          if (ending !== 'done') this.#recorded(dead, DEAD_LETTER_VISIBILITY_MS);
        },
      ),
    );
  }
}
