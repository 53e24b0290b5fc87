import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byAmount, byShare, type Differing, Largest, shareText } from '../../infra/ops/outliers.ts';

const all = (items: readonly Differing[], compare: typeof byAmount, most = 3) => {
  const largest = new Largest<Differing>(most, compare);
  for (const item of items) largest.add(item);
  return largest.items;
};

describe('the outliers of a run', () => {
  const [small, doubled, large, none, first] = [
    { difference: 100, lastTotal: 10_000 },
    { difference: -300, lastTotal: 150 },
    { difference: 5000, lastTotal: 900_000 },
    { difference: 0, lastTotal: 100 },
    { difference: 700 },
  ];
  const items = [small, doubled, large, none, first];

  it('by amount, up or down, without those that do not differ', () =>
    expect(all(items, byAmount)).toEqual([large, first, doubled]));
  it('in proportion to the last total, with the new ones last', () =>
    expect(all(items, byShare, 9)).toEqual([doubled, small, large, first]));

  it.each([
    [small, '+1 %'],
    [doubled, '-200 %'],
    [first, 'new'],
  ])('%j is %s', (item, text) => expect(shareText(item)).toBe(text));

  it('are the same few as those of sorting everything', () => {
    const differing = fc.record({ difference: fc.integer(), lastTotal: fc.integer({ min: 1 }) });
    fc.assert(
      fc.property(fc.array(differing, { maxLength: 40 }), (some) => {
        const sorted = some.filter(({ difference }) => difference !== 0).sort(byAmount);
        expect(all(some, byAmount).map(({ difference }) => Math.abs(difference))).toEqual(
          sorted.slice(0, 3).map(({ difference }) => Math.abs(difference)),
        );
      }),
    );
  });
});
