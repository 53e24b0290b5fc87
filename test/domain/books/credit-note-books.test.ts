import { describe, expect, it } from 'vitest';
import {
  composeCreditNote,
  creditNoteDelivery,
  creditNoteIdOf,
  creditNoteName,
} from '../../../shared/domain/books/credit-note.ts';
import { openReceivable } from '../../../shared/domain/open-receivable.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { sampleInvoice } from '../../support/invoices.ts';

const NOW = '2027-01-31T23:59:59.000Z';
const decided = { by: 'finn', now: NOW, today: '2027-01-31' };
const INVOICE = sampleInvoice('ireland');
const OPEN = openReceivable(INVOICE, INVOICE.issuedAt);
const [VAT] = INVOICE.taxes;

const credit = (receivable: Partial<Receivable>, amount: number, dispute?: { disputeId: string; withheld: number }) =>
  composeCreditNote(
    INVOICE,
    { ...OPEN, ...receivable },
    [],
    {
      ...{ creditNoteId: 'n-1', reason: 'error-correction', explanation: 'Wrong price', fingerprint: 'f' },
      ...{ wish: { kind: 'amount', amount } },
      ...(dispute && { dispute }),
    },
    decided,
  );

describe('of 100.00, a credit note takes off first what it was asked for, then what is due, then what was given up', () => {
  const { total } = INVOICE;
  it.each<[string, Partial<Receivable>, number, [due: number, disputed: number, writtenOff: number, credit: number]]>([
    ['all is due', {}, 0, [100_00, 0, 0, 0]],
    ['a part is due, the rest was given up', { due: 30_00, writtenOff: total - 30_00 }, 0, [30_00, 0, 70_00, 0]],
    [
      'a part is due, a part was given up, the rest was paid',
      { due: 30_00, writtenOff: 20_00 },
      0,
      [30_00, 0, 20_00, 50_00],
    ],
    ['all was paid', { due: 0, status: 'paid' }, 0, [0, 0, 0, 100_00]],
    ['a dispute withheld more', { due: 5_00, disputed: 150_00 }, 150_00, [0, 100_00, 0, 0]],
    ['a dispute withheld less, nothing else is due', { due: 0, disputed: 60_00 }, 60_00, [0, 60_00, 0, 40_00]],
    [
      'a dispute withheld a part, more than the rest was given up',
      { due: 0, disputed: 60_00, writtenOff: 80_00 },
      60_00,
      [0, 60_00, 40_00, 0],
    ],
    ['each of them', { due: 10_00, disputed: 20_00, writtenOff: 30_00 }, 20_00, [10_00, 20_00, 30_00, 40_00]],
    [
      'what is being charged counts as paid, what was given up does not',
      { due: 10_00, writtenOff: 30_00, collection: { state: 'attempting', attempts: 1 } },
      0,
      [0, 0, 30_00, 70_00],
    ],
  ])('%s', (_what, receivable, withheld, [due, disputed, writtenOff, kept]) => {
    const before = { ...OPEN, ...receivable };
    const { draft, adjustment } = credit(receivable, 100_00, withheld > 0 ? { disputeId: 'd', withheld } : undefined);
    expect(draft.settles).toEqual({ due, disputed, writtenOff, credit: kept });
    expect(draft.subtotal + draft.taxTotal).toBe(100_00);
    const [after] = adjustment.receivables;
    expect([after!.due, after!.disputed ?? 0, after!.writtenOff ?? 0, after!.version]).toEqual([
      before.due - due,
      (before.disputed ?? 0) - disputed,
      (before.writtenOff ?? 0) - writtenOff,
      before.version + 1,
    ]);
    const against = { disputes: -disputed, receivable: -due, 'write-offs': -writtenOff, 'customer-credit': -kept };
    expect(adjustment.entry.postings).toEqual([
      { account: 'revenue', amount: draft.subtotal },
      { account: `tax:${VAT!.tax}:${VAT!.jurisdiction}`, amount: draft.taxTotal },
      ...Object.entries(against).flatMap(([account, amount]) => (amount === 0 ? [] : [{ account, amount }])),
    ]);
    expect(adjustment.credits.map(({ remaining }) => remaining)).toEqual(kept === 0 ? [] : [kept]);
  });
});

describe('what a credit note leaves', () => {
  it('an invoice with nothing due and nothing contested is paid now; one that was paid before stays as it was', () => {
    expect(credit({ due: 100_00 }, 100_00).adjustment.receivables).toMatchObject([{ status: 'paid', paidAt: NOW }]);
    const before = { due: 0, status: 'paid', paidAt: '2026-12-05T00:00:00.000Z' } as const;
    expect(credit(before, 100_00).adjustment.receivables).toEqual([{ ...OPEN, ...before, version: 2 }]);
  });

  it('no mark of something contested or given up when nothing of it is left', () => {
    const { adjustment } = credit({ due: 0, disputed: 60_00, writtenOff: 40_00 }, 100_00, {
      disputeId: 'd',
      withheld: 60_00,
    });
    expect(adjustment.receivables[0]).not.toHaveProperty('disputed');
    expect(adjustment.receivables[0]).not.toHaveProperty('writtenOff');
  });

  it('credit that says of which note on which invoice it is', () => {
    const { adjustment, draft } = credit({ due: 0, status: 'paid' }, 100_00);
    expect(adjustment.credits).toEqual([
      {
        ...{ sellerId: INVOICE.sellerId, accountId: INVOICE.accountId, creditId: 'note-2026-12-cycle-n-1' },
        source: { kind: 'credit-note', creditNoteId: 'n-1', invoiceId: '2026-12#cycle' },
        ...{ currency: 'EUR', amount: 100_00, remaining: 100_00, uses: [], bookedAt: NOW, by: 'finn', version: 1 },
      },
    ]);
    expect(draft).not.toHaveProperty('disputeId');
  });

  it('an entry on the seller’s day, with who decided it and why', () => {
    expect(credit({}, 100_00, { disputeId: 'd', withheld: 0 })).toMatchObject({
      draft: { disputeId: 'd', date: '2027-01-31', by: 'finn', language: INVOICE.language, fingerprint: 'f' },
      adjustment: {
        entry: {
          ...{ entryId: 'credit-note#2026-12#cycle#n-1', date: '2027-01-31', recordedAt: NOW },
          ...{ by: 'finn', reason: 'Wrong price', currency: 'EUR' },
        },
      },
    });
  });
});

describe('the name of a credit note', () => {
  it.each(['2026-12#cycle', '2026-12-03#purchase-PO-7'])('leads back to it: one on %s', (invoiceId) => {
    const note = { invoiceId, creditNoteId: 'n-1' };
    expect(creditNoteIdOf(creditNoteName(note))).toEqual(note);
  });
  it('without an invoice names none', () =>
    expect(creditNoteIdOf('n-1')).toEqual({ invoiceId: '', creditNoteId: 'n-1' }));
  it('is what its delivery is about', () => {
    expect(creditNoteDelivery({ accountId: 'acme', invoiceId: '2026-12#cycle', creditNoteId: 'n-1' })).toEqual({
      ...{ accountId: 'acme', about: '2026-12#cycle#n-1', document: 'credit-note', occurrence: 1 },
    });
  });
});
