import type { PlainDate } from '../calendar.ts';
import { ROUNDING, type TaxRate } from './rate.ts';

const vat =
  (levy: string, rounding = ROUNDING.europeanUnion as TaxRate['rounding']) =>
  (ratePpm: number, from: PlainDate, source: string): TaxRate => ({
    tax: 'VAT',
    label: 'VAT',
    levy,
    ratePpm,
    from,
    rounding,
    source,
    status: 'final',
  });

type Change = readonly [ratePpm: number, from: PlainDate, source: string];
const member = (country: string, ...changes: readonly Change[]): readonly TaxRate[] =>
  changes.map((change) => vat(country)(...change));

/**
 * The member states of the European Union with their standard rate, which is the one for telecommunication services
 * (Directive 2006/112/EC Art. 97; Annex III names no reduced one). Beside each law: European Commission, "Taxes in Europe
 * Database". Greece is `GR` here and in addresses, `EL` in VAT IDs; the lower rates of its islands are for services of sellers
 * who are established there (Ν. 5246/2025).
 */
export const EUROPEAN_UNION: Readonly<Record<string, readonly TaxRate[]>> = {
  AT: member('AT', [200_000, '1984-01-01', 'UStG 1994 §10(1)']),
  BE: member('BE', [210_000, '1996-01-01', 'KB nr. 20 van 20 juli 1970, art. 1']),
  BG: member('BG', [200_000, '1999-01-01', 'ЗДДС чл. 66']),
  CY: member('CY', [190_000, '2014-01-13', 'Ν. 95(I)/2000, άρθρο 17']),
  CZ: member('CZ', [210_000, '2013-01-01', 'Zákon č. 235/2004 Sb., §47']),
  DE: member('DE', [160_000, '2020-07-01', 'UStG §28'], [190_000, '2021-01-01', 'UStG §12(1)']),
  DK: member('DK', [250_000, '1992-01-01', 'Momsloven §33']),
  EE: member(
    'EE',
    [200_000, '2009-07-01', 'Käibemaksuseadus §15'],
    [220_000, '2024-01-01', 'Käibemaksuseadus §15'],
    [240_000, '2025-07-01', 'Käibemaksuseadus §15'],
  ),
  ES: member('ES', [210_000, '2012-09-01', 'Ley 37/1992, art. 90']),
  FI: member(
    'FI',
    [240_000, '2013-01-01', 'Arvonlisäverolaki 1501/1993, 84 §'],
    [255_000, '2024-09-01', 'Arvonlisäverolaki 1501/1993, 84 §'],
  ),
  FR: member('FR', [200_000, '2014-01-01', 'Code général des impôts, art. 278']),
  GR: member('GR', [240_000, '2016-06-01', 'Ν. 4389/2016, άρθρο 52']),
  HR: member('HR', [250_000, '2012-03-01', 'Zakon o porezu na dodanu vrijednost, čl. 38']),
  HU: member('HU', [270_000, '2012-01-01', '2007. évi CXXVII. törvény, 82. §']),
  IE: member(
    'IE',
    [210_000, '2020-09-01', 'VAT Consolidation Act 2010 s.46(1)(a), for six months'],
    [230_000, '2021-03-01', 'VAT Consolidation Act 2010 s.46(1)(a)'],
  ),
  IT: member('IT', [220_000, '2013-10-01', 'DPR 633/1972, art. 16']),
  LT: member('LT', [210_000, '2009-09-01', 'PVM įstatymas, 19 str.']),
  LU: member(
    'LU',
    [170_000, '2015-01-01', 'Loi TVA du 12 février 1979, art. 39'],
    [160_000, '2023-01-01', 'Loi du 26 octobre 2022'],
    [170_000, '2024-01-01', 'Loi TVA du 12 février 1979, art. 39'],
  ),
  LV: member('LV', [210_000, '2012-07-01', 'Pievienotās vērtības nodokļa likums, 41. pants']),
  MT: member('MT', [180_000, '2004-01-01', 'Value Added Tax Act, Cap. 406, art. 19']),
  NL: member('NL', [210_000, '2012-10-01', 'Wet op de omzetbelasting 1968, art. 9']),
  PL: member('PL', [230_000, '2011-01-01', 'Ustawa o podatku od towarów i usług, art. 41 ust. 1, art. 146ef']),
  PT: member('PT', [230_000, '2011-01-01', 'Código do IVA, art. 18.º']),
  RO: member(
    'RO',
    [190_000, '2017-01-01', 'Legea 227/2015, art. 291'],
    [210_000, '2025-08-01', 'Legea 141/2025; Legea 227/2015, art. 291'],
  ),
  SE: member('SE', [250_000, '1990-07-01', 'Mervärdesskattelag (2023:200), 9 kap. 2 §']),
  SI: member('SI', [220_000, '2013-07-01', 'ZDDV-1, 41. člen']),
  SK: member(
    'SK',
    [200_000, '2011-01-01', 'Zákon č. 222/2004 Z. z., §27'],
    [230_000, '2025-01-01', 'Zákon č. 278/2024 Z. z.; č. 222/2004 Z. z., §27'],
  ),
};

/** Countries with one national rate (R115, R119, R135). */
export const NATIONAL: Readonly<Record<string, readonly TaxRate[]>> = {
  ...EUROPEAN_UNION,
  AU: [
    {
      tax: 'GST',
      label: 'GST',
      levy: 'AU',
      ratePpm: 100_000,
      from: '2000-07-01',
      rounding: ROUNDING.australia,
      source: 'A New Tax System (GST) Act 1999 s.9-70',
      status: 'final',
    },
  ],
  GB: [vat('GB', ROUNDING.unitedKingdom)(200_000, '2011-01-04', 'VAT Act 1994 s.2')],
};

/**
 * Parts of these countries, by the beginning of their postal code, where the standard rate above does not hold: outside of
 * the Union's VAT territory (Directive 2006/112/EC Art. 6), or with a rate of their own (Art. 104, 105).
 */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AT: { '6691': 'Jungholz', '6991': 'Mittelberg', '6992': 'Mittelberg', '6993': 'Mittelberg' },
  DE: { '27498': 'Heligoland', '78266': 'Büsingen' },
  ES: { '35': 'Canary Islands', '38': 'Canary Islands', '51': 'Ceuta', '52': 'Melilla' },
  FI: { '22': 'Åland' },
  FR: { '97': 'overseas departments', '986': 'Wallis and Futuna', '987': 'French Polynesia', '988': 'New Caledonia' },
  GB: { GY: 'Guernsey', JE: 'Jersey' },
  GR: { '63086': 'Mount Athos' },
  IT: { '22061': 'Campione d’Italia', '23041': 'Livigno' },
  PT: { '9': 'Azores and Madeira' },
};

/** The name of the part of a country that the national rate does not reach; undefined where it does. */
export function territoryOutside(country: string, postalCode: string): string | undefined {
  const compact = postalCode.replace(/[\s-]/g, '').toUpperCase();
  return Object.entries(ELSEWHERE[country] ?? {}).find(([prefix]) => compact.startsWith(prefix))?.[1];
}

/** How a country's VAT IDs begin. */
export const vatPrefix = (country: string): string => (country === 'GR' ? 'EL' : country);
