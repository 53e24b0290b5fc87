import { describe, expect, it } from 'vitest';
import type { Credit } from '../../../shared/domain/books/credit.ts';
import {
  bookPayment,
  type ManualPayment,
  payFromCredit,
  reversePayment,
} from '../../../shared/domain/books/manual-payment.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { payer, receivable } from '../../support/books.ts';

const NOW = '2026-12-31T23:30:00.000Z';
/** In Dublin as in UTC it is still the old year; in Sydney it would not be. */
const decided = { by: 'finn', now: NOW, today: '2026-12-31' };
const ZONE = 'Europe/Dublin';
const PAYMENT: ManualPayment = {
  ...{ paymentId: 'payment-1', kind: 'cheque', reference: 'C-7', valueDate: '2026-12-31', currency: 'USD' },
  ...{ amount: 100_00, fingerprint: 'f' },
};
const invoice = (invoiceDate: string, due: number, more: Partial<Receivable> = {}): Receivable => {
  const number = `NTUS-${invoiceDate.slice(0, 7).replace('-', '')}A-000001`;
  return receivable({ invoiceId: `${invoiceDate}#cycle`, number, invoiceDate, total: due, due, ...more });
};
const credit = (creditId: string, remaining: number, bookedAt = NOW): Credit => ({
  ...{ sellerId: 'northwind-us', accountId: 'acme', creditId, currency: 'USD', amount: remaining, remaining, uses: [] },
  source: { kind: 'wire', reference: 'W', valueDate: '2026-12-01' },
  ...{ bookedAt, by: 'finn', version: 1 },
});
const given = (open: readonly Receivable[], payment: Partial<ManualPayment> = {}) => {
  const { uses } = bookPayment(payer, open, { ...PAYMENT, ...payment }, decided).credit;
  return uses.map(({ invoiceId, amount }) => [invoiceId.slice(0, 10), amount]);
};

describe('which invoices a payment of 100.00 pays', () => {
  const [oct, nov, dec] = [invoice('2026-10-31', 60_00), invoice('2026-11-30', 30_00), invoice('2026-12-01', 20_00)];
  const [second, first] = ['000002', '000001'].map((end) =>
    invoice('2026-12-05', 70_00, { invoiceId: `2026-12-05#purchase-${end}`, number: `NTUS-202612A-${end}` }),
  ) as [Receivable, Receivable];
  const paidOff = invoice('2026-09-30', 0);

  it.each<[string, Receivable[], Partial<ManualPayment>, unknown[]]>([
    [
      'the oldest first, in whatever order they come',
      [dec, nov, oct],
      {},
      [
        ['2026-10-31', 60_00],
        ['2026-11-30', 30_00],
        ['2026-12-01', 10_00],
      ],
    ],
    ['none that nothing is due for', [paidOff, oct], {}, [['2026-10-31', 60_00]]],
    [
      'none when all it has is used',
      [oct, nov, dec],
      { amount: 90_00 },
      [
        ['2026-10-31', 60_00],
        ['2026-11-30', 30_00],
      ],
    ],
    [
      'those that finance names, and no others',
      [oct, nov, dec],
      { invoices: [{ invoiceId: '2026-12-01#cycle' }] },
      [['2026-12-01', 20_00]],
    ],
    [
      'of a named one only so much as finance says',
      [oct, nov],
      {
        invoices: [
          { invoiceId: '2026-11-30#cycle', amount: 1 },
          { invoiceId: '2026-10-31#cycle', amount: 60_00 },
        ],
      },
      [
        ['2026-11-30', 1],
        ['2026-10-31', 60_00],
      ],
    ],
    [
      'of a named one all that is due, to the cent',
      [oct],
      { invoices: [{ invoiceId: '2026-10-31#cycle', amount: 60_00 }] },
      [['2026-10-31', 60_00]],
    ],
    [
      'nothing of a named one when the ones before took all',
      [oct, nov],
      { amount: 60_00, invoices: [{ invoiceId: '2026-10-31#cycle' }, { invoiceId: '2026-11-30#cycle' }] },
      [['2026-10-31', 60_00]],
    ],
    ['nothing of a named one that is paid', [paidOff], { invoices: [{ invoiceId: '2026-09-30#cycle' }] }, []],
  ])('%s', (_what, open, payment, expected) => expect(given(open, payment)).toEqual(expected));

  it('of one day by their number', () => {
    const { uses } = bookPayment(payer, [second, first], PAYMENT, decided).credit;
    expect(uses).toEqual([
      { invoiceId: '2026-12-05#purchase-000001', amount: 70_00, at: NOW },
      { invoiceId: '2026-12-05#purchase-000002', amount: 30_00, at: NOW },
    ]);
  });

  it('eighty at most, which is what one transaction holds: the rest is kept, and lost is nothing', () => {
    const many = Array.from({ length: 81 }, (_, index) =>
      invoice(`20${10 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`, 1_00),
    );
    const { credit: kept, adjustment, skipped } = bookPayment(payer, many, PAYMENT, decided);
    expect([kept.uses.length, kept.remaining, adjustment.receivables.length, skipped.length]).toEqual([
      80, 20_00, 80, 0,
    ]);
  });

  it('one that is being charged is said to be skipped only where the payment had something left for it', () => {
    const charging = invoice('2026-10-31', 60_00, { collection: { state: 'processing', attempts: 1 } });
    const skippedBy = (amount: number) => bookPayment(payer, [charging, nov], { ...PAYMENT, amount }, decided).skipped;
    expect(skippedBy(30_00)).toEqual([]);
    expect(skippedBy(30_01)).toEqual([charging]);
  });
});

describe('a payment of an entry of a bank statement', () => {
  it('claims the entry, and gives it free when it is taken back', () => {
    const booked = bookPayment(payer, [invoice('2026-12-01', 60_00)], { ...PAYMENT, bankEntryId: 'e-1' }, decided);
    expect(booked.adjustment.bankEntry).toEqual({ entryId: 'e-1', accountId: 'acme', creditId: 'payment-1' });
    expect(booked.credit.source).toMatchObject({ bankEntryId: 'e-1' });
    const undone = reversePayment(booked.credit, booked.adjustment.receivables, 'Wrong account', decided, ZONE);
    expect(undone.bankEntry).toEqual({ ...booked.adjustment.bankEntry, released: true });
  });
  it('any other claims none', () => {
    const { adjustment, credit: kept } = bookPayment(payer, [], PAYMENT, decided);
    expect([adjustment, reversePayment(kept, [], 'x', decided, ZONE)].map((of) => 'bankEntry' in of)).toEqual([
      false,
      false,
    ]);
    expect(kept.source).not.toHaveProperty('bankEntryId');
  });
});

describe('a payment that is taken back', () => {
  const used: Credit = {
    ...credit('payment-1', 15_00),
    amount: 100_00,
    uses: [
      { invoiceId: '2026-11-30#cycle', amount: 30_00, at: NOW },
      { invoiceId: '2026-12-01#cycle', amount: 50_00, at: NOW },
      { invoiceId: '2026-11-30#cycle', amount: 5_00, at: NOW },
    ],
    version: 4,
  };
  const paid = [invoice('2026-11-30', 0), invoice('2026-12-01', 7_00)];

  it('makes due what it paid of each invoice, however often it did, as if today were the due date', () => {
    const { receivables, credits, entry } = reversePayment(used, paid, 'It bounced', decided, ZONE);
    expect(receivables.map(({ due }) => due)).toEqual([35_00, 57_00]);
    expect(receivables[0]!.dunning).toMatchObject({ since: '2026-12-31', nextAt: '2027-01-01T00:00:00.000Z' });
    expect(credits).toEqual([
      { ...used, remaining: 0, version: 5, reversed: { at: NOW, by: 'finn', reason: 'It bounced' } },
    ]);
    expect(entry).toMatchObject({
      ...{ entryId: 'reversal#credit#payment-1', reverses: 'credit#payment-1', reference: 'W', date: '2026-12-31' },
      postings: [
        { account: 'cash', amount: -100_00 },
        { account: 'receivable', amount: 85_00 },
        { account: 'customer-credit', amount: 15_00 },
      ],
    });
  });

  it.each<[string, Credit['source']]>([
    ['a credit note', { kind: 'credit-note', creditNoteId: 'n', invoiceId: '2026-12-01#cycle' }],
    ['what a charge took too much', { kind: 'overcollected', invoiceId: '2026-12-01#cycle', attempt: 1 }],
  ])('is one of finance’s, never %s', (_what, source) => {
    expect(() => reversePayment({ ...used, source }, paid, 'x', decided, ZONE)).toThrow(
      expect.objectContaining({ code: 'not_a_payment', field: 'paymentId' }),
    );
  });
});

describe('an invoice that is paid from credit', () => {
  const of = invoice('2026-12-01', 25_00, { version: 3 });
  it('takes of each credit what it needs, the oldest first, and leaves the others alone', () => {
    const older = credit('b', 10_00, '2026-11-01T00:00:00.000Z');
    const used = { ...older, uses: [{ invoiceId: '2026-10-31#cycle', amount: 5_00, at: NOW }], version: 6 };
    const empty = credit('c', 0, '2026-10-01T00:00:00.000Z');
    const { credits, entry, receivables } = payFromCredit(
      of,
      [credit('z', 99_00, '2026-12-02T00:00:00.000Z'), credit('a', 20_00, '2026-12-01T00:00:00.000Z'), empty, used],
      decided,
    )!;
    expect(credits).toMatchObject([
      {
        creditId: 'b',
        remaining: 0,
        version: 7,
        uses: [...used.uses, { invoiceId: '2026-12-01#cycle', amount: 10_00, at: NOW }],
      },
      { creditId: 'a', remaining: 5_00, version: 2, uses: [{ invoiceId: '2026-12-01#cycle', amount: 15_00, at: NOW }] },
    ]);
    expect(credits).toHaveLength(2);
    expect(receivables).toMatchObject([{ due: 0, status: 'paid' }]);
    expect(entry).toMatchObject({
      entryId: 'credit-use#2026-12-01#cycle#3',
      date: '2026-12-31',
      recordedAt: NOW,
      by: 'finn',
    });
    expect(entry.postings).toEqual([
      { account: 'customer-credit', amount: 25_00 },
      { account: 'receivable', amount: -25_00 },
    ]);
  });

  it('is paid in part where the credit is less', () => {
    const { receivables } = payFromCredit(of, [credit('a', 24_99)], decided)!;
    expect(receivables).toMatchObject([{ due: 1, status: 'unpaid' }]);
  });

  it('takes of eighty at most, which is what one transaction holds', () => {
    const many = Array.from({ length: 81 }, (_, index) => credit(`c-${index}`, 10));
    const { credits, receivables } = payFromCredit(of, many, decided)!;
    expect([credits.length, receivables[0]!.due]).toEqual([80, 17_00]);
  });
});
