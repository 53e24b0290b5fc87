import { describe, expect, it } from 'vitest';
import type { Pricing } from '../../../shared/domain/catalog.ts';
import { acceptQuote, closeQuote } from '../../../shared/domain/quotes/decide-quote.ts';
import { mailedTo } from '../../../shared/domain/quotes/quote.ts';
import { quoteFaults } from '../../../shared/domain/quotes/quote-faults.ts';
import { quotedPricing } from '../../../shared/domain/quotes/quoted-price.ts';
import { account, input, product, seller } from '../../support/accounts.ts';
import { composed, made, quoteLine, quoteRequest } from '../../support/quotes.ts';

const ireland = seller('IE', 'EUR');
const products = [product('phone', 2500, 'EUR')];
const prospect = input(account('IE', 'EUR', { terms: 'wire' }), []);

describe('a quote keeps', () => {
  it('the catalog’s price and the discount beside what it offers, so that it can say what is saved', () => {
    const [line] = composed(prospect, ireland, products, {
      lines: [quoteLine('phone', 1, { discountPpm: 100_000 })],
    }).lines;
    expect(line).toMatchObject({ listPricing: { model: 'flat', unitMicros: 25_000_000 }, discountPpm: 100_000 });
  });

  it('whom the customer turns to, and nothing for what it does not say', () => {
    const contact = { name: 'Stan Sales', email: 'stan@northwind.example' };
    expect(composed(prospect, ireland, products, { contact })).toMatchObject({ contact });
    const plain = composed(prospect, ireland, products);
    expect(plain).not.toHaveProperty('contact');
    for (const field of ['billingGroup', 'awaitsActivation', 'discountPpm'])
      expect(plain.lines[0]).not.toHaveProperty(field);
  });

  it('no reason of a rejection that gave none', () => {
    const decider = { by: 'owner', at: '2026-11-20T10:00:00.000Z', today: '2026-11-20' };
    const rejected = closeQuote(made(composed(prospect, ireland, products)), 'rejected', undefined, decider);
    expect(rejected.decision).toStrictEqual({ at: decider.at, by: 'owner' });
  });
});

describe('a discount', () => {
  it.each<[string, Pricing, Pricing]>([
    ['each', { model: 'flat', unitMicros: 5 }, { model: 'flat', unitMicros: 3 }],
    [
      'a package',
      { model: 'package', size: 10, packageMicros: 9_000_000 },
      { model: 'package', size: 10, packageMicros: 4_500_000 },
    ],
    [
      'a tier of volume',
      { model: 'volume', tiers: [{ unitMicros: 3, flatMicros: 8 }] },
      { model: 'volume', tiers: [{ unitMicros: 2, flatMicros: 4 }] },
    ],
  ])('of a half is taken off the price of %s, half a micro rounded up', (_what, list, offered) => {
    expect(quotedPricing({ discountPpm: 500_000 }, list)).toEqual(offered);
  });

  it('of nothing that has a price offers nothing', () =>
    expect(quotedPricing({ discountPpm: 1 }, undefined)).toBeUndefined());
});

describe('a quote is asked for', () => {
  const faultsOf = (request: Parameters<typeof quoteRequest>[0], of = account('IE', 'EUR')) =>
    quoteFaults(quoteRequest(request), of, products, '2026-11-10').map(({ field }) => field);

  it('to begin a year ahead at most', () => {
    expect(faultsOf({ billingStartDate: '2027-11-11' })).toEqual([]);
    expect(faultsOf({ billingStartDate: '2027-11-12' })).toEqual(['billingStartDate']);
  });

  it('at an agreed price or at a discount, not both', () => {
    expect(faultsOf({ lines: [quoteLine('phone', 1, { unitMicros: 1 })] })).toEqual([]);
    expect(faultsOf({ lines: [quoteLine('phone', 1, { discountPpm: 1 })] })).toEqual([]);
    expect(faultsOf({ lines: [quoteLine('phone', 1, { unitMicros: 1, discountPpm: 1 })] })).toEqual([
      'lines.0.discountPpm',
    ]);
  });

  it('by the year for an account that is billed by the year', () => {
    const yearly = account('IE', 'EUR', { schedule: 'annual' });
    expect(faultsOf({ lines: [quoteLine('phone', 1, { interval: 'year' })] }, yearly)).toEqual([]);
    expect(faultsOf({}, yearly)).toEqual(['lines.0.interval']);
  });
});

describe('a quote is mailed', () => {
  const undeliverable = { since: '2026-11-01T00:00:00.000Z', reason: 'bounced' } as const;
  const recipients = [
    { email: 'main@acme.example', main: true },
    { email: 'Aoife@Acme.example', main: false, undeliverable },
  ];

  it('to the recipients of the invoices where it was made for nobody in particular', () =>
    expect(mailedTo({}, recipients)).toBeUndefined());

  it.each([
    ['a stranger', 'stan@acme.example', {}],
    ['one whose address is known to take no mails, however it is written', 'aoife@acme.EXAMPLE', { undeliverable }],
  ])('to the person whom it was made for alone: %s', (_who, email, known) => {
    const contact = { name: 'Aoife Byrne', email };
    expect(mailedTo({ contact }, recipients)).toStrictEqual([{ ...known, email, main: true }]);
  });
});

it('R127: who has no payment method is told that the account needs one', () => {
  const byCard = input(account('IE', 'EUR', { terms: 'card' }), []);
  const { defaultMethodId: _none, ...bare } = byCard.account;
  const decider = { by: 'owner', at: '2026-11-20T10:00:00.000Z', today: '2026-11-20' };
  const admin = { name: 'Aoife Byrne', email: 'aoife@acme.example' };
  const quote = made(composed(prospect, ireland, products));
  expect(() =>
    acceptQuote(quote, { ...byCard, account: bare }, { adminContact: admin }, decider, { seller: ireland, products }),
  ).toThrow(expect.objectContaining({ name: 'QuoteRefused', code: 'payment_method_needed', field: 'accountId' }));
});
