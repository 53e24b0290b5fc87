import { describe, expect, it } from 'vitest';
import { inForce } from '../../shared/domain/tax/rate.ts';
import { linesFor, type Options, rulesFor, taxes, telecom } from './tax-fixtures.ts';

describe('taxes by billing address on 100.00 (R23, R115–R119, R135)', () => {
  it.each([
    ['CA-AB', [['GST', 500]]],
    [
      'CA-BC',
      [
        ['GST', 500],
        ['PST', 700],
      ],
    ],
    [
      'CA-MB',
      [
        ['GST', 500],
        ['RST', 700],
      ],
    ],
    ['CA-NB', [['HST', 1500]]],
    ['CA-NL', [['HST', 1500]]],
    ['CA-NS', [['HST', 1400]]],
    ['CA-NT', [['GST', 500]]],
    ['CA-NU', [['GST', 500]]],
    ['CA-ON', [['HST', 1300]]],
    ['CA-PE', [['HST', 1500]]],
    [
      'CA-QC',
      [
        ['GST', 500],
        ['QST', 998],
      ],
    ],
    [
      'CA-SK',
      [
        ['GST', 500],
        ['PST', 600],
      ],
    ],
    ['CA-YT', [['GST', 500]]],
    ['AU', [['GST', 1000]]],
    ['GB', [['VAT', 2000]]],
  ])('%s pays %j', (place, expected) => {
    expect(taxes(place, '2026-12-01', [10_000])).toEqual(expected);
  });

  it.each([
    ['AT', 2000],
    ['BE', 2100],
    ['BG', 2000],
    ['CY', 1900],
    ['CZ', 2100],
    ['DE', 1900],
    ['DK', 2500],
    ['EE', 2400],
    ['ES', 2100],
    ['FI', 2550],
    ['FR', 2000],
    ['GR', 2400],
    ['HR', 2500],
    ['HU', 2700],
    ['IE', 2300],
    ['IT', 2200],
    ['LT', 2100],
    ['LU', 1700],
    ['LV', 2100],
    ['MT', 1800],
    ['NL', 2100],
    ['PL', 2300],
    ['PT', 2300],
    ['RO', 2100],
    ['SE', 2500],
    ['SI', 2200],
    ['SK', 2300],
  ])('R135, C14: a consumer in %s pays %i of the own country’s VAT to the Irish seller', (place, cents) => {
    expect(taxes(place, '2026-12-01', [10_000], { from: 'IE' })).toEqual([['VAT', cents]]);
  });
});

describe('each rate of the guide, as the invoice prints it, on the price without any other tax', () => {
  it.each([
    ['R115: GST of 5 % in Canada', 'CA-AB', 'GST', 50_000, 'Excise Tax Act s.165(1)'],
    ['R115: GST of 10 % in Australia', 'AU', 'GST', 100_000, 'GST) Act 1999'],
    ['R116: HST of 13 % in Ontario', 'CA-ON', 'HST (Ontario)', 130_000, 'Harmonized'],
    ['R116: HST of 15 % in New Brunswick', 'CA-NB', 'HST (New Brunswick)', 150_000, 'Harmonized'],
    ['R116: HST of 15 % in Newfoundland', 'CA-NL', 'HST (Newfoundland and Labrador)', 150_000, 'Harmonized'],
    ['R116: HST of 15 % on Prince Edward Island', 'CA-PE', 'HST (Prince Edward Island)', 150_000, 'Harmonized'],
    ['R116, C13: HST of 14 % in Nova Scotia', 'CA-NS', 'HST (Nova Scotia)', 140_000, 'Notice 342'],
    ['R117: PST of 7 % in British Columbia', 'CA-BC', 'PST (British Columbia)', 70_000, 'Bulletin PST 107'],
    ['R117: PST of 6 % in Saskatchewan', 'CA-SK', 'PST (Saskatchewan)', 60_000, 'Provincial Sales Tax Act'],
    ['R117: RST of 7 % in Manitoba', 'CA-MB', 'RST (Manitoba)', 70_000, 'Retail Sales Tax Act'],
    ['R117, R118: QST of 9.975 % in Quebec', 'CA-QC', 'QST', 99_750, 'Québec sales tax'],
    ['R119: VAT of 20 % in the United Kingdom', 'GB', 'VAT', 200_000, 'VAT Act 1994'],
    ['R119: VAT of 19 % in Germany', 'DE', 'VAT', 190_000, 'UStG'],
    ['R119: VAT of 23 % in Ireland', 'IE', 'VAT', 230_000, 'VAT Consolidation Act 2010'],
  ])('%s', (_name, place, label, ratePpm, source) => {
    const line = linesFor(place, '2026-12-01', [telecom(10_000)]).find((each) => each.label === label);
    expect(line).toMatchObject({
      jurisdiction: place,
      category: 'S',
      ratePpm,
      base: 10_000,
      source: expect.stringContaining(source),
      status: 'final',
    });
  });
});

describe('dated rates (R151)', () => {
  it.each([
    ['C13: Nova Scotia, the day before', 'CA-NS', '2025-03-31', [['HST', 1500]]],
    ['C13: Nova Scotia, the day of the change', 'CA-NS', '2025-04-01', [['HST', 1400]]],
    ['Germany, the last day of 16 %', 'DE', '2020-12-31', [['VAT', 1600]]],
    ['Germany, the first day of 19 %', 'DE', '2021-01-01', [['VAT', 1900]]],
    ['§2.3: United Kingdom, the first day of 20 %', 'GB', '2011-01-04', [['VAT', 2000]]],
    ['§2.3: Germany, the first day of 16 %', 'DE', '2020-07-01', [['VAT', 1600]]],
    ['Ireland, the last day of 21 %', 'IE', '2021-02-28', [['VAT', 2100]]],
    ['Ireland, the first day of 23 %', 'IE', '2021-03-01', [['VAT', 2300]]],
    ['Estonia, the last day of 20 %', 'EE', '2023-12-31', [['VAT', 2000]]],
    ['Estonia, the first day of 22 %', 'EE', '2024-01-01', [['VAT', 2200]]],
    ['Estonia, the last day of 22 %', 'EE', '2025-06-30', [['VAT', 2200]]],
    ['Estonia, the first day of 24 %', 'EE', '2025-07-01', [['VAT', 2400]]],
    ['Finland, the last day of 24 %', 'FI', '2024-08-31', [['VAT', 2400]]],
    ['Finland, the first day of 25.5 %', 'FI', '2024-09-01', [['VAT', 2550]]],
    ['Luxembourg, the year of 16 %', 'LU', '2023-06-01', [['VAT', 1600]]],
    ['Romania, the last day of 19 %', 'RO', '2025-07-31', [['VAT', 1900]]],
    ['Romania, the first day of 21 %', 'RO', '2025-08-01', [['VAT', 2100]]],
    ['Slovakia, the last day of 20 %', 'SK', '2024-12-31', [['VAT', 2000]]],
    ['Slovakia, the first day of 23 %', 'SK', '2025-01-01', [['VAT', 2300]]],
  ])('%s', (_name, place, date, expected) => {
    expect(taxes(place, date, [10_000])).toEqual(expected);
  });

  it.each([
    ['a country without rules', 'JP', {}, 'JP'],
    ['Ceuta', 'ES', { postalCode: '51001' }, 'ES, Ceuta'],
    ['Saint-Denis, Réunion', 'FR', { postalCode: '97400' }, 'FR, overseas departments'],
    ['Guernsey, in small letters', 'GB', { postalCode: 'gy1 1aa' }, 'GB, Guernsey'],
    ['a province that does not exist', 'CA-XX', {}, 'CA-XX'],
    ['a Canadian address without a province', 'CA', {}, 'CA-'],
    ['a state of which the seller’s table says nothing', 'US-NY', {}, 'US-NY'],
    ['the Canary Islands', 'ES', { postalCode: '35001' }, 'ES, Canary Islands'],
    ['Madeira', 'PT', { postalCode: '9000-001' }, 'PT, Azores and Madeira'],
    ['Heligoland', 'DE', { postalCode: '27498' }, 'DE, Heligoland'],
    ['Jersey', 'GB', { postalCode: 'JE2 3AB' }, 'GB, Jersey'],
    ['an American seller in Germany', 'DE', { from: 'US' }, 'DE, for a seller of US without registration there'],
    ['a British seller in France', 'FR', { from: 'GB' }, 'FR, for a seller of GB without registration there'],
    ['an Irish seller in Ontario', 'CA-ON', { from: 'IE' }, 'CA-ON, for a seller of IE without registration there'],
  ] as [string, string, Options, string][])(
    '%s has no tax rule, rather than a guess',
    (_name, place, options, missing) => {
      expect(rulesFor(place, '2026-12-01', options)).toEqual({ kind: 'missing', place: missing });
    },
  );

  it('the day before the first row of the table, a country has no rule', () => {
    expect(rulesFor('GB', '2011-01-03')).toEqual({ kind: 'missing', place: 'GB' });
    expect(rulesFor('DE', '2020-06-30')).toEqual({ kind: 'missing', place: 'DE' });
  });

  it.each([
    ['DE', 'US', ['EU'], 1900],
    ['GB', 'IE', ['GB'], 2000],
    ['AU', 'IE', ['AU'], 1000],
  ])(
    'a customer in %s of a %s seller registered in %j pays the own country’s tax',
    (place, from, registered, cents) => {
      expect(taxes(place, '2026-12-01', [10_000], { from, registered })[0]?.[1]).toBe(cents);
    },
  );
});

describe('what is not taxed in full', () => {
  it('C12: British Columbia does not tax toll-free service with PST, the rest of the invoice it does', () => {
    const lines = linesFor('CA-BC', '2026-12-01', [telecom(10_000, 'toll-free'), telecom(2000)]);
    expect(lines.map(({ tax, base, amount }) => [tax, base, amount])).toEqual([
      ['GST', 12_000, 600],
      ['PST', 2000, 140],
    ]);
    expect(linesFor('CA-BC', '2026-12-01', [telecom(10_000, 'toll-free')]).map(({ tax }) => tax)).toEqual(['GST']);
  });

  it('R115: zero-rated and exempt lines stand beside the taxed ones with a tax of 0', () => {
    const lines = linesFor('AU', '2026-12-01', [
      telecom(10_000),
      { ...telecom(700), taxTreatment: 'zero-rated' },
      { ...telecom(300), taxTreatment: 'exempt' },
      { ...telecom(1), taxTreatment: 'standard' },
    ]);
    expect(lines.map(({ category, ratePpm, base, amount }) => [category, ratePpm, base, amount])).toEqual([
      ['S', 100_000, 10_001, 1000],
      ['Z', 0, 700, 0],
      ['E', 0, 300, 0],
    ]);
  });
});

describe('R151: the row that is in force', () => {
  const row = (name: string, from: string, to?: string) => ({ name, from, ...(to === undefined ? {} : { to }) });
  it.each([
    ['none has begun', [row('a', '2026-02-01')], []],
    ['its first day', [row('a', '2026-01-01')], ['a']],
    ['its last day', [row('a', '2025-01-01', '2026-01-01')], ['a']],
    ['the day after', [row('a', '2025-01-01', '2025-12-31')], []],
    ['the newest, in whatever order', [row('b', '2025-06-01'), row('a', '2025-01-01')], ['b']],
    [
      'the newest has ended: the older one does not come back',
      [row('a', '2024-01-01'), row('b', '2025-01-01', '2025-12-31')],
      [],
    ],
    ['two of one day: the first', [row('a', '2025-01-01'), row('b', '2025-01-01')], ['a']],
  ])('on 1 January 2026: %s', (_name, rows, names) => {
    expect(inForce(rows, '2026-01-01', () => '').map(({ name }) => name)).toEqual(names);
  });

  it('each tax has its own', () => {
    const rows = [row('a', '2025-01-01'), row('b', '2024-01-01')];
    expect(inForce(rows, '2026-01-01', ({ name }) => name)).toEqual(rows);
  });
});
