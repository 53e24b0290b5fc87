import { describe, expect, it } from 'vitest';
import { createClock } from '../../infra/local/clock.ts';

describe('the local clock', () => {
  it('starts where it is told and flows as real time does', async () => {
    const clock = createClock('2026-12-01T05:00:00.000Z');
    const before = clock.millis();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(clock.millis() - before).toBeGreaterThanOrEqual(25);
    expect(clock.now()).toMatch(/^2026-12-01T05:00:00/);
  });

  it('moves forward, tells so, and never back', () => {
    const clock = createClock('2026-12-01T05:00:00.000Z');
    let moves = 0;
    const end = clock.onMove(() => {
      moves += 1;
    });
    clock.moveTo('2026-12-02T05:00:00.000Z');
    expect(() => clock.moveTo('2026-12-01T06:00:00.000Z')).toThrow('The clock cannot go back');
    end();
    clock.moveTo('2026-12-03T05:00:00.000Z');
    expect(moves).toBe(1);
    expect(clock.now()).toMatch(/^2026-12-03T05:00:00/);
  });

  it('refuses what is no instant', () => {
    expect(() => createClock('December')).toThrow('"December" is not an instant');
  });
});
