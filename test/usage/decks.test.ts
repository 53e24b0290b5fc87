import { describe, expect, it } from 'vitest';
import { readDeck } from '../../shared/usage/deck-csv.ts';
import { microsOf } from '../../shared/usage/price.ts';
import { piecesOf } from './support.ts';

const HEADING = 'prefix,destination,initial,subsequent,price,from,to';
const read = (...rows: string[]) =>
  readDeck(piecesOf([HEADING, ...rows].join('\n')), { deck: 'international-us', version: 'v7' }, 'USD');

describe('a rate deck', () => {
  it('is read with its prices in micros, never through a float', async () => {
    const { rows, problems } = await read(
      '44,United Kingdom,30,6,0.0155,2026-01-01,2026-06-30',
      '44,"UK, all",30,6,0.02,2026-07-01,',
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        deck: 'international-us',
        version: 'v7',
        prefix: '44',
        destination: 'United Kingdom',
        increments: { initial: 30, subsequent: 6 },
        micros: 15_500,
        per: 'minute',
        from: '2026-01-01',
        to: '2026-06-30',
      },
      expect.objectContaining({ destination: 'UK, all', micros: 20_000, from: '2026-07-01' }),
    ]);
    expect(rows[1]).not.toHaveProperty('to');
  });

  it('tells every error of the whole file at once, with line, field and reason', async () => {
    const { problems } = await read(
      '44,United Kingdom,30,6,0.0155,2026-01-01,2026-06-30',
      '44,United Kingdom,30,6,0.0155,2026-06-30,',
      '49,Germany,30,6,1e-3,2026-01-01,',
      '+33,France,30,6,0.01,2026-01-01,',
      '39,Italy,0,x,0.01,2026-01-01,',
      '34,Spain,60,60,0.01,2026-02-30,',
      '351,Portugal,60,60',
      '353,Ireland,60,60,0.01,2026-01-01,2026-01-31',
      '353,Ireland,60,60,0.01,2026-03-01,',
    );
    expect(problems.map(({ line, field }) => [line, field])).toEqual([
      [3, 'from'],
      [4, 'price'],
      [5, 'prefix'],
      [6, 'subsequent'],
      [7, 'from'],
      [8, ''],
      [10, 'from'],
    ]);
    expect(problems[0]!.reason).toContain('overlaps');
    expect(problems.at(-1)!.reason).toContain('gap');
  });

  it.each([
    ['without its heading', '44,United Kingdom,30,6,0.0155,2026-01-01,'],
    ['with nothing in it', ''],
    ['without a row', `${HEADING}\n`],
  ])('%s is refused', async (_what, text) => {
    const { rows, problems } = await readDeck(piecesOf(text), { deck: 'd', version: 'v' }, 'USD');
    expect([rows, problems.length]).toEqual([[], 1]);
  });
});

it.each([
  ['USD', ['price']],
  ['JPY', []],
] as const)(
  'a satellite at 700 a minute is too dear to be meant in dollars, not in yen: %s',
  async (currency, fields) => {
    const text = `${HEADING}\n881,Satellite,60,60,700,2026-01-01,`;
    const { problems } = await readDeck(piecesOf(text), { deck: 'd', version: 'v' }, currency);
    expect(problems.map(({ field }) => field)).toEqual(fields);
  },
);

describe('a price', () => {
  it.each([
    ['0.0055', 5_500],
    ['0.00715', 7_150],
    ['1', 1_000_000],
    ['0.1', 100_000],
    ['12.345678', 12_345_678],
  ])('R111 %s is %i micros', (text, micros) => expect(microsOf(text)).toBe(micros));

  it.each(['', '.5', '1.', '-1', '1e3', '0.0000001', '1,5', ' 1'])('%j is none', (text) => {
    expect(microsOf(text)).toBeUndefined();
  });
});
