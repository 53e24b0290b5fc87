import type { Increments } from './usage.ts';

/** How plan minutes are counted where a price list says nothing else: begun minutes. */
export const WHOLE_MINUTES: Increments = { initial: 60, subsequent: 60 };

/**
 * Seconds that are billed for a call of `seconds`: nothing for nothing, the first `initial` for any call, then begun steps
 * of `subsequent`. Whole seconds in and out. 31 s at 30/6 is 36, 61 s at 60/1 is 61.
 */
export function billedSeconds(seconds: number, { initial, subsequent }: Increments): number {
  if (seconds <= 0) return 0;
  return initial + Math.ceil(Math.max(0, seconds - initial) / subsequent) * subsequent;
}

/** Whether every call under these increments is billed in whole minutes. */
export const countsWholeMinutes = ({ initial, subsequent }: Increments): boolean =>
  initial % 60 === 0 && subsequent % 60 === 0;
