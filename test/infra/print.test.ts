import { describe, expect, it } from 'vitest';
import { amountOf } from '../../infra/local/story/cast-stories.ts';
import { amount, decimal } from '../../infra/ops/print.ts';

describe('the ops command writes amounts with the decimals of their currency', () => {
  it.each([
    [1_250, 'EUR', '12.50 EUR'],
    [-5, 'GBP', '-0.05 GBP'],
    [1_250, 'JPY', '1250 JPY'],
    [-5, 'JPY', '-5 JPY'],
    [123_456_789_012, 'JPY', '123456789012 JPY'],
  ])('%d minor units of %s as %s', (minor, currency, text) => {
    expect(amount(minor, currency)).toBe(text);
    expect(decimal(minor, currency)).toBe(text.split(' ')[0]);
  });

  it('says of a currency that is not billed in that these are minor units, rather than guess', () => {
    expect(amount(1_250, 'KWD')).toBe('1250 minor units KWD');
  });
});

it.each([
  [1_250, 'EUR', 'EUR 12.50'],
  [1_250, 'JPY', 'JPY 1,250'],
])('what npm start tells has %d minor units of %s as %s', (minor, currency, text) => {
  expect(amountOf(minor, currency).replace('\u00a0', ' ')).toBe(text);
});
