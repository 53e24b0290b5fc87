import { describe, expect, it } from 'vitest';
import type { Account, BillingInput } from '../../../shared/domain/account.ts';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { acceptQuote, closeQuote, needsMethod, refuseRemoval } from '../../../shared/domain/quotes/decide-quote.ts';
import { type Quote, statusOn } from '../../../shared/domain/quotes/quote.ts';
import { changeInterval } from '../../../shared/domain/subscription-terms.ts';
import { account, input, monthly, product, seller, subscription } from '../../support/accounts.ts';
import { composed, made, quoteLine } from '../../support/quotes.ts';

const ireland = seller('IE', 'EUR');
const phone = product('phone', 2500, 'EUR', {
  prices: [monthly(2500, 'EUR'), monthly(27_000, 'EUR', { interval: 'year' })],
});
const products = [phone, product('circuit', 6900, 'EUR')];
const wire: Partial<Account> = { terms: 'wire' };
const adminContact = { name: 'Aoife Byrne', email: 'aoife@acme.example' };
const admin = { adminContact };
const billing = { seller: ireland, products };
const decider = { by: 'owner', at: '2026-11-20T10:00:00.000Z', today: '2026-11-20' };
const prospect = input(account('IE', 'EUR', wire), []);
const offered = (of: BillingInput = prospect, request: Parameters<typeof composed>[3] = {}): Quote =>
  made(composed(of, ireland, products, request));

describe('R127: a quote is accepted at "Buy now"', () => {
  it('gives the account its subscriptions with price, term and minimum, one version on', () => {
    const lines = [
      quoteLine('phone', 3, { unitMicros: 20_000_000 }),
      quoteLine('phone', 2, { interval: 'quarter', billingGroup: 'Cork' }),
      quoteLine('circuit', 1, { awaitsActivation: true }),
    ];
    const of = { ...prospect, account: { ...prospect.account, version: 7 } };
    const accepted = acceptQuote(offered(of, { lines, billingStartDate: '2026-12-15' }), of, admin, decider, billing);
    expect(accepted.quote).toMatchObject({
      status: 'accepted',
      decision: { by: 'owner', at: decider.at, adminContact, order: { invoiceDate: '2027-01-01' } },
    });
    const terms = { contract: { endsOn: '2027-12-14', renewalMonths: 12 } };
    expect(accepted.subscriptions).toMatchObject([
      {
        subscriptionId: 'Q-1.1',
        changes: [{ change: 1, effectiveOn: '2026-12-15', delta: 3 }],
        minimum: 3,
        agreedPrice: { version: 'Q-1', interval: 'month', pricing: { unitMicros: 20_000_000 } },
        ...terms,
      },
      {
        subscriptionId: 'Q-1.2',
        changes: [{ change: 2, effectiveOn: '2026-12-15', delta: 2 }],
        intervals: [{ from: '2026-12-01', interval: 'quarter' }],
        billingGroup: 'Cork',
        ...terms,
      },
      { subscriptionId: 'Q-1.3', activation: 'pending', ...terms },
    ]);
    expect(accepted.account).toMatchObject({ quote: 'Q-1', version: 8 });
  });

  it.each([
    ['R99: who had nothing is billed from the billing start date on', '2026-12-03', {}, '2026-12-03', '2026-12-03'],
    ['R99: after the 5th with the next month', '2026-12-15', {}, '2026-12-15', '2027-01-01'],
    [
      'runs that found nothing to charge do not count',
      '2026-12-03',
      { nextBillingDate: '2027-01-01', billedThrough: { date: '2026-12-01', month: '2026-12', change: 0 } },
      '2026-12-03',
      '2026-12-03',
    ],
  ] as const)('%s', (_name, billingStartDate, overrides, start, next) => {
    const of = input(account('IE', 'EUR', { ...wire, ...overrides }), []);
    const { account: accepted } = acceptQuote(offered(of, { billingStartDate }), of, admin, decider, billing);
    expect(accepted).toMatchObject({ billingStartDate: start, nextBillingDate: next });
    expect(accepted.billedThrough).toBeUndefined();
  });

  it.each([
    ['has subscriptions', {}, [subscription('phone', [1, '2026-01-01', 1])]],
    ['had invoices', { history: { owed: 0, invoices: [] } }, []],
  ] as const)('who %s goes on being billed as before', (_name, overrides, subscriptions) => {
    const billed = {
      nextBillingDate: '2026-12-01',
      billedThrough: { date: '2026-11-01', month: '2026-11', change: 1 },
    };
    const of = input(account('IE', 'EUR', { ...wire, ...billed, ...overrides }), [...subscriptions]);
    const { account: accepted } = acceptQuote(
      offered(of, { billingStartDate: '2026-12-03' }),
      of,
      admin,
      decider,
      billing,
    );
    expect(accepted).toMatchObject({ ...billed, billingStartDate: '2026-01-01', version: 2 });
  });

  it('R91: who is billed by the year has no interval of its own, and who is on the calendar has the quoted one', () => {
    const intervalsOf = (schedule: Account['schedule']) => {
      const of = input(account('IE', 'EUR', { ...wire, schedule }), []);
      const quote = offered(of, { lines: [quoteLine('phone', 1, { interval: 'year' })] });
      return acceptQuote(quote, of, admin, decider, billing).subscriptions[0]!.intervals;
    };
    expect(intervalsOf('annual')).toBeUndefined();
    expect(intervalsOf('calendar-month')).toEqual([{ from: '2026-12-01', interval: 'year' }]);
  });

  it('who has subscriptions can begin with the quote on the very day on which its billing begins', () => {
    const of = input(account('IE', 'EUR', { ...wire, billingStartDate: '2026-12-01' }), [
      subscription('phone', [1, '2026-12-01', 1]),
    ]);
    expect(acceptQuote(offered(of), of, admin, decider, billing).account.billingStartDate).toBe('2026-12-01');
  });

  it('the quoted price outlives one of the catalog, and ends where another interval is chosen', () => {
    const quote = offered(prospect, { lines: [quoteLine('phone', 1, { unitMicros: 20_000_000 })] });
    const { account: accepted, subscriptions } = acceptQuote(quote, prospect, admin, decider, billing);
    const [agreed] = subscriptions;
    const bill = (of: typeof accepted, sub: typeof agreed, date: string) => {
      const decision = composeInvoice(input(of, [sub!]), ireland, products, date, date);
      return decision.outcome === 'invoice' ? decision.draft.lines.map(({ amount }) => amount) : decision;
    };
    const renewed = {
      ...accepted,
      billedThrough: { date: '2027-12-01', month: '2027-12', change: 1 },
      nextBillingDate: '2028-01-01',
    };
    expect(bill(renewed, agreed, '2028-01-01')).toEqual([2000]);
    const yearly = changeInterval(input(renewed, subscriptions), 'Q-1.1', { interval: 'year', from: '2028-01-01' });
    expect(bill(yearly.account, yearly.subscription, '2028-01-01')).toEqual([27_000]);
  });

  it('C11: fewer than were agreed on are paid for all the same', () => {
    const { account: accepted, subscriptions } = acceptQuote(offered(), prospect, admin, decider, billing);
    const fewer = {
      ...subscriptions[0]!,
      changes: [...subscriptions[0]!.changes, { change: 2, effectiveOn: '2026-12-01', delta: -2 }],
    };
    const decision = composeInvoice(input(accepted, [fewer]), ireland, products, '2026-12-01', '2026-12-01');
    expect(decision).toMatchObject({ draft: { subtotal: 7500 } });
  });
});

describe('what stands in the way', () => {
  it.each([
    ['its last day is over', {}, '2026-12-01', 'quote_expired'],
    ['it was accepted', { status: 'accepted' }, '2026-11-20', 'quote_accepted'],
    ['it was rejected', { status: 'rejected' }, '2026-11-20', 'quote_rejected'],
    ['it was withdrawn', { status: 'withdrawn' }, '2026-11-20', 'quote_withdrawn'],
  ] as [string, Partial<Quote>, string, string][])('%s', (_name, overrides, today, code) => {
    const quote = { ...offered(), ...overrides };
    expect(() => acceptQuote(quote, prospect, admin, { ...decider, today }, billing)).toThrow(
      expect.objectContaining({ code, field: 'quoteId' }),
    );
  });

  it('on its last day it can still be accepted', () => {
    expect(acceptQuote(offered(), prospect, admin, { ...decider, today: '2026-11-30' }, billing).quote.status).toBe(
      'accepted',
    );
  });

  it.each([
    ['a card account without a method', { terms: 'card' }, true],
    ['a card account with one', { terms: 'card', defaultMethodId: 'card-1' }, false],
    ['an account that sends wires', { terms: 'wire' }, false],
    ['an account that sends cheques', { terms: 'cheque' }, false],
  ] as [string, Partial<Account>, boolean][])('R127: %s', (_name, overrides, needed) => {
    const of = input(account('IE', 'EUR', overrides), []);
    expect(needsMethod(of)).toBe(needed);
    if (needed)
      expect(() => acceptQuote(offered(of), of, admin, decider, billing)).toThrow(
        expect.objectContaining({ code: 'payment_method_needed' }),
      );
    else expect(acceptQuote(offered(of), of, admin, decider, billing).quote.status).toBe('accepted');
  });

  it('R92: an account with subscriptions whose billing begins later gets nothing charged before it', () => {
    const later = { ...wire, billingStartDate: '2027-02-01' };
    const of = input(account('IE', 'EUR', later), [subscription('phone', [1, '2027-02-01', 1])]);
    const refused = {
      code: 'quote_not_billable',
      field: 'billingStartDate',
      message: expect.stringContaining('on 2027-02-01'),
    };
    expect(() => offered(of)).toThrow(expect.objectContaining(refused));
    expect(() => acceptQuote(offered(), of, admin, decider, billing)).toThrow(expect.objectContaining(refused));
  });

  it('R126: rejected or withdrawn it stays so, and being told again changes nothing', () => {
    const rejected = closeQuote(offered(), 'rejected', 'Too dear', decider);
    expect(rejected).toMatchObject({ status: 'rejected', decision: { reason: 'Too dear', by: 'owner' } });
    expect(closeQuote(rejected, 'rejected', 'Again', { ...decider, today: '2027-01-01' })).toBe(rejected);
    expect(() => closeQuote(rejected, 'withdrawn', undefined, decider)).toThrow(
      expect.objectContaining({ code: 'quote_rejected' }),
    );
    expect(closeQuote(offered(), 'withdrawn', undefined, decider).decision).toEqual({ at: decider.at, by: 'owner' });
  });

  it.each([
    ['open', '2026-11-30', 'quote_open'],
    ['open', '2026-12-01', undefined],
    ['rejected', '2026-11-20', undefined],
    ['withdrawn', '2026-11-20', undefined],
    ['accepted', '2027-06-01', 'quote_accepted'],
  ] as const)('is erased only when it came to nothing: %s, on %s: %s', (status, today, code) => {
    const removal = () => refuseRemoval({ ...offered(), status }, today);
    if (code === undefined) expect(removal).not.toThrow();
    else expect(removal).toThrow(expect.objectContaining({ code, field: 'quoteId' }));
  });

  it('an open quote is expired on the day after its last', () => {
    const quote = offered();
    expect(['2026-11-30', '2026-12-01'].map((today) => statusOn(quote, today))).toEqual(['open', 'expired']);
    expect(statusOn({ ...quote, status: 'accepted' }, '2027-06-01')).toBe('accepted');
  });
});
