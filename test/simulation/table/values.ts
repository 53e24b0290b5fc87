/**
 * A value as DynamoDB keeps it: without what is undefined, and apart from the caller's. Frozen, so that it can be given to
 * every reader without being copied again.
 */
export function stored<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(stored)) as T;
  if (value instanceof Set || value instanceof Uint8Array) return value;
  const copy: Record<string, unknown> = {};
  for (const name in value) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) copy[name] = stored(field);
  }
  return Object.freeze(copy) as T;
}
