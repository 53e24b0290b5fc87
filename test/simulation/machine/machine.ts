import { EventQueue } from './event-queue.ts';
import type { Random } from './random.ts';

/** What chance does at a point where a function waits for somebody else. Probabilities per point. */
export interface PointRates {
  /** The function dies, half of the time before the other has done what it was asked, half of the time after. */
  crash: number;
  /** The other gives no answer, half of the time although it has done what it was asked. */
  fail: number;
}

/** One call of a function. When it has died, whatever it waited for never comes. */
export interface Task {
  readonly name: string;
  /** The work that it does, by its identity. */
  readonly about: string;
  /** For how many points and timers it waits. */
  waiting: number;
  over: boolean;
}

export type Ending = 'done' | 'failed' | 'crashed';
interface Point {
  readonly task: Task | undefined;
  readonly name: string;
  readonly happen: (fate: Fate) => Promise<void>;
  readonly canFail: boolean;
}
type Fate = 'as it should' | 'crash before' | 'crash after' | 'failure before' | 'failure after';

interface Options {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly rates: PointRates;
  readonly log: (line: string) => void;
  /** Nothing is under way: the last chance to plan something before the clock moves on, to `next` where there is one. */
  readonly onIdle: (next: number | undefined) => void;
  readonly saw: (what: string) => void;
}

/** No run that comes to rest has so many points. */
const MOST_POINTS = 100_000;
/** Longest time that one point takes. */
const MOST_MS_PER_POINT = 20;
const drained = setImmediate;

/**
 * The machine that all functions of a simulated world run on, with a clock of its own: whenever a function waits for
 * something outside of itself it comes to a point, and chance, that is the seed, decides whose point is next and what happens at it.
 * Between two points exactly one function runs, so that the same seed makes the same run.
 */
export class Machine {
  readonly random: Random;
  readonly rates: PointRates;
  readonly #options: Options;
  readonly #events = new EventQueue();
  #points: Point[] = [];
  /** Whose turn it is; undefined for what belongs to no function. */
  #running: Task | undefined;
  readonly #alive = new Set<Task>();
  #now: number;
  #happened = 0;
  #fault: unknown;

  constructor(options: Options) {
    this.#options = options;
    this.random = options.random;
    this.rates = options.rates;
    this.#now = options.start;
  }

  readonly now = (): number => this.#now;
  instant = (): string => new Date(this.#now).toISOString();
  get running(): Task | undefined {
    return this.#running;
  }

  /** Whether nothing is under way and nothing planned. */
  get isQuiet(): boolean {
    return this.#points.length === 0 && this.#events.next === undefined;
  }

  /** Has something happen at a time, or at once when that is over. Whatever starts a function starts only one. */
  at(time: number, happen: () => void): void {
    this.#events.add(time, happen);
  }

  in(ms: number, happen: () => void): void {
    this.at(this.#now + ms, happen);
  }

  /** What a function's `setTimeout` becomes; it never ends for one that died. */
  sleep(ms: number): Promise<void> {
    const task = this.#running;
    this.#wait(task);
    return new Promise((resolve) => {
      this.in(ms, () => {
        if (this.#goesOn(task)) resolve();
      });
    });
  }

  /**
   * Waits until `act` has been done by somebody else, whose answer it gives. `failure` is what the function is told where
   * nobody knows whether it was done; without it this never fails.
   */
  point<T>(name: string, act: () => T | Promise<T>, failure?: () => Error): Promise<T> {
    const task = this.#running;
    this.#wait(task);
    return new Promise((resolve, reject) => {
      const happen = async (fate: Fate): Promise<void> => {
        if (fate === 'crash before' || fate === 'failure before') return this.#after(fate, task, reject, failure);
        try {
          const answer = await act();
          if (fate !== 'as it should') this.#after(fate, task, reject, failure);
          else if (this.#goesOn(task)) resolve(answer);
        } catch (error) {
          if (fate === 'crash after') this.#after(fate, task, reject, failure);
          else if (this.#goesOn(task)) reject(error);
        }
      };
      this.#points.push({ task, name, happen, canFail: failure !== undefined });
    });
  }

  /** Starts a function; `limitMs` later it is killed. Tells how it ended, by whatever comes first. */
  spawn(name: string, limitMs: number, work: () => Promise<void>, ended: (ending: Ending) => void, about = name): void {
    const task: Task = { name, about, waiting: 0, over: false };
    const end = (ending: Ending, error?: unknown): void => {
      if (task.over) return;
      task.over = true;
      this.#alive.delete(task);
      this.#endings.delete(task);
      this.log(`${name} ${ending}${error instanceof Error ? `: ${error.message}` : ''}`);
      this.#running = undefined;
      this.guarded(() => ended(ending));
    };
    this.#alive.add(task);
    this.#endings.set(task, end);
    this.#running = task;
    this.log(`${name} starts`);
    work().then(
      () => end('done'),
      (error: unknown) => end('failed', error),
    );
    this.in(limitMs, () => {
      if (!task.over) this.#options.saw('a function was killed by its time limit');
      end('crashed');
    });
  }
  readonly #endings = new Map<Task, (ending: Ending) => void>();

  /** A function dies now, whatever it is waiting for; one that is over has died already. */
  kill(task: Task): void {
    this.#endings.get(task)?.('crashed');
  }

  /** Runs as long as something happens before `until`. Throws what the world itself finds wrong. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      await this.#settled();
      if (this.#fault !== undefined) throw this.#fault;
      const happen = this.#events.due(this.#now);
      if (happen) {
        this.#running = undefined;
        this.guarded(happen);
      } else if (this.#points.length > 0) {
        await this.#happenOne();
      } else {
        this.guarded(() => this.#options.onIdle(this.#events.next));
        const next = this.#events.next;
        if (next === undefined || next > until) break;
        this.#now = Math.max(this.#now, next);
      }
    }
  }

  /** Keeps what a part of the world finds wrong until `run` can throw it. */
  guarded(part: () => void): void {
    try {
      part();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.#fault ??= error;
  }

  async #happenOne(): Promise<void> {
    if (++this.#happened > MOST_POINTS) throw new Error('The world does not come to rest');
    const index = this.random.between(0, this.#points.length - 1);
    const [point] = this.#points.splice(index, 1) as [Point];
    if (point.task?.over) return;
    this.#now += this.random.between(0, MOST_MS_PER_POINT);
    const fate = this.#fateOf(point);
    this.log(`${point.task?.name ?? 'somebody'} ${point.name}${fate === 'as it should' ? '' : `: ${fate}`}`);
    if (fate !== 'as it should') this.#options.saw(`${fate} at ${point.name.split(' ', 1)[0]}`);
    this.#running = undefined;
    await point.happen(fate);
  }

  #fateOf({ task, canFail }: Point): Fate {
    const { crash, fail } = this.rates;
    if (task && this.random.chance(crash)) return this.random.chance(0.5) ? 'crash before' : 'crash after';
    if (canFail && this.random.chance(fail)) return this.random.chance(0.5) ? 'failure before' : 'failure after';
    return 'as it should';
  }

  #after(fate: Fate, task: Task | undefined, reject: (error: Error) => void, failure: (() => Error) | undefined): void {
    if (fate === 'crash before' || fate === 'crash after') this.#endings.get(task!)?.('crashed');
    else if (this.#goesOn(task)) reject(failure!());
  }

  #wait(task: Task | undefined): void {
    if (task) task.waiting++;
  }

  #goesOn(task: Task | undefined): boolean {
    if (task?.over) return false;
    if (task) task.waiting--;
    this.#running = task;
    return true;
  }

  /** Whatever runs, runs until it waits for something of this world. */
  async #settled(): Promise<void> {
    for (let turn = 0; ; turn++) {
      await new Promise<void>((resolve) => drained(resolve));
      const lost = [...this.#alive].find(({ waiting }) => waiting === 0);
      if (lost === undefined || this.#fault !== undefined) return;
      if (turn === 50) throw new Error(`${lost.name} waits for something outside of the simulation`);
    }
  }

  log(what: string): void {
    this.#options.log(`${new Date(this.#now).toISOString()} ${what}`);
  }
}
