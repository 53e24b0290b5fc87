import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { BillingDecision, DraftInvoice } from '../../shared/domain/invoice.ts';
import { invoiceEntry } from '../../shared/domain/ledger.ts';
import { nextBillingDateAfter } from '../../shared/domain/schedule.ts';
import { account, addressIn, input, monthly, product, seller, subscription } from '../support/accounts.ts';
import { method } from '../support/collection.ts';

const ireland = seller('IE', 'EUR', { taxRegistrations: ['AU', 'CA', 'GB'] });
const phone = product('phone', 2500, 'EUR');
const number = product('number', 300, 'EUR', { group: 'standard-phone-numbers', unit: 'number' });
const products = [number, phone];

const compose = (
  of: Account,
  subscriptions: Parameters<typeof input>[1],
  billingDate: string,
  businessDate = billingDate,
) => composeInvoice(input(of, subscriptions), ireland, products, billingDate, businessDate);

const invoiceOf = (decision: BillingDecision): DraftInvoice => {
  if (decision.outcome !== 'invoice') throw new Error(`expected an invoice, got ${JSON.stringify(decision)}`);
  return decision.draft;
};

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

describe('when there is nothing to invoice', () => {
  const billedThrough = { date: '2026-07-01', month: '2026-07', change: 1 };

  it('R97: an account without quantities is zero', () => {
    expect(compose(account('IE', 'EUR'), [], '2026-08-01')).toEqual({
      outcome: 'zero',
      reason: 'Nothing to charge',
      month: '2026-08',
      coversChange: 0,
      settled: true,
    });
  });

  it('charges and credits that cancel out are settled without an invoice', () => {
    // 12 phones of 25.00 for July are charged late, and 100 numbers less are there than were billed.
    const gone = subscription('number', [2, '2026-01-01', 100], [3, '2026-07-01', -100]);
    const late = subscription('phone', [1, '2026-01-01', 12], [4, '2026-07-01', 12], [5, '2026-08-01', -24]);
    const decision = compose(
      account('IE', 'EUR', { billedThrough: { date: '2026-07-01', month: '2026-07', change: 2 } }),
      [late, gone],
      '2026-08-01',
    );
    expect(decision).toEqual({
      outcome: 'zero',
      reason: 'Charges and credits cancel out',
      month: '2026-08',
      coversChange: 5,
      settled: true,
    });
  });

  it('C11: a net credit is carried to the next invoice, never paid out', () => {
    const changes = [subscription('phone', [1, '2026-01-01', 2], [2, '2026-07-11', -2])];
    const august = compose(account('IE', 'EUR', { billedThrough }), changes, '2026-08-01');
    expect(august).toMatchObject({
      outcome: 'zero',
      reason: 'Credits exceed charges and are carried to the next invoice',
      settled: false,
    });

    const back = [subscription('phone', [1, '2026-01-01', 2], [2, '2026-07-11', -2], [3, '2026-09-01', 2])];
    const september = compose(account('IE', 'EUR', { billedThrough }), back, '2026-09-01');
    expect(invoiceOf(september).subtotal).toBe(5000 - 3226);
  });
});

describe('when an account cannot be invoiced it is held with a reason finance understands', () => {
  it.each([
    ['no billing address', { billingAddress: undefined }, 'billing_address_missing', 'the whole address'],
    [
      'an address without a postal code',
      { billingAddress: { ...addressIn('IE'), postalCode: ' ' } },
      'billing_address_missing',
      'postalCode',
    ],
    ['a Canadian address without a province', { billingAddress: addressIn('CA') }, 'billing_address_missing', 'region'],
    ['a country without tax rules', { billingAddress: addressIn('JP') }, 'tax_rule_missing', 'JP'],
    [
      'a hold by finance',
      { hold: { reason: 'Contract under review', since: '2026-07-01T00:00:00.000Z' } },
      'hold_by_finance',
      'Contract under review',
    ],
    ['another currency than the seller’s', { currency: 'USD' }, 'currency_mismatch', 'USD'],
  ] as [string, Partial<Account>, string, string][])('%s', (_name, overrides, code, words) => {
    const decision = compose(
      account('IE', 'EUR', overrides),
      [subscription('phone', [1, '2026-01-01', 1])],
      '2026-08-01',
    );
    expect(decision).toMatchObject({ outcome: 'held', code });
    expect(decision.outcome === 'held' && decision.reason).toContain(words);
  });

  it.each([
    [
      'a product the catalog does not have',
      subscription('fax', [1, '2026-01-01', 1]),
      'product_unknown',
      'A subscription refers to a product that the catalog does not have (fax of subscription sub-fax).',
    ],
    [
      'more removed than there was',
      subscription('phone', [1, '2026-01-01', 1], [2, '2026-03-01', -2]),
      'quantity_negative',
      'More was removed from a subscription than it had (subscription sub-phone on 2026-03-01).',
    ],
    [
      'no price on the date',
      subscription('phone', [1, '2019-01-15', 1]),
      'price_missing',
      'The catalog has no price in the account’s currency for this date (phone per month in EUR on 2019-01-15).',
    ],
  ])('%s', (_name, changes, code, reason) => {
    const decision = compose(account('IE', 'EUR', { billingStartDate: '2019-01-01' }), [changes], '2026-08-01');
    expect(decision).toEqual({ outcome: 'held', code, reason });
  });

  it('all parts of the address that are missing are named', () => {
    const { region: _, ...address } = addressIn('CA-ON');
    const billingAddress = { ...address, line1: '', city: ' ' };
    expect(compose(account('CA-ON', 'EUR', { billingAddress }), [], '2026-08-01')).toEqual({
      outcome: 'held',
      code: 'billing_address_missing',
      reason:
        'The billing address is missing or incomplete, so the tax cannot be determined (missing: line1, city, region).',
    });
    const states = account('US-NY', 'EUR', { billingAddress: { ...addressIn('US-NY'), region: '' } });
    expect(compose(states, [], '2026-08-01')).toMatchObject({ reason: expect.stringContaining('(missing: region)') });
    expect(compose(account('IE', 'EUR', { currency: 'USD' }), [], '2026-08-01')).toMatchObject({
      code: 'currency_mismatch',
      reason: 'The account’s currency is not the seller’s (USD instead of EUR).',
    });
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

describe('what an invoice keeps of the day on which it is made', () => {
  const phones = [subscription('phone', [1, '2026-08-01', 1])];
  const made = (overrides: Partial<Account>, of: Partial<Parameters<typeof seller>[2]> = {}) =>
    invoiceOf(
      composeInvoice(
        input(account('IE', 'EUR', overrides), phones, [method('card'), method('other')]),
        seller('IE', 'EUR', of),
        products,
        '2026-08-01',
        '2026-08-01',
      ),
    );

  it('C23: autopay is announced with the card that will be charged and on which day, before anything is due', () => {
    expect(made({ autopay: true, defaultMethodId: 'other' }).payment).toEqual({
      kind: 'autopay',
      methodKind: 'card',
      brand: 'visa',
      last4: '4242',
      on: '2026-08-01',
    });
  });

  it.each([
    ['autopay is off', { defaultMethodId: 'card' }, 'card'],
    ['the default method is gone', { autopay: true, defaultMethodId: 'gone' }, 'card'],
    ['there is no method', { autopay: true }, 'card'],
    ['it is paid by wire', { terms: 'wire' }, 'wire'],
  ] as [string, Partial<Account>, string][])('C25: the customer pays where %s', (_name, overrides, terms) => {
    expect(made(overrides).payment).toEqual({ kind: 'customer-pays', terms });
  });

  it('seller, buyer, reference and bank account as they are', () => {
    const plain = made({ balance: 1234 });
    const { name, address, taxIds, support, accountsReceivable, timeZone } = seller('IE', 'EUR');
    expect(plain.seller).toEqual({ name, address, taxIds, support, accountsReceivable, timeZone });
    expect(plain.buyer).toEqual({
      email: 'billing@acme.example',
      name: 'Acme Example Ltd',
      address: addressIn('IE'),
      taxIds: [],
    });
    expect(plain.previousBalance).toBe(1234);
    const bankAccount = { text: 'Example Bank' };
    const full = made({ reference: 'PO-77' }, { bankAccount });
    expect(full.seller.bankAccount).toEqual(bankAccount);
    expect(full.buyer.reference).toBe('PO-77');
  });

  it('domain §2.4: the customer’s own traffic study instead of the safe harbour', () => {
    const salesTax = [
      {
        state: 'NY',
        tax: 'Sales tax',
        taxCodes: ['telecom'] as const,
        ratePpm: 0,
        from: '2020-01-01',
        includesUsf: false,
        includesSurcharges: false,
        source: 'Test',
        status: 'final' as const,
      },
    ];
    const usf = (overrides: Partial<Account>) =>
      invoiceOf(
        composeInvoice(
          input(account('US-NY', 'USD', overrides), [subscription('phone', [1, '2026-02-01', 4])]),
          seller('US', 'USD', { salesTax }),
          [product('phone', 2500, 'USD')],
          '2026-02-01',
          '2026-02-01',
        ),
      ).lines.find(({ group }) => group === 'universal-service')?.amount;
    expect(usf({})).toBe(2440);
    const trafficStudy = { interstatePpm: 200_000, from: '2026-01-01', source: 'Traffic study 2026' };
    expect(usf({ trafficStudy })).toBe(752);
  });
});

describe('properties of invoices', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));
  const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), day, fc.integer({ min: 1, max: 40 })), {
    minLength: 1,
    maxLength: 8,
  });
  const place = fc.constantFrom('IE', 'DE', 'GB', 'AU', 'CA-QC', 'CA-BC', 'CA-NS');

  const build = (history: [number, string, number][]) =>
    subscription(
      'phone',
      ...history.map(([month, on, delta], i): [number, string, number] => [
        i + 1,
        `2026-${String(month).padStart(2, '0')}-${on}`,
        delta,
      ]),
    );

  it('lines + tax = total, all in whole cents, and the journal entry balances', () => {
    fc.assert(
      fc.property(place, changes, (where, history) => {
        const decision = compose(account(where, 'EUR'), [build(history)], '2027-01-01');
        if (decision.outcome !== 'invoice') return;
        const { lines, taxes, subtotal, taxTotal, total } = decision.draft;
        expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(subtotal);
        expect(taxes.reduce((sum, tax) => sum + tax.amount, 0)).toBe(taxTotal);
        expect(subtotal + taxTotal).toBe(total);
        expect([...lines, ...taxes].every(({ amount }) => Number.isSafeInteger(amount))).toBe(true);
        expect(() => invoiceEntry(decision.draft, '2027-01-01T00:00:00.000Z')).not.toThrow();
      }),
    );
  });

  it('twelve monthly invoices charge what one late invoice charges, whatever the order of the changes', () => {
    fc.assert(
      fc.property(changes, (history) => {
        const all = build(history);
        const late = compose(account('IE', 'EUR'), [all], '2027-01-01');
        let of = account('IE', 'EUR');
        let charged = 0;
        for (let date = '2026-01-01'; date <= '2027-01-01'; date = nextBillingDateAfter(of, date)) {
          const decision = compose(of, [all], date);
          if (decision.outcome === 'held') throw new Error(decision.reason);
          if (decision.outcome === 'invoice') charged += decision.draft.subtotal;
          const coversChange = decision.outcome === 'invoice' ? decision.draft.coversChange : decision.coversChange;
          of = { ...of, billedThrough: { date, month: date.slice(0, 7), change: coversChange } };
        }
        expect(charged).toBe(late.outcome === 'invoice' ? late.draft.subtotal : 0);
      }),
    );
  });
});
