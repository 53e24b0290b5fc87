import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerTaxId } from '../../shared/domain/account.ts';
import type { TaxCode } from '../../shared/domain/catalog.ts';
import type { TaxLine } from '../../shared/domain/invoice.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { computeTaxes, type TaxableLine } from '../../shared/domain/tax/compute.ts';
import { inForce } from '../../shared/domain/tax/rate.ts';
import { type TaxRules, taxRules } from '../../shared/domain/tax/rules.ts';
import { addressIn, seller } from '../support/accounts.ts';

const validVatId: CustomerTaxId = { kind: 'eu-vat', label: 'VAT ID', value: 'DE999000009', validatedOn: '2026-01-10' };

interface Options {
  readonly from?: string;
  readonly registered?: readonly string[];
  readonly taxIds?: readonly CustomerTaxId[];
  readonly currency?: Currency;
  readonly postalCode?: string;
}

/** The seller is of the customer's country unless told otherwise. */
const rulesFor = (place: string, date: string, options: Options = {}): TaxRules =>
  taxRules(
    {
      billingAddress: {
        ...addressIn(place),
        ...(options.postalCode === undefined ? {} : { postalCode: options.postalCode }),
      },
      taxIds: options.taxIds ?? [],
    },
    seller(options.from ?? place.slice(0, 2), 'EUR', { taxRegistrations: options.registered ?? [] }),
    date,
  );

const linesFor = (place: string, date: string, lines: readonly TaxableLine[], options: Options = {}): TaxLine[] => {
  const rules = rulesFor(place, date, options);
  if (rules.kind === 'missing') throw new Error(`no rule for ${rules.place}`);
  return computeTaxes(lines, rules, options.currency ?? 'CAD');
};
const telecom = (amount: number, taxCode: TaxCode = 'telecom'): TaxableLine => ({ amount, taxCode });
const taxes = (place: string, date: string, amounts: readonly number[], options: Options = {}) =>
  linesFor(
    place,
    date,
    amounts.map((amount) => telecom(amount)),
    options,
  ).map(({ tax, amount }) => [tax, amount]);

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

describe('each tax is rounded once, on the sum of its lines (C12, domain rounding examples)', () => {
  const lines = [1290, 2500, 75, 119, 333];

  it.each([
    ['HST 14 %: 6.04, not 6.06', 'CA-NS', lines, [['HST', 604]]],
    ['VAT 20 %: 8.63, not 8.64', 'GB', lines, [['VAT', 863]]],
    [
      'QST 9.975 %: 4.31, not 4.30',
      'CA-QC',
      lines,
      [
        ['GST', 216],
        ['QST', 431],
      ],
    ],
    [
      'R118: 100.00 in Québec: 5.00 + 9.98',
      'CA-QC',
      [10_000],
      [
        ['GST', 500],
        ['QST', 998],
      ],
    ],
    ['ten lines of 0.05 at 13 %: 0.07, not 0.10', 'CA-ON', Array(10).fill(5), [['HST', 7]]],
    ['ten lines of 0.05 at 10 %: 0.05', 'AU', Array(10).fill(5), [['GST', 5]]],
    ['a credit of 0.50 at 13 %, half away from zero', 'CA-ON', [-50], [['HST', -7]]],
  ])('%s', (_name, place, amounts, expected) => {
    expect(taxes(place, '2026-12-01', amounts)).toEqual(expected);
  });

  it.each([
    ['CA-ON', 'Excise Tax Act s.165.2'],
    ['CA-QC', 'Excise Tax Act s.165.2'],
    ['AU', 'A New Tax System (GST) Act 1999 s.9-90'],
    ['GB', 'HMRC VATREC12010, VATREC12030; VAT Notice 700 s.17.5'],
    ['IE', 'CJEU C-484/06 Ahold; C-302/07 Wetherspoon'],
  ])('a tax line of %s names the rule of its rounding, %s, and where its rate is published', (place, rule) => {
    const [line] = linesFor(place, '2026-12-01', [telecom(10_000)]);
    expect(line).toMatchObject({ rounding: { method: 'half-up', source: rule }, status: 'final' });
    expect(line?.source).not.toBe('');
  });

  it('QST rounds by Revenu Québec’s rule', () => {
    expect(linesFor('CA-QC', '2026-12-01', [telecom(1)])[1]?.rounding.source).toContain('Revenu Québec');
  });

  it('R118: the combined figures of Québec stand nowhere', () => {
    const shown = JSON.stringify(linesFor('CA-QC', '2026-12-01', [telecom(10_000)]));
    expect(shown).not.toMatch(/9[.,]?97[^5]|14[.,]?97|149[_]?7/);
    expect(linesFor('CA-QC', '2026-12-01', [telecom(10_000)]).map(({ ratePpm }) => ratePpm)).toEqual([50_000, 99_750]);
  });
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

describe('VAT between EU countries (C14)', () => {
  const [answered, later] = ['2026-01-10', '2026-02-01'].map((on) => ({
    authority: 'VIES',
    on,
    at: `${on}T09:00:00.000Z`,
  }));
  const german = { kind: 'eu-vat', label: 'USt-IdNr.', value: 'DE 999 000 009' } as const;

  it('a German business with a validated VAT ID owes the VAT of the Irish seller itself; the line keeps the evidence', () => {
    const id = { ...german, evidence: [{ ...answered!, valid: true, reference: 'WAPIAAAAX' }] };
    const [line, ...others] = linesFor('DE', '2026-12-01', [telecom(10_000)], { from: 'IE', taxIds: [id] });
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      category: 'AE',
      ratePpm: 0,
      base: 10_000,
      amount: 0,
      evidence: { kind: 'vat-id', id: 'DE999000009', authority: 'VIES', on: '2026-01-10', reference: 'WAPIAAAAX' },
    });
    expect(line?.mention).toContain('Reverse charge');
  });

  it('reverse charge without a reference has none, and rounds nothing', () => {
    const taxIds = [{ ...german, evidence: [{ ...answered!, valid: true }] }];
    const [line] = linesFor('DE', '2026-12-01', [telecom(10_001), telecom(-1)], { from: 'IE', taxIds });
    expect(line).toMatchObject({ base: 10_000, amount: 0, category: 'AE' });
    expect(line?.evidence).toEqual({ kind: 'vat-id', id: 'DE999000009', authority: 'VIES', on: '2026-01-10' });
    expect(line).not.toHaveProperty('exempt');
  });

  it('the VAT IDs of Greece begin with EL', () => {
    const greek = (value: string) => [{ ...validVatId, value }];
    const rules = (value: string) => rulesFor('GR', '2026-12-01', { from: 'IE', taxIds: greek(value) }).kind;
    expect([rules('EL999000006'), rules('GR999000006')]).toEqual(['reverse-charge', 'rates']);
  });

  it.each([
    ['without a VAT ID', []],
    ['with a VAT ID nobody validated', [german]],
    ['with a VAT ID validated after the invoice date', [{ ...validVatId, validatedOn: '2026-12-02' }]],
    [
      'with a VAT ID that was invalid when it was asked about last',
      [
        {
          ...german,
          evidence: [
            { ...answered!, valid: true },
            { ...later!, valid: false },
          ],
        },
      ],
    ],
    [
      'with a VAT ID of the account file that is invalid by now',
      [{ ...validVatId, evidence: [{ ...later!, valid: false }] }],
    ],
    ['with a valid VAT ID of another country', [{ ...validVatId, value: 'FR00990000135' }]],
    ['with a valid ID of another kind', [{ ...validVatId, kind: 'other' }]],
  ])('a German customer %s pays German VAT', (_name, taxIds) => {
    expect(taxes('DE', '2026-12-01', [10_000], { from: 'IE', taxIds: taxIds as CustomerTaxId[] })).toEqual([
      ['VAT', 1900],
    ]);
  });

  it('an ID that was invalid first and valid later counts from the later day on', () => {
    const id = {
      ...german,
      evidence: [
        { ...answered!, valid: false },
        { ...later!, valid: true },
      ],
    };
    const kindOn = (date: string) => rulesFor('DE', date, { from: 'IE', taxIds: [id] }).kind;
    expect([kindOn('2026-01-31'), kindOn('2026-02-01')]).toEqual(['rates', 'reverse-charge']);
  });

  it.each([
    ['Irish customer of the Irish seller', 'IE', 'IE', 'IE', 2300],
    ['Irish customer of a German seller', 'IE', 'DE', 'IE', 2300],
    ['British customer of the British seller', 'GB', 'GB', 'GB', 2000],
    ['German customer of a German seller', 'DE', 'DE', 'DE', 1900],
  ])('an %s pays VAT even with a validated VAT ID', (_name, place, from, prefix, cents) => {
    const taxIds = [{ ...validVatId, value: validVatId.value.replace('DE', prefix) }];
    expect(taxes(place, '2026-12-01', [10_000], { from, taxIds })).toEqual([['VAT', cents]]);
  });
});

describe('properties of taxes', () => {
  const place = fc.constantFrom('CA-QC', 'CA-BC', 'CA-NS', 'GB', 'DE', 'AU', 'FI');
  const line = fc.record({
    amount: fc.integer({ min: -5_000_000, max: 5_000_000 }),
    taxCode: fc.constantFrom<TaxCode[]>('telecom', 'toll-free', 'messaging', 'surcharge'),
    taxTreatment: fc.constantFrom<NonNullable<TaxableLine['taxTreatment']>[]>('standard', 'zero-rated', 'exempt'),
  });
  const taxed = (where: string, lines: readonly TaxableLine[]) => linesFor(where, '2026-12-01', lines);

  it('taxes depend on the sums alone: not on the order of the lines, nor on how they are split', () => {
    fc.assert(
      fc.property(place, fc.array(line, { minLength: 1, maxLength: 12 }), fc.integer(), (where, lines, seed) => {
        const shuffled = lines.toSorted((a, b) => ((a.amount ^ seed) % 7) - ((b.amount ^ seed) % 7));
        const split = lines.flatMap((each) => [
          { ...each, amount: Math.trunc(each.amount / 3) },
          { ...each, amount: each.amount - Math.trunc(each.amount / 3) },
        ]);
        expect(taxed(where, shuffled)).toEqual(taxed(where, lines));
        expect(taxed(where, split)).toEqual(taxed(where, lines));
      }),
    );
  });

  it('a tax is within half a cent of base × rate, and a whole number of cents', () => {
    fc.assert(
      fc.property(place, fc.array(line, { minLength: 1, maxLength: 12 }), (where, lines) => {
        for (const { base, ratePpm, amount } of taxed(where, lines)) {
          expect(Number.isSafeInteger(amount)).toBe(true);
          const off = BigInt(base) * BigInt(ratePpm) - BigInt(amount) * 1_000_000n;
          expect(off >= -500_000n && off <= 500_000n).toBe(true);
        }
      }),
    );
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
