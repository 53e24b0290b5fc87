import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf, suspenseEntry } from '../../../shared/domain/books/processor-entries.ts';
import type { ProcessorTransaction } from '../../../shared/domain/books/processor-transaction.ts';
import {
  canBeLookedAt,
  type Difference,
  needsPerson,
  ofEntry,
  ofTransaction,
  type Reconciled,
  type ReconciledItem,
  reconcile,
} from '../../../shared/domain/books/reconcile.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { movedOn } from '../../../shared/domain/ledger.ts';

const DAY = '2026-12-10';
const BEFORE = '2026-12-09';
const invoice = { sellerId: 'northwind-ie', accountId: 'acme', invoiceId: '2026-12#cycle' };

let made = 0;
const moved = (
  payment: string,
  amount: number,
  of: Partial<ProcessorTransaction> & { on?: string } = {},
): ReconciledItem => {
  const { on = DAY, ...rest } = of;
  made++;
  const transaction: ProcessorTransaction = {
    transactionId: `txn_${made}`,
    kind: amount > 0 ? 'charge' : 'dispute',
    at: `${on}T10:00:00.000Z`,
    amount,
    fee: 0,
    currency: 'EUR',
    chargeId: payment,
    intentId: `pi_${payment}`,
    invoice,
    ...rest,
  };
  return ofTransaction(transaction, on);
};
const booked = (payment: string, amount: number, on = DAY, currency = 'EUR'): ReconciledItem =>
  ofEntry({ entryId: `entry-${++made}`, accountId: 'acme', date: on, amount, currency, reference: payment });

interface Case {
  readonly opening?: readonly ReconciledItem[];
  readonly items?: readonly ReconciledItem[];
  readonly later?: readonly ReconciledItem[];
  readonly accepted?: readonly string[];
}
const day = ({ opening = [], items = [], later = [], accepted = [] }: Case, date = DAY): Reconciled =>
  reconcile({ date, opening, items, later, accepted: new Set(accepted) });
/** How many items of each kind; of differences their status and amount. */
const summary = ({ matched, timed, netted, open }: Reconciled) => ({
  ...(matched.length > 0 && { matched: matched.length }),
  ...(timed.length > 0 && { timed: timed.length }),
  ...(netted.length > 0 && { netted: netted.length }),
  ...(open.length > 0 && { open: open.map(({ status, amount }) => [status, amount]) }),
});

describe('a day is reconciled', () => {
  it.each<[string, Case, object]>([
    ['nothing moved', {}, {}],
    ['a payment that both know', { items: [moved('a', 100), booked('a', 100)] }, { matched: 2 }],
    ['the processor took money that no book knows', { items: [moved('a', 100)] }, { open: [['missing', 100]] }],
    [
      'a debit came back and no book knows, though the payment is booked',
      { items: [moved('a', 100), booked('a', 100), moved('a', -100)] },
      { matched: 2, open: [['missing', -100]] },
    ],
    [
      'of two equal bookings, the one of the same day is the counterpart',
      { opening: [booked('a', 100, BEFORE)], items: [moved('a', 100), booked('a', 100)] },
      { matched: 2, open: [['extra', 100]] },
    ],
    [
      'of two equal bookings on other days, one is',
      { opening: [booked('a', 100, '2026-12-08'), moved('a', 100, { on: BEFORE })], items: [] },
      { timed: 2 },
    ],
    [
      'on the next day the books have another amount of it, and the processor another movement',
      { items: [moved('a', 100)], later: [booked('a', 99, '2026-12-11'), moved('a', 100, { on: '2026-12-11' })] },
      { open: [['missing', 100]] },
    ],
    ['we booked what the processor does not know', { items: [booked('a', 100)] }, { open: [['extra', 100]] }],
    [
      'the amounts differ by a cent',
      { items: [moved('a', 100), booked('a', 99)] },
      {
        open: [
          ['differs', 100],
          ['differs', 99],
        ],
      },
    ],
    [
      'the currencies differ',
      { items: [moved('a', 100), booked('a', 100, DAY, 'USD')] },
      {
        open: [
          ['missing', 100],
          ['extra', 100],
        ],
      },
    ],
    [
      'charged before midnight and booked after it',
      { items: [moved('a', 100)], later: [booked('a', 100, '2026-12-11')] },
      { open: [['timing', 100]] },
    ],
    [
      'booked today what the processor did yesterday',
      { opening: [moved('a', 100, { on: BEFORE })], items: [booked('a', 100)] },
      { timed: 2 },
    ],
    [
      'a bank debit on the balance that has not settled',
      { items: [moved('a', 100, { pending: true })] },
      { open: [['under-way', 100]] },
    ],
    [
      'a bank debit that failed before it settled',
      {
        opening: [moved('a', 100, { pending: true, on: BEFORE })],
        items: [moved('a', -100, { kind: 'charge-failure' })],
      },
      { netted: 2 },
    ],
    [
      'a bank debit that is under way for more than fifteen days',
      { opening: [moved('a', 100, { pending: true, on: '2026-11-24' })] },
      { open: [['missing', 100]] },
    ],
    [
      'a dispute of a card that is not decided, for four months',
      {
        opening: [
          moved('a', -100, { pending: true, on: '2026-08-12' }),
          moved('b', -7, { pending: true, on: '2026-08-11' }),
        ],
      },
      {
        open: [
          ['missing', -7],
          ['under-way', -100],
        ],
      },
    ],
    [
      'two refunds that were booked as one',
      { items: [moved('a', -60, { kind: 'refund' }), moved('a', -40, { kind: 'refund' }), booked('a', -100)] },
      { timed: 3 },
    ],
    [
      'two equal payments and one booking',
      { items: [moved('a', 100), moved('b', 100), booked('b', 100)] },
      { matched: 2, open: [['missing', 100]] },
    ],
    [
      'of what is alike, what is open longest comes first',
      {
        opening: [
          moved('b', 2, { on: '2026-12-05' }),
          moved('c', 3, { on: '2026-12-09' }),
          moved('a', 1, { on: '2026-12-04' }),
        ],
        items: [moved('d', 4)],
      },
      {
        open: [
          ['missing', 1],
          ['missing', 2],
          ['missing', 3],
          ['missing', 4],
        ],
      },
    ],
    [
      'the worst comes first',
      { items: [moved('u', 5, { pending: true }), booked('e', 3), moved('d', 1), booked('d', 2), moved('m', 4)] },
      {
        open: [
          ['missing', 4],
          ['differs', 1],
          ['differs', 2],
          ['extra', 3],
          ['under-way', 5],
        ],
      },
    ],
  ])('%s', (_what, of, expected) => expect(summary(day(of))).toEqual(expected));

  it('what finance has accepted is not asked about again', () => {
    const unknown = moved('a', 100, { on: BEFORE });
    const result = day({ opening: [unknown], accepted: [unknown.itemId] });
    expect(result).toMatchObject({ open: [], accepted: [{ itemId: unknown.itemId }] });
  });
});

describe('what is to be done about a difference', () => {
  const found = (of: ReconciledItem, later: readonly ReconciledItem[] = []): Difference =>
    day({ [of.date < DAY ? 'opening' : 'items']: [of], later }).open[0]!;
  it.each<[string, Difference, { look: boolean; person: boolean }]>([
    ['a payment of our invoice, just found', found(moved('a', 100)), { look: true, person: false }],
    ['the same a day later', found(moved('a', 100, { on: BEFORE })), { look: true, person: true }],
    [
      'a payment whose amount is another in the books',
      { ...found(moved('a', 100)), status: 'differs' },
      { look: true, person: false },
    ],
    [
      'the same a day later',
      { ...found(moved('a', 100, { on: BEFORE })), status: 'differs' },
      { look: true, person: true },
    ],
    ['a payment that names no invoice', found(moved('a', 100, { invoice: undefined! })), { look: false, person: true }],
    [
      'an adjustment of the processor’s',
      found(moved('a', -9, { kind: 'other', intentId: undefined! })),
      { look: false, person: true },
    ],
    ['booked only, just found', found(booked('a', 100)), { look: false, person: false }],
    ['booked only, since yesterday', found(booked('a', 100, BEFORE)), { look: false, person: true }],
    ['a debit under way', found(moved('a', 100, { pending: true })), { look: false, person: false }],
    ['an undecided dispute', found(moved('a', -100, { pending: true })), { look: true, person: false }],
    [
      'booked on the next day',
      found(moved('a', 100), [booked('a', 100, '2026-12-11')]),
      { look: false, person: false },
    ],
  ])('%s', (_what, difference, { look, person }) => {
    expect([canBeLookedAt(difference), needsPerson(difference, DAY)]).toEqual([look, person]);
  });
});

it('an item of the books is known by account and entry, in words that are safe in a path', () => {
  const entry = { entryId: 'payment#2026-12#cycle#001', accountId: 'acme', date: DAY, amount: 5, currency: 'EUR' };
  expect(ofEntry(entry)).toMatchObject({
    itemId: 'acme~payment~2026-12~cycle~001',
    payment: 'payment#2026-12#cycle#001',
  });
  expect(ofEntry({ ...entry, reference: 'ch_1' })).toMatchObject({ payment: 'ch_1', side: 'books' });
});

describe('what the processor did by itself is booked in the seller’s books', () => {
  const place = { sellerId: 'northwind-ie', date: DAY, recordedAt: `${DAY}T03:00:00.000Z` };
  const converted = { amount: 1200, fee: 50, currency: 'EUR', held: { amount: 1050, currency: 'GBP' } };
  const transaction = (of: Partial<ProcessorTransaction>): ProcessorTransaction => ({
    ...{ transactionId: 'txn_1', kind: 'charge', at: `${DAY}T10:00:00.000Z`, amount: 1000, fee: 40, currency: 'EUR' },
    ...of,
  });
  it.each<[string, Partial<ProcessorTransaction>, object[]]>([
    [
      'the fee of a payment',
      {},
      [
        {
          'fee#txn_1': [
            ['fees', 40],
            ['processor-clearing', -40],
          ],
        },
      ],
    ],
    [
      'what was converted, and the fee in the other currency',
      converted,
      [
        {
          'fee#txn_1': [
            ['fees', 50],
            ['processor-clearing', -50],
          ],
        },
        {
          'conversion-from#txn_1': [
            ['exchange', 1200],
            ['processor-clearing', -1200],
          ],
        },
        {
          'conversion-to#txn_1': [
            ['exchange', -1050],
            ['processor-clearing', 1050],
          ],
        },
      ],
    ],
    ['a payment without a fee', { fee: 0 }, []],
    [
      'a fee that is given back',
      { fee: -40 },
      [
        {
          'fee#txn_1': [
            ['fees', -40],
            ['processor-clearing', 40],
          ],
        },
      ],
    ],
    [
      'a monthly fee',
      { kind: 'fee', amount: -900, fee: 0 },
      [
        {
          'fee#txn_1': [
            ['fees', 900],
            ['processor-clearing', -900],
          ],
        },
      ],
    ],
    [
      'a payout',
      { kind: 'payout', amount: -500, fee: 0 },
      [
        {
          'payout#txn_1': [
            ['cash', 500],
            ['processor-clearing', -500],
          ],
        },
      ],
    ],
    [
      'a payout that failed',
      { kind: 'payout', amount: 500, fee: 0 },
      [
        {
          'payout#txn_1': [
            ['cash', -500],
            ['processor-clearing', 500],
          ],
        },
      ],
    ],
    ['a currency without books', { currency: 'KRW', kind: 'other' }, []],
    [
      'what came in such a currency, converted, and the fee',
      { ...converted, currency: 'KRW' },
      [
        {
          'fee#txn_1': [
            ['fees', 50],
            ['processor-clearing', -50],
          ],
        },
        {
          'conversion-to#txn_1': [
            ['exchange', -1050],
            ['processor-clearing', 1050],
          ],
        },
      ],
    ],
  ])('%s', (_what, of, expected) => {
    const entries = entriesOf(transaction(of), place).map(({ entryId, postings }) => ({
      [entryId]: postings.map(({ account, amount }) => [account, amount]),
    }));
    expect(entries).toEqual(expected);
  });

  it('of that day, in the currency that moved, and by the processor’s own id', () => {
    const entries = entriesOf(transaction({ ...converted, fee: 0 }), place);
    expect(entries).toMatchObject(['EUR', 'GBP'].map((currency) => ({ ...place, currency, reference: 'txn_1' })));
  });

  it('a difference that finance accepts goes to suspense, on whichever side it is', () => {
    const decided = { by: 'finn', now: `${DAY}T10:00:00.000Z`, today: DAY };
    const known = suspenseEntry(moved('a', 100), 'northwind-ie', 'a test charge', decided);
    const ours = suspenseEntry(booked('a', 100), 'northwind-ie', 'entered twice', decided);
    expect(movedOn(known!, 'processor-clearing')).toBe(100);
    expect(movedOn(ours!, 'processor-clearing')).toBe(-100);
    expect(known).toMatchObject({ by: 'finn', reason: 'a test charge', reference: 'a', date: DAY, currency: 'EUR' });
    expect(known!.entryId).toMatch(/^suspense#txn_\d+$/);
    for (const entry of [known!, ours!])
      expect(movedOn(entry, 'suspense') + movedOn(entry, 'processor-clearing')).toBe(0);
  });

  it('a difference in a currency without books is accepted without an entry', () => {
    const decided = { by: 'finn', now: `${DAY}T10:00:00.000Z`, today: DAY };
    expect(suspenseEntry(moved('a', 100, { currency: 'KRW' }), 'northwind-ie', 'x', decided)).toBeUndefined();
  });
});

describe('over any days', () => {
  const DAYS = 4;
  const fact = fc.record({
    payment: fc.constantFrom('a', 'b', 'c'),
    amount: fc.constantFrom(-100, -60, -40, 40, 60, 100),
    day: fc.nat(DAYS - 1),
    side: fc.constantFrom('processor', 'books'),
    pending: fc.boolean(),
  });

  it('both sides are explained to the cent, and every item once', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 25 }), fc.array(fc.nat(40), { maxLength: 4 }), (facts, picks) => {
        const dates = Array.from({ length: DAYS }, (_, index) => addDays(DAY, index));
        const all = facts.map(({ payment, amount, day: on, side, pending }) =>
          side === 'books'
            ? booked(payment, amount, dates[on])
            : moved(payment, amount, { on: dates[on]!, ...(pending && { pending: true }) }),
        );
        const accepted = new Set(picks.flatMap((pick) => all[pick]?.itemId ?? []));
        let opening: readonly ReconciledItem[] = [];
        const explained: string[] = [];
        for (const date of dates) {
          const items = all.filter((item) => item.date === date);
          const later = all.filter((item) => item.date > date);
          const result = reconcile({ date, opening, items, later, accepted });
          expect(net(opening) + net(items) - net(result.accepted)).toBe(net(result.open));
          expect(net([...result.matched, ...result.timed, ...result.netted])).toBe(0);
          explained.push(
            ...[...result.matched, ...result.timed, ...result.netted, ...result.accepted].map(({ itemId }) => itemId),
          );
          opening = result.open;
        }
        expect([...explained, ...opening.map(({ itemId }) => itemId)].toSorted()).toEqual(
          all.map(({ itemId }) => itemId).toSorted(),
        );
      }),
    );
  });
});

/** What the processor says came in, less what the books say. */
const net = (items: readonly ReconciledItem[]): number =>
  items.reduce((total, { side, amount }) => total + (side === 'processor' ? amount : -amount), 0);
