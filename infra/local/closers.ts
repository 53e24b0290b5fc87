/** What must be ended, last started first. */
export interface Closers {
  /** Remembers how to end something, and passes it on. */
  add<T>(started: T, end: (started: T) => unknown): T;
  /** Ends everything, even when some of it fails; then throws the first failure. Safe to call twice. */
  closeAll(): Promise<void>;
}

export function createClosers(): Closers {
  const ends: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const end of ends.toReversed()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  return {
    add(started, end) {
      ends.push(() => end(started));
      return started;
    },
    closeAll() {
      closing ??= close();
      return closing;
    },
  };
}
