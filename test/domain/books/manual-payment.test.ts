import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowered, raised } from '../../../shared/domain/books/adjustment.ts';
import {
  bookPayment,
  type ManualPayment,
  payFromCredit,
  reversePayment,
} from '../../../shared/domain/books/manual-payment.ts';
import { dunningStep } from '../../../shared/domain/dunning.ts';
import { balanceOf, creditOf } from '../../../shared/domain/ledger.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { payer, receivable, refusedWith, seller } from '../../support/books.ts';

const NOW = '2026-12-20T10:00:00.000Z';
const decided = { by: 'finn', now: NOW, today: '2026-12-20' };
const wire = (amount: number, overrides: Partial<ManualPayment> = {}): ManualPayment => ({
  paymentId: 'payment-1',
  kind: 'wire',
  reference: 'STMT-7',
  valueDate: '2026-12-18',
  amount,
  currency: 'USD',
  fingerprint: 'f',
  ...overrides,
});
const invoice = (month: string, due: number, overrides: Partial<Receivable> = {}) =>
  receivable({
    invoiceId: `${month}#cycle`,
    number: `NTUS-${month.replace('-', '')}A-000001`,
    invoiceDate: `${month}-01`,
    total: due,
    due,
    ...overrides,
  });
const attempting = { collection: { state: 'attempting', attempts: 1 } } as const;

describe('a payment by wire or cheque', () => {
  it.each([
    ['pays the oldest first', 150_00, [100_00, 50_00], 0],
    ['pays all of them', 300_00, [100_00, 200_00], 0],
    ['keeps what is over as credit', 350_00, [100_00, 200_00], 50_00],
    ['pays a part of one', 1, [1], 0],
  ])('%s: %i cents', (_what, amount, paid, kept) => {
    const open = [invoice('2026-12', 200_00), invoice('2026-11', 100_00)];
    const { credit, adjustment } = bookPayment(payer, open, wire(amount), decided);
    expect(credit.uses.map((use) => use.amount)).toEqual(paid);
    expect([credit.remaining, creditOf([adjustment.entry])]).toEqual([kept, kept]);
    expect(balanceOf([adjustment.entry])).toBe(kept - amount);
    expect(adjustment.receivables[0]).toMatchObject({ invoiceId: '2026-11#cycle' });
  });

  it('is cash on the day it is entered, and keeps its value date and reference', () => {
    const { credit, adjustment } = bookPayment(payer, [invoice('2026-12', 42_10)], wire(50_00), decided);
    expect(adjustment.entry).toMatchObject({
      entryId: 'credit#payment-1',
      date: '2026-12-20',
      reference: 'STMT-7',
      by: 'finn',
      postings: [
        { account: 'cash', amount: 50_00 },
        { account: 'receivable', amount: -42_10 },
        { account: 'customer-credit', amount: -7_90 },
      ],
    });
    expect(credit.source).toEqual({ kind: 'wire', reference: 'STMT-7', valueDate: '2026-12-18' });
  });

  it('never pays what a charge may be taking right now: that money waits as credit', () => {
    const open = [invoice('2026-11', 100_00, attempting), invoice('2026-12', 30_00)];
    const { credit, skipped } = bookPayment(payer, open, wire(100_00), decided);
    expect(credit).toMatchObject({ remaining: 70_00, uses: [{ invoiceId: '2026-12#cycle', amount: 30_00 }] });
    expect(skipped.map(({ invoiceId }) => invoiceId)).toEqual(['2026-11#cycle']);
  });

  it('pays what finance says, in that order', () => {
    const invoices = [{ invoiceId: '2026-12#cycle', amount: 10_00 }, { invoiceId: '2026-11#cycle' }];
    const open = [invoice('2026-11', 100_00), invoice('2026-12', 30_00)];
    const { credit } = bookPayment(payer, open, wire(50_00, { invoices }), decided);
    expect(credit.uses.map(({ amount }) => amount)).toEqual([10_00, 40_00]);
  });

  it.each([
    ['another currency', { currency: 'EUR' as const }, 'currency_mismatch currency'],
    ['a value date to come', { valueDate: '2026-12-21' }, 'value_date_in_future valueDate'],
    [
      'an invoice of somebody else',
      { invoices: [{ invoiceId: '2020-01#cycle' }] },
      'invoice_not_found invoices.0.invoiceId',
    ],
    [
      'more than is due',
      { invoices: [{ invoiceId: '2026-12#cycle', amount: 30_01 }] },
      'amount_exceeds_due invoices.0.amount',
    ],
    [
      'more than was paid',
      { amount: 5_00, invoices: [{ invoiceId: '2026-12#cycle', amount: 6_00 }] },
      'amounts_exceed_payment invoices.0.amount',
    ],
    [
      'the same invoice twice',
      { invoices: [{ invoiceId: '2026-12#cycle', amount: 1 }, { invoiceId: '2026-12#cycle' }] },
      'invoice_repeated invoices.1.invoiceId',
    ],
    [
      'an invoice that is being charged',
      { invoices: [{ invoiceId: '2026-11#cycle' }] },
      'payment_under_way invoices.0.invoiceId',
    ],
  ])('is refused with the field for %s', (_what, overrides, refusal) => {
    const open = [invoice('2026-11', 100_00, attempting), invoice('2026-12', 30_00)];
    expect(refusedWith(() => bookPayment(payer, open, wire(50_00, overrides), decided))).toBe(refusal);
  });

  it('taken back makes due again what it paid, and is taken back once', () => {
    const open = [invoice('2026-11', 100_00), invoice('2026-12', 30_00)];
    const { credit, adjustment } = bookPayment(payer, open, wire(120_00), decided);
    const undone = reversePayment(credit, adjustment.receivables, 'the cheque bounced', decided, 'UTC');
    expect(undone.entry).toMatchObject({ reverses: 'credit#payment-1', reason: 'the cheque bounced' });
    expect(balanceOf([adjustment.entry, undone.entry])).toBe(0);
    expect(undone.receivables.map(({ due, status }) => [due, status])).toEqual([
      [100_00, 'unpaid'],
      [30_00, 'unpaid'],
    ]);
    const [closed] = undone.credits;
    expect(refusedWith(() => reversePayment(closed!, [], 'again', decided, 'UTC'))).toBe('already_reversed paymentId');
  });

  it('that came back is dunned from then on, with notices of a new turn', () => {
    const paid = lowered(invoice('2026-11', 100_00, { dunning: { step: 3 } }), 100_00, NOW);
    const due = raised(paid, 100_00, '2026-12-20', 'UTC');
    expect(due.dunning).toEqual({ step: 0, nextAt: '2026-12-21T00:00:00.000Z', since: '2026-12-20', turn: 2 });
    const of = { receivable: due, account: { ...payer, balance: 100_00 }, finalNotice: { kind: 'under-way' } } as const;
    expect(dunningStep(of, seller.dunning, '2026-12-21T08:00:00.000Z', 'UTC')).toMatchObject({
      kind: 'notice',
      document: 'reminder-1',
      dunning: { step: 1, since: '2026-12-20', turn: 2 },
    });
  });
});

describe('credit', () => {
  it('pays the next invoice, the oldest credit first, before anything is charged', () => {
    const { credit } = bookPayment(payer, [], wire(30_00), decided);
    const older = { ...credit, creditId: 'payment-0', bookedAt: '2026-11-01T00:00:00.000Z', remaining: 10_00 };
    const used = payFromCredit(invoice('2026-12', 25_00), [credit, older], decided)!;
    expect(used.credits.map(({ creditId, remaining }) => [creditId, remaining])).toEqual([
      ['payment-0', 0],
      ['payment-1', 15_00],
    ]);
    expect(used.receivables).toMatchObject([{ due: 0, status: 'paid', paidAt: NOW, version: 2 }]);
    expect(used.entry.entryId).toBe('credit-use#2026-12#cycle#1');
  });

  it.each([
    ['a charge is under way', invoice('2026-12', 25_00, attempting), 10_00],
    ['nothing is due', invoice('2026-12', 0, { status: 'paid' }), 10_00],
    ['nothing is left', invoice('2026-12', 25_00), 0],
  ])('pays nothing when %s', (_what, of, remaining) => {
    const { credit } = bookPayment(payer, [], wire(30_00), decided);
    expect(payFromCredit(of, [{ ...credit, remaining }], decided)).toBeUndefined();
  });
});

const someInvoices = fc.uniqueArray(
  fc.record({ month: fc.integer({ min: 1, max: 12 }), due: fc.integer({ min: 1, max: 999_99 }), busy: fc.boolean() }),
  { selector: ({ month }) => month, maxLength: 8 },
);

it('whatever is owed and paid: books balance, no invoice goes below 0, a reversal restores every one of them', () => {
  fc.assert(
    fc.property(someInvoices, fc.integer({ min: 1, max: 9_999_99 }), (owed, amount) => {
      const open = owed.map(({ month, due, busy }) =>
        invoice(`2025-${String(month).padStart(2, '0')}`, due, busy ? attempting : {}),
      );
      const { credit, adjustment } = bookPayment(payer, open, wire(amount), decided);
      const dueBefore = open.reduce((total, { due }) => total + due, 0);
      const reached = adjustment.receivables.reduce((total, { total: of, due }) => total + of - due, 0);
      expect(reached).toBe(amount - credit.remaining);
      expect(adjustment.receivables.every(({ due }) => due >= 0)).toBe(true);
      expect(credit.remaining === 0 || reached === sumOfIdle(open)).toBe(true);
      const undone = reversePayment(credit, adjustment.receivables, 'mistake', decided, 'UTC');
      const entries = [adjustment.entry, undone.entry];
      for (const { postings } of entries) expect(postings.reduce((sum, posting) => sum + posting.amount, 0)).toBe(0);
      expect([balanceOf(entries), creditOf(entries)]).toEqual([0, 0]);
      const after = open.map((each) => undone.receivables.find(({ number }) => number === each.number) ?? each);
      expect(after.reduce((total, { due }) => total + due, 0)).toBe(dueBefore);
    }),
  );
});

const sumOfIdle = (open: readonly Receivable[]): number =>
  open.filter(({ collection }) => collection.state === 'idle').reduce((total, { due }) => total + due, 0);
