import { describe, expect, it } from 'vitest';
import {
  countText,
  dateText,
  exactText,
  linesText,
  listText,
  minutesText,
  moneyText,
  monthText,
  percentText,
  periodText,
  priceText,
  unitsText,
} from '../../../shared/domain/explain/figures.ts';

describe('figures are written exactly, from integers', () => {
  it.each([
    [0, 'EUR 0.00'],
    [5, 'EUR 0.05'],
    [1290, 'EUR 12.90'],
    [-1290, 'EUR −12.90'],
    [99_999, 'EUR 999.99'],
    [100_000, 'EUR 1,000.00'],
    [123_456_789_01, 'EUR 123,456,789.01'],
    [90_071_992_547_409_91n, 'EUR 90,071,992,547,409.91'],
  ])('§2.2: %s cents are %s', (minor, text) => {
    expect(moneyText(minor, 'EUR')).toBe(text);
  });

  it.each([
    [5500, 'USD 0.0055', 'R111'],
    [7150, 'USD 0.00715', 'R111'],
    [24_950_000, 'USD 24.95', 'two decimals'],
    [25_000_000, 'USD 25.00', 'two decimals at least'],
    [1, 'USD 0.000001', 'every one that the price has'],
    [-1_500_000, 'USD −1.50', 'a price below nothing'],
  ])('%s millionths are %s (%s)', (micros, text) => {
    expect(priceText(micros, 'USD')).toBe(text);
  });

  it.each([
    ['ends', 7535n, 100n, 'CAD 0.7535'],
    ['does not end', 40_000n, 31n, 'CAD 12.903225…'],
    ['does not end, of a credit', -40_000n, 31n, 'CAD −12.903225…'],
    ['ends after eight places', 43_062_075n, 100_000n, 'CAD 4.3062075'],
    ['is less than what is shown', 1n, 3_000_000_000n, 'CAD 0.000000…'],
    ['is nothing', 0n, 31n, 'CAD 0.00'],
  ])('a fraction of a cent that %s', (_name, dividend, divisor, text) => {
    expect(exactText({ dividend, divisor }, 'CAD')).toBe(text);
  });

  it.each([
    [99_750, '9.975 %', 'R118'],
    [649_000, '64.9 %', 'domain §2.4'],
    [376_000, '37.6 %', 'R121'],
    [200_000, '20 %', 'R119'],
    [0, '0 %', 'C14'],
    [1_000_000, '100 %', 'all of it'],
  ])('%i parts per million are %s (%s)', (ppm, text) => {
    expect(percentText(ppm)).toBe(text);
  });

  it.each([
    [0, '0 minutes'],
    [60, '1 minute'],
    [-60, '−1 minutes'],
    [61, '1:01 minutes'],
    [59, '0:59 minutes'],
    [120, '2 minutes'],
    [7326, '122:06 minutes'],
    [-7326, '−122:06 minutes'],
    [90_000_000, '1,500,000 minutes'],
  ])('C20: %i seconds are %s', (seconds, text) => {
    expect(minutesText(seconds)).toBe(text);
  });

  it.each([
    [1, '1 device'],
    [-1, '−1 device'],
    [0, '0 devices'],
    [2, '2 devices'],
    [-2000, '−2,000 devices'],
  ])('%i of a unit are %s', (count, text) => {
    expect(unitsText(count, 'device')).toBe(text);
    expect(text.startsWith(countText(count))).toBe(true);
  });
});

describe('dates and lists in words', () => {
  it.each([
    ['2026-01-01', '1 January 2026'],
    ['2026-12-31', '31 December 2026'],
    ['2028-02-29', '29 February 2028'],
  ])('%s is %s', (date, text) => {
    expect(dateText(date)).toBe(text);
  });

  it('a month, a period, and a period of one day', () => {
    expect(monthText('2026-06')).toBe('June 2026');
    expect(periodText({ from: '2026-06-16', to: '2026-06-30' })).toBe('16 June 2026 to 30 June 2026');
    expect(periodText({ from: '2026-12-15', to: '2026-12-15' })).toBe('15 December 2026');
  });

  it.each([
    [[2], 'line 2'],
    [[1, 2], 'lines 1 and 2'],
    [[5, 1, 2], 'lines 1, 2 and 5'],
    [[1, 2, 3], 'lines 1 to 3'],
    [[10, 9, 11, 8], 'lines 8 to 11'],
    [[1, 2, 4], 'lines 1, 2 and 4'],
  ])('%j are %s', (lines, text) => {
    expect(linesText(lines)).toBe(text);
  });

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j are "%s"', (parts, text) => {
    expect(listText(parts)).toBe(text);
  });
});
