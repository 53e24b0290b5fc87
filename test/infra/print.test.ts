import { describe, expect, it } from 'vitest';
import { amountOf } from '../../infra/local/story/cast-stories.ts';
import { amount, decimal, table } from '../../infra/ops/print.ts';

describe('the ops command', () => {
  it.each([
    [1_250, 'EUR', 'EUR 12.50', '12.50'],
    [123_450, 'EUR', 'EUR 1,234.50', '1234.50'],
    [-123_456_789, 'GBP', 'GBP −1,234,567.89', '-1234567.89'],
    [-5, 'GBP', 'GBP −0.05', '-0.05'],
    [1_250, 'JPY', 'JPY 1,250', '1250'],
    [-5, 'JPY', 'JPY −5', '-5'],
    [123_456_789_012, 'JPY', 'JPY 123,456,789,012', '123456789012'],
  ])('writes %d minor units of %s as %s for people, as %s for machines', (minor, currency, text, digits) => {
    expect(amount(minor, currency)).toBe(text);
    expect(decimal(minor, currency)).toBe(digits);
  });

  it('says of a currency that is not billed in that these are minor units, rather than guess', () => {
    expect(amount(1_250, 'KWD')).toBe('1,250 minor units of KWD');
    expect(decimal(1_250, 'KWD')).toBe('1250 minor units');
  });

  it('puts the digits of amounts below each other, and words to the left', () => {
    const rows = [
      ['acme', amount(123_450, 'EUR'), '–'],
      ['zenith', amount(-5, 'EUR'), amount(1_000, 'EUR')],
    ];
    const cells = table(['account', 'total', 'last'], rows)
      .split('\n')
      .filter((line) => /acme|zenith/.test(line));
    expect(cells).toEqual(['│ acme    │ EUR 1,234.50 │         – │', '│ zenith  │    EUR −0.05 │ EUR 10.00 │']);
  });
});

it.each([
  [1_250, 'EUR', 'EUR 12.50'],
  [1_250, 'JPY', 'JPY 1,250'],
])('what npm start tells has %d minor units of %s as %s', (minor, currency, text) => {
  expect(amountOf(minor, currency).replace('\u00a0', ' ')).toBe(text);
});
