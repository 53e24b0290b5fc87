import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/domain/account.ts';
import { addMonths } from '../../../shared/domain/calendar.ts';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { nextDueAfter } from '../../../shared/domain/next-due.ts';
import { agreedSubscriptions } from '../../../shared/domain/quotes/agreed.ts';
import { totalsByProduct } from '../../../shared/domain/quotes/quote.ts';
import { quoteFaults } from '../../../shared/domain/quotes/quote-faults.ts';
import { account, addressIn, agreed, input, monthly, product, seller, subscription } from '../../support/accounts.ts';
import { composed, quoteLine, quoteRequest } from '../../support/quotes.ts';

const ireland = seller('IE', 'EUR');
const phone = product('phone', 2500, 'EUR', {
  prices: [monthly(2500, 'EUR'), monthly(27_000, 'EUR', { interval: 'year' })],
});
const number = product('number', 333, 'EUR', { group: 'standard-phone-numbers', unit: 'number' });
const circuit = product('circuit', 6900, 'EUR', { unit: 'circuit' });
const dearer = product('dearer', 1000, 'EUR', {
  prices: [monthly(1000, 'EUR', { to: '2026-12-31' }), monthly(1100, 'EUR', { version: 'v2', from: '2027-01-01' })],
});
const tiered = product('seats', 0, 'EUR', {
  prices: [
    monthly(0, 'EUR', {
      pricing: {
        model: 'graduated',
        tiers: [
          { upTo: 10, unitMicros: 80_000_000 },
          { unitMicros: 70_000_000, flatMicros: 5_000_000 },
        ],
      },
    }),
  ],
});
const products = [phone, number, circuit, dearer, tiered];
const prospect = (overrides: Partial<Account> = {}) => input(account('IE', 'EUR', overrides), []);

describe('R125: what the lines of a quote cost, in cents per interval, over the contract, and saved', () => {
  it.each([
    ['the catalog’s price by the month', quoteLine('phone', 3), 12, 7500, 90_000, 0],
    ['a price that was agreed on', quoteLine('phone', 3, { unitMicros: 19_990_000 }), 12, 5997, 71_964, 18_036],
    ['a discount of 12.5 %', quoteLine('phone', 1, { discountPpm: 125_000 }), 12, 2188, 26_256, 3744],
    ['a discount that leaves no whole micro', quoteLine('number', 3, { discountPpm: 333_333 }), 1, 666, 666, 333],
    ['by the year, at the catalog’s yearly price', quoteLine('phone', 2, { interval: 'year' }), 12, 54_000, 54_000, 0],
    [
      'C27: by the quarter, three monthly prices',
      quoteLine('phone', 2, { interval: 'quarter' }),
      15,
      15_000,
      75_000,
      0,
    ],
    [
      'by the quarter, less 10 %',
      quoteLine('number', 5, { interval: 'quarter', discountPpm: 100_000 }),
      6,
      4496,
      8992,
      998,
    ],
    ['by the year, without a yearly price', quoteLine('number', 1, { interval: 'year' }), 24, 3996, 7992, 0],
    [
      'tiers keep their form, each price less 10 %',
      quoteLine('seats', 12, { discountPpm: 100_000 }),
      12,
      85_050,
      1_020_600,
      113_400,
    ],
    ['a price that is to rise meanwhile is kept', quoteLine('dearer', 1), 12, 1000, 12_000, 0],
    ['more than the catalog asks', quoteLine('dearer', 1, { unitMicros: 12_000_000 }), 12, 1200, 14_400, -2400],
    [
      'a circuit, as if it were activated in time',
      quoteLine('circuit', 1, { awaitsActivation: true }),
      12,
      6900,
      82_800,
      0,
    ],
  ] as const)('%s', (_name, line, contractMonths, amount, contractTotal, savings) => {
    const quote = composed(prospect(), ireland, products, { lines: [line], contractMonths });
    expect(quote.lines).toEqual([expect.objectContaining({ amount, contractTotal, savings })]);
    expect(quote).toMatchObject({ contractTotal, savings, listTotal: contractTotal + savings });
    expect(quote.perInterval).toEqual([{ interval: line.interval ?? 'month', amount }]);
  });

  it('what is paid by the month, quarter and year, and for each product', () => {
    const lines = [
      quoteLine('phone', 1, { interval: 'year' }),
      quoteLine('number', 2),
      quoteLine('phone', 1, { interval: 'quarter', billingGroup: 'Cork' }),
      quoteLine('phone', 1, { billingGroup: 'Sligo' }),
    ];
    const quote = composed(prospect(), ireland, products, { lines });
    expect(quote.perInterval).toEqual([
      { interval: 'month', amount: 3166 },
      { interval: 'quarter', amount: 7500 },
      { interval: 'year', amount: 27_000 },
    ]);
    expect(totalsByProduct(quote)).toEqual([
      { productId: 'phone', description: 'phone', contractTotal: 87_000 },
      { productId: 'number', description: 'number', contractTotal: 7992 },
    ]);
  });
});

describe('R64, R125, C27: the contract period and its renewal', () => {
  it.each([
    ['2026-12-01', 12, undefined, '2027-11-30', '2027-12-01', 12, '2027-11-01'],
    ['2026-12-15', 15, 12, '2028-03-14', '2028-03-15', 12, '2028-02-14'],
    ['2026-11-30', 3, 1, '2027-02-27', '2027-02-28', 1, '2027-01-29'],
  ] as const)(
    'from %s for %i months',
    (billingStartDate, contractMonths, asked, endsOn, renewsOn, renewalMonths, cancelBy) => {
      const terms = { billingStartDate, contractMonths, ...(asked && { renewalMonths: asked }) };
      const quote = composed(prospect(), ireland, products, { ...terms, validUntil: '2026-11-20' });
      expect(quote.contract).toEqual({ months: contractMonths, endsOn, renewsOn, renewalMonths, cancelBy });
    },
  );
});

describe('R92, R99, R128: the first invoice by the billing start date, in cents with 23 % VAT', () => {
  it.each([
    ['on the 1st: that day, a full month', '2026-12-01', {}, '2026-12-01', '2026-12-16', [7500], 9225],
    ['on the 3rd: that day, 28 of 31 days', '2026-12-03', {}, '2026-12-03', '2026-12-18', [6774], 8332],
    [
      'R98: on the 15th: the next month’s, 16 of 31 days with it',
      '2026-12-15',
      {},
      '2027-01-01',
      '2027-01-16',
      [7500, 3871],
      13_986,
    ],
    [
      'R91: every 30 days: on the day',
      '2026-12-15',
      { schedule: 'every-30-days' },
      '2026-12-15',
      '2026-12-30',
      [7500],
      9225,
    ],
  ] as [string, string, Partial<Account>, string, string, number[], number][])(
    '%s',
    (_name, billingStartDate, overrides, invoiceDate, dueDate, amounts, total) => {
      const { firstInvoice } = composed(prospect(overrides), ireland, products, { billingStartDate });
      expect(firstInvoice).toMatchObject({ invoiceDate, dueDate, total, ratesOf: invoiceDate });
      expect(firstInvoice?.lines.map(({ amount }) => amount)).toEqual(amounts);
    },
  );

  it('R97: of an account that is billed already, it is what the quote adds to the next one', () => {
    const of = account('IE', 'EUR', {
      billedThrough: { date: '2026-11-01', month: '2026-11', change: 1 },
      nextBillingDate: '2026-12-01',
      balance: 4711,
      hold: { reason: 'asked by the customer', since: '2026-11-02T00:00:00.000Z' },
    });
    const having = input(of, [subscription('number', [1, '2026-01-01', 20])]);
    const { firstInvoice } = composed(having, ireland, products, { billingStartDate: '2026-12-03' });
    expect(firstInvoice).toMatchObject({ invoiceDate: '2027-01-01', total: 17_557, part: true });
    expect(firstInvoice?.lines.map(({ productId, amount }) => [productId, amount])).toEqual([
      ['phone', 7500],
      ['phone', 6774],
    ]);
  });

  it('R95: there is none as long as everything waits for its circuit', () => {
    const lines = [quoteLine('circuit', 1, { awaitsActivation: true })];
    expect(composed(prospect(), ireland, products, { lines }).firstInvoice).toBeUndefined();
  });

  it('where the taxes and fees of its date are not published yet, it has those of the day of the quote', () => {
    const usf = (quarter: string, from: string) => ({
      quarter,
      factorPpm: 370_000,
      effectiveFrom: from,
      source: 'made up',
      status: 'final' as const,
    });
    const texas = seller('US', 'USD', {
      fees: { usf: { factors: [usf('2026-Q4', '2026-10-01')] } },
      salesTax: [
        {
          state: 'TX',
          tax: 'Sales Tax',
          taxCodes: ['telecom'],
          ratePpm: 62_500,
          surcharges: true,
          usf: true,
          from: '2020-01-01',
          source: 'made up',
          status: 'sample',
        },
      ],
    } as never);
    const of = input(account('US-TX', 'USD'), []);
    const start = (billingStartDate: string) =>
      composed(of, texas, [product('phone', 2500, 'USD')], { billingStartDate }).firstInvoice;
    expect(start('2026-12-01')).toMatchObject({ invoiceDate: '2026-12-01', ratesOf: '2026-12-01' });
    expect(start('2027-01-01')).toMatchObject({
      invoiceDate: '2027-01-01',
      dueDate: '2027-01-16',
      ratesOf: '2026-11-10',
      total: start('2026-12-01')?.total,
    });
  });

  it('an account that cannot be invoiced gets no quote, and is told why', () => {
    const { billingAddress: _none, ...nowhere } = account('IE', 'EUR');
    expect(() => composed(input(nowhere, []), ireland, products)).toThrow(
      expect.objectContaining({
        ...{ code: 'quote_not_billable', field: 'accountId' },
        message: expect.stringContaining('billing address'),
      }),
    );
  });
});

describe('what was quoted is what is billed', () => {
  const cases = fc.record({
    lines: fc.array(
      fc.record({
        productId: fc.constantFrom('phone', 'number', 'dearer', 'seats'),
        quantity: fc.integer({ min: 1, max: 500 }),
        interval: fc.constantFrom('month', 'quarter', 'year'),
        discountPpm: fc.option(fc.integer({ min: 0, max: 999_999 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    years: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 11, max: 75 }),
  });

  it('the first invoice to the cent, and over the contract period every charge', () => {
    fc.assert(
      fc.property(cases, ({ lines, years, day }) => {
        const billingStartDate = new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10);
        const of = prospect();
        const request = { lines, contractMonths: 12 * years, billingStartDate, validUntil: '2026-11-11' };
        const quote = composed(of, ireland, products, request);
        const { account: accepted, subscriptions } = agreedSubscriptions(of, quote);
        const ending = subscriptions.map((each) =>
          agreed(each, { cancellation: { requestedOn: billingStartDate, endsOn: quote.contract.endsOn } }),
        );
        let current = accepted;
        let charged = 0;
        let first = true;
        while (current.nextBillingDate <= quote.contract.endsOn) {
          const date = current.nextBillingDate;
          const decision = composeInvoice(input(current, ending), ireland, products, date, date);
          if (decision.outcome === 'invoice') {
            charged += decision.draft.subtotal;
            // What ends within its first period is credited there; what was quoted is not about ending.
            if (first && years > 1) expect(decision.draft.total).toBe(quote.firstInvoice?.total);
            first = false;
          }
          const change =
            decision.outcome === 'held' ? 0 : 'draft' in decision ? decision.draft.coversChange : decision.coversChange;
          current = {
            ...current,
            billedThrough: { date, month: date.slice(0, 7), change },
            nextBillingDate: nextDueAfter({ account: current, subscriptions: ending }, products, date),
          };
        }
        expect(charged).toBe(quote.contractTotal);
      }),
    );
  });
});

describe('a quote that cannot be', () => {
  it.each([
    ['a day that is over', { validUntil: '2026-11-09' }, {}, 'validUntil', 'is over'],
    [
      'valid after billing began',
      { validUntil: '2026-12-02' },
      {},
      'validUntil',
      'must not be later than the billing start date, 2026-12-01',
    ],
    [
      'a start that nobody can foresee',
      { billingStartDate: '2027-11-12' },
      {},
      'billingStartDate',
      'must not be more than a year ahead',
    ],
    [
      'a product that there is not',
      { lines: [quoteLine('fax', 1)] },
      {},
      'lines.0.productId',
      'the catalog has no product "fax"',
    ],
    [
      'by the year for 15 months',
      { lines: [quoteLine('phone', 1), quoteLine('phone', 1, { interval: 'year' })], contractMonths: 15 },
      {},
      'lines.1.interval',
      'a contract of 15 months is no whole number of it',
    ],
    [
      'by the quarter, renewed by the month',
      { lines: [quoteLine('phone', 1, { interval: 'quarter' })], renewalMonths: 1 },
      {},
      'lines.0.interval',
      'a contract of 1 months is no whole number of it',
    ],
    [
      'by the month, where all is billed by the year',
      {},
      { schedule: 'annual' },
      'lines.0.interval',
      'must be year: the account is billed annual',
    ],
    [
      'a discount on an agreed price',
      { lines: [quoteLine('phone', 1, { unitMicros: 1, discountPpm: 1 })] },
      {},
      'lines.0.discountPpm',
      'is taken off the catalog’s price: give either this or unitPrice',
    ],
    [
      'no price',
      { lines: [quoteLine('phone', 1)] },
      { currency: 'GBP' },
      'lines.0.unitPrice',
      'is needed: the catalog has no price of "phone" in GBP',
    ],
  ] as [string, Parameters<typeof quoteRequest>[0], Partial<Account>, string, string][])(
    '%s',
    (_name, request, overrides, field, reason) => {
      const faults = quoteFaults(quoteRequest(request), account('IE', 'EUR', overrides), products, '2026-11-10');
      expect(faults).toEqual([{ field, reason }]);
    },
  );

  it('what is bought once is no line of it', () => {
    const bought = product('handset', 9900, 'EUR', { prices: [monthly(9900, 'EUR', { interval: 'once' })] });
    const request = quoteRequest({ lines: [quoteLine('handset', 1)] });
    expect(quoteFaults(request, account('IE', 'EUR'), [bought], '2026-11-10')).toEqual([
      {
        field: 'lines.0.productId',
        reason: '"handset" is bought once, and not for a contract period: put it under "once"',
      },
    ]);
  });

  it('one that is as it should be has no faults, on its last day, too', () => {
    expect(quoteFaults(quoteRequest(), account('IE', 'EUR'), products, '2026-11-30')).toEqual([]);
    const start = quoteRequest({ validUntil: '2026-12-01' });
    expect(quoteFaults(start, account('IE', 'EUR'), products, '2026-12-01')).toEqual([]);
    expect(addMonths(start.billingStartDate, 12)).toBe('2027-12-01');
  });
});

it('a customer abroad is quoted the taxes of its own country', () => {
  const abroad = input(account('DE', 'EUR', { billingAddress: addressIn('DE') }), []);
  expect(composed(abroad, ireland, products).firstInvoice?.taxes).toEqual([
    expect.objectContaining({ jurisdiction: 'DE', ratePpm: 190_000, base: 7500, amount: 1425 }),
  ]);
});
