import { describe, expect, it } from 'vitest';
import { type MovementKind, movementsOf } from '../../../shared/domain/books/movements.ts';
import type { JournalEntry, LedgerAccount } from '../../../shared/domain/ledger.ts';

const NOV = '2026-11#cycle';
const DEC = '2026-12#cycle';
const AT = '2026-12-05T10:00:00.000Z';

type Moved = Partial<Record<LedgerAccount, number>>;
const entry = (entryId: string, moved: Moved, more: Partial<JournalEntry> = {}): JournalEntry => ({
  ...{ entryId, accountId: 'acme', sellerId: 'northwind-ie', date: '2026-12-05', recordedAt: AT, currency: 'EUR' },
  postings: (Object.entries(moved) as [LedgerAccount, number][]).map(([account, amount]) => ({ account, amount })),
  ...more,
});
/** 100.00: 60.00 paid November when it was booked, 25.00 December since, 15.00 are left. */
const wire = {
  creditId: 'payment-1',
  uses: [
    { invoiceId: NOV, amount: 60_00, at: AT },
    { invoiceId: DEC, amount: 25_00, at: AT },
  ],
};

describe('an entry of the books, as the customer understands it', () => {
  it.each<[string, string, Moved, MovementKind, object]>([
    [
      'an invoice',
      `invoice#${DEC}`,
      { receivable: 50_00, revenue: -50_00 },
      'invoice',
      { amount: 50_00, parts: [[DEC, 50_00]] },
    ],
    [
      'an invoice for an order',
      'invoice#2026-12-03#purchase-PO-7',
      { receivable: 9 },
      'invoice',
      { amount: 9, parts: [['2026-12-03#purchase-PO-7', 9]] },
    ],
    [
      'a charge',
      `payment#${DEC}#001`,
      { receivable: -50_00, 'processor-clearing': 50_00 },
      'charge',
      { amount: -50_00, parts: [[DEC, -50_00]] },
    ],
    [
      'a charge that took more than was due',
      `payment#${DEC}#002`,
      { receivable: -50_00, 'customer-credit': -7_00, 'processor-clearing': 57_00 },
      'charge',
      { amount: -50_00, credit: 7_00, parts: [[DEC, -50_00]] },
    ],
    [
      'a wire: what it paid when it was booked, not what its rest has paid since',
      'credit#payment-1',
      { cash: 100_00, receivable: -60_00, 'customer-credit': -40_00 },
      'payment',
      { amount: -60_00, credit: 40_00, parts: [[NOV, -60_00]] },
    ],
    [
      'a wire for which nothing was due',
      'credit#payment-2',
      { cash: 5, 'customer-credit': -5 },
      'payment',
      { amount: 0, credit: 5, parts: [] },
    ],
    [
      'a wire taken back: all that it ever paid is due again',
      'reversal#credit#payment-1',
      { cash: -100_00, receivable: 85_00, 'customer-credit': 15_00 },
      'reversal',
      {
        amount: 85_00,
        credit: -15_00,
        parts: [
          [NOV, 60_00],
          [DEC, 25_00],
        ],
      },
    ],
    [
      'credit that pays',
      `credit-use#${DEC}#3`,
      { receivable: -25_00, 'customer-credit': 25_00 },
      'credit-use',
      { amount: -25_00, credit: -25_00, parts: [[DEC, -25_00]] },
    ],
    [
      'a debit that came back',
      `return#${DEC}#001`,
      { receivable: 50_00 },
      'return',
      { amount: 50_00, parts: [[DEC, 50_00]] },
    ],
    [
      'what is given up',
      `write-off#${DEC}#4`,
      { receivable: -1_00 },
      'write-off',
      { amount: -1_00, parts: [[DEC, -1_00]] },
    ],
    [
      'what is no longer given up',
      `write-off-reversal#${DEC}#5`,
      { receivable: 1_00 },
      'write-off-reversal',
      { amount: 1_00, parts: [[DEC, 1_00]] },
    ],
    [
      'what is contested',
      `dispute#${DEC}#d`,
      { receivable: -30_00, disputes: 30_00 },
      'dispute',
      { amount: -30_00, contested: 30_00, parts: [[DEC, -30_00]] },
    ],
    ['what is contested after it was paid', `dispute#${DEC}#d`, {}, 'dispute', { amount: 0, parts: [] }],
    [
      'a dispute that is rejected',
      `dispute-rejected#${DEC}#d`,
      { receivable: 30_00, disputes: -30_00 },
      'dispute-ended',
      { amount: 30_00, contested: -30_00, parts: [[DEC, 30_00]] },
    ],
    [
      'one that is withdrawn',
      `dispute-withdrawn#${DEC}#d`,
      { receivable: 30_00, disputes: -30_00 },
      'dispute-ended',
      { amount: 30_00, contested: -30_00, parts: [[DEC, 30_00]] },
    ],
    [
      'a credit note on what was due, contested and paid',
      `credit-note#${DEC}#n`,
      { revenue: 60_00, receivable: -30_00, disputes: -20_00, 'customer-credit': -10_00 },
      'credit-note',
      { amount: -30_00, credit: 10_00, contested: -20_00, parts: [[DEC, -30_00]] },
    ],
  ])('%s', (_what, entryId, moved, kind, expected) => {
    const [movement] = movementsOf([entry(entryId, moved)], [wire]);
    const { amount, credit, contested, parts } = movement!;
    const shown = { amount, credit, contested, parts: parts.map((part) => [part.invoiceId, part.amount]) };
    expect(movement!.kind).toBe(kind);
    expect(shown).toEqual({ credit: 0, contested: 0, ...expected });
  });

  it.each<[string, JournalEntry]>([
    ['of no known kind', entry('goodwill#1', { receivable: -1 })],
    ['of a payment that is not on record', entry('credit#payment-9', { cash: 1, receivable: -1 })],
    ['of a payment that paid less than it says', entry('credit#payment-1', { cash: 90_00, receivable: -90_00 })],
    ['that takes back less than was paid', entry('reversal#credit#payment-1', { cash: -60_00, receivable: 60_00 })],
  ])('refused, for a statement with a gap is none: one %s', (_what, of) => {
    expect(() => movementsOf([of], [wire])).toThrow(
      expect.objectContaining({ code: 'unknown_entry', message: expect.stringContaining(of.entryId) }),
    );
  });
});

describe('movements stand in the order of the books', () => {
  const at = (entryId: string, date: string, recordedAt: string) => entry(entryId, {}, { date, recordedAt });
  it.each([
    [
      'by their date, whenever they were recorded',
      at('credit#a', '2026-12-02', '2026-12-09T00:00:00.000Z'),
      at('credit#b', '2026-12-03', AT),
    ],
    [
      'within a day as they were recorded',
      at('credit#b', '2026-12-02', '2026-12-02T09:00:00.000Z'),
      at('credit#a', '2026-12-02', '2026-12-02T10:00:00.000Z'),
    ],
    [
      'an invoice before what pays it at that moment',
      at(`invoice#${DEC}`, '2026-12-02', AT),
      at('credit-use#2026-12#cycle#1', '2026-12-02', AT),
    ],
    ['what was recorded at one moment by its name', at('credit#a', '2026-12-02', AT), at('credit#b', '2026-12-02', AT)],
  ])('%s', (_how, first, second) => {
    for (const journal of [
      [first, second],
      [second, first],
    ])
      expect(movementsOf(journal, []).map(({ entry: { entryId } }) => entryId)).toEqual([
        first.entryId,
        second.entryId,
      ]);
  });
});
