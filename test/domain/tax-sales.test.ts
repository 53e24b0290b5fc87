import { describe, expect, it } from 'vitest';
import type { TaxCode } from '../../shared/domain/catalog.ts';
import { computeTaxes, type TaxableLine } from '../../shared/domain/tax/compute.ts';
import { mayFollow, type TaxExemption } from '../../shared/domain/tax/exemption.ts';
import { taxRules } from '../../shared/domain/tax/rules.ts';
import type { SalesTaxRow } from '../../shared/domain/tax/sales-tax-row.ts';
import { addressIn, seller } from '../support/accounts.ts';

const row = (state: string, ratePpm: number, overrides: Partial<SalesTaxRow> = {}): SalesTaxRow => ({
  state,
  tax: 'Sales tax',
  taxCodes: ['telecom', 'toll-free'],
  ratePpm,
  from: '2020-01-01',
  includesUsf: false,
  includesSurcharges: false,
  source: 'Test table',
  status: 'sample',
  ...overrides,
});
const approved: TaxExemption = {
  exemptionId: 'cert-1',
  jurisdiction: 'US-NY',
  number: 'ST-119-4711',
  validFrom: '2026-01-01',
  status: 'approved',
  requestedAt: '2026-01-15T00:00:00.000Z',
  requestedBy: 'owner',
  decidedOn: '2026-02-10',
  decidedBy: 'stan',
};
const telecom = (amount: number, taxCode: TaxCode = 'telecom'): TaxableLine => ({ amount, taxCode });

interface Case {
  readonly rows?: readonly SalesTaxRow[];
  readonly exemptions?: readonly TaxExemption[];
  readonly date?: string;
  readonly city?: string;
  readonly postalCode?: string;
}
function taxesIn(place: string, lines: readonly TaxableLine[], of: Case) {
  const address = addressIn(place);
  const { city = address.city, postalCode = address.postalCode } = of;
  const rules = taxRules(
    { billingAddress: { ...address, city, postalCode }, taxIds: [], exemptions: of.exemptions ?? [] },
    seller(place.slice(0, 2), 'USD', { salesTax: of.rows ?? [] }),
    of.date ?? '2026-12-01',
  );
  if (rules.kind === 'missing') throw new Error(`missing ${rules.place}`);
  return computeTaxes(lines, rules, 'USD');
}
const amounts = (...[place, lines, of]: Parameters<typeof taxesIn>) =>
  taxesIn(place, lines, of).map(({ label, base, amount }) => [label, base, amount]);

describe('state and local sales tax from a table (R135)', () => {
  it('one tax line per jurisdiction and tax, each on its own base, each rounded once', () => {
    const rows = [
      row('TX', 62_500),
      row('TX', 20_000, { locality: { name: 'Austin', city: 'Austin' } }),
      row('NY', 40_000),
    ];
    const lines = taxesIn('US-TX', [telecom(1234), telecom(1001)], { rows, city: 'austin' });
    expect(lines.map(({ label, jurisdiction, base, amount }) => [label, jurisdiction, base, amount])).toEqual([
      ['Sales tax (TX)', 'US-TX', 2235, 140],
      ['Sales tax (Austin, TX)', 'US-TX/Austin', 2235, 45],
    ]);
    expect(lines[0]).toMatchObject({ status: 'sample', source: 'Test table', category: 'S' });
    expect(amounts('US-TX', [telecom(1234)], { rows, city: 'Dallas' })).toHaveLength(1);
  });

  it('a locality is found by the beginning of its ZIP codes, too', () => {
    const rows = [row('NY', 40_000), row('NY', 10_000, { locality: { name: 'Albany', zipPrefixes: ['122', '1207'] } })];
    const found = (postalCode: string) => amounts('US-NY', [telecom(10_000)], { rows, postalCode }).length;
    expect([found('12207'), found('12077'), found('10001')]).toEqual([2, 2, 1]);
  });

  it.each([
    ['neither', {}, 10_000],
    ['the Universal Service Fee', { includesUsf: true }, 12_440],
    ['surcharges', { includesSurcharges: true }, 10_350],
    ['both', { includesUsf: true, includesSurcharges: true }, 12_790],
  ])('the base includes %s where the row says so', (_name, flags, base) => {
    const lines = [telecom(10_000), telecom(350, 'surcharge'), telecom(2440, 'usf')];
    expect(taxesIn('US-NY', lines, { rows: [row('NY', 40_000, flags)] })[0]?.base).toBe(base);
  });

  it('R151: the newest row of the date holds', () => {
    const rows = [row('NY', 40_000), row('NY', 50_000, { from: '2026-07-01' })];
    const on = (date: string) => amounts('US-NY', [telecom(10_000)], { rows, date })[0]?.[2];
    expect([on('2026-06-30'), on('2026-07-01')]).toEqual([400, 500]);
  });

  it('a state without this tax stands there with 0 and its source, outside of scope', () => {
    const [line] = taxesIn('US-OR', [telecom(10_000)], { rows: [row('OR', 0, { source: 'No sales tax' })] });
    expect(line).toMatchObject({ category: 'O', ratePpm: 0, base: 10_000, amount: 0, source: 'No sales tax' });
  });

  it.each([
    ['a state without rows', 'US-NV', [row('NY', 1)]],
    ['a state whose row has ended', 'US-NY', [row('NY', 1, { to: '2026-11-30' })]],
    [
      'a state that is known by a locality only',
      'US-NY',
      [row('NY', 1, { locality: { name: 'X', city: 'Exampleton' } })],
    ],
  ])('%s is unknown: no tax rule', (_name, place, rows) => {
    expect(() => taxesIn(place, [telecom(1)], { rows })).toThrow(`missing ${place}`);
  });

  it('a product of which the state’s rows say nothing is not taxed at 0 by silence', () => {
    expect(() => taxesIn('US-NY', [telecom(10_000), telecom(1, 'equipment')], { rows: [row('NY', 40_000)] })).toThrow(
      expect.objectContaining({ code: 'tax_rule_missing', message: 'US-NY for equipment' }),
    );
  });
});

describe('exemption certificates (R136, C28)', () => {
  const rows = [row('NY', 40_000), row('NY', 10_000, { locality: { name: 'Exampleton', city: 'Exampleton' } })];
  const exempted = (exemption: Partial<TaxExemption>, date = '2026-12-01', place = 'US-NY') =>
    taxesIn(place, [telecom(10_000)], { rows, date, exemptions: [{ ...approved, ...exemption }] });

  it('takes the state’s and its localities’ tax away, and says why with its number', () => {
    const lines = exempted({});
    expect(lines.map(({ category, ratePpm, base, amount }) => [category, ratePpm, base, amount])).toEqual([
      ['E', 0, 10_000, 0],
      ['E', 0, 10_000, 0],
    ]);
    expect(lines[0]?.mention).toBe('Exempt from Sales tax (NY): certificate ST-119-4711 (US-NY).');
    expect(lines[0]?.evidence).toEqual({
      kind: 'certificate',
      id: 'ST-119-4711',
      authority: 'US-NY',
      on: '2026-02-10',
    });
  });

  it.each([
    ['C28: the day before its approval', {}, '2026-02-09', 500],
    ['the day of its approval', {}, '2026-02-10', 0],
    ['its last day', { validTo: '2026-12-01' }, '2026-12-01', 0],
    ['the day after its last day', { validTo: '2026-11-30' }, '2026-12-01', 500],
    ['the day before it begins', { validFrom: '2026-12-02' }, '2026-12-01', 500],
    ['while pending', { status: 'pending' }, '2026-12-01', 500],
    ['while in review', { status: 'in-review' }, '2026-12-01', 500],
    ['rejected', { status: 'rejected' }, '2026-12-01', 500],
    ['of another state', { jurisdiction: 'US-NJ' }, '2026-12-01', 500],
    ['for other products', { taxCodes: ['equipment'] }, '2026-12-01', 500],
    ['for these products', { taxCodes: ['telecom'] }, '2026-12-01', 0],
  ] as [string, Partial<TaxExemption>, string, number][])('%s: tax of %s', (_name, exemption, date, cents) => {
    expect(exempted(exemption, date).reduce((sum, { amount }) => sum + amount, 0)).toBe(cents);
  });

  it('covers only its tax codes: the rest of the invoice is taxed in a line of its own', () => {
    const lines = taxesIn('US-NY', [telecom(10_000), telecom(5000, 'toll-free')], {
      rows: [row('NY', 40_000)],
      exemptions: [{ ...approved, taxCodes: ['toll-free'] }],
    });
    expect(lines.map(({ category, base, amount }) => [category, base, amount])).toEqual([
      ['S', 10_000, 400],
      ['E', 5000, 0],
    ]);
  });

  it.each([
    [
      'CA-BC',
      'CA-BC',
      [
        ['GST', 500],
        ['PST', 0],
      ],
    ],
    [
      'CA',
      'CA-BC',
      [
        ['GST', 0],
        ['PST', 700],
      ],
    ],
    ['CA-ON', 'CA-ON', [['HST', 0]]],
    ['CA', 'CA-ON', [['HST', 0]]],
    [
      'CA-QC',
      'CA-QC',
      [
        ['GST', 500],
        ['QST', 0],
      ],
    ],
  ])('R139: a certificate of %s in %s frees from that tax only', (jurisdiction, place, expected) => {
    const lines = taxesIn(place, [telecom(10_000)], { exemptions: [{ ...approved, jurisdiction }] });
    expect(lines.map(({ tax, amount }) => [tax, amount])).toEqual(expected);
  });

  it.each([
    ['pending', 'in-review', true],
    ['in-review', 'approved', true],
    ['in-review', 'rejected', true],
    ['pending', 'approved', false],
    ['pending', 'rejected', false],
    ['approved', 'rejected', false],
    ['approved', 'in-review', false],
    ['rejected', 'approved', false],
  ] as const)('R136: %s may become %s: %s', (before, after, allowed) => {
    expect(mayFollow(before, after)).toBe(allowed);
  });
});

describe('what two certificates free, and what a table says (R136, R151)', () => {
  const lines = [telecom(10_000), telecom(5000, 'toll-free'), telecom(100)];

  it('each has a line of its own, in one order, whatever line of the invoice comes first', () => {
    const certificates = [
      { ...approved, exemptionId: 'b', number: 'B', taxCodes: ['toll-free'] as const },
      { ...approved, exemptionId: 'a', number: 'A', taxCodes: ['telecom'] as const },
    ];
    for (const each of [lines, lines.toReversed()]) {
      const taxes = taxesIn('US-NY', each, { rows: [row('NY', 40_000)], exemptions: certificates });
      expect(taxes.map(({ category, base, evidence }) => [category, base, evidence?.id])).toEqual([
        ['E', 10_100, 'A'],
        ['E', 5000, 'B'],
      ]);
    }
  });

  it('rows for the same products in another order are the same tax, others are not', () => {
    const first = row('NY', 40_000, { taxCodes: ['telecom', 'toll-free'] });
    const later = row('NY', 50_000, { taxCodes: ['toll-free', 'telecom'], from: '2026-07-01' });
    expect(amounts('US-NY', lines, { rows: [first, later] })).toEqual([['Sales tax (NY)', 15_100, 755]]);
    const apart = [row('NY', 40_000, { taxCodes: ['telecom'] }), row('NY', 50_000, { taxCodes: ['toll-free'] })];
    expect(amounts('US-NY', lines, { rows: apart })).toEqual([
      ['Sales tax (NY)', 10_100, 404],
      ['Sales tax (NY)', 5000, 250],
    ]);
    const named = [first, row('NY', 10_000, { tax: 'Excise tax' })];
    expect(amounts('US-NY', lines, { rows: named }).map(([label]) => label)).toEqual([
      'Sales tax (NY)',
      'Excise tax (NY)',
    ]);
  });

  it('a row that ends says until when, and the tax does not reach what it does not name', () => {
    const rules = taxRules(
      { billingAddress: addressIn('US-NY'), taxIds: [] },
      seller('US', 'USD', { salesTax: [row('NY', 40_000, { to: '2026-12-31' }), row('NY', 1, { tax: 'Other' })] }),
      '2026-12-01',
    );
    expect(rules).toMatchObject({
      kind: 'rates',
      known: ['telecom', 'toll-free'],
      rates: [
        {
          to: '2026-12-31',
          levy: 'US-NY',
          exempt: ['messaging', 'software', 'equipment', 'equipment-rental', 'surcharge', 'usf'],
        },
        { tax: 'Other' },
      ],
    });
    expect(rules.kind === 'rates' && rules.rates[1]).not.toHaveProperty('to');
  });

  it('a locality without city and ZIP codes is nowhere; a city is found without regard to blanks', () => {
    const rows = [row('NY', 40_000), row('NY', 10_000, { locality: { name: 'Nowhere' } })];
    expect(amounts('US-NY', lines, { rows })).toHaveLength(1);
    const city = [row('NY', 40_000), row('NY', 10_000, { locality: { name: 'Albany', city: 'Albany' } })];
    expect(amounts('US-NY', lines, { rows: city, city: ' ALBANY ' })).toHaveLength(2);
  });

  it('an American address without a state has no rule', () => {
    expect(taxRules({ billingAddress: addressIn('US'), taxIds: [] }, seller('US', 'USD'), '2026-12-01')).toEqual({
      kind: 'missing',
      place: 'US-',
    });
  });

  it('R115, C12: a zero-rated product stands apart though the tax of the place is 0 and certificates hold', () => {
    const zero = { ...telecom(700), taxTreatment: 'zero-rated' } as const;
    const taxes = taxesIn('US-NY', [telecom(100), zero], { rows: [row('NY', 40_000)], exemptions: [approved] });
    expect(taxes.map(({ category, base, amount }) => [category, base, amount])).toEqual([
      ['Z', 700, 0],
      ['E', 100, 0],
    ]);
  });
});
