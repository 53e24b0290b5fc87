import { setTimeout as sleep } from 'node:timers/promises';
import type { Mishap } from './refusal.ts';

/** A call as faults and meters see it. */
export interface Call {
  readonly principalKey: string;
  readonly functionName: string;
  readonly service: string;
  readonly action: string;
  /** The ARN of what it is mainly about; `*` when it is about nothing in particular. */
  readonly resource: string;
  /** Which call of its caller this is, from 0, since the caller's last `begin`. Retries by the SDK count. */
  readonly index: number;
}

/**
 * Something that goes wrong on purpose. `before`: the call is not carried out. `after`: it is, but its reply does not
 * arrive. `kill` kills the calling process, `drop` only its connection.
 */
export interface Fault {
  readonly match: (call: Call) => boolean;
  readonly when: 'before' | 'after';
  readonly effect: 'error' | 'delay' | 'drop' | 'kill';
  /** Of effect `error`; `unavailable` (a 5xx) unless said. */
  readonly error?: Exclude<Mishap, 'denied' | 'unknown-key'>;
  /** Of effect `delay`, in milliseconds. */
  readonly delayMs?: number;
  /** How many calls it befalls before it is used up; 1 unless said. */
  readonly times?: number;
}

/** What a matching fault does to the call's reply; undefined when the call goes on. */
export type Struck = { readonly effect: 'error'; readonly error: Mishap } | { readonly effect: 'drop' } | undefined;

export interface InjectedFault {
  /** How many calls it has befallen. */
  readonly hits: number;
  remove(): void;
}

const MAX_FAULTS = 2_000;

/** The faults to inject, and the count of each caller's calls. */
export class Faults {
  private readonly active = new Set<Fault & { hits: number }>();
  private readonly indexes = new Map<string, number>();
  private readonly kill: ((principalKey: string) => void | Promise<void>) | undefined;

  constructor(kill?: (principalKey: string) => void | Promise<void>) {
    this.kill = kill;
  }

  /** Throws when there are too many, or when nobody can kill. */
  add(fault: Fault): InjectedFault {
    if (this.active.size >= MAX_FAULTS) throw new Error(`more than ${MAX_FAULTS} faults at once`);
    if (fault.effect === 'kill' && !this.kill)
      throw new Error('the gateway was started without a way to kill processes');
    const entry = { ...fault, hits: 0 };
    this.active.add(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => void this.active.delete(entry),
    };
  }

  clear(): void {
    this.active.clear();
  }

  /** Starts counting a caller's calls from 0 again: a new invocation begins. */
  begin(principalKey: string): void {
    this.indexes.delete(principalKey);
  }

  nextIndex(principalKey: string): number {
    const index = this.indexes.get(principalKey) ?? 0;
    this.indexes.set(principalKey, index + 1);
    return index;
  }

  /** Applies every matching fault, delays first to last; the first that ends the call decides. */
  async strike(call: Call, when: Fault['when']): Promise<Struck> {
    for (const fault of this.active) {
      if (fault.when !== when || !fault.match(call)) continue;
      fault.hits += 1;
      if (fault.hits >= (fault.times ?? 1)) this.active.delete(fault);
      if (fault.effect === 'delay') await sleep(fault.delayMs ?? 0);
      else if (fault.effect === 'error') return { effect: 'error', error: fault.error ?? 'unavailable' };
      else {
        if (fault.effect === 'kill') await this.kill?.(call.principalKey);
        return { effect: 'drop' };
      }
    }
    return undefined;
  }

  get idle(): boolean {
    return this.active.size === 0;
  }
}
