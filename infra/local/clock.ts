/** The local stack's time: the machine's, moved by an offset that grows and never shrinks. It flows as real time does. */
export interface LocalClock {
  /** The current instant, ISO 8601 in UTC. */
  now(): string;
  /** The current instant in milliseconds since 1970. */
  millis(): number;
  /** What is added to the machine's time. */
  offsetMs(): number;
  /** Moves forward to an instant. Throws when it has passed: what happened cannot be undone. */
  moveTo(instant: string): void;
  /** Calls back after every move; returns the function that ends it. */
  onMove(listener: () => void): () => void;
}

/** A clock that begins at `startAt`, or at the machine's time. Throws when `startAt` is not an instant. */
export function createClock(startAt?: string): LocalClock {
  let offset = startAt === undefined ? 0 : parseInstant(startAt) - Date.now();
  const listeners = new Set<() => void>();
  const millis = (): number => Date.now() + offset;
  return {
    now: () => new Date(millis()).toISOString(),
    millis,
    offsetMs: () => offset,
    moveTo(instant) {
      const forward = parseInstant(instant) - millis();
      if (forward < 0)
        throw new Error(`The clock cannot go back: it is ${new Date(millis()).toISOString()}, not ${instant}`);
      offset += forward;
      for (const listener of listeners) listener();
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parseInstant(text: string): number {
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed)) throw new Error(`"${text}" is not an instant such as 2026-12-01T05:00:00.000Z`);
  return parsed;
}
