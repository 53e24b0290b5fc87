import { describe, expect, it } from 'vitest';
import { ownerOf, type ProcessorTransaction } from '../../../shared/domain/books/processor-transaction.ts';
import { ofEntry, ofTransaction, type ReconciledItem, reconcile } from '../../../shared/domain/books/reconcile.ts';
import { reportOf } from '../../../shared/domain/books/reconciliation.ts';

const DAY = '2026-12-10';
const of = { sellerId: 'northwind-ie', at: `${DAY}T03:00:00.000Z` };

const transaction = (
  chargeId: string,
  amount: number,
  more: Partial<ProcessorTransaction> = {},
): ProcessorTransaction => ({
  ...{ transactionId: `txn_${chargeId}${amount}`, kind: 'charge', at: `${DAY}T10:00:00.000Z`, fee: 0, currency: 'EUR' },
  ...{ chargeId, amount },
  ...more,
});
const booked = (reference: string, amount: number, currency = 'EUR'): ReconciledItem =>
  ofEntry({ entryId: `payment#${reference}#001`, accountId: 'acme', date: DAY, amount, currency, reference });

interface Case {
  readonly opening?: readonly ReconciledItem[];
  readonly transactions?: readonly ProcessorTransaction[];
  readonly books?: readonly ReconciledItem[];
  readonly accepted?: readonly string[];
}
function report({ opening = [], transactions = [], books = [], accepted = [] }: Case) {
  const compared = transactions.filter(({ kind }) => kind !== 'fee' && kind !== 'payout');
  const items = [...compared.map((each) => ofTransaction(each, DAY)), ...books];
  const day = { date: DAY, opening, items, later: [], accepted: new Set(accepted) };
  return reportOf(of, day, reconcile(day), transactions);
}
const NOTHING = { opening: 0, charged: 0, returned: 0, booked: 0, accepted: 0, closing: 0, fees: 0, paidOut: 0 };

describe('the totals of a reconciled day: opening + charged + returned − booked − accepted = closing', () => {
  const old = ofTransaction(transaction('old', 70), '2026-12-09');
  const ours = booked('ours', 30);
  it.each<[string, Case, object[]]>([
    ['nothing happened', {}, []],
    [
      'a payment that both know',
      { transactions: [transaction('a', 100)], books: [booked('a', 100)] },
      [{ charged: 100, booked: 100 }],
    ],
    [
      'one that no book knows is left open',
      { transactions: [transaction('a', 100)] },
      [{ charged: 100, closing: 100 }],
    ],
    ['one that only we know, too, on the other side', { books: [booked('a', 100)] }, [{ booked: 100, closing: -100 }]],
    [
      'a refund is returned, and no charge',
      {
        transactions: [transaction('a', 100), transaction('a', -40, { kind: 'refund' })],
        books: [booked('a', 100), booked('a', -40)],
      },
      [{ charged: 100, returned: -40, booked: 60 }],
    ],
    [
      'what the day before left is found',
      { opening: [old], books: [booked('old', 70)] },
      [{ opening: 70, booked: 70 }],
    ],
    ['what it left is accepted', { opening: [old], accepted: [old.itemId] }, [{ opening: 70, accepted: 70 }]],
    ['what only we know is accepted', { opening: [ours], accepted: [ours.itemId] }, [{ opening: -30, accepted: -30 }]],
    [
      'fees, a monthly one among them, and a payout move no customer’s money',
      {
        transactions: [
          transaction('a', 100, { fee: 3 }),
          transaction('f', -900, { kind: 'fee' }),
          transaction('p', -500, { kind: 'payout', fee: 25 }),
        ],
        books: [booked('a', 100)],
      },
      [{ charged: 100, booked: 100, fees: 928, paidOut: 500 }],
    ],
    [
      'a payout that failed came back',
      { transactions: [transaction('p', 500, { kind: 'payout' })] },
      [{ paidOut: -500 }],
    ],
  ])('%s', (_what, day, expected) => {
    expect(report(day).totals).toEqual(expected.map((total) => ({ currency: 'EUR', ...NOTHING, ...total })));
  });

  it('of each currency alone, a fee in the currency that is held', () => {
    const dollars = transaction('d', 500, { currency: 'USD', fee: 15, held: { amount: 450, currency: 'EUR' } });
    const pounds = transaction('g', -80, { currency: 'GBP', kind: 'payout' });
    const { totals } = report({
      transactions: [dollars, pounds, transaction('a', 100)],
      books: [booked('d', 500, 'USD')],
    });
    expect(totals).toEqual([
      { currency: 'EUR', ...NOTHING, charged: 100, closing: 100, fees: 15 },
      { currency: 'GBP', ...NOTHING, paidOut: 80 },
      { currency: 'USD', ...NOTHING, charged: 500, booked: 500 },
    ]);
  });

  it('refused when they do not add up, which is a defect of ours', () => {
    const day = {
      date: DAY,
      opening: [],
      items: [ofTransaction(transaction('a', 100), DAY)],
      later: [],
      accepted: new Set<string>(),
    };
    expect(() => reportOf(of, day, { ...reconcile(day), open: [] }, [])).toThrow(
      expect.objectContaining({
        code: 'unbalanced_entry',
        message: expect.stringContaining('reconciliation EUR: 100 is not 0'),
      }),
    );
  });
});

it('a report says how each item was explained, and keeps all but those that have a counterpart of their own day', () => {
  const before = (chargeId: string, amount: number) => ofTransaction(transaction(chargeId, amount), '2026-12-09');
  const [late, failed, strange] = [before('late', 10), before('failed', 20), before('strange', 30)];
  const { explained, differences, notes, open, ...rest } = report({
    opening: [late, failed, strange],
    transactions: [
      transaction('a', 100),
      transaction('failed', -20, { kind: 'charge-failure' }),
      transaction('new', 5),
    ],
    books: [booked('a', 100), booked('late', 10), booked('b', 7)],
    accepted: [strange.itemId],
  });
  expect(explained).toEqual({ matched: 2, timed: 2, netted: 2, accepted: 1 });
  expect(differences).toEqual({ missing: 1, differs: 0, extra: 1, timing: 0, 'under-way': 0 });
  expect(open.map(({ payment, status }) => [payment, status])).toEqual([
    ['new', 'missing'],
    ['b', 'extra'],
  ]);
  expect(notes.map(({ payment, explanation }) => `${payment} ${explanation}`)).toEqual([
    ...['late timed', 'late timed', 'failed netted', 'failed netted', 'strange accepted'],
  ]);
  expect(rest).toMatchObject({ ...of, date: DAY });
});

describe('in whose books a movement at the processor belongs', () => {
  const sellers = [
    { sellerId: 'ie', currency: 'EUR' },
    { sellerId: 'de', currency: 'EUR' },
    { sellerId: 'uk', currency: 'GBP' },
  ];
  const invoice = (sellerId: string) => ({ sellerId, accountId: 'acme', invoiceId: '2026-12#cycle' });
  it.each([
    ['the seller’s whose invoice it is, whatever its currency', { invoice: invoice('de'), currency: 'GBP' }, 'de'],
    ['nobody’s here, where the invoice is of another stage', { invoice: invoice('other'), currency: 'EUR' }, undefined],
    ['without an invoice, the first’s who bills in its currency', { currency: 'EUR' }, 'ie'],
    ['without an invoice, his who alone bills in it', { currency: 'GBP' }, 'uk'],
    ['in a currency of nobody, the first’s', { currency: 'KRW' }, 'ie'],
  ])('%s', (_what, movement, owner) => expect(ownerOf(movement, sellers)).toBe(owner));

  it('nobody’s where there is no seller', () => expect(ownerOf({ currency: 'EUR' }, [])).toBeUndefined());
});
