import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';

/** A few of the seeds that `npm run simulate` runs by the thousand, so that `npm test` alone notices what is badly broken. */
const SEEDS = 300;
const AGAIN = 25;

describe('money coming in, with everything that can go wrong', () => {
  it(`ends with books that agree, whatever happened: seeds 1 to ${SEEDS}`, async () => {
    const found: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { violation } = await simulate(seed);
      if (violation) found.push(`npm run simulate -- --seed ${seed} --trace: ${violation.detail}`);
    }
    expect(found).toEqual([]);
  }, 240_000);

  it('runs the same way again from the same seed, and another way from another', async () => {
    const fingerprints = new Set<string>();
    for (let seed = 1; seed <= AGAIN; seed++) {
      const { fingerprint } = await simulate(seed);
      expect((await simulate(seed, { traced: true })).fingerprint).toBe(fingerprint);
      fingerprints.add(fingerprint);
    }
    expect(fingerprints.size).toBe(AGAIN);
  }, 60_000);
});
