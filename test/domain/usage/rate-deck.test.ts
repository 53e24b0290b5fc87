import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDeck } from '../../../shared/domain/usage/check-deck.ts';
import { buildDeck, rateOn } from '../../../shared/domain/usage/rate-deck.ts';
import type { RateRow } from '../../../shared/domain/usage/usage.ts';
import { deckRow, rateRow } from '../../support/usage.ts';

const row = (overrides: Partial<RateRow> = {}) => deckRow('49', 'DE', 19_000, { from: '2026-01-01', ...overrides });
const problems = (...rows: RateRow[]) => checkDeck(rows, 'USD').map((found) => `${found.row} ${found.field}`);
const steps = (initial: number, subsequent: number) => ({ increments: { initial, subsequent } });

describe('what no row of a deck may say', () => {
  it.each<[string, Partial<RateRow>, string[]]>([
    ['an ordinary row', {}, []],
    ['a prefix with +', { prefix: '+49' }, ['1 prefix']],
    ['a prefix with a leading 0', { prefix: '0149' }, ['1 prefix']],
    ['no prefix', { prefix: '' }, ['1 prefix']],
    ['a prefix with a letter', { prefix: '49x' }, ['1 prefix']],
    ['15 digits', { prefix: '123456789012345' }, []],
    ['16 digits', { prefix: '1234567890123456' }, ['1 prefix']],
    ['1 digit', { prefix: '7' }, []],
    ['no destination', { destination: ' ' }, ['1 destination']],
    ['a negative price', { micros: -1 }, ['1 micros']],
    ['a price of nothing, said in so many words', { micros: 0 }, []],
    ['100.00 a minute', { micros: 100_000_000 }, []],
    ['more than that', { micros: 100_000_001 }, ['1 micros']],
    ['a fraction of a millionth', { micros: 0.5 }, ['1 micros']],
    ['no price', { micros: Number.NaN }, ['1 micros', '1 micros', '1 micros']],
    ['1/1', steps(1, 1), []],
    ['no first increment', steps(0, 6), ['1 increments.initial']],
    ['no second increment', steps(6, 0), ['1 increments.subsequent']],
    ['half seconds', steps(0.5, 1), ['1 increments.initial']],
    ['an hour', steps(3600, 3600), []],
    ['more than an hour', steps(3601, 3601), ['1 increments.initial', '1 increments.subsequent']],
    ['a day that does not exist', { from: '2026-02-30' }, ['1 from']],
    ['a date in another form', { from: '1.1.2026' }, ['1 from']],
    ['a year of six digits', { from: '+012026-01-01' }, ['1 from']],
    ['a date of another calendar', { from: '2026-01-01[u-ca=hebrew]' }, ['1 from']],
    ['an end that does not exist', { to: '2026-13-01' }, ['1 to']],
    ['an end before the beginning', { to: '2025-12-31' }, ['1 to']],
    ['a single day', { to: '2026-01-01' }, []],
    ['two mistakes', { prefix: 'x', micros: -1 }, ['1 prefix', '1 micros']],
  ])('%s', (_, change, expected) => {
    expect(problems(row(change))).toEqual(expected);
  });

  it('a class has a rate without prefix', () => {
    expect(checkDeck([rateRow()], 'USD', 'class')).toEqual([]);
    expect(checkDeck([rateRow({ prefix: '1' })], 'USD', 'class').map(({ field }) => field)).toEqual(['prefix']);
  });
});

describe('a problem is said with the value in question', () => {
  it.each<[Partial<RateRow>, string, string]>([
    [{ prefix: '+49' }, 'prefix', '"+49" is not 1 to 15 digits without + or leading 0'],
    [{ destination: '' }, 'destination', 'is empty'],
    [steps(0, 6), 'increments.initial', '0 is not a whole number of seconds'],
    [steps(6, 3601), 'increments.subsequent', '3601 is not a whole number of seconds'],
    [{ micros: 0.5 }, 'micros', '0.5 is not a whole number of millionths'],
    [{ micros: -1 }, 'micros', '-1 is negative'],
    [{ micros: 100_000_001 }, 'micros', '100000001 is more than 100000000, 100.00 per unit'],
    [{ from: '2026-02-30' }, 'from', '"2026-02-30" is not a date'],
    [{ to: '2026-13-01' }, 'to', '"2026-13-01" is not a date'],
    [{ to: '2025-12-31' }, 'to', '2025-12-31 is before from (2026-01-01)'],
  ])('%j', (change, field, reason) => {
    expect(checkDeck([row(change)], 'USD')).toEqual([{ row: 1, field, reason }]);
  });

  it('and for a class with its prefix', () => {
    expect(checkDeck([rateRow({ prefix: '1' })], 'USD', 'class')).toEqual([
      { row: 1, field: 'prefix', reason: '"1": the rate of a class has no prefix' },
    ]);
  });

  it('an overlap names the row that reaches furthest, not the one before', () => {
    const long = [row({ to: '2026-12-31' }), row({ from: '2026-02-01', to: '2026-02-28' })];
    expect(
      checkDeck([...long, row({ from: '2026-12-31', to: '2027-12-31' })], 'USD').map(({ reason }) => reason),
    ).toEqual([
      '2026-02-01 overlaps prefix 49 in row 1, until 2026-12-31',
      '2026-12-31 overlaps prefix 49 in row 1, until 2026-12-31',
    ]);
  });
});

describe('rows of one prefix follow each other in time', () => {
  const first = row({ to: '2026-06-30' });

  it.each<[string, RateRow[], string[]]>([
    ['the next day', [first, row({ from: '2026-07-01' })], []],
    ['in any order of the file', [row({ from: '2026-07-01' }), first], []],
    ['the last day twice', [first, row({ from: '2026-06-30' })], ['2 from']],
    ['a day in between', [first, row({ from: '2026-07-02' })], ['2 from']],
    ['another prefix', [first, row({ prefix: '491', from: '2026-09-01' })], []],
    ['the same row twice', [row(), row()], ['2 from']],
    ['a row without end before another', [row(), row({ from: '2026-07-01' })], ['2 from']],
    [
      'a short row within a long one, which does not hide the overlap of the third',
      [
        row({ to: '2026-12-31' }),
        row({ from: '2026-02-01', to: '2026-02-28' }),
        row({ from: '2026-12-31', to: '2027-12-31' }),
      ],
      ['2 from', '3 from'],
    ],
    ['a single day twice', [row({ to: '2026-01-01' }), row({ to: '2026-01-01' })], ['2 from']],
    ['an end that does not exist, which is not compared', [row({ to: '2026-02-30' }), row()], ['1 to']],
    ['the same row three times', [row(), row(), row()], ['2 from', '3 from']],
    ['a prefix that is withdrawn', [first], []],
    ['a row with a bad date, which is not compared', [first, row({ from: '2026-06-31' })], ['2 from']],
    ['an end before the beginning, which is not compared', [row({ to: '2025-12-31' }), row()], ['1 to']],
    ['a year, then the year after', [row({ to: '2026-12-31' }), row({ from: '2027-01-01' })], []],
  ])('%s', (_, rows, expected) => {
    expect(problems(...rows)).toEqual(expected);
  });

  it('names the other row and its end', () => {
    expect(checkDeck([first, row({ from: '2026-06-30' })], 'USD')).toEqual([
      { row: 2, field: 'from', reason: '2026-06-30 overlaps prefix 49 in row 1, until 2026-06-30' },
    ]);
    expect(checkDeck([row(), row({ from: '2026-06-30' })], 'USD')[0]?.reason).toContain('until ever');
    expect(checkDeck([first, row({ from: '2026-08-01' })], 'USD')).toEqual([
      { row: 2, field: 'from', reason: '2026-08-01 leaves a gap after prefix 49 in row 1, until 2026-06-30' },
    ]);
    const free = [rateRow({ to: '2026-06-30' }), rateRow({ from: '2026-08-01' })];
    expect(checkDeck(free, 'USD', 'class')[0]?.reason).toContain('after prefix (none) in row 1');
  });

  it('problems come in the order of the rows', () => {
    expect(problems(row(), row(), row({ prefix: 'x' }), row({ prefix: '1', micros: -1 }))).toEqual([
      '2 from',
      '3 prefix',
      '4 micros',
    ]);
  });

  it('a deck with problems is not built, and says all of them', () => {
    expect(() => buildDeck([row({ micros: -1 }), row({ prefix: 'x' })], 'USD')).toThrow(
      expect.objectContaining({
        code: 'invalid_rate_deck',
        message: expect.stringMatching(/row 1, micros: -1 is negative; row 2, prefix: "x"/u),
      }),
    );
  });
});

describe('§2.6: the longest prefix that is in force wins', () => {
  const rows = [
    row({ micros: 1 }),
    row({ prefix: '491', micros: 2, from: '2026-02-01', to: '2026-06-30' }),
    row({ prefix: '491', micros: 3, from: '2026-07-01', to: '2026-11-30' }),
    row({ prefix: '49151', micros: 4, from: '2026-12-01' }),
    row({ prefix: '1787', micros: 5 }),
    row({ prefix: '1', micros: 6 }),
  ];

  it.each([
    ['+4930555012', 20260501, 1],
    ['+4915155501', 20260131, 1],
    ['+4915155501', 20260201, 2],
    ['+4915155501', 20260630, 2],
    ['+4915155501', 20260701, 3],
    ['+4915155501', 20261130, 3],
    ['+4915155501', 20261201, 4],
    ['+4915155501', 20991231, 4],
    ['+4917055501', 20261130, 3],
    ['+4917055501', 20261201, 1],
    ['+4915', 20261201, 1],
    ['+17875550123', 20261201, 5],
    ['+17865550123', 20261201, 6],
    ['+78755500123', 20261201, undefined],
    ['+4930555012', 20251231, undefined],
    ['+4830555012', 20261201, undefined],
    ['+', 20261201, undefined],
  ])('%s on %i costs %s', (number, day, micros) => {
    expect(rateOn(buildDeck(rows, 'USD'), number, day)?.micros).toBe(micros);
  });

  it('a class has one rate for every number, by date', () => {
    const dated = [rateRow({ micros: 1, to: '2026-06-30' }), rateRow({ micros: 2, from: '2026-07-01' })];
    const of = buildDeck(dated, 'USD', 'class');
    expect(rateOn(of, '+4930555012', 20260630)?.micros).toBe(1);
    expect(rateOn(of, '101', 20260701)?.micros).toBe(2);
  });

  it('an empty deck has no rate', () => {
    expect(rateOn(buildDeck([], 'USD'), '+4930555012', 20261201)).toBeUndefined();
  });

  it('finds what trying every row finds', () => {
    const digits = fc.string({ unit: fc.constantFrom('1', '2', '3'), minLength: 1, maxLength: 5 });
    const prefixes = fc.uniqueArray(digits, { maxLength: 40 });
    const number = fc.string({ unit: fc.constantFrom('1', '2', '3', '9'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(prefixes, number, (all, called) => {
        const naive = all.filter((prefix) => called.startsWith(prefix)).sort((a, b) => b.length - a.length)[0];
        const built = buildDeck(
          all.map((prefix) => row({ prefix })),
          'USD',
        );
        expect(rateOn(built, `+${called}`, 20261201)?.prefix).toBe(naive);
      }),
    );
  });

  it('finds, on any day, what trying every row finds, in whatever order the file has them', () => {
    const digits = fc.string({ unit: fc.constantFrom('1', '2'), minLength: 1, maxLength: 4 });
    const years = fc.record({ first: fc.integer({ min: 2024, max: 2027 }), length: fc.nat(2) });
    const dated = fc.uniqueArray(fc.record({ prefix: digits, years }), {
      selector: ({ prefix }) => prefix,
      maxLength: 20,
    });
    const rows = dated
      .map((all) =>
        all.flatMap(({ prefix, years: { first, length } }) =>
          Array.from({ length: length + 1 }, (_, index) =>
            row({ prefix, from: `${first + index}-01-01`, to: `${first + index}-12-31` }),
          ),
        ),
      )
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    const called = fc.string({ unit: fc.constantFrom('1', '2', '3'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, called, fc.integer({ min: 2023, max: 2030 }), (all, number, year) => {
        const naive = all
          .filter(({ prefix, from }) => number.startsWith(prefix) && from.startsWith(String(year)))
          .sort((a, b) => b.prefix.length - a.prefix.length)[0];
        expect(rateOn(buildDeck(all, 'USD'), `+${number}`, year * 10_000 + 615)).toBe(naive);
      }),
    );
  });
});
