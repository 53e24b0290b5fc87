import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { type ShownInvoice, World } from '../support/world.ts';

type Taxes = Readonly<Record<string, number>>;

/**
 * Three desk phones and two numbers since 16 November 2026. December's invoice has 14 of 30 days of November and the whole
 * of December; January's is a full month at the prices of 2027. Subtotal (with the fees of the United States and Canada) and
 * taxes of both, in minor units.
 */
const CASES: readonly [place: string, december: number, taxes: Taxes, january: number, taxes: Taxes][] = [
  ['US-NY', 15928, { 'Sales tax (NY)': 637 }, 11269, { 'Sales tax (NY)': 451 }],
  ['CA-AB', 15117, { GST: 756 }, 10763, { GST: 538 }],
  ['CA-BC', 15117, { GST: 756, 'PST (British Columbia)': 1058 }, 10763, { GST: 538, 'PST (British Columbia)': 753 }],
  ['CA-MB', 15117, { GST: 756, 'RST (Manitoba)': 1058 }, 10763, { GST: 538, 'RST (Manitoba)': 753 }],
  ['CA-NB', 15117, { 'HST (New Brunswick)': 2268 }, 10763, { 'HST (New Brunswick)': 1614 }],
  ['CA-NL', 15117, { 'HST (Newfoundland and Labrador)': 2268 }, 10763, { 'HST (Newfoundland and Labrador)': 1614 }],
  ['CA-NS', 15117, { 'HST (Nova Scotia)': 2116 }, 10763, { 'HST (Nova Scotia)': 1507 }],
  ['CA-NT', 15117, { GST: 756 }, 10763, { GST: 538 }],
  ['CA-NU', 15117, { GST: 756 }, 10763, { GST: 538 }],
  ['CA-ON', 15117, { 'HST (Ontario)': 1965 }, 10763, { 'HST (Ontario)': 1399 }],
  ['CA-PE', 15117, { 'HST (Prince Edward Island)': 2268 }, 10763, { 'HST (Prince Edward Island)': 1614 }],
  ['CA-QC', 15117, { GST: 756, QST: 1508 }, 10763, { GST: 538, QST: 1074 }],
  ['CA-SK', 15117, { GST: 756, 'PST (Saskatchewan)': 907 }, 10763, { GST: 538, 'PST (Saskatchewan)': 646 }],
  ['CA-YT', 15117, { GST: 756 }, 10763, { GST: 538 }],
  ['AU', 17431, { GST: 1743 }, 12335, { GST: 1234 }],
  ['GB', 9951, { VAT: 1990 }, 7085, { VAT: 1417 }],
  ['DE', 11418, { VAT: 2169 }, 8085, { VAT: 1536 }],
  ['IE', 11418, { VAT: 2626 }, 8085, { VAT: 1860 }],
];

const idOf = (place: string): string => `two-months-${place.toLowerCase()}`;
const REVERSE = 'two-months-reverse-charge';
const SELLERS = ['northwind-us', 'northwind-ca', 'northwind-au', 'northwind-uk', 'northwind-ie'];

describe('two consecutive months in every country (R23, R96–R99, R115–R119)', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-20T06:00:00.000Z');
    const since = '2026-11-16';
    const has = { 'desk-phone': 3, 'standard-number': 2 };
    await world.create(...CASES.map(([place]) => customer(idOf(place), place, { since, has })));
    const vatId = { kind: 'eu-vat', label: 'USt-IdNr.', value: 'DE123456788', validatedOn: '2026-11-01' } as const;
    await world.create(customer(REVERSE, 'DE', { since, has, taxIds: [vatId] }));
    for (const date of ['2026-12-01', '2027-01-01']) {
      world.goTo(date);
      for (const seller of SELLERS) await world.run(seller);
    }
  });
  afterAll(() => world?.stop());

  const taxesOf = (invoice: ShownInvoice): Taxes =>
    Object.fromEntries(invoice.taxes.map(({ label, amount }) => [label, amount]));

  it.each(CASES)('%s: December is %i and %j, January %i and %j', async (place, december, first, january, second) => {
    const invoices = await world.invoices(idOf(place));
    expect(invoices.map(({ month, subtotal }) => [month, subtotal])).toEqual([
      ['2026-12', december],
      ['2027-01', january],
    ]);
    expect(invoices.map(taxesOf)).toEqual([first, second]);
    for (const { lines, taxes, total } of invoices) {
      const everything = [...lines, ...taxes].reduce((sum, { amount }) => sum + amount, 0);
      expect(everything).toBe(total);
    }
    const { balance } = await world.account(idOf(place));
    expect(balance).toBe(invoices.reduce((sum, { total }) => sum + total, 0));
  });

  it('C14: a German business with a validated VAT ID pays the net amount, the tax line says reverse charge', async () => {
    const [december] = await world.invoices(REVERSE);
    const german = CASES.find(([place]) => place === 'DE');
    expect(december).toMatchObject({ subtotal: german?.[1], taxTotal: 0, total: german?.[1] });
    expect(december?.taxes).toMatchObject([
      { category: 'AE', ratePpm: 0, mention: expect.stringContaining('Reverse charge') },
    ]);
  });

  it('R98: December shows 14 of 30 days of November beside the full month, January only the full month', async () => {
    const invoices = await world.invoices(idOf('IE'));
    const shown = invoices.map(({ lines }) =>
      lines.map(({ charge, productId, servicePeriod, proration }) => [
        charge,
        productId,
        `${servicePeriod.from} ${servicePeriod.to}`,
        proration?.days,
      ]),
    );
    expect(shown).toEqual([
      [
        ['recurring', 'desk-phone', '2026-12-01 2026-12-31', undefined],
        ['recurring', 'standard-number', '2026-12-01 2026-12-31', undefined],
        ['proration', 'desk-phone', '2026-11-17 2026-11-30', 14],
        ['proration', 'standard-number', '2026-11-17 2026-11-30', 14],
      ],
      [
        ['recurring', 'desk-phone', '2027-01-01 2027-01-31', undefined],
        ['recurring', 'standard-number', '2027-01-01 2027-01-31', undefined],
      ],
    ]);
  });

  it('numbers are gapless within month and series', async () => {
    const numbers: string[] = [];
    for (const seller of SELLERS) {
      for (const month of ['2026-12', '2027-01']) {
        const finance = await world.as('finance');
        const path = `/sellers/${seller}/invoices?month=${month}`;
        for await (const { number } of finance.pages<ShownInvoice>(path, 'invoices')) numbers.push(number);
      }
    }
    expect(new Set(numbers).size).toBe(2 * (CASES.length + 1));
    const bySeries = Map.groupBy(numbers, (number) => number.slice(0, -7));
    for (const series of bySeries.values()) {
      expect(series.map((number) => Number(number.slice(-6))).sort((a, b) => a - b)).toEqual(
        series.map((_, index) => index + 1),
      );
    }
  });

  it('R55: every customer got both invoices by mail, dated the 1st', async () => {
    for (const [place] of CASES) expect(world.mailsTo(`billing@${idOf(place)}.example`)).toHaveLength(2);
    const [december, january] = await world.invoices(idOf('CA-ON'));
    expect([december?.invoiceDate, january?.invoiceDate]).toEqual(['2026-12-01', '2027-01-01']);
  });
});
