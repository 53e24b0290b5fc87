import { describe, expect, it } from 'vitest';
import { composeCreditNote } from '../../../shared/domain/books/credit-note.ts';
import type { CreditWish } from '../../../shared/domain/books/credit-note-parts.ts';
import type { Dispute } from '../../../shared/domain/books/dispute.ts';
import { type Contested, endDispute, openDispute, upholdDispute } from '../../../shared/domain/books/disputing.ts';
import { openReceivable } from '../../../shared/domain/open-receivable.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { sampleInvoice } from '../../support/invoices.ts';

/** Of 1 December, due on the 16th. */
const INVOICE = sampleInvoice('ireland');
const { total: TOTAL } = INVOICE;
const OPEN = openReceivable(INVOICE, INVOICE.issuedAt);
const PAID: Receivable = { ...OPEN, due: 0, status: 'paid', paidAt: '2026-12-05T00:00:00.000Z' };
const NOW = '2026-12-10T10:00:00.000Z';
const decided = { by: 'finn', now: NOW, today: '2026-12-10' };
const of = (receivable: Receivable, more: Partial<Contested> = {}): Contested => ({
  ...{ invoice: INVOICE, receivable, credited: [], disputes: [], ...more },
});
const contest = (on: Contested, wish: CreditWish, receivedOn = '2026-12-10', today = '2026-12-31') =>
  openDispute(
    on,
    { disputeId: 'd', wish, reason: 'Never ordered', receivedOn, fingerprint: 'f' },
    { ...decided, today },
  );
const opened = (receivable: Receivable, wish: CreditWish) => {
  const { dispute, adjustment } = contest(of(receivable), wish);
  return { dispute, receivable: adjustment.receivables[0]!, entry: adjustment.entry };
};
const amount = (cents: number): CreditWish => ({ kind: 'amount', amount: cents });
const note = (receivable: Receivable, cents: number) =>
  composeCreditNote(
    INVOICE,
    receivable,
    [],
    { creditNoteId: 'n', reason: 'removal', explanation: 'Sent back', wish: amount(cents), fingerprint: 'f' },
    decided,
  );
const other = (cents: number, status: Dispute['status']): Dispute => ({
  ...opened(OPEN, amount(cents)).dispute,
  ...{ disputeId: 'other', status },
});

describe('a dispute that is refused says which field is wrong, and what would be right', () => {
  const charging: Receivable = { ...OPEN, collection: { state: 'processing', attempts: 1 } };
  it.each<[string, () => unknown, string, string, string]>([
    [
      'raised tomorrow',
      () => contest(of(OPEN), amount(1), '2026-12-11', '2026-12-10'),
      'date_in_future',
      'receivedOn',
      '',
    ],
    [
      'raised before the invoice',
      () => contest(of(OPEN), amount(1), '2026-11-30'),
      'date_before_invoice',
      'receivedOn',
      '2026-12-01',
    ],
    [
      'raised too late',
      () => contest(of(OPEN), amount(1), '2026-12-17'),
      'dispute_too_late',
      'invoiceId',
      'until 2026-12-16',
    ],
    ['of what is being charged', () => contest(of(charging), amount(1)), 'payment_under_way', 'invoiceId', ''],
    [
      'of what was credited in full',
      () => contest(of(PAID, { credited: [note(PAID, TOTAL).draft] }), { kind: 'all' }),
      'nothing_to_credit',
      'invoiceId',
      '',
    ],
    [
      'of more than another one leaves',
      () => contest(of(OPEN, { disputes: [other(TOTAL - 10_00, 'open')] }), amount(10_01)),
      'disputed_already',
      'amount',
      '1000 are not contested',
    ],
    [
      'of what a credit note and another one leave together',
      () =>
        contest(of(OPEN, { credited: [note(OPEN, 5_00).draft], disputes: [other(TOTAL - 5_00, 'open')] }), amount(1)),
      'disputed_already',
      'amount',
      '0 are not contested',
    ],
  ])('%s', (_what, act, code, field, detail) => {
    expect(act).toThrow(expect.objectContaining({ code, field, message: expect.stringContaining(detail) }));
  });

  it.each(['upheld', 'rejected', 'withdrawn'] as const)(
    'one that was %s takes nothing from what can be contested',
    (status) => {
      expect(contest(of(OPEN, { disputes: [other(TOTAL, status)] }), { kind: 'all' }).dispute.amount).toBe(TOTAL);
    },
  );

  it('all that other ones leave can be contested, to the cent', () => {
    const on = of(OPEN, { disputes: [other(TOTAL - 10_00, 'open')] });
    expect(contest(on, amount(10_00)).dispute).toMatchObject({ amount: 10_00, status: 'open', version: 1 });
  });
});

describe('a dispute of what was paid', () => {
  it('withholds nothing: the invoice stays paid since it was', () => {
    const { receivable, entry } = opened(PAID, { kind: 'all' });
    expect(receivable).toEqual({ ...PAID, version: 2 });
    expect(entry.postings).toEqual([]);
  });

  it('that is rejected leaves nothing to pay', () => {
    const { dispute, receivable } = opened(PAID, { kind: 'all' });
    const { adjustment, dispute: ended } = endDispute(dispute, receivable, 'rejected', 'Ordered', decided, 'UTC');
    expect(adjustment.receivables).toEqual([{ ...PAID, version: 3 }]);
    expect(ended).toMatchObject({
      status: 'rejected',
      version: 2,
      decision: { at: NOW, by: 'finn', reason: 'Ordered' },
    });
    expect(ended.decision).not.toHaveProperty('payBy');
  });

  it('upheld in full credits what a credit note has left meanwhile', () => {
    const { dispute, receivable } = opened(PAID, { kind: 'all' });
    const { draft, adjustment } = note(receivable, 50_00);
    const now = of(adjustment.receivables[0]!, { credited: [draft] });
    expect(upholdDispute(now, dispute, { reason: 'Yes' }, decided, 'UTC').draft.total).toBe(TOTAL - 50_00);
  });
});

describe('a dispute that is decided', () => {
  it('for the customer is upheld, by a credit note of its own on this invoice', () => {
    const { dispute, receivable } = opened(OPEN, amount(30_00));
    const { dispute: ended, draft } = upholdDispute(of(receivable), dispute, { reason: 'Yes' }, decided, 'UTC');
    expect(ended).toMatchObject({ status: 'upheld', version: 2, decision: { credited: 30_00, reason: 'Yes' } });
    expect(ended.decision).not.toHaveProperty('payBy');
    expect(draft).toMatchObject({ creditNoteId: 'dispute-d', reason: 'dispute-upheld', explanation: 'Yes' });
  });

  it.each([
    ['in full, the invoice is as its credit note leaves it', 30_00, TOTAL - 30_00, 3],
    ['but for a cent, that is due again', 29_99, TOTAL - 29_99, 3],
  ])('for the customer %s, in one write', (_what, credited, due, version) => {
    const { dispute, receivable } = opened(OPEN, amount(30_00));
    const { adjustment } = upholdDispute(of(receivable), dispute, { reason: 'Yes', amount: credited }, decided, 'UTC');
    expect(adjustment.receivables).toMatchObject([{ due, version }]);
    expect(adjustment.receivables[0]).not.toHaveProperty('disputed');
  });

  it('leaves what another one contests', () => {
    const { dispute, receivable } = opened(OPEN, amount(30_00));
    const both = { ...receivable, due: receivable.due - 20_00, disputed: 50_00 };
    const { adjustment } = endDispute(dispute, both, 'withdrawn', 'Found', decided, 'UTC');
    expect(adjustment.receivables).toMatchObject([{ disputed: 20_00, due: TOTAL - 20_00 }]);
    const upheld = upholdDispute(of(both), dispute, { reason: 'Yes', amount: 10_00 }, decided, 'UTC').adjustment;
    expect(upheld.receivables).toMatchObject([{ disputed: 20_00, due: TOTAL - 30_00 }]);
  });

  it('undoes in the books what it did when it was opened', () => {
    const { dispute, receivable, entry } = opened(OPEN, amount(30_00));
    const { adjustment } = endDispute(dispute, receivable, 'withdrawn', 'Found', decided, 'UTC');
    expect(entry.entryId).toBe('dispute#2026-12#cycle#d');
    expect(adjustment.entry).toMatchObject({ entryId: 'dispute-withdrawn#2026-12#cycle#d', reverses: entry.entryId });
    expect(adjustment.entry.postings).toEqual(
      entry.postings.map(({ account, amount: of }) => ({ account, amount: -of })),
    );
  });

  it.each<[string, () => unknown, string, string, string]>([
    [
      'twice',
      () => endDispute(other(1, 'upheld'), OPEN, 'rejected', 'x', decided, 'UTC'),
      'dispute_closed',
      'disputeId',
      'upheld',
    ],
    [
      'twice, by upholding it',
      () =>
        upholdDispute(
          of(OPEN, { credited: [note(OPEN, TOTAL).draft] }),
          other(1, 'upheld'),
          { reason: 'x' },
          decided,
          'UTC',
        ),
      'dispute_closed',
      'disputeId',
      'upheld',
    ],
    [
      'for more than was contested',
      () => upholdDispute(of(OPEN), other(30_00, 'open'), { reason: 'x', amount: 30_01 }, decided, 'UTC'),
      'amount_exceeds_dispute',
      'amount',
      '3000',
    ],
  ])('refused, with the field: %s', (_what, act, code, field, detail) => {
    expect(act).toThrow(expect.objectContaining({ code, field, message: expect.stringContaining(detail) }));
  });
});

it.each<[string, CreditWish, string]>([
  ['an amount', amount(TOTAL - 35_00 + 1), 'amount'],
  ['all', { kind: 'all' }, 'amount'],
  ['lines', { kind: 'lines', lines: INVOICE.lines.slice(0, 5).map(({ line }) => ({ line })) }, 'lines'],
])('a credit note on contested money is refused with its field and what can be credited: %s', (_what, wish, field) => {
  const { receivable } = opened(OPEN, amount(30_00));
  const { draft, adjustment } = note(receivable, 5_00);
  const request = { creditNoteId: 'm', reason: 'removal', explanation: 'Sent back', wish, fingerprint: 'f' } as const;
  expect(() => composeCreditNote(INVOICE, adjustment.receivables[0]!, [draft], request, decided)).toThrow(
    expect.objectContaining({ code: 'contested', field, message: expect.stringContaining(`${TOTAL - 35_00} are not`) }),
  );
});
