import { describe, expect, it } from 'vitest';
import { overdueInvoices } from '../../shared/domain/self-service.ts';
import { receivable } from '../support/collection.ts';

describe('invoices that stand in the way of more services and of leaving (R59, R87, R158)', () => {
  it.each([
    ['due today', { dueDate: '2026-12-16' }, false],
    ['due yesterday', { dueDate: '2026-12-15' }, true],
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
