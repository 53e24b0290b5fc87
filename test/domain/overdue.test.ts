import { describe, expect, it } from 'vitest';
import { nothingOverdueAfter, overdueInvoices } from '../../shared/domain/overdue.ts';
import { receivable } from '../support/collection.ts';

describe('invoices that stand in the way of more services and of leaving (R59, R87, R158)', () => {
  it.each([
    ['due today', { dueDate: '2026-12-16' }, false],
    ['due yesterday', { dueDate: '2026-12-15' }, true],
    ['due again since yesterday', { dueDate: '2026-11-15', dunning: { step: 0, since: '2026-12-15' } }, true],
    ['due again from today on', { dueDate: '2026-11-15', dunning: { step: 0, since: '2026-12-16' } }, false],
    ['paid', { dueDate: '2026-12-15', due: 0 }, false],
    ['contested in full', { dueDate: '2026-12-15', due: 0, disputed: 500 }, false],
    ['contested but for a cent, which is due', { dueDate: '2026-12-15', due: 1, disputed: 499 }, true],
    [
      'in the term after a rejected dispute',
      { dueDate: '2026-12-15', due: 500, grace: { amount: 500, until: '2026-12-16' } },
      false,
    ],
    ['after that term', { dueDate: '2026-12-15', due: 500, grace: { amount: 500, until: '2026-12-15' } }, true],
    [
      'in that term with more than was disputed',
      { dueDate: '2026-12-15', due: 500, grace: { amount: 499, until: '2026-12-16' } },
      true,
    ],
  ])('%s on 16 December: %s → %s', (_name, overrides, stands) => {
    expect(overdueInvoices([receivable(overrides)], '2026-12-16')).toHaveLength(stands ? 1 : 0);
  });
});

describe('after a booking nothing is overdue (C8)', () => {
  const invoice = (invoiceId: string, dueDate: string, due: number) =>
    receivable({ invoiceId: invoiceId as `${string}#cycle`, dueDate, due });
  const november = invoice('2026-11#cycle', '2026-11-16', 500);
  const december = invoice('2026-12#cycle', '2026-12-16', 500);

  it.each([
    ['it pays the overdue one of two', [november, december], [{ ...november, due: 0 }], true],
    [
      'it pays both',
      [november, december],
      [
        { ...november, due: 0 },
        { ...december, due: 0 },
      ],
      true,
    ],
    [
      'it pays one and a part of the other',
      [november, december],
      [
        { ...december, due: 0 },
        { ...november, due: 1 },
      ],
      false,
    ],
    ['it pays a part of it', [november, december], [{ ...november, due: 1 }], false],
    ['it pays the one that is not due yet', [november, december], [{ ...december, due: 0 }], false],
    ['it pays the only one', [november], [{ ...november, due: 0 }], true],
    ['it changes no invoice, and none is overdue', [december], [], true],
  ])('when %s: %#', (_when, unpaid, changed, nothing) => {
    expect(nothingOverdueAfter(unpaid, changed, '2026-12-16')).toBe(nothing);
  });
});
