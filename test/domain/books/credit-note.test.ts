import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../../shared/domain/apportion.ts';
import { composeCreditNote, type DraftCreditNote } from '../../../shared/domain/books/credit-note.ts';
import type { CreditWish } from '../../../shared/domain/books/credit-note-parts.ts';
import { composeInvoice } from '../../../shared/domain/compose-invoice.ts';
import type { Invoice, TaxLine } from '../../../shared/domain/invoice.ts';
import { balanceOf, creditOf, invoiceEntry } from '../../../shared/domain/ledger.ts';
import { openReceivable } from '../../../shared/domain/open-receivable.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { account, input, product, seller, subscription } from '../../support/accounts.ts';
import { refusedWith } from '../../support/books.ts';

const NOW = '2026-12-10T10:00:00.000Z';
const decided = { by: 'finn', now: NOW, today: '2026-12-10' };
const REQUEST = {
  creditNoteId: 'n',
  reason: 'error-correction',
  explanation: 'Charged twice',
  fingerprint: 'f',
} as const;

/** Québec in December: phones at 33.33 and licences at 100.00, with GST 5 % and QST 9.975 %. */
function issued(phones = 3, licences = 1): Invoice {
  const decision = composeInvoice(
    input(account('CA-QC', 'CAD', { billingStartDate: '2026-12-01' }), [
      subscription('phone', [1, '2026-12-01', phones]),
      subscription('licence', [2, '2026-12-01', licences]),
    ]),
    seller('CA', 'CAD'),
    [product('phone', 3333, 'CAD'), product('licence', 10_000, 'CAD')],
    '2026-12-01',
    '2026-12-01',
  );
  if (decision.outcome !== 'invoice') throw new Error(decision.reason);
  return { ...decision.draft, number: 'NT-202612A-000001', series: 'A', sequence: 1, issuedAt: NOW };
}
const INVOICE = issued();
const OPEN = openReceivable(INVOICE, NOW);
const lineOf = (amount: number): number => INVOICE.lines.find((line) => line.amount === amount)!.line;
const PHONES = lineOf(99_99);
const LICENCE = lineOf(100_00);

const note = (wish: CreditWish, earlier: readonly DraftCreditNote[] = [], receivable: Receivable = OPEN) =>
  composeCreditNote(INVOICE, receivable, earlier, { ...REQUEST, wish }, decided);
const wishRefusedWith = (wish: CreditWish, earlier: readonly DraftCreditNote[] = []): string =>
  refusedWith(() => note(wish, earlier));
const figures = ({ subtotal, taxes, total }: DraftCreditNote) => [
  subtotal,
  ...taxes.map(({ amount }) => amount),
  total,
];

describe('a credit note in Québec (invoice: 199.99 + GST 10.00 + QST 19.95 = 229.94)', () => {
  it('is on an invoice of that', () => {
    expect([INVOICE.subtotal, ...INVOICE.taxes.map(({ amount }) => amount), INVOICE.total]).toEqual([
      199_99, 10_00, 19_95, 229_94,
    ]);
  });

  it.each([
    ['all of it', { kind: 'all' }, [199_99, 10_00, 19_95, 229_94]],
    ['one line in full', { kind: 'lines', lines: [{ line: LICENCE }] }, [100_00, 5_00, 9_98, 114_98]],
    ['33.33 of a line', { kind: 'lines', lines: [{ line: PHONES, amount: 33_33 }] }, [33_33, 1_67, 3_32, 38_32]],
    ['one cent of a line', { kind: 'lines', lines: [{ line: PHONES, amount: 1 }] }, [1, 1]],
    ['ten cents of a line', { kind: 'lines', lines: [{ line: PHONES, amount: 10 }] }, [10, 1, 1, 12]],
    [
      '57.49 with tax of a line',
      { kind: 'lines', lines: [{ line: LICENCE }], total: 57_49 },
      [50_00, 2_50, 4_99, 57_49],
    ],
    ['100.00 with tax', { kind: 'amount', amount: 100_00 }, [86_97, 4_35, 8_68, 100_00]],
    ['one cent with tax', { kind: 'amount', amount: 1 }, [1, 1]],
  ] as const)('%s, its taxes in proportion and to the cent', (_what, wish, expected) => {
    expect(figures(note(wish).draft)).toEqual(expected);
  });

  it('three thirds of a line credit exactly its taxes, though each is rounded', () => {
    const third: CreditWish = { kind: 'lines', lines: [{ line: PHONES, amount: 33_33 }] };
    const notes: DraftCreditNote[] = [];
    for (let part = 0; part < 3; part++) notes.push(note(third, notes).draft);
    notes.push(note({ kind: 'lines', lines: [{ line: LICENCE }] }, notes).draft);
    expect(notes.reduce((sum, { total }) => sum + total, 0)).toBe(229_94);
    expect(wishRefusedWith({ kind: 'all' }, notes)).toBe('nothing_to_credit invoiceId');
  });

  it.each([
    ['a line that does not exist', { kind: 'lines', lines: [{ line: 99 }] }, 'line_not_found lines.0.line'],
    [
      'the same line twice',
      { kind: 'lines', lines: [{ line: PHONES }, { line: PHONES }] },
      'line_not_found lines.1.line',
    ],
    [
      'more than the line',
      { kind: 'lines', lines: [{ line: PHONES, amount: 100_00 }] },
      'amount_exceeds_line lines.0.amount',
    ],
    ['more than the invoice', { kind: 'amount', amount: 229_95 }, 'amount_exceeds_invoice amount'],
    [
      'more with tax than a line and its taxes',
      { kind: 'lines', lines: [{ line: LICENCE }], total: 114_99 },
      'amount_exceeds_line amount',
    ],
  ] as const)('refuses %s', (_what, wish, refusal) => {
    expect(wishRefusedWith(wish)).toBe(refusal);
  });

  it('never comes to more than the customer was to pay, where a line of the invoice gives something back', () => {
    // 199.99 less 50.00, with 5 % and 9.975 %: 149.99 + 7.50 + 14.96.
    const removed = { ...INVOICE.lines[0]!, line: 9, amount: -50_00 };
    const [gst, qst] = INVOICE.taxes as [TaxLine, TaxLine];
    const less = {
      ...INVOICE,
      ...{ lines: [...INVOICE.lines, removed], subtotal: 149_99, taxTotal: 22_46, total: 172_45 },
      taxes: [
        { ...gst, base: 149_99, amount: 7_50 },
        { ...qst, base: 149_99, amount: 14_96 },
      ],
    };
    const credit = (wish: CreditWish, earlier: readonly DraftCreditNote[] = []) =>
      composeCreditNote(less, openReceivable(less, NOW), earlier, { ...REQUEST, wish }, decided).draft;
    const both: CreditWish = { kind: 'lines', lines: [{ line: PHONES }, { line: LICENCE }] };
    expect(() => credit(both)).toThrow(expect.objectContaining({ code: 'amount_exceeds_invoice', field: 'lines' }));
    const licence = credit({ kind: 'lines', lines: [{ line: LICENCE }] });
    expect(licence.total).toBe(114_98);
    expect(credit({ kind: 'all' }, [licence]).total).toBe(172_45 - 114_98);
  });

  it('never exceeds what earlier ones left', () => {
    const first = note({ kind: 'amount', amount: 200_00 }).draft;
    expect(wishRefusedWith({ kind: 'amount', amount: 29_95 }, [first])).toBe('amount_exceeds_invoice amount');
    expect(note({ kind: 'all' }, [first]).draft.total).toBe(29_94);
  });
});

describe('what a credit note does', () => {
  const paid = { due: 0, status: 'paid', paidAt: NOW } as const;
  it.each([
    ['of an unpaid invoice is less to pay', {}, { due: 114_98, credit: 0 }, 114_96],
    ['of a paid invoice is credit for later ones', paid, { due: 0, credit: 114_98 }, 0],
    ['of one paid in part is both', { due: 50_00 }, { due: 50_00, credit: 64_98 }, 0],
    [
      'of one that is being charged counts it as paid',
      { collection: { state: 'processing' as const, attempts: 1 } },
      { due: 0, credit: 114_98 },
      229_94,
    ],
  ])('%s', (_what, overrides, settles, due) => {
    const { draft, adjustment } = note({ kind: 'lines', lines: [{ line: LICENCE }] }, [], { ...OPEN, ...overrides });
    expect(draft.settles).toMatchObject(settles);
    expect(adjustment.receivables).toMatchObject([{ due, version: 2 }]);
    expect(adjustment.entry.postings.slice(0, 3)).toEqual([
      { account: 'revenue', amount: 100_00 },
      { account: 'tax:GST:CA-QC', amount: 5_00 },
      { account: 'tax:QST:CA-QC', amount: 9_98 },
    ]);
  });

  it('of what was written off gives nobody credit for what nobody paid', () => {
    const { draft, adjustment } = note({ kind: 'all' }, [], { ...OPEN, due: 0, writtenOff: 229_94 });
    expect(draft.settles).toEqual({ due: 0, disputed: 0, writtenOff: 229_94, credit: 0 });
    expect(adjustment.receivables[0]?.writtenOff).toBeUndefined();
  });

  it('refers to its invoice, says why, and keeps who sold to whom', () => {
    expect(note({ kind: 'all' }).draft).toMatchObject({
      invoiceNumber: 'NT-202612A-000001',
      invoiceDate: '2026-12-01',
      reason: 'error-correction',
      explanation: 'Charged twice',
      seller: INVOICE.seller,
      buyer: INVOICE.buyer,
    });
  });
});

const wishes = fc.oneof(
  fc.record({ kind: fc.constant('amount' as const), amount: fc.integer({ min: 1, max: 90_00 }) }),
  fc.record({
    kind: fc.constant('lines' as const),
    lines: fc.tuple(fc.record({ line: fc.constantFrom(PHONES, LICENCE), amount: fc.integer({ min: 1, max: 40_00 }) })),
  }),
);

it('whatever is credited, in whatever order: books balance, nothing is credited twice, and the rest makes it whole', () => {
  fc.assert(
    fc.property(fc.array(wishes, { maxLength: 8 }), fc.integer({ min: 0, max: 229_94 }), (all, paid) => {
      let receivable: Receivable = { ...OPEN, due: OPEN.due - paid };
      const notes: DraftCreditNote[] = [];
      const entries = [invoiceEntry(INVOICE, NOW)];
      for (const wish of [...all, { kind: 'all' } as const]) {
        if (wishRefusedWith(wish, notes) !== 'accepted') continue;
        const { draft, adjustment } = note(wish, notes, receivable);
        expect(draft.subtotal + draft.taxTotal).toBe(draft.total);
        notes.push(draft);
        entries.push(adjustment.entry);
        receivable = adjustment.receivables[0]!;
      }
      expect(notes.reduce((sum, { total }) => sum + total, 0)).toBe(INVOICE.total);
      for (const [index, { amount }] of INVOICE.taxes.entries()) {
        const credited = notes.flatMap(({ taxes }) => taxes.filter((tax) => tax.index === index + 1));
        expect(credited.reduce((sum, tax) => sum + tax.amount, 0)).toBe(amount);
      }
      expect([receivable.due, balanceOf(entries) - paid, creditOf(entries)]).toEqual([0, 0, paid]);
    }),
  );
});

it('an amount is shared out to the cent, and no part gets more than it is', () => {
  const parts = fc.array(fc.integer({ min: -500, max: 5000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(parts, fc.nat(), (all, seed) => {
      const total = all.reduce((sum, part) => sum + part, 0);
      fc.pre(total > 0);
      const amount = seed % (total + 1);
      const shares = apportion(amount, all);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
      for (const [index, share] of shares.entries()) {
        const part = all[index]!;
        expect(part >= 0 ? share >= 0 && share <= part : share <= 0 && share >= part).toBe(true);
      }
    }),
  );
});
