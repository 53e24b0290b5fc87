import type { World } from './world.ts';

const EVERY_MS = 5 * 60_000;
const LIMIT_MS = 120_000;
const KINDS = /^(RUN|DELIVERY|RECEIVABLE|SERVICE)#/;

/**
 * The scheduler that fires the sweep every five minutes. Firings that would find nothing are left out, which is what lets
 * weeks pass in milliseconds: a sweep that finds nothing changes nothing.
 */
export class Sweeps {
  readonly #world: World;
  readonly #sweep: (now: string) => Promise<void>;
  /** The earliest work in the index; read again after a write. */
  #earliest: number | undefined;
  #stale = true;
  #last = 0;

  constructor(world: World, sweep: (now: string) => Promise<void>) {
    this.#world = world;
    this.#sweep = sweep;
    world.onWrite.push(() => {
      this.#stale = true;
    });
    world.onIdle.push((next) => this.#plan(next));
  }

  #plan(next: number | undefined): void {
    const { machine } = this.#world;
    if (this.#stale) this.#earliest = this.#readEarliest();
    this.#stale = false;
    if (this.#earliest === undefined) return;
    const wanted = Math.max(this.#earliest, machine.now(), this.#last + 1, this.#world.outage('sweep')?.until ?? 0);
    const time = Math.ceil(wanted / EVERY_MS) * EVERY_MS;
    if (next !== undefined && next < time) return;
    this.#last = time;
    machine.at(time, () => {
      if (this.#world.outage('sweep') ?? this.#world.outage('functions')) return;
      machine.spawn(
        'sweep',
        LIMIT_MS,
        () => this.#sweep(machine.instant()),
        () => undefined,
      );
    });
  }

  #readEarliest(): number | undefined {
    const times = this.#world.memory
      .items()
      .filter(({ workPk }) => typeof workPk === 'string' && KINDS.test(workPk))
      .map(({ workSk }) => Date.parse(String(workSk).split('#', 1)[0]!));
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
