import { describe, expect, it } from 'vitest';
import { lowered } from '../../../shared/domain/books/adjustment.ts';
import { composeCreditNote } from '../../../shared/domain/books/credit-note.ts';
import type { Dispute } from '../../../shared/domain/books/dispute.ts';
import {
  type Contested,
  type DisputeRequest,
  endDispute,
  openDispute,
  upholdDispute,
} from '../../../shared/domain/books/disputing.ts';
import { AdjustmentRefused } from '../../../shared/domain/books/refusals.ts';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import { dunningStep } from '../../../shared/domain/dunning.ts';
import type { Invoice } from '../../../shared/domain/invoice.ts';
import { balanceOf, invoiceEntry } from '../../../shared/domain/ledger.ts';
import { openReceivable } from '../../../shared/domain/open-receivable.ts';
import { overdueInvoices } from '../../../shared/domain/overdue.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { account, input, product, seller, subscription } from '../../support/accounts.ts';

const NOW = '2026-12-10T10:00:00.000Z';
const decided = { by: 'finn', now: NOW, today: '2026-12-10' };
const SELLER = seller('GB', 'GBP');

/** 100.00 and 20 % VAT on 1 December, due on the 16th. */
const INVOICE: Invoice = (() => {
  const decision = composeInvoice(
    input(account('GB', 'GBP', { billingStartDate: '2026-12-01' }), [subscription('phone', [1, '2026-12-01', 10])]),
    SELLER,
    [product('phone', 1000, 'GBP')],
    '2026-12-01',
    '2026-12-01',
  );
  if (decision.outcome !== 'invoice') throw new Error(decision.reason);
  return { ...decision.draft, number: 'NT-202612A-000001', series: 'A', sequence: 1, issuedAt: NOW };
})();
const OPEN = openReceivable(INVOICE, NOW);
const of = (receivable: Receivable = OPEN, more: Partial<Contested> = {}): Contested => ({
  ...{ invoice: INVOICE, receivable, credited: [], disputes: [] },
  ...more,
});
const request = (overrides: Partial<DisputeRequest> = {}): DisputeRequest => ({
  ...{ disputeId: 'd', wish: { kind: 'amount', amount: 30_00 }, reason: 'Never ordered', receivedOn: '2026-12-10' },
  fingerprint: 'f',
  ...overrides,
});
const refusedWith = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof AdjustmentRefused) return error.code;
    throw error;
  }
  return 'accepted';
};
const dunnedAt = (receivable: Receivable, now: string, balance = receivable.due) =>
  dunningStep(
    { receivable, account: { terms: 'card', balance }, finalNotice: { kind: 'under-way' } },
    SELLER.dunning,
    now,
    'UTC',
  );

describe('a dispute (R133, C15)', () => {
  it.each([
    ['on the invoice date', '2026-12-01', 'accepted'],
    ['on the fifteenth day after it', '2026-12-16', 'accepted'],
    ['on the sixteenth', '2026-12-17', 'dispute_too_late'],
  ])('raised %s is %s', (_when, today, expected) => {
    const act = () => openDispute(of(), request({ receivedOn: today }), { ...decided, today });
    expect(refusedWith(act)).toBe(expected);
  });

  it('that came in time but is entered late is in time', () => {
    const late = { ...decided, today: '2026-12-20' };
    expect(refusedWith(() => openDispute(of(), request({ receivedOn: '2026-12-16' }), late))).toBe('accepted');
    expect(refusedWith(() => openDispute(of(), request({ receivedOn: '2026-12-21' }), late))).toBe('date_in_future');
  });

  it('of which the year or the month was mistyped is not in time for that', () => {
    const late = { ...decided, today: '2027-02-10' };
    for (const receivedOn of ['2026-11-30', '2026-02-10'])
      expect(refusedWith(() => openDispute(of(), request({ receivedOn }), late))).toBe('date_before_invoice');
  });

  it.each([
    ['an amount of what is due', OPEN, { kind: 'amount', amount: 30_00 }, 30_00, 30_00, 90_00],
    ['a line with its tax', OPEN, { kind: 'lines', lines: [{ line: 1 }] }, 120_00, 120_00, 0],
    ['of a paid invoice', { ...OPEN, due: 0, status: 'paid' }, { kind: 'all' }, 120_00, 0, 0],
    ['of one paid in part', { ...OPEN, due: 10_00 }, { kind: 'amount', amount: 30_00 }, 30_00, 10_00, 0],
  ] as const)(
    '%s: what is contested, what is withheld, what is still due',
    (_what, receivable, wish, amount, withheld, due) => {
      const { dispute, adjustment } = openDispute(of(receivable), request({ wish }), decided);
      expect([dispute.amount, dispute.withheld, adjustment.receivables[0]?.due]).toEqual([amount, withheld, due]);
      expect(balanceOf([adjustment.entry]) + withheld).toBe(0);
    },
  );

  it('of everything takes the invoice out of dunning, but it is not paid', () => {
    const { adjustment } = openDispute(of(), request({ wish: { kind: 'all' } }), decided);
    const [receivable] = adjustment.receivables;
    expect(receivable).toMatchObject({ due: 0, disputed: 120_00, status: 'unpaid' });
    expect(dunnedAt(receivable!, '2027-03-01T08:00:00.000Z').kind).toBe('nothing');
  });

  it('of a part leaves the rest in dunning', () => {
    const { adjustment } = openDispute(of(), request(), decided);
    expect(dunnedAt(adjustment.receivables[0]!, '2026-12-17T08:00:00.000Z')).toMatchObject({ document: 'reminder-1' });
  });

  it('must not contest more than is left, nor what a charge is being made for', () => {
    const { dispute } = openDispute(of(), request({ wish: { kind: 'amount', amount: 100_00 } }), decided);
    expect(refusedWith(() => openDispute(of(OPEN, { disputes: [dispute] }), request(), decided))).toBe(
      'disputed_already',
    );
    const attempting = { ...OPEN, collection: { state: 'attempting', attempts: 1 } } as const;
    expect(refusedWith(() => openDispute(of(attempting), request(), decided))).toBe('payment_under_way');
  });
});

describe('while a part of an invoice is contested, a credit note of its own', () => {
  const note = (receivable: Receivable, wish: DisputeRequest['wish']) =>
    composeCreditNote(
      INVOICE,
      receivable,
      [],
      { creditNoteId: 'n', reason: 'error-correction', explanation: 'Wrong price', wish, fingerprint: 'f' },
      decided,
    );
  /** 120.00, of which 50.00 are contested in two disputes; `paid` before. */
  const contested = (paid: number): Receivable => {
    let receivable: Receivable = { ...OPEN, due: OPEN.due - paid };
    const disputes: Dispute[] = [];
    for (const amount of [30_00, 20_00]) {
      const more = request({ disputeId: `d-${amount}`, wish: { kind: 'amount', amount } });
      const { adjustment, dispute } = openDispute(of(receivable, { disputes }), more, decided);
      receivable = adjustment.receivables[0]!;
      disputes.push(dispute);
    }
    return receivable;
  };

  it.each([
    ['nothing was paid', 0, 70_00, { due: 70_00, credit: 0 }],
    ['a part was paid', 50_00, 70_00, { due: 20_00, credit: 50_00 }],
    ['all but what is contested was paid', 70_00, 70_00, { due: 0, credit: 70_00 }],
    ['all was paid, so that nothing is withheld', 120_00, 120_00, { due: 0, credit: 120_00 }],
  ])('credits all the rest: %s', (_when, paid, amount, settles) => {
    expect(note(contested(paid), { kind: 'amount', amount }).draft.settles).toMatchObject(settles);
  });

  it.each<[string, number, DisputeRequest['wish']]>([
    ['a cent more, when nothing was paid', 0, { kind: 'amount', amount: 70_01 }],
    ['a cent more, when a part was paid', 50_00, { kind: 'amount', amount: 70_01 }],
    ['a line with a contested part', 0, { kind: 'lines', lines: [{ line: 1 }] }],
    ['everything', 70_00, { kind: 'all' }],
  ])('credits nothing that the disputes will decide: %s', (_what, paid, wish) => {
    expect(refusedWith(() => note(contested(paid), wish))).toBe('contested');
  });
});

describe('a dispute that is decided', () => {
  const opened = (wish: DisputeRequest['wish'], receivable: Receivable = OPEN) => {
    const { dispute, adjustment } = openDispute(of(receivable), request({ wish }), decided);
    return { dispute, receivable: adjustment.receivables[0]!, entries: [invoiceEntry(INVOICE, NOW), adjustment.entry] };
  };

  it('against the customer leaves 15 days to pay, and dunning begins after them (R158)', () => {
    const { dispute, receivable, entries } = opened({ kind: 'all' });
    const { adjustment, dispute: ended } = endDispute(
      dispute,
      receivable,
      'rejected',
      'It was ordered',
      decided,
      'UTC',
    );
    const [due] = adjustment.receivables;
    expect(ended).toMatchObject({ status: 'rejected', decision: { payBy: '2026-12-25' } });
    expect(due).toMatchObject({ due: 120_00, status: 'unpaid', dunning: { step: 0, since: '2026-12-25', turn: 2 } });
    expect(due?.disputed).toBeUndefined();
    expect(balanceOf([...entries, adjustment.entry])).toBe(120_00);
    expect(dunnedAt(due!, '2026-12-25T23:00:00.000Z').kind).toBe('nothing');
    expect(dunnedAt(due!, '2026-12-26T01:00:00.000Z')).toMatchObject({ kind: 'notice', document: 'reminder-1' });
  });

  it('against the customer in part: the undisputed rest goes on being dunned, the part is spared when that is paid', () => {
    const { dispute, receivable } = opened({ kind: 'amount', amount: 30_00 });
    const late = { ...decided, today: '2026-12-16' };
    const { adjustment } = endDispute(dispute, receivable, 'rejected', 'It was ordered', late, 'UTC');
    const [due] = adjustment.receivables;
    expect(due).toMatchObject({ due: 120_00, grace: { amount: 30_00, until: '2026-12-31' } });
    expect(dunnedAt(due!, '2026-12-17T08:00:00.000Z').kind).toBe('notice');
    const onlyThePart = lowered(due!, 90_00, NOW);
    const spared = dunnedAt(onlyThePart, '2026-12-24T08:00:00.000Z');
    expect(spared).toMatchObject({ kind: 'wait', dunning: { step: 0, since: '2026-12-31', turn: 2 } });
    const waiting = spared.kind === 'wait' ? { ...onlyThePart, dunning: spared.dunning } : onlyThePart;
    expect(dunnedAt(waiting, '2027-01-01T08:00:00.000Z')).toMatchObject({ kind: 'notice', document: 'reminder-1' });
  });

  it('against the customer after the due date: nothing is overdue in the 15 days either (R87, R158)', () => {
    const { dispute, receivable } = opened({ kind: 'all' });
    const late = { ...decided, today: '2026-12-20' };
    const { adjustment } = endDispute(dispute, receivable, 'rejected', 'It was ordered', late, 'UTC');
    const overdueOn = (today: string) => overdueInvoices(adjustment.receivables, today).length;
    expect(['2026-12-20', '2026-12-21', '2027-01-04', '2027-01-05'].map(overdueOn)).toEqual([0, 0, 0, 1]);
  });

  it.each([
    ['rejected: both have its 15 days', 'rejected', '2026-12-20', { amount: 50_00, until: '2027-01-04' }],
    ['rejected on the last day of the first', 'rejected', '2026-12-31', { amount: 50_00, until: '2027-01-15' }],
    ['withdrawn: the first keeps its 15 days', 'withdrawn', '2026-12-20', { amount: 50_00, until: '2026-12-31' }],
    [
      'rejected when the term of the first is over: that is spared no longer',
      'rejected',
      '2027-01-01',
      { amount: 20_00, until: '2027-01-16' },
    ],
  ] as const)('after another part was rejected, one that is %s', (_name, status, today, grace) => {
    const { dispute } = opened({ kind: 'amount', amount: 20_00 });
    const before = { ...OPEN, due: 100_00, disputed: 20_00, grace: { amount: 30_00, until: '2026-12-31' } };
    const { adjustment } = endDispute(dispute, before, status, 'It was ordered', { ...decided, today }, 'UTC');
    expect(adjustment.receivables).toMatchObject([{ due: 120_00, grace }]);
    expect(overdueInvoices([{ ...adjustment.receivables[0]!, due: grace.amount }], grace.until)).toEqual([]);
  });

  it('for the customer becomes a credit note, and nothing is due any more', () => {
    const { dispute, receivable, entries } = opened({ kind: 'all' });
    const upheld = upholdDispute(of(receivable), dispute, { reason: 'Our mistake' }, decided, 'UTC');
    expect(upheld.draft).toMatchObject({ reason: 'dispute-upheld', disputeId: 'd', total: 120_00 });
    expect(upheld.draft.settles).toEqual({ due: 0, disputed: 120_00, writtenOff: 0, credit: 0 });
    expect(upheld.adjustment.receivables).toMatchObject([{ due: 0, status: 'paid' }]);
    const all = [...entries, upheld.adjustment.entry].flatMap(({ postings }) => postings);
    for (const name of ['receivable', 'disputes', 'revenue', 'tax:VAT:GB'])
      expect([name, all.filter((each) => each.account === name).reduce((sum, { amount }) => sum + amount, 0)]).toEqual([
        name,
        0,
      ]);
  });

  it('for the customer after the invoice was paid becomes credit', () => {
    const { dispute, receivable } = opened({ kind: 'all' }, { ...OPEN, due: 0, status: 'paid' });
    const { draft } = upholdDispute(of(receivable), dispute, { reason: 'Our mistake' }, decided, 'UTC');
    expect(draft.settles).toMatchObject({ disputed: 0, credit: 120_00 });
  });

  it('for the customer in part: the rest of it is due within 15 days', () => {
    const { dispute, receivable } = opened({ kind: 'all' });
    const how = { reason: 'Half was right', amount: 60_00 };
    const upheld = upholdDispute(of(receivable), dispute, how, decided, 'UTC');
    expect(upheld.dispute.decision).toMatchObject({ credited: 60_00, payBy: '2026-12-25' });
    expect(upheld.adjustment.receivables).toMatchObject([
      { due: 60_00, status: 'unpaid', dunning: { since: '2026-12-25' }, version: receivable.version + 1 },
    ]);
    expect(upheld.adjustment.entry.postings).toContainEqual({ account: 'receivable', amount: 60_00 });
  });

  it('for the customer in part of a line: what was not contested is not credited', () => {
    const [line] = INVOICE.lines;
    const lines = [
      { ...line!, amount: 60_00 },
      { ...line!, line: 2, amount: 40_00 },
    ];
    const two = { ...of(), invoice: { ...INVOICE, lines } };
    const wish = { kind: 'lines', lines: [{ line: 2 }] } as const;
    const { dispute, adjustment } = openDispute(two, request({ wish }), decided);
    expect(dispute.amount).toBe(48_00);
    const after = { ...two, receivable: adjustment.receivables[0]! };
    const { draft } = upholdDispute(after, dispute, { reason: 'Half was right', amount: 24_00 }, decided, 'UTC');
    expect(draft.lines).toMatchObject([{ line: 2, amount: 20_00 }]);
    expect(draft).toMatchObject({ taxTotal: 4_00, settles: { disputed: 24_00, due: 0, credit: 0 } });
  });

  it('is decided once', () => {
    const { dispute, receivable } = opened({ kind: 'all' });
    const { dispute: ended } = endDispute(dispute, receivable, 'withdrawn', 'Found the order', decided, 'UTC');
    expect(ended.decision?.payBy).toBe('2026-12-16');
    expect(refusedWith(() => endDispute(ended, receivable, 'rejected', 'x', decided, 'UTC'))).toBe('dispute_closed');
    const how = { reason: 'x', amount: 120_01 };
    expect(refusedWith(() => upholdDispute(of(receivable), dispute, how, decided, 'UTC'))).toBe(
      'amount_exceeds_dispute',
    );
  });
});
