import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../infra/local/story/api-client.ts';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ie';
const NEW = 'hotel';
const OLD = 'bakery';
const DOCK = { line1: '1 Dock Road', city: 'Cork', postalCode: 'T12 X1X1', country: 'IE' };

interface QuoteView {
  readonly number: string;
  readonly status: string;
  readonly contractTotal: number;
  readonly once: { readonly total: number; readonly invoice: { readonly total: number } };
  readonly perInterval: readonly { readonly interval: string; readonly amount: number }[];
  readonly firstInvoice: {
    readonly invoiceDate: string;
    readonly total: number;
    readonly lines: readonly { readonly amount: number }[];
    readonly taxes: readonly { readonly amount: number }[];
  };
}

/**
 * A hotel that has nothing yet is offered phones by the month, numbers by the quarter (C27) and licences by the year, from
 * 15 December 2026 on for a year; a bakery with phones is offered more of them. All is reckoned by hand.
 */
describe('from a quote to its invoices', () => {
  let world: World;
  let staff: ApiClient;

  beforeAll(async () => {
    world = await World.start('2026-11-20T09:00:00.000Z', { disturbance: { duplicate: true } });
    staff = await world.as('staff');
    await world.create(
      customer(NEW, 'IE', { since: '2026-11-01', has: {}, terms: 'wire' }),
      customer(OLD, 'IE', { since: '2026-11-01', has: { 'desk-phone': 10 }, terms: 'wire' }),
    );
  });
  afterAll(() => world?.stop());

  const quoteFor = async (accountId: string, lines: readonly object[], billingStartDate: string, once?: object) => {
    const body = { quoteId: 'Q-1', lines, once, contractMonths: 12, billingStartDate, validUntil: '2026-12-02' };
    return (await staff.call<{ quote: QuoteView }>('POST', `/accounts/${accountId}/quotes`, body)).quote;
  };
  const buy = async (accountId: string) => {
    const admin = await world.as('billing-admin', accountId);
    const path = `/accounts/${accountId}/quotes/Q-1`;
    const { checkout } = await admin.get<{ checkout: { needs: string[]; accountVersion: number } }>(path);
    expect(checkout.needs).toEqual([]);
    const adminContact = { name: 'Orla Finnegan', email: `orla@${accountId}.example` };
    const body = { adminContact, contactVerified: true, termsAccepted: true };
    const version = { 'if-match': `"${checkout.accountVersion}"` };
    return (await admin.call<{ quote: QuoteView }>('POST', `${path}/acceptance`, body, version)).quote;
  };
  let hotel: QuoteView;
  let bakery: QuoteView;

  it('says what it costs each time and over the contract period', async () => {
    await world.run(SELLER);
    hotel = await quoteFor(
      NEW,
      [
        { productId: 'desk-phone', quantity: 10, unitPrice: '20.00' },
        { productId: 'standard-number', quantity: 10, interval: 'quarter' },
        { productId: 'contact-center-licence', quantity: 1, interval: 'year', discountPpm: 100_000 },
      ],
      '2026-12-15',
      { items: [{ productId: 'desk-phone-purchase', quantity: 10, unitPrice: '99.50' }], shippingAddress: DOCK },
    );
    expect(hotel.perInterval).toEqual([
      { interval: 'month', amount: 200_00 },
      { interval: 'quarter', amount: 135_00 },
      { interval: 'year', amount: 719_28 },
    ]);
    // Phones 103.23 + 11 × 200.00 + 90.32, numbers 112.50 + 3 × 135.00 + 20.77, licences 689.72 + 27.51.
    expect(hotel.contractTotal).toBe(3649_05 + 995_00);
    expect(hotel.once).toMatchObject({ total: 995_00, invoice: { total: 1223_85 } });
    expect(hotel.firstInvoice.invoiceDate).toBe('2027-01-01');
    bakery = await quoteFor(OLD, [{ productId: 'desk-phone', quantity: 5, discountPpm: 200_000 }], '2026-12-03');
  });

  it('changes nothing until it is accepted: the run of 1 December bills what there was', async () => {
    world.goTo('2026-12-01');
    await world.run(SELLER);
    expect(await world.invoices(NEW)).toEqual([]);
    expect((await world.invoices(OLD)).map(({ month, subtotal }) => [month, subtotal])).toEqual([
      ['2026-11', 229_50],
      ['2026-12', 229_50],
    ]);
  });

  it('is mailed once, is accepted by the customer, and is in its audit log by name', async () => {
    expect(world.mailsTo(`billing@${NEW}.example`)).toEqual([
      `Quote ${hotel.number}: €4,644.05, valid until 2 Dec 2026`,
    ]);
    world.goTo('2026-12-02');
    expect((await buy(NEW)).status).toBe('accepted');
    expect((await buy(OLD)).status).toBe('accepted');
    await world.stack.settle();
    expect(world.mailsTo(`billing@${NEW}.example`)).toContain(
      `Quote ${hotel.number} accepted: billing starts on 15 Dec 2026`,
    );
    const log = await world.auditLog(NEW, 'billing-admin');
    const changes = log.filter(({ what }) => what === 'quote').map((entry) => [entry.by.by, entry.changes]);
    expect(changes).toEqual([
      ['telecom', expect.arrayContaining([expect.objectContaining({ field: 'number', after: hotel.number })])],
      [
        expect.stringContaining('billing-admin'),
        expect.arrayContaining([expect.objectContaining({ field: 'status', before: 'open', after: 'accepted' })]),
      ],
    ]);
  });

  it('R157: its devices are invoiced by themselves on the day of acceptance, once, as they were quoted', async () => {
    const invoices = await world.invoices(NEW);
    expect(invoices.map(({ kind, invoiceDate, subtotal, total }) => [kind, invoiceDate, subtotal, total])).toEqual([
      ['purchase', '2026-12-02', 995_00, 1223_85],
    ]);
    expect(await world.invoices(OLD)).toHaveLength(2);
  });

  it('R98, R99: the first invoice is the one that was quoted, line by line and tax by tax', async () => {
    world.goTo('2027-01-01');
    await world.run(SELLER);
    const [first, ...others] = (await world.invoices(NEW)).filter(({ kind }) => kind === 'cycle');
    expect(others).toEqual([]);
    const amounts = (of: readonly { readonly amount: number }[]) => of.map(({ amount }) => amount);
    expect(first).toMatchObject({ invoiceDate: '2027-01-01', total: hotel.firstInvoice.total });
    expect(amounts(first!.lines)).toEqual(amounts(hotel.firstInvoice.lines));
    expect(amounts(first!.taxes)).toEqual(amounts(hotel.firstInvoice.taxes));
    // 16/31 of December and January of the phones; 75/90 of the quarter; 350/365 of the year.
    expect(amounts(first!.lines).toSorted((a, b) => a - b)).toEqual([103_23, 112_50, 200_00, 689_72]);
  });

  it('R97: who was a customer before gets the new phones on the next invoice, at the agreed price', async () => {
    const january = (await world.invoices(OLD)).at(-1)!;
    const agreed = january.lines.filter(({ amount }) =>
      bakery.firstInvoice.lines.some((line) => line.amount === amount),
    );
    expect(agreed.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([82_92, 91_80]);
    expect(january.lines.map(({ amount }) => amount)).toContain(239_50);
  });

  it('the quoted prices go on: a month by the month, a quarter with the next quarter', async () => {
    for (const date of ['2027-02-01', '2027-03-01']) {
      world.goTo(date);
      await world.run(SELLER);
    }
    const shown = (await world.invoices(NEW))
      .filter(({ kind }) => kind === 'cycle')
      .slice(1)
      .map(({ lines }) => lines.map(({ productId, servicePeriod, amount }) => [productId, servicePeriod.from, amount]));
    expect(shown).toEqual([
      [['desk-phone', '2027-02-01', 200_00]],
      [
        ['desk-phone', '2027-03-01', 200_00],
        ['standard-number', '2027-03-01', 135_00],
      ],
    ]);
  });
});
