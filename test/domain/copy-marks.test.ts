import { describe, expect, it } from 'vitest';
import { COPY_LAWS, prescribedCopyMark } from '../../shared/domain/copy-marks.ts';

describe('the word that a law wants on a copy of an invoice', () => {
  it.each([
    ['ES', '2013-01-01', 'Duplicado'],
    ['ES', '2027-01-10', 'Duplicado'],
    ['ES', '2012-12-31', undefined],
    ['DE', '2027-01-10', undefined],
    ['US', '2027-01-10', undefined],
  ])('in %s of %s: %s', (country, on, word) => expect(prescribedCopyMark(country, on)).toBe(word));

  it.each(['AT', 'DE', 'ES'])('%s: each law names itself, one after the other', (country) => {
    const laws = COPY_LAWS[country]!;
    expect(laws.length).toBeGreaterThan(0);
    expect(laws.map(({ from }) => from)).toEqual(laws.map(({ from }) => from).toSorted());
    for (const { from, law } of laws)
      expect([from, law]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), expect.stringMatching(/§|art\. /)]);
  });
});
