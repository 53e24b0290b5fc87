import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BillChange, billChange, type Compared } from '../../shared/domain/bill-change.ts';
import type { Price } from '../../shared/domain/catalog.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { InvoiceLine } from '../../shared/domain/invoice.ts';
import { account, input, product, seller, subscription } from '../support/accounts.ts';
import { everyCharge, usageRow } from '../support/every-charge.ts';

type History = readonly (readonly [number, string, number])[];

const price = (version: string, unitMicros: number, from: string): Price => ({
  version,
  currency: 'EUR',
  interval: 'month',
  pricing: { model: 'flat', unitMicros },
  from,
});
const numbers = product('number', 300, 'EUR', { name: 'Number', group: 'standard-phone-numbers', unit: 'number' });
const phones = product('phone', 2500, 'EUR', {
  name: 'Phone',
  prices: [price('v1', 25_000_000, '2020-01-01'), price('v2', 26_000_000, '2026-12-01')],
});

/** The invoice of a month; what was recorded up to `billed` stood on the one before. */
function invoiceOf(month: string, before: string, billed: number, of: { phone?: History; number?: History }): Compared {
  const subscriptions = (['phone', 'number'] as const).flatMap((productId) => {
    const history = (of[productId] ?? []).filter(([, date]) => date <= `${month}-01`);
    return history.length === 0
      ? []
      : [subscription(productId, ...history.map((change) => [...change] as [number, string, number]))];
  });
  const billedThrough = { date: `${before}-01`, month: before, change: billed };
  const bill = input(account('IE', 'EUR', { billedThrough }), subscriptions);
  const decision = composeInvoice(bill, seller('IE', 'EUR'), [phones, numbers], `${month}-01`, `${month}-01`);
  if (decision.outcome !== 'invoice') throw new Error(decision.reason);
  return decision.draft;
}
const partsOf = ({ parts }: BillChange) => parts.map(({ kind, about, amount }) => [kind, about, amount]);
const added = (change: BillChange) => change.parts.reduce((sum, { amount }) => sum + amount, 0);

describe('why an invoice differs from the last one', () => {
  const start = { phone: [[1, '2026-01-01', 10]], number: [[2, '2026-01-01', 5]] } as const;
  const october = invoiceOf('2026-10', '2026-09', 2, start);
  const november = invoiceOf('2026-11', '2026-10', 2, { ...start, phone: [...start.phone, [3, '2026-10-17', 2]] });
  const december = invoiceOf('2026-12', '2026-11', 3, {
    number: [...start.number, [4, '2026-11-01', -1]],
    phone: [...start.phone, [3, '2026-10-17', 2]],
  });

  it('nothing changed: nothing to say', () => {
    expect(billChange(october, october)).toMatchObject({ difference: 0, parts: [] });
  });

  it('added devices: their months, the part of the month before, and the tax on both', () => {
    const change = billChange(november, october);
    // 2 × 25.00; 2 × 25.00 × 14 ÷ 31 = 22.58; 23 % of 72.58 more.
    expect(partsOf(change)).toEqual([
      ['quantity', 'phone', 5000],
      ['proration', 'new', 2258],
      ['tax', 'VAT (IE)', 1669],
    ]);
    expect(change.parts.map(({ words }) => words)).toEqual([
      'Phone: 12 instead of 10 devices.',
      'Prorated charges of this invoice.',
      'VAT (IE): EUR 77.64 instead of EUR 60.95.',
    ]);
  });

  it('a new price on what was there before, prorations that are gone, a number less', () => {
    const change = billChange(december, november);
    // 12 × 1.00; the number's credit for November and its month of December; 23 % of −16.58.
    expect(partsOf(change)).toEqual([
      ['proration', 'gone', -2258],
      ['price', 'phone', 1200],
      ['tax', 'VAT (IE)', -381],
      ['quantity', 'number', -300],
      ['proration', 'new', -300],
    ]);
    expect(change.parts.map(({ words }) => words)).toContain(
      'Phone: EUR 26.00 instead of EUR 25.00 per device, on the 12 devices of the last invoice.',
    );
    expect(added(change)).toBe(december.total - november.total);
  });

  it('a first invoice is all new', () => {
    const change = billChange(october);
    expect(change).toMatchObject({ lastTotal: 0, difference: october.total });
    expect(change.parts.map(({ words }) => words)).toContain('Phone: 10 devices, new.');
    expect(added(change)).toBe(october.total);
  });

  it('usage by class, purchases and fees', () => {
    const every = everyCharge();
    const last = { ...every, lines: every.lines.filter(({ charge }) => charge !== 'proration') };
    const lines = last.lines
      .filter(({ group }) => group !== 'purchases')
      .map((line) => {
        if (line.group === 'universal-service') return { ...line, amount: 10_000 };
        if (line.explanation.kind !== 'usage' || line.group !== 'sms-overage') return line;
        return {
          ...line,
          amount: 150,
          explanation: { ...line.explanation, rows: [usageRow(274, 5500, '', 'x', { per: 'credit' })] },
        };
      });
    const change = billChange({ ...last, lines, total: last.total - 17_997 - 490 + 75 }, last);
    expect(change.parts).toEqual([
      expect.objectContaining({ kind: 'purchase', about: 'gone', amount: -17_997 }),
      expect.objectContaining({ kind: 'fee', about: 'universal-service', amount: -490 }),
      expect.objectContaining({
        kind: 'usage',
        about: 'message',
        amount: 75,
        words: 'Messages: 774 credits instead of 637 credits.',
      }),
    ]);
    expect(added(change)).toBe(change.difference);
  });

  it('refuses to compare two currencies', () => {
    expect(() => billChange(october, { ...october, currency: 'GBP' })).toThrow(
      expect.objectContaining({
        code: 'currency_mismatch',
        message: 'Amounts of two currencies were mixed. GBP and EUR cannot be compared',
      }),
    );
  });
});

describe('the same, line by line', () => {
  const every = everyCharge();
  const bare = (lines: readonly InvoiceLine[]): Compared => ({
    lines,
    taxes: [],
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    currency: 'USD',
  });
  const lineOf = (group: string) => every.lines.find((line) => line.group === group)!;
  const told = (invoice: readonly InvoiceLine[], last: readonly InvoiceLine[]) =>
    billChange(bare(invoice), bare(last)).parts.map(({ kind, about, amount, words }) => [kind, about, amount, words]);

  const priced = (unitMicros: number | undefined, quantity: number, amount: number, periods = 1): InvoiceLine => {
    const { unitMicros: _, ...line } = lineOf('contact-center');
    return {
      ...line,
      quantity,
      amount,
      ...(unitMicros === undefined ? {} : { unitMicros }),
      explanation: {
        kind: 'period',
        quantity,
        periods,
        price: {
          productId: 'contact-center',
          version: 'v1',
          from: '2025-01-01',
          pricing: { model: 'flat', unitMicros: unitMicros ?? 10_000_000 },
        },
      },
    };
  };
  const name = lineOf('contact-center').description;
  const unit = lineOf('contact-center').unit;

  it('a product that is gone, and one that is new', () => {
    const line = priced(10_000_000, 3, 3000);
    expect(told([], [line])).toEqual([['quantity', 'contact-center', -3000, `${name}: 3 ${unit}s before, none now.`]]);
    expect(told([line], [])).toEqual([['quantity', 'contact-center', 3000, `${name}: 3 ${unit}s, new.`]]);
  });

  it('a price of tiers, which has no single figure', () => {
    expect(told([priced(undefined, 3, 3000)], [priced(undefined, 3, 2700)])).toEqual([
      ['price', 'contact-center', 300, `${name}: another price, on the 3 ${unit}s of the last invoice.`],
    ]);
    expect(told([priced(10_000_000, 3, 3000)], [priced(undefined, 3, 2700)])[0]?.[3]).toContain('another price');
    expect(told([priced(undefined, 3, 3000)], [priced(9_000_000, 3, 2700)])[0]?.[3]).toContain('another price');
  });

  it('three periods at once at a new price, and one unit less', () => {
    // 4 at the new price of 11.00 for three periods are 132.00, 12.00 more; one less is 33.00 less.
    expect(told([priced(11_000_000, 3, 9900, 3)], [priced(10_000_000, 4, 12_000, 3)])).toEqual([
      ['quantity', 'contact-center', -3300, `${name}: 3 instead of 4 ${unit}s.`],
      [
        'price',
        'contact-center',
        1200,
        `${name}: USD 11.00 instead of USD 10.00 per ${unit}, on the 4 ${unit}s of the last invoice.`,
      ],
    ]);
  });

  it('several periods of one product on one invoice are compared as a whole', () => {
    const two = [priced(10_000_000, 1, 1000), priced(10_000_000, 1, 1000)];
    expect(told(two, [priced(10_000_000, 1, 1000)])).toEqual([
      ['periods', 'contact-center', 1000, `${name}: USD 20.00 instead of USD 10.00.`],
    ]);
    expect(told([priced(10_000_000, 1, 1000)], two)).toEqual([
      ['periods', 'contact-center', -1000, `${name}: USD 10.00 instead of USD 20.00.`],
    ]);
  });

  it('calls by the minute, in the plan and beyond it', () => {
    const [plan, over] = [lineOf('included-minutes'), lineOf('outbound-overage')];
    const half = {
      ...plan,
      explanation: {
        kind: 'allowance' as const,
        usage: 'domestic' as const,
        month: '2026-10',
        late: false,
        allowance: { unit: 'seconds' as const, included: 120_000, before: 600, after: 60_000 },
      },
    };
    expect(told([plan, over], [half])).toEqual([
      ['usage', 'domestic', 432, 'Domestic calls and calls between extensions: 2,216 minutes instead of 990 minutes.'],
    ]);
  });

  it('R112: a fee that is new, gone, or another than it was', () => {
    const fee = lineOf('state-local-fees');
    const more = { ...fee, amount: fee.amount + 100 };
    const words = (after: number, before: number) =>
      `${fee.description}: USD ${(after / 100).toFixed(2)} instead of USD ${(before / 100).toFixed(2)}.`;
    expect(told([fee], [])).toEqual([['fee', 'state-local-fees', fee.amount, words(fee.amount, 0)]]);
    expect(told([], [fee])).toEqual([['fee', 'state-local-fees', -fee.amount, words(0, fee.amount)]]);
    expect(told([more], [fee])).toEqual([['fee', 'state-local-fees', 100, words(more.amount, fee.amount)]]);
  });

  it('R157: what was bought once is new on one invoice and gone on the next', () => {
    const bought = lineOf('purchases');
    expect(told([bought], [])).toEqual([['purchase', 'new', 17_997, 'Purchases of this invoice.']]);
    expect(told([], [bought])).toEqual([
      ['purchase', 'gone', -17_997, 'Purchases of the last invoice that do not recur.'],
    ]);
  });
});

it('the parts add up to the difference, whatever the two invoices are', () => {
  const histories = fc.array(fc.tuple(fc.integer({ min: 0, max: 330 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 6,
  });
  const dayOf = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
  const prices = fc.integer({ min: 1, max: 9999 });
  fc.assert(
    fc.property(histories, histories, prices, prices, fc.boolean(), (was, is, oldPrice, newPrice, missed) => {
      const compose = (changes: typeof was, price: number): Compared | undefined => {
        const history = changes.map(([day, delta], index): [number, string, number] => [index + 1, dayOf(day), delta]);
        const billedThrough = { date: '2026-09-01', month: missed ? '2026-09' : '2026-10', change: 2 };
        const of = account('CA-QC', 'CAD', { billedThrough });
        const catalog = [product('phone', price, 'CAD'), product('number', 3 * price, 'CAD')];
        const bill = input(of, [subscription('phone', ...history), subscription('number', history[0]!)]);
        const decision = composeInvoice(bill, seller('CA', 'CAD'), catalog, '2026-11-01', '2026-11-01');
        return decision.outcome === 'invoice' ? decision.draft : undefined;
      };
      const [last, invoice] = [compose(was, oldPrice), compose(is, newPrice)];
      if (invoice === undefined) return;
      const change = billChange(invoice, last);
      expect(added(change)).toBe(invoice.total - (last?.total ?? 0));
      expect(change.parts.every(({ amount, words }) => amount !== 0 && words !== '')).toBe(true);
    }),
  );
});
