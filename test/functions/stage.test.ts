import { describe, expect, it } from 'vitest';
import { readStage } from '../../infra/stage.ts';
import { feeWarnings } from '../../shared/runtime/fee-warnings.ts';
import type { WrittenProduct } from '../../shared/runtime/product-schemas.ts';
import { parseStage, sellerOf } from '../../shared/runtime/stage.ts';
import { seller } from '../support/accounts.ts';

const price = (from: string, currency: 'EUR' | 'GBP' = 'EUR') =>
  ({ version: from, currency, interval: 'month', unitPrice: '24.95', from }) as const;
const product = (productId: string, prices: WrittenProduct['prices']): WrittenProduct => ({
  productId,
  name: productId,
  group: 'service-charge',
  unit: 'device',
  taxCode: 'telecom',
  prices,
});
const stage = {
  stage: 'test',
  mail: { fromAddress: 'billing@northwind.example', domain: 'northwind.example' },
  processorSecretName: 'telecom-billing/test/processor',
  logRetentionDays: 30,
  audit: { lockMode: 'governance', lockYears: 1 },
  documents: { lockMode: 'governance' },
  concurrency: { issueInvoice: 10, deliverInvoice: 5, collectPayment: 5 },
  sellers: [seller('IE', 'EUR', { timeZone: 'Europe/Dublin' }), seller('GB', 'GBP', { numberPrefix: 'NTUK' })],
  products: [product('line', [price('2020-01-01')]), product('number', [price('2020-01-01', 'GBP')])],
};
const packaged = { model: 'package', size: 10, packagePrice: '50.00' };
const [ie, gb] = stage.sellers as [ReturnType<typeof seller>, ReturnType<typeof seller>];

const fee = {
  fee: 'slrrf',
  label: 'State and Local Regulatory Fee',
  taxCodes: ['telecom'],
  ratePpm: 20_000,
  from: '2020-01-01',
  source: 'Price list',
  status: 'final',
};
const factor = {
  quarter: '2026-Q4',
  factorPpm: 400_000,
  effectiveFrom: '2026-10-01',
  source: 'FCC',
  status: 'final',
};
const salesTax = {
  state: 'NY',
  tax: 'Sales tax',
  taxCodes: ['telecom'],
  ratePpm: 40_000,
  from: '2020-01-01',
  includesUsf: true,
  includesSurcharges: true,
  source: 'Table',
  status: 'final',
};

const france = { countries: ['FR'], email: 'ar-fr@northwind.example', phone: '+33 800 555 019' };
describe('a stage', () => {
  it('is taken as it stands when nothing is wrong', () => {
    expect(parseStage(stage)).toMatchObject({ ...stage, products: [{ productId: 'line' }, { productId: 'number' }] });
  });

  it('C23: without a word it is due after 15 days, reminded after 1 and 7 more, warned after 10 and suspended after 15', () => {
    const { dunning: _days, paymentTermDays: _term, ...silent } = ie;
    const [seller] = parseStage({ ...stage, sellers: [silent] }).sellers;
    expect(seller).toMatchObject({
      paymentTermDays: 15,
      dunning: { reminderDays: [1, 7], finalNoticeDay: 10, suspensionDay: 15 },
    });
  });

  it('accepts several prices of one product, in order within each currency', () => {
    const prices = [price('2026-01-01'), price('2026-01-01', 'GBP'), price('2026-07-01'), price('2026-03-01', 'GBP')];
    expect(() => parseStage({ ...stage, products: [product('line', prices)] })).not.toThrow();
  });

  it.each([
    ['24.95', 24_950_000],
    ['0.0055', 5500],
    ['0.00715', 7150],
    ['0.000001', 1],
    ['12', 12_000_000],
    ['99999999.999999', 99_999_999_999_999],
  ])('reads the price "%s" digit by digit as %i millionths', (unitPrice, unitMicros) => {
    const prices = [{ ...price('2026-01-01'), unitPrice }];
    expect(parseStage(withPrices(prices)).products[0]?.prices[0]?.pricing).toEqual({ model: 'flat', unitMicros });
  });

  it.each([
    [packaged, { model: 'package', size: 10, packageMicros: 50_000_000 }],
    [
      { model: 'graduated', tiers: [{ upTo: 5, unitPrice: '2.5', flatPrice: '1' }, { unitPrice: '2' }] },
      {
        model: 'graduated',
        tiers: [{ upTo: 5, unitMicros: 2_500_000, flatMicros: 1_000_000 }, { unitMicros: 2_000_000 }],
      },
    ],
  ])('reads the pricing %j', (pricing, read) => {
    const { unitPrice: _flat, ...tiered } = price('2026-01-01');
    const { products } = parseStage(withPrices([{ ...tiered, pricing }]));
    expect(products[0]?.prices[0]?.pricing).toEqual(read);
  });

  it.each([
    ['a misspelt field', { ...stage, selers: [] }, 'Unrecognized key: "selers"'],
    ['two sellers of one id', { ...stage, sellers: [ie, ie] }, 'sellers.1.sellerId: "northwind-ie" is used twice'],
    [
      'two sellers of one prefix',
      { ...stage, sellers: [ie, { ...gb, numberPrefix: 'NT' }] },
      'sellers.1.numberPrefix: "NT"',
    ],
    [
      'two products of one id',
      { ...stage, products: [stage.products[0], stage.products[0]] },
      'products.1.productId: ',
    ],
    ['a time zone that does not exist', withSeller({ timeZone: 'Europe/Atlantis' }), 'sellers.0.timeZone: '],
    ['an offset as time zone', withSeller({ timeZone: '+01:00' }), 'sellers.0.timeZone: '],
    ['an unknown currency', withSeller({ currency: 'CHF' }), 'sellers.0.currency: '],
    ['a prefix in lower case', withSeller({ numberPrefix: 'nt' }), 'sellers.0.numberPrefix: '],
    ['too many series', withSeller({ numberSeries: 27 }), 'sellers.0.numberSeries: '],
    [
      'a country by name',
      withSeller({ address: { ...ie.address, country: 'Ireland' } }),
      'sellers.0.address.country: ',
    ],
    [
      'an address without its province',
      withSeller({ address: { ...ie.address, country: 'CA' } }),
      'sellers.0.address.region: ',
    ],
    [
      'a fee that sounds like a tax',
      withFees({ stateLocal: [{ ...fee, label: 'Government mandated fee' }] }),
      'sellers.0.fees.stateLocal.0.label: must not sound like a tax',
    ],
    [
      'a fee without a source',
      withFees({ stateLocal: [{ ...fee, source: '' }] }),
      'sellers.0.fees.stateLocal.0.source: ',
    ],
    ['a fee of nothing', withFees({ stateLocal: [{ ...fee, ratePpm: 0 }] }), 'sellers.0.fees.stateLocal.0.ratePpm: '],
    ['a fee on fees', withFees({ stateLocal: [{ ...fee, taxCodes: ['usf'] }] }), 'fees.stateLocal.0.taxCodes.0: '],
    ['a fee that ends before it begins', withFees({ stateLocal: [{ ...fee, to: '2019-01-01' }] }), 'stateLocal.0.to: '],
    ['two rows of a fee from one date', withFees({ stateLocal: [fee, fee] }), 'sellers.0.fees.stateLocal: '],
    [
      'a factor from another day than its quarter’s first',
      withFees({ usf: { factors: [{ ...factor, effectiveFrom: '2026-10-02' }] } }),
      'sellers.0.fees.usf.factors.0.effectiveFrom: must be the first day of the quarter',
    ],
    [
      'two final factors of a quarter',
      withFees({ usf: { factors: [factor, { ...factor, factorPpm: 1 }] } }),
      'sellers.0.fees.usf.factors: ',
    ],
    [
      'a locality without a place',
      withSeller({ salesTax: [{ ...salesTax, locality: { name: 'X' } }] }),
      'salesTax.0.locality: ',
    ],
    [
      'a sales tax of more than 100 %',
      withSeller({ salesTax: [{ ...salesTax, ratePpm: 1_000_001 }] }),
      'salesTax.0.ratePpm: ',
    ],
    ['accounts handed over for another reason', withDunning({ handOver: ['rich'] }), 'sellers.0.dunning.handOver.0: '],
    [
      'a country in two regions of Accounts Receivable',
      withSeller({ accountsReceivable: { ...ie.accountsReceivable, regions: [{ ...france }, { ...france }] } }),
      'sellers.0.accountsReceivable.regions.1.countries: FR is in two regions',
    ],
    ['three reminders', withDunning({ reminderDays: [1, 2, 3] }), 'sellers.0.dunning.reminderDays: '],
    ['a final notice before a reminder', withDunning({ finalNoticeDay: 7 }), 'sellers.0.dunning.finalNoticeDay: '],
    ['a suspension without notice', withDunning({ suspensionDay: 10 }), 'sellers.0.dunning.suspensionDay: '],
    [
      'a date with two prices',
      withPrices([price('2026-01-01'), { ...price('2026-01-01'), version: 'b' }]),
      'products.0.prices.1.from: ',
    ],
    [
      'prices out of order',
      withPrices([price('2026-07-01'), price('2026-01-01')]),
      'products.0.prices.1.from: must come after 2026-07-01',
    ],
    [
      'a price as a float',
      withPrices([{ ...price('2026-01-01'), unitPrice: 9.5 }]),
      'products.0.prices.0.unitPrice: must be a decimal string',
    ],
    [
      'a price with seven places',
      withPrices([{ ...price('2026-01-01'), unitPrice: '0.0000001' }]),
      'products.0.prices.0.unitPrice: ',
    ],
    [
      'an unknown currency of a price',
      withPrices([{ ...price('2026-01-01'), currency: 'CHF' }]),
      'products.0.prices.0.currency: ',
    ],
    [
      'a price and tiers',
      withPrices([{ ...price('2026-01-01'), pricing: packaged }]),
      'products.0.prices.0.unitPrice: give either',
    ],
    [
      'no price at all',
      withPrices([{ ...price('2026-01-01'), unitPrice: undefined }]),
      'products.0.prices.0.unitPrice: give either',
    ],
    [
      'a price that ends before it begins',
      withPrices([{ ...price('2026-02-01'), to: '2026-01-31' }]),
      'products.0.prices.0.to: ',
    ],
    [
      'versions that overlap',
      withPrices([{ ...price('2026-01-01'), to: '2026-06-30' }, price('2026-06-30')]),
      'products.0.prices.1.from: overlaps version 2026-01-01, which holds to 2026-06-30 (line)',
    ],
    [
      'two versions that begin on one day',
      withPrices([price('2026-01-01'), { ...price('2026-01-01'), version: 'v2' }]),
      'products.0.prices.1.from: must come after 2026-01-01, when version 2026-01-01 begins (line)',
    ],
    [
      'a version that begins before the one it follows',
      withPrices([price('2026-01-01'), { ...price('2025-01-01'), to: '2025-12-31' }]),
      'products.0.prices.1.from: must come after 2026-01-01, when version 2026-01-01 begins (line)',
    ],
    [
      'two fee rows of one day',
      withFees({ stateLocal: [fee, { ...fee, ratePpm: 30_000 }] }),
      'sellers.0.fees.stateLocal: a fee has two rows from the same date',
    ],
    [
      'two final factors of one quarter',
      withFees({ usf: { factors: [factor, { ...factor, factorPpm: 410_000 }] } }),
      'sellers.0.fees.usf.factors: a quarter has two factors of the same status',
    ],
    [
      'two sales tax rows of one day',
      withSeller({ salesTax: [salesTax, { ...salesTax, ratePpm: 50_000 }] }),
      'sellers.0.salesTax.1.from: row 0 begins on 2020-01-01, too',
    ],
    [
      'two sales tax rows of one time that would tax a line twice',
      withSeller({
        salesTax: [salesTax, { ...salesTax, taxCodes: ['toll-free', 'telecom'], from: '2026-01-01' }],
      }),
      'sellers.0.salesTax.1.taxCodes: "telecom" is taxed by row 0 at the same time',
    ],
    [
      'a gap between versions',
      withPrices([{ ...price('2026-01-01'), to: '2026-06-30' }, price('2026-07-02')]),
      'products.0.prices.1.from: leaves a gap: no price from 2026-07-01, after version 2026-01-01 (line)',
    ],
    [
      'a version twice',
      withPrices([price('2026-01-01'), { ...price('2026-07-01'), version: '2026-01-01' }]),
      'products.0.prices.1.version: "2026-01-01" is used twice in EUR per month (line)',
    ],
    [
      'tiers out of order',
      withTiers([{ upTo: 10, unitPrice: '2' }, { upTo: 10, unitPrice: '1' }, { unitPrice: '1' }]),
      'pricing.tiers.1.upTo: must be above',
    ],
    ['tiers that end', withTiers([{ upTo: 10, unitPrice: '2' }]), 'pricing.tiers.0.upTo: the last tier is open'],
    [
      'a tier in the middle that is open',
      withTiers([{ unitPrice: '2' }, { unitPrice: '1' }]),
      'pricing.tiers.0.upTo: is missing',
    ],
    [
      'a proration policy that does not exist',
      withSeller({ prorationPolicy: 'generous@1' }),
      'sellers.0.prorationPolicy: ',
    ],
    ['a price from no date', withPrices([price('2026-02-30')]), 'products.0.prices.0.from: '],
    [
      'a sender of another domain',
      { ...stage, mail: { ...stage.mail, domain: 'other.example' } },
      'mail.fromAddress: ',
    ],
    ['a lock of anchors S3 lacks', { ...stage, audit: { lockMode: 'none', lockYears: 1 } }, 'audit.lockMode: '],
    ['a lock of documents S3 lacks', { ...stage, documents: { lockMode: 'none' } }, 'documents.lockMode: '],
    ['anchors that are not locked', { ...stage, audit: { lockMode: 'compliance', lockYears: 0 } }, 'audit.lockYears: '],
    ['a retention CloudWatch lacks', { ...stage, logRetentionDays: 31 }, 'logRetentionDays: '],
    [
      'a concurrency SQS refuses',
      { ...stage, concurrency: { ...stage.concurrency, issueInvoice: 1 } },
      'concurrency.issueInvoice: ',
    ],
  ])('names the field of %s', (_, value, fault) => {
    expect(() => parseStage(value)).toThrow(fault);
  });

  it('accepts fees and sales taxes by dated rows', () => {
    const fees = { stateLocal: [fee, { ...fee, from: '2026-01-01' }], usf: { factors: [factor] } };
    expect(() => parseStage(withSeller({ fees, salesTax: [salesTax], taxRegistrations: ['GB'] }))).not.toThrow();
  });

  it('accepts sales taxes that follow each other, of other places, of other names and on other products', () => {
    const more = { ...salesTax, taxCodes: ['telecom', 'toll-free'] };
    const accepted = [
      [salesTax, { ...salesTax, ratePpm: 50_000, from: '2026-01-01' }],
      [
        { ...salesTax, to: '2025-12-31' },
        { ...more, from: '2026-01-01' },
      ],
      [
        { ...more, from: '2026-01-01' },
        { ...salesTax, to: '2025-12-31' },
      ],
      [salesTax, { ...salesTax, state: 'NJ' }],
      [salesTax, { ...salesTax, locality: { name: 'Albany', city: 'Albany' } }],
      [salesTax, { ...salesTax, tax: 'Excise tax' }],
      [salesTax, { ...salesTax, taxCodes: ['messaging'] }],
    ];
    for (const rows of accepted) expect(() => parseStage(withSeller({ salesTax: rows }))).not.toThrow();
  });

  it('knows its sellers by id, and says so when it does not', () => {
    expect(sellerOf(stage, 'northwind-gb').currency).toBe('GBP');
    expect(() => sellerOf(stage, 'southwind')).toThrow(/No seller of this stage has this id. southwind/);
  });
});

describe('warnings about fees (C24)', () => {
  const bare = (country: string) => ({ sellers: [seller(country, 'USD')] });

  it('name every fee and tax that the seller’s country knows and no rate is configured for', () => {
    expect(feeWarnings(bare('US'))).toEqual([
      'northwind-us: no rate is configured for State and Local Regulatory Fee',
      'northwind-us: no rate is configured for Regulatory Recovery Fee',
      'northwind-us: no rate is configured for state sales tax (every US account is held)',
    ]);
    expect(feeWarnings(bare('CA'))).toEqual([
      'northwind-ca: no rate is configured for Federal and Province Regulatory Fee',
    ]);
    expect(feeWarnings(bare('IE'))).toEqual([]);
  });

  it('say that the sample telecom charges samples', () => {
    expect(feeWarnings(readStage('local'))).toEqual([
      'northwind-us: rates of the status "sample" are charged',
      'northwind-us: Universal Service factors of the status "sample" are accepted',
      'northwind-ca: rates of the status "sample" are charged',
    ]);
  });
});

function withFees(fees: object) {
  return withSeller({ fees });
}

function withTiers(tiers: object[]) {
  const { unitPrice: _flat, ...tiered } = price('2026-01-01');
  return withPrices([{ ...tiered, pricing: { model: 'volume', tiers } }]);
}
function withSeller(overrides: object) {
  return { ...stage, sellers: [{ ...ie, ...overrides }] };
}
function withDunning(overrides: object) {
  return withSeller({ dunning: { ...ie.dunning, ...overrides } });
}
function withPrices(prices: object[]) {
  return { ...stage, products: [{ ...stage.products[0], prices }] };
}
