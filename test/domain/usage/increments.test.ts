import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billedSeconds, countsWholeMinutes, WHOLE_MINUTES } from '../../../shared/domain/usage/increments.ts';

describe('§2.6: seconds are billed by the first increment and begun steps after it', () => {
  it.each([
    [8, 6, 6, 12],
    [10, 30, 6, 30],
    [31, 30, 6, 36],
    [10, 60, 60, 60],
    [61, 60, 60, 120],
    [61, 60, 1, 61],
    [30, 30, 6, 30],
    [36, 30, 6, 36],
    [37, 30, 6, 42],
    [60, 60, 60, 60],
    [120, 60, 60, 120],
    [121, 60, 60, 180],
    [59, 60, 1, 60],
    [1, 1, 1, 1],
    [6, 6, 6, 6],
    [7, 6, 6, 12],
    [1, 30, 6, 30],
    [0, 60, 60, 0],
    [-1, 60, 60, 0],
  ])('%i s at %i/%i is %i s', (seconds, initial, subsequent, billed) => {
    expect(billedSeconds(seconds, { initial, subsequent })).toBe(billed);
  });

  it('§2.6: plan minutes are whole minutes where nothing else is said', () => {
    expect(WHOLE_MINUTES).toEqual({ initial: 60, subsequent: 60 });
  });

  it('bills at least what was spoken, never a whole step more, and always a whole number of steps', () => {
    const step = fc.integer({ min: 1, max: 120 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), step, step, (seconds, initial, subsequent) => {
        const billed = billedSeconds(seconds, { initial, subsequent });
        expect(billed).toBeGreaterThanOrEqual(Math.max(seconds, initial));
        expect(billed).toBeLessThan(Math.max(seconds, initial) + subsequent);
        expect((billed - initial) % subsequent).toBe(0);
      }),
    );
  });
});

describe('whether increments count whole minutes', () => {
  it.each([
    [60, 60, true],
    [120, 60, true],
    [60, 6, false],
    [30, 60, false],
    [6, 6, false],
  ])('%i/%i: %s', (initial, subsequent, whole) => {
    expect(countsWholeMinutes({ initial, subsequent })).toBe(whole);
  });
});
