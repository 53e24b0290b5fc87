import { describe, expect, it } from 'vitest';
import type { Credit } from '../../../shared/domain/books/credit.ts';
import { movementsOf } from '../../../shared/domain/books/movements.ts';
import { type ReceiptRecords, receiptIdOf, receiptsOf } from '../../../shared/domain/books/receipt.ts';
import { type JournalEntry, type Posting, postings } from '../../../shared/domain/ledger.ts';
import type { PaymentAttempt } from '../../../shared/domain/receivable.ts';
import { method } from '../../support/collection.ts';

/** Evening in UTC: in Sydney it is the 6th. */
const EVENING = '2026-12-05T20:00:00.000Z';
const entry = (entryId: string, moved: Posting[], more: Partial<JournalEntry> = {}): JournalEntry => ({
  ...{ entryId, accountId: 'acme', sellerId: 'northwind-au', date: '2026-12-06', recordedAt: EVENING, currency: 'AUD' },
  postings: moved,
  ...more,
});
const ORDER = '2026-12-03#purchase-PO-7';
const receivables = [
  { invoiceId: '2026-12#cycle', number: 'NTAU-202612A-000001', invoiceDate: '2026-12-01' },
  { invoiceId: ORDER, number: 'NTAU-202612A-000002', invoiceDate: '2026-12-03' },
];
const attempt = (number: number, invoiceId = ORDER, more: Partial<PaymentAttempt> = {}) => ({
  ...{ invoiceId, attempt: number, method: method('card') },
  ...more,
});
const credit = (of: Partial<Credit>): Credit => ({
  ...{ sellerId: 'northwind-au', accountId: 'acme', creditId: 'c', currency: 'AUD', amount: 9_00, remaining: 0 },
  ...{ uses: [], bookedAt: EVENING, by: 'finn', version: 1 },
  source: { kind: 'wire', reference: 'W-1', valueDate: '2026-12-05' },
  ...of,
});
const receiptsFrom = (journal: JournalEntry[], records: Partial<ReceiptRecords>) => {
  const credits = records.credits ?? [];
  const zone = { timeZone: 'Australia/Sydney' };
  return receiptsOf(movementsOf(journal, credits), { receivables, attempts: [], credits, ...zone, ...records });
};
const charged = (number: string, amount: number, excess = 0, invoiceId = ORDER) =>
  entry(
    `payment#${invoiceId}#${number}`,
    postings(['processor-clearing', amount], ['receivable', excess - amount], ['customer-credit', -excess]),
  );

describe('the receipt of a charge', () => {
  it('says the attempt that was charged, of the invoice that it was charged for', () => {
    const attempts = [attempt(12, '2026-12#cycle'), attempt(1), attempt(12)];
    const [receipt] = receiptsFrom([charged('012', 50_00)], { attempts });
    expect(receipt).toEqual({
      ...{ receiptId: 'payment-2026-12-03-purchase-PO-7-012', number: 'NTAU-202612A-000002-P12', currency: 'AUD' },
      ...{ date: '2026-12-06', recordedAt: EVENING, balanceAfter: -50_00, amount: 50_00, kept: 0 },
      instrument: { kind: 'card', brand: 'visa', last4: '4242' },
      settled: [{ ...receivables[1], amount: 50_00, on: '2026-12-06' }],
    });
  });

  it('keeps what was taken beyond what was due, and says on which day of the seller’s it was used', () => {
    const source = { kind: 'overcollected', invoiceId: ORDER, attempt: 2 } as const;
    const uses = [{ invoiceId: '2026-12#cycle', amount: 3_00, at: EVENING }];
    const others: Credit['source'][] = [
      { ...source, attempt: 1 },
      { ...source, invoiceId: '2026-12#cycle' },
    ];
    const [receipt] = receiptsFrom([charged('002', 50_00, 7_00)], {
      attempts: [attempt(2)],
      credits: [
        ...others.map((of, index) =>
          credit({ creditId: `other-${index}`, source: of, uses: [{ ...uses[0]!, amount: 1 }] }),
        ),
        credit({ source, amount: 7_00, remaining: 4_00, uses }),
      ],
    });
    expect(receipt).toMatchObject({ amount: 50_00, kept: 4_00 });
    expect(receipt!.settled.map(({ number, amount, on }) => [number, amount, on])).toEqual([
      ['NTAU-202612A-000002', 43_00, '2026-12-06'],
      ['NTAU-202612A-000001', 3_00, '2026-12-06'],
    ]);
  });

  it('that came back says on which day of the seller’s', () => {
    const back = { returned: { at: '2026-12-31T13:00:00.000Z', code: 'R01', amount: 50_00, hard: true } };
    const [receipt] = receiptsFrom([charged('001', 50_00)], { attempts: [attempt(1, ORDER, back)] });
    expect(receipt!.returned).toEqual({ on: '2027-01-01', amount: 50_00 });
  });

  it('is none where no attempt is on record, and the balance after the next one is right all the same', () => {
    const journal = [charged('001', 50_00), charged('002', 20_00)];
    const receipts = receiptsFrom(journal, { attempts: [attempt(2)] });
    expect(receipts.map(({ number, balanceAfter }) => [number, balanceAfter])).toEqual([
      ['NTAU-202612A-000002-P2', -70_00],
    ]);
  });
});

describe('the receipt of a wire or cheque', () => {
  const booked = (creditId: string) =>
    entry(`credit#${creditId}`, postings(['cash', 9_00], ['customer-credit', -9_00]));
  it.each([
    ['the day the money was there and the id it was booked under', 'payment-814', '20261205-814'],
    ['of a long id so much as one can read out', 'payment-0123456789abcdef', '20261205-0123456789ab'],
    ['an id that is a name', 'cheque-payment-7', '20261205-cheque-payme'],
  ])('is numbered by %s', (_what, creditId, number) => {
    const [receipt] = receiptsFrom([booked(creditId)], {
      credits: [credit({ creditId: 'other' }), credit({ creditId })],
    });
    expect(receipt).toMatchObject({ number, kept: 9_00, settled: [], instrument: { kind: 'wire' }, reference: 'W-1' });
    expect(receipt).not.toHaveProperty('returned');
  });

  it('says when it was taken back, and that nothing is kept of it then, whatever else was', () => {
    const more = { recordedAt: '2026-12-09T00:00:00.000Z', date: '2026-12-09' };
    const undone = (of: string, date: string) =>
      entry(`reversal#credit#${of}`, postings(['cash', -9_00], ['customer-credit', 9_00]), {
        ...more,
        date,
        reverses: `credit#${of}`,
      });
    const journal = [
      booked('payment-1'),
      booked('payment-2'),
      undone('payment-2', '2026-12-10'),
      undone('payment-1', '2026-12-11'),
    ];
    const cheque = { kind: 'cheque', reference: 'C', valueDate: '2026-12-05' } as const;
    const credits = [
      credit({ creditId: 'payment-1', source: cheque }),
      credit({ creditId: 'payment-2', source: cheque }),
    ];
    const receipts = receiptsFrom(journal, { credits });
    expect(receipts.map(({ returned, kept }) => [returned, kept])).toEqual([
      [{ on: '2026-12-11', amount: 9_00 }, 0],
      [{ on: '2026-12-10', amount: 9_00 }, 0],
    ]);
  });

  it('is none for a credit note or what a charge took too much: those are no payments of their own', () => {
    const source = { kind: 'credit-note', creditNoteId: 'n', invoiceId: ORDER } as const;
    expect(receiptsFrom([booked('c')], { credits: [credit({ source })] })).toEqual([]);
    expect(receiptsFrom([entry(`invoice#${ORDER}`, postings(['receivable', 5], ['revenue', -5]))], {})).toEqual([]);
  });
});

it('the receipt of used credit is numbered by the state of the invoice that it paid', () => {
  const used = entry(`credit-use#${ORDER}#14`, postings(['customer-credit', 5_00], ['receivable', -5_00]));
  expect(receiptsFrom([used], {})).toMatchObject([
    { receiptId: 'credit-use-2026-12-03-purchase-PO-7-14', number: 'NTAU-202612A-000002-C14', amount: 5_00, kept: 0 },
  ]);
});

it('the id of a receipt is safe in a URL', () =>
  expect(receiptIdOf('payment#2026-12#cycle#001')).toBe('payment-2026-12-cycle-001'));
