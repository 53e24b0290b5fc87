import { describe, expect, it } from 'vitest';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { balanced, balanceOf, invoiceEntry, type JournalEntry } from '../../shared/domain/ledger.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import { account, input, product, seller, subscription } from '../support/accounts.ts';
import { method } from '../support/collection.ts';

const NOW = '2026-12-01T05:00:12.345Z';

/** Four phones in Québec for December: 100.00 + GST 5.00 + QST 9.98. */
function issued(autopay: boolean, timeZone = 'America/Toronto'): Invoice {
  const of = account('CA-QC', 'CAD', { billingStartDate: '2026-12-01', autopay, defaultMethodId: 'card' });
  const decision = composeInvoice(
    input(of, [subscription('phone', [1, '2026-12-01', 4])], [method('card')]),
    seller('CA', 'CAD', { timeZone }),
    [product('phone', 2500, 'CAD')],
    '2026-12-01',
    '2026-12-01',
  );
  if (decision.outcome !== 'invoice') throw new Error(decision.reason);
  return { ...decision.draft, number: 'NT-202612A-000001', series: 'A', sequence: 1, issuedAt: NOW };
}

describe('the books of an invoice: receivable against revenue and each tax', () => {
  it('R118: 100.00 in Québec', () => {
    expect(invoiceEntry(issued(false), NOW)).toEqual({
      entryId: 'invoice#2026-12#cycle',
      accountId: 'acme',
      sellerId: 'northwind-ca',
      date: '2026-12-01',
      recordedAt: NOW,
      currency: 'CAD',
      postings: [
        { account: 'receivable', amount: 11_498 },
        { account: 'revenue', amount: -10_000 },
        { account: 'tax:GST:CA-QC', amount: -500 },
        { account: 'tax:QST:CA-QC', amount: -998 },
      ],
    });
  });

  it('a tax of 0 is not booked', () => {
    const of = issued(false);
    const free = {
      ...of,
      total: 10_500,
      taxes: of.taxes.map((tax) => (tax.tax === 'QST' ? { ...tax, amount: 0 } : tax)),
    };
    expect(invoiceEntry(free, NOW).postings.map(({ account: to }) => to)).toEqual([
      'receivable',
      'revenue',
      'tax:GST:CA-QC',
    ]);
  });

  it('an entry that does not add up to zero is refused, and says by how much', () => {
    const of = issued(false);
    expect(() => invoiceEntry({ ...of, total: of.total + 1 }, NOW)).toThrow(
      expect.objectContaining({
        code: 'unbalanced_entry',
        message: 'The debits and credits of a journal entry differ. invoice#2026-12#cycle is off by 1',
      }),
    );
  });

  it('C8: a balance is the sum of what was posted to the receivable, and nothing else', () => {
    const invoice = invoiceEntry(issued(false), NOW);
    const payment: JournalEntry = balanced({
      ...invoice,
      entryId: 'payment#2026-12#cycle#001',
      postings: [
        { account: 'processor-clearing', amount: 11_000 },
        { account: 'receivable', amount: -11_000 },
      ],
    });
    expect(balanceOf([])).toBe(0);
    expect(balanceOf([invoice])).toBe(11_498);
    expect(balanceOf([invoice, payment])).toBe(498);
  });
});

describe('an invoice that was just issued', () => {
  it('C23: is collected at once by autopay, and dunned from the day after it is due in the seller’s zone', () => {
    expect(openReceivable(issued(true), NOW)).toEqual({
      sellerId: 'northwind-ca',
      accountId: 'acme',
      invoiceId: '2026-12#cycle',
      number: 'NT-202612A-000001',
      series: 'A',
      kind: 'cycle',
      month: '2026-12',
      invoiceDate: '2026-12-01',
      dueDate: '2026-12-16',
      currency: 'CAD',
      total: 11_498,
      due: 11_498,
      status: 'unpaid',
      collection: { state: 'idle', attempts: 0, nextAt: NOW },
      dunning: { step: 0, nextAt: '2026-12-17T05:00:00.000Z' },
      version: 1,
    });
  });

  it('is left to a customer who pays', () => {
    const { collection, dunning } = openReceivable(issued(false, 'Australia/Perth'), NOW);
    expect(collection).toEqual({ state: 'idle', attempts: 0 });
    expect(dunning.nextAt).toBe('2026-12-16T16:00:00.000Z');
  });
});
