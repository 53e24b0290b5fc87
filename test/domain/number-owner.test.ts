import { describe, expect, it } from 'vitest';
import { type NumberOwner, overlaps, ownersOn } from '../../shared/domain/number-owner.ts';

const owner = (accountId: string, from: string, to?: string, sellerId = 'northwind-us'): NumberOwner => ({
  accountId,
  sellerId,
  from,
  ...(to === undefined ? {} : { to }),
});

describe('whose a number was on a day', () => {
  const owners = [
    owner('first', '2026-01-01', '2026-06-30'),
    owner('second', '2026-07-01'),
    owner('foreign', '2026-01-01', undefined, 'northwind-ie'),
  ];
  it.each([
    ['before anybody had it', '2025-12-31', []],
    ['its first day', '2026-01-01', ['first']],
    ['its last day', '2026-06-30', ['first']],
    ['the day after, when it was given to another', '2026-07-01', ['second']],
    ['long after', '2030-01-01', ['second']],
  ])('%s: %s', (_name, date, accounts) => {
    expect(ownersOn(owners, 'northwind-us', date)).toEqual(accounts);
  });

  it('of several owners each is named once: nobody is picked', () => {
    const shared = [owner('a', '2026-01-01'), owner('b', '2026-01-01'), owner('a', '2026-02-01', '2026-12-31')];
    expect(ownersOn(shared, 'northwind-us', '2026-03-01')).toEqual(['a', 'b']);
    expect(ownersOn(shared, 'northwind-gb', '2026-03-01')).toEqual([]);
  });
});

describe('two times of ownership', () => {
  it.each<[string, [string, string?], [string, string?], boolean]>([
    ['follow each other', ['2026-01-01', '2026-06-30'], ['2026-07-01'], false],
    ['share their last and first day', ['2026-01-01', '2026-06-30'], ['2026-06-30'], true],
    ['have a day between them', ['2026-01-01', '2026-06-29'], ['2026-07-01', '2026-07-31'], false],
    ['lie one in the other', ['2026-01-01', '2026-12-31'], ['2026-03-01', '2026-03-31'], true],
    ['never end', ['2026-01-01'], ['2027-01-01'], true],
    ['are one day each, the same', ['2026-01-01', '2026-01-01'], ['2026-01-01', '2026-01-01'], true],
  ])('%s', (_name, [from, to], [begins, ends], shared) => {
    const a = owner('a', from, to);
    const b = owner('b', begins, ends);
    expect([overlaps(a, b), overlaps(b, a)]).toEqual([shared, shared]);
  });
});
