import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Actor, Stamp } from '../domain/audit/entry.ts';
import { accountIn } from '../domain/audit/kinds.ts';

interface Scene {
  readonly actor: Actor;
  readonly now: () => string;
  /** Accounts of which something was read by key. */
  readonly read: Set<string>;
}

const scenes = new AsyncLocalStorage<Scene>();

/** A function that works for nobody in particular goes by its own name. */
const FUNCTION: Actor = { by: process.env.POWERTOOLS_SERVICE_NAME ?? 'unknown-function' };

/** In whose name the table is written to. Once per request: whatever is called inside of `as` needs to know nothing of it. */
export const acting = {
  /** Does some work in the name of an actor; `read` fills with the accounts of which the work reads something by key. */
  as<T>(actor: Actor, now: () => string, work: (read: ReadonlySet<string>) => Promise<T>): Promise<T> {
    const scene = { actor, now, read: new Set<string>() };
    return scenes.run(scene, () => work(scene.read));
  },

  /** What a write leaves on its items. */
  stamp(): Stamp {
    const { actor = FUNCTION, now = () => new Date().toISOString() } = scenes.getStore() ?? {};
    return { ...actor, at: now(), write: randomUUID().slice(0, 8) };
  },

  /** Notes what was found. */
  noteRead(items: readonly Readonly<Record<string, unknown>>[]): void {
    const read = scenes.getStore()?.read;
    if (read === undefined) return;
    for (const { pk } of items) {
      const accountId = accountIn(String(pk));
      if (accountId !== undefined) read.add(accountId);
    }
  },
} as const;
