import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { BillingDecision } from '../../shared/domain/invoice.ts';
import { account, input, monthly, product, seller, subscription } from '../support/accounts.ts';
import { compose, invoiceOf, ireland } from './compose-invoice-fixtures.ts';

const linesOf = (decision: BillingDecision) =>
  invoiceOf(decision).lines.map((line) => [
    line.charge,
    line.productId,
    line.quantity,
    line.servicePeriod.from,
    line.servicePeriod.to,
    line.amount,
  ]);

describe('what an invoice charges (R96–R99, R145)', () => {
  const billedJuly = { date: '2026-07-01', month: '2026-07', change: 2 };

  it('R101, R102: the first invoice of a start on the 1st is one full month in advance, devices before numbers', () => {
    const decision = compose(
      account('IE', 'EUR', { billingStartDate: '2026-08-01' }),
      [subscription('number', [1, '2026-08-01', 10]), subscription('phone', [2, '2026-08-01', 4])],
      '2026-08-01',
    );
    expect(linesOf(decision)).toEqual([
      ['recurring', 'phone', 4, '2026-08-01', '2026-08-31', 10_000],
      ['recurring', 'number', 10, '2026-08-01', '2026-08-31', 3000],
    ]);
  });

  it('R98, R103: a billing start on 15 July is invoiced on 1 August: 16 days of July and the whole of August', () => {
    const decision = compose(
      account('IE', 'EUR', { billingStartDate: '2026-07-15' }),
      [subscription('phone', [1, '2026-07-15', 1])],
      '2026-08-01',
    );
    expect(linesOf(decision)).toEqual([
      ['recurring', 'phone', 1, '2026-08-01', '2026-08-31', 2500],
      ['proration', 'phone', 1, '2026-07-16', '2026-07-31', 1290],
    ]);
    expect(invoiceOf(decision).lines[1]?.explanation).toMatchObject({ days: 16, of: 31, effectiveOn: '2026-07-15' });
  });

  it('R97: two devices added on 15 June are charged 15 of 30 days beside the full month of all', () => {
    const decision = compose(
      account('IE', 'EUR', { billedThrough: { date: '2026-06-01', month: '2026-06', change: 1 } }),
      [subscription('phone', [1, '2026-01-01', 3], [2, '2026-06-15', 2])],
      '2026-07-01',
    );
    expect(linesOf(decision)).toEqual([
      ['recurring', 'phone', 5, '2026-07-01', '2026-07-31', 12_500],
      ['proration', 'phone', 2, '2026-06-16', '2026-06-30', 2500],
    ]);
  });

  it('C11: a device removed on 15 July is credited by the same days', () => {
    const decision = compose(
      account('IE', 'EUR', { billedThrough: billedJuly }),
      [subscription('phone', [1, '2026-01-01', 3], [3, '2026-07-15', -1])],
      '2026-08-01',
    );
    expect(linesOf(decision)).toEqual([
      ['recurring', 'phone', 2, '2026-08-01', '2026-08-31', 5000],
      ['proration', 'phone', -1, '2026-07-16', '2026-07-31', -1290],
    ]);
  });

  it('§2.1, R97: a change on the last day of the month is worth nothing and makes no line', () => {
    const decision = compose(
      account('IE', 'EUR', { billedThrough: billedJuly }),
      [subscription('phone', [1, '2026-01-01', 3], [3, '2026-07-31', 1])],
      '2026-08-01',
    );
    expect(linesOf(decision)).toEqual([['recurring', 'phone', 4, '2026-08-01', '2026-08-31', 10_000]]);
  });

  it('a change dated the 1st but recorded after that day’s invoice is charged for the whole month later', () => {
    const decision = compose(
      account('IE', 'EUR', { billedThrough: billedJuly }),
      [subscription('phone', [1, '2026-01-01', 3], [3, '2026-07-01', 1])],
      '2026-08-01',
    );
    expect(linesOf(decision)).toEqual([
      ['recurring', 'phone', 4, '2026-08-01', '2026-08-31', 10_000],
      ['proration', 'phone', 1, '2026-07-01', '2026-07-31', 2500],
    ]);
  });

  it('a change backdated by two months is charged from its day, month by month', () => {
    const decision = compose(
      account('IE', 'EUR', { billedThrough: billedJuly }),
      [subscription('phone', [1, '2026-01-01', 3], [3, '2026-06-15', 1])],
      '2026-08-01',
    );
    expect(linesOf(decision).slice(1)).toEqual([
      ['proration', 'phone', 1, '2026-06-16', '2026-06-30', 1250],
      ['proration', 'phone', 1, '2026-07-01', '2026-07-31', 2500],
    ]);
  });

  it('a change in the future waits for its day, and is then charged once although its number is old', () => {
    const changes = subscription('phone', [1, '2026-01-01', 3], [2, '2026-08-20', 1]);
    const august = compose(account('IE', 'EUR', { billedThrough: billedJuly }), [changes], '2026-08-01');
    expect(linesOf(august)).toEqual([['recurring', 'phone', 3, '2026-08-01', '2026-08-31', 7500]]);
    const september = compose(
      account('IE', 'EUR', { billedThrough: { date: '2026-08-01', month: '2026-08', change: 2 } }),
      [changes],
      '2026-09-01',
    );
    expect(linesOf(september)).toEqual([
      ['recurring', 'phone', 4, '2026-09-01', '2026-09-30', 10_000],
      ['proration', 'phone', 1, '2026-08-21', '2026-08-31', 887],
    ]);
  });

  it('C7: a start on the 3rd is invoiced that day, prorated, and not again on the 1st', () => {
    const starting = account('IE', 'EUR', { billingStartDate: '2026-12-03' });
    const changes = [subscription('phone', [1, '2026-12-03', 1])];
    expect(starting.nextBillingDate).toBe('2026-12-03');
    expect(linesOf(compose(starting, changes, '2026-12-03'))).toEqual([
      ['proration', 'phone', 1, '2026-12-04', '2026-12-31', 2258],
    ]);
    const billedThrough = { date: '2026-12-03', month: '2026-12', change: 1 };
    expect(linesOf(compose({ ...starting, billedThrough }, changes, '2027-01-01'))).toEqual([
      ['recurring', 'phone', 1, '2027-01-01', '2027-01-31', 2500],
    ]);
  });

  it('an invoice keeps the price version of the day its period begins', () => {
    const dearer = product('phone', 2500, 'EUR', {
      prices: [monthly(2500, 'EUR'), monthly(3100, 'EUR', { version: 'v2', from: '2026-08-01' })],
    });
    const decision = composeInvoice(
      input(account('IE', 'EUR', { billingStartDate: '2026-07-15' }), [subscription('phone', [1, '2026-07-15', 1])]),
      ireland,
      [dearer],
      '2026-08-01',
      '2026-08-01',
    );
    expect(invoiceOf(decision).lines.map((line) => [line.explanation, line.amount])).toEqual([
      [expect.objectContaining({ price: expect.objectContaining({ version: 'v2' }) }), 3100],
      [expect.objectContaining({ price: expect.objectContaining({ version: 'v1' }) }), 1290],
    ]);
  });
});

describe('dates', () => {
  it.each([
    ['2026-08-01', '2026-08-01', '2026-08-01'],
    ['2026-08-01', '2026-08-05', '2026-08-01'],
    ['2026-08-01', '2026-08-06', '2026-08-06'],
  ])('R55: an invoice due on %s and made on %s is dated %s', (billingDate, businessDate, invoiceDate) => {
    const draft = invoiceOf(
      compose(account('IE', 'EUR'), [subscription('phone', [1, '2026-08-01', 1])], billingDate, businessDate),
    );
    expect(draft.invoiceDate).toBe(invoiceDate);
    expect(draft.month).toBe('2026-08');
  });

  it('C23: an invoice is due 15 days after its date', () => {
    const draft = invoiceOf(compose(account('IE', 'EUR'), [subscription('phone', [1, '2026-08-01', 1])], '2026-08-01'));
    expect(draft.dueDate).toBe('2026-08-16');
  });
});

describe('R134, C12: tax is computed on the overall subtotal of the invoice', () => {
  const subscriptions = [
    subscription('phone', [1, '2026-01-01', 3], [3, '2026-07-15', 2]),
    subscription('number', [2, '2026-01-01', 7]),
  ];
  // 5 × 25.00 + 2 × 25.00 × 16 ÷ 31 + 7 × 3.00 = 125.00 + 25.81 + 21.00 = 171.81
  it.each([
    ['GB', [['VAT', 17_181, 3436]]],
    ['CA-ON', [['HST', 17_181, 2234]]],
    [
      'CA-QC',
      [
        ['GST', 17_181, 859],
        ['QST', 17_181, 1714],
      ],
    ],
    ['AU', [['GST', 17_181, 1718]]],
  ])('R134: in %s, periods, parts and credits together', (place, expected) => {
    const billedThrough = { date: '2026-07-01', month: '2026-07', change: 2 };
    const { subtotal, taxes } = invoiceOf(
      compose(account(place, 'EUR', { billedThrough }), subscriptions, '2026-08-01'),
    );
    expect(taxes.map(({ tax, base, amount }) => [tax, base, amount])).toEqual(expected);
    expect(taxes.every(({ base }) => base === subtotal)).toBe(true);
  });

  it('R134: own surcharges are part of it', () => {
    const canadianRegulatory = [
      {
        fee: 'ca-reg',
        label: 'Federal and Province Regulatory Fees',
        taxCodes: ['telecom'] as const,
        ratePpm: 25_000,
        from: '2020-01-01',
        source: 'Price list',
        status: 'final' as const,
      },
    ];
    const decision = composeInvoice(
      input(account('CA-ON', 'CAD'), [subscription('phone', [1, '2026-08-01', 4])]),
      seller('CA', 'CAD', { fees: { canadianRegulatory } }),
      [product('phone', 2500, 'CAD')],
      '2026-08-01',
      '2026-08-01',
    );
    const { subtotal, taxes, total } = invoiceOf(decision);
    expect([subtotal, taxes[0]?.base, taxes[0]?.amount, total]).toEqual([10_250, 10_250, 1333, 11_583]);
  });
});
