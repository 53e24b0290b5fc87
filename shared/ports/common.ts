/** A page of anything; `cursor` is opaque and absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export type Written = 'written' | 'already-done';

/** `stale`: what the caller had read has changed since; read again and decide again. */
export type Conditional = Written | 'stale';
