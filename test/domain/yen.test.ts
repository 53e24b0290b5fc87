import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planAttempt } from '../../shared/domain/collection.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { exactAmount, fromMicros as exactly } from '../../shared/domain/explain/exact.ts';
import { exactText, moneyText, priceText } from '../../shared/domain/explain/figures.ts';
import { calculation } from '../../shared/domain/explain/price-words.ts';
import { recompute, recomputeTax } from '../../shared/domain/explain/recompute.ts';
import type { FeeExplanation, PriceUsed } from '../../shared/domain/explanation.ts';
import { feeAmount } from '../../shared/domain/fees/fee-lines.ts';
import type { DraftInvoice, InvoiceLine } from '../../shared/domain/invoice.ts';
import {
  CURRENCIES,
  type Currency,
  currencyFrom,
  decimalText,
  fromMicros,
  MINOR_UNITS,
  money,
  scale,
} from '../../shared/domain/money.ts';
import { requestPayment } from '../../shared/domain/payment-request.ts';
import { collectionEffect } from '../../shared/domain/redrive-collection.ts';
import { checkDeck } from '../../shared/domain/usage/check-deck.ts';
import { itemise } from '../../shared/domain/usage/itemise.ts';
import type { OpenUsage } from '../../shared/domain/usage/usage.ts';
import { usageLines } from '../../shared/domain/usage/usage-lines.ts';
import { account, input, product, seller, subscription } from '../support/accounts.ts';
import { method, payer, receivable } from '../support/collection.ts';
import { deckRow, rated, rateRow } from '../support/usage.ts';

describe('ISO 4217: how many decimals a currency has is a fact of the currency', () => {
  it.each(CURRENCIES)('of %s, as the locale data of the runtime know it, too', (currency) => {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    const { decimals, perMajorUnit, micros } = MINOR_UNITS[currency];
    expect([decimals, perMajorUnit]).toEqual([maximumFractionDigits, 10 ** maximumFractionDigits!]);
    expect(micros * BigInt(perMajorUnit)).toBe(1_000_000n);
  });

  it.each<[number | bigint, Currency, string]>([
    [0, 'JPY', '0'],
    [5, 'JPY', '5'],
    [-5, 'JPY', '-5'],
    [123_456_789_012, 'JPY', '123456789012'],
    [-98_765n, 'JPY', '-98765'],
    [Number.MAX_SAFE_INTEGER, 'JPY', '9007199254740991'],
    [0, 'EUR', '0.00'],
    [5, 'GBP', '0.05'],
    [-5, 'USD', '-0.05'],
    [-98_765n, 'CAD', '-987.65'],
    [123_456_789_012, 'AUD', '1234567890.12'],
  ])('%s minor units of %s are written %s for machines', (minor, currency, text) => {
    expect(decimalText(minor, currency)).toBe(text);
  });

  it.each([
    ['JPY', 'JPY'],
    ['EUR', 'EUR'],
    ['jpy', undefined],
    ['KWD', undefined],
    ['', undefined],
  ])('%j is the currency %s', (code, currency) => {
    expect(currencyFrom(code)).toBe(currency);
  });
});

describe('§2.2 in yen: a line is rounded to whole yen, once, half away from zero', () => {
  it.each([
    ['R111: 137 credits at 0.55', 550_000n, 137, 1, 75],
    ['R111: one by one it would be 137', 550_000n, 1, 1, 1],
    ['exactly half a yen', 500_000n, 1, 1, 1],
    ['a millionth less', 499_999n, 1, 1, 0],
    ['a credit of half a yen', -500_000n, 1, 1, -1],
    ['a credit just below', -499_999n, 1, 1, 0],
    ['16 of 31 days of 2,500', 2_500_000_000n, 16, 31, 1290],
    ['15 of 30 days of 2,495', 2_495_000_000n, 15, 30, 1248],
    ['13 of 28 days of 990', 990_000_000n, 13, 28, 460],
    ['a month of 100,000,000', 100_000_000_000_000n, 1, 1, 100_000_000],
    ['half a million of them', 1_980_000_000n, 500_000, 1, 990_000_000],
  ])('%s', (_name, micros, numerator, denominator, yen) => {
    expect(fromMicros(micros, 'JPY', numerator, denominator)).toEqual({ amount: yen, currency: 'JPY' });
  });

  it.each([
    ['10 % of 1,005', 1005, 100_000, 101],
    ['10 % of 1,004', 1004, 100_000, 100],
    ['10 % of a credit of 1,005', -1005, 100_000, -101],
    ['8 % of 1,294', 1294, 80_000, 104],
    ['19 % of 60,020', 60_020, 190_000, 11_404],
    ['9.975 % of 100', 100, 99_750, 10],
    ['any rate of nothing', 0, 100_000, 0],
  ])('a tax of %s', (_name, base, ppm, yen) => {
    expect(scale(money(base, 'JPY'), ppm, 1_000_000).amount).toBe(yen);
  });

  it.each<[string, Partial<FeeExplanation>, number]>([
    ['2.5 % of 10,005', { base: 10_005, ratePpm: 25_000 }, 250],
    ['three units at 2.5', { count: 3, perUnitMicros: 2_500_000 }, 8],
    ['both, rounded once', { base: 10_005, ratePpm: 25_000, count: 3, perUnitMicros: 2_500_000 }, 258],
    [
      'both, rounded down',
      { base: 10_005, ratePpm: 25_000, count: 3, perUnitMicros: 2_500_000, rounding: 'down' },
      257,
    ],
  ] as const)('a fee of %s', (_name, of, yen) => {
    const explanation: FeeExplanation = {
      ...{ kind: 'fee', fee: 'f', lines: [1], base: 0, sharePpm: 1_000_000, ratePpm: 0, count: 0, perUnitMicros: 0 },
      ...{ rounding: 'half-up', from: '2026-01-01', source: 'Price list', status: 'final' },
      ...of,
    };
    expect(feeAmount(explanation, 'JPY')).toBe(yen);
    expect(recompute(explanation, 'JPY')).toBe(yen);
  });

  it('the same price in millionths is a hundred times as many minor units in a currency with cents', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (yen) => {
        const micros = yen * 1_000_000n;
        expect(fromMicros(micros, 'JPY').amount).toBe(Number(yen));
        expect(fromMicros(micros, 'EUR').amount).toBe(Number(yen) * 100);
      }),
    );
  });
});

const phone = product('phone', 0, 'JPY', {
  allowances: { minutes: 12 },
  prices: [
    {
      ...{ version: 'v1', currency: 'JPY', interval: 'month', from: '2020-01-01' },
      pricing: { model: 'flat', unitMicros: 990_000_000 },
    },
  ],
});
const tollFree = rateRow({ deck: 'toll-free', micros: 4_500_000 });
const outbound = rateRow({ micros: 14_850_000 });
const germany = deckRow('49', 'DE', 33_330_000);
const sms = rateRow({ deck: 'sms', micros: 550_000, per: 'credit' });
const february: OpenUsage = {
  ...{ month: '2026-02', covered: 0, last: 1, before: {} },
  records: [
    rated('a', 'domestic', 100, 3660, outbound),
    rated('b', 'internal', 200, 120, outbound),
    rated('c', 'toll-free-inbound', 300, 600, tollFree),
    rated('d', 'international', 400, 300, germany),
    rated('e', 'message', 500, 137, sms),
  ],
};

describe('R145 in yen: a month of an Irish customer who is billed in yen', () => {
  const of = account('IE', 'JPY', { billedThrough: { date: '2026-02-01', month: '2026-02', change: 1 } });
  const phones = subscription('phone', [1, '2026-01-01', 4], [2, '2026-02-15', 1]);
  const compose = (billing: Currency): DraftInvoice => {
    const asked = { ...input(of, [phones]), usage: [february] };
    const decision = composeInvoice(asked, seller('IE', billing), [phone], '2026-03-01', '2026-03-01');
    if (decision.outcome !== 'invoice') throw new Error(JSON.stringify(decision));
    return decision.draft;
  };
  const draft = compose('JPY');

  it('has lines in whole yen', () => {
    // 63 minutes, 60 included: 3 × 14.85 = 44.55. 5 × 33.33 = 166.65. 10 × 4.50. 137 × 0.55 = 75.35. 990 × 13 ÷ 28 = 459.64….
    expect(draft.lines.map(({ charge, group, quantity, amount }) => [charge, group, quantity, amount])).toEqual([
      ['recurring', 'service-charge', 5, 4950],
      ['proration', 'service-charge', 1, 460],
      ['usage', 'included-minutes', 60, 0],
      ['usage', 'outbound-overage', 3, 45],
      ['usage', 'toll-free-inbound', 10, 45],
      ['usage', 'international', 5, 167],
      ['usage', 'sms-overage', 137, 75],
    ]);
  });

  it('has 23 % VAT on their sum, 5,742: 1,320.66, rounded once to 1,321', () => {
    expect(draft.taxes.map(({ base, amount }) => [base, amount])).toEqual([[5742, 1321]]);
    expect([draft.subtotal, draft.taxTotal, draft.total, draft.currency]).toEqual([5742, 1321, 7063, 'JPY']);
  });

  it('each line and tax follows from its explanation alone', () => {
    for (const line of draft.lines) expect(recompute(line.explanation, 'JPY')).toBe(line.amount);
    for (const tax of draft.taxes) expect(recomputeTax(tax, 'JPY')).toBe(tax.amount);
  });

  it('is held where the seller bills in another currency', () => {
    expect(() => compose('EUR')).toThrow('currency_mismatch');
  });

  it('each number has its share of every line, and all together have all of it, to the yen', () => {
    const lines = usageLines([february], () => ({ minutes: 0, tollFreeMinutes: 0, credits: 0 }), 'JPY');
    const numbered = lines.map((line, index): InvoiceLine => ({ line: index + 1, ...line }));
    const details = itemise(numbered, new Map([['2026-02', february.records]]), 'JPY');
    const sum = numbered.reduce((total, { amount }) => total + amount, 0);
    expect([details.amount, details.numbers.reduce((total, { amount }) => total + amount, 0)]).toEqual([sum, sum]);
    expect(() => itemise(numbered, new Map([['2026-02', february.records]]), 'EUR')).toThrow('do not add up');
  });
});

describe('what is explained in yen', () => {
  it.each([
    [0, 'JPY 0'],
    [1290, 'JPY 1,290'],
    [-1290, 'JPY −1,290'],
    [123_456_789_012n, 'JPY 123,456,789,012'],
  ])('%s yen are %s', (yen, text) => expect(moneyText(yen, 'JPY')).toBe(text));

  it.each([
    [14_850_000, 'JPY 14.85'],
    [990_000_000, 'JPY 990'],
    [1, 'JPY 0.000001'],
  ])('a price of %s millionths is %s', (micros, text) => expect(priceText(micros, 'JPY')).toBe(text));

  it('says what was rounded, and to what', () => {
    const price = { pricing: { model: 'flat', unitMicros: 2_500_000_000 } } as PriceUsed;
    const part = { kind: 'proration', price, before: 0, after: 1, days: 16, of: 31 } as Parameters<
      typeof exactAmount
    >[0];
    const exact = exactAmount(part, 'JPY');
    expect(exactText(exact, 'JPY')).toBe('JPY 1,290.322580…');
    expect(calculation('16 ÷ 31', exact, 'JPY')).toBe(
      '16 ÷ 31 = JPY 1,290.322580…, rounded half up to the yen: JPY 1,290.',
    );
    expect(calculation('2 × 495', exactly(990_000_000n, 'JPY'), 'JPY')).toBe('2 × 495 = JPY 990.');
  });
});

describe('what is collected in yen', () => {
  const card = method('card');
  const facts = (due: number) => ({
    receivable: receivable({ currency: 'JPY', total: due, due }),
    account: { ...payer, currency: 'JPY' as const },
    methods: [card],
    attempts: [],
    now: '2026-12-01T12:00:00.000Z',
  });

  it.each([
    [49, { do: 'nothing', because: 'too-small' }],
    [50, { do: 'attempt', attempt: { amount: 50, currency: 'JPY' } }],
    [12_345, { do: 'attempt', attempt: { amount: 12_345, currency: 'JPY' } }],
  ])('the least charge is 50 yen: %d', (due, plan) => {
    const { receivable: of, account: by, methods, attempts, now } = facts(due);
    expect(planAttempt(of, by, methods, attempts, now)).toMatchObject(plan);
  });

  it('a share of less than 50 yen is refused', () => {
    const wish = { by: 'bea', now: '2026-12-01T12:00:00.000Z', requestId: 'r', amount: 49 };
    expect(requestPayment([facts(1000).receivable], card, [card], wish)).toMatchObject({
      code: 'amount_too_small',
      limit: 50,
    });
  });

  it('ops is told of yen', () => {
    expect(collectionEffect(facts(4210)).words).toContain('Charges JPY 4,210 to visa •••• 4242');
    expect(collectionEffect(facts(5)).words).toContain('the JPY 5 due on invoice NTUS-202612A-000001 are less than');
  });
});

describe('a price per minute that is too high to be meant', () => {
  it.each<[Currency, number, string | undefined]>([
    ['EUR', 100_000_000, undefined],
    ['EUR', 100_000_001, '100000001 is more than 100000000, 100.00 per unit'],
    ['JPY', 10_000_000_000, undefined],
    ['JPY', 10_000_000_001, '10000000001 is more than 10000000000, 10000 per unit'],
  ])('in %s: %d millionths', (currency, micros, reason) => {
    expect(checkDeck([deckRow('881', 'Satellite', micros)], currency)[0]?.reason).toBe(reason);
  });
});
